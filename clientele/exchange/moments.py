"""How are dates and times read: ISO with or without an offset, or day and month in either order?

Whether ``03/04/2026`` is in March or in April is decided for a whole column, by any value in it
that allows only one reading. A time without an offset is in the store's zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from clientele.domain.rules.dates import NotADay, PartialDate, parse_day
from clientele.exchange.unreadable import Unreadable, quoted

MONTH_FIRST_COUNTRIES: Final = frozenset(("US", "PH", "PW", "FM", "MH", "GU", "PR", "VI", "AS"))
"""Where people write the month before the day (CLDR short date patterns)."""

_CACHE: Final = 1 << 15
_MONTH_ALONE: Final = re.compile(r"(\d{4}|-)-(\d{2})")
_PAIR: Final = re.compile(r"'?(\d{1,2})[/\-. ]+(\d{1,2})(?:[/\-. ]+(\d{4}|\d{2})\b)?")
_DAY: Final = re.compile(r"(\d{1,2})[/\-.](\d{1,2})[/\-.](\d{4}|\d{2})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})")
_TIME: Final = re.compile(
    r"(?:^|[T\s,]\s*)(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp])?\.?(?:[Mm]\.?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*(?:Uhr)?$"
)


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Whether the day stands before the month in a column, and whether the values left it open."""

    day_first: bool
    doubtful: bool = False


class OrderSearch:
    """Looks at the values of one column until they tell whether days or months stand first."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._day_first = self._month_first = self._open = self._dashed = 0

    def look(self, values: Iterable[str]) -> None:
        """Take further values into account; ISO dates and dates with points say nothing."""
        for text in values:
            pair = _PAIR.match(text)
            if pair is None or (text[pair.end(1)] == "." and pair[3]):
                continue
            first, second = int(pair[1]), int(pair[2])
            self._day_first += first > 12 >= second
            self._month_first += second > 12 >= first
            self._open += first <= 12 and second <= 12 and first != second
            self._dashed += pair[3] is None and text[pair.end(1)] == "-"

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find out."""
        return bool(self._day_first or self._month_first) or not self._open

    def found(self) -> DayOrder:
        """The order; in doubt that of the store's country, and MM-DD where there is no year."""
        if self._day_first or self._month_first:
            return DayOrder(self._day_first >= self._month_first)
        if self._dashed and self._dashed == self._open:
            return DayOrder(day_first=False, doubtful=True)
        return DayOrder(self._country not in MONTH_FIRST_COUNTRIES, doubtful=bool(self._open))


class Moments(dict[str, tuple[str, str]]):
    """Texts to an instant in UTC and the day in the store's zone, both as the store writes them.

    ``Moments(zone)["2026-05-01 10:00"]`` is ``("2026-05-01 08:00:00.000000", "2026-05-01")`` in
    Amsterdam.

    Raises:
        Unreadable: the text is no date.
    """

    def __init__(self, zone: ZoneInfo, *, day_first: bool = True) -> None:
        super().__init__()
        self._zone = zone
        self._day_first = day_first

    def __missing__(self, text: str) -> tuple[str, str]:
        moment = self._read(text.strip())
        if moment.tzinfo is None:
            day = moment.date().isoformat()
            moment = moment.replace(tzinfo=self._zone)
        else:
            day = moment.astimezone(self._zone).date().isoformat()
        stored = moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        if len(self) >= _CACHE:
            self.clear()
        self[text] = stored, day
        return stored, day

    def _read(self, text: str) -> datetime:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = self._read_loosely(text)
        if not 1900 <= moment.year <= 2200:
            raise Unreadable(f"the date {quoted(text)} is not of this age")
        return moment

    def _read_loosely(self, text: str) -> datetime:
        if not text:
            raise Unreadable("there is no date")
        clock, rest = _time_in(text)
        return datetime.combine(self._read_day(rest, text), clock)

    def _read_day(self, rest: str, text: str) -> date:
        try:
            if match := _YEAR_FIRST.fullmatch(rest):
                return date(int(match[1]), int(match[2]), int(match[3]))
            if match := _DAY.fullmatch(rest):
                first, second, year = int(match[1]), int(match[2]), int(match[3])
                year += 2000 if year < 100 else 0
                day_first = self._day_first or "." in rest
                return date(year, second, first) if day_first else date(year, first, second)
            named = parse_day(rest) if re.search(r"[^\W\d_]{3}", rest) else None
        except (ValueError, NotADay):
            named = None
        if named is None or named.day is None or named.year is None:
            raise Unreadable(f"{quoted(text)} is not a date")
        return date(named.year, named.month, named.day)


def read_birthday(text: str, *, day_first: bool) -> PartialDate | None:
    """A day and month, or a month alone, with the year where it is known; empty is None.

    1604 and 0000 are what some address books write for an unknown year.

    Raises:
        Unreadable: it is no day.
    """
    bare = text.strip().strip("'")
    if not bare:
        return None
    if not re.fullmatch(r"[\d\s]+", bare):
        bare = _time_in(bare)[1]
    bare = re.sub(r"^(?:0000|1604)-", "--", bare)
    month = _MONTH_ALONE.fullmatch(bare)
    if month is not None and 1 <= int(month[2]) <= 12:
        return PartialDate(int(month[2]), None, int(month[1]) if month[1] != "-" else None)
    try:
        found = parse_day(bare, day_first=day_first)
    except NotADay:
        found = None
    if found is None:
        raise Unreadable(f"{quoted(text)} is not a birthday")
    return found


def _time_in(text: str) -> tuple[time, str]:
    """The time at the end of ``text`` and what stands before it; midnight where there is none."""
    match = _TIME.search(text)
    if match is None:
        return time(), text
    hour = int(match[1])
    if match[5]:
        hour = hour % 12 + (12 if match[5] in "Pp" else 0)
    micros = int((match[4] or "0")[:6].ljust(6, "0"))
    try:
        clock = time(hour, int(match[2]), int(match[3] or 0), micros, tzinfo=_offset(match[6]))
    except ValueError:
        raise Unreadable(f"{quoted(text)} is not a time") from None
    return clock, text[: match.start()].strip(" ,")


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
