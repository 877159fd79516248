"""Which appointments does a series come to within some days, with what was moved and left out?

RFC 5545, sections 3.8.4.4 and 3.8.5: the first date, what the rules and further dates add, less
what is excepted; and instead of one of them whatever has its RECURRENCE-ID.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from clientele.exchange.calendar_events import Event
from clientele.exchange.calendar_refusals import RepeatsTooOften
from clientele.exchange.calendar_repeats import Effort, times
from clientele.exchange.calendar_values import Length, Moment

MOST_OF_ONE: Final = 5_000
"""Appointments of one series within the days asked for."""

_SLACK: Final = timedelta(days=2)
"""More than any two clocks are apart."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One appointment that takes place, or was to."""

    event: Event
    """What says what it is about."""
    instead_of: Moment | None
    """When it was to be by the series; None where there is no series."""
    start: Moment
    ends_at: datetime
    """In UTC."""


def occurrences(
    events: Sequence[Event],
    broken: Iterable[Moment],
    since: datetime,
    before: datetime,
    effort: Effort,
) -> Iterator[Occurrence]:
    """The appointments of one UID that lie within ``since`` and ``before``, at least in part.

    ``broken`` are those of the series that were changed in a way that cannot be read: they are left
    out, since the client is not expected at the old time any more.

    Raises:
        RepeatsTooOften: there are more than anybody keeps.
    """
    master = next((one for one in events if one.instead_of is None), None)
    instead = {
        _which(_as_of(master, one.instead_of)): one for one in events if one.instead_of is not None
    }
    for changed in instead.values():
        assert changed.instead_of is not None
        yield from _within(
            Occurrence(
                changed,
                _as_of(master, changed.instead_of),
                changed.start,
                changed.length.end_of(changed.start),
            ),
            since,
            before,
        )
    if master is None:
        return
    gone = {_which(_as_of(master, one)) for one in (*broken, *master.never)} | instead.keys()
    shifts = _shifts(master, instead.values())
    found = 0
    for start, length in _times(master, shifts, since, before, effort):
        if _which(start) in gone:
            continue
        one = _shifted(Occurrence(
            master,
            start if master.repeats else None,
            start,
            length.end_of(start),
        ), shifts)  # fmt: skip
        for inside in _within(one, since, before):
            found += 1
            if found > MOST_OF_ONE:
                raise RepeatsTooOften(line=master.line)
            yield inside


def _times(
    master: Event, shifts: Shifts, since: datetime, before: datetime, effort: Effort
) -> Iterator[tuple[Moment, Length]]:
    """When the series takes place around the days asked for, each time once."""
    far = max((abs(shift.by) for shift in shifts), default=timedelta())
    longest = max((shift.event.length.at_most for shift in shifts), default=timedelta())
    early = far + max(longest, master.length.at_most) + _SLACK
    since_wall = since.replace(tzinfo=None) - early
    before_wall = before.replace(tzinfo=None) + far + _SLACK
    first = master.start.local
    seen: set[datetime] = set()
    never = {
        time
        for rule in master.not_rules
        for time in times(rule, first, since_wall, before_wall, effort)
    }
    single = [master.start] if not master.rules else []
    dated = {_which(_as_of(master, start)): length for start, length in master.also}
    for start in (*single, *(_as_of(master, one) for one, _ in master.also)):
        if start.local not in never and _which(start) not in seen:
            seen.add(_which(start))
            yield start, dated.get(_which(start)) or master.length
    for rule in master.rules:
        for time in times(rule, first, since_wall, before_wall, effort):
            start = master.start.at(time)
            if time not in never and _which(start) not in seen:
                seen.add(_which(start))
                yield start, master.length


@dataclass(frozen=True, slots=True)
class Shift:
    """From ``since`` on the series is as ``event`` says, and ``by`` later."""

    since: datetime
    by: timedelta
    event: Event


Shifts = tuple[Shift, ...]


def _shifts(master: Event, instead: Iterable[Event]) -> Shifts:
    found = []
    for one in instead:
        if one.and_later and one.instead_of is not None:
            was = _as_of(master, one.instead_of)
            now = one.start.instant.astimezone(was.zone).replace(tzinfo=None)
            found.append(Shift(was.instant, now - was.local, one))
    return tuple(sorted(found, key=lambda shift: shift.since))


def _shifted(one: Occurrence, shifts: Shifts) -> Occurrence:
    at = bisect_right(shifts, one.start.instant, key=lambda shift: shift.since) if shifts else 0
    if not at:
        return one
    event = shifts[at - 1].event
    start = one.start.at(one.start.local + shifts[at - 1].by)
    return Occurrence(event, one.instead_of, start, event.length.end_of(start))


def _within(one: Occurrence, since: datetime, before: datetime) -> Iterator[Occurrence]:
    starts_at = one.start.instant
    if starts_at < before and (one.ends_at > since or starts_at >= since):
        yield one


def _as_of(master: Event | None, moment: Moment) -> Moment:
    """A day or time as the series has it: some programs write days for times, or the reverse."""
    if master is None or moment.is_day == master.start.is_day:
        return moment
    if master.start.is_day:
        return master.start.at(datetime.combine(moment.local.date(), datetime.min.time()))
    return master.start.at(datetime.combine(moment.local.date(), master.start.local.time()))


def _which(moment: Moment) -> datetime:
    """What two writings of the same time share: the instant; of days, the day itself."""
    return moment.local if moment.is_day else moment.instant
