"""Does a promise only ever go the ways that it may, and end once?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promise_steps import (
    BEGINS,
    MOVES,
    READY,
    STEPS,
    is_over,
    may_reach,
    next_step,
    place_of,
    state_after,
    step_after_all,
    steps_of,
)

KINDS = st.sampled_from(PromiseKind)


def test_every_kind_has_steps_and_its_last_one_keeps_it() -> None:
    assert set(STEPS) == set(PromiseKind)
    for kind, steps in STEPS.items():
        assert len(set(steps)) == len(steps)
        assert state_after(kind, steps[-1]) is PromiseState.KEPT
        assert all(state_after(kind, step) is not PromiseState.KEPT for step in ("", *steps[:-1]))
        assert BEGINS.get(kind, steps[0]) == steps[0]


def test_kept_and_broken_are_ends() -> None:
    assert set(MOVES) == set(PromiseState)
    for end in (PromiseState.KEPT, PromiseState.BROKEN):
        assert is_over(end)
    assert not any(is_over(going) for going in (PromiseState.OPEN, PromiseState.READY))
    assert not any(state in MOVES[state] for state in PromiseState)


def test_a_step_of_another_kind_is_none() -> None:
    assert place_of(PromiseKind.HOLD, "arrived") == 0
    assert not may_reach(PromiseKind.HOLD, "", "arrived")
    with pytest.raises(ValueError, match="arrived"):
        state_after(PromiseKind.HOLD, "arrived")


@given(kind=KINDS)
def test_one_step_after_the_other_leads_through_all_and_ends(kind: PromiseKind) -> None:
    walked, step = [], ""
    while (following := next_step(kind, step)) is not None:
        assert may_reach(kind, step, following)
        walked.append(following)
        step = following
    assert tuple(walked) == steps_of(kind)


@given(kind=KINDS, data=st.data())
def test_a_walk_goes_forward_but_for_not_yet_after_all_and_ends_once(
    kind: PromiseKind, data: st.DataObject
) -> None:
    step, state = "", PromiseState.OPEN
    for _ in range(12):
        wanted = data.draw(st.sampled_from((*steps_of(kind), "not yet")))
        before = place_of(kind, step)
        if wanted == "not yet":
            back = step_after_all(kind, step)
            assert (back is None) == (step not in READY)
            if back is None:
                continue
            assert place_of(kind, back) == before - 1
            assert PromiseState.OPEN in MOVES[state]
            step, state = back, state_after(kind, back)
            assert state is PromiseState.OPEN
        elif may_reach(kind, step, wanted):
            after = state_after(kind, wanted)
            assert after is state or after in MOVES[state]
            assert place_of(kind, wanted) > before
            step, state = wanted, after
        if state is PromiseState.KEPT:
            assert not any(may_reach(kind, step, other) for other in steps_of(kind))
            break
