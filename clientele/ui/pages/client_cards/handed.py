"""With whom is this client for now? One line that is there only where there is something to say."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientele.services.changes import Changes, Kind
from clientele.services.hand_offs import Answer
from clientele.store.queries.hand_offs import HandOffRow
from clientele.store.queries.responsible import Responsible, responsible_for
from clientele.ui.desk import Desk
from clientele.ui.dialogs.hand_off_word import VERBS, HandOffWordSheet, said_of
from clientele.ui.models.hand_off_rows import (
    ACCEPT,
    BACK,
    DECLINE,
    WITHDRAW,
    part_words,
    stands_words,
)
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.layouts import Flow

BACK_WITHIN = timedelta(days=30)
"""How long giving back what was taken over for good is offered here; Hand over does it after."""

TOUCHED = frozenset({Kind.HAND_OFF, Kind.BOOK_MEMBERSHIP, Kind.ABSENCE})


class HandedLine(QWidget):
    """Chips such as “with L. Sato until Fri 27 Nov”, each with what can be done about it."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__()
        self._desk, self._over = desk, over
        self._client_id = 0
        self._shown: object = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.TIGHT)
        self.hide()
        desk.changed.connect(self._heard)

    def show_client(self, client_id: int) -> None:
        """Ask who is responsible for this client today."""
        if client_id != self._client_id:
            self._show_rows(())
        self._client_id = client_id
        self._look()

    @property
    def chips(self) -> list[str]:
        """What is said, for whoever reads it out."""
        return [chip.text() for chip in self.findChildren(Chip)]

    def _heard(self, changes: Changes) -> None:
        if self._client_id and changes.touch(*TOUCHED, client=self._client_id):
            self._look()

    def _look(self) -> None:
        key, today = self._client_id, self._desk.today()
        self._desk.ask(
            lambda session: responsible_for(session, key, today),
            self._show,
            owner=self,
            slot="handed",
        )

    def _show(self, found: Responsible) -> None:
        now = self._desk.now()
        accepted = [
            row
            for row in found.accepted
            if row.lends
            or (
                row.answered_at is not None
                and row.answered_at >= now - BACK_WITHIN
                and (row.department or found.owner_id == row.taker.id)
            )
        ]
        self._show_rows((*accepted, *found.offered))

    def _show_rows(self, rows: tuple[HandOffRow, ...]) -> None:
        seen = (rows, self._desk.me.id, self._desk.today())
        if seen == self._shown:
            return
        self._shown = seen
        empty(self._column)
        for row in rows:
            self._column.addWidget(self._line(row))
        self.setVisible(bool(rows))

    def _line(self, row: HandOffRow) -> Flow:
        me, formats, today = self._desk.me.id, self._desk.formats, self._desk.today()
        line = Flow(across=Space.SMALL, down=0)
        tone = Tone.BLUE if row.state == "accepted" else Tone.AMBER
        line.add(Chip(f"{stands_words(row, me, today, formats)} · {part_words(row)}", tone))
        if row.state == "accepted":
            if row.taker.id == me:
                line.add(self._button(self.tr("Give back"), row, BACK))
        elif row.taker.id == me:
            line.add(self._button(self.tr("Accept"), row, ACCEPT))
            line.add(self._button(self.tr("Decline"), row, DECLINE))
        elif row.giver.id == me:
            line.add(self._button(self.tr("Withdraw"), row, WITHDRAW))
        return line

    def _button(self, words: str, row: HandOffRow, move: str) -> Button:
        return Button(words, lambda: self._act(row, move), kind="link")

    def _act(self, row: HandOffRow, move: str) -> None:
        if move in (ACCEPT, WITHDRAW):
            what = Answer(row.id, self._desk.me.id)
            self._desk.do(VERBS[move], what, said=said_of(row, move))
        else:
            HandOffWordSheet(self._desk, self._over, row, move).open_sheet()
