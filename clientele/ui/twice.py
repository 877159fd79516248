"""Whoever is entered or changed is compared with the book, so that a pair is seen the same day."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from clientele.services.changes import Changes, Kind
from clientele.services.duplicates import LookAt, look_again
from clientele.ui.desk import Desk

TOUCHED = frozenset({Kind.CLIENT, Kind.CONTACT_POINT, Kind.ADDRESS})
FEW = 20
"""Clients of one change; after more, such as an import, the whole book is looked through."""
REST = 3_000
"""Milliseconds without a change after which they are compared: a name is typed by then."""


class Twice(QObject):
    """Looks at clients some seconds after they were written."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: set[int] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.look)
        desk.changed.connect(self._heard)

    def look(self) -> None:
        """Compare those who wait."""
        if self._waiting and self._desk.is_signed_in:
            clients, self._waiting = frozenset(self._waiting), set()
            self._desk.do(look_again, LookAt(clients), failed=_let_be)

    def stop(self) -> None:
        """Compare nobody any more."""
        self._desk.changed.disconnect(self._heard)
        self._rest.stop()

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & TOUCHED and len(changes.clients) <= FEW:
            self._waiting |= changes.clients
            self._rest.start()


def _let_be(_: str) -> None:
    """Nobody asked for it, so nobody is told that it did not work; the next look finds them."""
