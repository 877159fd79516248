"""Does each reason hold when it should, and come in the right order?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.client import Purpose
from clientele.domain.rules.returning import Learnt
from clientele.domain.rules.worth_a_call import (
    ARRIVED_WITHIN,
    KEPT_WITHIN,
    OCCASION_WITHIN,
    RESTS,
    SEASON_AFTER,
    SEASON_BEFORE,
    Because,
    Facts,
    Judge,
    Lacking,
    Reason,
    Thing,
    together,
    value_of,
    weeks,
)
from clientele.domain.rules.worth_departments import Course

TODAY = date(2026, 11, 21)
COURSE = Course({(1,): (40, {2: 30, 3: 5}), (5,): (7, {2: 6})})
JUDGE = Judge(TODAY, Learnt(), COURSE)


def ago(*days: int) -> list[int]:
    """Day numbers, so many days before today, in order."""
    return sorted(TODAY.toordinal() - day for day in days)


def thing(days_ago: int, words: str = "") -> Thing:
    """A row of so many days ago."""
    return Thing(1, TODAY - timedelta(days_ago), words)


def kinds(reasons: Sequence[Reason]) -> list[str]:
    """Which reasons, in their order."""
    return [reason.because.value for reason in reasons]


EVERY_SIX_WEEKS = ago(63, 105, 147, 189, 231)
"""Every 42 days, and now away for 63."""


def test_a_rhythm_is_overdue_with_the_days_behind_it() -> None:
    (reason,) = JUDGE.reasons(Facts(EVERY_SIX_WEEKS))
    assert reason.because is Because.RHYTHM
    assert (reason.usual, reason.since, reason.longer, reason.gaps) == (42, 63, 0, 4)
    assert [(TODAY - day).days for day in reason.days] == [63, 105, 147, 189, 231]
    assert reason.purpose is Purpose.NEWS


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (ago(62, 104, 146, 188, 230), "not for one and a half times the usual gap"),
        (ago(63, 105, 147), "too few buying days"),
        (ago(63, 103, 143, 183, 253, 323), "away so long in two of five gaps"),
        (ago(211, 253, 295, 337), "five times as long: it is no rhythm any more"),
        (ago(6, 8, 10, 12, 14), "less than a week late"),
        (ago(), "never bought"),
    ],
)
def test_a_rhythm_is_not_overdue(days: list[int], why: str) -> None:
    assert Because.RHYTHM not in kinds(JUDGE.reasons(Facts(days))), why


def test_to_be_away_so_long_once_in_five_gaps_is_seldom() -> None:
    (reason,) = JUDGE.reasons(Facts(ago(63, 103, 143, 183, 223, 293)))
    assert (reason.longer, reason.gaps) == (1, 5)


def test_whoever_is_likelier_to_stay_away_weighs_more() -> None:
    often, seldom = EVERY_SIX_WEEKS, ago(150, 250, 350, 450, 550)
    weights = [JUDGE.reasons(Facts(days))[0].weight for days in (often, seldom)]
    assert weights[0] < weights[1]


def test_the_season_of_an_earlier_purchase_with_its_days() -> None:
    (reason,) = JUDGE.reasons(Facts(ago(360, 725)))
    assert reason.because is Because.SEASON
    assert [(TODAY - day).days for day in reason.days] == [360, 725]


def test_more_years_weigh_more() -> None:
    once, twice = (JUDGE.reasons(Facts(days))[0].weight for days in (ago(360), ago(360, 725)))
    assert once < twice


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (ago(20, 360), "bought in this season already"),
        (ago(365 + SEASON_BEFORE + 1), "a day too early"),
        (ago(365 - SEASON_AFTER - 1), "a day too late"),
        (ago(360, *range(400, 640, 40)), "they buy all the year round"),
        (ago(3 * 365), "three years ago and not since"),
    ],
)
def test_no_season(days: list[int], why: str) -> None:
    assert Because.SEASON not in kinds(JUDGE.reasons(Facts(days))), why


@pytest.mark.parametrize("off", [-SEASON_AFTER, 0, SEASON_BEFORE])
def test_the_same_weeks_reach_from_before_to_after(off: int) -> None:
    assert kinds(JUDGE.reasons(Facts(ago(365 + off)))) == ["season"]


def test_the_same_weeks_on_29_february() -> None:
    leap = date(2028, 2, 29)
    assert weeks(leap)[(leap - date(2027, 2, 28)).days] == 1
    assert weeks(leap)[(leap - date(2024, 2, 29)).days] == 4


def test_a_wish_that_arrived_until_somebody_heard_of_it() -> None:
    wish = thing(3, words="Suede boot")
    (reason,) = JUDGE.reasons(Facts((), wishes=(wish,)))
    assert (reason.because, reason.thing, reason.purpose) == (
        Because.WISH,
        wish,
        Purpose.SERVICE,
    )
    for heard in (
        Facts((), wishes=(wish,), reached=wish.on),
        Facts((), wishes=(wish,), seen=wish.on),
        Facts((), wishes=(thing(ARRIVED_WITHIN + 1),)),
    ):
        assert JUDGE.reasons(heard) == ()
    before = Facts((), wishes=(wish,), reached=wish.on - timedelta(1))
    assert kinds(JUDGE.reasons(before)) == ["wish"]


def test_a_promise_just_kept_until_somebody_asked() -> None:
    assert kinds(JUDGE.reasons(Facts((), kept=(thing(1),)))) == ["promise"]
    assert kinds(JUDGE.reasons(Facts((), kept=(thing(1),), seen=TODAY - timedelta(1)))) == [
        "promise"
    ]
    for none in (
        Facts((), kept=(thing(0),)),
        Facts((), kept=(thing(KEPT_WITHIN + 1),)),
        Facts((), kept=(thing(5),), reached=TODAY - timedelta(5)),
    ):
        assert JUDGE.reasons(none) == ()


def test_an_occasion_ahead_the_nearer_the_more() -> None:
    near, far = (JUDGE.reasons(Facts((), occasions=(thing(-ahead),)))[0] for ahead in (2, 15))
    assert near.because is far.because is Because.OCCASION
    assert near.weight > far.weight
    for none in (-OCCASION_WITHIN - 1, 1):
        assert JUDGE.reasons(Facts((), occasions=(thing(none),))) == ()


def test_a_new_department_with_who_went_there() -> None:
    (reason,) = JUDGE.reasons(Facts((), departments=(1,)))
    assert reason.because is Because.DEPARTMENT
    assert reason.following is not None
    assert (reason.following.department, reason.following.took, reason.following.of) == (2, 30, 40)


def test_news_rest_after_somebody_was_reached_or_here_and_service_does_not() -> None:
    whole = Facts(EVERY_SIX_WEEKS, wishes=(thing(1),), departments=(1,))
    assert kinds(JUDGE.reasons(whole)) == ["wish", "rhythm", "department"]
    lately, before = TODAY - timedelta(RESTS - 1), TODAY - timedelta(RESTS)
    for day, expected in ((lately, ["wish"]), (before, ["wish", "rhythm", "department"])):
        for facts in (
            Facts(EVERY_SIX_WEEKS, wishes=(thing(1),), departments=(1,), reached=day),
            Facts(EVERY_SIX_WEEKS, wishes=(thing(1),), departments=(1,), seen=day),
        ):
            assert kinds(JUDGE.reasons(facts)) == expected


def test_nobody_with_whom_something_is_going_on() -> None:
    assert JUDGE.reasons(Facts(EVERY_SIX_WEEKS, wishes=(thing(1),), busy=True)) == ()


def test_what_was_set_aside_stays_away() -> None:
    facts = Facts(EVERY_SIX_WEEKS, wishes=(thing(1),))
    assert kinds(JUDGE.reasons(facts, aside=frozenset({"wish"}))) == ["rhythm"]
    assert JUDGE.reasons(facts, aside=frozenset({""})) == ()


def test_only_service_where_news_are_not_wanted() -> None:
    facts = Facts(EVERY_SIX_WEEKS, wishes=(thing(1),), occasions=(thing(-2),), departments=(1,))
    assert kinds(JUDGE.reasons(facts, news=False)) == ["wish"]


def test_where_there_is_not_enough_data_it_says_so() -> None:
    assert JUDGE.lacking(Facts(ago(30, 20), departments=(5,))) == (
        Lacking(Because.RHYTHM, days=2),
        Lacking(Because.SEASON),
        Lacking(Because.DEPARTMENT, seen=7),
    )
    assert JUDGE.lacking(Facts(ago(10, 100, 200, 700), departments=(1,))) == ()


def test_a_stronger_reason_comes_first_and_a_further_one_adds() -> None:
    one = JUDGE.reasons(Facts(EVERY_SIX_WEEKS))
    two = JUDGE.reasons(Facts(EVERY_SIX_WEEKS, occasions=(thing(-1),)))
    assert kinds(two) == ["occasion", "rhythm"]
    assert value_of(two) > value_of(one)


DAYS = st.lists(st.integers(-3, 1500), max_size=12).map(lambda days: ago(*set(days)))
THINGS = st.lists(st.integers(-30, 80).map(thing), max_size=2).map(tuple)
MAYBE = st.none() | st.integers(0, 40).map(lambda days: TODAY - timedelta(days))
FACTS = st.builds(
    Facts,
    DAYS,
    THINGS,
    THINGS,
    THINGS,
    st.sampled_from([(), (1,), (5,), (1, 2)]),
    MAYBE,
    MAYBE,
    st.booleans(),
)


@given(facts=FACTS, aside=st.sets(st.sampled_from(["", *Because])), news=st.booleans())
def test_no_reason_that_was_set_aside_or_is_not_allowed(
    facts: Facts, aside: set[str], news: bool
) -> None:
    found = JUDGE.reasons(facts, aside=frozenset(aside), news=news)
    assert not set(kinds(found)) & aside
    assert not (found and ("" in aside or facts.busy))
    assert news or all(reason.purpose is Purpose.SERVICE for reason in found)
    assert all(0 < reason.weight < 1 for reason in found)
    assert [reason.weight for reason in found] == sorted(
        (reason.weight for reason in found), reverse=True
    )


@given(days=DAYS)
def test_going_through_many_says_the_same_of_days(days: list[int]) -> None:
    of_days = (
        reason
        for reason in JUDGE.reasons(Facts(days))
        if reason.because in (Because.RHYTHM, Because.SEASON)
    )
    assert JUDGE.by_days(days) == value_of(of_days)


@given(st.lists(st.floats(0, 0.95), max_size=6), st.randoms())
def test_together_is_the_same_in_whatever_order_and_never_less(
    weights: list[float], by: Random
) -> None:
    shuffled = list(weights)
    by.shuffle(shuffled)
    assert together(shuffled) == together(weights)
    assert (
        together([*weights, 0.1])
        >= together(weights)
        >= max((together([weight]) for weight in weights), default=0)
    )
