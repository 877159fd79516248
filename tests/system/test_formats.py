"""Dates, times, numbers and money as people in each language write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from clientele.system.formats import Formats

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 13, 30, tzinfo=UTC)
ZONE = "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("locale", "day", "day_year", "weekday_day", "long_day", "clock"),
    [
        ("en", "21 Nov", "21 Nov 2026", "Sat 21 Nov", "Saturday 21 November", "14:30"),
        ("en_GB.UTF-8", "21 Nov", "21 Nov 2026", "Sat 21 Nov", "Saturday 21 November", "14:30"),
        ("en_US", "Nov 21", "Nov 21, 2026", "Sat, Nov 21", "Saturday, November 21", "2:30\u202fPM"),
        ("de-DE", "21. Nov.", "21. Nov. 2026", "Sa., 21. Nov.", "Samstag, 21. November", "14:30"),
        ("nl_NL", "21 nov", "21 nov 2026", "za 21 nov", "zaterdag 21 november", "14:30"),
        ("C", "21 Nov", "21 Nov 2026", "Sat 21 Nov", "Saturday 21 November", "14:30"),
        ("ja_JP", "21 Nov", "21 Nov 2026", "Sat 21 Nov", "Saturday 21 November", "14:30"),
    ],
)
def test_days(
    locale: str, day: str, day_year: str, weekday_day: str, long_day: str, clock: str
) -> None:
    formats = Formats(locale, ZONE)
    assert formats.day(TODAY) == day
    assert formats.day_year(TODAY) == day_year
    assert formats.weekday_day(TODAY) == weekday_day
    assert formats.long_day(TODAY) == long_day
    assert formats.clock_time(NOW) == clock
    assert formats.moment(NOW) == f"{day_year} {clock}"


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(-400, "17 Oct 2025"), (-2, "19 Nov"), (-1, "yesterday"), (0, "today"), (1, "tomorrow"),
     (2, "Mon"), (6, "Fri"), (7, "28 Nov"), (41, "1 Jan 2027")],
)  # fmt: skip
def test_a_near_day_is_said_as_one_says_it(ahead: int, said: str) -> None:
    assert Formats("en", ZONE).near_day(TODAY + timedelta(ahead), TODAY) == said


def test_near_days_in_german_and_dutch() -> None:
    assert Formats("de", ZONE).near_day(TODAY + timedelta(1), TODAY) == "morgen"
    assert Formats("nl", ZONE).near_day(TODAY - timedelta(1), TODAY) == "gisteren"


def test_a_day_of_every_year() -> None:
    formats = Formats("en", ZONE)
    assert formats.month_day(2, 29) == "29 Feb"
    assert formats.month_day(6, None) == "June"


def test_the_day_is_the_store_s() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert Formats("en", ZONE).local_day(late) == date(2026, 11, 22)
    assert Formats("en", "America/New_York").local_day(late) == TODAY
    assert Formats("en", ZONE).clock_time(late) == "00:30"


def test_across_the_change_of_clocks() -> None:
    formats = Formats("en", ZONE)
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert formats.clock_time(before) == "02:30"
    assert formats.clock_time(before + timedelta(hours=1)) == "02:30"
    assert formats.clock_time(before + timedelta(hours=2)) == "03:30"


@pytest.mark.parametrize(
    ("locale", "minor", "currency", "whole", "rounded"),
    [
        ("en", 48600, "USD", "$486.00", "$486"),
        ("en", 311999, "EUR", "€3,119.99", "€3,120"),
        ("en", -500, "GBP", "-£5.00", "-£5"),
        ("en", 500, "JPY", "¥500", "¥500"),
        ("en", 1500, "KWD", "KWD\xa01.500", "KWD\xa02"),
        ("de", 311999, "EUR", "3.119,99\xa0€", "3.120\xa0€"),
        ("nl", 311999, "EUR", "€\xa03.119,99", "€\xa03.120"),
    ],
)
def test_money(locale: str, minor: int, currency: str, whole: str, rounded: str) -> None:
    formats = Formats(locale, ZONE)
    assert formats.money(minor, currency) == whole
    assert formats.money(minor, currency, cents=False) == rounded


def test_numbers() -> None:
    assert Formats("en", ZONE).number(1469307) == "1,469,307"
    assert Formats("de", ZONE).quantity(1500) == "1,5"
    assert Formats("nl", ZONE).quantity(2000) == "2"
    assert Formats("en", ZONE).percent(0.683) == "68%"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 sec"), (40, "40 sec"), (89, "1 min"), (1440, "24 min"), (7300, "2 hr"), (-5, "0 sec")],
)
def test_durations(seconds: int, said: str) -> None:
    assert Formats("en", ZONE).duration(timedelta(seconds=seconds)) == said


def test_how_long_ago() -> None:
    formats = Formats("en", ZONE)
    assert formats.ago(NOW - timedelta(days=2), NOW) == "2 days ago"
    assert formats.ago(NOW + timedelta(hours=3), NOW) == "in 3 hours"
    assert Formats("de", ZONE).ago(NOW - timedelta(days=2), NOW) == "vor 2 Tagen"
