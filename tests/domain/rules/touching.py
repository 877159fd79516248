"""A client, a store and facts to try rules on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from clientele.domain.client import Channel, Purpose
from clientele.domain.money import Money
from clientele.domain.rules.touch_rules import Rule, Trigger
from clientele.domain.rules.touch_rules_facts import (
    ClientFacts,
    Event,
    Made,
    Part,
    Shop,
    Source,
)
from clientele.domain.rules.touch_rules_meet import Plan, Why, touches

TODAY = date(2026, 11, 18)
"""A Wednesday."""

SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in range(21, 25))

OWNER, SELLER, TAILOR = 1, 2, 3
SUITS, SHOES = 11, 12
CLIENT = ClientFacts(
    7,
    owner=OWNER,
    knows=((SHOES, TAILOR),),
    departments=frozenset({SUITS}),
    tags=frozenset({21}),
    addresses=frozenset(Channel),
    allowed=frozenset((channel, purpose) for channel in Channel for purpose in Purpose),
)
SHOP = Shop(closed_weekdays=frozenset({6}), between=3, here=frozenset({OWNER, SELLER, TAILOR}))

SOURCES = {
    Trigger.PURCHASE: Source.PURCHASE,
    Trigger.FIRST: Source.PURCHASE,
    Trigger.ALTERATION: Source.PROMISE,
    Trigger.MADE_RIGHT: Source.MADE_RIGHT,
    Trigger.OCCASION: Source.OCCASION,
    Trigger.APPOINTMENT: Source.APPOINTMENT,
    Trigger.RHYTHM: Source.RHYTHM,
    Trigger.ANNIVERSARY: Source.PURCHASE,
}
BOUGHT = Event(
    Trigger.PURCHASE,
    CLIENT.id,
    Source.PURCHASE,
    812,
    TODAY,
    (Part(SUITS, 60000), Part(SHOES, 20000)),
    "EUR",
    who=SELLER,
)


def a_rule(trigger: Trigger = Trigger.PURCHASE, **other: Any) -> Rule:
    """A rule by e-mail, three days after or before."""
    said = {"id": 1, "wait": 0 if trigger is Trigger.RHYTHM else 3, **other}
    return Rule("A rule", trigger, "thank_you", Channel.EMAIL, **said)


def a_fact(trigger: Trigger, day: date, source_id: int = 5, **other: Any) -> Event:
    """A fact of the client, on a day."""
    return Event(trigger, CLIENT.id, SOURCES[trigger], source_id, day, **other)


def euros(amount: int) -> Money:
    """Whole euros."""
    return Money(amount * 100, "EUR")


def bought(**other: Any) -> Event:
    """The purchase, with something changed."""
    return replace(BOUGHT, **other)


def planned(
    rule: Rule,
    *events: Event,
    client: ClientFacts = CLIENT,
    made: tuple[Made, ...] = (),
    shop: Shop = SHOP,
    today: date = TODAY,
) -> Plan:
    """What a rule makes of facts; of the purchase where none is given."""
    return touches(rule, events or (BOUGHT,), client, made, shop, today)


def why_not(rule: Rule, *events: Event, **other: Any) -> Why:
    """Why a rule makes nothing of a fact."""
    found = planned(rule, *events, **other)
    assert found.wanted == ()
    (one,) = found.unwanted
    return one.why


def due(rule: Rule, *events: Event, **other: Any) -> date:
    """The day on which the one follow-up is due that a rule makes."""
    found = planned(rule, *events, **other)
    assert [one.why for one in found.unwanted] == []
    (one,) = found.wanted
    return one.due_on
