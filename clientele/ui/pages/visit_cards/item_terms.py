"""How many, at what mark-down, to whose credit? What stands open below an item on the ticket."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.rules.ticket import NotAQuantity, parse_quantity
from clientele.services.pricing import SetQuantity, set_quantity
from clientele.services.shown_items import SetForWhom, set_for_whom
from clientele.store.queries.ticket import Item
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.credited import CreditLine
from clientele.ui.pages.visit_cards.mark_down import MarkDownLine
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Flow
from clientele.ui.widgets.people_choice import PeopleChoice

WIDE = 52


class QuantityField(Field):
    """Narrow, at any text size."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self._desk = desk
        self.own_return = True
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """For three digits."""
        return QSize(self._desk.theme.px(WIDE), super().sizeHint().height())


class ItemTerms(QWidget):
    """Quantity and credit at once; the mark-down when it is asked for, or when there is one.

    Emits ``done`` on Return in the last field of what was asked for.
    """

    done = Signal()

    def __init__(self, desk: Desk, currency: str) -> None:
        super().__init__()
        self._desk = desk
        self._item: Item | None = None
        self._marks_down = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, Space.TIGHT + 2, Space.TIGHT)  # ends with the prices
        column.setSpacing(Space.TIGHT)
        first = Flow(across=Space.TIGHT, down=2)
        first.add(label(self.tr("How many"), "label", wrap=False))
        self.fewer = Button("−", lambda: self._by(-1), kind="quiet")
        self.more = Button("+", lambda: self._by(1), kind="quiet")
        self.quantity = QuantityField(desk)
        self.quantity.typed.connect(self._save)
        self.quantity.left.connect(desk.seal)
        self.quantity.returnPressed.connect(self.done)
        for widget in (self.fewer, self.quantity, self.more):
            first.add(widget)
        self.mark_down_button = Button(self.tr("Mark down"), self.mark_down, kind="quiet", key="M")
        first.add(self.mark_down_button)
        column.addWidget(first)
        self.off = MarkDownLine(desk, currency)
        self.off.why.other.returnPressed.connect(self.done)
        column.addWidget(self.off)
        self.credit = CreditLine(desk)
        column.addWidget(self.credit)
        self._stop = 0
        self.whom = PeopleChoice(desk, self.tr("For whom"), self.tr("for the client"))
        self.whom.chosen.connect(self._say_whom)
        self.whom.loaded.connect(self._arrange)
        self.whom.hide()
        column.addWidget(self.whom)

    def show_item(self, item: Item, people: Sequence[tuple[int, str]]) -> None:
        """The item as the book has it, and who is with the client."""
        self._item = item
        name = self.tr("How many: {item}").format(item=item.item)
        self.quantity.setAccessibleName(name)
        self.fewer.setAccessibleName(self.tr("One fewer: {item}").format(item=item.item))
        self.more.setAccessibleName(self.tr("One more: {item}").format(item=item.item))
        if not self.quantity.property("wrong"):
            self.quantity.set_value(self._desk.formats.quantity(item.quantity))
        self.fewer.setEnabled(item.quantity > QUANTITY_UNIT)
        self.off.show_item(item)
        self.credit.show_item(item, people)
        if item.stop_id != self._stop:
            self._stop = item.stop_id
            self.whom.show_for_stop(item.stop_id)
        self.whom.choose(item.member_id)
        self._arrange()

    def put_away(self) -> None:
        """Begin without the mark-down next time."""
        self._marks_down = False

    def mark_down(self) -> None:
        """Ask what is taken off."""
        if self._item is not None and not self._item.back:
            self._marks_down = True
            self._arrange()
            self.off.take_keyboard()

    def how_many(self) -> None:
        """Put the keyboard into the quantity."""
        self.quantity.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.quantity.selectAll()

    def who(self) -> None:
        """Put the keyboard onto who is credited."""
        if self._item is not None and not self._item.back:
            self.credit.take_keyboard()

    def for_whom(self) -> None:
        """Put the keyboard onto the people it may be for."""
        if not self.whom.isHidden():
            self.whom.take_keyboard()

    def _say_whom(self) -> None:
        if self._item is None:
            return
        who = self.whom.who
        said = self.tr("For {name}").format(name=who) if who else self.tr("For the client")
        what = SetForWhom(self._item.id, self.whom.member_id)
        self._desk.do(set_for_whom, what, said=said)

    def _arrange(self) -> None:
        assert self._item is not None
        self.whom.setVisible(not self._item.back and bool(self.whom.people))
        back = self._item.back
        marked = self._marks_down or bool(self._item.mark_down)
        self.off.setVisible(not back and marked)
        self.mark_down_button.setVisible(not back and not marked)
        self.credit.setVisible(not back)

    def _by(self, one: int) -> None:
        """One more or fewer than stands in the field, which may be ahead of the book."""
        if self._item is None:
            return
        try:
            there = parse_quantity(self.quantity.value)
        except NotAQuantity:
            there = self._item.quantity
        quantity = max(there + one * QUANTITY_UNIT, QUANTITY_UNIT)
        self.quantity.set_wrong("")
        self.quantity.setText(self._desk.formats.quantity(quantity))
        self._save(f"{quantity / QUANTITY_UNIT:g}")

    def _save(self, text: str) -> None:
        if self._item is not None:
            self._desk.do(
                set_quantity,
                SetQuantity(self._item.id, text),
                merge=("quantity", self._item.id),
                then=lambda _: self.quantity.set_wrong(""),
                failed=self.quantity.set_wrong,
            )
