"""The rules at work: what they made is settled, then they make what is asked for today.

A run goes through the clients some hundred at a time, each time in a write of its own, and looks
at the book again right before it writes. The key of an occasion is unique in the book, so however
often it is run, on however many terminals, an occasion is asked for once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.rights import Right
from clientele.domain.rules.touch_rules_meet import Wanted
from clientele.domain.rules.touch_rules_settle import Cause, Fate
from clientele.domain.rules.touch_rules_texts import rule_json, starting_rules
from clientele.domain.tables import FollowUp, TouchMade, TouchRule
from clientele.services.acting import needs
from clientele.services.rows import new_id, the
from clientele.services.verb import lasting, verb
from clientele.store.queries.reading import store_facts
from clientele.store.queries.rule_candidates import (
    candidates,
    near_candidates,
    overdue_after,
    to_settle,
)
from clientele.store.queries.rule_outlook import Outcome, outlooks
from clientele.store.queries.touch_rules import rules_by_id, shop_of


@dataclass(frozen=True, slots=True)
class StartingRules:
    """The rules that a store starts with, named in ``language`` (en, de, nl; others English)."""

    language: str = "en"


@dataclass(frozen=True, slots=True)
class RunRules:
    """Let the rules look at these clients."""

    clients: tuple[int, ...]


def clients_to_look_at(session: Session, *, now: datetime) -> list[int]:
    """The clients for whom rules may have anything to do today, the newest first.

    Raises:
        UnknownPolicy: how clients may be reached cannot be read; nothing is made then.
    """
    today = store_facts(session).day_of(now)
    on = [one for one in rules_by_id(session).values() if one.on]
    found = candidates(session, on, shop_of(session, today), today)
    return sorted({*found, *to_settle(session, today)}, reverse=True)


def near_to_look_at(session: Session, *, now: datetime) -> list[int]:
    """Those of ``clients_to_look_at`` who are found at once; ``late_to_look_at`` finds the others.

    Raises:
        UnknownPolicy: as ``clients_to_look_at``.
    """
    today = store_facts(session).day_of(now)
    on = [one for one in rules_by_id(session).values() if one.on]
    found = near_candidates(session, on, shop_of(session, today), today)
    return sorted({*found, *to_settle(session, today)}, reverse=True)


def late_to_look_at(session: Session, after: int, *, now: datetime) -> tuple[list[int], int | None]:
    """Some of those who are overdue by their own rhythm, and after which client to go on.

    Raises:
        UnknownPolicy: as ``clients_to_look_at``.
    """
    today = store_facts(session).day_of(now)
    on = [one for one in rules_by_id(session).values() if one.on]
    return overdue_after(session, on, shop_of(session, today), today, after=after)


def clients_to_write(session: Session, ids: Iterable[int], *, now: datetime) -> tuple[int, ...]:
    """Of these clients, those for whom ``run_rules`` would write anything."""
    found = outlooks(session, list(ids), rules_by_id(session), now=now)
    return tuple(one.client_id for one in found)


def no_rules_yet(session: Session) -> bool:
    """Whether a book never had rules; one whose rules were all removed had some."""
    return session.scalar(select(col(TouchRule.id)).limit(1)) is None


@lasting
@verb
@needs(Right.BY_ITSELF)
def start_rules(session: Session, what: StartingRules, /, *, now: datetime) -> int | None:
    """Put in the rules that a store starts with, once in the life of a book."""
    if no_rules_yet(session):
        put_in_starting_rules(session, store_facts(session).currency, what.language, now)
    return None


def put_in_starting_rules(session: Session, currency: str, language: str, now: datetime) -> None:
    """The rules that a store starts with; amounts in ``currency``."""
    for position, rule in enumerate(starting_rules(currency, language)):
        session.add(
            TouchRule(
                body=rule_json(rule),
                active=rule.on,
                position=position,
                key=rule.trigger.value,
                created_at=now,
                updated_at=now,
            )
        )
    session.flush()


@lasting
@verb
@needs(Right.BY_ITSELF)
def run_rules(session: Session, what: RunRules, /, *, now: datetime) -> int | None:
    """Settle what rules made for these clients, then make what they ask for today.

    Nobody did this, so there is no way back; what was made is dropped like anything else.

    Raises:
        UnknownPolicy: how clients may be reached cannot be read; nothing is made then.
    """
    rules = rules_by_id(session)
    for outlook in outlooks(session, list(what.clients), rules, now=now):
        for outcome in outlook.outcomes:
            settle(session, outcome, now)
        for wanted in outlook.wanted:
            _make(session, wanted, rules[wanted.rule_id].name, now)
    return None


def settle(session: Session, outcome: Outcome, now: datetime) -> None:
    """Write what becomes of a follow-up that a rule made."""
    row, settled = outcome.row, outcome.settled
    if row.follow_up_id is None or row.touch_id is None:
        return
    follow_up = the(session, FollowUp, row.follow_up_id)
    if settled.fate is Fate.END:
        expired = settled.why is Cause.EXPIRED
        follow_up.state = FollowUpState.EXPIRED if expired else FollowUpState.ENDED
        follow_up.done_at, follow_up.outcome = now, settled.why.value
    elif settled.fate is Fate.BRING_BACK:
        follow_up.state, follow_up.done_at = FollowUpState.OPEN, None
        follow_up.outcome = ""
    if settled.day is not None:
        follow_up.due_on = settled.day
    if settled.expires_on is not None:
        follow_up.expires_on = settled.expires_on
    if settled.aimed_at is not None:
        the(session, TouchMade, row.touch_id).aimed_at = settled.aimed_at


def run_all(session: Session, *, now: datetime) -> int:
    """A whole run in one write, as the command line does it; answers how many clients it wrote.

    Raises:
        UnknownPolicy: as ``run_rules``.
    """
    ids = clients_to_write(session, clients_to_look_at(session, now=now), now=now)
    run_rules(session, RunRules(ids), now=now)
    return len(ids)


def _make(session: Session, wanted: Wanted, reason: str, now: datetime) -> None:
    event = wanted.event
    follow_up = new_id(
        session,
        FollowUp(
            client_id=wanted.client_id,
            associate_id=wanted.associate_id,
            channel=wanted.channel.value,
            reason=reason,
            due_on=wanted.due_on,
            created_at=now,
            purpose=wanted.purpose.value,
            template=wanted.template,
            expires_on=wanted.expires_on,
            rule_id=wanted.rule_id,
            source=event.source.value,
            source_id=event.source_id,
        ),
    )
    session.add(
        TouchMade(
            occasion_key=wanted.key,
            client_id=wanted.client_id,
            rule_id=wanted.rule_id,
            rule_version=wanted.rule_version,
            follow_up_id=follow_up,
            aimed_at=wanted.aimed_at,
            made_at=now,
        )
    )
