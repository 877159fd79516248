"""What would a follow-up for many clients come to, before it is kept?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, Channel, ContactKind, Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.tables import Associate, BookMembership, ContactPoint, FollowUp
from clientele.store.queries.acting import away_on
from clientele.store.queries.called import alike
from clientele.store.queries.columns import ident
from clientele.store.queries.contact_points import consents

AT_ONCE = 500
"""Clients of one statement; SQLite allows 32,766 bound values."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Of the clients chosen: for how many it will be kept, and what is to be told beforehand."""

    chosen: int
    kept: int
    """Who has no open follow-up with this reason."""
    unreachable: int
    """Of those, who have no number or address for the channel."""
    refused: int
    """Of those, who said no to news on the channel; what is done for many is news."""
    unasked: int
    """Of those with a number or address, who said neither yes nor no to it."""
    away: tuple[tuple[str, int], ...]
    """Owners who are away on the day, and for how many of those it would be theirs."""


def asked_already(session: Session, clients: Sequence[int], reason: str) -> set[int]:
    """Those of these clients (some hundred at most) for whom the reason is open already."""
    asked = select(col(FollowUp.client_id), col(FollowUp.reason)).where(
        col(FollowUp.client_id).in_(clients), col(FollowUp.state) == FollowUpState.OPEN
    )
    wanted = reason.strip()
    return {key for key, said in session.execute(asked) if alike(said, wanted)}


def outlook(
    session: Session, clients: Sequence[int], *, channel: str, reason: str, on: date
) -> Outlook:
    """What a follow-up on ``channel`` for these clients, each by their owner, comes to."""
    kind = ContactKind.EMAIL if channel == Channel.EMAIL else ContactKind.PHONE
    away = {one.associate_id for one in away_on(session, on)}
    kept = unreachable = refused = unasked = 0
    theirs: dict[str, int] = {}
    wanted = list(dict.fromkeys(clients))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        asked = asked_already(session, some, reason)
        some = [key for key in some if key not in asked]
        kept += len(some)
        points = select(col(ContactPoint.client_id)).where(
            col(ContactPoint.client_id).in_(some), col(ContactPoint.kind) == kind
        )
        there = set(session.scalars(points))
        unreachable += len(some) - len(there)
        said = consents(session, some, Purpose.NEWS)
        unasked += sum(channel not in said.get(key, {}) for key in there)
        refused += sum(said.get(key, {}).get(channel) is False for key in some)
        owners = (
            select(col(Associate.name), func.count())
            .join(BookMembership, col(BookMembership.associate_id) == ident(Associate.id))
            .where(
                col(BookMembership.client_id).in_(some),
                col(BookMembership.role) == BookRole.OWNER,
                col(BookMembership.until).is_(None),
                ident(Associate.id).in_(away),
            )
            .group_by(col(Associate.name))
        )
        for name, count in session.execute(owners):
            theirs[name] = theirs.get(name, 0) + count
    away_too = tuple(sorted(theirs.items()))
    return Outlook(len(wanted), kept, unreachable, refused, unasked, away_too)
