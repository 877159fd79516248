"""A problem is somebody's until the client calls it solved, and everything can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from clientele.domain.errors import CardNumberFound, NotThere
from clientele.domain.money import NotAnAmount
from clientele.domain.recovery import Decision, RightState
from clientele.domain.rules.made_right import UNSOLVED
from clientele.domain.tables import ContactMade, ContactPoint, FollowUp, MadeRight, MadeRightStep
from clientele.services.follow_ups import DoFollowUp, DropFollowUp, NotOpenAnyMore, drop_follow_up
from clientele.services.made_right import (
    AlreadySolved,
    AskedIfSolved,
    ClientSays,
    CostBelowNothing,
    Decide,
    EditMadeRight,
    NothingDecided,
    OpenMadeRight,
    ProblemWithoutWords,
    asked_if_solved,
    client_says,
    decide,
    edit_made_right,
    open_made_right,
)
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.made_right import MadeRightRow, made_right
from clientele.system.clock import FixedClock
from tests.examples import examples
from tests.services.floor import Floor


def row(floor: Floor, key: int) -> MadeRightRow:
    found = floor.ask(made_right, key)
    assert isinstance(found, MadeRightRow)
    return found


def opened(floor: Floor, **known: Any) -> int:
    what = {"goods": "four winter tyres", "problem": "worn through", **known}
    return floor.new(open_made_right, OpenMadeRight(floor.daniel, floor.okafor, **what))


def rows(floor: Floor, table: Any) -> list[Any]:
    with floor.store.read() as session:
        return [one.model_dump() for one in session.scalars(select(table).order_by(col(table.id)))]


TYRES = {"decision": Decision.CASH_BACK, "cost": 48000, "sold_here": False}


def test_opened_and_decided_in_one_step_for_goods_we_never_sold(floor: Floor) -> None:
    key = opened(floor, **TYRES, word="of course")
    one = row(floor, key)
    assert (one.state, one.cost, one.sold_here, one.associate_id) == (
        RightState.DECIDED, 48000, False, floor.okafor,
    )  # fmt: skip
    assert [(step.what, step.word) for step in one.steps] == [("cash back", "of course")]
    (asking,) = rows(floor, FollowUp)
    assert asking["due_on"] == date(2026, 11, 24), "in three days"
    assert asking["associate_id"] == floor.okafor
    assert asking["reason"] == "Is it truly solved? (four winter tyres)"
    assert one.ask_on == asking["due_on"]


def test_it_is_heard_where_the_visit_is(floor: Floor) -> None:
    assert row(floor, opened(floor)).department == "Men's Suits", "one's own"
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.shoes))
    assert row(floor, opened(floor, visit_id=visit)).department == "Men's Shoes"
    said = opened(floor, visit_id=visit, department_id=floor.accessories)
    assert row(floor, said).department == "Accessories"


def test_nothing_but_a_word_is_needed(floor: Floor) -> None:
    key = opened(floor, goods="", problem="waited twenty minutes and nobody came")
    assert row(floor, key).state == RightState.OPEN
    assert rows(floor, FollowUp) == []
    with pytest.raises(ProblemWithoutWords):
        opened(floor, goods="  ", problem="\n")


def test_done_more_than_once_and_asked_once(floor: Floor, clock: FixedClock) -> None:
    key = opened(floor, **TYRES)
    clock.advance(timedelta(days=2))
    floor.do(decide, Decide(key, floor.silva, Decision.GIFT, "a scarf", 6500))
    one = row(floor, key)
    assert one.cost == 54500 == sum(step.cost for step in one.steps)
    assert one.associate_id == floor.okafor, "whoever helps, it stays whose it is"
    (asking,) = rows(floor, FollowUp)
    assert asking["due_on"] == date(2026, 11, 26), "asked after the last thing that was done"


def test_solved_by_the_clients_word_alone(floor: Floor) -> None:
    key = opened(floor)
    with pytest.raises(NothingDecided):
        floor.do(client_says, ClientSays(key, floor.okafor, solved=True))
    floor.do(decide, Decide(key, floor.okafor, Decision.REPLACED))
    floor.do(client_says, ClientSays(key, floor.okafor, True, "wrote to thank us"))
    one = row(floor, key)
    assert (one.state, one.solved_at, one.ask_on) == (RightState.SOLVED, floor.clock.now(), None)
    (asking,) = rows(floor, FollowUp)
    assert (asking["state"], asking["outcome"]) == ("done", "wrote to thank us")
    for again in (
        (decide, Decide(key, floor.okafor, Decision.GIFT)),
        (client_says, ClientSays(key, floor.okafor, solved=True)),
    ):
        with pytest.raises(AlreadySolved):
            floor.do(*again)


def test_not_solved_after_all_and_asked_anew(floor: Floor) -> None:
    key = opened(floor, **TYRES)
    floor.do(client_says, ClientSays(key, floor.okafor, True))
    floor.do(client_says, ClientSays(key, floor.okafor, False, "it squeaks again"))
    assert (row(floor, key).state, row(floor, key).solved_at) == (RightState.OPEN, None)
    floor.do(decide, Decide(key, floor.okafor, Decision.REPLACED))
    assert [one["state"] for one in rows(floor, FollowUp)] == ["done", "open"]


def test_the_follow_up_brings_the_answer(floor: Floor) -> None:
    key = opened(floor, **TYRES)
    point = ContactPoint(client_id=floor.daniel, kind="phone", value="+31205550188")
    point.normalised = point.value
    floor.add(point)
    (asking,) = rows(floor, FollowUp)
    done = DoFollowUp(asking["id"], floor.silva, "all fine, drives to Italy")
    changes = floor.do(asked_if_solved, AskedIfSolved(done, key, solved=True))
    one = row(floor, key)
    assert (one.state, one.steps[-1].word) == (RightState.SOLVED, "all fine, drives to Italy")
    assert one.asked_at == floor.clock.now()
    assert len(rows(floor, ContactMade)) == 1
    with pytest.raises(NotOpenAnyMore):
        floor.do(asked_if_solved, AskedIfSolved(done, key, solved=False))
    floor.undo(changes)
    assert row(floor, key).state == RightState.DECIDED
    assert rows(floor, ContactMade) == []
    assert rows(floor, FollowUp)[0]["state"] == "open"


def test_asked_again_where_the_follow_up_was_dropped(floor: Floor) -> None:
    key = opened(floor, **TYRES)
    floor.do(drop_follow_up, DropFollowUp(rows(floor, FollowUp)[0]["id"], floor.okafor))
    floor.do(decide, Decide(key, floor.okafor, Decision.GIFT))
    assert [one["state"] for one in rows(floor, FollowUp)] == ["dropped", "open"]


def test_a_long_problem_makes_a_short_reason(floor: Floor) -> None:
    opened(floor, goods="", problem="word " * 40, decision=Decision.OTHER)
    assert len(rows(floor, FollowUp)[0]["reason"]) < 90


@pytest.mark.parametrize("field", ["goods", "problem", "word"])
def test_a_card_number_is_refused(floor: Floor, field: str) -> None:
    with pytest.raises(CardNumberFound):
        opened(floor, decision=Decision.CASH_BACK, **{field: "paid with 4111 1111 1111 1111"})
    assert rows(floor, MadeRight) == []


def test_a_cost_below_nothing_is_refused(floor: Floor) -> None:
    with pytest.raises(CostBelowNothing):
        opened(floor, decision=Decision.GIFT, cost=-1)
    with pytest.raises(NotAnAmount, match="“about fifty” is not an amount"):
        opened(floor, decision=Decision.GIFT, cost="about fifty")
    assert row(floor, opened(floor, decision=Decision.GIFT, cost="1.127,50")).cost == 112750
    assert row(floor, opened(floor, decision=Decision.GIFT, cost=" ")).cost == 0
    key = opened(floor)
    with pytest.raises(CostBelowNothing):
        floor.do(decide, Decide(key, floor.okafor, Decision.GIFT, cost=-1))
    with pytest.raises(CostBelowNothing):
        floor.do(decide, Decide(key, floor.okafor, Decision.GIFT, cost="-5"))
    assert row(floor, key).steps == ()


def test_a_decision_is_one_of_those_there_are(floor: Floor) -> None:
    key = opened(floor)
    with pytest.raises(ValueError, match="a hug"):
        floor.do(decide, Decide(key, floor.okafor, "a hug"))
    with pytest.raises(NotThere):
        floor.do(decide, Decide(key + 1, floor.okafor, Decision.GIFT))


def test_words_are_kept_as_they_are_typed(floor: Floor) -> None:
    key = opened(floor)
    floor.do(edit_made_right, EditMadeRight(key, "problem", "worn through after one winter"))
    assert row(floor, key).problem == "worn through after one winter"
    with pytest.raises(ValueError, match="state"):
        floor.do(edit_made_right, EditMadeRight(key, "state", "solved"))


@pytest.mark.parametrize("act", ["open", "decide", "again", "solved", "not solved", "edit"])
def test_each_can_be_undone(floor: Floor, act: str) -> None:
    tables = (MadeRight, MadeRightStep, FollowUp)
    if act == "open":
        before = [rows(floor, table) for table in tables]
        changes = floor.do(
            open_made_right, OpenMadeRight(floor.daniel, floor.okafor, "tyres", decision="gift")
        )
    else:
        key = opened(floor, **({} if act == "decide" else TYRES))
        before = [rows(floor, table) for table in tables]
        changes = {
            "decide": lambda: floor.do(decide, Decide(key, floor.silva, Decision.CREDIT)),
            "again": lambda: floor.do(decide, Decide(key, floor.silva, Decision.GIFT)),
            "solved": lambda: floor.do(client_says, ClientSays(key, floor.silva, True, "thanks")),
            "not solved": lambda: floor.do(client_says, ClientSays(key, floor.silva, False)),
            "edit": lambda: floor.do(edit_made_right, EditMadeRight(key, "goods", "five tyres")),
        }[act]()
    assert changes.clients == {floor.daniel}
    assert [rows(floor, table) for table in tables] != before
    floor.undo(changes)
    assert [rows(floor, table) for table in tables] == before


acts = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(Decision), st.integers(0, 10**9)),
        st.tuples(st.booleans(), st.none()),
    ),
    max_size=8,
)


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts)
def test_no_path_loses_the_owner_and_the_cost_is_that_of_the_steps(
    floor: Floor, done: list[tuple[Any, int | None]]
) -> None:
    others = sum(each["state"] == "open" for each in rows(floor, FollowUp))
    key = opened(floor)
    spent = 0
    for what, cost in done:
        before = row(floor, key)
        try:
            if cost is None:
                floor.do(client_says, ClientSays(key, floor.silva, what))
            else:
                floor.do(decide, Decide(key, floor.silva, what, cost=cost))
                spent += cost
        except (AlreadySolved, NothingDecided):
            assert row(floor, key) == before, "what is refused changes nothing"
        one = row(floor, key)
        assert one.associate_id == floor.okafor
        assert one.cost == spent
        assert (one.solved_at is None) == (one.state in UNSOLVED)
        asking = sum(each["state"] == "open" for each in rows(floor, FollowUp)) - others
        assert asking == (one.state == RightState.DECIDED), "somebody will ask, and only one"
        if one.state == RightState.SOLVED:
            assert one.steps[-1].what == "solved"
