"""How is a time zone described in a calendar file? RFC 5545, section 3.6.5.

Each change of the clock stands there with the wall clock *before* the change, as the standard asks.
The package icalendar (7.3) can add zones too, but writes the wall clock after it for the change in
spring, by which a program that takes the description at its word is an hour off for an hour.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta, tzinfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard


def described(zone: tzinfo, name: str, first: datetime, last: datetime) -> Timezone:
    """The clock of ``zone`` as it is from ``first`` to ``last`` (aware), called ``name``."""
    since = first.astimezone(UTC) - timedelta(days=1)
    until = last.astimezone(UTC) + timedelta(days=400)
    changes: dict[tuple[timedelta, timedelta, bool, str], list[datetime]] = defaultdict(list)
    changes[_kind(zone, since, since)] = [_wall(zone, since, since)]
    for before, after in _changes(zone, since, until):
        changes[_kind(zone, before, after)].append(_wall(zone, before, after))
    described = Timezone()
    described.add("TZID", name)
    for (old, new, saving, called), onsets in changes.items():
        part = TimezoneDaylight() if saving else TimezoneStandard()
        part.add("DTSTART", onsets[0])
        part.add("TZOFFSETFROM", old)
        part.add("TZOFFSETTO", new)
        part.add("TZNAME", called)
        if onsets[1:]:
            part.add("RDATE", onsets[1:])
        described.add_component(part)
    return described


def _changes(zone: tzinfo, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The last second before, and the first after, each change of the clock; in UTC."""
    found = []
    at = since
    while at < until:
        ahead = at + timedelta(days=7)
        if _offset(zone, at) != _offset(zone, ahead):
            low, high = at, ahead
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                if _offset(zone, middle) == _offset(zone, at):
                    low = middle
                else:
                    high = middle
            found.append((low, high))
            ahead = high
        at = ahead
    return found


def _kind(
    zone: tzinfo, before: datetime, after: datetime
) -> tuple[timedelta, timedelta, bool, str]:
    local = after.astimezone(zone)
    return _offset(zone, before), _offset(zone, after), bool(local.dst()), local.tzname() or ""


def _wall(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """What the clock on the wall would show at ``after``, had it not been changed."""
    return (after + _offset(zone, before)).replace(tzinfo=None)


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
