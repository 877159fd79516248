"""Who is here, since when, and for what? And what can be done for them now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clientele.services.visits import SayHereFor, say_here_for
from clientele.store.queries.visit import VisitPage
from clientele.ui.actions import BRING_IN, HAND_OVER, MADE_RIGHT, PROMISE
from clientele.ui.card_numbers import to_keep, was_kept
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import prefers, shown_initials, shown_name
from clientele.ui.pages.visit_cards.company import CompanyLine, SmallEdit
from clientele.ui.pages.visit_cards.ticket_words import money
from clientele.ui.pages.visit_cards.words import greeted, with_whom
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Avatar, Chip, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Columns, Flow

BUTTONS = 430
"""The width of the buttons at the right, in pixels at a text scale of one."""

WORDS = 380
"""Below this width of the words the buttons go underneath them."""


class VisitHeader(Columns):
    """Emits what was clicked: ``greet``, ``brief``, ``promise``, ``leave``, ``ring``, ``bring_in``.

    ``asked(Action)`` is what the window does with the client at hand.
    """

    greet = Signal()
    brief = Signal()
    promise = Signal()
    leave = Signal()
    ring = Signal()
    bring_in = Signal()
    asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self._desk = desk
        self._visit: VisitPage | None = None
        self.set_main_at_least(WORDS)
        main, side = self.column(), self.column(BUTTONS)
        main.addWidget(self._words())
        side.addWidget(self._buttons())

    def _words(self) -> QWidget:
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        self._avatar = Avatar("", 44)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = label("", "title", wrap=False)
        self.chip = Chip("", Tone.GREEN)
        self.prefers = Chip("")
        line = Flow(across=6, down=2)
        for piece in (self.title, self.chip, self.prefers):
            line.add(piece)
        words.addWidget(line)
        words.addWidget(self._second_line())
        self.company = CompanyLine(self._desk)
        words.addWidget(self.company)
        row.addLayout(words, 1)
        return block

    def _buttons(self) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        self.greet_button = Button(self.tr("Greet"), self.greet.emit, kind="primary")
        self.bring_in_button = Button(
            self.tr("Bring in a colleague"), self.bring_in.emit, key=BRING_IN.key
        )
        self.hand_over_button = Button(
            self.tr("Hand over"), lambda: self.asked.emit(HAND_OVER), key=HAND_OVER.key
        )
        self.ring_button = Button(self.tr("Ring once"), self.ring.emit, key="Ctrl+Return")
        self.brief_button = Button(self.tr("Brief"), self.brief.emit, kind="quiet", key="Ctrl+B")
        self.promise_button = Button(
            self.tr("Promise"), self.promise.emit, kind="quiet", key=PROMISE.key
        )
        self.right_button = Button(
            MADE_RIGHT.label,
            lambda: self.asked.emit(MADE_RIGHT),
            kind="quiet",
            key=MADE_RIGHT.key,
        )
        self.leave_button = Button(self.tr("Leave"), self.leave.emit, kind="quiet")
        first = Flow(across=Space.SMALL, down=Space.TIGHT, at_end=True)
        second = Flow(across=Space.TIGHT, down=0, at_end=True)
        for button in (
            self.bring_in_button,
            self.hand_over_button,
            self.greet_button,
            self.ring_button,
        ):
            first.add(button)
        for button in (
            self.brief_button,
            self.promise_button,
            self.right_button,
            self.leave_button,
        ):
            second.add(button)
        column.addWidget(first)
        column.addWidget(second)
        return block

    def _second_line(self) -> Flow:
        line = Flow(across=0, down=0)
        self.greeted = label("", "sub", wrap=False)
        self.here_for = SmallEdit(self.tr("Here for"), hint=self.tr("what they came for"))
        self.here_for.typed.connect(self._save)
        self.here_for.left.connect(self._desk.seal)
        self.here_for.returnPressed.connect(self.here_for.clearFocus)
        line.add(self.greeted)
        line.add(label(self.tr(" · here for: "), "sub", wrap=False))
        line.add(self.here_for)
        return line

    def show_visit(self, visit: VisitPage) -> None:
        """Another visit, or the same as it is now."""
        formats = self._desk.formats
        other = self._visit is None or self._visit.id != visit.id
        self._visit = visit
        self._avatar.setText(shown_initials(visit.named))
        self.title.setText(shown_name(visit.named))
        self.prefers.setText(prefers(visit.named))
        self.prefers.setVisible(bool(self.prefers.text()))
        self.greeted.setText(greeted(visit, formats))
        if other:
            self.here_for.clearFocus()
        self.here_for.set_value(visit.here_for)
        if not self.here_for.hasFocus():
            self.here_for.setCursorPosition(0)
        self.company.show_visit(visit)
        gone = visit.left_at is not None
        self.bring_in_button.setVisible(not gone and visit.stop is not None)
        self.here_for.setReadOnly(gone)
        self.greet_button.setVisible(visit.greeted_at is None and not gone)
        self.leave_button.setVisible(not gone)
        to_pay = bool(visit.kept)
        self.ring_button.set_words(
            self.tr("Ring once · {total}").format(
                total=money(visit.to_pay, visit.currency, formats)
            )
            if to_pay
            else self.tr("Ring once")
        )
        self.ring_button.setEnabled(to_pay)
        self.ring_button.setProperty(
            "kind", "plain" if visit.greeted_at is None and not gone else "primary"
        )
        self.ring_button.style().unpolish(self.ring_button)
        self.ring_button.style().polish(self.ring_button)
        self.tick()

    def tick(self) -> None:
        """A minute has passed."""
        if self._visit is not None:
            me, now = self._desk.me.id, self._desk.now()
            self.chip.setText(with_whom(self._visit, me, now, self._desk.formats))
            self.chip.set_tone(Tone.GREEN if self._visit.left_at is None else Tone.PLAIN)

    def _save(self, text: str) -> None:
        if self._visit is not None:
            kept = to_keep(self._desk, self.here_for, text)
            self._desk.do(
                say_here_for,
                SayHereFor(self._visit.id, kept),
                merge=("here for", self._visit.id),
                then=lambda _: was_kept(self.here_for),
                failed=self.here_for.set_wrong,
            )
