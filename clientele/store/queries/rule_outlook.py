"""What would rules make today, what becomes of what they made, and what would one rule reach?

The run itself asks here right before it writes, and so do the preview and the sentence that says
beforehand what a change does: what is said is what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy.orm import Session

from clientele.domain.rules.touch_rules import Rule, Trigger
from clientele.domain.rules.touch_rules_facts import (
    ClientFacts,
    Event,
    Made,
    MadeState,
    Shop,
    keys_of,
)
from clientele.domain.rules.touch_rules_meet import (
    Plan,
    Unwanted,
    Wanted,
    Why,
    plan,
    touches,
    unfit,
)
from clientele.domain.rules.touch_rules_settle import (
    Aftermath,
    Fate,
    Settled,
    aftermath,
    all_settled,
)
from clientele.domain.rules.touch_rules_span import Span, rhythm_is_due, spans
from clientele.store.queries.reading import store_facts
from clientele.store.queries.rule_candidates import candidates, clients_of_rule
from clientele.store.queries.rule_clients import (
    SETTLED_LATER,
    MadeRow,
    clients_for_rules,
    made_for,
    made_under,
)
from clientele.store.queries.rule_facts import EVER, events_of
from clientele.store.queries.touch_rules import rules_by_id, shop_of, unread_rules

AT_ONCE = 200
"""Clients that are looked at together."""

_OF_THE_FACT = frozenset({Why.OTHER_TRIGGER, Why.RETURNED, Why.AMOUNT, Why.CURRENCY, Why.YEAR})
"""Why a rule does not ask for a fact, whoever the client is."""

SHOWN = 40
"""Clients of a preview whose names are shown; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one follow-up that a rule made."""

    row: MadeRow
    settled: Settled

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        one = self.settled
        return (
            one.fate is not Fate.KEEP
            or one.aimed_at not in (None, self.row.made.aimed_at)
            or one.expires_on not in (None, self.row.expires_on)
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be done for one client today."""

    client_id: int
    wanted: tuple[Wanted, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a rule would reach today, and why not the others.

    ``wanted`` and ``others`` are the first of each; ``clients`` and ``why`` count all.
    """

    clients: int
    wanted: tuple[Wanted, ...]
    why: tuple[tuple[Why, int], ...]
    others: tuple[Unwanted, ...]


@dataclass(frozen=True, slots=True)
class _Client:
    """All that is known of one client for rules; ``near`` are the facts of these days."""

    facts: ClientFacts
    near: tuple[Event, ...]
    events: tuple[Event, ...]
    rows: tuple[MadeRow, ...]
    under: tuple[Made, ...]


def outlooks(
    session: Session, ids: Sequence[int], rules: Mapping[int, Rule], *, now: datetime
) -> list[Outlook]:
    """What is to be done for each of these clients; who needs nothing is left out.

    ``rules`` by id, on or off; what a rule made that is not among them was removed.

    Raises:
        UnknownPolicy: how clients may be reached cannot be read; nothing is made then.
    """
    today = store_facts(session).day_of(now)
    shop, unread = shop_of(session, today), unread_rules(session)
    found = []
    for some in _pieces(ids):
        for one in _gathered(session, some, list(rules.values()), shop, now=now, settle=True):
            outcomes = _settled(one, rules, unread, shop, today)
            there = [*_after(one.rows, outcomes), *one.under]
            wanted = plan(rules.values(), one.near, one.facts, there, shop, today).wanted
            outcomes = tuple(outcome for outcome in outcomes if outcome.changes)
            if wanted or outcomes:
                found.append(Outlook(one.facts.id, wanted, outcomes))
    return found


def outcomes_of_rule(
    session: Session, rule_id: int, rule: Rule | None, *, now: datetime
) -> Iterator[Outcome]:
    """What would become of all that a rule made if it were ``rule`` (None: removed)."""
    today = store_facts(session).day_of(now)
    shop, unread = shop_of(session, today), unread_rules(session)
    rules = {key: one for key, one in rules_by_id(session).items() if key != rule_id}
    if rule is not None:
        rules[rule_id] = rule
    for some in _pieces(clients_of_rule(session, rule_id)):
        for one in _gathered(session, some, list(rules.values()), shop, now=now, settle=True):
            for outcome in _settled(one, rules, unread - {rule_id}, shop, today):
                if outcome.row.made.rule_id == rule_id:
                    yield outcome


def aftermath_of(session: Session, rule_id: int, rule: Rule | None, *, now: datetime) -> Aftermath:
    """The same, counted: what is said before a rule is changed or (None) removed."""
    return aftermath(one.settled for one in outcomes_of_rule(session, rule_id, rule, now=now))


def reach(session: Session, rule: Rule, *, now: datetime) -> Reach:
    """Whom a rule would reach today beside what was made already, and why not the others.

    A rule that is off or not kept yet is shown as if it were on.
    """
    today = store_facts(session).day_of(now)
    shop = shop_of(session, today)
    others = [one for key, one in rules_by_id(session).items() if key != rule.id]
    why: dict[Why, int] = {}
    wanted: list[Wanted] = []
    unwanted: list[Unwanted] = []
    clients = 0
    for some in _pieces(candidates(session, [rule], shop, today)):
        for one in _gathered(session, some, [rule, *others], shop, now=now, settle=False):
            made = [*(row.made for row in one.rows), *one.under]
            found = touches(rule, one.near, one.facts, made, shop, today, others=others)
            clients += bool(found.wanted)
            wanted += found.wanted
            for other in found.unwanted:
                why[other.why] = why.get(other.why, 0) + 1
            unwanted += _few(found, SHOWN - len(unwanted))
    wanted.sort(key=lambda one: (one.due_on, -one.client_id))
    counted = sorted(why.items(), key=lambda pair: (-pair[1], pair[0].value))
    return Reach(clients, tuple(wanted[:SHOWN]), tuple(counted), tuple(unwanted))


def _few(found: Plan, most: int) -> list[Unwanted]:
    return list(islice(found.unwanted, max(most, 0)))


def _pieces(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield list(ids[start : start + AT_ONCE])


def _gathered(
    session: Session,
    ids: list[int],
    rules: Sequence[Rule],
    shop: Shop,
    *,
    now: datetime,
    settle: bool,
) -> list[_Client]:
    """What is known of those of ``ids`` for whom there is anything to make or to settle."""
    today = store_facts(session).day_of(now)
    on = [one for one in rules if one.on] if settle else list(rules)
    near = spans(on, shop, today)
    rows = made_for(session, ids, now=now)
    old = [key for key in ids if settle and any(_may_change(one, today) for one in rows[key])]
    new = [key for key in ids if key not in set(old)]
    triggers = {one.trigger for one in on}
    events = {
        **events_of(session, new, triggers, since=_since(near, on, today), today=today),
        **events_of(session, old, set(Trigger), since=EVER, today=today),
    }
    close = {key: tuple(_near(some, near, triggers)) for key, some in events.items()}
    keys = {key: {one.made.key for one in rows[key]} for key in ids}
    matter = {
        key for key in ids
        if key in set(old) or any(
            not settle or (event.key not in keys[key] and _may_fit(event, on, shop, today))
            for event in close[key]
        )
    }  # fmt: skip
    facts = clients_for_rules(
        session,
        [key for key in ids if key in matter],
        departments=any(one.departments for one in rules),
        now=now,
    )
    under = _under(session, facts, close)
    return [
        _Client(
            client,
            close[key],
            tuple(events[key]),
            tuple(rows[key]),
            tuple(under.get(key, ())),
        )
        for key, client in facts.items()
    ]


def _under(
    session: Session, facts: Mapping[int, ClientFacts], close: Mapping[int, tuple[Event, ...]]
) -> dict[int, list[Made]]:
    """What was made under the keys of these facts for another client, such as before a move."""
    whose: dict[str, list[int]] = {}
    for key, client in facts.items():
        for event in close[key]:
            for name in keys_of(event, {client.id, *client.was}):
                whose.setdefault(name, []).append(key)
    found: dict[int, list[Made]] = {}
    for made in made_under(session, whose):
        for key in whose[made.key]:
            if made.client_id != key:
                found.setdefault(key, []).append(made)
    return found


def _settled(
    one: _Client, rules: Mapping[int, Rule], unread: frozenset[int], shop: Shop, today: date
) -> tuple[Outcome, ...]:
    """What becomes of each row, in the order of ``one.rows`` without those that stay anyway."""
    made = [row.made for row in one.rows]
    outcomes = all_settled(made, rules, one.events, one.facts, shop, today)
    return tuple(
        Outcome(row, settled)
        for row, settled in zip(one.rows, outcomes, strict=True)
        if row.touch_id is not None and row.made.rule_id not in unread and _may_change(row, today)
    )


def _after(rows: Iterable[MadeRow], outcomes: Iterable[Outcome]) -> list[Made]:
    """All that was made, as it is once these outcomes are written."""
    settled = {one.row.touch_id: one.settled.after for one in outcomes}
    return [row.made if row.touch_id is None else settled.get(row.touch_id, row.made)
            for row in rows]  # fmt: skip


def _may_change(row: MadeRow, today: date) -> bool:
    """Whether a row is a rule's and may end, move or come back."""
    if row.touch_id is None or row.follow_up_id is None or row.made.aimed_at is None:
        return False
    if row.made.state is MadeState.ENDED:
        return row.made.aimed_at >= today - SETTLED_LATER
    return row.made.state is MadeState.OPEN


def _near(
    events: Iterable[Event], near: Mapping[Trigger, Span], triggers: set[Trigger]
) -> Iterator[Event]:
    """The facts of these days; that of a rhythm always, for it is one of each client."""
    for event in events:
        if event.trigger not in triggers:
            continue
        span = near.get(event.trigger)
        if event.trigger is Trigger.RHYTHM or (span is not None and span.holds(event.day)):
            yield event


def _may_fit(event: Event, rules: Iterable[Rule], shop: Shop, today: date) -> bool:
    """Whether a rule may ask for a fact, whoever the client is: it is dear to ask who they are."""
    if event.trigger is Trigger.RHYTHM and not rhythm_is_due(
        rules, event.rhythm or 1, event.day, shop, today
    ):
        return False
    nobody = ClientFacts(event.client_id)
    return any(unfit(rule, event, nobody) not in _OF_THE_FACT for rule in rules)


def _since(near: Mapping[Trigger, Span], rules: Iterable[Rule], today: date) -> date:
    """From which day on purchases and the like are read."""
    years = max((one.years for one in rules if one.trigger is Trigger.ANNIVERSARY), default=0)
    firsts = [today]
    for trigger, span in near.items():
        back = timedelta(days=366 * years + 2) if trigger is Trigger.ANNIVERSARY else timedelta()
        firsts.append(span.first - back)
    return max(min(firsts), EVER)
