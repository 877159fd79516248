"""How often may a follow-up repeat? What a person chooses, as a rule of RFC 5545 and back.

A ``Repeat`` is also what the window puts into words: it is data and says nothing itself. A rule
from elsewhere that says more than a person can choose here is no ``Repeat``; it keeps its text,
and ``rules.repeat_rules`` knows its days all the same.

Where a month is too short the RFC leaves it out: on the 31st is seven times a year. A person who
says “every month on the 31st” means the end of each, so the rule names the days up to the one
that was said, and takes the last there is (BYMONTHDAY with BYSETPOS=-1). That is the 28th of
February for the 29th, as for birthdays (``rules.dates.next_time``), and the next month is on the
31st again.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from enum import StrEnum

from clientele.domain.errors import Refusal
from clientele.domain.rules.repeat_rules import WEEKDAYS, Frequency, Rule, read_rule

ALWAYS_THERE = 28
"""The last day that every month has."""

MOST = 99
"""Every so many days, weeks, months or years, and so many times, a person may choose."""

QUARTER, HALF_YEAR = 3, 6
"""In months."""


class NotANumberOfTimes(Refusal):
    """Every 0 weeks, or 500 times."""

    template = "How often must be a number from 1 to {most}. It was not kept; choose another."


class TwoEnds(Refusal):
    """An end by a day and by a number of times."""

    template = (
        "A repeat ends on a day or after a number of times, not both. It was not kept; choose one."
    )


class Every(StrEnum):
    """In what a person counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    """On a day of the month, or its last one where the month is shorter."""
    MONTH_END = "month end"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every ``n`` days, weeks, months or years; a quarter is three months, half a year six."""

    every: Every
    n: int = 1
    weekdays: tuple[int, ...] = ()
    """For weeks, Monday 0; at least one."""
    day: int | None = None
    """For months and years, as it was said: 31 also where the month at hand is shorter."""
    month: int | None = None
    """For years."""
    until: date | None = None
    """The last day on which it may be due, in the store's zone."""
    count: int | None = None
    """So many times in all, the first among them; days that went by count."""


def offered(first_due: date) -> tuple[Repeat, ...]:
    """What is offered for a follow-up that is due on a day, the most frequent first."""
    day, last = first_due.day, calendar.monthrange(first_due.year, first_due.month)[1]
    months = [Repeat(Every.MONTH, n, day=day) for n in (1, QUARTER, HALF_YEAR)]
    ends = [Repeat(Every.MONTH_END, n) for n in (1, QUARTER, HALF_YEAR)]
    if day == 31:
        months = ends
    elif day == last:
        months.insert(1, ends[0])
    return (
        Repeat(Every.DAY),
        Repeat(Every.WEEK, weekdays=(0, 1, 2, 3, 4)),
        Repeat(Every.WEEK, weekdays=(first_due.weekday(),)),
        Repeat(Every.WEEK, 2, weekdays=(first_due.weekday(),)),
        *months,
        Repeat(Every.YEAR, day=day, month=first_due.month),
    )


def rule_text(repeat: Repeat) -> str:
    """The RRULE that says what was chosen.

    Raises:
        NotANumberOfTimes: ``n`` or ``count`` is not from 1 to 99.
        TwoEnds: it ends by a day and by a number of times.
        ValueError: a weekday, day or month is missing or there is none such.
    """
    if not (1 <= repeat.n <= MOST and (repeat.count is None or 1 <= repeat.count <= MOST)):
        raise NotANumberOfTimes(most=MOST)
    if repeat.until is not None and repeat.count is not None:
        raise TwoEnds
    parts = [f"FREQ={_FREQUENCY[repeat.every]}"]
    if repeat.n > 1:
        parts.append(f"INTERVAL={repeat.n}")
    parts += _by(repeat)
    if repeat.until is not None:
        parts.append(f"UNTIL={repeat.until:%Y%m%d}")
    if repeat.count is not None:
        parts.append(f"COUNT={repeat.count}")
    return ";".join(parts)


def repeat_of(text: str, *, zone: tzinfo = UTC) -> Repeat | None:
    """What a person would have chosen to get a rule; None where its days are others than any.

    ``zone`` is the store's, for an end that is written as an instant.

    Raises:
        NotARepeat: it is no rule.
        TooOften: it asks for more than one time a day.
    """
    rule = read_rule(text)
    every = _every(rule)
    if (
        rule.n > MOST
        or (rule.count is not None and rule.count > MOST)
        or (every in (Every.MONTH, Every.YEAR) and not rule.month_days)
        or (every == Every.YEAR and len(rule.months) != 1)
        or (every == Every.WEEK and not rule.weekdays)
    ):
        return None
    repeat = Repeat(
        every,
        rule.n,
        weekdays=tuple(sorted({one.weekday for one in rule.weekdays})),
        day=rule.month_days[-1] if every in (Every.MONTH, Every.YEAR) else None,
        month=rule.months[0] if every == Every.YEAR else None,
        until=rule.last_day(zone),
        count=rule.count,
    )
    try:
        again = read_rule(rule_text(repeat))
    except ValueError:
        return None
    return repeat if _days_of(again) == _days_of(rule) else None


_FREQUENCY = {
    Every.DAY: Frequency.DAYS,
    Every.WEEK: Frequency.WEEKS,
    Every.MONTH: Frequency.MONTHS,
    Every.MONTH_END: Frequency.MONTHS,
    Every.YEAR: Frequency.YEARS,
}


def _every(rule: Rule) -> Every:
    if rule.frequency == Frequency.MONTHS and rule.month_days == (-1,):
        return Every.MONTH_END
    return next(every for every, frequency in _FREQUENCY.items() if frequency == rule.frequency)


def _by(repeat: Repeat) -> list[str]:
    if repeat.every == Every.WEEK:
        if not repeat.weekdays:
            raise ValueError(repeat)
        return [f"BYDAY={','.join(WEEKDAYS[day] for day in sorted(set(repeat.weekdays)))}"]
    if repeat.every == Every.MONTH_END:
        return ["BYMONTHDAY=-1"]
    if repeat.every == Every.MONTH:
        return _on_day(repeat.day, shortest=ALWAYS_THERE, longest=31)
    if repeat.every == Every.YEAR:
        if repeat.month is None or not 1 <= repeat.month <= 12:
            raise ValueError(repeat)
        shortest, longest = (calendar.monthrange(year, repeat.month)[1] for year in (2001, 2000))
        return [
            f"BYMONTH={repeat.month}",
            *_on_day(repeat.day, shortest=shortest, longest=longest),
        ]
    return []


def _on_day(day: int | None, *, shortest: int, longest: int) -> list[str]:
    """A day of months that have from ``shortest`` to ``longest`` days, or else their last."""
    if day is None or not 1 <= day <= longest:
        raise ValueError(day)
    if day <= shortest:
        return [f"BYMONTHDAY={day}"]
    return [
        f"BYMONTHDAY={','.join(str(one) for one in range(shortest, day + 1))}",
        "BYSETPOS=-1",
    ]


def _days_of(rule: Rule) -> tuple[object, ...]:
    """What decides on the days, apart from the end; a week's begin only where it does."""
    begins = rule.week_begins if rule.frequency == Frequency.WEEKS and rule.n > 1 else None
    return (
        rule.frequency, rule.n, rule.count, rule.months, rule.weeks, rule.year_days,
        rule.month_days, frozenset(rule.weekdays), rule.positions, begins,
    )  # fmt: skip
