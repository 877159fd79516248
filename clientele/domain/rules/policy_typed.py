"""Hours, days and limits of a policy as a manager types them."""

from __future__ import annotations

import re
from datetime import date

from clientele.domain.client import Purpose
from clientele.domain.errors import Refusal
from clientele.domain.rules.contact_limits import Limit
from clientele.domain.rules.dates import parse_day
from clientele.domain.rules.due_days import parse_time
from clientele.domain.rules.quiet_hours import DayHours

_BETWEEN = re.compile(r"\s*[-–—]\s*")
_NUMBER = re.compile(r"\d{1,3}", re.ASCII)


class NotHours(Refusal):
    """No stretch of hours."""

    template = "“{text}” are no hours. Nothing was changed; write them like 8:00–21:00."


class NotAWholeDay(Refusal):
    """A day that is to be kept lacks its year, or its day."""

    template = "“{text}” is not one day. Nothing was changed; write it like 25 Dec 2026."


class NotALimit(Refusal):
    """No number of times or days."""

    template = "“{text}” is no number from 1 to 999. Nothing was changed; write one."


def hours_typed(text: str) -> DayHours | None:
    """Read “8:00–21:00” or “9-18”; None for nothing, a day on which nobody is reached.

    Raises:
        NotHours, NotATime: it cannot be read.
        HoursEmpty: it ends before it begins.
    """
    if not text.strip():
        return None
    parts = _BETWEEN.split(text.strip())
    if len(parts) != 2:
        raise NotHours(text=text)
    opens, closes = (parse_time(f"{part}:00" if part.isdigit() else part) for part in parts)
    if opens is None or closes is None:
        raise NotHours(text=text)
    return DayHours(opens, closes)


def days_typed(text: str) -> frozenset[date]:
    """Read days with commas between, each with its year: “25 Dec 2026, 2027-01-01”.

    Raises:
        NotADay, NotAWholeDay: one of them cannot be read.
    """
    found = set()
    for part in text.split(","):
        day = parse_day(part)
        if day is None:
            continue
        if day.day is None or day.year is None:
            raise NotAWholeDay(text=part.strip())
        found.add(date(day.year, day.month, day.day))
    return frozenset(found)


def limit_typed(most: str, days: str, purpose: Purpose | None = None) -> Limit | None:
    """Read how often within how many days; None where both are empty.

    Raises:
        NotALimit: one of them is no such number.
    """
    if not most.strip() and not days.strip():
        return None
    for text in (most, days):
        if not _NUMBER.fullmatch(text.strip()) or int(text) < 1:
            raise NotALimit(text=text.strip())
    return Limit(int(most), int(days), purpose)
