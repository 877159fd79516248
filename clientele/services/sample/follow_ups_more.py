"""What else becomes of follow-ups? Some come again, some were put off, given away, or passed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.expiring import Because
from clientele.domain.rules.repeating import Every, Repeat, rule_text
from clientele.domain.tables import Absence, Associate, FollowUp
from clientele.store.queries.reading import store_facts


def write_more_follow_ups(session: Session, *, by: int, now: datetime) -> None:
    """Change some of what is written, for the associate ``by``.

    Two repeat, one was given to a colleague and one comes from one; two that rules made were put
    off, and one passed.
    """
    store = store_facts(session)
    today = store.day_of(now)
    began = store.begins(today)
    ahead = list(session.scalars(_open().where(
        col(FollowUp.associate_id) == by,
        col(FollowUp.rule_id).is_(None),
        col(FollowUp.purchase_id).is_(None),
        col(FollowUp.due_on) > today,
    )))  # fmt: skip
    repeats = (
        Repeat(Every.MONTH, 3, day=ahead[0].due_on.day) if ahead else None,
        Repeat(Every.WEEK, 2, weekdays=(ahead[1].due_on.weekday(),)) if len(ahead) > 1 else None,
    )
    for row, repeat in zip(ahead, repeats, strict=False):
        if repeat is not None:
            row.repeat, row.repeat_from = rule_text(repeat), row.due_on
    colleagues = _colleagues(session, by)
    if colleagues and len(ahead) > 2:
        ahead[2].associate_id, ahead[2].given_by_id = colleagues[0], by
    theirs = session.scalars(
        _open().where(
            col(FollowUp.associate_id).in_(colleagues),
            col(FollowUp.rule_id).is_(None),
            col(FollowUp.given_by_id).is_(None),
            col(FollowUp.due_on) > today,
        )
    ).first()
    if theirs is not None:
        theirs.associate_id, theirs.given_by_id = by, theirs.associate_id
    of_rules = list(
        session.scalars(
            _open().where(col(FollowUp.rule_id).is_not(None), col(FollowUp.due_on) >= today)
        )
    )
    for row in of_rules[:2]:
        row.due_on, row.in_hand = max(row.due_on, today) + timedelta(days=4), True
    for row in of_rules[2:3]:
        row.state, row.outcome = FollowUpState.EXPIRED, str(Because.OCCASION_OVER)
        row.due_on, row.done_at = today - timedelta(days=6), began - timedelta(days=2)
        row.created_at = began - timedelta(days=12)


def _colleagues(session: Session, by: int) -> list[int]:
    """Who works here and is not away, so that what is theirs stands on nobody else's page."""
    asked = select(col(Associate.id)).where(
        col(Associate.id) != by,
        col(Associate.active).is_(True),
        col(Associate.id).not_in(select(col(Absence.associate_id))),
    )
    return [key for key in session.scalars(asked.order_by(col(Associate.id))) if key is not None]


def _open() -> Select[FollowUp]:
    return (
        select(FollowUp)
        .where(col(FollowUp.state) == FollowUpState.OPEN)
        .order_by(col(FollowUp.due_on), col(FollowUp.id))
    )
