"""Whom do rules reach, on which day and channel, and why not the others?

Pure and always the same for the same facts: a preview and the run itself are one function. Of
several rules that fit one occasion the most specific wins (``touch_rules.rank``), also where it
then cannot reach the client: a general rule never steps in for one that a manager made for just
this client.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.touch_rules import Gets, Rule, Trigger, Whose, rank
from clientele.domain.rules.touch_rules_days import NoDay, day_for, window
from clientele.domain.rules.touch_rules_facts import (
    ClientFacts,
    Event,
    Gone,
    Made,
    MadeState,
    Shop,
    keys_of,
    together,
)


class Why(StrEnum):
    """Why a rule does not reach a client for a fact."""

    ERASED = "client erased"
    MERGED = "client merged"
    OTHER_TRIGGER = "another trigger"
    RETURNED = "returned"
    AMOUNT = "amount too small"
    CURRENCY = "another currency"
    DEPARTMENT = "other department"
    TAG = "no such tag"
    BOOK = "another book"
    KIND = "another kind of occasion"
    WHOSE = "somebody else's occasion"
    YEAR = "too many years"
    ANOTHER_RULE = "another rule"
    PLANNED = "already planned"
    DONE = "already done"
    DROPPED = "dropped"
    ENDED = "ended before"
    NOT_YET = "not yet"
    TOO_LATE = "too late"
    NO_OWNER = "no owner"
    NO_ADDRESS = "no number or address"
    NOT_ALLOWED = "not allowed on channel"
    CLOSED = "closed"
    AWAY = "away"
    TOO_SOON = "too soon after another"


_NO_DAY = {
    NoDay.NOT_YET: Why.NOT_YET,
    NoDay.TOO_LATE: Why.TOO_LATE,
    NoDay.CLOSED: Why.CLOSED,
    NoDay.AWAY: Why.AWAY,
    NoDay.TOO_SOON: Why.TOO_SOON,
}
_BEFORE = {
    MadeState.OPEN: Why.PLANNED,
    MadeState.DONE: Why.DONE,
    MadeState.DROPPED: Why.DROPPED,
    MadeState.ENDED: Why.ENDED,
}
_GONE = {Gone.ERASED: Why.ERASED, Gone.MERGED: Why.MERGED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A follow-up that a rule asks for: what is to be kept of it, and where it comes from.

    ``key`` is unique over all that was ever made. ``expires_on`` is the last day on which it is
    worth doing. ``event`` is the reason and the source.
    """

    key: str
    rule_id: int
    rule_version: int
    client_id: int
    associate_id: int
    channel: Channel
    purpose: Purpose
    template: str
    aimed_at: date
    due_on: date
    expires_on: date
    event: Event

    @property
    def made(self) -> Made:
        """It as made, for whatever is planned next."""
        return Made(
            self.key, self.client_id, self.due_on, rule_id=self.rule_id, aimed_at=self.aimed_at
        )


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A fact of a rule's trigger that it makes nothing of, and why.

    ``other_rule``: the id of the rule that is more specific, for ``Why.ANOTHER_RULE``.
    """

    rule_id: int
    client_id: int
    key: str
    why: Why
    event: Event
    other_rule: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What rules would make for one client, and what not."""

    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Unwanted, ...] = ()


def touches(
    rule: Rule,
    events: Iterable[Event],
    client: ClientFacts,
    made: Sequence[Made],
    shop: Shop,
    today: date,
    *,
    others: Iterable[Rule] = (),
) -> Plan:
    """What one rule would make for a client: its preview. ``others``: the rules beside it.

    A rule that is off is shown as if it were on; of the others only those that are on count.
    """
    rules = [rule, *(one for one in others if one.on and one.id != rule.id)]
    whole = _planned(rules, events, client, made, shop, today)
    return Plan(
        tuple(one for one in whole.wanted if one.rule_id == rule.id),
        tuple(one for one in whole.unwanted if one.rule_id == rule.id),
    )


def plan(
    rules: Iterable[Rule],
    events: Iterable[Event],
    client: ClientFacts,
    made: Sequence[Made],
    shop: Shop,
    today: date,
) -> Plan:
    """What all rules that are on make for a client on ``today``, a day of the store's zone.

    ``made``: whatever was ever made for this client, and whatever was made, for whomever, under
    the keys of ``events`` (a purchase may have been another client's). Service before news, then
    by the day that is aimed at, so that the nearer touch keeps its day.

    Raises:
        ValueError: an event is of another client, which is a bug.
    """
    return _planned([one for one in rules if one.on], events, client, made, shop, today)


def unfit(rule: Rule, event: Event, client: ClientFacts) -> Why | None:
    """Why a rule does not ask for this fact and client, or None where it does."""
    if client.gone is not None:
        return _GONE[client.gone]
    if rule.trigger is not event.trigger:
        return Why.OTHER_TRIGGER
    in_them = event.departments or tuple(client.departments)
    of_household = event.member_id is not None
    short = _short(rule, event)
    refused = (
        (event.returned, Why.RETURNED),
        (bool(rule.departments) and rule.departments.isdisjoint(in_them), Why.DEPARTMENT),
        (short is not None, short or Why.AMOUNT),
        (bool(rule.tags) and rule.tags.isdisjoint(client.tags), Why.TAG),
        (rule.book is not None and rule.book not in client.books, Why.BOOK),
        (bool(rule.kinds) and event.kind not in rule.kinds, Why.KIND),
        (rule.whose is Whose.CLIENT and of_household, Why.WHOSE),
        (rule.whose is Whose.HOUSEHOLD and not of_household, Why.WHOSE),
        (rule.trigger is Trigger.ANNIVERSARY and (event.turns or 1) > rule.years, Why.YEAR),
    )
    return next((why for so, why in refused if so), None)


def who_gets(rule: Rule, event: Event, client: ClientFacts, shop: Shop) -> int | None:
    """Whose it becomes: as the rule says or else the owner; None where nobody of them is here.

    A colleague who is away keeps what is theirs; whoever covers sees it (``rules.cover``).
    """
    asked: list[int | None] = []
    if rule.gets is Gets.SELLER:
        asked.append(event.who)
    if rule.gets is Gets.DEPARTMENT:
        knows = dict(client.knows)
        those = [one for one in event.departments if one in (rule.departments or {one})]
        asked.extend(knows.get(one) for one in (those or sorted(rule.departments)))
    asked.append(client.owner)
    return next((one for one in asked if one is not None and one in shop.here), None)


def channel_for(rule: Rule, client: ClientFacts) -> Channel | Why:
    """The first of the rule's channels that is open for its purpose, or why none is."""
    there = [one for one in rule.channels if one in client.addresses]
    if not there:
        return Why.NO_ADDRESS
    return next((one for one in there if (one, rule.purpose) in client.allowed), Why.NOT_ALLOWED)


def _planned(
    rules: Sequence[Rule],
    events: Iterable[Event],
    client: ClientFacts,
    made: Sequence[Made],
    shop: Shop,
    today: date,
) -> Plan:
    unwanted: list[Unwanted] = []
    fitting: dict[str, list[tuple[Rule, Event]]] = {}
    for event in together(events):
        if event.client_id != client.id and event.client_id not in client.was:
            raise ValueError(event.client_id)
        for rule in rules:
            if rule.trigger is not event.trigger:
                continue
            if (why := unfit(rule, event, client)) is not None:
                unwanted.append(_not(rule, event, client, why))
            else:
                fitting.setdefault(event.key, []).append((rule, event))
    winners = []
    for pairs in fitting.values():
        best = max(pairs, key=lambda pair: rank(pair[0]))
        winners.append(best)
        unwanted.extend(
            _not(rule, event, client, Why.ANOTHER_RULE, best[0].id)
            for rule, event in pairs
            if rule is not best[0]
        )
    winners.sort(
        key=lambda one: (
            one[0].purpose is not Purpose.SERVICE,
            window(one[0], one[1], shop).aimed_at,
            tuple(-number for number in rank(one[0])),
            one[1].key,
        )
    )
    wanted: list[Wanted] = []
    there = list(made)
    for rule, event in winners:
        found = _want(rule, event, client, there, shop, today)
        if isinstance(found, Why):
            unwanted.append(_not(rule, event, client, found))
        else:
            wanted.append(found)
            there.append(found.made)
    unwanted.sort(key=lambda one: (one.event.day, one.key, one.rule_id))
    return Plan(tuple(wanted), tuple(unwanted))


def _want(
    rule: Rule,
    event: Event,
    client: ClientFacts,
    made: Sequence[Made],
    shop: Shop,
    today: date,
) -> Wanted | Why:
    keys = keys_of(event, {client.id, *client.was})
    before = next((one for one in made if one.key in keys), None)
    if before is not None:
        return _BEFORE[before.state]
    associate = who_gets(rule, event, client, shop)
    theirs = [one for one in made if one.client_id == client.id or one.client_id in client.was]
    day = day_for(rule, event, associate or 0, theirs, shop, today)
    if isinstance(day, NoDay) and day in (NoDay.NOT_YET, NoDay.TOO_LATE):
        return _NO_DAY[day]
    if associate is None:
        return Why.NO_OWNER
    channel = channel_for(rule, client)
    if isinstance(channel, Why):
        return channel
    if isinstance(day, NoDay):
        return _NO_DAY[day]
    days = window(rule, event, shop)
    return Wanted(
        keys[0],
        rule.id,
        rule.version,
        client.id,
        associate,
        channel,
        rule.purpose,
        rule.template,
        days.aimed_at,
        day,
        days.last,
        event,
    )


def _short(rule: Rule, event: Event) -> Why | None:
    """Why what was spent is not enough, if so."""
    if rule.least is None:
        return None
    spent = event.spent(rule.departments)
    if spent is None:
        return Why.AMOUNT
    if spent.currency != rule.least.currency:
        return Why.CURRENCY
    return Why.AMOUNT if spent.minor < rule.least.minor else None


def _not(
    rule: Rule, event: Event, client: ClientFacts, why: Why, other: int | None = None
) -> Unwanted:
    return Unwanted(rule.id, client.id, event.key, why, event, other)
