"""At which hours may a client be reached, in a zone or in all the zones where they may be?

47 CFR 64.1200(c)(1): no solicitation before 8 or after 21 o'clock at the place of the called
party. A store may keep narrower hours for each weekday and leave days out, never wider ones.
What counts is the clock on the client's wall, read to the moment: an hour that comes twice when
clocks go back is judged by what the clock shows each time, and an hour that is left out does not
come at all. The opening moment is open; the closing moment is quiet already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from clientele.domain.errors import Refusal
from clientele.domain.rules.instants import in_utc

FIRST, LAST = time(8), time(21)
"""The widest hours there are (47 CFR 64.1200(c)(1))."""

HORIZON = timedelta(days=366)
"""So far ahead is looked for an open hour: days off recur within a year."""

_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)
_FURTHEST = timedelta(hours=16)
"""No zone of the tz database was ever further from UTC, either way."""


class HoursTooWide(Refusal):
    """A store wants to reach clients earlier or later than the law lets it."""

    template = (
        "Clients can be reached from {first} to {last} in their own time, and not from {opens} "
        "to {closes}. Nothing was changed; choose hours within these."
    )


class HoursEmpty(Refusal):
    """Hours that end before they begin."""

    template = (
        "From {opens} to {closes} there is no time at all. Nothing was changed; choose an end "
        "after the beginning, or leave the day out."
    )


@dataclass(frozen=True, slots=True)
class DayHours:
    """From ``opens``, up to and without ``closes``, on the client's clock.

    Raises:
        HoursEmpty: it would end before it begins.
    """

    opens: time = FIRST
    closes: time = LAST

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise HoursEmpty(opens=f"{self.opens:%H:%M}", closes=f"{self.closes:%H:%M}")


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of each weekday, Monday first (None: not on that day), and days left out.

    ``days_off`` are holidays as the store keeps them, read on the client's calendar.
    """

    week: tuple[DayHours | None, ...] = (DayHours(),) * 7
    days_off: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError(self.week)

    def on(self, day: date) -> DayHours | None:
        """The hours of ``day``; None where nobody is reached on it."""
        return None if day in self.days_off else self.week[day.weekday()]


def within_law(hours: Hours) -> None:
    """Check that hours are not wider than anybody may keep.

    Raises:
        HoursTooWide: on some weekday they are.
    """
    for day in hours.week:
        if day is not None and (day.opens < FIRST or day.closes > LAST):
            raise HoursTooWide(
                first=f"{FIRST:%H:%M}",
                last=f"{LAST:%H:%M}",
                opens=f"{day.opens:%H:%M}",
                closes=f"{day.closes:%H:%M}",
            )


def is_open(hours: Hours, zone: str, at: datetime) -> bool:
    """Whether the aware instant ``at`` lies within the hours of the zone (IANA name)."""
    here = in_utc(at).astimezone(_zone(zone))
    day = hours.on(here.date())
    return day is not None and day.opens <= here.time() < day.closes


def is_day_off(hours: Hours, zone: str, at: datetime) -> bool:
    """Whether nobody is reached at all on the day that it is in the zone at ``at``."""
    return hours.on(in_utc(at).astimezone(_zone(zone)).date()) is None


def quiet_in(hours: Hours, zones: Iterable[str], at: datetime) -> tuple[str, ...]:
    """In which of the zones it is quiet at ``at``, in the order of their names."""
    return tuple(zone for zone in sorted(set(zones)) if not is_open(hours, zone, at))


def next_open(hours: Hours, zones: Iterable[str], after: datetime) -> datetime | None:
    """The first instant (UTC) from ``after`` on that is open in all the zones at once.

    ``after`` itself where it is open. None: there is none within a year, such as where the zones
    lie so far apart that their hours never meet.
    """
    return _next_in_all(hours, tuple(sorted(set(zones))), in_utc(after))


@lru_cache(maxsize=4_096)
def _next_in_all(hours: Hours, zones: tuple[str, ...], after: datetime) -> datetime | None:
    """``next_open``, remembered: many clients share their zones, and are asked about at once."""
    moment, end = after, after + HORIZON
    while moment <= end:
        # Each step is the first instant that one zone leaves open, so none in between is open in
        # all; where no zone moves it any more, it is open in every one.
        before = moment
        for zone in zones:
            found = _next_in(hours, zone, moment)
            if found is None:
                return None
            moment = found
        if moment == before:
            return moment
    return None


def _next_in(hours: Hours, zone: str, after: datetime) -> datetime | None:
    """The first open instant of one zone from ``after`` (UTC) on, or None within a year."""
    found: datetime | None = None
    # From the day before: where clocks go back over midnight, yesterday comes again.
    today = after.astimezone(_zone(zone)).date() - timedelta(days=1)
    for ahead in range(HORIZON.days + 2):
        on = today + timedelta(days=ahead)
        day = hours.on(on)
        opening = found
        if day is not None:
            for begins, ends in _spans(zone, on, day.opens, day.closes):
                if ends > after and (opening is None or begins < opening):
                    opening = max(begins, after)
        if found is not None:
            return opening  # the day after was asked as well, for the same reason
        found = opening
    return found


@lru_cache(maxsize=16_384)
def _spans(
    zone: str, day: date, opens: time, closes: time
) -> tuple[tuple[datetime, datetime], ...]:
    """When (UTC, half open) the wall clock of a zone shows ``day`` between two times.

    One span on most days; two where the clock goes back in between; none where it leaps over.
    """
    begin, end = datetime.combine(day, opens, UTC), datetime.combine(day, closes, UTC)
    midnight = datetime.combine(day, time(), UTC)
    found = []
    for since, until, offset in _offsets(zone, midnight - _FURTHEST, midnight + _A_DAY + _FURTHEST):
        first, last = max(since, begin - offset), min(until, end - offset)
        if first < last:
            found.append((first, last))
    return tuple(found)


def _offsets(
    zone: str, begin: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """The stretches between two instants in which a zone keeps one offset from UTC."""
    tz = _zone(zone)

    def offset_at(at: datetime) -> timedelta:
        offset = at.astimezone(tz).utcoffset()
        assert offset is not None
        return offset

    since, offset = begin, offset_at(begin)
    for hour in range(1, (end - begin) // _AN_HOUR + 1):
        probe = begin + hour * _AN_HOUR
        if offset_at(probe) == offset:
            continue
        low, high = 0, 3_600  # seconds of the hour before: the change is a whole one
        while high - low > 1:
            middle = (low + high) // 2
            same = offset_at(probe - _AN_HOUR + timedelta(seconds=middle)) == offset
            low, high = (middle, high) if same else (low, middle)
        change = probe - _AN_HOUR + timedelta(seconds=high)
        yield since, change, offset
        since, offset = change, offset_at(change)
    yield since, end, offset


@lru_cache(maxsize=1_024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def next_quiet(hours: Hours, zones: Iterable[str], after: datetime) -> datetime | None:
    """The first instant (UTC) from ``after`` on that is quiet in one of the zones.

    ``after`` itself where it is quiet already; None where there is no zone.
    """
    moment = in_utc(after)
    ends = []
    for zone in set(zones):
        today = moment.astimezone(_zone(zone)).date()
        day = hours.on(today)
        spans = _spans(zone, today, day.opens, day.closes) if day is not None else ()
        ends.append(next((end for begin, end in spans if begin <= moment < end), moment))
    return min(ends, default=None)
