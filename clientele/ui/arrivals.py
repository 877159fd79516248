"""Has somebody handed me a client while I work? Told once, in passing; Today shows the rest."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from clientele.services.changes import Changes, Kind
from clientele.store.queries.hand_offs import HandOffRow, HandOffs, hand_offs
from clientele.ui.desk import Desk, Me
from clientele.ui.models.client_names import shown_name

TOUCHED = frozenset({Kind.HAND_OFF, Kind.ABSENCE})


class Arrivals(QObject):
    """Listens to every change; who signs in sees on Today what came before."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: frozenset[int] | None = None
        desk.changed.connect(self._heard)
        desk.signed.connect(self._signed)

    def _signed(self, me: Me | None) -> None:
        self._known = None
        if me is not None:
            self._look()

    def _heard(self, changes: Changes) -> None:
        if self._desk.is_signed_in and changes.kinds & TOUCHED:
            self._look()

    def _look(self) -> None:
        me, now = self._desk.me.id, self._desk.now()
        self._desk.ask(
            lambda session: hand_offs(session, me, now=now), self._tell, owner=self, slot="inbox"
        )

    def _tell(self, found: HandOffs) -> None:
        before = self._known
        self._known = (before or frozenset()) | {row.id for row in found.inbox}
        if before is None:
            return
        for row in found.inbox:
            if row.id not in before:
                self._desk.heard.emit(arrived_words(row))


def arrived_words(row: HandOffRow) -> str:
    """That a colleague would like to hand a client over."""
    words = QCoreApplication.translate(
        "HandOff", "{name} would like to hand {client} over to you; it is on Today."
    )
    return words.format(name=row.giver.name, client=shown_name(row.named))
