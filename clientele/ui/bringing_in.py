"""Bringing a file in, and looking at who is then perhaps in the book twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clientele.store.session import Store
from clientele.ui import actions
from clientele.ui.commands import other_words
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part

if TYPE_CHECKING:
    from clientele.ui.importing.sheet import ImportSheet
    from clientele.ui.pages.duplicates import DuplicatesPage


class BringingIn(QObject):
    """Made once for a window; emits ``open_client(id)``. Both work on the store by themselves."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, window: MainWindow, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window, self._store = desk, window, store
        self._sheet: ImportSheet | None = None
        self._duplicates: DuplicatesPage | None = None
        words = self.tr("Bring in a file…")
        also = other_words("bring in")
        window.add_command(words, self.bring_in, also=also, part=Part.FILES)
        window.on_anywhere(actions.DUPLICATES, self.show_duplicates)

    def bring_in(self, path: Path | None = None) -> None:
        """Open the form that brings a file in, with ``path`` chosen already if given."""
        from clientele.ui.importing.sheet import ImportSheet

        if self._sheet is None:
            self._sheet = ImportSheet(self._desk, self._store, self._window.content)
            self._sheet.show_duplicates.connect(self.show_duplicates)
        self._sheet.open_sheet()
        if path is not None:
            self._sheet.open_file(path)

    def show_duplicates(self) -> None:
        """Show who is perhaps in the book twice; the page is made when it is first asked for."""
        from clientele.ui.pages.duplicates import DuplicatesPage

        if self._duplicates is None:
            self._duplicates = DuplicatesPage(self._desk, self._store)
            self._duplicates.open_client.connect(self.open_client)
            self._window.add_page(self._duplicates, under=actions.CLIENTS)
        self._window.show_page(self._duplicates)

    def stop(self) -> None:
        """End what runs, and wait for it."""
        if self._sheet is not None:
            self._sheet.stop()
        if self._duplicates is not None:
            self._duplicates.stop()
