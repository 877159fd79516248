"""What becomes of a client's words on the clipboard? They are gone again after a minute.

Only what was put there from here is taken away: what somebody copied since stays.
"""

from __future__ import annotations

import secrets

from PySide6.QtCore import QMimeData, QObject, QTimer
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
        if bytes(clipboard.mimeData().data(MARK).data()) == self._mark:
            clipboard.clear()
        self.timer.stop()
        self.deleteLater()


def copy(words: str) -> Copied:
    """Put words on the clipboard for a minute."""
    return Copied(words)
