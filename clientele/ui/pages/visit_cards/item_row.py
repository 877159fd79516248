"""What became of this item? Its words, its outcome with one click or key, its price in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clientele.domain.rules.due_days import Soon
from clientele.domain.visits import Outcome
from clientele.store.queries.ticket import Item
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.item_terms import ItemTerms
from clientele.ui.pages.visit_cards.item_words import ItemWords
from clientele.ui.pages.visit_cards.price_field import PriceField
from clientele.ui.pages.visit_cards.ticket_words import line_words, under_line
from clientele.ui.pages.visit_cards.words import (
    item_detail,
    outcome_chip,
    outcome_words,
    whys,
)
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Chip, label
from clientele.ui.widgets.buttons import Button, Choice, ChoiceButton
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import Flow

KEYS = {"y": Outcome.KEEPING, "n": Outcome.NO, "w": Outcome.WISH_LIST, "h": Outcome.HOLD}
"""Letters that act on the row the keyboard is on; J and K move."""

OUTCOMES = tuple(KEYS.values())

TERMS = ("q", "m", "c", "g")
"""Letters that go to quantity, mark-down, credit and for whom of what stands on the ticket."""

HOLDS = (Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_WEEK)
"""Days until which an item is held with one touch; any other is typed."""


class ItemRow(QFrame):
    """One shown item. While nothing is said of it, or after a click on it, the choices stand open.

    A click on its words edits them. Emits ``became(outcome)``, ``why(words)`` as typed,
    ``until(date)`` for a hold, ``removed``, ``step(±1)``.
    """

    became = Signal(str)
    why = Signal(str)
    until = Signal(object)
    removed = Signal()
    step = Signal(int)

    def __init__(
        self, desk: Desk, item: Item, currency: str, people: Sequence[tuple[int, str]] = ()
    ) -> None:
        super().__init__()
        self._desk = desk
        self._currency = currency
        self._people = people
        self.item = item
        self._opened = False
        self._asks_why = False
        self.words: ItemWords | None = None
        self.hold: DayChoice | None = None
        self.terms: ItemTerms | None = None
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
        for words in (self.title, self.sub):
            words.setCursor(Qt.CursorShape.IBeamCursor)
            words.installEventFilter(self)
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
        self.show_item(item, people)

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
        column.setContentsMargins(0, 0, Space.TIGHT + 2, Space.TIGHT)
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
        self.other.own_return = True
        self.other.typed.connect(self.why)
        self.other.returnPressed.connect(self._close)
        column.addWidget(self.other)
        return line

    def show_item(self, item: Item, people: Sequence[tuple[int, str]] = ()) -> None:
        """The item as the book has it now; ``people`` are (id, name) of who could be credited."""
        self.item = item
        self._people = people
        formats = self._desk.formats
        self.title.setText(line_words(item, formats) or self.tr("(no words)"))
        terms = under_line(item, self._currency, formats, self._desk.me.id)
        self.sub.setText(" · ".join(part for part in (item_detail(item), terms) if part))
        self.sub.setVisible(bool(self.sub.text()))
        chip = outcome_chip(item, self._desk.now(), self._desk.formats)
        self.chip.setVisible(chip is not None)
        if chip is not None:
            self.chip.setText(chip.text)
            self.chip.set_tone(chip.tone)
        self.price.show_item(item)
        self.price.setReadOnly(item.rung)
        self.choice.choose(item.outcome if item.outcome in OUTCOMES else "")
        self.other.set_value(item.why)
        if self.words is not None:
            self.words.show_item(item)
        if self.hold is not None and item.hold_until is not None:
            self.hold.set_day(item.hold_until)
        said = chip.text if chip is not None else ""
        parts = (self.title.text(), self.sub.text(), said, self.price.text())
        self.setAccessibleName(", ".join(part for part in parts if part))
        self._arrange()

    def open_choices(self, yes: bool = True) -> None:
        """Show the choices also of an item of which something was said."""
        self._opened = yes
        if self.terms is not None and not yes:
            self.terms.put_away()
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Y, N, W, H say what became of it, E its words, X removes, P its price, J and K move."""
        key, letter = event.key(), event.text().lower()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self.step.emit(1)
        elif key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self.step.emit(-1)
        elif self.item.rung:
            super().keyPressEvent(event)
        elif letter in KEYS and not self.item.back:
            self._choose(KEYS[letter])
        elif letter == "x" or key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif letter == "e":
            self.edit_words()
        elif letter == "p":
            self.price.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif letter in TERMS and self.item.on_ticket:
            self._ask_terms(letter)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_choices(not self._opened)
        elif key == Qt.Key.Key_Escape and not self.hasFocus():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def edit_words(self, *, detail: bool = False) -> None:
        """Put two fields in place of the words."""
        if self.item.rung:
            return
        if self.words is None:
            self.words = ItemWords(self._desk)
            self.words.done.connect(self._words_done)
            column = self.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(column.indexOf(self.sub), self.words)
        self.title.hide()
        self.sub.hide()
        self.words.edit(self.item, detail=detail)

    def _words_done(self) -> None:
        if self.words is None or self.words.isHidden():
            return
        at_words = self.words.isAncestorOf(QApplication.focusWidget() or self)
        self.words.hide()
        self.title.show()
        self.sub.setVisible(bool(self.sub.text()))
        if at_words:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the words edits them."""
        if event.type() is QEvent.Type.MouseButtonRelease and not self.item.rung:
            self.edit_words(detail=watched is self.sub)
            return True
        return False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens and closes the choices."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.open_choices(not self._opened)

    def _choose(self, outcome: str) -> None:
        self._opened = outcome in (Outcome.NO, Outcome.HOLD)
        self._asks_why = outcome == Outcome.NO
        self.became.emit(str(outcome))

    def _ask_terms(self, letter: str) -> None:
        self.open_choices()
        terms = self._show_terms()
        acts = {"q": terms.how_many, "m": terms.mark_down, "c": terms.who, "g": terms.for_whom}
        acts[letter]()

    def _show_terms(self) -> ItemTerms:
        if self.terms is None:
            self.terms = ItemTerms(self._desk, self._currency)
            self.terms.done.connect(self.setFocus)
            column = self.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(column.indexOf(self._acts) + 1, self.terms)
        self.terms.show_item(self.item, self._people)
        self.terms.show()
        return self.terms

    def _arrange_hold(self, asked: bool) -> None:
        if asked and self.hold is None:
            self.hold = DayChoice(
                self._desk.formats, self.tr("Hold until"), self._desk.today(), HOLDS
            )
            self.hold.chosen.connect(self._say_until)
            self.hold.setContentsMargins(0, 0, Space.TIGHT + 2, Space.TIGHT)
            column = self.layout()
            assert isinstance(column, QVBoxLayout)
            column.addWidget(self.hold)
            if self.item.hold_until is not None:
                self.hold.set_day(self.item.hold_until)
        if self.hold is not None:
            self.hold.setVisible(asked)

    def _say_until(self, day: date | None) -> None:
        if day is not None:
            self.until.emit(day)

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
        self.choice.setVisible(not self.item.back)
        if self.item.on_ticket and self._opened:
            self._show_terms()
        elif self.terms is not None:
            self.terms.hide()
        why = can and self._opened and self.item.outcome == Outcome.NO
        self._why.setVisible(why)
        self._arrange_hold(can and self._opened and self.item.outcome == Outcome.HOLD)
        if why and self._asks_why:
            # Who said no says why next: the letters belong to the reason, not to the row.
            self._asks_why = False
            self.other.setFocus(Qt.FocusReason.OtherFocusReason)
