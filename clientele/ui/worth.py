"""When is it worked out whom it is worth calling? Once a day for all, and soon after a change.

Going through all clients takes seconds where there are many, so it waits until the window has been
in use for a moment, and runs on a thread of its own that only reads until it is done.
"""

from __future__ import annotations

from datetime import date, datetime
from threading import Event

from PySide6.QtCore import QObject, QTimer

from clientele.services.changes import Changes, Kind
from clientele.services.worth_a_call import Worked, WrittenOf, work_out, worth_again
from clientele.store.queries.worth_a_call import worked_on
from clientele.store.session import Store
from clientele.ui.background import Background
from clientele.ui.desk import Desk

OURS = frozenset({Kind.WORTH_CALL, Kind.WORTH_RUN, Kind.WORTH_DAY, Kind.DRAFT})
"""Changes after which nothing has to be worked out."""

TOUCHED = frozenset(
    {
        Kind.APPOINTMENT,
        Kind.BOOK_MEMBERSHIP,
        Kind.CLIENT,
        Kind.CONSENT,
        Kind.CONTACT_MADE,
        Kind.CONTACT_POINT,
        Kind.FOLLOW_UP,
        Kind.HOUSEHOLD_MEMBER,
        Kind.IMPORT_BATCH,
        Kind.MADE_RIGHT,
        Kind.MESSAGE,
        Kind.OCCASION,
        Kind.PROMISE,
        Kind.PURCHASE,
        Kind.PURCHASE_LINE,
        Kind.VISIT,
        Kind.WISH,
        Kind.WORTH_ASIDE,
    }
)
FEW = 50
"""Clients of one change; after more, such as an import, all are gone through again."""

FIRST_REST, REST = 4_000, 300
"""Milliseconds after somebody signed in, and without a change after one."""


class WorthACall(QObject):
    """Keeps what is worked out as new as the book."""

    def __init__(self, desk: Desk, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._background = Background(self)
        self._leave = Event()
        self._running = False
        self._worked_on: date | None = None
        self._all_over = False
        self._waiting: set[int] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.look)
        desk.changed.connect(self._heard)
        desk.signed.connect(self._signed)

    @property
    def busy(self) -> bool:
        """Whether all clients are being gone through, or somebody waits to be."""
        return self._running or self._rest.isActive()

    def look(self) -> None:
        """Work out what waits: all clients on a new day, else those who were written of."""
        self._rest.stop()
        if self._running or not self._desk.is_signed_in:
            return
        if self._all_over or self._worked_on != self._desk.today():
            self._desk.ask(worked_on, self._begin, owner=self, slot="worked")
        elif self._waiting:
            clients, self._waiting = frozenset(self._waiting), set()
            self._desk.do(worth_again, WrittenOf(clients), failed=_let_be)

    def stop(self) -> None:
        """End what runs."""
        self._rest.stop()
        self._leave.set()
        self._desk.changed.disconnect(self._heard)
        self._desk.signed.disconnect(self._signed)
        self._background.stop()

    def _begin(self, before: date | None) -> None:
        """Nobody else may have gone through all of them today."""
        if self._running or not self._desk.is_signed_in:
            return
        self._worked_on = before
        if before == self._desk.today() and not self._all_over:
            self.look()
            return
        self._running, self._all_over = True, False
        store, now, leave = self._store, self._desk.now(), self._leave

        def work() -> Worked:
            return work_out(store, now=now, cancelled=leave.is_set)

        self._background.run(
            work, lambda worked: self._done(now, worked), lambda *_: self._failed()
        )

    def _done(self, now: datetime, _: Worked) -> None:
        self._running = False
        self._worked_on = self._desk.formats.local_day(now)
        self._desk.changed.emit(Changes({Kind.WORTH_RUN.value: frozenset({1})}))
        if self._waiting or self._all_over:
            self._rest.start(REST)

    def _failed(self) -> None:
        """Nobody asked for it, so nobody is told; the next signing in tries again."""
        self._running = False

    def _signed(self, me: object) -> None:
        if me is not None:
            self._rest.start(FIRST_REST)

    def _heard(self, changes: Changes) -> None:
        if not changes.kinds & TOUCHED or changes.kinds <= OURS:
            return
        if len(changes.clients) > FEW or not changes.clients:
            self._all_over = (
                self._all_over or Kind.IMPORT_BATCH in changes.kinds or bool(changes.clients)
            )
        else:
            self._waiting |= changes.clients
        if self._worked_on is not None and (self._waiting or self._all_over):
            self._rest.start(REST)


def _let_be(_: str) -> None:
    """Nobody asked for it; the next day works it out anew."""
