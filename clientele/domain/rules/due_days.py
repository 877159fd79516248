"""Days to come as people say them: tomorrow, in three days, next Monday, “3 Dec”, “14:30”.

What is typed may be any day that a quick note may speak of, in English, German or Dutch
(``rules.quick_note_days``): “in 2 weeks”, “fri”, “nächsten Freitag”, “over twee weken”.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from enum import StrEnum

from clientele.domain.errors import Refusal
from clientele.domain.rules.dates import NotADay, next_time, parse_day
from clientele.domain.rules.quick_note_days import days


class Soon(StrEnum):
    """Days that are offered with one click."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    THREE_DAYS = "in 3 days"
    NEXT_WEEK = "next week"
    TWO_WEEKS = "in two weeks"
    NEXT_MONDAY = "next Monday"
    NEXT_MONTH = "next month"


class DayGone(Refusal):
    """A day to come is behind."""

    template = "“{text}” has gone by. It was not kept; choose today or a day to come."


class NotATime(Refusal):
    """A time of day could not be read."""

    template = "“{text}” is not a time. It was not kept; write it like 14:30."


def day_of(soon: Soon, today: date) -> date:
    """The day that is meant. A month on the 31st is the last day of the next month."""
    if soon == Soon.NEXT_MONDAY:
        return today + timedelta(days=7 - today.weekday())
    if soon == Soon.NEXT_MONTH:
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return first.replace(day=min(today.day, last.day))
    ahead = {
        Soon.TODAY: 0,
        Soon.TOMORROW: 1,
        Soon.THREE_DAYS: 3,
        Soon.NEXT_WEEK: 7,
        Soon.TWO_WEEKS: 14,
    }
    return today + timedelta(days=ahead[soon])


def parse_day_ahead(text: str, today: date) -> date | None:
    """Read a day to come: ``3 Dec``, ``3.12.``, ``2026-12-03``, ``fri``, ``in 2 weeks``.

    Without a year it is the next such day. Empty text is None.

    Raises:
        NotADay: it is no day, or a month alone.
        DayGone: a year was given and the day lies before ``today``.
    """
    try:
        when = parse_day(text)
    except NotADay:
        day = _said(text, today)
        if day is None:
            raise
    else:
        if when is None:
            return None
        if when.day is None:
            raise NotADay(text=text)
        if when.year is None:
            return next_time(when, today)
        day = date(when.year, when.month, when.day)
    if day < today:
        raise DayGone(text=text)
    return day


def _said(text: str, today: date) -> date | None:
    """The day that all of ``text`` says, also with the small word left out: “2 weeks”, “fr”."""
    bare = " ".join(text.lower().split())
    for typed in (bare, f"in {bare}", f"am {bare}"):
        for day in days(typed, today):
            if (day.start, day.end) == (0, len(typed)) and day.when.day is not None:
                return day.on
    return None


def parse_day_gone(text: str, today: date) -> date | None:
    """Read a day that is not to come: ``18 Nov``; without a year its last time. Empty is None.

    Raises:
        NotADay: it is no day, or a month alone.
    """
    when = parse_day(text)
    if when is None:
        return None
    if when.day is None:
        raise NotADay(text=text)
    if when.year is None:
        return next_time(when, today - timedelta(days=364))
    return date(when.year, when.month, when.day)


def parse_time(text: str) -> time | None:
    """Read a time of day: ``14:30``, ``14.30``, ``1430``, ``14``, ``2:30 pm``. Empty is None.

    Raises:
        NotATime: it is none of these, or no such time exists.
    """
    bare = text.strip().lower()
    if not bare:
        return None
    match = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:(a|p)\.?m\.?|uhr|uur|h)?", bare)
    if match is None:
        raise NotATime(text=text)
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            raise NotATime(text=text)
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    if hour > 23 or minute > 59:
        raise NotATime(text=text)
    return time(hour, minute)
