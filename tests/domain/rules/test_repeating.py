"""Is a follow-up due again on the days that a person means who says how often?"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.rules.dates import PartialDate, next_time
from clientele.domain.rules.repeat_rules import days, next_due, read_rule
from clientele.domain.rules.repeating import (
    Every,
    NotANumberOfTimes,
    Repeat,
    TwoEnds,
    offered,
    repeat_of,
    rule_text,
)
from tests.examples import examples

firsts = st.dates(date(1990, 1, 1), date(2104, 12, 31))
numbers = st.integers(1, 30)


def after_months(first: date, months: int, day: int) -> date:
    """``day`` of so many months later, or the last there is."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


def following(repeat: Repeat, first: date, many: int = 14) -> list[date]:
    """The first days of a repeat, with the first of all."""
    return list(islice(days(read_rule(rule_text(repeat)), first, date(2300, 1, 1)), many))


@settings(max_examples=examples(150))
@given(firsts, numbers)
def test_every_so_many_days(first: date, n: int) -> None:
    wanted = [first + timedelta(days=n * times) for times in range(14)]
    assert following(Repeat(Every.DAY, n), first) == wanted


@settings(max_examples=examples(150))
@given(firsts, st.integers(1, 12), st.sets(st.integers(0, 6), min_size=1).map(tuple))
def test_every_so_many_weeks_on_some_weekdays(
    first: date, n: int, weekdays: tuple[int, ...]
) -> None:
    monday = first - timedelta(days=first.weekday())
    all_days = (first + timedelta(days=ahead) for ahead in range(7 * n * 15))
    wanted = [
        day
        for day in all_days
        if day == first or (day.weekday() in weekdays and (day - monday).days // 7 % n == 0)
    ]
    assert following(Repeat(Every.WEEK, n, weekdays=weekdays), first) == wanted[:14]


@settings(max_examples=examples(150))
@given(firsts, st.integers(1, 24))
def test_every_so_many_months_on_the_day_and_the_last_where_a_month_is_shorter(
    first: date, n: int
) -> None:
    wanted = [after_months(first, n * times, first.day) for times in range(14)]
    assert following(Repeat(Every.MONTH, n, day=first.day), first) == wanted


@settings(max_examples=examples(100))
@given(firsts, st.integers(1, 24))
def test_the_end_of_every_so_many_months(first: date, n: int) -> None:
    ends = [after_months(first, n * times, 31) for times in range(14)]
    found = following(Repeat(Every.MONTH_END, n), first)
    assert found == (ends if first == ends[0] else [first, *ends])[:14]


@settings(max_examples=examples(150))
@given(firsts | st.sampled_from([date(2024, 2, 29), date(2096, 2, 29)]), st.integers(1, 5))
def test_every_so_many_years(first: date, n: int) -> None:
    wanted = [after_months(first, 12 * n * times, first.day) for times in range(14)]
    assert following(Repeat(Every.YEAR, n, day=first.day, month=first.month), first) == wanted


@given(firsts)
def test_a_year_on_is_the_day_of_a_birthday(first: date) -> None:
    rule = read_rule(rule_text(Repeat(Every.YEAR, day=first.day, month=first.month)))
    birthday = PartialDate(first.month, first.day)
    assert next_due(rule, first, first) == next_time(birthday, first + timedelta(days=1))


def test_the_31st_comes_twelve_times_a_year_and_the_30th_in_february() -> None:
    found = following(Repeat(Every.MONTH, day=31), date(2027, 12, 31), 6)
    assert [f"{day:%m-%d}" for day in found] == [
        "12-31", "01-31", "02-29", "03-31", "04-30", "05-31",
    ]  # fmt: skip
    assert following(Repeat(Every.MONTH, day=30), date(2027, 1, 30), 3)[1] == date(2027, 2, 28)


def test_begun_in_a_short_month_the_31st_is_the_31st_again() -> None:
    begun = date(2027, 2, 28)
    assert following(Repeat(Every.MONTH, day=31), begun, 3)[1:] == [
        date(2027, 3, 31), date(2027, 4, 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("repeat", "text"),
    [
        (Repeat(Every.DAY), "FREQ=DAILY"),
        (Repeat(Every.WEEK, 3, weekdays=(4, 0)), "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR"),
        (Repeat(Every.MONTH, day=15), "FREQ=MONTHLY;BYMONTHDAY=15"),
        (
            Repeat(Every.MONTH, 3, day=31, count=4),
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=4",
        ),
        (Repeat(Every.MONTH_END, 6), "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1"),
        (
            Repeat(Every.YEAR, day=29, month=2),
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
        ),
        (
            Repeat(Every.YEAR, day=31, month=12, until=date(2030, 12, 31)),
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31;UNTIL=20301231",
        ),
    ],
)
def test_as_text(repeat: Repeat, text: str) -> None:
    assert rule_text(repeat) == text


ends: st.SearchStrategy[tuple[date | None, int | None]] = st.one_of(
    st.just((None, None)),
    st.tuples(firsts, st.none()),
    st.tuples(st.none(), st.integers(1, 99)),
)


@given(firsts, ends, st.integers(1, 99), st.data())
def test_what_was_chosen_is_known_again_from_its_text(
    first: date, end: tuple[date | None, int | None], n: int, data: st.DataObject
) -> None:
    until, count = end
    chosen = data.draw(st.sampled_from(offered(first)))
    chosen = replace(chosen, n=n, until=until, count=count)
    assert repeat_of(rule_text(chosen)) == chosen


@pytest.mark.parametrize(
    ("text", "repeat"),
    [
        ("RRULE:WKST=SU;FREQ=WEEKLY;BYDAY=TU", Repeat(Every.WEEK, weekdays=(1,))),
        ("freq=monthly;interval=3;bymonthday=5", Repeat(Every.MONTH, 3, day=5)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;WKST=SU", Repeat(Every.MONTH_END)),
        ("FREQ=DAILY;BYHOUR=9", Repeat(Every.DAY)),
    ],
)
def test_a_rule_from_elsewhere_that_a_person_could_have_chosen(text: str, repeat: Repeat) -> None:
    assert repeat_of(text) == repeat


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=MONTHLY;BYMONTHDAY=31",  # which leaves short months out
        "FREQ=MONTHLY;BYMONTHDAY=28,29,31;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU",
        "FREQ=WEEKLY;BYDAY=TU;BYMONTH=3",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=1",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=DAILY;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=400",
        "FREQ=DAILY;COUNT=1000",
    ],
)
def test_a_rule_that_says_something_else_is_not_taken_for_a_choice(text: str) -> None:
    assert repeat_of(text) is None


def test_an_end_from_elsewhere_is_a_day_in_the_zone_of_the_store() -> None:
    text = "FREQ=DAILY;UNTIL=20261203T230000Z"
    assert repeat_of(text, zone=ZoneInfo("Europe/Brussels")) == Repeat(
        Every.DAY, until=date(2026, 12, 4)
    )


@given(firsts)
def test_what_is_offered_differs_from_the_second_time_on(first: date) -> None:
    found = [tuple(following(one, first, 60)) for one in offered(first)]
    assert len(set(found)) == len(found)
    assert all(len(days) == 60 for days in found)


@given(firsts)
def test_the_end_of_the_month_is_offered_where_the_day_is_one(first: date) -> None:
    is_end = (first + timedelta(days=1)).day == 1
    assert any(one.every == Every.MONTH_END for one in offered(first)) is is_end


@pytest.mark.parametrize(
    "repeat", [Repeat(Every.DAY, 0), Repeat(Every.DAY, 100), Repeat(Every.DAY, count=0)]
)
def test_a_number_that_makes_no_sense_is_refused(repeat: Repeat) -> None:
    with pytest.raises(NotANumberOfTimes, match="from 1 to 99"):
        rule_text(repeat)


def test_two_ends_are_refused() -> None:
    with pytest.raises(TwoEnds, match="not both"):
        rule_text(Repeat(Every.DAY, until=date(2027, 1, 1), count=3))


@pytest.mark.parametrize(
    "repeat",
    [
        Repeat(Every.WEEK),
        Repeat(Every.MONTH),
        Repeat(Every.MONTH, day=32),
        Repeat(Every.YEAR, day=1),
        Repeat(Every.YEAR, day=30, month=2),
    ],
)
def test_what_is_not_whole_is_a_bug(repeat: Repeat) -> None:
    with pytest.raises(ValueError, match=r"."):
        rule_text(repeat)
