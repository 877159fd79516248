"""How are dates, times, numbers and sums of money written for people, in their language and zone?

One ``Formats`` per window or command. Babel (CLDR) knows the languages; it is imported when the
first thing is written, because it costs a tenth of a second. English has the day before the month
and the clock at 24 hours, except where the locale says the United States. A language that the
program does not speak is written as English, so that words and dates agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = ("en", "de", "nl")

_PATTERNS = {
    "en": {
        "day": "d MMM",
        "day_year": "d MMM y",
        "weekday": "EEE",
        "weekday_name": "EEEE",
        "weekday_day": "EEE d MMM",
        "long_day": "EEEE d MMMM",
        "clock": "HH:mm",
        "month": "LLLL",
        "month_year": "MMM y",
    },
    "en_US": {
        "day": "MMM d",
        "day_year": "MMM d, y",
        "weekday": "EEE",
        "weekday_name": "EEEE",
        "weekday_day": "EEE, MMM d",
        "long_day": "EEEE, MMMM d",
        "clock": "h:mm\u202fa",
        "month": "LLLL",
        "month_year": "MMM y",
    },
    "de": {
        "day": "d. MMM",
        "day_year": "d. MMM y",
        "weekday": "EEEEEE",
        "weekday_name": "EEEE",
        "weekday_day": "EEEEEE, d. MMM",
        "long_day": "EEEE, d. MMMM",
        "clock": "HH:mm",
        "month": "LLLL",
        "month_year": "MMM y",
    },
    "nl": {
        "day": "d MMM",
        "day_year": "d MMM y",
        "weekday": "EEEEEE",
        "weekday_name": "EEEE",
        "weekday_day": "EEEEEE d MMM",
        "long_day": "EEEE d MMMM",
        "clock": "HH:mm",
        "month": "LLLL",
        "month_year": "MMM y",
    },
}
WRITTEN = 4_096
"""So many days, and as many amounts, are remembered as they are written."""

_NEAR = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    "de": {-1: "gestern", 0: "heute", 1: "morgen"},
    "nl": {-1: "gisteren", 0: "vandaag", 1: "morgen"},
}
_LETTERS_BEFORE_NUMBER = re.compile(r"(?<=[A-Za-z])(?=\d)")


class Formats:
    """Writes for one locale (``en``, ``en_US``, ``de-DE`` …) and one IANA zone, the store's."""

    def __init__(self, locale: str, zone: str) -> None:
        self.locale = _spoken(locale)
        self.language = self.locale.partition("_")[0]
        self.zone = zone
        self._patterns = _PATTERNS[self.locale]
        # The same days and amounts are written again and again, and Babel takes its time.
        self._date = lru_cache(WRITTEN)(self._written_date)
        self._money = lru_cache(WRITTEN)(self._written_money)

    @cached_property
    def tz(self) -> tzinfo:
        """The store's zone."""
        return ZoneInfo(self.zone)

    @cached_property
    def _babel(self) -> Locale:
        from babel import Locale

        return Locale.parse(self.locale)

    # Days and moments

    def local_day(self, at: datetime) -> date:
        """The day it is in the store at the instant ``at``."""
        return at.astimezone(self.tz).date()

    def day(self, on: date) -> str:
        """“21 Nov”."""
        return self._date(on, "day")

    def day_year(self, on: date) -> str:
        """“21 Nov 2026”."""
        return self._date(on, "day_year")

    def weekday(self, on: date) -> str:
        """“Tue”."""
        return self._date(on, "weekday")

    def weekday_name(self, on: date) -> str:
        """“Tuesday”."""
        return self._date(on, "weekday_name")

    def weekday_day(self, on: date) -> str:
        """“Tue 24 Nov”."""
        return self._date(on, "weekday_day")

    def long_day(self, on: date) -> str:
        """“Saturday 21 November”."""
        return self._date(on, "long_day")

    def month(self, month: int) -> str:
        """“June”, from its number."""
        return self._date(date(2000, month, 1), "month")

    def month_year(self, on: date) -> str:
        """“Nov 2026”."""
        return self._date(on, "month_year")

    def month_day(self, month: int, day: int | None) -> str:
        """A day that comes every year: “27 Nov”, or “June” where only the month is known."""
        return self.month(month) if day is None else self.day(date(2000, month, day))

    def near_day(self, on: date, today: date) -> str:
        """A day as one says it today: “tomorrow”, “Tue” within a week, “28 Nov”, “28 Nov 2027”."""
        ahead = (on - today).days
        if ahead in _NEAR[self.language]:
            return _NEAR[self.language][ahead]
        if 0 < ahead < 7:
            return self.weekday(on)
        return self.past_day(on, today)

    def past_day(self, on: date, today: date) -> str:
        """A day with its year only where that is not this year: “12 Sep”, “12 Sep 2024”."""
        return self.day(on) if on.year == today.year else self.day_year(on)

    def clock_time(self, at: datetime) -> str:
        """“14:30” in the store, of an aware instant."""
        from babel.dates import format_time

        return format_time(
            at.astimezone(self.tz), format=self._patterns["clock"], locale=self._babel
        )

    def moment(self, at: datetime) -> str:
        """“21 Nov 2026 14:30” in the store, of an aware instant."""
        return f"{self.day_year(self.local_day(at))} {self.clock_time(at)}"

    def ago(self, at: datetime, now: datetime) -> str:
        """“2 days ago”, “in 3 hours”, of two aware instants."""
        from babel.dates import format_timedelta

        return format_timedelta(at - now, add_direction=True, threshold=1.5, locale=self._babel)

    def duration(self, length: timedelta) -> str:
        """“40 sec”, “24 min”, “2 hr”: the largest unit that fits, rounded down."""
        from babel.units import format_unit

        seconds = max(0, int(length.total_seconds()))
        for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
            if seconds >= size:
                return str(
                    format_unit(seconds // size, f"duration-{unit}", "short", locale=self._babel)
                )
        return str(format_unit(seconds, "duration-second", "short", locale=self._babel))

    # Numbers and money

    def number(self, value: int | Decimal) -> str:
        """“1,469,307”."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._babel)

    def listed(self, words: Sequence[str]) -> str:
        """“Shoes and Beauty”, “Shoes, Beauty and Toys”."""
        from babel.lists import format_list

        joined = format_list(list(words), locale=self._babel) if words else ""
        return joined.replace(", and ", " and ") if self.locale == "en" else joined

    def quantity(self, thousandths: int) -> str:
        """A quantity kept in thousandths: “2”, “1.5”."""
        return self.number(Decimal(thousandths) / 1000)

    def percent(self, ratio: float) -> str:
        """“68%” of 0.68."""
        from babel.numbers import format_percent

        return format_percent(ratio, locale=self._babel)

    def money(self, minor: int, currency: str, *, cents: bool = True) -> str:
        """“$486.00” of 48600 minor units; without ``cents`` rounded to whole units: “$486”."""
        return self._money(minor, currency, cents)

    def _written_money(self, minor: int, currency: str, cents: bool) -> str:
        from babel.numbers import format_currency, get_currency_precision

        amount = Decimal(minor).scaleb(-get_currency_precision(currency))
        if cents:
            text = format_currency(amount, currency, locale=self._babel)
        else:
            text = format_currency(
                amount.quantize(Decimal(1)),
                currency,
                _whole(self._babel),
                locale=self._babel,
                currency_digits=False,
            )
        # Unicode TR 35: a currency that is written in letters stands apart from the number.
        return _LETTERS_BEFORE_NUMBER.sub("\u00a0", text)

    def _written_date(self, on: date, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(on, format=self._patterns[pattern], locale=self._babel)


def _spoken(locale: str) -> str:
    parts = locale.partition(".")[0].replace("-", "_").split("_")
    language = parts[0].lower()
    if language not in LANGUAGES:
        return "en"
    if language == "en" and "US" in (part.upper() for part in parts[1:]):
        return "en_US"
    return language


@lru_cache
def _whole(locale: Locale) -> str:
    """The locale's currency pattern without decimals."""
    return str(locale.currency_formats["standard"].pattern).replace(".00", "")
