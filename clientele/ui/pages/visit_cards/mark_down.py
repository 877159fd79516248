"""What is taken off, and why? An amount or a percentage, and a reason with one touch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from clientele.domain.money import plain
from clientele.domain.rules.ticket import as_percent
from clientele.services.pricing import MarkDown, mark_down
from clientele.store.queries.ticket import Item
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.ticket_words import mark_down_whys
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import ChoiceButton
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Flow

PERCENTS = (10, 20, 30)
WIDE = 128


class OffField(Field):
    """As wide as an amount, at any text size."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("", hint=QCoreApplication.translate("MarkDown", "10% or 25.00"))
        self._desk = desk
        self.own_return = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Of the width of its hint."""
        return QSize(self._desk.theme.px(WIDE), super().sizeHint().height())


class WhyMarkedDown(QWidget):
    """Reasons as chips, and a field for another; kept as it is typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._item: Item | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        flow = Flow(across=Space.TIGHT, down=2)
        self.buttons: dict[str, ChoiceButton] = {}
        for words in mark_down_whys():
            button = ChoiceButton(words)
            button.setAccessibleName(self.tr("Marked down: {why}").format(why=words))
            button.clicked.connect(lambda _=False, words=words: self._say(words))
            self.buttons[words] = button
            flow.add(button)
        column.addWidget(flow)
        self.other = Field(self.tr("Why it is marked down"), hint=self.tr("other: thread pulled"))
        self.other.own_return = True
        self.other.typed.connect(lambda text: self._save(to_keep(desk, self.other, text)))
        self.other.left.connect(desk.seal)
        column.addWidget(self.other)

    def show_item(self, item: Item) -> None:
        """The reason as the book has it."""
        self._item = item
        for words, button in self.buttons.items():
            button.setChecked(words == item.mark_down_why)
        self.other.set_value("" if item.mark_down_why in self.buttons else item.mark_down_why)

    def _say(self, words: str) -> None:
        for other, button in self.buttons.items():
            button.setChecked(other == words and button.isChecked())
        self.other.setText("")
        self._save(words if self.buttons[words].isChecked() else "")

    def _save(self, words: str) -> None:
        if self._item is not None:
            self._desk.do(
                mark_down,
                MarkDown(self._item.id, why=words),
                merge=("mark down why", self._item.id),
                failed=self.other.set_wrong,
            )


class MarkDownLine(QWidget):
    """The amount or percentage, and why."""

    def __init__(self, desk: Desk, currency: str) -> None:
        super().__init__()
        self._desk = desk
        self._currency = currency
        self._item: Item | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.TIGHT)
        column.setSpacing(Space.TIGHT)
        flow = Flow(across=Space.SMALL, down=2)
        flow.add(label(self.tr("Take off"), "label", wrap=False))
        self.off = OffField(desk)
        self.off.typed.connect(self._save)
        self.off.left.connect(desk.seal)
        self.off.returnPressed.connect(self._to_why)
        flow.add(self.off)
        self.percents: dict[int, ChoiceButton] = {}
        for percent in PERCENTS:
            button = ChoiceButton(desk.formats.percent(percent / 100))
            button.setAccessibleName(
                self.tr("Take off {percent}").format(percent=desk.formats.percent(percent / 100))
            )
            button.clicked.connect(lambda _=False, percent=percent: self._take(percent))
            self.percents[percent] = button
            flow.add(button)
        column.addWidget(flow)
        self.why = WhyMarkedDown(desk)
        column.addWidget(self.why)

    def show_item(self, item: Item) -> None:
        """What is taken off as the book has it."""
        self._item = item
        self.off.setAccessibleName(self.tr("Take off {item}").format(item=item.item))
        percent = None if item.whole is None else as_percent(item.whole, item.mark_down)
        for one, button in self.percents.items():
            button.setChecked(percent == one)
        if not self.off.property("wrong"):
            self.off.set_value(plain(item.mark_down, self._currency) if item.mark_down else "")
        self.why.show_item(item)

    def take_keyboard(self) -> None:
        """Into the amount."""
        self.off.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.off.selectAll()

    def _take(self, percent: int) -> None:
        """A percentage; the same once more takes nothing off."""
        off = f"{percent}%" if self.percents[percent].isChecked() else ""
        self.off.set_wrong("")
        self._save(off)

    def _to_why(self) -> None:
        self.why.other.setFocus(Qt.FocusReason.OtherFocusReason)
        self.why.other.selectAll()

    def _save(self, text: str) -> None:
        if self._item is not None:
            self._desk.do(
                mark_down,
                MarkDown(self._item.id, off=text),
                merge=("mark down", self._item.id),
                then=lambda _: self.off.set_wrong(""),
                failed=self.off.set_wrong,
            )
