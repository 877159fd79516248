"""The tables of a visit: no path loses who is with the client, and what has ended stays ended."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.visits import (
    HELP_AT,
    HELP_MOVES,
    STOP_MOVES,
    VISIT_MOVES,
    Help,
    HelpMove,
    StopMove,
    StopState,
    VisitMove,
    VisitState,
    help_state,
    stop_state,
    visit_state,
    with_client,
)

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@given(st.lists(st.sampled_from(VisitMove)))
def test_a_visit_only_goes_forward_and_ends_for_good(moves: list[VisitMove]) -> None:
    order = list(VisitState)
    state = VisitState.ARRIVED
    for move in moves:
        after = VISIT_MOVES.get((state, move))
        if state is VisitState.LEFT:
            assert after is None
            continue
        assert after is not None
        assert order.index(after) >= order.index(state)
        state = after


@given(st.lists(st.sampled_from(StopMove)))
def test_a_stop_that_was_begun_is_never_taken_off(moves: list[StopMove]) -> None:
    state, begun = StopState.PLANNED, False
    for move in moves:
        state = STOP_MOVES.get((state, move), state)
        begun = begun or state is StopState.HERE
        assert not (begun and state in (StopState.GONE, StopState.PLANNED))


@given(st.lists(st.sampled_from(HelpMove)))
def test_somebody_is_always_with_the_client(moves: list[HelpMove]) -> None:
    state = Help.NOBODY
    for move in moves:
        state = HELP_MOVES.get((state, move), state)
        colleague = None if state is Help.NOBODY else 2
        there = with_client(1, colleague, state)
        assert there
        assert (1 in there) is (state is not Help.ALONE)
        assert (2 in there) is (state in (Help.JOINED, Help.ALONE))


def test_nobody_is_left_with_a_colleague_who_was_not_asked() -> None:
    assert (Help.NOBODY, HelpMove.LEAVE_WITH) not in HELP_MOVES
    assert (Help.NOBODY, HelpMove.JOIN) not in HELP_MOVES
    for state in (Help.ASKED, Help.JOINED, Help.ALONE):
        assert HELP_MOVES[state, HelpMove.GO] is Help.NOBODY


def test_a_colleague_joins_only_where_the_client_is() -> None:
    for state in StopState:
        assert (HelpMove.JOIN in HELP_AT[state]) is (state is StopState.HERE)
        assert (HelpMove.BRING_IN in HELP_AT[state]) is (
            state in (StopState.HERE, StopState.PLANNED)
        )


@given(st.booleans(), st.booleans())
def test_states_are_read_off_the_moments(first: bool, second: bool) -> None:
    one, two = (AT if first else None), (AT if second else None)
    visit = VisitState.LEFT if second else VisitState.GREETED if first else VisitState.ARRIVED
    assert visit_state(one, two) is visit
    stop = StopState.PLANNED if not first else StopState.BEEN if second else StopState.HERE
    assert stop_state(one, two) is stop
    assert help_state(None, one, second) is Help.NOBODY
    joined = Help.ASKED if not first else Help.ALONE if second else Help.JOINED
    assert help_state(7, one, second) is joined
