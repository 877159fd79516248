"""Two years at a store's clock: is each reminder told once, never early, at the next look?

The clock goes on by jumps of a second to three days, is set back by an hour or a day and forward
again, passes daylight saving both ways and 29 February 2028, while the program is closed at times.
When something is due is worked out apart from the rules, by walking through the hours.
"""

from __future__ import annotations

import time as machine
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.rules.reminders_of import of_appointment, of_follow_up, of_promise
from clientele.domain.rules.reminding import (
    KEEP,
    Due,
    DueKind,
    OnDay,
    forgettable,
    next_wake,
    to_tell,
    until,
)
from tests.domain.rules.test_day_moments import first_shown
from tests.examples import examples

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "America/Santiago",
)
START = datetime(2027, 1, 1, tzinfo=UTC)
END = datetime(2029, 1, 1, tzinfo=UTC)
OPENING = time(9, 30)
CLOCKS = (None, None, time(0), time(0, 15), time(1, 45), time(2), time(2, 30), time(23, 45))


@dataclass
class Terminal:
    """A program that looks when it is woken, and what it told; the keys outlive it."""

    zone: ZoneInfo
    ahead: list[Due]
    """What is not yet read, the last day first."""
    open: list[Due] = field(default_factory=list)
    done: list[tuple[Due, datetime]] = field(default_factory=list)
    """And when it was: what was done lately may be taken up again."""
    told: dict[str, datetime] = field(default_factory=dict)
    fired: Counter[str] = field(default_factory=Counter)
    moments: dict[str, datetime] = field(default_factory=dict)
    closed: bool = False

    def look(self, now: datetime) -> None:
        last = until(now, self.zone)
        while self.ahead and _day(self.ahead[-1], self.zone) <= last:
            self.open.append(self.ahead.pop())
        telling = to_tell(
            self.open,
            self.told,
            now,
            store_zone=self.zone,
            opening=OPENING,
            since_start=self.closed,
        )
        if self.closed:
            self.forget(now)
        self.closed = False
        said = [*telling.each, *telling.together]
        assert sorted(due.key for due in said) == sorted(telling.remember)
        for due in said:
            assert self.moment(due) <= now, f"{due} was told early, at {now}"
            self.fired[due.key] += 1
            self.told[due.key] = now
        for due in self.open:  # whatever is due by now was told by now
            assert due.key in self.fired or self.moment(due) > now, f"{due} was not told at {now}"

    def forget(self, now: datetime) -> None:
        """As the program opens."""
        self.done = [(due, at) for due, at in self.done if now - at < KEEP]
        things = [(due.kind, due.id) for due in (*self.open, *(due for due, _ in self.done))]
        for key in forgettable(self.told, things, now):
            del self.told[key]

    def moment(self, due: Due) -> datetime:
        """When it is due, worked out by walking."""
        if due.key not in self.moments:
            tell = due.tell
            self.moments[due.key] = (
                first_shown(tell.day, tell.at or OPENING, self.zone)
                if isinstance(tell, OnDay)
                else tell.astimezone(UTC)
            )
        return self.moments[due.key]

    def live(self, random: Random, now: datetime) -> None:
        """What was told is put off, or done in the end; now and then that is undone."""
        for number, due in enumerate(self.open):
            if due.key not in self.told or random.random() > 0.15:
                continue
            if due.kind == DueKind.FOLLOW_UP and random.random() < 0.2:
                then = now + timedelta(minutes=random.choice([10, 60, 1440]))
                self.open[number] = of_follow_up(
                    due.id, associate_id=1, due_on=START.date(), snoozed_until=then
                )
            else:
                self.done.append((self.open.pop(number), now))
                break
        if self.done and random.random() < 0.05:
            self.open.append(self.done.pop(random.randrange(len(self.done)))[0])


def _day(due: Due, zone: ZoneInfo) -> date:
    return due.tell.day if isinstance(due.tell, OnDay) else due.tell.astimezone(zone).date()


def a_book(zone: ZoneInfo, random: Random) -> list[Due]:
    """Something on one day of two, on all days on which the clocks change, and 29 February."""
    days = [START.date() + timedelta(days=number) for number in range(-3, (END - START).days)]
    special = {date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), *changes(zone)}
    dues: list[Due] = []
    for id, day in enumerate(days):
        clocks = CLOCKS if day in special else random.sample(CLOCKS, random.randint(0, 1))
        for place, clock in enumerate(clocks):
            dues.append(of_follow_up(id * 10 + place, associate_id=1, due_on=day, at=clock))
        if day in special or random.random() < 0.2:
            noon = datetime.combine(day, time(random.randint(0, 23), 30), zone).astimezone(UTC)
            dues += of_appointment(id, associate_id=1, starts_at=noon, store_zone=zone)
            dues.append(of_promise(id, kind="repair", associate_id=1, due_on=day))
    return dues


def changes(zone: ZoneInfo) -> Iterator[date]:
    """The days on which the clocks change, and their neighbours."""
    for number in range((END - START).days):
        now = START + timedelta(days=number)
        after = now + timedelta(days=1)
        if now.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield from (now.date(), after.date())


@pytest.mark.parametrize("run", range(examples(1)))
@pytest.mark.parametrize("name", ZONES)
def test_two_years_at_one_terminal(name: str, run: int, monkeypatch: pytest.MonkeyPatch) -> None:
    zone, random = ZoneInfo(name), Random(f"{name} {run}")
    book = a_book(zone, random)
    terminal = Terminal(zone, sorted(book, key=lambda due: _day(due, zone), reverse=True))
    now, looks, back, owed = START, 0, 0, timedelta()
    while now < END:
        terminal.look(now)
        looks += 1
        if looks % 50 == 0:  # the terminal travels: its own zone means nothing
            monkeypatch.setenv("TZ", random.choice(["Asia/Tokyo", "America/Lima", "UTC"]))
            machine.tzset()
        terminal.live(random, now)
        now += _until_next_look(random)
        if random.random() < 0.02:
            terminal.closed = True
            now += timedelta(days=random.random() * 8)
        if random.random() < 0.03:  # set back, and some time later forward again
            step = -owed or -random.choice([timedelta(hours=1), timedelta(days=1)])
            back += step < timedelta()
            now, owed = now + step, owed + step
    terminal.look(END)
    monkeypatch.undo()
    machine.tzset()
    snoozes = len(terminal.fired) - len(book)
    assert all(terminal.fired[due.key] == 1 for due in book if terminal.moment(due) < END)
    assert set(terminal.fired.values()) == {1}
    assert min(looks / 1200, back / 10, len(book) / 500, snoozes / 50) > 1
    assert len(terminal.told) < 300, "what is told is forgotten in time"


def _until_next_look(random: Random) -> timedelta:
    """From a second to three days, any order of size as likely as any other."""
    return timedelta(seconds=3 * 86400 ** random.random() ** 0.7)


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_any_few_days_with_a_timer(data: st.DataObject) -> None:
    """A timer sleeps by the seconds that pass; meanwhile the clock may be set either way."""
    zone = ZoneInfo(data.draw(st.sampled_from(ZONES)))
    day = data.draw(st.sampled_from([*changes(zone), date(2028, 2, 29)]))
    start = datetime.combine(day - timedelta(days=1), time(), zone).astimezone(UTC)
    whens = data.draw(
        st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 95)), min_size=1, max_size=12, unique=True
        )
    )
    dues = [
        of_follow_up(
            id,
            associate_id=1,
            due_on=day + timedelta(days=days - 1),
            at=time(quarter // 4, quarter % 4 * 15),
        )
        for id, (days, quarter) in enumerate(whens)
    ]
    terminal = Terminal(zone, [], open=list(dues))
    steps = st.sampled_from([0, 0, 0, 0, -3600, 3600, -86400, 1800, -10])
    now, end = start, start + timedelta(days=5)
    for step in data.draw(st.lists(steps, min_size=20, max_size=40)):
        terminal.look(now)
        wake = next_wake(
            terminal.open,
            terminal.told,
            now,
            store_zone=zone,
            opening=OPENING,
            at_most=timedelta(hours=6),
        )
        assert now < wake <= now + timedelta(hours=6)
        undone = [terminal.moment(due) for due in dues if due.key not in terminal.told]
        assert wake <= min((when for when in undone if when > now), default=wake)
        now = wake + timedelta(seconds=step)
    terminal.look(end)
    terminal.look(end + timedelta(hours=1))
    assert set(terminal.fired.values()) == {1}
    assert len(terminal.fired) == len(dues)


def test_the_rules_are_quick_for_ten_thousand_open_things() -> None:
    zone = ZoneInfo("Europe/Berlin")
    one = of_follow_up(0, associate_id=1, due_on=date(2027, 5, 1))
    dues = [replace(one, id=id) for id in range(10_000)]
    told = {due.key for due in dues}
    began = machine.perf_counter()
    assert not to_tell(dues, told, START, store_zone=zone)
    assert machine.perf_counter() - began < 0.5
