"""When does a repeating appointment take place? RFC 5545, section 3.3.10, counted step by step.

Counted here and not by dateutil, which the tests hold against it: dateutil looks for the next time
until the year 9999, whatever UNTIL says, so one line in a file (every day, the 30th of February)
keeps it busy for half a minute. Here every step is counted, and nothing is looked for beyond the
days asked for. What counts is the wall clock: 9:00 stays 9:00 when the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count as numbers
from typing import Final

from clientele.exchange.calendar_refusals import RepeatsTooOften
from clientele.exchange.calendar_rules import Rule

MOST_STEPS: Final = 50_000
"""Of one rule: every day for more than half a century."""

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


class Effort:
    """How much counting one file may cause, so that none of them keeps anybody waiting."""

    def __init__(self, steps: int = 1_000_000) -> None:
        self._left = steps

    def spend(self, steps: int) -> bool:
        """Count ``steps``; whether that many were left."""
        self._left -= steps
        return self._left >= 0


def times(
    rule: Rule, start: datetime, since: datetime, before: datetime, effort: Effort
) -> Iterator[datetime]:
    """The times from ``since`` up to, and without, ``before``; all on the wall clock, in order.

    ``start`` is the first of the series and counts even where it does not fit the rule.

    Raises:
        RepeatsTooOften: counting them takes longer than anybody waits.
    """
    if rule.until is not None:
        before = min(before, rule.until + timedelta(microseconds=1))
    if since <= start < before:
        yield start
    left = rule.count - 1 if rule.count is not None else None
    for found in _following(_completed(rule, start), start, since, before, effort):
        if left is not None and left <= 0:
            return
        left = left - 1 if left is not None else None
        if found >= since:
            yield found


def _completed(rule: Rule, start: datetime) -> Rule:
    """With what the first of the series says where the rule says nothing."""
    if not (rule.weekdays or rule.nth_weekdays or rule.month_days or rule.year_days):
        if rule.frequency == "WEEKLY" or rule.weeks:
            rule = replace(rule, weekdays=frozenset({start.weekday()}))
        elif rule.frequency in ("YEARLY", "MONTHLY"):
            months = rule.months
            if rule.frequency == "YEARLY" and not months:
                months = frozenset({start.month})
            rule = replace(rule, month_days=frozenset({start.day}), months=months)
    return replace(
        rule,
        hours=rule.hours or frozenset({start.hour} if rule.frequency != "HOURLY" else ()),
        minutes=rule.minutes or frozenset({start.minute}),
        seconds=rule.seconds or frozenset({start.second}),
    )


def _following(
    rule: Rule, start: datetime, since: datetime, before: datetime, effort: Effort
) -> Iterator[datetime]:
    """All that comes after the first, from near ``since`` where nothing must be counted."""
    spent = 0
    for days, hours in _periods(rule, start, since, before):
        found = [
            datetime.combine(day, time(hour, minute, second))
            for day in days
            if _fits(rule, day)
            for hour in hours
            for minute in sorted(rule.minutes)
            for second in sorted(rule.seconds)
        ]
        steps = 1 + len(days) // 8 + len(found)
        spent += steps
        if not effort.spend(steps) or spent > MOST_STEPS:
            raise RepeatsTooOften(line=rule.line)
        if rule.positions:
            chosen = {at - 1 if at > 0 else len(found) + at for at in rule.positions}
            found = [one for at, one in enumerate(found) if at in chosen]
        yield from (one for one in found if start < one < before)


def _periods(
    rule: Rule, start: datetime, since: datetime, before: datetime
) -> Iterator[tuple[list[date], list[int]]]:
    """The days of one year, month, week or day after the other, with the hours that count."""
    hours = sorted(rule.hours)
    near = since - 2 * _DAY if rule.count is None and since - 2 * _DAY > start else start
    if rule.frequency == "YEARLY":
        for year in _steps(start.year, near.year, rule.interval):
            if (year, 1, 1) > (before.year, before.month, before.day):
                return
            months = sorted(rule.months or range(1, 13))
            yield [day for month in months for day in _month(year, month)], hours
    elif rule.frequency == "MONTHLY":
        for month in _steps(_index(start), _index(near), rule.interval):
            if (month // 12, month % 12 + 1) > (before.year, before.month):
                return
            yield _month(month // 12, month % 12 + 1), hours
    else:
        yield from _equal_periods(rule, start, near, before, hours)


def _equal_periods(
    rule: Rule, start: datetime, near: datetime, before: datetime, hours: list[int]
) -> Iterator[tuple[list[date], list[int]]]:
    if rule.frequency == "HOURLY":
        first = start.replace(minute=0, second=0, microsecond=0)
        for at in _moments(first, near, _HOUR * rule.interval):
            if at >= before:
                return
            if not rule.hours or at.hour in rule.hours:
                yield [at.date()], [at.hour]
            else:
                yield [], []
        return
    weekly = rule.frequency == "WEEKLY"
    first = datetime.combine(start.date(), time())
    first -= _DAY * ((start.weekday() - rule.week_start) % 7 if weekly else 0)
    for at in _moments(first, near, _DAY * (7 if weekly else 1) * rule.interval):
        if at >= before:
            return
        yield [at.date() + _DAY * number for number in range(7 if weekly else 1)], hours


def _steps(first: int, near: int, interval: int) -> Iterator[int]:
    """From ``first`` by ``interval``, beginning one step before ``near``."""
    return numbers(first + interval * max(0, (near - first) // interval - 1), interval)


def _moments(first: datetime, near: datetime, period: timedelta) -> Iterator[datetime]:
    at = first + period * max(0, (near - first) // period - 1)
    while True:
        yield at
        at += period


def _index(moment: datetime) -> int:
    return moment.year * 12 + moment.month - 1


@lru_cache(maxsize=1_024)
def _month(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return [first + _DAY * number for number in range((following - first).days)]


def _fits(rule: Rule, day: date) -> bool:
    """Whether all that the rule says of days is true of this one."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and not _either(rule.month_days, day.day, len(_month(day.year, day.month))):
        return False
    if (rule.weekdays or rule.nth_weekdays) and not _weekday_fits(rule, day):
        return False
    if rule.year_days and not _either(rule.year_days, *_of_the_year(day)):
        return False
    return not rule.weeks or _either(rule.weeks, *_week(day, rule.week_start))


def _weekday_fits(rule: Rule, day: date) -> bool:
    if day.weekday() in rule.weekdays:
        return True
    if not any(weekday == day.weekday() for _, weekday in rule.nth_weekdays):
        return False
    if rule.frequency == "YEARLY" and not rule.months:
        at, of = _of_the_year(day)
    else:
        at, of = day.day, len(_month(day.year, day.month))
    nth = {((at - 1) // 7 + 1, day.weekday()), (-((of - at) // 7) - 1, day.weekday())}
    return bool(nth & rule.nth_weekdays)


def _either(wanted: frozenset[int], number: int, of: int) -> bool:
    """Whether the number is wanted, counted from the beginning or from the end."""
    return number in wanted or number - of - 1 in wanted


def _of_the_year(day: date) -> tuple[int, int]:
    """Which day of the year it is, and how many there are."""
    first = date(day.year, 1, 1)
    return (day - first).days + 1, (date(day.year + 1, 1, 1) - first).days


def _week(day: date, week_start: int) -> tuple[int, int]:
    """Which week it is in, and how many that year has; the first has four days of January."""
    year = day.year
    if day >= _first_week(year + 1, week_start):
        year += 1
    elif day < _first_week(year, week_start):
        year -= 1
    first = _first_week(year, week_start)
    return (day - first).days // 7 + 1, (_first_week(year + 1, week_start) - first).days // 7


def _first_week(year: int, week_start: int) -> date:
    fourth = date(year, 1, 4)
    return fourth - _DAY * ((fourth.weekday() - week_start) % 7)
