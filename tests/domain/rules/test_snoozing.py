"""Are the days to which a follow-up can be put off those that a person would name?"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.errors import Refusal
from clientele.domain.rules.cover import Away
from clientele.domain.rules.dates import NotADay
from clientele.domain.rules.due_days import DayGone, Soon, day_of
from clientele.domain.rules.snoozing import (
    NotLater,
    Snooze,
    There,
    next_open,
    parse_snooze,
    snoozes,
)
from tests.examples import examples

TUESDAY = date(2026, 11, 17)
SATURDAY = date(2026, 11, 21)

todays = st.dates(date(2000, 1, 1), date(2100, 12, 31)) | st.sampled_from(
    [date(2028, 2, 28), date(2028, 2, 29), date(2027, 2, 28), date(2028, 1, 31), date(2027, 12, 31)]
)


def without(weekdays: frozenset[int], closed: frozenset[date]) -> There:
    """Open but on these."""
    return lambda day: day.weekday() not in weekdays and day not in closed


def test_on_a_tuesday() -> None:
    assert snoozes(TUESDAY) == (
        Snooze(date(2026, 11, 18), Soon.TOMORROW),
        Snooze(date(2026, 11, 20), Soon.THREE_DAYS),
        Snooze(date(2026, 11, 23), Soon.NEXT_MONDAY),
        Snooze(date(2026, 11, 24), Soon.NEXT_WEEK),
        Snooze(date(2026, 12, 1), Soon.TWO_WEEKS),
        Snooze(date(2026, 12, 17), Soon.NEXT_MONTH),
    )


def test_a_monday_that_stands_for_a_closed_sunday_is_not_called_tomorrow() -> None:
    found = snoozes(SATURDAY, there=without(frozenset({6}), frozenset()))
    assert found[0] == Snooze(date(2026, 11, 23), Soon.NEXT_MONDAY)
    assert [one.soon for one in found].count(Soon.TOMORROW) == 0


def test_a_day_that_is_moved_has_a_date_alone() -> None:
    found = snoozes(TUESDAY, there=without(frozenset(), frozenset({date(2026, 11, 18)})))
    assert found[0] == Snooze(date(2026, 11, 19), None)
    assert found[0].moved
    assert not found[1].moved


def test_while_the_associate_is_away_it_is_for_when_they_are_back() -> None:
    away = Away(7, 8, date(2026, 11, 18), date(2026, 11, 27))
    found = snoozes(TUESDAY, there=lambda day: not away.on(day))
    assert [(one.on, one.soon) for one in found] == [
        (date(2026, 11, 27), None),
        (date(2026, 12, 1), Soon.TWO_WEEKS),
        (date(2026, 12, 17), Soon.NEXT_MONTH),
    ]


@pytest.mark.parametrize(
    ("occasion_on", "before"),
    [
        (date(2027, 1, 20), date(2027, 1, 13)),
        (date(2026, 11, 25), date(2026, 11, 18)),
        (date(2026, 11, 24), date(2026, 11, 21)),
        (date(2026, 11, 20), date(2026, 11, 19)),
        (date(2026, 11, 19), date(2026, 11, 18)),
        (date(2026, 11, 18), None),
        (date(2026, 11, 17), None),
        (date(2026, 11, 1), None),
    ],
)
def test_before_their_occasion_while_there_is_time(occasion_on: date, before: date | None) -> None:
    found = [one.on for one in snoozes(TUESDAY, occasion_on=occasion_on) if one.occasion_on]
    assert found == ([] if before is None else [before])


def test_before_an_occasion_a_closed_day_is_left_for_an_earlier_one() -> None:
    sunday_a_week_before = date(2026, 12, 13)
    found = snoozes(
        TUESDAY,
        occasion_on=sunday_a_week_before + timedelta(days=7),
        there=without(frozenset({6}), frozenset()),
    )
    occasion = next(one for one in found if one.occasion_on)
    assert occasion.on == date(2026, 12, 12)
    assert not occasion.moved


def test_a_day_before_an_occasion_says_so_although_it_has_another_name() -> None:
    found = snoozes(TUESDAY, occasion_on=date(2026, 12, 1))
    assert Snooze(date(2026, 11, 24), None, date(2026, 12, 1)) in found


@settings(max_examples=examples(200))
@given(
    todays,
    st.none() | st.integers(-40, 400),
    st.frozensets(st.integers(0, 6), max_size=6),
    st.frozensets(st.integers(0, 60), max_size=30),
)
def test_no_two_are_equal_all_lie_ahead_and_somebody_is_there(
    today: date, occasion: int | None, weekdays: frozenset[int], holidays: frozenset[int]
) -> None:
    there = without(weekdays, frozenset(today + timedelta(days=days) for days in holidays))
    occasion_on = None if occasion is None else today + timedelta(days=occasion)
    found = snoozes(today, occasion_on=occasion_on, there=there)
    dates = [one.on for one in found]
    assert dates == sorted(set(dates))
    assert all(today < day and there(day) for day in dates)
    assert all(one.soon is None or one.on == day_of(one.soon, today) for one in found)
    assert all(one.occasion_on is None or one.on < one.occasion_on for one in found)
    for soon in (Soon.TOMORROW, Soon.NEXT_WEEK, Soon.NEXT_MONTH):
        if there(day_of(soon, today)):
            assert day_of(soon, today) in dates


def test_nothing_is_offered_where_the_store_is_never_open() -> None:
    assert snoozes(TUESDAY, occasion_on=date(2026, 12, 24), there=lambda _: False) == ()
    assert next_open(TUESDAY, lambda _: False) is None


def test_the_next_open_day_may_be_the_day_itself() -> None:
    assert next_open(TUESDAY, lambda _: True) == TUESDAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("in 2 weeks", date(2026, 12, 5)),
        ("fri", date(2026, 11, 27)),
        ("5 dec", date(2026, 12, 5)),
        ("nächsten Freitag", date(2026, 11, 27)),
        ("over twee weken", date(2026, 12, 5)),
        ("", None),
    ],
)
def test_a_day_that_is_typed(text: str, day: date | None) -> None:
    assert parse_snooze(text, SATURDAY) == day


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("today", NotLater),
        ("21 Nov", NotLater),
        ("20 Nov 2026", DayGone),
        ("some day", NotADay),
        ("December", NotADay),
    ],
)
def test_what_puts_nothing_off_is_refused(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        parse_snooze(text, SATURDAY)


@given(st.text(max_size=25), todays)
def test_whatever_is_typed_it_is_a_day_ahead_or_refused(text: str, today: date) -> None:
    with suppress(Refusal):
        day = parse_snooze(text, today)
        assert day is None or day > today
