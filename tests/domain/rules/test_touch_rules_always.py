"""Whatever is edited, toggled, returned, merged and run again: is no occasion asked for twice?

The state machine does what a store does day after day over the same facts: it runs the rules,
settles what they made, edits, renames and switches them, serves and drops follow-ups, brings
purchases back, moves them to another client, and lets days go by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.client import Channel
from clientele.domain.money import Money
from clientele.domain.rules.cover import Away, acting
from clientele.domain.rules.touch_rules import PRICED, Gets, Rule, Trigger, Unit, edited, rank
from clientele.domain.rules.touch_rules_days import EARLIER, may_be_on
from clientele.domain.rules.touch_rules_facts import (
    ClientFacts,
    Event,
    Made,
    MadeState,
    Part,
    Shop,
    Source,
    keys_of,
)
from clientele.domain.rules.touch_rules_meet import Plan, Wanted, plan, unfit
from clientele.domain.rules.touch_rules_settle import Fate, Settled, all_settled, settled
from tests.domain.rules.touching import CLIENT, OWNER, SELLER, SOURCES, TAILOR, TODAY
from tests.examples import examples

TEAM = (OWNER, SELLER, TAILOR)
near_days = st.integers(-12, 20).map(lambda number: TODAY + timedelta(days=number))
some_departments = st.just(frozenset[int]()) | st.frozensets(st.integers(11, 13), max_size=2)
priced = st.sampled_from([Trigger.PURCHASE, Trigger.FIRST, Trigger.ANNIVERSARY])
triggers = priced | st.sampled_from(Trigger)
"""Mostly of purchases, where several rules fit one occasion."""


@st.composite
def rules(draw: st.DrawFn, id: int) -> Rule:
    trigger = draw(triggers)
    least = draw(st.none() | st.integers(1, 500)) if trigger in PRICED else None
    return Rule(
        draw(st.sampled_from(["Thanks", "Hello", "Sehr gern"])),
        trigger,
        "thank_you",
        draw(st.sampled_from(Channel)),
        id=id,
        on=draw(st.sampled_from([True, True, True, False])),
        otherwise=tuple(Channel),
        wait=0 if trigger is Trigger.RHYTHM else draw(st.integers(0, 10)),
        unit=draw(st.sampled_from([Unit.DAYS] * 5 + [Unit.MONTHS])),
        overdue=draw(st.integers(0, 100)),
        not_on=draw(st.frozensets(st.integers(0, 6), max_size=2)),
        departments=draw(some_departments),
        least=None if least is None else Money(least, "EUR"),
        tags=draw(st.sampled_from([frozenset(), frozenset({21}), frozenset({21, 22})])),
        gets=draw(st.sampled_from(Gets)),
        once_in=draw(st.integers(0, 15)),
        among_all=draw(st.sampled_from([True, True, False])),
        expires=draw(st.integers(1, 40)),
    )


@st.composite
def events(draw: st.DrawFn) -> Event:
    trigger = draw(triggers)
    source_id = CLIENT.id if trigger is Trigger.RHYTHM else draw(st.integers(1, 4))
    parts = draw(
        st.lists(st.builds(Part, st.integers(11, 13), st.integers(0, 900)), min_size=1, max_size=3)
    )
    return Event(
        trigger,
        CLIENT.id,
        SOURCES[trigger],
        source_id,
        draw(near_days),
        tuple(parts),
        "EUR" if trigger in PRICED else "",
        who=draw(st.none() | st.sampled_from(TEAM)),
        visit_id=55 if trigger in PRICED and source_id in (2, 3) else None,
        turns=1 if trigger is Trigger.ANNIVERSARY else None,
        rhythm=draw(st.integers(1, 40)),
    )


@st.composite
def shops(draw: st.DrawFn) -> Shop:
    away = draw(
        st.lists(
            st.builds(
                Away,
                st.sampled_from(TEAM),
                st.sampled_from(TEAM),
                near_days,
                near_days,
            ),
            max_size=2,
            unique_by=lambda one: one.associate_id,
        )
    )
    return Shop(
        draw(st.frozensets(st.integers(0, 6), max_size=2)),
        draw(st.frozensets(near_days, max_size=4)),
        draw(st.integers(0, 7)),
        frozenset(TEAM),
        tuple(away),
    )


@dataclass
class Book:
    """A store's rules, facts and follow-ups, as its tables would hold them."""

    shop: Shop
    rules: dict[int, Rule]
    facts: list[Event]
    client: ClientFacts = CLIENT
    made: list[Made] = field(default_factory=list)
    today: date = TODAY
    created: list[str] = field(default_factory=list)

    def run(self) -> Plan:
        found = plan(self.rules.values(), self.facts, self.client, self.made, self.shop, self.today)
        self.created.extend(one.key for one in found.wanted)
        self.made.extend(one.made for one in found.wanted)
        return found

    def settle(self) -> None:
        """Settle all of it and hold what is true of each."""
        outcomes = self._settled()
        for at, one in enumerate(outcomes):
            before = [other.after for other in outcomes[:at]] + self.made[at + 1 :]
            self._settled_for_good(one, before)
            if one.fate in (Fate.KEEP, Fate.END):
                assert one.day is None
                continue
            assert one.day is not None
            assert one.day >= self.today
            rule = self.rules[one.made.rule_id or 0]
            assert rule.on
            assert may_be_on(rule, one.day, self.shop)
            assert keeps_distance(rule, one.day, before, self.shop, self.today)
        self.made = [one.after for one in outcomes]

    def _settled_for_good(self, one: Settled, others: list[Made]) -> None:
        ids = {self.client.id, *self.client.was}
        facts = [fact for fact in self.facts if one.made.key in keys_of(fact, ids)]
        rule = self.rules.get(one.made.rule_id or 0)
        again = settled(one.after, rule, facts, self.client, others, self.shop, self.today)
        assert again.fate is Fate.KEEP, "settled once, it is settled"

    def _settled(self) -> tuple[Settled, ...]:
        return all_settled(self.made, self.rules, self.facts, self.client, self.shop, self.today)


def keeps_distance(rule: Rule, day: date, made: Sequence[Made], shop: Shop, today: date) -> bool:
    """Whether no touch is nearer than the rule and the store want it, said another way."""
    for one in made:
        if one.state not in (MadeState.OPEN, MadeState.DONE):
            continue
        when = max(one.day, today) if one.state is MadeState.OPEN else one.day
        apart = abs((when - day).days)
        if rule.among_all and apart < shop.between:
            return False
        if one.rule_id == rule.id and apart < rule.once_in:
            return False
    return True


def holds(book: Book, found: Plan, before: Sequence[Made]) -> None:
    """What is true of each run."""
    assert len(set(book.created)) == len(book.created), "an occasion was asked for twice"
    there = list(before)
    for one in found.wanted:
        rule = book.rules[one.rule_id]
        assert rule.on
        assert one.aimed_at - timedelta(days=EARLIER) <= one.due_on <= one.expires_on
        assert one.due_on >= book.today
        assert may_be_on(rule, one.due_on, book.shop)
        assert keeps_distance(rule, one.due_on, there, book.shop, book.today)
        assert (one.channel, one.purpose) in book.client.allowed
        assert not one.event.returned
        who = acting(one.associate_id, one.due_on, book.shop.absences)
        assert not any(
            away.associate_id == who and away.on(one.due_on) for away in book.shop.absences
        )
        nothing_better(book, one)
        there.append(one.made)
    answered = {(one.rule_id, one.key) for one in found.wanted}
    answered |= {(one.rule_id, one.key) for one in found.unwanted}
    asked = {
        (rule.id, event.key)
        for rule in book.rules.values()
        for event in book.facts
        if rule.on and rule.trigger is event.trigger
    }
    assert answered == asked, "each rule says of each fact of its trigger what becomes of it"


def nothing_better(book: Book, wanted: Wanted) -> None:
    """No other rule that fits the same occasion is more specific."""
    for rule in book.rules.values():
        if rule.on and rule.trigger is wanted.event.trigger:
            fits = unfit(rule, wanted.event, book.client) is None
            assert not fits or rank(rule) <= rank(book.rules[wanted.rule_id])


def act(book: Book, data: st.DataObject) -> None:
    """Something happens in the store."""
    what = data.draw(
        st.sampled_from(
            ["edit", "rename", "toggle", "replace", "days", "end", "return", "move", "fact", "take"]
        )
    )
    at = data.draw(st.sampled_from(sorted(book.rules)))
    rule = book.rules[at]
    if what == "edit":
        book.rules[at] = edited(rule, data.draw(rules(at)))
    elif what == "rename":
        book.rules[at] = edited(rule, replace(rule, name=rule.name + "!"))
    elif what == "toggle":
        book.rules[at] = edited(rule, replace(rule, on=not rule.on))
    elif what == "replace":
        del book.rules[at]
        new = at + 10
        book.rules[new] = replace(rule, id=new)
    elif what == "days":
        book.today += timedelta(days=data.draw(st.integers(0, 20)))
    elif what in ("end", "take") and book.made:
        number = data.draw(st.integers(0, len(book.made) - 1))
        one = book.made[number]
        changed: dict[str, Any] = {"in_hand": True}
        if what == "end":
            state = data.draw(st.sampled_from([MadeState.DONE, MadeState.DROPPED]))
            changed = {"state": state, "day": book.today}
        book.made[number] = replace(one, **changed)
    elif what in ("return", "move", "fact"):
        number = data.draw(st.integers(0, len(book.facts) - 1))
        fact = book.facts[number]
        if what == "return":
            book.facts[number] = replace(fact, returned=not fact.returned)
        elif what == "fact":
            book.facts[number] = replace(fact, day=data.draw(near_days))
        else:
            merge(book)


def merge(book: Book) -> None:
    """The client goes into another: facts and follow-ups go along, those of a client by the id."""
    new = book.client.id + 1
    book.client = replace(book.client, id=new, was=book.client.was | {book.client.id})
    book.facts = [
        replace(one, client_id=new, source_id=new if one.source is Source.RHYTHM else one.source_id)
        for one in book.facts
    ]
    book.made = [replace(one, client_id=new) for one in book.made]


@settings(max_examples=examples(60), deadline=None)
@given(
    shops(),
    st.lists(st.integers(1, 9), min_size=2, max_size=5, unique=True),
    st.lists(
        events(),
        min_size=2,
        max_size=9,
        unique_by=lambda one: (one.trigger, one.source_id),
    ),
    st.data(),
)
def test_no_occasion_is_asked_for_twice(
    shop: Shop, numbers: list[int], facts: list[Event], data: st.DataObject
) -> None:
    book = Book(shop, {one: data.draw(rules(one)) for one in numbers}, facts)
    occasions: set[str] = set()
    for _ in range(data.draw(st.integers(1, 8))):
        before = list(book.made)
        found = book.run()
        holds(book, found, before)
        assert book.run().wanted == (), "run again at once, there is nothing more"
        turned = (list(book.rules.values())[::-1], book.facts[::-1])
        again = plan(*turned, book.client, before, book.shop, book.today)
        assert again == found, "whatever the order in which all is given"
        for one in found.wanted:
            mark = _occasion(one.event)
            assert mark not in occasions, "the same fact under another key"
            occasions.add(mark)
        if data.draw(st.booleans()):
            book.settle()
        act(book, data)
    assert len({one.key for one in book.made}) == len(book.made)


def _occasion(event: Event) -> str:
    """The fact itself, whoever's it is and by whichever rule."""
    if event.trigger is Trigger.RHYTHM:
        return f"away since {event.day}"
    yearly = event.trigger in (Trigger.OCCASION, Trigger.ANNIVERSARY)
    if event.visit_id is not None and not yearly:
        return f"visit {event.visit_id}"
    return f"{event.source} {event.source_id} {event.day.year if yearly else ''}"
