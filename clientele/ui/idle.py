"""When does the window lock by itself? After minutes in which nobody touched it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from clientele.system.clock import Clock

USUAL = timedelta(minutes=5)

TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
"""What says that somebody is there."""


class Idle(QObject):
    """Watches one native window. Emits ``passed`` once when the time is over.

    ``left(minutes)`` tells how long it still is whenever that changes. Only the clock decides, so
    that a terminal that slept locks when it wakes; the timer merely says when to look.
    """

    passed = Signal()
    left = Signal(int)

    def __init__(
        self, clock: Clock, after: timedelta = USUAL, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._after = after
        self._touched = clock.now()
        self._told = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def watch(self, window: QObject) -> None:
        """Take input of this native window as a sign of life."""
        window.installEventFilter(self)

    def start(self) -> None:
        """Begin to count anew."""
        self._touched = self._clock.now()
        self._told = -1
        self.look()

    def stop(self) -> None:
        """Count no more, as while the window is locked."""
        self._timer.stop()

    @property
    def running(self) -> bool:
        """Whether time is being counted."""
        return self._timer.isActive()

    def look(self) -> None:
        """See what time it is; lock, or say how long it still is."""
        now = self._clock.now()
        remaining = self._after - _since(self._touched, now)
        if remaining <= timedelta():
            self._timer.stop()
            self.passed.emit()
            return
        self._tell(remaining)
        step = remaining % timedelta(minutes=1) or timedelta(minutes=1)
        self._timer.start(max(int(step.total_seconds() * 1000) + 50, 50))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there."""
        if event.type() in TOUCHES and self._timer.isActive():
            now = self._clock.now()
            if _since(self._touched, now) >= self._after:
                self._timer.stop()
                self.passed.emit()
                return True
            self._touched = now
            self._tell(self._after)
        return False

    def _tell(self, remaining: timedelta) -> None:
        minutes = -(-int(remaining.total_seconds()) // 60)
        if minutes != self._told:
            self._told = minutes
            self.left.emit(minutes)


def _since(before: datetime, now: datetime) -> timedelta:
    return max(now - before, timedelta())
