"""What was handed to me, and what became of what I handed over? Two cards of Today."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.hand_offs import Answer
from clientele.store.queries.hand_offs import HandOffRow, HandOffs, hand_offs
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.hand_off_word import VERBS, HandOffWordSheet, OfferNoteSheet, said_of
from clientele.ui.models import hand_off_rows as rows
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList

NOTE_LINES = 12
"""A note stands there whole: it is the story that goes along."""


class HandedToYou(Card):
    """What waits for my answer; hidden where nothing does.

    Emits ``open_client(id)`` and ``open_brief(id)``, and ``found(HandOffs)`` with all the rest.
    """

    open_client = Signal(int)
    open_brief = Signal(int)
    found = Signal(object)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(
            QCoreApplication.translate("HandedToYou", "Handed to you"),
            QCoreApplication.translate("HandedToYou", "A accept · X decline"),
        )
        self._desk, self._over = desk, over
        self._rows: dict[int, HandOffRow] = {}
        self.list = RowList(desk.theme, self.tr("Handed to you"), style=Style(max_lines=NOTE_LINES))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.add(self.list)
        self.hide()

    def look(self) -> None:
        """Ask for what concerns whoever is signed in."""
        me, now = self._desk.me.id, self._desk.now()
        self._desk.ask(
            lambda session: hand_offs(session, me, now=now), self._show, owner=self, slot="inbox"
        )

    def _show(self, found: HandOffs) -> None:
        me, now, formats = self._desk.me.id, self._desk.now(), self._desk.formats
        self._rows = {row.id: row for row in found.inbox}
        self.list.set_rows([rows.inbox_row(row, me, now, formats) for row in found.inbox])
        self.setVisible(bool(found.inbox))
        self.found.emit(found)

    def _open(self, key: int) -> None:
        if (row := self._rows.get(key)) is not None:
            self.open_client.emit(row.named.client_id)

    def _act(self, key: int, name: str) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        if name == rows.BRIEF:
            self.open_brief.emit(row.named.client_id)
        elif name == rows.ACCEPT:
            self._desk.do(
                VERBS[name],
                Answer(key, self._desk.me.id),
                said=said_of(row, name),
                then=lambda _: self._accepted(row),
            )
        elif name == rows.WORD:
            sheet = HandOffWordSheet(
                self._desk, self._over, row, rows.ACCEPT, then=lambda _: self._accepted(row)
            )
            sheet.open_sheet()
        else:
            HandOffWordSheet(self._desk, self._over, row, name).open_sheet()

    def _accepted(self, row: HandOffRow) -> None:
        """The next thing one wants is to know the client."""
        self._desk.offered.emit(self.tr("Brief"), lambda: self.open_brief.emit(row.named.client_id))


class HandedOver(Card):
    """What I offered, what is lent either way, what ended lately; hidden where nothing is."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(QCoreApplication.translate("HandedOver", "Handed over"))
        self._desk, self._over = desk, over
        self._rows: dict[int, HandOffRow] = {}
        self.list = RowList(desk.theme, self.tr("Handed over"), style=Style(max_lines=4))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.add(self.list)
        self.hide()

    def show_found(self, found: HandOffs) -> None:
        """What stands beside the inbox."""
        now, formats = self._desk.now(), self._desk.formats
        today = self._desk.today()
        there = (*found.waiting, *found.lent_out, *found.lent_in, *found.lately)
        self._rows = {row.id: row for row in there}
        shown = [rows.waiting_row(row, now, formats) for row in found.waiting]
        lent = dict.fromkeys((*found.lent_out, *found.lent_in))
        shown += [rows.lent_row(row, today, formats, mine=row in found.lent_in) for row in lent]
        shown += [rows.lately_row(row, today, formats) for row in found.lately]
        self.list.set_rows(shown)
        self.setVisible(bool(shown))

    def _open(self, key: int) -> None:
        if (row := self._rows.get(key)) is not None:
            self.open_client.emit(row.named.client_id)

    def _act(self, key: int, name: str) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        if name == rows.WITHDRAW:
            self._desk.do(VERBS[name], Answer(key, self._desk.me.id), said=said_of(row, name))
        elif name == rows.EDIT:
            OfferNoteSheet(self._desk, self._over, row).open_sheet()
        else:
            HandOffWordSheet(self._desk, self._over, row, name).open_sheet()
