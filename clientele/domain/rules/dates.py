"""Days that come every year: birthdays with or without a year, and when they next are."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from clientele.domain.errors import Refusal


class NotADay(Refusal):
    """A birthday or day could not be read."""

    template = (
        "“{text}” is not a day. It was not kept; write it like 27.11., 27 Nov or 27 Nov 1968."
    )


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day and month with an optional year, or a month alone (``day`` None)."""

    month: int
    day: int | None
    year: int | None = None


def parse_day(text: str, *, day_first: bool = True) -> PartialDate | None:
    """Read a day as typed: ``27.11.``, ``27 Nov``, ``27 Nov 1968``, ``1968-11-27``, ``--11-27``.

    ``day_first`` decides ``3/4``. Empty text is None.

    Raises:
        NotADay: it is none of these, or no such day exists.
    """
    bare = text.strip().lower()
    if not bare:
        return None
    found = _numbers(bare, day_first) or _with_month_name(bare)
    if found is None or not _exists(found):
        raise NotADay(text=text)
    return found


def next_time(when: PartialDate, today: date) -> date:
    """The next time a yearly day is, today included.

    In a year without a 29 February such a day is on the 28th, as in RFC 7529 4.1 with
    SKIP=BACKWARD: a wish a day early is welcome, one a day late is not. A month alone counts as
    its first day, or today while that month runs.
    """
    for year in (today.year, today.year + 1):
        last = calendar.monthrange(year, when.month)[1]
        if when.day is None:
            if (year, when.month) == (today.year, today.month):
                return today
            candidate = date(year, when.month, 1)
        else:
            candidate = date(year, when.month, min(when.day, last))
        if candidate >= today:
            return candidate
    raise AssertionError("a yearly day comes within two years")


def next_on(when: PartialDate, every_year: bool, today: date) -> date | None:
    """When a day that matters is next; None for one that came once and is over.

    One that comes once and has no year is the next of its kind.
    """
    if every_year or when.year is None:
        return next_time(when, max(today, _first(when)))
    if when.day is not None:
        return _first(when) if _first(when) >= today else None
    last = date(when.year, when.month, calendar.monthrange(when.year, when.month)[1])
    return None if last < today else max(today, _first(when))


def last_time(when: PartialDate, today: date) -> date:
    """The day that somebody means who speaks of what took place: the latest, today included.

    With a year it is that day, even one ahead; a month alone is its first day.
    """
    if when.year is not None:
        return _first(when)
    for year in range(today.year, today.year - 9, -1):
        last = calendar.monthrange(year, when.month)[1]
        if (when.day or 1) <= last and date(year, when.month, when.day or 1) <= today:
            return date(year, when.month, when.day or 1)
    raise AssertionError("every day of the year was within nine years")


def is_moved(when: PartialDate, on: date) -> bool:
    """Whether ``on`` stands in for a 29 February that its year does not have."""
    return (when.month, when.day) == (2, 29) and on.day == 28


def _first(when: PartialDate) -> date:
    """The first day on which it can be: a wedding in 2028 has no anniversary before."""
    if when.year is None:
        return date.min
    last = calendar.monthrange(when.year, when.month)[1]
    return date(when.year, when.month, min(when.day or 1, last))


def years_at(when: PartialDate, day: date) -> int | None:
    """Which birthday or anniversary ``day`` is; None without a year."""
    return None if when.year is None else day.year - when.year


def plain_day(when: PartialDate) -> str:
    """The day for files (RFC 6350 4.3.1): ``1968-11-27`` or ``--11-27``."""
    year = f"{when.year:04d}" if when.year else "-"
    return f"{year}-{when.month:02d}" + (f"-{when.day:02d}" if when.day else "")


def _numbers(text: str, day_first: bool) -> PartialDate | None:
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        year, month, day = map(int, match.groups())
        return PartialDate(month, day, year)
    if match := re.fullmatch(r"--(\d{2})-?(\d{2})", text):
        return PartialDate(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{4}))?\.?", text):
        first, second = int(match[1]), int(match[2])
        if (not day_first and "." not in text and first <= 12) or second > 12:
            first, second = second, first
        return PartialDate(second, first, int(match[3]) if match[3] else None)
    return None


def _with_month_name(text: str) -> PartialDate | None:
    year: int | None = None
    day: int | None = None
    month: int | None = None
    for word in re.findall(r"[^\W\d_]+|\d+", text):
        if word.isdecimal():
            if len(word) > 4:
                return None
            number = int(word)
            if number > 31 and year is None:
                year = number
            elif day is None:
                day = number
            else:
                return None
        elif word in ("st", "nd", "rd", "th", "of", "de", "den"):
            continue
        elif (named := _month(word)) is not None and month is None:
            month = named
        else:
            return None
    return None if month is None else PartialDate(month, day, year)


def _month(word: str) -> int | None:
    """A month by its first letters, in the languages of the window: English, German, Dutch."""
    if len(word) < 3:
        return None
    from babel.dates import get_month_names

    for language in ("en", "de", "nl"):
        for number, name in get_month_names("wide", locale=language).items():
            if name.lower().startswith(word) or word == "mrt":
                return int(number) if word != "mrt" else 3
    return None


def _exists(when: PartialDate) -> bool:
    if not 1 <= when.month <= 12:
        return False
    year = when.year if when.year else 2000
    if not 1 <= year <= 9999:
        return False
    return when.day is None or 1 <= when.day <= calendar.monthrange(year, when.month)[1]
