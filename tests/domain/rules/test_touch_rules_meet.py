"""Does a rule reach whom it means, on a day that can be kept, and say why not the others?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.cover import Away
from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.touch_rules import Gets, Rule, Trigger, Unit, Whose
from clientele.domain.rules.touch_rules_days import window
from clientele.domain.rules.touch_rules_facts import (
    ClientFacts,
    Event,
    Gone,
    Made,
    MadeState,
    Part,
    Shop,
    Source,
    anniversary,
    key_of,
    keys_of,
    not_in_since,
    occasion,
    together,
)
from clientele.domain.rules.touch_rules_meet import Plan, Why, plan, touches
from tests.domain.rules.touching import (
    BOUGHT,
    CLIENT,
    OWNER,
    SELLER,
    SHOES,
    SHOP,
    SUITS,
    TAILOR,
    TODAY,
    a_fact,
    a_rule,
    bought,
    euros,
)


def _plan(
    rule: Rule,
    *events: Event,
    client: ClientFacts = CLIENT,
    made: tuple[Made, ...] = (),
    shop: Shop = SHOP,
    today: date = TODAY,
) -> Plan:
    return touches(rule, events or (BOUGHT,), client, made, shop, today)


def _why(rule: Rule, *events: Event, **other: Any) -> Why:
    found = _plan(rule, *events, **other)
    assert found.wanted == ()
    (one,) = found.unwanted
    return one.why


def _due(rule: Rule, *events: Event, **other: Any) -> date:
    found = _plan(rule, *events, **other)
    assert [one.why for one in found.unwanted] == []
    (one,) = found.wanted
    return one.due_on


def test_a_thank_you_three_days_after() -> None:
    rule = a_rule(least=euros(500), gets=Gets.SELLER, version=4)
    (one,) = _plan(rule).wanted
    assert one.key == "purchase:812"
    assert (one.rule_id, one.rule_version, one.template) == (1, 4, "thank-you")
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
    assert _why(a_rule(**rule), bought(**event), client=replace(CLIENT, **client)) is why


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
    found = _plan(a_rule(**rule), bought(**event), client=replace(CLIENT, **client))
    assert len(found.wanted) == 1


def test_another_channel_where_the_first_is_not_open() -> None:
    rule = a_rule(otherwise=(Channel.TEXT, Channel.CALL))
    for client in (
        replace(CLIENT, allowed=_without(Channel.EMAIL, Channel.TEXT)),
        replace(CLIENT, addresses=frozenset({Channel.CALL})),
    ):
        assert _plan(rule, client=client).wanted[0].channel is Channel.CALL


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
    assert _plan(a_rule(gets=gets), bought(**event)).wanted[0].associate_id == who


# ---- days

SATURDAY, SUNDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)


def test_never_on_closed_days() -> None:
    assert _due(a_rule(wait=4)) == MONDAY
    closed = replace(SHOP, closed_on=frozenset({MONDAY}))
    assert _due(a_rule(wait=4), shop=closed) == date(2026, 11, 24)
    assert _due(a_rule(wait=3, not_on=frozenset({5}))) == MONDAY


def test_a_thank_you_waits_for_the_store_to_open_also_beyond_its_expiry() -> None:
    closed = replace(
        SHOP, closed_on=frozenset(SATURDAY + timedelta(days=number) for number in range(20))
    )
    assert _due(a_rule(expires=1), shop=closed) == date(2026, 12, 11)


def test_where_it_is_never_open_it_says_so() -> None:
    assert _why(a_rule(), shop=replace(SHOP, closed_weekdays=frozenset(range(7)))) is Why.CLOSED


def test_what_should_have_been_yesterday_is_today_s_while_it_is_worth_doing() -> None:
    assert _due(a_rule(expires=5), bought(day=TODAY - timedelta(days=8))) == TODAY
    assert _why(a_rule(expires=4), bought(day=TODAY - timedelta(days=8))) is Why.TOO_LATE


def test_months_end_where_the_month_does() -> None:
    rule = a_rule(wait=1, unit=Unit.MONTHS)
    day = date(2027, 1, 31)
    assert window(rule, bought(day=day), SHOP).aimed_at == date(2027, 2, 28)
    before = a_rule(Trigger.OCCASION, wait=1, unit=Unit.MONTHS)
    assert window(before, a_fact(Trigger.OCCASION, date(2028, 3, 31)), SHOP).aimed_at == date(
        2028, 2, 29
    )


def test_the_last_days_of_the_calendar_are_no_bug() -> None:
    for rule in (a_rule(wait=60, unit=Unit.MONTHS), a_rule(wait=700)):
        assert _why(rule, bought(day=date.max)) is Why.NOT_YET
    assert _why(a_rule(Trigger.OCCASION, wait=700), a_fact(Trigger.OCCASION, date.min))


def test_the_day_before_an_appointment() -> None:
    rule = a_rule(Trigger.APPOINTMENT, wait=1, expires=1)
    assert _due(rule, a_fact(Trigger.APPOINTMENT, SATURDAY)) == date(2026, 11, 20)
    on_monday = a_fact(Trigger.APPOINTMENT, MONDAY)
    assert _due(rule, on_monday) == SATURDAY, "Sunday is closed, and Monday is too late"
    assert _why(rule, on_monday, today=SUNDAY) is Why.CLOSED
    assert _why(rule, on_monday, today=MONDAY) is Why.TOO_LATE
    assert _due(rule, a_fact(Trigger.APPOINTMENT, TODAY + timedelta(days=1))) == TODAY


def test_before_an_occasion_the_next_open_day_that_lies_before_it() -> None:
    rule = a_rule(Trigger.OCCASION, wait=14)
    assert _due(rule, a_fact(Trigger.OCCASION, date(2026, 12, 6))) == MONDAY
    late = a_fact(Trigger.OCCASION, TODAY + timedelta(days=2))
    assert _due(rule, late) == TODAY, "said late, and in time all the same"
    assert _why(a_rule(Trigger.OCCASION, wait=14, expires=5), late) is Why.TOO_LATE
    assert _why(rule, a_fact(Trigger.OCCASION, TODAY + timedelta(days=45))) is Why.NOT_YET
    on_the_day = a_rule(Trigger.OCCASION, wait=0)
    assert _due(on_the_day, a_fact(Trigger.OCCASION, TODAY)) == TODAY


def test_once_overdue_and_not_before() -> None:
    rule = a_rule(Trigger.RHYTHM, overdue=25)
    away = a_fact(Trigger.RHYTHM, TODAY - timedelta(days=50), rhythm=40)
    assert _due(rule, away) == TODAY
    assert _why(rule, replace(away, rhythm=41)) is Why.NOT_YET, "51.25 days are 52"
    assert _due(rule, replace(away, rhythm=30)) == TODAY
    assert _why(rule, replace(away, rhythm=28)) is Why.TOO_LATE


def test_not_near_another_touch() -> None:
    def made(day: date, rule_id: int | None = None, **other: Any) -> tuple[Made, ...]:
        return (Made("promise:3", CLIENT.id, day, rule_id=rule_id, **other),)

    assert _due(a_rule(), made=made(SATURDAY)) == date(2026, 11, 24)
    assert _due(a_rule(), made=made(MONDAY)) == date(2026, 11, 26)
    assert _due(a_rule(), made=made(date(2026, 11, 24))) == SATURDAY
    assert _due(a_rule(among_all=False), made=made(SATURDAY)) == SATURDAY
    assert _due(a_rule(), made=made(SATURDAY, state=MadeState.DROPPED)) == SATURDAY
    assert _due(a_rule(), made=made(SATURDAY, state=MadeState.ENDED)) == SATURDAY
    assert _due(a_rule(), made=made(TODAY, state=MadeState.DONE)) == SATURDAY
    overdue = made(TODAY - timedelta(days=20))
    assert _due(a_rule(wait=0), made=overdue) == SATURDAY, "it is as near as today"
    others = tuple(replace(one, client_id=8) for one in made(SATURDAY))
    assert _due(a_rule(), made=others) == SATURDAY
    own = a_rule(once_in=60, among_all=False)
    before = made(TODAY - timedelta(days=30), rule_id=1, state=MadeState.DONE)
    assert _why(own, made=before) is Why.TOO_SOON
    assert _due(own, made=tuple(replace(one, rule_id=2) for one in before)) == SATURDAY


def test_one_who_is_away_with_nobody_to_cover() -> None:
    covered = replace(SHOP, absences=(Away(OWNER, SELLER, TODAY, MONDAY),))
    assert _due(a_rule(), shop=covered) == SATURDAY, "whoever covers sees it"
    both = (Away(OWNER, SELLER, TODAY, MONDAY), Away(SELLER, OWNER, TODAY, SUNDAY))
    assert _due(a_rule(), shop=replace(SHOP, absences=both)) == MONDAY
    long = tuple(replace(one, back_on=date(2027, 2, 1)) for one in both)
    assert _why(a_rule(), shop=replace(SHOP, absences=long)) is Why.AWAY


# ---- occasions, once each


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (MadeState.OPEN, Why.PLANNED),
        (MadeState.DONE, Why.DONE),
        (MadeState.DROPPED, Why.DROPPED),
        (MadeState.ENDED, Why.ENDED),
    ],
)
@pytest.mark.parametrize("rule_id", [1, 2, None])
@pytest.mark.parametrize("client_id", [CLIENT.id, 8])
def test_the_same_occasion_is_not_asked_for_twice(
    state: MadeState, why: Why, rule_id: int | None, client_id: int
) -> None:
    before = (Made("purchase:812", client_id, date(2020, 1, 1), state, rule_id),)
    assert _why(a_rule(), made=before) is why


def test_keys_name_the_fact_alone() -> None:
    assert BOUGHT.key == bought(trigger=Trigger.FIRST).key == "purchase:812"
    assert bought(visit_id=55).key == "visit:55"
    assert Event(Trigger.FIRST, 7, Source.VISIT, 55, TODAY).key == "visit:55"
    assert a_fact(Trigger.OCCASION, date(2027, 1, 3)).key == "occasion:5:2027"
    assert a_fact(Trigger.ALTERATION, TODAY).key == "promise:5"
    assert a_fact(Trigger.RHYTHM, TODAY).key == "rhythm:5:2026-11-18"
    birthday = replace(a_fact(Trigger.OCCASION, TODAY, 7), source=Source.BIRTHDAY)
    assert keys_of(birthday, {7, 9, 8}) == ("birthday:7:2026", "birthday:8:2026", "birthday:9:2026")
    assert key_of(Source.PURCHASE, 812, visit_id=55) == bought(visit_id=55).key
    assert key_of(Source.PROMISE, 5, visit_id=55) == a_fact(Trigger.ALTERATION, TODAY).key
    assert keys_of(BOUGHT, {8}) == ("purchase:812",)


def test_a_birthday_is_not_asked_for_again_after_a_merge() -> None:
    birthday = replace(a_fact(Trigger.OCCASION, SATURDAY, 7), source=Source.BIRTHDAY)
    merged = replace(CLIENT, was=frozenset({4}))
    before = (Made("birthday:4:2026", 7, date(2026, 1, 1), MadeState.DONE),)
    assert _due(a_rule(Trigger.OCCASION), birthday, client=merged) == TODAY
    assert _why(a_rule(Trigger.OCCASION), birthday, client=merged, made=before) is Why.DONE


def test_two_tickets_of_one_visit_are_one_occasion_and_add_up() -> None:
    one = bought(visit_id=55, parts=(Part(SUITS, 30000),), source_id=1)
    two = bought(visit_id=55, parts=(Part(SUITS, 40000), Part(SHOES, 5000)), source_id=2)
    back = bought(visit_id=55, parts=(Part(SHOES, 0),), source_id=3, returned=True)
    (whole,) = together((one, two, back))
    assert whole.spent() == euros(750)
    assert whole.spent({SHOES}) == euros(50)
    assert not whole.returned
    assert len(_plan(a_rule(least=euros(700)), one, two, back).wanted) == 1
    assert together((back, replace(back, source_id=4)))[0].returned
    francs = replace(one, currency="CHF")
    assert together((francs, two))[0].spent() == euros(450)


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
        _plan(a_rule(), bought(client_id=8))
    merged = replace(CLIENT, was=frozenset({8}))
    assert len(_plan(a_rule(), bought(client_id=8), client=merged).wanted) == 1


# ---- occasions and anniversaries


def test_whose_occasion_and_of_which_kind() -> None:
    hers = a_fact(Trigger.OCCASION, SATURDAY, member_id=3, kind="birthday")
    own = replace(hers, member_id=None)
    rule = a_rule(Trigger.OCCASION)
    assert _why(replace(rule, whose=Whose.CLIENT), hers) is Why.WHOSE
    assert _why(replace(rule, whose=Whose.HOUSEHOLD), own) is Why.WHOSE
    assert _why(replace(rule, kinds=frozenset({"wedding"})), own) is Why.KIND
    assert _due(replace(rule, whose=Whose.HOUSEHOLD, kinds=frozenset({"birthday"})), hers) == TODAY


def test_the_29th_of_february() -> None:
    leap = PartialDate(2, 29, 1984)
    found = occasion(5, 7, leap, date(2027, 1, 1), kind="birthday")
    assert found is not None
    assert (found.day, found.turns, found.key) == (date(2027, 2, 28), 43, "occasion:5:2027")
    found = occasion(5, 7, leap, date(2027, 3, 1))
    assert found is not None
    assert found.day == date(2028, 2, 29)
    year_on = anniversary(bought(day=date(2028, 2, 29)), date(2028, 3, 1))
    assert year_on is not None
    assert (year_on.day, year_on.turns) == (date(2029, 2, 28), 1)


def test_a_wedding_that_was_is_over() -> None:
    once = PartialDate(11, 17, 2026)
    assert occasion(5, 7, once, TODAY, every_year=False) is None
    assert occasion(5, 7, once, date(2026, 11, 17), every_year=False) is not None


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
    assert _due(rule, first) == date(2026, 11, 20)
    assert _why(rule, second) is Why.YEAR
    assert _due(replace(rule, years=2), second) == date(2026, 11, 20)


def test_a_rhythm_is_asked_for_and_may_not_be_known() -> None:
    found = not_in_since(7, {7: (40, TODAY)}.get)
    assert found is not None
    assert (found.rhythm, found.day, found.key) == (40, TODAY, "rhythm:7:2026-11-18")
    assert not_in_since(8, {7: (40, TODAY)}.get) is None
    assert not_in_since(7, {7: (0, TODAY)}.get) is None
