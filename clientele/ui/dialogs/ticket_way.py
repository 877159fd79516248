"""The way from a row of something bought to its whole ticket, and on to its visit."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from clientele.store.queries.story_entry import StoryEntry
from clientele.store.queries.told_tickets import purchases
from clientele.ui.desk import Desk
from clientele.ui.dialogs.story_entry import StoryEntrySheet
from clientele.ui.widgets.sheet import Sheet


class TicketWay(QObject):
    """Shows tickets of one client as the story tells them. Emits ``open_visit(id)``."""

    open_visit = Signal(int)

    def __init__(self, desk: Desk, parent: QObject, client_id: int) -> None:
        super().__init__(parent)
        self._desk, self._client_id = desk, client_id
        self._over: Sheet | None = None

    def show(self, purchase_id: int | None, over: Sheet) -> None:
        """Show a ticket over a form."""
        if purchase_id is None:
            return
        self._over = over
        self._desk.ask(
            lambda session: purchases(session, [purchase_id]), self._show, owner=self, slot="ticket"
        )

    def _show(self, entries: list[StoryEntry]) -> None:
        over = self._over
        if not entries or over is None or not over.isVisible():
            return
        sheet = StoryEntrySheet(self._desk, over, entries[0])
        sheet.open_visit.connect(self._go)
        sheet.gift_wanted.connect(self._gift)
        sheet.open_sheet()

    def _go(self, visit_id: int) -> None:
        if self._over is not None:
            self._over.close_sheet()
        self.open_visit.emit(visit_id)

    def _gift(self, bought_at: datetime) -> None:
        """Somebody got something that stands on it."""
        from clientele.ui.dialogs.gift import GiftSheet

        if self._over is not None:
            GiftSheet(
                self._desk, self._over, client_id=self._client_id, around=bought_at
            ).open_sheet()
