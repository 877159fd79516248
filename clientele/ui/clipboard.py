"""What becomes of a client's words on the clipboard? They are gone again after a minute.

Only what was put there from here is taken away: what somebody copied since stays. ``Watch`` sees
to what fields and notes copy by themselves (Ctrl+C, the menu of the right button).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

KEPT = 60_000
"""For how long copied words stay, in milliseconds."""

MARK = "application/x-clientele-copied"
"""Tells what is on the clipboard from what others put there, without reading it."""

NOT_REMEMBERED = {
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    "x-kde-passwordManagerHint": b"secret",
    "org.nspasteboard.ConcealedType": b"1",
}
"""Asks programs that keep a history of the clipboard to leave it out of theirs."""


class Copied(QObject):
    """One thing that was copied; it lives as long as the words may be on the clipboard."""

    def __init__(self, words: str) -> None:
        super().__init__(QGuiApplication.instance())
        self._mark = secrets.token_bytes(8)
        data = QMimeData()
        data.setText(words)
        data.setData(MARK, self._mark)
        for kind, value in NOT_REMEMBERED.items():
            data.setData(kind, value)
        QGuiApplication.clipboard().setMimeData(data)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEPT)
        self.timer.timeout.connect(self.take_away)
        self.timer.start()
        application = QGuiApplication.instance()
        assert application is not None, "there is a window"
        application.aboutToQuit.connect(self.take_away)

    def take_away(self) -> None:
        """Empty the clipboard, unless somebody put something else there."""
        clipboard = QGuiApplication.clipboard()
        there: QMimeData | None = clipboard.mimeData()  # an emptied clipboard has none at all
        if there is not None and bytes(there.data(MARK).data()) == self._mark:
            clipboard.clear()
        self.timer.stop()
        self.deleteLater()


def copy(words: str) -> Copied:
    """Put words on the clipboard for a minute."""
    return Copied(words)


class Watch(QObject):
    """Takes what any field of the program copies for as long as a button's: one for a program.

    ``is_ours`` answers whether the clipboard holds what this program put there.
    """

    def __init__(
        self, parent: QObject | None = None, is_ours: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(parent)
        self.copied: Copied | None = None
        self._is_ours = is_ours or _ours
        # Queued: whoever copies is done with the clipboard before it is written again.
        QGuiApplication.clipboard().dataChanged.connect(
            self._changed, Qt.ConnectionType.QueuedConnection
        )

    def stop(self) -> None:
        """Watch no more."""
        QGuiApplication.clipboard().dataChanged.disconnect(self._changed)

    def _changed(self) -> None:
        clipboard = QGuiApplication.clipboard()
        words = clipboard.text()  # before all else: an emptied clipboard has no data at all
        if words and self._is_ours() and not clipboard.mimeData().hasFormat(MARK):
            self.copied = copy(words)


def _ours() -> bool:
    """Whether we put it there. Where there is no desktop the clipboard has no other user."""
    alone = QGuiApplication.platformName() in ("offscreen", "minimal")
    return alone or QGuiApplication.clipboard().ownsClipboard()
