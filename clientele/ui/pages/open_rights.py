"""What is still to be made right, for a client or by me? A card that hides where nothing is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.store.queries.made_right import (
    MadeRightRow,
    open_made_rights_of_client,
    to_decide,
)
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.right_rows import brief_right_row, right_row, standing_chip
from clientele.ui.models.rows import Key, Row
from clientele.ui.pages.right_acts import RightActs
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.row_list import RowList


class OpenRightsCard(Card):
    """Problems with their next step. Emits ``open_client(id)`` where a row names its client."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(QCoreApplication.translate("OpenRightsCard", "To make right"))
        self._desk = desk
        self._acts = RightActs(desk, over)
        self._client_id: int | None = None
        self._rows: dict[Key, MadeRightRow] = {}
        self.list = RowList(desk.theme, self.tr("To make right"), style=Style(max_lines=3))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._open)
        self.add(self.list)
        self.hide()

    def show_client(self, client_id: int) -> None:
        """What is not solved yet for this client."""
        if client_id != self._client_id:
            self._show(())
        self._client_id = client_id
        self._desk.ask(
            lambda session: open_made_rights_of_client(session, client_id),
            self._show,
            owner=self,
            slot="rights",
        )

    def show_mine(self) -> None:
        """Of whoever is signed in: where nothing was decided yet, or it was not enough.

        Those that wait to be asked about stand among the follow-ups on their day.
        """
        me, now = self._desk.me, self._desk.now()
        self._client_id = None
        self._desk.ask(
            lambda session: to_decide(session, me.id, now=now),
            self._show,
            owner=self,
            slot="rights",
        )

    def _show(self, rows: tuple[MadeRightRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.list.set_rows([self._row(row) for row in rows])
        self.setVisible(bool(rows))

    def _row(self, row: MadeRightRow) -> Row:
        today, formats, me = self._desk.today(), self._desk.formats, self._desk.me.id
        if self._client_id is None:
            return brief_right_row(row, today, formats, me=me)
        whole = right_row(row, today, formats, me=me)
        chip = standing_chip(row, today, formats)
        return replace(whole, title="", after_title=row.about, lead=None, chips=(chip,))

    def _act(self, key: Key, name: str) -> None:
        if key in self._rows:
            self._acts.act(self._rows[key], name)

    def _open(self, key: Key) -> None:
        if key not in self._rows:
            return
        if self._client_id is None:
            self.open_client.emit(self._rows[key].named.client_id)
        else:
            self._acts.do(self._rows[key])
