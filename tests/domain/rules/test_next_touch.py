"""Is it known of every client when they next hear from us, about what and from whom?"""

from __future__ import annotations

import random
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.rules.cover import Away, acting
from clientele.domain.rules.next_touch import (
    NextTouch,
    Planned,
    Touch,
    TouchKind,
    in_order,
    next_touch,
)
from tests.examples import examples

TODAY = date(2028, 2, 29)
MINE = 7


def touch(kind: TouchKind, days: int, *, key: int = 1, waits: bool = False) -> Touch:
    """Something so many days from today."""
    return Touch(kind, key, TODAY + timedelta(days=days), MINE, waits=waits)


kinds = st.sampled_from(TouchKind)
touches = st.lists(
    st.builds(
        Touch,
        kinds,
        st.integers(1, 50),
        st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days)),
        st.none() | st.integers(1, 4),
        at=st.none() | st.times(),
        waits=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: (one.kind, one.id),
)
absences = st.lists(
    st.builds(
        lambda who, cover, begin, long: Away(
            who, cover, TODAY + timedelta(days=begin), TODAY + timedelta(days=begin + long)
        ),
        st.integers(1, 4),
        st.integers(1, 4),
        st.integers(-30, 30),
        st.integers(1, 60),
    ),
    max_size=4,
)


def test_nothing_is_planned() -> None:
    assert next_touch([], TODAY) == NextTouch(Planned.NOTHING)


@pytest.mark.parametrize("kind", [TouchKind.APPOINTMENT, TouchKind.OCCASION])
def test_what_has_gone_by_is_no_plan(kind: TouchKind) -> None:
    assert next_touch([touch(kind, -1)], TODAY).planned == Planned.NOTHING
    assert next_touch([touch(kind, 0)], TODAY).planned == Planned.TODAY


@pytest.mark.parametrize("kind", [TouchKind.PROMISE, TouchKind.FOLLOW_UP])
def test_what_is_overdue_leads_and_says_since_when(kind: TouchKind) -> None:
    late = touch(kind, -3)
    found = next_touch([touch(TouchKind.APPOINTMENT, 0), late, touch(kind, -1, key=2)], TODAY)
    assert found == NextTouch(Planned.OVERDUE, late, MINE, overdue_days=3, others=2)


def test_the_next_one_ahead() -> None:
    ahead = touch(TouchKind.OCCASION, 5)
    found = next_touch([touch(TouchKind.FOLLOW_UP, 9), ahead], TODAY)
    assert found == NextTouch(Planned.AHEAD, ahead, MINE, others=1)


@given(st.permutations(list(TouchKind)), st.integers(0, 30))
def test_on_one_day_the_client_who_comes_then_the_word_given_then_our_plan(
    order: list[TouchKind], days: int
) -> None:
    found = in_order([touch(kind, days) for kind in order], TODAY)
    assert [one.kind for one in found] == list(TouchKind)


def test_of_one_kind_on_one_day_the_earlier_time_leads_and_none_is_last() -> None:
    on, kind = TODAY, TouchKind.APPOINTMENT
    some_time = Touch(kind, 1, on, MINE)
    late, early = Touch(kind, 2, on, MINE, at=time(17)), Touch(kind, 3, on, MINE, at=time(0))
    again = Touch(kind, 4, on, MINE, at=time(17))
    assert in_order([some_time, again, late, early], TODAY) == (early, late, again, some_time)


def test_what_waits_for_the_client_is_never_overdue() -> None:
    ready = touch(TouchKind.PROMISE, -5, waits=True)
    found = next_touch([ready, touch(TouchKind.FOLLOW_UP, 1)], TODAY)
    assert (found.planned, found.touch, found.overdue_days) == (Planned.TODAY, ready, 0)
    due = touch(TouchKind.FOLLOW_UP, 0)
    assert in_order([ready, due], TODAY) == (due, ready)


def test_who_covers_does_it_on_a_day_when_its_owner_is_away() -> None:
    away = [Away(MINE, 8, TODAY, TODAY + timedelta(days=4))]
    assert next_touch([touch(TouchKind.FOLLOW_UP, 3)], TODAY, away).by == 8
    assert next_touch([touch(TouchKind.FOLLOW_UP, 4)], TODAY, away).by == MINE
    assert next_touch([touch(TouchKind.FOLLOW_UP, -9)], TODAY, away).by == 8


def test_an_occasion_of_nobodys_client_is_nobodys() -> None:
    assert next_touch([Touch(TouchKind.OCCASION, 1, TODAY, None)], TODAY).by is None


@settings(max_examples=examples(250))
@given(touches, absences, st.randoms(use_true_random=False))
def test_of_every_client_it_is_known(
    there: list[Touch], away: list[Away], chance: random.Random
) -> None:
    found = next_touch(there, TODAY, away)
    shuffled = there.copy()
    chance.shuffle(shuffled)
    assert next_touch(shuffled, TODAY, away) == found
    stays = (TouchKind.PROMISE, TouchKind.FOLLOW_UP)
    open_still = [one for one in there if one.on >= TODAY or one.kind in stays]
    late = [one for one in open_still if one.on < TODAY and not one.waits]
    assert (found.planned == Planned.NOTHING) == (not open_still)
    assert (found.planned == Planned.OVERDUE) == bool(late)
    if found.touch is None:
        assert (found.by, found.others) == (None, 0)
        return
    assert found.others == len(open_still) - 1
    day = max(found.touch.on, TODAY)
    assert (found.planned == Planned.AHEAD) == (day > TODAY)
    assert found.touch.on == min(one.on for one in late) if late else True
    assert late or day == min(max(one.on, TODAY) for one in open_still)
    assert found.by == (None if found.touch.by is None else acting(found.touch.by, day, away))
