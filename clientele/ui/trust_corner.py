"""What keeps the book safe, in the window: its copies, and what is done with the book closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.ui.background import Background
from clientele.ui.backing_up import BackingUp
from clientele.ui.commands import other_words
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part

if TYPE_CHECKING:
    from clientele.ui.pages.backups import BackupsPage
    from clientele.ui.pages.doctor import DoctorPage


class TrustCorner(QObject):
    """Made once for a window.

    Emits ``between(Between)`` where something is to be done with the book closed
    (``ui.start.between``), and ``open_client(id)``.
    """

    between = Signal(object)
    open_client = Signal(int)

    def __init__(
        self, desk: Desk, window: MainWindow, store: Store, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._window, self._store, self._clock = desk, window, store, clock
        self.backing_up = BackingUp(desk, store, clock, self)
        window.first_frame.connect(self.backing_up.begin)
        self._add(self.tr("Backups…"), self.show_backups, "backups")
        self._add(self.tr("Doctor…"), self.show_doctor, "doctor")
        self._slow = Background(self)
        self._add(self.tr("Keys of the book…"), self.show_keys, "book keys")

    def _add(self, words: str, run: Callable[[], object], also: str) -> None:
        self._window.add_command(words, run, also=other_words(also), part=Part.STORE)

    def show_keys(self) -> None:
        """Show how the book is opened, and what can be changed of it."""
        from clientele.ui.dialogs.keys import KeysSheet

        over = self._window.content
        KeysSheet(self._desk, over, self._store, self._slow, self.between.emit).open_sheet()

    @cached_property
    def backups(self) -> BackupsPage:
        """The page of backups."""
        from clientele.ui.pages.backups import BackupsPage

        page = BackupsPage(self._desk, self._store, self.backing_up)
        page.between.connect(self.between)
        self._window.add_page(page)
        return page

    def show_backups(self) -> None:
        """Show the backups."""
        self._window.show_page(self.backups)

    @cached_property
    def doctor(self) -> DoctorPage:
        """The page of the doctor."""
        from clientele.ui.pages.doctor import DoctorPage

        page = DoctorPage(self._desk, self._store)
        self._window.add_page(page)
        return page

    def show_doctor(self) -> None:
        """Show whether the book is sound, and repair what can be."""
        self._window.show_page(self.doctor)

    def stop(self) -> None:
        """End what runs."""
        self.backing_up.stop()
        if "backups" in self.__dict__:
            self.backups.stop()
        if "doctor" in self.__dict__:
            self.doctor.stop()
        self._slow.stop()
