"""Whose a problem is, when it is solved, and what the review finds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from inspect import signature
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.recovery import Decision, RightState
from clientele.domain.rules import made_right as rules
from clientele.domain.rules.cover import Away
from clientele.domain.rules.made_right import (
    MOVES,
    UNSOLVED,
    Problem,
    Reason,
    RightMove,
    RightStep,
    after,
    answers,
    praised,
    stands,
    too_little,
)

ZONE = ZoneInfo("Europe/Amsterdam")
HEARD = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)

moves = st.lists(st.sampled_from(RightMove))
decisions = st.sampled_from(Decision)
steps = st.lists(
    st.tuples(
        st.sampled_from([*map(str, Decision), "solved", "not solved"]),
        st.integers(min_value=0, max_value=90 * 24),
    ),
    max_size=8,
).map(
    lambda drawn: tuple(
        RightStep(what, HEARD + timedelta(hours=hours))
        for what, hours in sorted(drawn, key=lambda one: one[1])
    )
)
absences = st.lists(
    st.builds(
        Away,
        associate_id=st.integers(1, 5),
        cover_id=st.integers(1, 5),
        away_from=st.just(date(2026, 10, 1)),
        back_on=st.just(date(2026, 11, 1)),
    ),
    max_size=6,
)


def problem(*done: tuple[str, float], **known: object) -> Problem:
    """A problem heard on Monday 5 October, with steps so many days later."""
    told = tuple(RightStep(str(what), HEARD + days * DAY) for what, days in done)
    return Problem(**{"opened_at": HEARD, "steps": told, "goods": "boots", **known})  # type: ignore[arg-type]


def found(one: Problem, days: float) -> list[str]:
    return [reason.template for reason in too_little(one, now=HEARD + days * DAY)]


def well(one: Problem) -> list[str]:
    return [reason.template for reason in praised(one, zone=ZONE)]


# whose it is and how it stands


@given(moves, st.sampled_from(RightMove))
def test_only_the_clients_word_solves(done: list[RightMove], last: RightMove) -> None:
    before = stands(done)
    now = stands([*done, last])
    if now is RightState.SOLVED and before is not RightState.SOLVED:
        assert last is RightMove.SOLVED
        assert before is RightState.DECIDED


@given(moves)
def test_every_path_ends_in_a_state_that_is_somebodys_or_solved(done: list[RightMove]) -> None:
    assert stands(done) in (*UNSOLVED, RightState.SOLVED)


@given(moves)
def test_one_that_is_reopened_counts_again(done: list[RightMove]) -> None:
    if stands(done) is RightState.SOLVED:
        assert stands([*done, RightMove.NOT_SOLVED]) in UNSOLVED


@pytest.mark.parametrize("state", RightState)
def test_every_state_leads_on(state: RightState) -> None:
    assert any(after(state, move) for move in RightMove), "nobody is ever left with no way on"
    assert after(state, RightMove.DECIDE) is None or state in UNSOLVED


@given(st.integers(1, 5), st.sampled_from(RightState), absences)
def test_exactly_one_answers_in_every_state(
    owner: int, state: RightState, away: list[Away]
) -> None:
    who = answers(owner, date(2026, 10, 5), away)
    assert who in range(1, 6)
    assert answers(owner, date(2026, 11, 1), away) == owner, "theirs again on the day back"


def test_the_moves_reach_every_state() -> None:
    assert set(MOVES.values()) == set(RightState)


# too little


@given(steps, st.integers(0, 200))
def test_the_reasons_come_with_their_days_and_never_with_an_amount(
    done: tuple[RightStep, ...], days: int
) -> None:
    one = Problem(HEARD, done, "boots")
    now = max([HEARD + days * DAY, *(step.at for step in done)])
    for reason in (*too_little(one, now=now), *praised(one, zone=ZONE)):
        assert reason.template in rules.WORDS
        assert ("%n" in reason.template) == (reason.count >= 0)


def test_no_rule_can_see_a_cost_nor_says_too_much() -> None:
    assert "cost" not in " ".join(signature(Problem).parameters)
    assert "cost" not in " ".join(signature(RightStep).parameters)
    assert not any("too much" in words.lower() for words in rules.WORDS)


@pytest.mark.parametrize(("days", "expected"), [(0.9, []), (1, []), (2.5, ["Nothing was decided"])])
def test_nothing_decided_after_a_day(days: float, expected: list[str]) -> None:
    assert [words[:19] for words in found(problem(), days)] == expected


def test_a_late_decision_stays_told() -> None:
    one = problem((Decision.REPLACED, 3), ("solved", 4))
    assert too_little(one, now=HEARD + 5 * DAY) == (Reason(rules.NOTHING_DECIDED, 3),)


def test_not_solved_and_nothing_followed() -> None:
    one = problem((Decision.REPAIRED, 0), ("not solved", 2))
    assert found(one, 2.5) == []
    assert found(one, 5) == [rules.NOTHING_FOLLOWED]
    followed = problem((Decision.REPAIRED, 0), ("not solved", 2), (Decision.CASH_BACK, 2.2))
    assert found(followed, 5) == []


def test_nobody_asked() -> None:
    one = problem((Decision.CASH_BACK, 0))
    assert found(one, 7) == []
    assert found(one, 8) == [rules.NOBODY_ASKED]
    asked = problem((Decision.CASH_BACK, 0), asked_at=HEARD + 3 * DAY)
    assert found(asked, 8) == []
    before = problem((Decision.CASH_BACK, 2), asked_at=HEARD + DAY)
    assert rules.NOBODY_ASKED in found(before, 10), "asked before the last thing was done"


def test_it_took_long() -> None:
    solved = problem((Decision.CASH_BACK, 0), ("solved", 12), back_at=HEARD + 20 * DAY)
    assert too_little(solved, now=HEARD + 90 * DAY) == (Reason(rules.TOOK_LONG, 12),)
    waiting = problem((Decision.CASH_BACK, 0), asked_at=HEARD + 3 * DAY)
    assert found(waiting, 11) == [rules.TAKES_LONG]
    assert found(problem((Decision.CASH_BACK, 0), ("solved", 10)), 11) == []


def test_sorry_alone_is_too_little_for_goods_only_and_not_where_it_was_enough() -> None:
    assert found(problem((Decision.APOLOGY, 0)), 2) == [rules.ONLY_SORRY]
    assert found(problem((Decision.APOLOGY, 0)), 0.5) == [], "more may still come today"
    assert found(problem((Decision.APOLOGY, 0), goods=""), 2) == [], "for a long wait it may do"
    assert found(problem((Decision.APOLOGY, 0), ("solved", 1)), 2) == [], "they said it is enough"
    assert found(problem((Decision.APOLOGY, 0), (Decision.GIFT, 0)), 2) == []


def test_not_back_for_sixty_days() -> None:
    one = problem((Decision.CASH_BACK, 0), ("solved", 1))
    assert found(one, 60) == []
    assert too_little(one, now=HEARD + 61 * DAY) == (Reason(rules.NOT_BACK, 60),)
    back = problem((Decision.CASH_BACK, 0), ("solved", 1), back_at=HEARD + 30 * DAY)
    assert found(back, 100) == []


# well done


def test_the_tyres_are_praised() -> None:
    tyres = problem((Decision.CASH_BACK, 0.01), goods="four tyres", sold_here=False)
    assert well(tyres) == [rules.ON_THE_SPOT, rules.NEVER_SOLD, rules.NO_RECEIPT]
    assert too_little(tyres, now=HEARD + DAY) == ()


def test_on_the_spot_is_the_stores_day() -> None:
    late = datetime(2026, 10, 5, 21, 50, tzinfo=UTC)  # ten to midnight in the store
    told = (RightStep(Decision.GIFT, late + timedelta(minutes=20)),)
    assert rules.ON_THE_SPOT not in [
        reason.template for reason in praised(Problem(late, told), zone=ZONE)
    ]


def test_more_than_asked_is_two_things_without_being_asked_twice() -> None:
    assert rules.MORE_THAN_ASKED in well(problem((Decision.REPLACED, 0), (Decision.GIFT, 1)))
    assert rules.MORE_THAN_ASKED not in well(
        problem((Decision.REPAIRED, 0), ("not solved", 1), (Decision.REPLACED, 1))
    )
    assert rules.MORE_THAN_ASKED not in well(problem((Decision.APOLOGY, 0), (Decision.GIFT, 0)))


def test_words_alone_are_not_praised() -> None:
    assert well(problem((Decision.APOLOGY, 0))) == []
    assert well(problem()) == []


def test_what_the_client_does_not_call_solved_is_not_praised() -> None:
    assert well(problem((Decision.CASH_BACK, 0), ("not solved", 1))) == []
    assert well(problem((Decision.CASH_BACK, 0), ("not solved", 1), (Decision.REPLACED, 1))) != []


@given(decisions)
def test_a_receipt_at_hand_is_not_one_that_was_asked_for(decision: Decision) -> None:
    assert rules.NO_RECEIPT not in well(problem((decision, 0), receipt=True))
