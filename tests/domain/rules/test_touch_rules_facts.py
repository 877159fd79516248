"""Is a fact known again by its key, and does a yearly one come on its day?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.touch_rules import Trigger
from clientele.domain.rules.touch_rules_facts import (
    Event,
    Made,
    MadeState,
    Part,
    Source,
    anniversary,
    key_of,
    keys_of,
    not_in_since,
    occasion,
    together,
)
from clientele.domain.rules.touch_rules_meet import Why
from tests.domain.rules.touching import (
    BOUGHT,
    CLIENT,
    SHOES,
    SUITS,
    TODAY,
    a_fact,
    a_rule,
    bought,
    euros,
    planned,
    why_not,
)


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
    assert why_not(a_rule(), made=before) is why


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


def test_two_tickets_of_one_visit_are_one_occasion_and_add_up() -> None:
    one = bought(visit_id=55, parts=(Part(SUITS, 30000),), source_id=1)
    two = bought(visit_id=55, parts=(Part(SHOES, 5000), Part(SUITS, 40000)), source_id=2)
    back = bought(visit_id=55, parts=(Part(SHOES, 99000),), source_id=3, returned=True)
    (whole,) = together((one, two, back))
    assert together((back, two, one)) == (whole,), "in whatever order they come"
    assert whole.spent() == euros(750)
    assert whole.spent({SHOES}) == euros(50)
    assert not whole.returned
    assert len(planned(a_rule(least=euros(700)), one, two, back).wanted) == 1
    assert together((back, replace(back, source_id=4)))[0].returned
    francs = replace(one, currency="CHF")
    assert together((francs, two))[0].spent() == euros(450)


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


def test_a_rhythm_is_asked_for_and_may_not_be_known() -> None:
    found = not_in_since(7, {7: (40, TODAY)}.get)
    assert found is not None
    assert (found.rhythm, found.day, found.key) == (40, TODAY, "rhythm:7:2026-11-18")
    assert not_in_since(8, {7: (40, TODAY)}.get) is None
    assert not_in_since(7, {7: (0, TODAY)}.get) is None
