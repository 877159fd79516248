"""Dates, times and birthdays as people and programs write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.rules.dates import PartialDate
from clientele.exchange.moments import DayOrder, Moments, OrderSearch, read_birthday
from clientele.exchange.unreadable import Unreadable

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

READ = {
    "2026-05-01": ("2026-04-30 22:00:00.000000", "2026-05-01"),
    "2026-05-01 10:00:00": ("2026-05-01 08:00:00.000000", "2026-05-01"),
    "2026-05-01T10:00": ("2026-05-01 08:00:00.000000", "2026-05-01"),
    "2026-05-01 10:00:00 +0200": ("2026-05-01 08:00:00.000000", "2026-05-01"),
    "2026-05-01 10:00:00 UTC": ("2026-05-01 10:00:00.000000", "2026-05-01"),
    "2026-05-01T23:30:00Z": ("2026-05-01 23:30:00.000000", "2026-05-02"),
    "2026-05-01T10:00:00.123456-04:00": ("2026-05-01 14:00:00.123456", "2026-05-01"),
    "01.05.2026 10:00": ("2026-05-01 08:00:00.000000", "2026-05-01"),
    "1.5.26": ("2026-04-30 22:00:00.000000", "2026-05-01"),
    "2026/05/01 10:00": ("2026-05-01 08:00:00.000000", "2026-05-01"),
    "31/12/2026 3:05 PM": ("2026-12-31 14:05:00.000000", "2026-12-31"),
    "31-12-2026 12:00 a.m.": ("2026-12-30 23:00:00.000000", "2026-12-31"),
    "1 May 2026, 10:00": ("2026-05-01 08:00:00.000000", "2026-05-01"),
    "May 1, 2026 10:00 AM": ("2026-05-01 08:00:00.000000", "2026-05-01"),
    "1. Mai 2026 10:00 Uhr": ("2026-05-01 08:00:00.000000", "2026-05-01"),
    " 2026-05-01 ": ("2026-04-30 22:00:00.000000", "2026-05-01"),
}


@pytest.mark.parametrize("text", READ)
def test_moments(text: str) -> None:
    assert Moments(AMSTERDAM)[text] == READ[text]


def test_day_and_month_in_either_order() -> None:
    assert Moments(AMSTERDAM, day_first=True)["03/04/2026"][1] == "2026-04-03"
    assert Moments(AMSTERDAM, day_first=False)["03/04/2026"][1] == "2026-03-04"
    assert Moments(AMSTERDAM, day_first=False)["03.04.2026"][1] == "2026-04-03"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "there is no date"),
        ("yesterday", "“yesterday” is not a date"),
        ("2017-13-01", "“2017-13-01” is not a date"),
        ("31/02/2026", "“31/02/2026” is not a date"),
        ("13/13/2026", "is not a date"),
        ("1/5", "“1/5” is not a date"),
        ("01/05/2026 25:00", "is not a time"),
        ("0202-05-01", "is not of this age"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        Moments(AMSTERDAM)[text]
    assert reason in problem.value.reason


def test_an_hour_that_a_clock_change_skips() -> None:
    assert Moments(AMSTERDAM)["2026-03-29 02:30"] == ("2026-03-29 01:30:00.000000", "2026-03-29")


@settings(deadline=None)
@given(
    st.integers(0, 110 * 365 * 86_400),
    st.integers(0, 999_999),
)
def test_an_instant_with_an_offset_comes_back(seconds: int, micros: int) -> None:
    aware = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=micros)
    stored, day = Moments(AMSTERDAM)[aware.astimezone(AMSTERDAM).isoformat()]
    assert datetime.fromisoformat(stored).replace(tzinfo=UTC) == aware
    assert day == aware.astimezone(AMSTERDAM).date().isoformat()


def test_the_column_decides_the_order() -> None:
    cases: dict[tuple[str, tuple[str, ...]], DayOrder] = {
        ("NL", ("01/02/2026", "13/02/2026")): DayOrder(True),
        ("NL", ("01/02/2026", "02/13/2026 10:00")): DayOrder(False),
        ("US", ("01/02/2026",)): DayOrder(False, doubtful=True),
        ("NL", ("01/02/2026",)): DayOrder(True, doubtful=True),
        ("US", ("2026-02-01", "01.02.2026", "")): DayOrder(False),
        ("NL", ("04-15", "02-03")): DayOrder(False),
        ("NL", ("04-05", "02-03")): DayOrder(False, doubtful=True),
        ("NL", ("7/7/2026",)): DayOrder(True),
    }
    for (country, values), order in cases.items():
        search = OrderSearch(country)
        search.look(values)
        assert search.found() == order, values
        assert search.settled is not order.doubtful


BIRTHDAYS = {
    "1968-11-27": PartialDate(11, 27, 1968),
    "1968-11-27 00:00:00": PartialDate(11, 27, 1968),
    "27.11.": PartialDate(11, 27),
    "27/11/1968": PartialDate(11, 27, 1968),
    "12/28/1969": PartialDate(12, 28, 1969),
    "--0415": PartialDate(4, 15),
    "--04-15": PartialDate(4, 15),
    "'--04-15": PartialDate(4, 15),
    "1604-04-15": PartialDate(4, 15),
    "0000-04-15": PartialDate(4, 15),
    "27 Nov 1968": PartialDate(11, 27, 1968),
    "November": PartialDate(11, None),
    "--11": PartialDate(11, None),
    "1968-11": PartialDate(11, None, 1968),
}


@pytest.mark.parametrize("text", BIRTHDAYS)
def test_birthdays(text: str) -> None:
    assert read_birthday(text, day_first=True) == BIRTHDAYS[text]


def test_a_birthday_of_two_numbers_goes_by_its_column() -> None:
    assert read_birthday("04-15", day_first=False) == PartialDate(4, 15)
    assert read_birthday("04-05", day_first=False) == PartialDate(4, 5)
    assert read_birthday("04/05/1968", day_first=True) == PartialDate(5, 4, 1968)
    assert read_birthday("  ", day_first=True) is None


@pytest.mark.parametrize("text", ["soon", "30 Feb", "1968", "--13", "13/13/1968"])
def test_what_is_no_birthday(text: str) -> None:
    with pytest.raises(Unreadable, match="is not a birthday"):
        read_birthday(text, day_first=True)
