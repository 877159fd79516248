"""What does the page of rules show: the rules, whom one would reach, what a change would do?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.touch_rules import Rule
from clientele.domain.rules.touch_rules_settle import Aftermath
from clientele.domain.tables import Associate, Client, HouseholdMember
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, store_facts
from clientele.store.queries.rule_outlook import Reach, aftermath_of, reach
from clientele.store.queries.templates import all_templates
from clientele.store.queries.touch_rules import KeptRule, RuleNames, kept_rules, rule_names


@dataclass(frozen=True, slots=True)
class RulesPageFacts:
    """The rules with all that they are said with; ``role`` is that of who looks."""

    rules: tuple[KeptRule, ...]
    names: RuleNames
    templates: dict[str, str]
    """Those that a rule may name, by key: without call sheets, which go with the written one."""
    role: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom a rule would reach today, with names, and what becomes of what it made."""

    reach: Reach
    aftermath: Aftermath | None
    """None for a rule that is not kept yet."""
    clients: dict[int, Named] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    """Of the household, by id, whose occasions are spoken of."""


def rules_page(session: Session, me: int, *, language: str) -> RulesPageFacts:
    """All rules that were not removed, in their order."""
    role = session.scalar(select(col(Associate.role)).where(ident(Associate.id) == me))
    templates = {
        one.key: one.template.name
        for one in all_templates(session, language)
        if not one.retired and not one.key.endswith("_call")
    }
    names = rule_names(session, store_facts(session).currency)
    return RulesPageFacts(kept_rules(session), names, templates, role or "")


def preview(session: Session, rule: Rule, *, now: datetime) -> Preview:
    """Whom the rule would reach, kept so or not yet, and what saving it would do.

    Raises:
        UnknownPolicy: how clients may be reached cannot be read; nobody may be.
    """
    found = reach(session, rule, now=now)
    after = aftermath_of(session, rule.id, rule, now=now) if rule.id else None
    events = [*(one.event for one in found.wanted), *(one.event for one in found.others)]
    ids = [*(one.client_id for one in found.wanted), *(one.client_id for one in found.others)]
    members = {one.member_id for one in events if one.member_id is not None}
    return Preview(found, after, _named(session, dict.fromkeys(ids)), _members(session, members))


def _named(session: Session, ids: Iterable[int]) -> dict[int, Named]:
    rows = _NAMES.rows(session, ids=list(ids))
    return {row[0]: Named(*row[:NAME_WIDTH]) for row in rows}


def _members(session: Session, ids: Iterable[int]) -> dict[int, str]:
    return dict(_MEMBERS.rows(session, ids=list(ids)))


_NAMES = Prepared(select(*name_columns()).where(ident(Client.id).in_(among("ids"))))
_MEMBERS = Prepared(
    select(ident(HouseholdMember.id), col(HouseholdMember.name)).where(
        ident(HouseholdMember.id).in_(among("ids"))
    )
)
