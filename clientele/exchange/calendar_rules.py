"""What does a rule of repetition say? RFC 5545, section 3.3.10, read with every part checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from clientele.exchange.calendar_lines import Property
from clientele.exchange.calendar_refusals import NotARule, RepeatsTooOften
from clientele.exchange.unreadable import quoted

FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
"""More often than every hour nobody is expected."""

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_LISTS: Final = {
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
_FROM_THE_END: Final = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_MOST_TIMES_A_DAY: Final = 96
_LONGEST_RULE: Final = 2_000

Numbers = frozenset[int]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read; what it leaves out is taken from the first of the series."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    """The last moment that may count, on the wall clock of the series."""
    seconds: Numbers = frozenset()
    minutes: Numbers = frozenset()
    hours: Numbers = frozenset()
    weekdays: Numbers = frozenset()
    """Monday 0."""
    nth_weekdays: frozenset[tuple[int, int]] = frozenset()
    """Which one, from the end where it is below nought, and of which weekday."""
    month_days: Numbers = frozenset()
    year_days: Numbers = frozenset()
    weeks: Numbers = frozenset()
    months: Numbers = frozenset()
    positions: Numbers = frozenset()
    week_start: int = 0
    line: int = 0


def read_rule(one: Property, until_of: Callable[[str], datetime]) -> Rule:
    """Read an RRULE or EXRULE; ``until_of`` puts the text of UNTIL on the series' wall clock.

    Raises:
        NotARule: it makes no sense, or counts by another calendar than the Gregorian.
        RepeatsTooOften: every minute or every second.
    """
    try:
        return _read(one, until_of)
    except (ValueError, KeyError):
        raise NotARule(line=one.line, value=quoted(one.value)) from None


def _read(one: Property, until_of: Callable[[str], datetime]) -> Rule:
    parts = _parts(one.value)
    frequency = parts.pop("FREQ")
    if frequency in ("SECONDLY", "MINUTELY"):
        raise RepeatsTooOften(line=one.line)
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.pop("SKIP", "OMIT") != "OMIT":
        raise ValueError("another calendar")
    interval = _number(parts.pop("INTERVAL", "1"), 1, 10_000)
    count = _number(parts.pop("COUNT"), 1, 10**12) if "COUNT" in parts else None
    told = parts.pop("UNTIL", "")
    week_start = _WEEKDAYS.index(parts.pop("WKST", "MO"))
    weekdays, nth_weekdays = _weekdays(parts.pop("BYDAY", ""), frequency)
    by = {name: _listed(name, value) for name, value in parts.items()}
    hours, minutes, seconds = (
        by.get(name, frozenset()) for name in ("BYHOUR", "BYMINUTE", "BYSECOND")
    )
    often = (len(hours) or 1) * (len(minutes) or 1) * (len(seconds) or 1)
    if often > _MOST_TIMES_A_DAY:
        raise RepeatsTooOften(line=one.line)
    if frequency not in FREQUENCIES or ("BYWEEKNO" in by and frequency != "YEARLY"):
        raise ValueError(frequency)
    return Rule(
        frequency=frequency,
        interval=interval,
        count=count,
        until=until_of(told) if told else None,
        seconds=seconds,
        minutes=minutes,
        hours=hours,
        weekdays=weekdays,
        nth_weekdays=nth_weekdays,
        month_days=by.get("BYMONTHDAY", frozenset()),
        year_days=by.get("BYYEARDAY", frozenset()),
        weeks=by.get("BYWEEKNO", frozenset()),
        months=by.get("BYMONTH", frozenset()),
        positions=by.get("BYSETPOS", frozenset()),
        week_start=week_start,
        line=one.line,
    )


def _parts(text: str) -> dict[str, str]:
    text = re.sub(r"\s", "", text.upper())
    if len(text) > _LONGEST_RULE:
        raise ValueError("too long")
    parts: dict[str, str] = {}
    for piece in filter(None, text.split(";")):
        name, _, value = piece.partition("=")
        if name in parts or not value:
            raise ValueError(name)
        parts[name] = value
    return parts


def _number(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18 or int(text) < least:
        raise ValueError(text)
    return min(int(text), most)


def _listed(name: str, text: str) -> Numbers:
    least, most = _LISTS[name]
    numbers = set()
    for piece in text.split(","):
        backwards = piece.startswith("-") and name in _FROM_THE_END
        number = _number(piece[1:] if backwards or piece.startswith("+") else piece, least, 10**6)
        if number > most:
            raise ValueError(piece)
        numbers.add(-number if backwards else number)
    return frozenset(numbers)


def _weekdays(text: str, frequency: str) -> tuple[Numbers, frozenset[tuple[int, int]]]:
    every, nth = set(), set()
    for piece in text.split(",") if text else ():
        match = _WEEKDAY.fullmatch(piece)
        if match is None:
            raise ValueError(piece)
        weekday = _WEEKDAYS.index(match[2])
        if match[1] is None:
            every.add(weekday)
        elif frequency in ("MONTHLY", "YEARLY") and 0 < abs(int(match[1])) <= 53:
            nth.add((int(match[1]), weekday))
        else:
            raise ValueError(piece)
    return frozenset(every), frozenset(nth)
