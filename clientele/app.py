"""The composition root: settings → the book → the window.

``run`` is the program with a window; everything is made here and handed on, nothing is reached
from elsewhere.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import clientele.ui  # noqa: F401  # isort: skip - before PySide6: it says what that may do
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from clientele.store.beside import claim
from clientele.store.errors import BookInUse
from clientele.system import settings as settings_file
from clientele.system.clock import Clock, SystemClock
from clientele.system.formats import Formats
from clientele.system.log import start_log
from clientele.system.paths import default_book
from clientele.system.region import Region, local_language, local_region
from clientele.system.settings import Settings
from clientele.ui.clipboard import Watch
from clientele.ui.file_dialogs import remember_no_files
from clientele.ui.forward import come_forward
from clientele.ui.plurals import EnglishPlurals
from clientele.ui.refusals import sentence_of
from clientele.ui.single import FrontDoor, knock
from clientele.ui.start.window import Beginning, Opened, StartWindow
from clientele.ui.theme import Scheme, Theme

if TYPE_CHECKING:
    from clientele.store.session import Store
    from clientele.ui.desk import Me
    from clientele.ui.start.between import Between, BetweenWindow
    from clientele.ui.workplace import Workplace

SIZE = (1366, 768)


def run(book: Path | None = None, *, clock: Clock | None = None) -> int:
    """Show the window on ``book`` (else the one of last time, else the usual place).

    Answers the exit code: 0 when the window was closed, or when another one is open already and
    was brought to the front.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Clientele")
    app.setDesktopFileName("clientele")
    remember_no_files()
    settings = settings_file.load()
    path = book or (Path(settings.book) if settings.book else default_book())
    with ExitStack() as stack:
        try:
            stack.enter_context(claim(path))
        except BookInUse as refusal:
            if knock(path):
                return 0
            sys.stderr.write(f"{refusal.sentence}\n")
            return 2
        with suppress(OSError):  # a home that cannot be written costs the log, not the book
            start_log()
        program = Program(app, path, settings, clock or SystemClock())
        program.start()
        code = app.exec()
        program.end()
    return code


class Program(QObject):
    """From the first window to the last: unlocking, then the workplace."""

    def __init__(self, app: QApplication, book: Path, settings: Settings, clock: Clock) -> None:
        super().__init__()
        self._app, self._book, self._clock = app, book, clock
        self._settings = settings
        self._plurals = EnglishPlurals(self)
        app.installTranslator(self._plurals)
        self._copied = Watch(self)
        self.theme = Theme(app, Scheme(settings.theme), settings.text_scale)
        self.starting = StartWindow(book, clock, self._region)
        self.starting.opened.connect(self._opened)
        self.workplace: Workplace | None = None
        self.between: BetweenWindow | None = None
        self._last: Me | None = None
        self._store: Store | None = None
        self._door = FrontDoor(book, self)
        self._door.knocked.connect(self._raise)

    @property
    def window(self) -> QWidget:
        """The window that is shown now."""
        if self.workplace is not None:
            return self.workplace.window
        return self.starting if self.between is None else self.between

    def start(self) -> None:
        """Show the first window and begin to open the book."""
        self.starting.resize(*SIZE)
        self.starting.show()
        self.starting.begin()

    def end(self) -> None:
        """Everything typed is on the disk, threads have ended, the book is closed."""
        self._app.removeTranslator(self._plurals)
        self._door.close()
        self.starting.close()
        self.starting.deleteLater()
        if self.between is not None:
            self.between.close()
            self.between.deleteLater()
        self._leave_workplace()

    def _leave_workplace(self) -> None:
        if self.workplace is not None:
            self.workplace.stop()
            self.workplace.deleteLater()
            self.workplace = None
        if self._store is not None:
            self._store.close()
            self._store = None

    def _region(self) -> Region:
        return local_region(self._clock.now().date(), self._settings.language)

    def _opened(self, opened: Opened) -> None:
        from clientele.ui.garbage import spare_what_is_there
        from clientele.ui.workplace import Workplace

        before = self.window
        self._store = opened.store
        self._remember(opened.store.path)
        formats = Formats(local_language(self._settings.language), opened.zone)
        self.workplace = Workplace(
            opened.store, self._clock, formats, self.theme, lock_minutes=self._settings.lock_minutes
        )
        window = self.workplace.window
        window.setGeometry(before.geometry())
        if opened.begun_by is None:
            notice = opened.store.notice
            words = opened.said if notice is None else sentence_of(notice)
            self.workplace.ask_who(words, self._last)
        else:
            self.workplace.enter(opened.begun_by)
        # Queued: the workplace, which asks for it, is gone when it begins.
        between = self.workplace.trust.between
        between.connect(self._begin_between, Qt.ConnectionType.QueuedConnection)
        window.show()
        before.hide()
        window.activateWindow()
        if opened.how is Beginning.BRING_IN:
            self.workplace.bring_in()
        spare_what_is_there()
        # After the first frame: what the desktop's notifications need takes tens of milliseconds.
        self.workplace.window.first_frame.connect(self._remind)

    def _begin_between(self, what: Between) -> None:
        """Close the book, do something with it, and open it again."""
        from clientele.ui.start.between import BetweenWindow

        if self._store is None or self.workplace is None:
            return
        path, data_key = self._store.path, bytearray(self._store.data_key)
        desk = self.workplace.desk
        self._last = desk.me if desk.is_signed_in else None
        between = BetweenWindow(what, path, data_key)
        between.setGeometry(self.workplace.window.geometry())
        between.show()  # before the other goes: the last window that closes ends the program
        self._leave_workplace()
        self.between = between
        between.opened.connect(self._opened_again)
        between.lost.connect(self._start_over)
        between.begin()

    def _opened_again(self, opened: Opened) -> None:
        self._opened(opened)
        self._end_between()

    def _start_over(self) -> None:
        """The book did not open by the key it had: by the ways there are at the start, then."""
        before = self.window
        self.starting.setGeometry(before.geometry())
        self.starting.show()
        self._end_between()
        self.starting.begin()

    def _end_between(self) -> None:
        if self.between is not None:
            self.between.close()
            self.between.deleteLater()
            self.between = None

    def _remind(self) -> None:
        if self.workplace is not None:
            self.workplace.remind(self._settings)

    def _remember(self, book: Path) -> None:
        self._settings = replace(self._settings, book=str(book))
        try:
            settings_file.save(self._settings)
        except OSError:
            return  # the program works without; the next start asks for the usual place

    def _raise(self) -> None:
        come_forward(self.window)
