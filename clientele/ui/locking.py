"""Locking and PINs in the window: by the system, a PIN of one's own, and the recovery key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from clientele.services.pin_recovery import (
    Manager,
    PinByPaper,
    choose_by_recovery_key,
    recoverable,
)
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.ui.background import Background
from clientele.ui.desk import Desk
from clientele.ui.locking_paper import PaperStep
from clientele.ui.locking_system import Watch
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part


class Locking(QObject):
    """Made once for a window."""

    def __init__(
        self, desk: Desk, window: MainWindow, store: Store, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._window, self._store, self._clock = desk, window, store, clock
        self._slow = Background(self)
        self.watch: Watch | None = None
        screen = window.lock_screen
        screen.offer_paper()
        screen.paper_wanted.connect(self.ask_for_paper)
        window.add_command(
            self.tr("Change my PIN…"),
            self.change_pin,
            also=self.tr("password code sign in secret forgot forgotten new own"),
            part=Part.MINE,
        )

    def begin(self) -> None:
        """Hear from now on what the computer says; once the window was seen."""
        if self.watch is not None:
            return
        self.watch = watch = Watch(self._clock, parent=self)
        watch.sleeps.connect(self.lock_for_sleep)
        watch.away.connect(self.lock_for_session)
        watch.watch(int(self._window.winId()))

    def stop(self) -> None:
        """Hear nothing any more, and end what runs."""
        if self.watch is not None:
            self.watch.stop()
        self._slow.stop()

    # the system

    def lock_for_sleep(self) -> None:
        """Lock before the computer sleeps, which waits until that is on the screen."""
        self._window.lock(self.tr("Locked as the computer slept. Everything typed is kept."))
        self._window.repaint()
        if self.watch is not None:
            QTimer.singleShot(0, self.watch, self.watch.let_sleep)

    def lock_for_session(self) -> None:
        """Lock with the screen of the computer."""
        self._window.lock(self.tr("Locked with the screen. Everything typed is kept."))

    # PINs

    def change_pin(self) -> None:
        """Show the form in which one changes one's own PIN."""
        from clientele.ui.dialogs.own_pin import OwnPinSheet

        OwnPinSheet(self._desk, self._window.content).open_sheet()

    def ask_for_paper(self) -> None:
        """Nobody can sign in: ask for the recovery key and a new PIN."""
        self._desk.ask(recoverable, self._show_paper, owner=self, slot="paper")

    def _show_paper(self, managers: tuple[Manager, ...]) -> None:
        if not self._window.is_locked or not managers:
            return
        step = PaperStep(managers)
        step.back.connect(self._window.lock_screen.show_people)
        step.typed.connect(partial(self._try_paper, step))
        self._window.lock_screen.show_step(step)

    def _try_paper(self, step: PaperStep, typed: str, what: PinByPaper) -> None:
        step.wait()
        now = self._desk.now()
        self._slow.run(
            lambda: choose_by_recovery_key(self._store, typed, what, now=now),
            lambda _: self._chosen(what.associate_id),
            lambda _, sentence: step.say_wrong(sentence),
        )

    def _chosen(self, associate_id: int) -> None:
        screen = self._window.lock_screen
        screen.begin(None, self.tr("The new PIN is kept. Sign in with it."))
        screen.choose(associate_id)
