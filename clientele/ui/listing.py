"""How do lists reach the whole window? Their key, the search box, from client to client."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clientele.services.changes import Changes, Kind
from clientele.store.queries.lists import ListRow, saved_lists
from clientele.ui import actions
from clientele.ui.desk import Desk, Me
from clientele.ui.main_window import MainWindow

if TYPE_CHECKING:
    from clientele.ui.pages.client import ClientPage
    from clientele.ui.pages.clients import ClientsPage
    from clientele.ui.working import Working


class Listing(QObject):
    """Joins the clients page, the client's page and the window. Emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, window: MainWindow, clients: Callable[[], ClientsPage]) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._clients = clients
        self._client: ClientPage | None = None
        self._working: Working | None = None
        self._whose: int | None = None
        window.on_anywhere(actions.LISTS, self.choose)
        window.on_anywhere(actions.NEXT_CLIENT, self.next)
        window.on_anywhere(actions.PREVIOUS_CLIENT, self.previous)
        desk.changed.connect(self._heard)
        desk.signed.connect(self._signed)

    def has_clients(self, page: ClientsPage) -> None:
        """The page of the clients was made."""
        self._working = page.working
        page.working.go_to.connect(self._go_to)
        page.working.over.connect(self._over)
        self._follow()

    def has_client(self, page: ClientPage) -> None:
        """The page of one client was made."""
        self._client = page
        self._follow()

    def _follow(self) -> None:
        if self._client is not None and self._working is not None:
            self._client.work.follow(self._working)

    def choose(self) -> None:
        """Choose a list on the page of the clients."""
        page = self._clients()
        self._window.show_page(page)
        page.lists.choose()

    def open(self, list_id: int) -> None:
        """Show the clients of a list."""
        page = self._clients()
        self._window.show_page(page)
        page.lists.open(list_id)

    def next(self) -> None:
        """To the next client of the list that is worked through."""
        self._clients().working.step(1, self._here())

    def previous(self) -> None:
        """To the one before."""
        self._clients().working.step(-1, self._here())

    def _here(self) -> int | None:
        """From where on: the client in sight, or the current row of the list."""
        page = self._window.current_page()
        return self._client.client_id if self._client is not None and page is self._client else None

    def _go_to(self, client_id: int) -> None:
        self.open_client.emit(client_id)

    def _over(self) -> None:
        """After the last one the list is in sight again."""
        if self._window.current_page() is self._client:
            self._window.show_page(self._clients())

    def _heard(self, changes: Changes) -> None:
        if changes.touch(Kind.SAVED_LIST):
            self._look()

    def _signed(self, me: Me | None) -> None:
        """The private lists of one associate are not offered to the next, not for a moment."""
        if me is None or me.id != self._whose:
            self._whose = None if me is None else me.id
            self._window.set_found_commands([])
        if me is not None:
            self._look()

    def _look(self) -> None:
        if self._desk.is_signed_in:
            me = self._desk.me.id
            self._desk.ask(lambda s: saved_lists(s, me), self._offer, owner=self, slot="lists")

    def _offer(self, lists: tuple[ListRow, ...]) -> None:
        words = self.tr("List: {name}")
        self._window.set_found_commands(
            [(words.format(name=one.name), partial(self.open, one.id)) for one in lists]
        )
