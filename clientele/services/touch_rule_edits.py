"""A manager's rules: added, edited, switched on and off, removed, put in order.

What happens to what a rule had made is said beforehand (``store.queries.rule_outlook``) and done
here by the same function, in the same step, so that one Undo takes both back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import NotThere, Refusal
from clientele.domain.rules.rights import Right, has
from clientele.domain.rules.touch_rules import Rule, checked, edited
from clientele.domain.rules.touch_rules_texts import rule_json, rule_of
from clientele.domain.tables import TouchRule
from clientele.services.acting import needs
from clientele.services.rows import new_id, the
from clientele.services.touch_rules import settle
from clientele.services.verb import verb
from clientele.store.queries.rule_outlook import outcomes_of_rule


class RuleChangedMeanwhile(Refusal):
    """Another manager saved it first."""

    template = (
        "This rule was changed at another terminal meanwhile. Nothing was changed; what you chose "
        "is still there. Close the form and open the rule again to see what it says now."
    )


@dataclass(frozen=True, slots=True)
class AddRule:
    """A new rule; its ``id`` and ``version`` do not matter."""

    rule: Rule
    by: int


@dataclass(frozen=True, slots=True)
class EditRule:
    """The rule with the id of ``rule`` is to be so; ``version`` is the one that was edited."""

    rule: Rule
    by: int


@dataclass(frozen=True, slots=True)
class SwitchRule:
    """On or off."""

    rule_id: int
    on: bool
    by: int


@dataclass(frozen=True, slots=True)
class RemoveRule:
    """It is to be no more."""

    rule_id: int
    by: int


@dataclass(frozen=True, slots=True)
class OrderRules:
    """The rules in the order in which they are to stand."""

    ids: tuple[int, ...]
    by: int


def may_rule(role: str) -> bool:
    """Whether an associate of this role may change the rules."""
    return has(role, Right.WORDING)


@verb
@needs(Right.WORDING)
def add_rule(session: Session, what: AddRule, /, *, now: datetime) -> int | None:
    """Keep a new rule, at the end, and answer its id. The next run lets it make what it asks for.

    Raises:
        Refusal: the rule makes no sense (``rules.touch_rules.checked``).
    """
    rule = checked(what.rule)
    last = session.scalar(select(func.max(col(TouchRule.position))))
    return new_id(
        session,
        TouchRule(
            body=rule_json(rule),
            active=rule.on,
            position=0 if last is None else last + 1,
            created_at=now,
            updated_at=now,
            associate_id=what.by,
        ),
    )


@verb
@needs(Right.WORDING)
def edit_rule(session: Session, what: EditRule, /, *, now: datetime) -> int | None:
    """Keep a rule as it is now said, and settle what it had made.

    Raises:
        NotThere: it was removed.
        RuleChangedMeanwhile: it is another version by now.
        Refusal: the rule makes no sense (``rules.touch_rules.checked``).
    """
    row = _row(session, what.rule.id)
    if row.version != what.rule.version:
        raise RuleChangedMeanwhile
    new = checked(what.rule)
    try:
        old = rule_of(row.body, id=what.rule.id, version=row.version, on=row.active)
    except Refusal:
        new = replace(new, version=row.version + 1)
    else:
        new = edited(old, new)
        if new == old:
            return row.id
    _keep(session, row, new, what.by, now)
    return row.id


@verb
@needs(Right.WORDING)
def switch_rule(session: Session, what: SwitchRule, /, *, now: datetime) -> int | None:
    """Switch a rule on or off, and settle what it had made.

    Raises:
        NotThere: it was removed.
        UnknownRule: this version cannot read it.
    """
    row = _row(session, what.rule_id)
    rule = rule_of(row.body, id=what.rule_id, version=row.version, on=row.active)
    if rule.on != what.on:
        _keep(session, row, edited(rule, replace(rule, on=what.on)), what.by, now)
    return row.id


@verb
@needs(Right.WORDING)
def remove_rule(session: Session, what: RemoveRule, /, *, now: datetime) -> int | None:
    """Put a rule away for good, and settle what it had made. What is done stays as it is.

    Raises:
        NotThere: it was removed already.
    """
    row = _row(session, what.rule_id)
    for outcome in list(outcomes_of_rule(session, what.rule_id, None, now=now)):
        settle(session, outcome, now)
    row.retired_at, row.associate_id = now, what.by
    return row.id


@verb
@needs(Right.WORDING)
def order_rules(session: Session, what: OrderRules, /, *, now: datetime) -> int | None:
    """Keep the order in which the rules stand; which of two is meant does not depend on it.

    Raises:
        NotThere: one of them was removed.
    """
    for position, key in enumerate(what.ids):
        _row(session, key).position = position
    return None


def _keep(session: Session, row: TouchRule, rule: Rule, by: int, now: datetime) -> None:
    for outcome in list(outcomes_of_rule(session, rule.id, rule, now=now)):
        settle(session, outcome, now)
    row.body, row.version, row.active = rule_json(rule), rule.version, rule.on
    row.updated_at, row.associate_id = now, by


def _row(session: Session, key: int) -> TouchRule:
    row = the(session, TouchRule, key)
    if row.retired_at is not None:
        raise NotThere
    return row
