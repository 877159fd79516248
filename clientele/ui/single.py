"""One program for each book: a second start brings the first window to the front and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 1_500


class FrontDoor(QObject):
    """Waits for second starts. Emits ``knocked`` for each."""

    knocked = Signal()

    def __init__(self, book: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._open)
        name = door_of(book)
        if not self._server.listen(name):
            # A program that was killed leaves its door standing; the book's lock says it is ours.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def close(self) -> None:
        """Wait no more."""
        self._server.close()

    def _open(self) -> None:
        while (visitor := self._server.nextPendingConnection()) is not None:
            visitor.disconnected.connect(visitor.deleteLater)
            visitor.disconnectFromServer()
            self.knocked.emit()


def knock(book: Path) -> bool:
    """Ask the program that has this book open to show itself; False if none answers."""
    socket = QLocalSocket()
    socket.connectToServer(door_of(book))
    answered = socket.waitForConnected(PATIENCE_MS)
    socket.abort()
    return answered


def door_of(book: Path) -> str:
    """The name under which the program of a book listens: it tells nothing of the path."""
    return "clientele-" + hashlib.sha256(str(book.resolve()).encode()).hexdigest()[:24]
