"""Is exactly one associate responsible, whatever was offered, answered, lent and given back?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.client import HandOffState
from clientele.domain.rules.hand_offs import (
    MAY,
    MOVES,
    HandOffMove,
    Knows,
    Loan,
    after,
    for_a_department,
    for_the_whole,
    may_give,
    responsible,
    whose_move,
)

OWNER, TAKER, OTHER = 1, 2, 3
TODAY = date(2026, 11, 21)
people = st.integers(1, 5)
departments = st.integers(1, 3)
days = st.integers(-3, 3).map(lambda more: TODAY + timedelta(days=more))
loans = st.lists(st.builds(Loan, people, days, st.none() | departments), max_size=6)
known = st.lists(st.builds(Knows, departments, people), max_size=6)


def test_every_move_has_whose_it_is_and_no_move_leads_nowhere() -> None:
    assert set(MAY) == set(HandOffMove)
    assert {move for _, move in MOVES} == set(HandOffMove)
    assert set(MOVES.values()) == set(HandOffState) - {HandOffState.OFFERED}


@pytest.mark.parametrize("state", HandOffState)
@pytest.mark.parametrize("move", HandOffMove)
def test_what_is_not_in_the_table_cannot_be_done(state: HandOffState, move: HandOffMove) -> None:
    ended = {HandOffState.DECLINED, HandOffState.WITHDRAWN, HandOffState.GIVEN_BACK}
    if state in ended:
        assert after(state, move) is None
    else:
        assert (after(state, move) is None) == ((state, move) not in MOVES)
    assert whose_move(move, from_id=OWNER, to_id=TAKER) in (OWNER, TAKER)


@given(
    moves=st.lists(st.sampled_from(HandOffMove), max_size=8),
    until=st.none() | days,
    passed=st.integers(0, 6),
)
def test_the_taker_is_responsible_only_from_acceptance_to_return(
    moves: list[HandOffMove], until: date | None, passed: int
) -> None:
    """Refused moves change nothing; at the end it is either the giver's or the taker's."""
    state, accepted, returned = HandOffState.OFFERED, False, False
    for move in moves:
        there = after(state, move)
        if there is None:
            continue
        state = there
        accepted |= move is HandOffMove.ACCEPT
        returned |= move is HandOffMove.GIVE_BACK
    today = TODAY + timedelta(days=passed)
    now = responsible(state=state, from_id=OWNER, to_id=TAKER, until_on=until, today=today)
    over = until is not None and today > until
    assert now == (TAKER if accepted and not returned and not over else OWNER)


@given(owner=people, lent=loans, knows=known, department=departments, today=days)
def test_exactly_one_answers_for_the_whole_and_for_each_department(
    owner: int, lent: list[Loan], knows: list[Knows], department: int, today: date
) -> None:
    whole = for_the_whole(owner, lent, today)
    assert whole == owner or any(
        loan.to_id == whole and loan.on(today) and loan.department_id is None for loan in lent
    )
    part = for_a_department(department, owner, knows, lent, today)
    there = {loan.to_id for loan in lent if loan.on(today) and loan.department_id == department}
    at_home = {one.associate_id for one in knows if one.department_id == department}
    assert part is not None
    assert part in (there or at_home or {whole or 0})


@given(owner=people, lent=loans, knows=known, department=departments)
def test_when_every_loan_is_over_all_is_as_if_none_had_been(
    owner: int, lent: list[Loan], knows: list[Knows], department: int
) -> None:
    later = TODAY + timedelta(days=10)
    assert for_the_whole(owner, lent, later) == owner
    assert for_a_department(department, owner, knows, lent, later) == for_a_department(
        department, owner, knows, (), later
    )


def test_a_loan_holds_on_its_last_day_and_not_after() -> None:
    loan = Loan(TAKER, TODAY)
    assert for_the_whole(OWNER, [loan], TODAY) == TAKER
    assert for_the_whole(OWNER, [loan], TODAY + timedelta(days=1)) == OWNER
    assert for_the_whole(None, [], TODAY) is None


def test_who_came_last_to_a_department_answers_for_it() -> None:
    knows = [Knows(1, TAKER), Knows(1, OTHER), Knows(2, TAKER)]
    assert for_a_department(1, OWNER, knows, [], TODAY) == OTHER
    assert for_a_department(1, OWNER, knows, [Loan(TAKER, TODAY, 1)], TODAY) == TAKER
    assert for_a_department(3, OWNER, knows, [Loan(TAKER, TODAY)], TODAY) == TAKER


@given(mine=st.sets(people, min_size=1), owner=st.none() | people, knows=st.lists(people))
def test_nobody_gives_what_is_not_theirs(
    mine: set[int], owner: int | None, knows: list[int]
) -> None:
    giver = may_give(mine, owner=owner, knows=knows, served_by=None)
    if owner in mine:
        assert giver == owner
    elif giver is None:
        assert not mine & {owner, *knows}
    else:
        assert giver in mine & set(knows)
