"""Does a rule come on a day that can be kept: open, in time, and not too near to another?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from clientele.domain.rules.cover import Away
from clientele.domain.rules.touch_rules import Trigger, Unit
from clientele.domain.rules.touch_rules_days import window
from clientele.domain.rules.touch_rules_facts import (
    Made,
    MadeState,
)
from clientele.domain.rules.touch_rules_meet import Why
from tests.domain.rules.touching import (
    CLIENT,
    MONDAY,
    OWNER,
    SATURDAY,
    SELLER,
    SHOP,
    SUNDAY,
    TODAY,
    a_fact,
    a_rule,
    bought,
    due,
    why_not,
)


def test_never_on_closed_days() -> None:
    assert due(a_rule(wait=4)) == MONDAY
    closed = replace(SHOP, closed_on=frozenset({MONDAY}))
    assert due(a_rule(wait=4), shop=closed) == date(2026, 11, 24)
    assert due(a_rule(wait=3, not_on=frozenset({5}))) == MONDAY


def test_a_thank_you_waits_for_the_store_to_open_also_beyond_its_expiry() -> None:
    closed = replace(
        SHOP, closed_on=frozenset(SATURDAY + timedelta(days=number) for number in range(20))
    )
    assert due(a_rule(expires=1), shop=closed) == date(2026, 12, 11)


def test_where_it_is_never_open_it_says_so() -> None:
    assert why_not(a_rule(), shop=replace(SHOP, closed_weekdays=frozenset(range(7)))) is Why.CLOSED


def test_what_should_have_been_yesterday_is_today_s_while_it_is_worth_doing() -> None:
    assert due(a_rule(expires=5), bought(day=TODAY - timedelta(days=8))) == TODAY
    assert why_not(a_rule(expires=4), bought(day=TODAY - timedelta(days=8))) is Why.TOO_LATE


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
        assert why_not(rule, bought(day=date.max)) is Why.NOT_YET
    assert why_not(a_rule(Trigger.OCCASION, wait=700), a_fact(Trigger.OCCASION, date.min))


def test_the_day_before_an_appointment() -> None:
    rule = a_rule(Trigger.APPOINTMENT, wait=1, expires=1)
    assert due(rule, a_fact(Trigger.APPOINTMENT, SATURDAY)) == date(2026, 11, 20)
    on_monday = a_fact(Trigger.APPOINTMENT, MONDAY)
    assert due(rule, on_monday) == SATURDAY, "Sunday is closed, and Monday is too late"
    assert why_not(rule, on_monday, today=SUNDAY) is Why.CLOSED
    assert why_not(rule, on_monday, today=MONDAY) is Why.TOO_LATE
    assert due(rule, a_fact(Trigger.APPOINTMENT, TODAY + timedelta(days=1))) == TODAY


def test_before_an_occasion_the_next_open_day_that_lies_before_it() -> None:
    rule = a_rule(Trigger.OCCASION, wait=14)
    assert due(rule, a_fact(Trigger.OCCASION, date(2026, 12, 6))) == MONDAY
    late = a_fact(Trigger.OCCASION, TODAY + timedelta(days=2))
    assert due(rule, late) == TODAY, "said late, and in time all the same"
    assert why_not(a_rule(Trigger.OCCASION, wait=14, expires=5), late) is Why.TOO_LATE
    assert why_not(rule, a_fact(Trigger.OCCASION, TODAY + timedelta(days=45))) is Why.NOT_YET
    on_the_day = a_rule(Trigger.OCCASION, wait=0)
    assert due(on_the_day, a_fact(Trigger.OCCASION, TODAY)) == TODAY


def test_once_overdue_and_not_before() -> None:
    rule = a_rule(Trigger.RHYTHM, overdue=25)
    away = a_fact(Trigger.RHYTHM, TODAY - timedelta(days=50), rhythm=40)
    assert due(rule, away) == TODAY
    almost = replace(away, rhythm=41, day=TODAY - timedelta(days=51))
    assert why_not(rule, almost) is Why.NOT_YET, "51.25 days are 52"
    assert due(rule, almost, today=TODAY + timedelta(days=1)) == TODAY + timedelta(days=1)
    assert due(rule, replace(away, rhythm=30)) == TODAY
    assert why_not(rule, replace(away, rhythm=28)) is Why.TOO_LATE


def test_not_near_another_touch() -> None:
    def made(day: date, rule_id: int | None = None, **other: Any) -> tuple[Made, ...]:
        return (Made("promise:3", CLIENT.id, day, rule_id=rule_id, **other),)

    assert due(a_rule(), made=made(SATURDAY)) == date(2026, 11, 24)
    assert due(a_rule(), made=made(MONDAY)) == date(2026, 11, 26)
    assert due(a_rule(), made=made(date(2026, 11, 24))) == SATURDAY
    assert due(a_rule(among_all=False), made=made(SATURDAY)) == SATURDAY
    assert due(a_rule(), made=made(SATURDAY, state=MadeState.DROPPED)) == SATURDAY
    assert due(a_rule(), made=made(SATURDAY, state=MadeState.ENDED)) == SATURDAY
    assert due(a_rule(), made=made(TODAY, state=MadeState.DONE)) == SATURDAY
    overdue = made(TODAY - timedelta(days=20))
    assert due(a_rule(wait=0), made=overdue) == SATURDAY, "it is as near as today"
    others = tuple(replace(one, client_id=8) for one in made(SATURDAY))
    assert due(a_rule(), made=others) == SATURDAY
    own = a_rule(once_in=60, among_all=False)
    before = made(TODAY - timedelta(days=30), rule_id=1, state=MadeState.DONE)
    assert why_not(own, made=before) is Why.TOO_SOON
    assert due(own, made=tuple(replace(one, rule_id=2) for one in before)) == SATURDAY


def test_one_who_is_away_with_nobody_to_cover() -> None:
    covered = replace(SHOP, absences=(Away(OWNER, SELLER, TODAY, MONDAY),))
    assert due(a_rule(), shop=covered) == SATURDAY, "whoever covers sees it"
    both = (Away(OWNER, SELLER, TODAY, MONDAY), Away(SELLER, OWNER, TODAY, SUNDAY))
    assert due(a_rule(), shop=replace(SHOP, absences=both)) == MONDAY
    long = tuple(replace(one, back_on=date(2027, 2, 1)) for one in both)
    assert why_not(a_rule(), shop=replace(SHOP, absences=long)) is Why.AWAY
