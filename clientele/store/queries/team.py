"""Who works here, and where."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, Department, Draft
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class AssociateTile:
    """An associate as on the sign-in screen."""

    id: int
    name: str
    department_id: int | None
    department: str
    role: str
    signs_in: bool
    """Whether they have a PIN."""


@dataclass(frozen=True, slots=True)
class DepartmentName:
    """A department."""

    id: int
    name: str


def associates(session: Session) -> tuple[AssociateTile, ...]:
    """Everybody who is active, by name."""
    rows = session.execute(
        select(
            ident(Associate.id),
            col(Associate.name),
            col(Associate.department_id),
            col(Department.name),
            col(Associate.role),
            col(Associate.pin_hash).is_not(None),
        )
        .outerjoin(Department, ident(Department.id) == col(Associate.department_id))
        .where(col(Associate.active).is_(True))
        .order_by(col(Associate.name), ident(Associate.id))
    )
    return tuple(
        AssociateTile(key, name, department_id, department or "", role, bool(signs_in))
        for key, name, department_id, department, role, signs_in in rows
    )


def departments(session: Session) -> tuple[DepartmentName, ...]:
    """All departments in the store's order."""
    rows = session.execute(
        select(ident(Department.id), col(Department.name)).order_by(
            col(Department.position), ident(Department.id)
        )
    )
    return tuple(DepartmentName(*row) for row in rows)


def draft(session: Session, by: int, place: str) -> str:
    """What an associate typed at a place and has not kept yet; empty if nothing."""
    words = session.scalar(
        select(col(Draft.body)).where(col(Draft.associate_id) == by, col(Draft.place) == place)
    )
    return words or ""
