"""What passed by itself since yesterday? Looked at once a day, before anybody reads a list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QTimer

from clientele.services.follow_ups_expiry import ExpireFollowUps, expire_follow_ups
from clientele.store.queries.follow_up_reasons import passed_by
from clientele.ui.desk import Desk, Me

MINUTE = 60_000


class FirstLook(QObject):
    """Ends what rules made and of which the reason is gone.

    At the first sign-in of a day, and when a day begins while somebody works. A reader looks; only
    where something passed is written.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._day: date | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(MINUTE)
        self.timer.timeout.connect(self.look)
        desk.signed.connect(self._signed)

    def look(self) -> None:
        """Look, if it was not done yet today."""
        today = self._desk.today()
        if not self._desk.is_signed_in or today == self._day:
            return
        self._day = today
        self._desk.ask(
            lambda session: passed_by(session, today=today),
            self._end,
            owner=self,
            slot="passed",
            failed=self._failed,
        )

    def _signed(self, me: Me | None) -> None:
        if me is not None:
            self.timer.start()
            self.look()

    def _end(self, found: bool) -> None:
        if found:
            self._desk.do(expire_follow_ups, ExpireFollowUps(), failed=self._failed)

    def _failed(self, _: str) -> None:
        """Nobody asked for it, so nobody is told: it is looked at again with the next minute."""
        self._day = None
