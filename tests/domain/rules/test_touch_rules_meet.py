"""Does a rule reach whom it means, on a day that can be kept, and say why not the others?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.touch_rules import Gets, Trigger, Whose
from clientele.domain.rules.touch_rules_facts import (
    Gone,
    Made,
    MadeState,
    Part,
    Source,
    anniversary,
    occasion,
)
from clientele.domain.rules.touch_rules_meet import Why, plan, touches
from tests.domain.rules.touching import (
    BOUGHT,
    CLIENT,
    OWNER,
    SATURDAY,
    SELLER,
    SHOES,
    SHOP,
    SUITS,
    TAILOR,
    TODAY,
    a_fact,
    a_rule,
    bought,
    due,
    euros,
    planned,
    why_not,
)


def test_a_thank_you_three_days_after() -> None:
    rule = a_rule(least=euros(500), gets=Gets.SELLER, version=4)
    (one,) = planned(rule).wanted
    assert one.key == "purchase:812"
    assert (one.rule_id, one.rule_version, one.template) == (1, 4, "thank_you")
    assert (one.client_id, one.associate_id, one.channel) == (7, SELLER, Channel.EMAIL)
    assert (one.aimed_at, one.due_on) == (date(2026, 11, 21), date(2026, 11, 21))
    assert one.expires_on == date(2026, 12, 5)
    assert one.purpose is Purpose.NEWS
    assert one.event == BOUGHT


def _without(*channels: Channel) -> frozenset[tuple[Channel, Purpose]]:
    return frozenset(one for one in CLIENT.allowed if one[0] not in channels)


@pytest.mark.parametrize(
    ("rule", "event", "client", "why"),
    [
        ({}, {}, {"gone": Gone.ERASED}, Why.ERASED),
        ({}, {}, {"gone": Gone.MERGED}, Why.MERGED),
        ({}, {"returned": True}, {}, Why.RETURNED),
        ({"least": euros(801)}, {}, {}, Why.AMOUNT),
        ({"least": euros(1)}, {"currency": "", "parts": ()}, {}, Why.AMOUNT),
        ({"least": euros(1)}, {"currency": "CHF"}, {}, Why.CURRENCY),
        ({"departments": frozenset({13})}, {}, {}, Why.DEPARTMENT),
        ({"departments": frozenset({SHOES}), "least": euros(201)}, {}, {}, Why.AMOUNT),
        ({"tags": frozenset({22})}, {}, {}, Why.TAG),
        ({"book": SELLER}, {}, {}, Why.BOOK),
        ({}, {}, {"owner": None}, Why.NO_OWNER),
        ({}, {}, {"owner": 99}, Why.NO_OWNER),
        ({}, {}, {"addresses": frozenset({Channel.TEXT})}, Why.NO_ADDRESS),
        ({}, {}, {"allowed": _without(Channel.EMAIL)}, Why.NOT_ALLOWED),
        (
            {},
            {},
            {"allowed": frozenset({(Channel.EMAIL, Purpose.SERVICE)})},
            Why.NOT_ALLOWED,
        ),
        ({}, {"day": TODAY - timedelta(days=18)}, {}, Why.TOO_LATE),
        ({"wait": 40}, {}, {}, Why.NOT_YET),
    ],
)
def test_why_not(
    rule: dict[str, Any], event: dict[str, Any], client: dict[str, Any], why: Why
) -> None:
    assert why_not(a_rule(**rule), bought(**event), client=replace(CLIENT, **client)) is why


@pytest.mark.parametrize(
    ("rule", "event", "client"),
    [
        ({"least": euros(800)}, {}, {}),
        ({"departments": frozenset({SHOES, 13}), "least": euros(200)}, {}, {}),
        ({"tags": frozenset({21, 22})}, {}, {}),
        ({"book": OWNER}, {}, {}),
        ({"book": TAILOR}, {}, {}),
        ({}, {"day": TODAY - timedelta(days=17)}, {}),
        ({"wait": 30}, {}, {}),
    ],
)
def test_just_enough(rule: dict[str, Any], event: dict[str, Any], client: dict[str, Any]) -> None:
    found = planned(a_rule(**rule), bought(**event), client=replace(CLIENT, **client))
    assert len(found.wanted) == 1


def test_who_knows_the_department_that_the_rule_is_about() -> None:
    rule = a_rule(gets=Gets.DEPARTMENT, departments=frozenset({SUITS}))
    assert planned(rule).wanted[0].associate_id == OWNER, "nobody but the owner knows their suits"
    shoes = replace(rule, departments=frozenset({SHOES}))
    assert planned(shoes).wanted[0].associate_id == TAILOR
    of_none = a_fact(Trigger.OCCASION, TODAY + timedelta(days=5))
    client = replace(CLIENT, departments=frozenset({SHOES}))
    yearly = replace(shoes, trigger=Trigger.OCCASION)
    assert planned(yearly, of_none, client=client).wanted[0].associate_id == TAILOR


def test_another_channel_where_the_first_is_not_open() -> None:
    rule = a_rule(otherwise=(Channel.TEXT, Channel.CALL))
    for client in (
        replace(CLIENT, allowed=_without(Channel.EMAIL, Channel.TEXT)),
        replace(CLIENT, addresses=frozenset({Channel.CALL})),
    ):
        assert planned(rule, client=client).wanted[0].channel is Channel.CALL


@pytest.mark.parametrize(
    ("gets", "event", "who"),
    [
        (Gets.OWNER, {}, OWNER),
        (Gets.SELLER, {}, SELLER),
        (Gets.SELLER, {"who": None}, OWNER),
        (Gets.SELLER, {"who": 99}, OWNER),
        (Gets.DEPARTMENT, {}, TAILOR),
        (Gets.DEPARTMENT, {"parts": (Part(SUITS, 1),)}, OWNER),
    ],
)
def test_who_gets_it(gets: Gets, event: dict[str, Any], who: int) -> None:
    assert planned(a_rule(gets=gets), bought(**event)).wanted[0].associate_id == who


def test_a_birthday_is_not_asked_for_again_after_a_merge() -> None:
    birthday = replace(a_fact(Trigger.OCCASION, SATURDAY, 7), source=Source.BIRTHDAY)
    merged = replace(CLIENT, was=frozenset({4}))
    before = (Made("birthday:4:2026", 7, date(2026, 1, 1), MadeState.DONE),)
    assert due(a_rule(Trigger.OCCASION), birthday, client=merged) == TODAY
    assert why_not(a_rule(Trigger.OCCASION), birthday, client=merged, made=before) is Why.DONE


def test_of_two_rules_the_more_specific_wins_also_where_it_cannot_reach() -> None:
    general = a_rule(id=1)
    special = a_rule(id=2, least=euros(500))
    whole = plan([general, special], [BOUGHT], CLIENT, (), SHOP, TODAY)
    assert [one.rule_id for one in whole.wanted] == [2]
    assert [(one.rule_id, one.why, one.other_rule) for one in whole.unwanted] == [
        (1, Why.ANOTHER_RULE, 2)
    ]
    call = replace(special, channel=Channel.CALL)
    no_calls = replace(CLIENT, allowed=_without(Channel.CALL))
    assert plan([general, call], [BOUGHT], no_calls, (), SHOP, TODAY).wanted == ()
    off = replace(special, on=False)
    assert plan([general, off], [BOUGHT], CLIENT, (), SHOP, TODAY).wanted[0].rule_id == 1


def test_a_first_visit_is_welcomed_and_not_thanked_as_well() -> None:
    first = bought(trigger=Trigger.FIRST)
    rules = [a_rule(id=1, tags=frozenset({21})), a_rule(Trigger.FIRST, id=2, wait=7)]
    whole = plan(rules, [BOUGHT, first], CLIENT, (), SHOP, TODAY)
    assert [(one.rule_id, one.key) for one in whole.wanted] == [(2, "purchase:812")]
    assert [one.why for one in whole.unwanted] == [Why.ANOTHER_RULE]


def test_a_preview_shows_a_rule_among_the_others_and_one_that_is_off() -> None:
    rule = a_rule(id=0, on=False)
    other = a_rule(id=5, least=euros(700))
    assert len(touches(rule, [BOUGHT], CLIENT, (), SHOP, TODAY).wanted) == 1
    beside = touches(rule, [BOUGHT], CLIENT, (), SHOP, TODAY, others=[other])
    assert (beside.wanted, beside.unwanted[0].other_rule) == ((), 5)
    off = replace(other, on=False)
    assert len(touches(rule, [BOUGHT], CLIENT, (), SHOP, TODAY, others=[off]).wanted) == 1


def test_service_comes_before_news_and_both_keep_their_distance() -> None:
    rules = [a_rule(id=1, wait=3), a_rule(Trigger.ALTERATION, id=2, wait=4)]
    facts = [BOUGHT, a_fact(Trigger.ALTERATION, TODAY - timedelta(days=1))]
    whole = plan(rules, facts, CLIENT, (), SHOP, TODAY)
    assert [(one.rule_id, one.due_on) for one in whole.wanted] == [
        (2, SATURDAY),
        (1, date(2026, 11, 24)),
    ]


def test_an_event_of_another_client_is_a_bug() -> None:
    with pytest.raises(ValueError, match="8"):
        planned(a_rule(), bought(client_id=8))
    merged = replace(CLIENT, was=frozenset({8}))
    assert len(planned(a_rule(), bought(client_id=8), client=merged).wanted) == 1


def test_whose_occasion_and_of_which_kind() -> None:
    hers = a_fact(Trigger.OCCASION, SATURDAY, member_id=3, kind="birthday")
    own = replace(hers, member_id=None)
    rule = a_rule(Trigger.OCCASION)
    assert why_not(replace(rule, whose=Whose.CLIENT), hers) is Why.WHOSE
    assert why_not(replace(rule, whose=Whose.HOUSEHOLD), own) is Why.WHOSE
    assert why_not(replace(rule, kinds=frozenset({"wedding"})), own) is Why.KIND
    assert due(replace(rule, whose=Whose.HOUSEHOLD, kinds=frozenset({"birthday"})), hers) == TODAY


@given(st.dates(date(2026, 11, 1), date(2026, 11, 30)))
def test_a_month_alone_stays_on_its_first_day(today: date) -> None:
    found = occasion(5, 7, PartialDate(11, None), today)
    assert found is not None
    assert found.day == date(2026 if today.day == 1 else 2027, 11, 1)


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_an_anniversary_is_a_year_or_more_after(day: date, later: int) -> None:
    since = day + timedelta(days=later)
    found = anniversary(bought(day=day, visit_id=55), since)
    assert found is not None
    assert found.day >= since
    assert found.turns is not None
    assert found.turns >= 1
    assert found.key == f"purchase:812:{found.day.year}"
    assert found.day - max(since, day + timedelta(days=365)) < timedelta(days=367)


def test_only_the_first_anniversaries() -> None:
    rule = a_rule(Trigger.ANNIVERSARY, wait=0, least=euros(500))
    first = anniversary(bought(day=date(2025, 11, 20)), TODAY)
    second = anniversary(bought(day=date(2024, 11, 20)), TODAY)
    assert first is not None
    assert second is not None
    assert due(rule, first) == date(2026, 11, 20)
    assert why_not(rule, second) is Why.YEAR
    assert due(replace(rule, years=2), second) == date(2026, 11, 20)
