"""Does a follow-up end by itself when, and only when, nothing is left of its reason?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.expiring import (
    Because,
    Expiry,
    Passing,
    expiry,
    reason_gone,
    state_on,
)
from tests.examples import examples

DUE = date(2026, 12, 1)
LATER = date(2026, 12, 15)

dates = st.dates(date(2023, 12, 1), date(2029, 3, 31)) | st.just(date(2028, 2, 29))
passings = st.lists(st.builds(Passing, st.sampled_from(Because), dates), max_size=4)


@pytest.mark.parametrize(
    ("because", "on", "gone"),
    [
        (Because.OCCASION_OVER, date(2026, 12, 5), date(2026, 12, 6)),
        (Because.APPOINTMENT_OVER, date(2026, 12, 1), date(2026, 12, 2)),
        (Because.OCCASION_OVER, date(2028, 2, 28), date(2028, 2, 29)),
        (Because.WISH_ENDED, date(2026, 11, 20), date(2026, 11, 20)),
        (Because.HOLD_ENDED, date(2026, 12, 3), date(2026, 12, 3)),
    ],
)
def test_each_reason_and_the_first_day_without_it(because: Because, on: date, gone: date) -> None:
    assert expiry(DUE, own=False, passings=[Passing(because, on)]) == Expiry(gone, because)


def test_due_for_too_long() -> None:
    found = expiry(DUE, own=False, expires_on=LATER)
    assert found == Expiry(LATER + timedelta(days=1), Because.TOO_LATE)
    assert state_on(LATER, FollowUpState.OPEN, found) == FollowUpState.OPEN
    assert state_on(date(2026, 12, 16), FollowUpState.OPEN, found) == FollowUpState.EXPIRED


def test_it_does_not_expire_before_it_is_due() -> None:
    found = expiry(DUE, own=False, expires_on=DUE - timedelta(days=9))
    assert found == Expiry(DUE + timedelta(days=1), Because.TOO_LATE)


def test_of_several_reasons_the_first_to_go_counts() -> None:
    several = [Passing(Because.OCCASION_OVER, LATER), Passing(Because.HOLD_ENDED, DUE)]
    assert expiry(DUE, own=False, passings=several) == Expiry(DUE, Because.HOLD_ENDED)
    both = [Passing(Because.OCCASION_OVER, LATER)]
    on_one_day = expiry(DUE, own=False, expires_on=LATER, passings=both)
    assert on_one_day == Expiry(LATER + timedelta(days=1), Because.OCCASION_OVER)


def test_what_is_due_after_an_occasion_is_about_what_came_of_it() -> None:
    over = [Passing(Because.OCCASION_OVER, DUE - timedelta(days=1))]
    assert expiry(DUE, own=False, passings=over) is None
    assert expiry(DUE, own=False, passings=[Passing(Because.OCCASION_OVER, DUE)]) is not None


def test_without_a_reason_it_stays() -> None:
    assert expiry(DUE, own=False) is None
    assert state_on(date(2126, 1, 1), FollowUpState.OPEN, None) == FollowUpState.OPEN


@settings(max_examples=examples(200))
@given(dates, st.none() | dates, passings, dates)
def test_ones_own_never_ends_by_itself_but_may_say_that_its_reason_is_gone(
    due_on: date, expires_on: date | None, gone: list[Passing], day: date
) -> None:
    found = expiry(due_on, own=True, expires_on=expires_on, passings=gone)
    assert state_on(day, FollowUpState.OPEN, found) == FollowUpState.OPEN
    of_a_rule = expiry(due_on, own=False, expires_on=expires_on, passings=gone)
    assert reason_gone(due_on, expires_on=expires_on, passings=gone) == of_a_rule


@settings(max_examples=examples(200))
@given(dates, st.none() | dates, passings, dates, st.integers(0, 900))
def test_once_expired_it_stays_so_and_was_open_until_its_day(
    due_on: date, expires_on: date | None, gone: list[Passing], day: date, later: int
) -> None:
    found = expiry(due_on, own=False, expires_on=expires_on, passings=gone)
    if state_on(day, FollowUpState.OPEN, found) == FollowUpState.EXPIRED:
        assert found is not None
        assert found.on <= day
        then = state_on(day + timedelta(days=later), FollowUpState.OPEN, found)
        assert then == FollowUpState.EXPIRED
        eve = found.on - timedelta(days=1)
        assert state_on(eve, FollowUpState.OPEN, found) == FollowUpState.OPEN
    if found is not None and found.because == Because.TOO_LATE and not gone:
        assert found.on > due_on


@given(st.sampled_from([FollowUpState.DONE, FollowUpState.DROPPED, FollowUpState.EXPIRED]), dates)
def test_what_has_ended_stays_as_it_ended(state: FollowUpState, day: date) -> None:
    assert state_on(day, state, Expiry(date(2000, 1, 1), Because.TOO_LATE)) == state
