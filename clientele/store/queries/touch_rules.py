"""The rules that create follow-ups as they are kept, and the store's days and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.touch_rules import Rule
from clientele.domain.rules.touch_rules_facts import Shop
from clientele.domain.rules.touch_rules_texts import rule_of
from clientele.domain.tables import Associate, Department, FollowUp, Tag, TouchRule
from clientele.store.queries.acting import away_between
from clientele.store.queries.columns import ident
from clientele.store.queries.permission import practice

LOOKED_AHEAD = timedelta(days=800)
"""No rule waits longer than two years, which is as far as absences matter."""


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule as it is kept, or the sentence why this version cannot read it.

    ``open_now``: follow-ups that it made and that are open.
    """

    id: int
    rule: Rule | None
    wrong: str = ""
    position: int = 0
    shipped: bool = False
    open_now: int = 0


def kept_rules(session: Session) -> tuple[KeptRule, ...]:
    """All rules that were not removed, in the manager's order."""
    counted = session.execute(
        select(col(FollowUp.rule_id), func.count())
        .where(col(FollowUp.rule_id).is_not(None), col(FollowUp.state) == FollowUpState.OPEN)
        .group_by(col(FollowUp.rule_id))
    )
    open_now = {key: count for key, count in counted if key is not None}
    found = []
    for key, body, version, on, position, shipped in session.execute(
        select(
            ident(TouchRule.id),
            col(TouchRule.body),
            col(TouchRule.version),
            col(TouchRule.active),
            col(TouchRule.position),
            col(TouchRule.key),
        )
        .where(col(TouchRule.retired_at).is_(None))
        .order_by(col(TouchRule.position), ident(TouchRule.id))
    ):
        rule, wrong = None, ""
        try:
            rule = rule_of(body, id=key, version=version, on=on)
        except Refusal as refusal:
            wrong = refusal.sentence
        found.append(KeptRule(key, rule, wrong, position, bool(shipped), open_now.get(key, 0)))
    return tuple(found)


def rules_by_id(session: Session) -> dict[int, Rule]:
    """The rules that can be read, by id, on or off."""
    return {one.id: one.rule for one in kept_rules(session) if one.rule is not None}


def unread_rules(session: Session) -> frozenset[int]:
    """The rules that are there and that this version cannot read: nothing of theirs is touched."""
    return frozenset(one.id for one in kept_rules(session) if one.rule is None)


def shop_of(session: Session, today: date) -> Shop:
    """The store's closed days, who works here, and who is away from ``today`` on.

    Raises:
        UnknownPolicy: how clients may be reached cannot be read; nobody may be.
    """
    kept = practice(session)
    here = session.scalars(select(ident(Associate.id)).where(col(Associate.active).is_(True)))
    return Shop(
        closed_weekdays=kept.closed_weekdays,
        closed_on=kept.closed_on,
        here=frozenset(here),
        absences=away_between(session, today, today + LOOKED_AHEAD),
    )


@dataclass(frozen=True, slots=True)
class RuleNames:
    """What rules name by id: departments and associates in their order, tags by name."""

    departments: dict[int, str]
    tags: dict[int, str]
    associates: dict[int, str]
    currency: str


def rule_names(session: Session, currency: str) -> RuleNames:
    """The names that rules are said with."""
    departments = session.execute(
        select(ident(Department.id), col(Department.name)).order_by(
            col(Department.position), col(Department.name)
        )
    )
    tags = session.execute(select(ident(Tag.id), col(Tag.name)).order_by(col(Tag.name)))
    people = session.execute(
        select(ident(Associate.id), col(Associate.name))
        .where(col(Associate.active).is_(True))
        .order_by(col(Associate.name))
    )
    return RuleNames(
        {row[0]: row[1] for row in departments},
        {row[0]: row[1] for row in tags},
        {row[0]: row[1] for row in people},
        currency,
    )
