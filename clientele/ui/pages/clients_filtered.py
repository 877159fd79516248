"""Whom does the filter find? The first screen of them, then all; the newest question counts."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QObject, Signal

from clientele.store.queries.client_rows import ClientRow
from clientele.store.queries.clients import WhoseBook
from clientele.store.queries.filtered import Asker, Listed, filtered_beginning, filtered_ids
from clientele.ui.desk import Desk
from clientele.ui.pages.filter_bar import FilterBar

AT_ONCE = 120
"""How many clients are shown before all of them are known."""

SCREEN = 16
"""How many of them come with their rows."""

SLOT = "ids"
"""Where the page asks who is listed."""


class FilteredClients(QObject):
    """Emits ``begun(ids, rows)`` where there are more than fit the first answer, then ``all(ids)``.

    A condition that changes meanwhile calls the older question off inside the database, and so
    does the page where it asks for a book instead: both ask in the page's name, in one ``SLOT``.
    """

    begun = Signal(object, object)
    all = Signal(object)

    def __init__(self, desk: Desk, bar: FilterBar, page: QObject) -> None:
        super().__init__(page)
        self._desk, self._bar, self._page = desk, bar, page

    def ask(self, whose: WhoseBook) -> None:
        """Ask for the clients of a book for whom the filter holds."""
        me, today = self._desk.me, self._desk.today()
        asker = Asker(me.id, me.department_id, today)
        listed = Listed(self._bar.asked, whose, self._bar.by, asker)

        def begun(found: tuple[array[int], dict[int, ClientRow]]) -> None:
            if len(found[0]) < AT_ONCE:
                self._all(found[0])
                return
            self.begun.emit(*found)
            self._desk.ask(
                lambda s: filtered_ids(s, listed), self._all, owner=self._page, slot=SLOT
            )

        self._bar.say_counting(self.tr("Counting…"))
        self._desk.ask(
            lambda s: filtered_beginning(s, listed, ids=AT_ONCE, rows=SCREEN),
            begun,
            owner=self._page,
            slot=SLOT,
        )

    def forget(self) -> None:
        """What is being asked is not wanted any more."""
        self._bar.say_counting("")
        self._desk.ask(lambda _: None, self._forgotten, owner=self._page, slot=SLOT)

    def _all(self, ids: array[int]) -> None:
        self._bar.say_counting("")
        self.all.emit(ids)

    def _forgotten(self, _: None) -> None:
        return
