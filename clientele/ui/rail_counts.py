"""What numbers stand beside the pages in the rail? Right after every change, and after midnight."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QTimer

from clientele.services.changes import Changes, Kind
from clientele.store.queries.counts import RailCounts, rail_counts
from clientele.ui import actions
from clientele.ui.desk import Desk, Me
from clientele.ui.rail import Rail

COUNTED = frozenset(
    {
        Kind.ABSENCE,
        Kind.APPOINTMENT,
        Kind.BOOK_MEMBERSHIP,
        Kind.CLIENT,
        Kind.FOLLOW_UP,
        Kind.HAND_OFF,
        Kind.MADE_RIGHT,
        Kind.PROMISE,
        Kind.VISIT,
        Kind.VISIT_STOP,
    }
)

MINUTE = 60_000


class RailCounting(QObject):
    """Counts for whoever is signed in.

    A day begins without any change to the book: every minute the clock is asked whether one has.
    """

    def __init__(self, desk: Desk, rail: Rail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._rail = desk, rail
        self._day: date | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(MINUTE)
        self.timer.timeout.connect(self.look_at_the_day)
        desk.changed.connect(self._heard)
        desk.signed.connect(self._signed)

    def count(self) -> None:
        """Count anew."""
        me, now = self._desk.me.id, self._desk.now()
        self._day = self._desk.today()
        self._desk.ask(
            lambda session: rail_counts(session, me, now=now),
            self._show,
            owner=self,
            slot="counts",
        )

    def look_at_the_day(self) -> None:
        """Count anew if it is another day than when it was counted."""
        if self._desk.is_signed_in and self._desk.today() != self._day:
            self.count()

    def _signed(self, me: Me | None) -> None:
        if me is not None:
            self.count()
            self.timer.start()

    def _heard(self, changes: Changes) -> None:
        if self._desk.is_signed_in and changes.kinds & COUNTED:
            self.count()

    def _show(self, counts: RailCounts) -> None:
        number = self._desk.formats.number
        for action, count in (
            (actions.CLIENTS, counts.clients),
            (actions.VISIT, counts.visits),
            (actions.FOLLOW_UPS, counts.follow_ups),
            (actions.PROMISES, counts.promises),
            (actions.MADE_RIGHTS, counts.made_rights),
            (actions.APPOINTMENTS, counts.appointments),
        ):
            self._rail.set_count(action, count or None, number(count))
