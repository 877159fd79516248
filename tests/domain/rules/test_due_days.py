"""Are days to come read as people say them?"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.errors import Refusal
from clientele.domain.rules.dates import NotADay
from clientele.domain.rules.due_days import (
    DayGone,
    NotATime,
    Soon,
    day_of,
    parse_day_ahead,
    parse_day_gone,
    parse_time,
)

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("soon", "day"),
    [
        (Soon.TODAY, SATURDAY),
        (Soon.TOMORROW, date(2026, 11, 22)),
        (Soon.THREE_DAYS, date(2026, 11, 24)),
        (Soon.NEXT_WEEK, date(2026, 11, 28)),
        (Soon.TWO_WEEKS, date(2026, 12, 5)),
        (Soon.NEXT_MONDAY, date(2026, 11, 23)),
        (Soon.NEXT_MONTH, date(2026, 12, 21)),
    ],
)
def test_each_day_that_is_offered(soon: Soon, day: date) -> None:
    assert day_of(soon, SATURDAY) == day


def test_on_a_monday_next_monday_is_a_week_away() -> None:
    assert day_of(Soon.NEXT_MONDAY, date(2026, 11, 23)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_month_on_the_last_day_is_the_last_day_there_is(today: date, day: date) -> None:
    assert day_of(Soon.NEXT_MONTH, today) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(list(Soon)))
def test_every_offer_but_today_lies_ahead(today: date, soon: Soon) -> None:
    ahead = day_of(soon, today) - today
    assert ahead == timedelta(0) if soon is Soon.TODAY else timedelta(0) < ahead <= timedelta(31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 Dec", date(2026, 12, 3)),
        ("3.12.", date(2026, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("21 Nov", SATURDAY),
        ("20 nov", date(2027, 11, 20)),
        ("3 dezember 2027", date(2027, 12, 3)),
        ("   ", None),
    ],
)
def test_a_day_is_read_and_without_a_year_lies_ahead(text: str, day: date | None) -> None:
    assert parse_day_ahead(text, SATURDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("in 2 weeks", date(2026, 12, 5)),
        ("two weeks", date(2026, 12, 5)),
        ("fri", date(2026, 11, 27)),
        ("Sat", date(2026, 11, 28)),
        ("tomorrow", date(2026, 11, 22)),
        ("next  month", date(2026, 12, 21)),
        ("after the weekend", date(2026, 11, 23)),
        ("Christmas", date(2026, 12, 25)),
        ("nächsten Freitag", date(2026, 11, 27)),
        ("fr", date(2026, 11, 27)),
        ("in 3 Tagen", date(2026, 11, 24)),
        ("3 Tage", date(2026, 11, 24)),
        ("am 12.", date(2026, 12, 12)),
        ("nach dem Wochenende", date(2026, 11, 23)),
        ("over twee weken", date(2026, 12, 5)),
        ("volgende maand", date(2026, 12, 21)),
        ("overmorgen", date(2026, 11, 23)),
        ("do", date(2026, 11, 26)),
        ("na het weekend", date(2026, 11, 23)),
    ],
)
def test_a_day_is_read_as_people_say_it(text: str, day: date) -> None:
    assert parse_day_ahead(text, SATURDAY) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_a_number_of_days_is_so_many_days_on(today: date, many: int) -> None:
    for words in ("in {} days", "{} Tage", "over {} dagen"):
        assert parse_day_ahead(words.format(many), today) == today + timedelta(days=many)


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "31 feb",
        "december",
        "12",
        "last friday",
        "yesterday",
        "call him on friday",
        "friday or monday",
        "in may",
    ],
)
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(NotADay):
        parse_day_ahead(text, SATURDAY)


def test_a_day_that_is_gone_is_said() -> None:
    with pytest.raises(DayGone, match="“20 Nov 2026” has gone by"):
        parse_day_ahead("20 Nov 2026", SATURDAY)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9", time(9)),
        ("2:30 pm", time(14, 30)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("15 Uhr", time(15)),
        ("", None),
    ],
)
def test_a_time_is_read(text: str, at: time | None) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize("text", ["noon", "25", "14:75", "13 pm", "0 am", "14:3"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(NotATime):
        parse_time(text)


@given(st.text(max_size=20))
def test_no_text_is_a_bug(text: str) -> None:
    with suppress(Refusal):
        parse_day_ahead(text, SATURDAY)
    with suppress(Refusal):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("18 Nov", date(2026, 11, 18)),
        ("21 Nov", date(2026, 11, 21)),
        ("22 Nov", date(2025, 11, 22)),
        ("3 Dec 2025", date(2025, 12, 3)),
    ],
)
def test_a_day_that_is_not_to_come(text: str, day: date | None) -> None:
    assert parse_day_gone(text, date(2026, 11, 21)) == day


def test_a_month_is_no_day_that_has_gone() -> None:
    with pytest.raises(NotADay):
        parse_day_gone("Nov", date(2026, 11, 21))
