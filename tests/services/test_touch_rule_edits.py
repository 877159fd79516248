"""Do only managers change rules, is a change as it was said, and can it be taken back?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.rights import associate
from clientele.domain.rules.touch_rules import Rule, RuleWithoutName, Trigger
from clientele.domain.rules.touch_rules_settle import Aftermath
from clientele.services.acting import NotAllowed
from clientele.services.changes import Changes
from clientele.services.touch_rule_edits import (
    AddRule,
    EditRule,
    OrderRules,
    RemoveRule,
    RuleChangedMeanwhile,
    SwitchRule,
    add_rule,
    edit_rule,
    order_rules,
    remove_rule,
    switch_rule,
)
from clientele.services.undo import CannotUndo
from clientele.store.queries.rule_outlook import aftermath_of, reach
from clientele.store.queries.touch_rules import kept_rules, rules_by_id
from tests.services.floor import Floor
from tests.services.ruling import a_manager, a_rule, another, bought, follow_ups, ruled, run, states

TODAY = date(2026, 11, 21)
OPEN, ENDED = FollowUpState.OPEN, FollowUpState.ENDED


@pytest.fixture
def manager(floor: Floor) -> int:
    """Who may change rules; Ana and Ben, who can be reached, bought something today."""
    for name in ("Ana", "Ben"):
        bought(floor, another(floor, name), TODAY)
    return a_manager(floor)


def day(ahead: int) -> date:
    """So many days after today."""
    return TODAY + timedelta(days=ahead)


def kept(floor: Floor, key: int) -> Rule:
    """A rule as it is now."""
    found: Rule = floor.ask(rules_by_id)[key]
    return found


def said(floor: Floor, key: int, rule: Rule | None) -> Aftermath:
    """What is said before a change."""
    found: Aftermath = floor.ask(aftermath_of, key, rule, now=floor.clock.now())
    return found


def test_only_managers_change_rules(floor: Floor, manager: int) -> None:
    key = ruled(floor, manager)
    by = floor.okafor
    with pytest.raises(NotAllowed):
        floor.do(add_rule, AddRule(a_rule(), by), acting=associate(by))
    with pytest.raises(NotAllowed):
        floor.do(edit_rule, EditRule(kept(floor, key), by), acting=associate(by))
    with pytest.raises(NotAllowed):
        floor.do(switch_rule, SwitchRule(key, False, by), acting=associate(by))
    with pytest.raises(NotAllowed):
        floor.do(remove_rule, RemoveRule(key, by), acting=associate(by))
    with pytest.raises(NotAllowed):
        floor.do(order_rules, OrderRules((key,), by), acting=associate(by))
    assert kept(floor, key).on


def test_what_makes_no_sense_is_not_kept(floor: Floor, manager: int) -> None:
    with pytest.raises(RuleWithoutName):
        floor.do(add_rule, AddRule(replace(a_rule(), name=" "), manager))
    key = ruled(floor, manager)
    with pytest.raises(RuleWithoutName):
        floor.do(edit_rule, EditRule(replace(kept(floor, key), name=""), manager))
    assert kept(floor, key).name == "Thanks"


def test_two_managers_do_not_overwrite_each_other(floor: Floor, manager: int) -> None:
    key = ruled(floor, manager)
    opened = kept(floor, key)
    floor.do(edit_rule, EditRule(replace(opened, wait=5), manager))
    with pytest.raises(RuleChangedMeanwhile):
        floor.do(edit_rule, EditRule(replace(opened, wait=9), manager))
    assert kept(floor, key).wait == 5


def test_nothing_changed_is_no_new_version(floor: Floor, manager: int) -> None:
    key = ruled(floor, manager)
    changes: Changes = floor.do(edit_rule, EditRule(kept(floor, key), manager))
    assert not changes
    assert kept(floor, key).version == 1


@pytest.mark.parametrize(
    ("change", "then"),
    [
        ({"wait": 8}, Aftermath(moved=2)),
        ({"name": "Others"}, Aftermath(kept=2)),
        ({"on": False}, Aftermath(ended=2)),
        ({"expires": 20}, Aftermath(kept=2)),
    ],
)
def test_what_is_said_is_what_is_done(
    floor: Floor, manager: int, change: dict[str, object], then: Aftermath
) -> None:
    key = ruled(floor, manager)
    run(floor)
    before = states(floor)
    new = replace(kept(floor, key), **change)  # type: ignore[arg-type]
    beforehand = said(floor, key, new)
    assert replace(beforehand, because=()) == then
    changes = floor.do(edit_rule, EditRule(new, manager))
    after = states(floor)
    assert sum(one[0] == ENDED for one in after) == then.ended
    assert sum(a != b for a, b in zip(before, after, strict=True)) == then.moved + then.ended
    floor.undo(changes)
    assert states(floor) == before
    assert kept(floor, key).version == 1


def test_removing_is_said_done_and_undone(floor: Floor, manager: int) -> None:
    key = ruled(floor, manager)
    run(floor)
    assert said(floor, key, None).ended == 2
    changes = floor.do(remove_rule, RemoveRule(key, manager))
    assert states(floor) == [(ENDED, day(3))] * 2
    assert floor.ask(kept_rules) == ()
    with pytest.raises(NotThere):
        floor.do(switch_rule, SwitchRule(key, True, manager))
    floor.undo(changes)
    assert states(floor) == [(OPEN, day(3))] * 2
    assert run(floor) == 0


def test_what_ended_says_why_and_forgets_it_when_it_is_back(floor: Floor, manager: int) -> None:
    key = ruled(floor, manager)
    run(floor)
    floor.do(switch_rule, SwitchRule(key, False, manager))
    assert {one.outcome for one in follow_ups(floor)} == {"rule switched off"}
    assert said(floor, key, replace(kept(floor, key), on=True)).brought_back == 2
    floor.do(switch_rule, SwitchRule(key, True, manager))
    assert {(one.state, one.outcome) for one in follow_ups(floor)} == {(OPEN, "")}


def test_a_preview_reaches_whom_the_run_reaches(floor: Floor, manager: int) -> None:
    rule = replace(a_rule(), on=False)
    found = floor.ask(reach, rule, now=floor.clock.now())
    assert (found.clients, [one.due_on for one in found.wanted]) == (2, [day(3), day(3)])
    ruled(floor, manager)
    run(floor)
    made = {one.client_id for one in follow_ups(floor)}
    assert made == {one.client_id for one in found.wanted}
    again = floor.ask(reach, rule, now=floor.clock.now())
    assert again.clients == 0
    assert again.why[0][1] == 2


def test_the_order_is_the_managers(floor: Floor, manager: int) -> None:
    keys = [ruled(floor, manager, trigger) for trigger in (Trigger.PURCHASE, Trigger.FIRST)]
    changes = floor.do(order_rules, OrderRules(tuple(reversed(keys)), manager))
    assert [one.id for one in floor.ask(kept_rules)] == keys[::-1]
    floor.undo(changes)
    assert [one.id for one in floor.ask(kept_rules)] == keys


def test_a_rule_with_follow_ups_is_removed_and_not_undone(floor: Floor, manager: int) -> None:
    changes = floor.do(add_rule, AddRule(a_rule(), manager))
    run(floor)
    with pytest.raises(CannotUndo):
        floor.undo(changes)
    assert len(floor.ask(kept_rules)) == 1
