"""What becomes of a follow-up that a rule made, when the rule or the fact changes?

The same function says it beforehand and does it: what is done or dropped stays as it is; an open
one stays, moves to its new day, or ends. What an associate has taken in hand is theirs: no edit of
a rule moves or ends it, only the end of the fact itself. None is ever made anew: where a rule that
ended one asks for it again, it is that same one that comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from clientele.domain.rules.touch_rules import Rule
from clientele.domain.rules.touch_rules_days import NoDay, day_for, may_be_on, window
from clientele.domain.rules.touch_rules_facts import (
    ClientFacts,
    Event,
    Made,
    MadeState,
    Shop,
    keys_of,
    together,
)
from clientele.domain.rules.touch_rules_meet import Why, unfit, who_gets


class Fate(StrEnum):
    """What becomes of it."""

    KEEP = "keep"
    MOVE = "move"
    END = "end"
    BRING_BACK = "bring back"


class Cause(StrEnum):
    """Why it ends, moves or stays, where the rule's own conditions (``Why``) do not say it."""

    AS_IT_WAS = "as it was"
    OVER = "done or dropped"
    IN_HAND = "taken in hand"
    BY_HAND = "made by hand"
    NEW_DAY = "another day"
    RULE_OFF = "rule switched off"
    RULE_GONE = "rule removed"
    RULE_ON = "rule switched on"
    FACT_GONE = "no longer so"
    EXPIRED = "expired"
    TWICE = "asked for twice"
    """Two clients who became one were each asked for the same; one is enough."""


BY_FACT = frozenset({Cause.FACT_GONE, Why.RETURNED, Why.ERASED, Why.MERGED})
"""These end also what is in hand: there is nothing any more to follow up."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of one follow-up, and why.

    ``day``: its new day, for ``MOVE`` and ``BRING_BACK``. ``aimed_at`` and ``expires_on`` are to be
    kept with it where they are not None, also for ``KEEP``.
    """

    made: Made
    fate: Fate
    why: Cause | Why
    day: date | None = None
    aimed_at: date | None = None
    expires_on: date | None = None

    @property
    def after(self) -> Made:
        """The follow-up as it is then."""
        state = {Fate.END: MadeState.ENDED, Fate.BRING_BACK: MadeState.OPEN}
        return replace(
            self.made,
            state=state.get(self.fate, self.made.state),
            day=self.day or self.made.day,
            aimed_at=self.aimed_at or self.made.aimed_at,
        )


def all_settled(
    made: Sequence[Made],
    rules: Mapping[int, Rule],
    events: Iterable[Event],
    client: ClientFacts,
    shop: Shop,
    today: date,
) -> tuple[Settled, ...]:
    """What becomes of all that was made for one client, in the same order, one after the other.

    ``rules``: by id as they are to be; one that is not in it was removed. ``events``: the facts of
    all keys of ``made`` as they are now. Each new day keeps its distance from those before it.
    """
    facts: dict[str, list[Event]] = {}
    for event in events:
        for key in keys_of(event, {client.id, *client.was}):
            facts.setdefault(key, []).append(event)
    now = list(made)
    outcomes = []
    for at, one in enumerate(made):
        rule = None if one.rule_id is None else rules.get(one.rule_id)
        others = now[:at] + now[at + 1 :]
        found = settled(one, rule, facts.get(one.key, ()), client, others, shop, today)
        if client.was and found.after.state is MadeState.OPEN and not one.in_hand:
            before = [there for there in now[:at] if _is_same(one, there, facts)]
            behind = [there for there in now[at + 1 :] if _is_same(one, there, facts)]
            if _is_twice(one, before, behind):
                fate = Fate.END if one.state is MadeState.OPEN else Fate.KEEP
                found = Settled(one, fate, Cause.TWICE)
        outcomes.append(found)
        now[at] = found.after
    return tuple(outcomes)


def _is_same(one: Made, other: Made, facts: Mapping[str, Sequence[Event]]) -> bool:
    """Whether two keys mean one occasion: the client's, and that of who was merged into them."""
    if one.rule_id is None or other.rule_id is None:
        return False
    theirs = {event.key for event in facts.get(other.key, ())}
    return any(event.key in theirs for event in facts.get(one.key, ()))


def _is_twice(one: Made, before: Sequence[Made], behind: Sequence[Made]) -> bool:
    """Whether another for the same makes this one needless: of two open ones the first stays.

    What ended stays ended beside one that is open, or that was done or dropped.
    """
    others = {other.state for other in (*before, *behind)}
    if MadeState.DONE in others:
        return True
    if one.state is MadeState.ENDED:
        return bool(others & {MadeState.OPEN, MadeState.DROPPED})
    open_ones = [other for other in behind if other.in_hand] + list(before)
    return any(other.state is MadeState.OPEN for other in open_ones)


def settled(
    made: Made,
    rule: Rule | None,
    events: Iterable[Event],
    client: ClientFacts,
    others: Sequence[Made],
    shop: Shop,
    today: date,
) -> Settled:
    """What becomes of ``made``.

    ``rule``: the rule that made it as it is to be, None where it is removed. ``events``: the facts
    of its key as they are now (of each trigger they fit), empty where there are none any more: the
    appointment was called off, the client has been in since. ``others``: all else that was made for
    this client, so that a new day keeps its distance.
    """
    if made.rule_id is None:
        return Settled(made, Fate.KEEP, Cause.BY_HAND)
    if made.state in (MadeState.DONE, MadeState.DROPPED):
        return Settled(made, Fate.KEEP, Cause.OVER)
    event, why = _asked(rule, events, client)
    if made.state is MadeState.ENDED:
        return _back(made, rule, event, client, others, shop, today)
    if made.in_hand and why not in BY_FACT:
        return Settled(made, Fate.KEEP, Cause.IN_HAND)
    if event is None or rule is None:
        assert why is not None, "there is a reason where nothing asks for it"
        return Settled(made, Fate.END, why)
    return _new_day(made, rule, event, client, others, shop, today)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a change of a rule would do, in numbers, for the sentence that says so beforehand.

    ``kept`` counts open ones alone: what is done or dropped is past.
    """

    kept: int = 0
    in_hand: int = 0
    """How many of ``kept`` an associate has taken in hand."""
    moved: int = 0
    ended: int = 0
    brought_back: int = 0
    because: tuple[tuple[Cause | Why, int], ...] = ()
    """Why those end, the most frequent first."""


def aftermath(outcomes: Iterable[Settled]) -> Aftermath:
    """Count what would become of a rule's follow-ups."""
    open_ones = [one for one in outcomes if one.made.state in (MadeState.OPEN, MadeState.ENDED)]
    ends: dict[Cause | Why, int] = {}
    for one in open_ones:
        if one.fate is Fate.END:
            ends[one.why] = ends.get(one.why, 0) + 1
    kept = [one for one in open_ones if one.fate is Fate.KEEP and one.made.state is MadeState.OPEN]
    return Aftermath(
        kept=len(kept),
        in_hand=sum(one.why is Cause.IN_HAND for one in kept),
        moved=sum(one.fate is Fate.MOVE for one in open_ones),
        ended=sum(ends.values()),
        brought_back=sum(one.fate is Fate.BRING_BACK for one in open_ones),
        because=tuple(sorted(ends.items(), key=lambda pair: (-pair[1], pair[0].value))),
    )


def _asked(
    rule: Rule | None, events: Iterable[Event], client: ClientFacts
) -> tuple[Event | None, Cause | Why | None]:
    """The fact as the rule asks for it, or None and why it does not."""
    there = together(events)
    if not there:
        return None, Cause.FACT_GONE
    if rule is None:
        return None, _by_fact(there, client) or Cause.RULE_GONE
    if not rule.on:
        return None, _by_fact(there, client) or Cause.RULE_OFF
    event = next((one for one in there if one.trigger is rule.trigger), there[0])
    why = unfit(rule, event, client)
    return (event, None) if why is None else (None, why)


def _by_fact(events: Sequence[Event], client: ClientFacts) -> Why | None:
    """Whether the fact itself is over, whatever the rule says."""
    if client.gone is not None:
        return Why(f"client {client.gone.value}")
    return Why.RETURNED if all(one.returned for one in events) else None


def _back(
    made: Made,
    rule: Rule | None,
    event: Event | None,
    client: ClientFacts,
    others: Sequence[Made],
    shop: Shop,
    today: date,
) -> Settled:
    if rule is None or event is None:
        return Settled(made, Fate.KEEP, Cause.OVER)
    day = _day(rule, event, client, others, shop, today)
    if isinstance(day, NoDay):
        return Settled(made, Fate.KEEP, Cause.OVER)
    days = window(rule, event, shop)
    return Settled(made, Fate.BRING_BACK, Cause.RULE_ON, day, days.aimed_at, days.last)


def _new_day(
    made: Made,
    rule: Rule,
    event: Event,
    client: ClientFacts,
    others: Sequence[Made],
    shop: Shop,
    today: date,
) -> Settled:
    days = window(rule, event, shop)
    if today > days.last:
        return Settled(made, Fate.END, Cause.EXPIRED)
    as_it_was = Settled(made, Fate.KEEP, Cause.AS_IT_WAS, None, days.aimed_at, days.last)
    in_time = made.day <= days.last and may_be_on(rule, made.day, shop)
    may_stay = made.day < today or in_time
    if made.aimed_at == days.aimed_at and may_stay:
        return as_it_was
    day = _day(rule, event, client, others, shop, today)
    if day == made.day:
        return as_it_was
    if not isinstance(day, NoDay):
        return Settled(made, Fate.MOVE, Cause.NEW_DAY, day, days.aimed_at, days.last)
    if made.day > days.last:
        return Settled(made, Fate.END, Cause.EXPIRED)
    return Settled(made, Fate.KEEP, Cause.AS_IT_WAS)


def _day(
    rule: Rule,
    event: Event,
    client: ClientFacts,
    others: Sequence[Made],
    shop: Shop,
    today: date,
) -> date | NoDay:
    associate = who_gets(rule, event, client, shop) or 0
    return day_for(rule, event, associate, others, shop, today, however_far=True)
