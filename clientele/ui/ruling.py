"""When do the rules look at the book? Once a day, after a rule was changed, and at who was touched.

A run begins some time after somebody signed in, so that it never stands in the way of the window.
It asks a reader for some hundred clients at a time, and only for those for whom there is anything
to write it asks the writer, so that what an associate types waits for no more than a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer

from clientele.services.changes import Changes, Kind
from clientele.ui.desk import Desk

BEGIN = 20_000
"""Milliseconds after signing in, or after a rule was changed, before a run."""
MINUTE = 60_000
REST = 60_000
"""Milliseconds without a change after which those who were touched are looked at: a change that
is taken back at once leaves nothing behind."""
PAUSE = 30
"""Milliseconds between two questions to a reader, which belong to the window."""
LOOKED_AT = 100
"""Clients of one question to a reader."""
WRITTEN = 50
"""Clients of one write."""
FEW = 20
"""Clients of one change; after more, such as an import, the next day's run finds them."""

TOUCHED = frozenset(
    {
        Kind.APPOINTMENT,
        Kind.BOOK_MEMBERSHIP,
        Kind.CLIENT,
        Kind.CLIENT_MERGE,
        Kind.CLIENT_TAG,
        Kind.CONSENT,
        Kind.CONTACT_POINT,
        Kind.LINE_RETURN,
        Kind.MADE_RIGHT,
        Kind.OCCASION,
        Kind.PROMISE,
        Kind.PURCHASE,
        Kind.PURCHASE_LINE,
        Kind.VISIT,
    }
)


class Ruling(QObject):
    """Lets the rules run in the background."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ran_on: date | None = None
        self._ahead: list[int] = []
        self._late_after: int | None = None
        """After which client to look for those who are overdue; None: for nobody any more."""
        self._writes: list[int] = []
        self._touched: set[int] = set()
        self.is_running = False
        self.begin = self._timer(BEGIN, self.run)
        self.pause = self._timer(PAUSE, self._next)
        self.rest = self._timer(REST, self.look_at_touched)
        self.minute = QTimer(self)
        self.minute.setInterval(MINUTE)
        self.minute.timeout.connect(self._look_at_day)
        self.minute.start()
        desk.signed.connect(self._signed)
        desk.changed.connect(self._heard)

    def run(self) -> None:
        """Look through the book now; a run that is under way goes on instead."""
        if not self._desk.is_signed_in or self.is_running:
            return
        self.is_running = True
        self._ran_on = self._desk.today()
        from clientele.services.touch_rules import no_rules_yet

        self._desk.ask(no_rules_yet, self._seed, owner=self, slot="run", failed=self._failed)

    def look_at_touched(self) -> None:
        """Look at the clients who were changed lately."""
        if not self._desk.is_signed_in or not self._touched:
            return
        if self.is_running:
            self.rest.start()
            return
        self.is_running = True
        clients, self._touched = sorted(self._touched), set()
        self._go_through(clients)

    def stop(self) -> None:
        """Run no more."""
        for timer in (self.begin, self.pause, self.rest, self.minute):
            timer.stop()
        self._ahead, self._writes, self._late_after = [], [], None
        self._desk.changed.disconnect(self._heard)
        self._desk.signed.disconnect(self._signed)

    # a run, step by step

    def _seed(self, without: bool) -> None:
        from clientele.services.touch_rules import StartingRules, start_rules

        if without:
            what = StartingRules(self._desk.formats.language)
            self._desk.do(start_rules, what, then=self._find, failed=self._failed)
        else:
            self._find()

    def _find(self, _: Changes | None = None) -> None:
        from clientele.services.touch_rules import near_to_look_at

        now = self._desk.now()
        self._desk.ask(
            lambda session: near_to_look_at(session, now=now),
            self._begin_with,
            owner=self,
            slot="run",
            failed=self._failed,
        )

    def _begin_with(self, clients: list[int]) -> None:
        """Those who are found at once; who is overdue by a rhythm is looked for piece by piece."""
        self._late_after = 0
        self._go_through(clients)

    def _look_for_late(self, after: int) -> None:
        from clientele.services.touch_rules import late_to_look_at

        now = self._desk.now()
        self._desk.ask(
            lambda session: late_to_look_at(session, after, now=now),
            self._found_late,
            owner=self,
            slot="run",
            failed=self._failed,
        )

    def _found_late(self, found: tuple[list[int], int | None]) -> None:
        self._ahead, self._late_after = found
        self.pause.start()

    def _go_through(self, clients: list[int]) -> None:
        self._ahead, self._writes = list(clients), []
        self._next()

    def _next(self, _: Changes | None = None) -> None:
        from clientele.services.touch_rules import RunRules, clients_to_write, run_rules

        if self._writes:
            some, self._writes = self._writes[:WRITTEN], self._writes[WRITTEN:]
            what = RunRules(tuple(some))
            self._desk.do(run_rules, what, then=self._next, failed=self._failed)
            return
        if not self._ahead and self._late_after is not None:
            self._look_for_late(self._late_after)
            return
        if not self._ahead:
            self.is_running = False
            return
        some, self._ahead = self._ahead[:LOOKED_AT], self._ahead[LOOKED_AT:]
        now = self._desk.now()
        self._desk.ask(
            lambda session: clients_to_write(session, some, now=now),
            self._write,
            owner=self,
            slot="run",
            failed=self._failed,
        )

    def _write(self, clients: tuple[int, ...]) -> None:
        self._writes = list(clients)
        self.pause.start()

    def _failed(self, _: str) -> None:
        """Nobody asked for it, so nobody is told: the next run tries again, the page says why."""
        self.is_running = False
        self._ahead, self._writes, self._late_after = [], [], None

    # when

    def _signed(self, me: object) -> None:
        if me is not None:
            self._look_at_day()

    def _look_at_day(self) -> None:
        """The first look of a day, at the store's midnight or when somebody signs in."""
        due = self._desk.is_signed_in and self._ran_on != self._desk.today()
        if due and not self.begin.isActive():
            self.begin.start()

    def _heard(self, changes: Changes) -> None:
        if Kind.TOUCH_RULE in changes.kinds or Kind.REACH_POLICY in changes.kinds:
            self._ran_on = None
            self.begin.start()
        elif changes.kinds & TOUCHED and len(changes.clients) <= FEW:
            self._touched |= changes.clients
            self.rest.start()

    def _timer(self, milliseconds: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer
