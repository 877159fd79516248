"""When does the computer say that nobody is there? As it sleeps, and as its own screen is locked.

One small interface before what each platform has. Linux: logind and the screen saver of the
desktop (``locking_by_bus``), tried on a real bus. Windows: messages to the window. Elsewhere, as on
macOS, and without logind: it is noticed on waking, before anything can be touched. What is for
Windows and macOS was not tried there.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    QTimer,
    Signal,
)

from clientele.system.clock import Clock

LOOK_EVERY = 15_000
"""Milliseconds between two looks whether the computer slept, where it does not say so."""

SLEPT = 30.0
"""Seconds by which the clock went ahead of the program that are a sleep, and not a correction."""

POWER_BROADCAST, SUSPENDS = 0x0218, 0x0004
SESSION_CHANGE = 0x02B1
AWAY = frozenset({0x2, 0x4, 0x6, 0x7})
"""WTS_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _SESSION_LOGOFF and _SESSION_LOCK."""


class Watch(QObject):
    """Tells when to lock.

    ``sleeps``: the computer is about to; call ``let_sleep`` once the lock is on the screen.
    ``away``: its session was locked, or another user has the screen.
    """

    sleeps = Signal()
    away = Signal()

    def __init__(
        self, clock: Clock, *, platform: str = sys.platform, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ways: list[Any] = []
        self._clock = clock
        self._waking: ByWaking | None = None
        if platform == "linux":
            from clientele.ui.locking_by_bus import ByLogin, ByScreenSaver

            login, saver = ByLogin(self), ByScreenSaver(self)
            login.missing.connect(self._look_by_itself)
            self._ways = [login, saver]
        elif platform == "win32":
            self._ways = [ByMessages(self)]
        else:
            self._look_by_itself()
        for way in self._ways:
            way.sleeps.connect(self.sleeps)
            way.away.connect(self.away)

    def watch(self, window: int) -> None:
        """Hear what the system says to this native window, where it says it to windows."""
        for way in self._ways:
            if isinstance(way, ByMessages):
                way.watch(window)

    def let_sleep(self) -> None:
        """The lock is on the screen."""
        for way in self._ways:
            way.let_sleep()

    def stop(self) -> None:
        """Hear nothing any more, and hold up nothing."""
        for way in self._ways:
            way.stop()
        self._ways = []
        if self._waking is not None:
            self._waking.stop()

    def _look_by_itself(self) -> None:
        if self._waking is not None:
            return
        self._waking = ByWaking(self._clock, self)
        self._waking.sleeps.connect(self.sleeps)


class ByWaking(QObject):
    """Notices that the computer slept: the clock went on, and what the program counts did not."""

    sleeps = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._ahead = self._difference()
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_EVERY)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        """See whether it slept since the last look."""
        before, self._ahead = self._ahead, self._difference()
        if self._ahead - before > SLEPT:
            self.sleeps.emit()

    def stop(self) -> None:
        """Look no more."""
        self.timer.stop()

    def _difference(self) -> float:
        return self._clock.now().timestamp() - self._clock.running()


class ByMessages(QObject):
    """Windows tells each window of sleep, and those that ask of a session that is locked."""

    sleeps = Signal()
    away = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = 0
        self._ear = _Ear(self)
        if (application := QCoreApplication.instance()) is not None:
            application.installNativeEventFilter(self._ear)

    def watch(self, window: int) -> None:
        """Have it told to this window as well that its session is locked."""
        self._window = window
        if (windows := getattr(ctypes, "windll", None)) is not None:
            windows.wtsapi32.WTSRegisterSessionNotification(window, 0)

    def hear(self, message: int, what: int) -> None:
        """A message to one of our windows."""
        if message == POWER_BROADCAST and what == SUSPENDS:
            self.sleeps.emit()
        elif message == SESSION_CHANGE and what in AWAY:
            self.away.emit()

    def let_sleep(self) -> None:
        """Windows waits for the answer to its message, during which the lock was put up."""

    def stop(self) -> None:
        """Hear nothing any more."""
        if (application := QCoreApplication.instance()) is not None:
            application.removeNativeEventFilter(self._ear)
        windows = getattr(ctypes, "windll", None)
        if windows is not None and self._window:
            windows.wtsapi32.WTSUnRegisterSessionNotification(self._window)


class _Ear(QAbstractNativeEventFilter):
    def __init__(self, by: ByMessages) -> None:
        super().__init__()
        self._by = by

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Hear; never keep a message from the window."""
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type]
            heard = wintypes.MSG.from_address(int(message))
            self._by.hear(heard.message, heard.wParam)
        return False, 0
