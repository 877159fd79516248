"""A barcode scanner types like a keyboard: what it types goes to one place, wherever the focus is.

The keys of the native window pass through here before any widget has them. One that may begin a
code is held back for as long as a scanner takes for the next; if it was a hand after all, the keys
go on to where they were meant for, in their order and none lost.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from shiboken6 import isValid

from clientele.domain.rules.scanned import GAP, Burst

_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_SILENT = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
_RETURNS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ELSEWHERE = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.FocusOut})


class Scanner(QObject):
    """Emits ``scanned(code)``. ``wanted()`` says whether a scan has a place to go just now."""

    scanned = Signal(str)

    def __init__(self, wanted: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._window: QWindow | None = None
        self._burst = Burst()
        self._keys: list[QKeyEvent] = []
        self._handing_on = False
        self._looked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GAP)
        self._timer.timeout.connect(self._wait_over)

    def watch(self, window: QWindow | None) -> None:
        """Stand before this native window, or before none."""
        self.let_go()
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def let_go(self) -> None:
        """A hand typed it: hand the keys on to where they were meant for."""
        self._timer.stop()
        self._burst.let_go()
        keys, self._keys = self._keys, []
        if self._window is None or not isValid(self._window):
            return
        self._handing_on = True
        try:
            for key in keys:
                QCoreApplication.sendEvent(self._window, key)
        finally:
            self._handing_on = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep back what a scanner may have typed."""
        if self._handing_on:
            return False
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        if event.type() in _ELSEWHERE:
            self.let_go()
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        key, at = event.key(), event.timestamp()
        if key in _SILENT:
            return False
        # Without a time nothing can be told, and a key that is held down repeats like a scanner.
        if not at or event.isAutoRepeat() or event.modifiers() & _HELD or not self._wanted():
            self.let_go()
            return False
        if self._burst.late(at):
            self.let_go()
        if key in _RETURNS:
            return self._finished(at)
        text = event.text()
        if self._burst.press(text if len(text) == 1 else " ", at):
            self._keys.append(_copy(event))
            self._looked = False
            self._timer.start(GAP)
            return True
        self.let_go()
        return False

    def _finished(self, at: int) -> bool:
        code = self._burst.finish(at)
        if not code:
            self.let_go()
            return False
        self._timer.stop()
        self._keys.clear()
        self.scanned.emit(code)
        return True

    def _wait_over(self) -> None:
        if self._looked:
            self.let_go()
            return
        # A busy window may have keys waiting that came in time: look once more behind them.
        self._looked = True
        self._timer.start(0)


def _copy(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
    copy.setTimestamp(event.timestamp())
    return copy
