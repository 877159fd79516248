"""Are days that come every year read, and found again each year?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.dates import (
    NotADay,
    PartialDate,
    is_moved,
    last_time,
    next_on,
    next_time,
    parse_day,
    plain_day,
    years_at,
)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("27.11.", PartialDate(11, 27)),
        ("27/11", PartialDate(11, 27)),
        ("27 Nov", PartialDate(11, 27)),
        ("Nov 27th", PartialDate(11, 27)),
        ("27 november 1968", PartialDate(11, 27, 1968)),
        ("1968-11-27", PartialDate(11, 27, 1968)),
        ("--11-27", PartialDate(11, 27)),
        ("27.11.1968", PartialDate(11, 27, 1968)),
        ("27. März", PartialDate(3, 27)),
        ("27 mrt", PartialDate(3, 27)),
        ("5 mei 1980", PartialDate(5, 5, 1980)),
        ("June", PartialDate(6, None)),
        ("29 Feb", PartialDate(2, 29)),
        ("", None),
    ],
)
def test_a_day_is_read(text: str, when: PartialDate | None) -> None:
    assert parse_day(text) == when


@pytest.mark.parametrize("text", ["31 Feb", "29 Feb 2027", "0.5.", "7", "yesterday", "1 2 3 4"])
def test_what_is_no_day_is_said_in_its_own_words(text: str) -> None:
    with pytest.raises(NotADay, match=f"“{text}” is not a day"):
        parse_day(text)


def test_slashes_are_read_as_the_store_writes_them() -> None:
    assert parse_day("3/4") == PartialDate(4, 3)
    assert parse_day("3/4", day_first=False) == PartialDate(3, 4)
    assert parse_day("13/4", day_first=False) == PartialDate(4, 13)


def test_a_yearly_day_is_today_on_its_day_and_else_ahead() -> None:
    birthday = PartialDate(11, 21, 1968)
    assert next_time(birthday, date(2026, 11, 21)) == date(2026, 11, 21)
    assert next_time(birthday, date(2026, 11, 22)) == date(2027, 11, 21)


def test_the_29th_of_february_is_kept_on_the_28th_in_a_common_year() -> None:
    leap = PartialDate(2, 29)
    assert next_time(leap, date(2027, 1, 1)) == date(2027, 2, 28)
    assert next_time(leap, date(2028, 1, 1)) == date(2028, 2, 29)
    assert next_time(leap, date(2027, 3, 1)) == date(2028, 2, 29)


def test_a_month_alone_is_its_first_day_or_now_while_it_runs() -> None:
    assert next_time(PartialDate(12, None), date(2026, 11, 21)) == date(2026, 12, 1)
    assert next_time(PartialDate(11, None), date(2026, 11, 21)) == date(2026, 11, 21)
    assert next_time(PartialDate(10, None), date(2026, 11, 21)) == date(2027, 10, 1)


def test_years_are_counted_only_from_a_known_year() -> None:
    assert years_at(PartialDate(11, 27, 1968), date(2026, 11, 27)) == 58
    assert years_at(PartialDate(11, 27), date(2026, 11, 27)) is None


def test_a_day_in_a_file() -> None:
    assert plain_day(PartialDate(11, 27, 1968)) == "1968-11-27"
    assert plain_day(PartialDate(11, 27)) == "--11-27"
    assert plain_day(PartialDate(6, None)) == "--06"


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(2000, 1, 1), date(2100, 12, 31))
)
def test_the_next_time_is_within_a_year_and_on_that_day(born: date, today: date) -> None:
    when = PartialDate(born.month, born.day, born.year)
    on = next_time(when, today)
    assert 0 <= (on - today).days <= 366
    assert (on.month, on.day) in {(born.month, born.day), (2, 28)}


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_what_is_written_is_read_again(day: date) -> None:
    when = PartialDate(day.month, day.day, day.year)
    assert parse_day(plain_day(when)) == when


@given(st.dates(date(1960, 1, 1), date(2060, 1, 1)), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_what_comes_every_year_is_never_over_and_once_only_on_its_day(
    day: date, today: date
) -> None:
    when = PartialDate(day.month, day.day, day.year)
    yearly, once = next_on(when, True, today), next_on(when, False, today)
    assert yearly is not None
    assert yearly >= max(today, day)
    assert yearly.day == day.day or is_moved(when, yearly)
    assert once == (day if day >= today else None)
    without = PartialDate(day.month, day.day)
    assert next_on(without, False, today) == next_time(without, today)
    assert last_time(without, today) <= today
    assert last_time(when, today) == day


def test_a_month_that_comes_once_is_there_while_it_runs() -> None:
    june = PartialDate(6, None, 2027)
    assert next_on(june, False, date(2026, 11, 21)) == date(2027, 6, 1)
    assert next_on(june, False, date(2027, 6, 20)) == date(2027, 6, 20)
    assert next_on(june, False, date(2027, 7, 1)) is None
    assert next_on(june, True, date(2027, 7, 1)) == date(2028, 6, 1)


def test_a_day_that_is_moved_says_so() -> None:
    leap = PartialDate(2, 29, 2016)
    assert is_moved(leap, date(2027, 2, 28))
    assert not is_moved(leap, date(2028, 2, 29))
    assert not is_moved(PartialDate(2, 28), date(2027, 2, 28))
