"""Do rules make what they are to make, each occasion once, whatever happens in between?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.recovery import RightState
from clientele.domain.rules.touch_rules import Trigger
from clientele.domain.tables import (
    Appointment,
    Client,
    Consent,
    FollowUp,
    LineReturn,
    MadeRight,
    Occasion,
    Promise,
    Purchase,
    PurchaseLine,
    TouchRule,
    Visit,
)
from clientele.services.follow_ups_expiry import ExpireFollowUps, expire_follow_ups
from clientele.services.merging import Merge, merge_clients
from clientele.services.touch_rule_edits import (
    EditRule,
    RemoveRule,
    SwitchRule,
    edit_rule,
    remove_rule,
    switch_rule,
)
from clientele.services.touch_rules import (
    RunRules,
    StartingRules,
    clients_to_look_at,
    run_all,
    run_rules,
    start_rules,
)
from clientele.store.queries.touch_rules import kept_rules, rules_by_id
from clientele.store.session import open_store
from tests.conftest import DATA_KEY
from tests.services.floor import Floor
from tests.services.ruling import (
    a_manager,
    another,
    bought,
    follow_ups,
    keys,
    reachable,
    ruled,
    run,
    states,
)

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
OPEN, ENDED = FollowUpState.OPEN, FollowUpState.ENDED


@pytest.fixture
def manager(floor: Floor) -> int:
    """Who may change rules; Daniel can be reached and is Okafor's."""
    reachable(floor, floor.daniel, floor.okafor)
    return a_manager(floor)


def day(ahead: int) -> date:
    """So many days after today."""
    return TODAY + timedelta(days=ahead)


def test_a_thank_you_is_made_once_with_all_that_it_needs(floor: Floor, manager: int) -> None:
    purchase = bought(floor, floor.daniel, TODAY)
    rule = ruled(floor, manager)
    assert run(floor) == 1
    (one,) = follow_ups(floor)
    assert (one.client_id, one.associate_id, one.channel) == (floor.daniel, floor.okafor, "email")
    assert (one.reason, one.due_on, one.expires_on) == ("Thanks", day(3), day(17))
    assert (one.purpose, one.template, one.state) == ("news", "thank_you", OPEN)
    assert (one.rule_id, one.source, one.source_id) == (rule, "purchase", purchase)
    assert run(floor) == 0
    assert keys(floor) == [f"purchase:{purchase}"]


@pytest.mark.parametrize("days", range(40))
def test_whenever_it_is_first_looked_it_is_made_as_long_as_it_is_worth_it(
    floor: Floor, manager: int, days: int
) -> None:
    bought(floor, floor.daniel, TODAY - timedelta(days=days))
    ruled(floor, manager, wait=5, expires=10)
    run(floor)
    made = [one.due_on for one in follow_ups(floor)]
    assert made == ([max(day(5 - days), TODAY)] if days <= 15 else [])


def test_each_trigger_finds_its_fact(floor: Floor, manager: int) -> None:
    for trigger in Trigger:
        wait = 0 if trigger is Trigger.RHYTHM else 1
        ruled(floor, manager, trigger, wait=wait, overdue=0, among_all=False)
    who = {trigger: another(floor, trigger.value) for trigger in Trigger}
    bought(floor, who[Trigger.PURCHASE], date(2020, 1, 1))
    bought(floor, who[Trigger.PURCHASE], TODAY)
    floor.add(
        Visit(client_id=who[Trigger.FIRST], associate_id=floor.silva, arrived_at=AT, left_at=AT)
    )
    floor.add(
        Promise(
            client_id=who[Trigger.ALTERATION], associate_id=floor.silva, due_on=TODAY, what="hem",
            kind=PromiseKind.ALTERATION, state=PromiseState.KEPT, promised_at=AT, last_word_at=AT,
            ended_at=AT,
        )
    )  # fmt: skip
    floor.add(
        MadeRight(
            client_id=who[Trigger.MADE_RIGHT], associate_id=floor.silva,
            state=RightState.SOLVED, opened_at=AT, solved_at=AT,
        )
    )  # fmt: skip
    ahead = day(20)
    floor.add(
        Occasion(client_id=who[Trigger.OCCASION], kind="wedding", month=ahead.month, day=ahead.day)
    )
    floor.add(
        Appointment(
            client_id=who[Trigger.APPOINTMENT], associate_id=floor.silva,
            starts_at=AT + timedelta(days=4),
        )
    )  # fmt: skip
    for back in (70, 50, 30, 20):
        bought(floor, who[Trigger.RHYTHM], day(-back))
    bought(floor, who[Trigger.ANNIVERSARY], date(2025, 12, 10))
    run(floor)
    floor.do(expire_follow_ups, ExpireFollowUps())
    assert {one.state for one in follow_ups(floor)} == {OPEN}, "none of them is over"
    made = {one.client_id: (one.source, one.due_on) for one in follow_ups(floor)}
    assert {trigger: made.pop(who[trigger], None) for trigger in Trigger} == {
        Trigger.PURCHASE: ("purchase", day(1)),
        Trigger.FIRST: ("visit", day(1)),
        Trigger.ALTERATION: ("promise", day(1)),
        Trigger.MADE_RIGHT: ("made_right", day(1)),
        Trigger.OCCASION: ("occasion", day(19)),
        Trigger.APPOINTMENT: ("appointment", day(3)),
        Trigger.RHYTHM: ("rhythm", TODAY),
        Trigger.ANNIVERSARY: ("purchase", date(2026, 12, 11)),
    }
    assert made == {}


def test_through_edits_and_off_and_on_the_same_occasion_is_one(floor: Floor, manager: int) -> None:
    bought(floor, floor.daniel, TODAY)
    rule = ruled(floor, manager)
    run(floor)
    floor.do(switch_rule, SwitchRule(rule, False, manager))
    run(floor)
    assert states(floor) == [(ENDED, day(3))]
    floor.do(switch_rule, SwitchRule(rule, True, manager))
    run(floor)
    assert states(floor) == [(OPEN, day(3))]
    kept = floor.ask(rules_by_id)[rule]
    assert (kept.version, kept.on) == (3, True)
    floor.do(edit_rule, EditRule(replace(kept, name="Many thanks", wait=6), manager))
    run(floor)
    assert states(floor) == [(OPEN, day(6))]
    floor.do(remove_rule, RemoveRule(rule, manager))
    assert states(floor) == [(ENDED, day(6))]
    ruled(floor, manager, wait=1)
    run(floor)
    assert len(follow_ups(floor)) == len(keys(floor)) == 1, "another rule does not ask again"


def test_two_terminals_make_nothing_twice(floor: Floor, manager: int) -> None:
    for name in ("Ana", "Ben", "Cem"):
        bought(floor, another(floor, name), TODAY)
    ruled(floor, manager)
    now = floor.clock.now()
    other = open_store(floor.store.path, DATA_KEY)
    try:
        with other.read() as there, floor.store.read() as here:
            both = [tuple(clients_to_look_at(one, now=now)) for one in (there, here)]
        with floor.store.write() as session:
            run_rules(session, RunRules(both[1]), now=now)
        with other.write() as session:
            run_rules(session, RunRules(both[0]), now=now)
        assert run(floor, other) == 0
    finally:
        other.close()
    assert len(follow_ups(floor)) == 3


def test_what_was_brought_back_is_not_thanked_for(floor: Floor, manager: int) -> None:
    bought(floor, floor.daniel, TODAY)
    ruled(floor, manager)
    run(floor)
    back = floor.add(
        Purchase(
            client_id=floor.daniel, sold_at=AT + timedelta(hours=3), sold_on=TODAY, currency="EUR",
            total=-30_000,
        )
    )  # fmt: skip
    line = floor.add(
        PurchaseLine(
            purchase_id=back, department_id=floor.suits, item="Coat", amount=-30_000, quantity=-1000
        )
    )
    floor.add(LineReturn(sold_line_id=1, return_line_id=line))
    run(floor)
    assert states(floor) == [(ENDED, day(3))]
    run(floor)
    assert states(floor) == [(ENDED, day(3))]


def test_a_merge_asks_for_nothing_again_and_neither_does_its_undo(
    floor: Floor, manager: int
) -> None:
    ahead = day(12)
    gone = another(floor, "Daniel T", birth_month=ahead.month, birth_day=ahead.day)
    bought(floor, gone, TODAY)
    ruled(floor, manager)
    ruled(floor, manager, Trigger.OCCASION)
    run(floor)
    before = states(floor)
    assert len(before) == 2
    stays = another(floor, "Daniel Tran")
    merged = floor.do(merge_clients, Merge(gone, stays, by=floor.okafor))
    assert run(floor) == 0
    assert states(floor) == before
    assert {one.client_id for one in follow_ups(floor)} == {stays}
    assert merged.subject is not None
    floor.undo(merged)
    assert run(floor) == 0
    assert states(floor) == before


def test_it_ends_when_its_time_is_over_and_midnight_is_the_stores(
    floor: Floor, manager: int
) -> None:
    bought(floor, floor.daniel, TODAY)
    ruled(floor, manager, wait=1, expires=2)
    run(floor)
    floor.clock.set(datetime(2026, 11, 24, 22, 59, tzinfo=UTC))
    run(floor)
    assert states(floor) == [(OPEN, day(1))], "it is still the 24th in the store"
    floor.clock.set(datetime(2026, 11, 24, 23, 1, tzinfo=UTC))
    run(floor)
    assert states(floor) == [(FollowUpState.EXPIRED, day(1))]


def test_what_an_associate_took_in_hand_is_theirs(floor: Floor, manager: int) -> None:
    bought(floor, floor.daniel, TODAY)
    rule = ruled(floor, manager)
    run(floor)
    with floor.store.write() as session:
        session.execute(update(FollowUp).values(in_hand=True, due_on=day(9)))
    floor.do(remove_rule, RemoveRule(rule, manager))
    run(floor)
    assert states(floor) == [(OPEN, day(9))]


def test_what_is_done_or_planned_by_hand_is_not_asked_for(floor: Floor, manager: int) -> None:
    purchase = bought(floor, floor.daniel, TODAY)
    floor.add(
        FollowUp(
            client_id=floor.daniel, associate_id=floor.okafor, purchase_id=purchase,
            channel="call", reason="thanks", due_on=day(2), created_at=AT,
        )
    )  # fmt: skip
    ruled(floor, manager)
    run(floor)
    assert follow_ups(floor) == []


def test_a_refused_channel_is_never_used(floor: Floor, manager: int) -> None:
    bought(floor, floor.daniel, TODAY)
    with floor.store.write() as session:
        session.execute(update(Consent).values(allowed=False))
    ruled(floor, manager)
    run(floor)
    assert follow_ups(floor) == []


def test_erased_with_the_client(floor: Floor, manager: int) -> None:
    bought(floor, floor.daniel, TODAY)
    ruled(floor, manager)
    run(floor)
    with floor.store.write() as session:
        session.execute(delete(Client).where(col(Client.id) == floor.daniel))
    run(floor)
    assert follow_ups(floor) == [] == keys(floor)


def test_a_store_starts_with_rules_once(floor: Floor, manager: int) -> None:
    floor.do(start_rules, StartingRules("de"))
    found = floor.ask(kept_rules)
    assert len(found) == 8
    assert all(one.rule is not None and one.rule.on and one.shipped for one in found)
    assert found[0].rule is not None
    assert found[0].rule.name == "Dank für einen Kauf"
    for one in found:
        floor.do(remove_rule, RemoveRule(one.id, manager))
    floor.do(start_rules, StartingRules("en"))
    assert floor.ask(kept_rules) == ()


def test_a_whole_run_says_how_many_it_wrote(floor: Floor, manager: int) -> None:
    bought(floor, floor.daniel, TODAY)
    ruled(floor, manager)
    with floor.store.write() as session:
        assert run_all(session, now=floor.clock.now()) == 1
        assert run_all(session, now=floor.clock.now()) == 0


def test_a_rule_that_cannot_be_read_leaves_what_it_made(floor: Floor, manager: int) -> None:
    bought(floor, floor.daniel, TODAY)
    ruled(floor, manager)
    run(floor)
    with floor.store.write() as session:
        session.execute(update(TouchRule).values(body='{"form":99}'))
    run(floor)
    assert states(floor) == [(OPEN, day(3))]
    (kept,) = floor.ask(kept_rules)
    assert kept.rule is None
    assert "form 99" in kept.wrong
