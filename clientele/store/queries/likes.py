"""All likes and avoids of a client and the household, with how each is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.rules.likes import Held
from clientele.domain.tables import Associate, Department, HouseholdMember, Preference
from clientele.store.queries.columns import ident
from clientele.store.queries.seen import Seen, seen


@dataclass(frozen=True, slots=True)
class LikeRow:
    """A like or avoid: of whom, where it counts, and how it is known."""

    id: int
    kind: str
    what: str
    member_id: int | None
    member: str
    """Empty for the client."""
    department_id: int | None
    department: str
    """Empty for all of them."""
    evidence: str
    said_at: datetime
    associate_id: int | None
    associate: str
    told_in: str
    """The department of whoever was told."""

    @property
    def held(self) -> Held:
        """As it is compared with others."""
        return Held(self.id, self.kind, self.what, self.member_id, self.department_id)


@dataclass(frozen=True, slots=True)
class Likes:
    """The likes and avoids, and what the form to change them lets choose from."""

    rows: tuple[LikeRow, ...]
    people: tuple[tuple[int, str], ...]
    """The household: id and name."""
    departments: tuple[tuple[int, str], ...]


def likes_seen(session: Session, client_id: int) -> tuple[Likes, dict[int, Seen]]:
    """The likes and avoids, and what was seen of the client's own by the ids of their rows."""
    found = likes(session, client_id)
    own = [(row.id, row.what) for row in found.rows if row.member_id is None]
    return found, seen(session, client_id, own)


def _values(row: Any) -> tuple[Any, ...]:
    return tuple(row)


def likes(session: Session, client_id: int) -> Likes:
    """The client's own first, then each of the household's, likes before avoids."""
    counts_in, told_in = aliased(Department), aliased(Department)
    rows = session.execute(
        select(
            ident(Preference.id),
            col(Preference.kind),
            col(Preference.what),
            col(Preference.household_member_id),
            func.coalesce(col(HouseholdMember.name), ""),
            col(Preference.department_id),
            func.coalesce(col(counts_in.name), ""),
            col(Preference.evidence),
            col(Preference.created_at),
            col(Preference.associate_id),
            func.coalesce(col(Associate.name), ""),
            func.coalesce(col(told_in.name), ""),
        )
        .outerjoin(
            HouseholdMember, ident(HouseholdMember.id) == col(Preference.household_member_id)
        )
        .outerjoin(counts_in, ident(counts_in.id) == col(Preference.department_id))
        .outerjoin(Associate, ident(Associate.id) == col(Preference.associate_id))
        .outerjoin(told_in, ident(told_in.id) == col(Associate.department_id))
        .where(col(Preference.client_id) == client_id)
        .order_by(
            col(Preference.household_member_id).is_not(None),
            col(Preference.household_member_id),
            col(Preference.kind).desc(),
            ident(Preference.id),
        )
    )
    people = session.execute(
        select(ident(HouseholdMember.id), col(HouseholdMember.name), col(HouseholdMember.relation))
        .where(col(HouseholdMember.client_id) == client_id)
        .order_by(ident(HouseholdMember.id))
    )
    departments = session.execute(
        select(ident(Department.id), col(Department.name)).order_by(
            col(Department.position), ident(Department.id)
        )
    )
    return Likes(
        tuple(LikeRow(*_values(row)) for row in rows),
        tuple((key, name or relation) for key, name, relation in people),
        tuple((key, name) for key, name in departments),
    )
