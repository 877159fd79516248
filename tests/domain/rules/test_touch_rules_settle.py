"""What becomes of follow-ups when their rule or fact changes, and is it said beforehand?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from clientele.domain.money import Money
from clientele.domain.rules.touch_rules import Rule, Trigger
from clientele.domain.rules.touch_rules_facts import (
    Event,
    Gone,
    Made,
    MadeState,
    Part,
)
from clientele.domain.rules.touch_rules_meet import Why, touches
from clientele.domain.rules.touch_rules_settle import (
    Aftermath,
    Cause,
    Fate,
    Settled,
    aftermath,
    all_settled,
    settled,
)
from tests.domain.rules.touching import (
    BOUGHT,
    CLIENT,
    MONDAY,
    SATURDAY,
    SHOES,
    SHOP,
    SUITS,
    TODAY,
    TUESDAY,
    a_fact,
    a_rule,
    bought,
    euros,
)

RULE = a_rule(least=euros(500))


def _made(rule: Rule = RULE, event: Event = BOUGHT, **other: Any) -> Made:
    (wanted,) = touches(rule, [event], CLIENT, (), SHOP, TODAY).wanted
    return replace(wanted.made, **other)


def _settle(made: Made, rule: Rule | None, *events: Event, **other: Any) -> Settled:
    said = {"client": CLIENT, "others": (), "shop": SHOP, "today": TODAY, **other}
    return settled(made, rule, events, **said)


def test_nothing_changed_nothing_moves() -> None:
    for today in (TODAY, SATURDAY, date(2026, 12, 5)):
        found = _settle(_made(), RULE, BOUGHT, today=today)
        assert (found.fate, found.why) == (Fate.KEEP, Cause.AS_IT_WAS)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (replace(RULE, on=False), Cause.RULE_OFF),
        (None, Cause.RULE_GONE),
        (replace(RULE, least=euros(900)), Why.AMOUNT),
        (replace(RULE, departments=frozenset({13})), Why.DEPARTMENT),
        (replace(RULE, tags=frozenset({22})), Why.TAG),
        (a_rule(Trigger.ALTERATION), Why.OTHER_TRIGGER),
    ],
)
def test_what_a_rule_no_longer_asks_for_ends_unless_it_is_in_hand(
    rule: Rule | None, why: Cause | Why
) -> None:
    found = _settle(_made(), rule, BOUGHT)
    assert (found.fate, found.why) == (Fate.END, why)
    mine = _settle(_made(in_hand=True), rule, BOUGHT)
    assert (mine.fate, mine.why) == (Fate.KEEP, Cause.IN_HAND)
    for state in (MadeState.DONE, MadeState.DROPPED):
        assert _settle(_made(state=state), rule, BOUGHT).fate is Fate.KEEP
    by_hand = _settle(_made(rule_id=None), rule, BOUGHT)
    assert (by_hand.fate, by_hand.why) == (Fate.KEEP, Cause.BY_HAND)


def test_no_thanks_for_what_was_brought_back_even_where_it_is_in_hand() -> None:
    back = bought(returned=True, parts=(Part(SUITS, 0),))
    for rule in (RULE, None, replace(RULE, on=False)):
        for in_hand in (False, True):
            found = _settle(_made(in_hand=in_hand), rule, back)
            assert (found.fate, found.why) == (Fate.END, Why.RETURNED)
    some = bought(parts=(Part(SUITS, 0), Part(SHOES, 60000)))
    assert _settle(_made(), RULE, some).fate is Fate.KEEP


def test_a_fact_that_is_no_more_ends_it() -> None:
    appointment = a_fact(Trigger.APPOINTMENT, MONDAY)
    rule = a_rule(Trigger.APPOINTMENT, wait=1)
    for in_hand in (False, True):
        found = _settle(_made(rule, appointment, in_hand=in_hand), rule)
        assert (found.fate, found.why) == (Fate.END, Cause.FACT_GONE)
    for gone, why in ((Gone.ERASED, Why.ERASED), (Gone.MERGED, Why.MERGED)):
        client = replace(CLIENT, gone=gone)
        found = _settle(_made(in_hand=True), RULE, BOUGHT, client=client)
        assert (found.fate, found.why) == (Fate.END, why)


def test_a_rule_that_means_another_day_moves_it_once() -> None:
    later = replace(RULE, wait=5)
    found = _settle(_made(), later, BOUGHT)
    assert (found.fate, found.day, found.aimed_at) == (Fate.MOVE, MONDAY, MONDAY)
    assert found.expires_on == MONDAY + timedelta(days=14)
    moved = _made(day=MONDAY, aimed_at=found.aimed_at)
    assert _settle(moved, later, BOUGHT).fate is Fate.KEEP
    mine = _settle(_made(in_hand=True), later, BOUGHT)
    assert mine.fate is Fate.KEEP


def test_a_day_that_is_no_longer_allowed_moves_it_and_one_gone_by_stays() -> None:
    weekdays = replace(RULE, not_on=frozenset({5}))
    assert _settle(_made(), weekdays, BOUGHT).day == MONDAY
    overdue = _settle(_made(), weekdays, BOUGHT, today=TUESDAY)
    assert (overdue.fate, overdue.day) == (Fate.KEEP, None)
    shut = replace(SHOP, closed_on=frozenset({SATURDAY}))
    assert _settle(_made(), RULE, BOUGHT, shop=shut).day == MONDAY


def test_a_new_day_keeps_its_distance_or_it_stays() -> None:
    later = replace(RULE, wait=5)
    near = (Made("promise:1", CLIENT.id, TUESDAY, rule_id=2),)
    assert _settle(_made(), later, BOUGHT, others=near).day == date(2026, 11, 27)
    every_day = tuple(replace(near[0], day=TODAY + timedelta(days=3 * n)) for n in range(20))
    found = _settle(_made(), later, BOUGHT, others=every_day)
    assert (found.fate, found.why, found.aimed_at) == (Fate.KEEP, Cause.AS_IT_WAS, None)


def test_what_is_not_worth_doing_any_more_ends() -> None:
    found = _settle(_made(), RULE, BOUGHT, today=date(2026, 12, 6))
    assert (found.fate, found.why) == (Fate.END, Cause.EXPIRED)
    put_off = _made(in_hand=True, day=date(2027, 1, 1))
    assert _settle(put_off, RULE, BOUGHT, today=date(2026, 12, 6)).fate is Fate.KEEP
    delayed = _made(day=date(2026, 11, 30))
    assert _settle(delayed, RULE, BOUGHT).fate is Fate.KEEP
    brief = replace(RULE, expires=5)
    near = (Made("promise:1", CLIENT.id, SATURDAY), Made("promise:2", CLIENT.id, TUESDAY))
    assert _settle(delayed, brief, BOUGHT).day == SATURDAY
    assert _settle(delayed, brief, BOUGHT, others=near).fate is Fate.END
    assert _settle(delayed, brief, BOUGHT, today=date(2026, 11, 27)).fate is Fate.END
    sooner = replace(RULE, wait=0, expires=1)
    old = bought(day=TODAY - timedelta(days=2))
    found = _settle(_made(RULE, old), sooner, old)
    assert (found.fate, found.why) == (Fate.END, Cause.EXPIRED)


def test_an_appointment_that_moves_takes_its_reminder_along() -> None:
    rule = a_rule(Trigger.APPOINTMENT, wait=1, expires=1, among_all=False)
    friday = a_fact(Trigger.APPOINTMENT, date(2026, 11, 27))
    made = _made(rule, friday)
    assert made.day == date(2026, 11, 26)
    sooner, much_later = replace(friday, day=TUESDAY), replace(friday, day=date(2027, 3, 3))
    assert _settle(made, rule, sooner).day == MONDAY
    assert _settle(made, rule, much_later).day == date(2027, 3, 2), "however far ahead"
    today = _settle(made, rule, replace(friday, day=TODAY))
    assert (today.fate, today.why) == (Fate.END, Cause.EXPIRED), "it may not come after"
    sunday = replace(SHOP, closed_weekdays=frozenset(range(2, 7)))
    found = _settle(made, rule, replace(friday, day=TODAY + timedelta(days=1)), shop=sunday)
    assert found.fate is Fate.END, "no open day is left before it, and after it is no use"


def test_a_rule_switched_on_again_brings_back_the_same_one() -> None:
    ended = _made(state=MadeState.ENDED)
    found = _settle(ended, RULE, BOUGHT)
    assert (found.fate, found.why, found.day) == (Fate.BRING_BACK, Cause.RULE_ON, SATURDAY)
    assert (found.aimed_at, found.expires_on) == (SATURDAY, date(2026, 12, 5))
    assert touches(RULE, [BOUGHT], CLIENT, [ended], SHOP, TODAY).wanted == ()
    for rule in (replace(RULE, on=False), replace(RULE, least=euros(900)), None):
        assert _settle(ended, rule, BOUGHT).fate is Fate.KEEP
    assert _settle(ended, RULE, BOUGHT, today=date(2026, 12, 6)).fate is Fate.KEEP
    assert _settle(ended, RULE).fate is Fate.KEEP


def test_all_at_once_each_new_day_keeps_its_distance() -> None:
    facts = [bought(source_id=number, day=TODAY - timedelta(days=number)) for number in (1, 2, 3)]
    made = [
        Made(one.key, CLIENT.id, TODAY + timedelta(days=30 + number), rule_id=1, aimed_at=TODAY)
        for number, one in enumerate(facts)
    ]
    outcomes = all_settled(made, {1: replace(RULE, wait=4)}, facts, CLIENT, SHOP, TODAY)
    assert [(one.fate, one.day) for one in outcomes] == [
        (Fate.MOVE, SATURDAY),
        (Fate.MOVE, TUESDAY),
        (Fate.MOVE, date(2026, 11, 27)),
    ]
    after = [one.after for one in outcomes]
    assert [(one.day, one.aimed_at) for one in after] == [
        (SATURDAY, TODAY + timedelta(days=3)),
        (TUESDAY, TODAY + timedelta(days=2)),
        (date(2026, 11, 27), TODAY + timedelta(days=1)),
    ]
    assert [one.made for one in outcomes] == made
    off = all_settled(after, {}, facts, CLIENT, SHOP, TODAY)
    assert [one.after.state for one in off] == [MadeState.ENDED] * 3
    back = all_settled([one.after for one in off], {1: RULE}, facts, CLIENT, SHOP, TODAY)
    assert [one.after.state for one in back] == [MadeState.OPEN] * 3


def test_what_was_made_before_a_merge_is_known_by_its_old_key() -> None:
    rule = a_rule(Trigger.RHYTHM)
    away = a_fact(Trigger.RHYTHM, TODAY - timedelta(days=50), CLIENT.id, rhythm=40)
    made = Made("rhythm:4:2026-09-29", CLIENT.id, TODAY, rule_id=1, aimed_at=TODAY)
    assert away.key == "rhythm:7:2026-09-29"
    merged = replace(CLIENT, was=frozenset({4}))
    for client, fate in ((merged, Fate.KEEP), (CLIENT, Fate.END)):
        (found,) = all_settled([made], {1: rule}, [away], client, SHOP, TODAY)
        assert found.fate is fate


def test_what_will_happen_in_numbers() -> None:
    off = replace(RULE, on=False)
    back = bought(returned=True, parts=(), source_id=813)
    outcomes = [
        _settle(_made(), off, BOUGHT),
        _settle(_made(), off, BOUGHT),
        _settle(_made(), off, back),
        _settle(_made(in_hand=True), off, BOUGHT),
        _settle(_made(state=MadeState.DONE), off, BOUGHT),
        _settle(_made(state=MadeState.ENDED), off, BOUGHT),
        _settle(_made(), replace(RULE, wait=5), BOUGHT),
        _settle(_made(state=MadeState.ENDED), RULE, BOUGHT),
    ]
    assert aftermath(outcomes) == Aftermath(
        kept=1,
        in_hand=1,
        moved=1,
        ended=3,
        brought_back=1,
        because=((Cause.RULE_OFF, 2), (Why.RETURNED, 1)),
    )


def test_another_currency_is_said() -> None:
    rule = replace(RULE, least=Money(1, "CHF"))
    assert _settle(_made(), rule, BOUGHT).why is Why.CURRENCY
