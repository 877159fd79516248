"""What does an RFC 5545 recurrence rule say, and which days are its days?

Any valid RRULE is understood and its text kept as it is, whoever wrote it. A follow-up is due on
a day, so the days count and a time of day in a rule does not; a rule that asks for more than one
time a day is refused. The days are reckoned by dateutil, except where it strays from the RFC.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from dateutil import rrule

from clientele.domain.errors import Refusal

HORIZON = timedelta(days=100 * 366)
"""How far is looked for a next day. A 29 February that is a Monday is at most 40 years away; what
is not found in a hundred years, such as a 30 February, never comes."""

LONGEST = 500
"""Letters of a rule; what is longer was not written by any calendar."""

SHOWN = 80
"""Letters of a rule that a refusal repeats."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class NotARepeat(Refusal):
    """What says how often is no rule of RFC 5545."""

    template = (
        "“{text}” does not say how often something repeats. It was not kept; "
        "choose how often from the list."
    )


class TooOften(Refusal):
    """More than one time a day."""

    template = (
        "“{text}” would repeat more than once a day. It was not kept; "
        "choose every day, or less often."
    )


class Frequency(StrEnum):
    """In what a rule counts (FREQ)."""

    DAYS = "DAILY"
    WEEKS = "WEEKLY"
    MONTHS = "MONTHLY"
    YEARS = "YEARLY"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday, Monday 0; ``nth`` of the month or year (-1: the last), None: each."""

    weekday: int
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE, read: every ``n`` of ``frequency``, on the days that its parts leave."""

    text: str
    """As it was written."""
    frequency: Frequency
    n: int = 1
    count: int | None = None
    """So many times in all, the first one among them."""
    until: date | None = None
    """The last day that may be one (written as a day, or as a time of no zone)."""
    until_at: datetime | None = None
    """The last instant, aware UTC, where it was written as one."""
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    """Negative ones count from the end: -1 is the last day of the month."""
    weekdays: tuple[Weekday, ...] = ()
    positions: tuple[int, ...] = ()
    """Of the days of each period only these, counted from 1, or from the end by -1."""
    week_begins: int = 0

    def last_day(self, zone: tzinfo = UTC) -> date | None:
        """The last day that may be one, in ``zone``; None: it has no end by a day."""
        return self.until if self.until_at is None else self.until_at.astimezone(zone).date()


NUMBERS: dict[str, tuple[int, int, bool]] = {
    "BYMONTH": (1, 12, False),
    "BYWEEKNO": (1, 53, True),
    "BYYEARDAY": (1, 366, True),
    "BYMONTHDAY": (1, 31, True),
    "BYSETPOS": (1, 366, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 60, False),
}
"""Parts that list numbers: from, to, and whether they may count from the end."""

TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
WITHIN_A_DAY = ("HOURLY", "MINUTELY", "SECONDLY")
KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *NUMBERS})


def read_rule(text: str) -> Rule:
    """Read the value of an RRULE (RFC 5545 3.3.10); its name before it (“RRULE:”) does no harm.

    Raises:
        TooOften: it asks for more than one time a day.
        NotARepeat: it is no such rule.
    """
    try:
        return _rule(text, _parts(text))
    except (KeyError, ValueError) as error:
        raise NotARepeat(text=_shown(text)) from error


def days(rule: Rule, first: date, last: date, *, zone: tzinfo = UTC) -> Iterator[date]:
    """The days of a rule that begins on ``first``, in their order, up to and with ``last``.

    ``first`` is always one of them, and counts (RFC 5545 3.8.5.3), although it may not fit the
    rule. ``zone`` is the store's: in it an end that is written as an instant falls on a day.
    """
    if first > last:
        return
    yield first
    found = 1
    try:
        for day in _reckoned(rule, first, min(last, rule.last_day(zone) or last)):
            if rule.count is not None and found >= rule.count:
                return
            if day > first:
                found += 1
                yield day
    except (OverflowError, ValueError):
        return  # the calendar ends with the year 9999


def next_due(rule: Rule, first_due: date, after: date, *, zone: tzinfo = UTC) -> date | None:
    """The first day of a repeated follow-up that lies after ``after``; None when it has ended.

    ``first_due`` is the day of the first one, and stays so however often one is put off. Days
    that went by meanwhile are over and count as such: nothing is ever due in the past.
    """
    from_there = max(first_due, after)
    last = date.max if date.max - from_there < HORIZON else from_there + HORIZON
    return next((day for day in days(rule, first_due, last, zone=zone) if day > after), None)


def next_after_doing(
    rule: Rule, first_due: date, *, due_on: date, done_on: date, zone: tzinfo = UTC
) -> date | None:
    """When it is due again that was due on ``due_on`` (put off or not) and done on ``done_on``.

    Done early, the day it was due for is over with it; done late, those between are over too.
    """
    return next_due(rule, first_due, max(due_on, done_on), zone=zone)


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _parts(text: str) -> dict[str, str]:
    bare = text.strip().upper().removeprefix("RRULE:")
    if len(bare) > LONGEST:
        raise ValueError(len(bare))
    found: dict[str, str] = {}
    for part in bare.removesuffix(";").split(";"):
        name, value = part.split("=")
        if name not in KNOWN or name in found:
            raise KeyError(name)
        found[name] = value
    return found


def _rule(text: str, parts: Mapping[str, str]) -> Rule:
    numbers = {name: _numbers(name, parts.get(name)) for name in NUMBERS}
    until, until_at = _until(parts.get("UNTIL"))
    often = parts["FREQ"] in WITHIN_A_DAY
    rule = Rule(
        text,
        Frequency.DAYS if often else Frequency(parts["FREQ"]),
        n=_count(parts.get("INTERVAL", "1")),
        count=_count(parts["COUNT"]) if "COUNT" in parts else None,
        until=until,
        until_at=until_at,
        months=numbers["BYMONTH"],
        weeks=numbers["BYWEEKNO"],
        year_days=numbers["BYYEARDAY"],
        month_days=numbers["BYMONTHDAY"],
        weekdays=tuple(_weekday(one) for one in parts["BYDAY"].split(","))
        if "BYDAY" in parts
        else (),
        positions=numbers["BYSETPOS"],
        week_begins=WEEKDAYS.index(parts.get("WKST", "MO")),
    )
    if often or math.prod(max(1, len(numbers[name])) for name in TIMES) > 1:
        raise TooOften(text=_shown(text))
    if any(_contradictions(rule, parts)):
        raise ValueError(text)
    return rule


def _contradictions(rule: Rule, parts: Mapping[str, str]) -> Iterator[bool]:
    """What RFC 5545 says of parts that MUST NOT stand together."""
    yield "COUNT" in parts and "UNTIL" in parts
    counted = any(one.nth is not None for one in rule.weekdays)
    yield counted and rule.frequency not in (Frequency.MONTHS, Frequency.YEARS)
    yield counted and bool(rule.weeks)
    yield bool(rule.month_days) and rule.frequency == Frequency.WEEKS
    yield bool(rule.year_days or rule.weeks) and rule.frequency != Frequency.YEARS
    yield bool(rule.positions) and not any(
        name.startswith("BY") and name != "BYSETPOS" for name in parts
    )


def _numbers(name: str, text: str | None) -> tuple[int, ...]:
    if text is None:
        return ()
    least, most, signed = NUMBERS[name]
    found = []
    for one in text.split(","):
        number = _whole(one, signed=signed)
        if not least <= abs(number) <= most:
            raise ValueError(one)
        found.append(number)
    return tuple(sorted(set(found)))


def _whole(text: str, *, signed: bool = False) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,3}" if signed else r"[0-9]{1,4}", text):
        raise ValueError(text)
    return int(text)


def _count(text: str) -> int:
    if not (number := _whole(text)):
        raise ValueError(text)
    return number


def _weekday(text: str) -> Weekday:
    match = re.fullmatch(r"([+-]?[0-9]{1,2})?([A-Z]{2})", text)
    if match is None:
        raise ValueError(text)
    nth = int(match[1]) if match[1] else None
    if nth is not None and not 1 <= abs(nth) <= 53:
        raise ValueError(text)
    return Weekday(WEEKDAYS.index(match[2]), nth)


def _until(text: str | None) -> tuple[date | None, datetime | None]:
    if text is None:
        return None, None
    match = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", text)
    if match is None:
        raise ValueError(text)
    at = datetime.strptime(match[1] + (match[2] or "000000"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return (None, at) if match[3] else (at.date(), None)


def _reckoned(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days by dateutil, with what it would do otherwise than the RFC said to it beforehand.

    Its weeks begin with the process's locale, its first week with the first day (which matters
    to positions); a week of the year without a weekday is all seven days to it; and weekdays
    with a number and without, in one rule, leave nothing. It also looks for the end only when it
    finds a day, so what it would look for in vain day by day is left out here.
    """
    if _never(rule):
        return
    begin, weekdays = first, rule.weekdays
    if rule.frequency == Frequency.WEEKS:
        begin = first - timedelta(days=(first.weekday() - rule.week_begins) % 7)
        weekdays = weekdays or (Weekday(first.weekday()),)
    elif rule.weeks and not (weekdays or rule.month_days or rule.year_days):
        weekdays = (Weekday(first.weekday()),)
    by_day = rule.frequency == Frequency.DAYS
    here = by_day or (rule.frequency == Frequency.WEEKS and not rule.positions)
    for at in rrule.rrule(
        rrule.FREQNAMES.index(rule.frequency.value),
        dtstart=begin,
        interval=rule.n,
        wkst=rule.week_begins,
        until=last,
        bysetpos=None if by_day else rule.positions or None,
        bymonth=None if here else rule.months or None,
        bymonthday=None if here else rule.month_days or None,
        byyearday=rule.year_days or None,
        byweekno=rule.weeks or None,
        byweekday=None if by_day else _weekdays(rule, weekdays) or None,
    ):
        day = at.date()
        if not here or _fits(rule, day):
            yield day


def _weekdays(rule: Rule, weekdays: tuple[Weekday, ...]) -> list[Any]:
    """As dateutil has them: all with a number, or none."""
    if all(one.nth is None for one in weekdays):
        return [rrule.weekday(one.weekday) for one in weekdays]
    most = 5 if rule.frequency == Frequency.MONTHS or rule.months else 53
    return [
        rrule.weekday(one.weekday, nth)
        for one in weekdays
        for nth in ((one.nth,) if one.nth is not None else range(1, most + 1))
    ]


def _fits(rule: Rule, day: date) -> bool:
    longest = calendar.monthrange(day.year, day.month)[1]
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.month_days or bool({day.day, day.day - longest - 1} & set(rule.month_days)))
        and (not rule.weekdays or day.weekday() in {one.weekday for one in rule.weekdays})
    )


def _never(rule: Rule) -> bool:
    """Whether it can be seen that a rule has no day, such as one on the 30th of February."""
    within = {Frequency.DAYS: 1, Frequency.WEEKS: max(1, len(set(rule.weekdays)))}
    most = within.get(rule.frequency, 366)
    if rule.positions and all(abs(one) > most for one in rule.positions):
        return True
    longest = [calendar.monthrange(2000, month)[1] for month in rule.months]
    return bool(longest and rule.month_days) and all(
        abs(day) > max(longest) for day in rule.month_days
    )
