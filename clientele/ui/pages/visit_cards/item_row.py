"""What became of this item? Its words, its outcome with one click or key, its price in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clientele.domain.visits import Outcome
from clientele.store.queries.ticket import Item
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.price_field import PriceField
from clientele.ui.pages.visit_cards.words import (
    item_detail,
    outcome_chip,
    outcome_words,
    whys,
)
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Chip, label
from clientele.ui.widgets.buttons import Button, Choice, ChoiceButton
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Flow

KEYS = {"y": Outcome.KEEPING, "n": Outcome.NO, "w": Outcome.WISH_LIST, "h": Outcome.HOLD}
"""Letters that act on the row the keyboard is on; J and K move."""

OUTCOMES = tuple(KEYS.values())


class ItemRow(QFrame):
    """One shown item. While nothing is said of it, or after a click on it, the choices stand open.

    Emits ``became(outcome)``, ``why(words)`` as typed, ``removed``, ``step(±1)``.
    """

    became = Signal(str)
    why = Signal(str)
    removed = Signal()
    step = Signal(int)

    def __init__(self, desk: Desk, item: Item, currency: str) -> None:
        super().__init__()
        self._desk = desk
        self.item = item
        self._opened = False
        self._asks_why = False
        self.setProperty("itemRow", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.SMALL, Space.TIGHT, 2, Space.SMALL)
        column.setSpacing(0)
        column.addLayout(self._head(currency))
        self.sub = label("", "sub")
        column.addWidget(self.sub)
        self.choice = Choice(
            self.tr("What became of it"),
            [(str(outcome), outcome_words(outcome)) for outcome in OUTCOMES],
        )
        self.choice.chosen.connect(self._choose)
        self.remove_button = Button(self.tr("Remove"), self.removed.emit, kind="quiet", key="X")
        self._acts = QWidget()
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(Space.TIGHT)
        acts.addWidget(self.choice)
        acts.addStretch(1)
        acts.addWidget(self.remove_button)
        column.addWidget(self._acts)
        self._why = self._why_line()
        column.addWidget(self._why)
        self.show_item(item)

    def _head(self, currency: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(Space.ROW)
        self.title = label("", "strong")
        head.addWidget(self.title, 1)
        self.chip = Chip("")
        head.addWidget(self.chip)
        self.price = PriceField(self._desk, currency)
        self.price.done.connect(self.setFocus)
        head.addWidget(self.price)
        return head

    def _why_line(self) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, Space.TIGHT)
        column.setSpacing(Space.TIGHT)
        self._whys = Flow(across=Space.TIGHT, down=2)
        self.why_buttons: dict[str, ChoiceButton] = {}
        for words in whys():
            button = ChoiceButton(words)
            button.setCheckable(False)
            button.setAccessibleName(self.tr("No, {why}").format(why=words))
            button.clicked.connect(lambda _=False, words=words: self._say_why(words))
            self.why_buttons[words] = button
            self._whys.add(button)
        column.addWidget(self._whys)
        self.other = Field(self.tr("Why not"), hint=self.tr("other: pinched at the toe"))
        self.other.typed.connect(self.why)
        self.other.returnPressed.connect(self._close)
        column.addWidget(self.other)
        return line

    def show_item(self, item: Item) -> None:
        """The item as the book has it now."""
        self.item = item
        self.title.setText(item.item or self.tr("(no words)"))
        self.sub.setText(item_detail(item))
        self.sub.setVisible(bool(self.sub.text()))
        chip = outcome_chip(item, self._desk.now(), self._desk.formats)
        self.chip.setVisible(chip is not None)
        if chip is not None:
            self.chip.setText(chip.text)
            self.chip.set_tone(chip.tone)
        self.price.show_item(item)
        self.price.setReadOnly(item.rung)
        self.choice.choose("" if item.outcome == Outcome.SHOWN else item.outcome)
        self.other.set_value(item.why)
        said = chip.text if chip is not None else ""
        parts = (self.title.text(), self.sub.text(), said, self.price.text())
        self.setAccessibleName(", ".join(part for part in parts if part))
        self._arrange()

    def open_choices(self, yes: bool = True) -> None:
        """Show the choices also of an item of which something was said."""
        self._opened = yes
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Y, N, W, H say what became of it, X removes, P goes to the price, J and K move."""
        key, letter = event.key(), event.text().lower()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self.step.emit(1)
        elif key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self.step.emit(-1)
        elif self.item.rung:
            super().keyPressEvent(event)
        elif letter in KEYS:
            self._choose(KEYS[letter])
        elif letter == "x" or key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif letter == "p":
            self.price.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_choices(not self._opened)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens and closes the choices."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.open_choices(not self._opened)

    def _choose(self, outcome: str) -> None:
        self._opened = self._asks_why = outcome == Outcome.NO
        self.became.emit(str(outcome))

    def _say_why(self, words: str) -> None:
        self.why.emit(words)
        self._close()

    def _close(self) -> None:
        self.open_choices(False)
        self.setFocus()

    def _arrange(self) -> None:
        undecided = self.item.outcome == Outcome.SHOWN
        can = not self.item.rung
        self._acts.setVisible(can and (undecided or self._opened))
        why = can and self._opened and self.item.outcome == Outcome.NO
        self._why.setVisible(why)
        if why and self._asks_why:
            # Who said no says why next: the letters belong to the reason, not to the row.
            self._asks_why = False
            self.other.setFocus(Qt.FocusReason.OtherFocusReason)
