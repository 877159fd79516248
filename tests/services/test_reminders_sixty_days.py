"""Sixty days of a store: is each reminder of the book told exactly once, whatever happens to it?

The book, the rules and the keys work together: a program looks when it is woken, is closed at
times and begun anew, is killed between keeping keys and showing them, and its clock is set back
and passes the end of daylight saving. Two programs look at the same book.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.reminding import DueKind
from clientele.domain.tables import Appointment, FollowUp, Promise
from clientele.services.reminders import ForgetTold, Remember, forget_told, remember
from clientele.store.queries.reminders import Wanted, look
from clientele.store.session import Store
from tests.a_day import ZONE, Day, a_day

BEGIN = datetime(2026, 9, 25, 8, tzinfo=UTC)
END = BEGIN + timedelta(days=60)
"""Clocks are set back on 25 October."""

OPENING = time(9, 30)
EARLY: dict[time | None, time] = {time(0, 30): time(), time(9): time(8)}
"""When promises for a time before the store opens, or soon after, are told."""


@dataclass
class Program:
    """A program on the book, and all that was shown by it and others."""

    store: Store
    me: int
    shown: Counter[str] = field(default_factory=Counter)
    lost: set[str] = field(default_factory=set)
    fresh: bool = True

    def begin(self, now: datetime) -> None:
        with self.store.write() as session:
            forget_told(session, ForgetTold(), now=now)
        self.fresh = True

    def look(self, now: datetime, *, killed: bool = False) -> datetime:
        with self.store.read() as session:
            found = look(session, Wanted(self.me, since_start=self.fresh), now=now)
        self.fresh = False
        with self.store.write() as session:
            new = remember(session, Remember(found.telling.remember), now=now).new
        told = [due.key for due in (*found.telling.each, *found.telling.together)]
        assert sorted(told) == sorted(found.telling.remember)
        if killed:
            self.lost.update(new)
            self.begin(now)
        else:
            self.shown.update(new)
        return found.wake


def fill(store: Store, day: Day, random: Random) -> None:
    """Follow-ups, promises and appointments over the sixty days, written before them."""
    clients = list(day.clients.values())
    with store.write() as session:
        for _ in range(60):
            due = BEGIN.date() + timedelta(days=random.randrange(62))
            client = random.choice(clients)
            at = datetime.combine(due, time(random.randrange(9, 18)), ZONE)
            session.add_all(
                [
                    FollowUp(
                        client_id=client,
                        associate_id=day.okafor,
                        channel="call",
                        reason="to see how it fits",
                        due_on=due,
                        created_at=BEGIN - timedelta(days=1),
                    ),
                    Promise(
                        client_id=client,
                        associate_id=day.okafor,
                        kind=random.choice(list(PromiseKind)),
                        what="as it was said",
                        due_on=due,
                        due_time=random.choice((None, time(0, 30), time(9), time(17))),
                        promised_at=BEGIN - timedelta(days=1),
                        last_word_at=BEGIN - timedelta(days=1),
                    ),
                    Appointment(
                        client_id=client,
                        associate_id=day.okafor,
                        starts_at=at.astimezone(UTC),
                        day_before=random.random() < 0.3,
                    ),
                ]
            )


def due_by(store: Store, now: datetime) -> set[str]:
    """What was to be told by ``now``, worked out by days and hours of the store."""
    local = now.astimezone(ZONE)
    due: set[str] = set()

    def came(on: date, at: time) -> bool:
        return (on, at) <= (local.date(), local.time())

    with store.read() as session:
        for id, on in session.execute(select(col(FollowUp.id), col(FollowUp.due_on))):
            due |= {f"{DueKind.FOLLOW_UP}:{id}"} if came(on, OPENING) else set()
        promises = (col(Promise.id), col(Promise.kind), col(Promise.due_on), col(Promise.due_time))
        for id, kind, on, at in session.execute(select(*promises)):
            told_as = DueKind.HOLD if kind == PromiseKind.HOLD else DueKind.PROMISE
            due |= {f"{told_as}:{id}"} if came(on, EARLY.get(at, OPENING)) else set()
        for id, starts_at in session.execute(
            select(col(Appointment.id), col(Appointment.starts_at))
        ):
            soon = starts_at - timedelta(minutes=15) <= now
            due |= {f"{DueKind.APPOINTMENT}:{id}"} if soon else set()
    return due


@pytest.mark.parametrize("seed", [1, 2])
def test_each_is_told_once_over_sixty_days_with_restarts(store: Store, seed: int) -> None:
    random = Random(seed)
    day = a_day(store, BEGIN - timedelta(days=1))
    fill(store, day, random)
    one, other = Program(store, day.okafor), Program(store, day.okafor)
    other.shown, other.lost = one.shown, one.lost
    now, last, done = BEGIN, BEGIN, list[int]()
    while now < END:
        program = random.choice((one, one, one, other))
        if random.random() < 0.1:  # closed over night, or over a weekend
            now += timedelta(hours=random.choice((9, 15, 60)))
            program.begin(now)
        last = max(last, now)
        wake = program.look(now, killed=random.random() < 0.03)
        assert wake - now <= timedelta(minutes=1)
        Program(store, day.okafor, one.shown, one.lost).look(now)
        if random.random() < 0.1:
            get_done(store, random, now, done)
        if random.random() < 0.05:
            one.look(now - timedelta(hours=random.choice((1, 25))))
        now += timedelta(minutes=random.choice((20, 45, 90)))
    assert set(one.shown.values()) == {1}, "told twice"
    assert one.lost
    assert not one.lost & set(one.shown), "kept, lost in a crash, and told again"
    keys = [*one.shown, *one.lost]
    assert {":".join(key.split(":")[:2]) for key in keys if ":on time:" in key} == due_by(
        store, last
    )
    assert sum(":day before:" in key for key in keys) > 5
    assert len(done) > 5


def get_done(store: Store, random: Random, now: datetime, done: list[int]) -> None:
    """Something is done that was told, and now and then taken up again."""
    with store.write() as session:
        is_open = col(FollowUp.state) == FollowUpState.OPEN
        told = select(col(FollowUp.id)).where(is_open, col(FollowUp.due_on) < now.date())
        for id in session.scalars(told.limit(1)):
            chosen = update(FollowUp).where(col(FollowUp.id) == id)
            session.execute(chosen.values(state=FollowUpState.DONE, done_at=now))
            done.append(id or 0)
        if random.random() < 0.3 and done:
            again = update(FollowUp).where(col(FollowUp.id) == random.choice(done))
            session.execute(again.values(state=FollowUpState.OPEN, done_at=None))
