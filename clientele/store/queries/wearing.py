"""What a client and their household like, avoid and wear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import (
    Department,
    Preference,
    Size,
)
from clientele.store.prepared import Prepared, given
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class SizeRow:
    """One size with its evidence; ``member_id`` None is the client's own."""

    id: int
    member_id: int | None
    department_id: int | None
    category: str
    brand: str
    value: str
    fit: str
    evidence: str
    evidence_at: datetime


@dataclass(frozen=True, slots=True)
class PreferenceRow:
    """One like or avoid; ``department`` empty for all departments."""

    id: int
    member_id: int | None
    department_id: int | None
    department: str
    kind: str
    what: str


def newest(sizes: tuple[SizeRow, ...]) -> tuple[SizeRow, ...]:
    """The newest evidence for each category and brand, the newest first; ``sizes`` newest first."""
    seen: dict[tuple[str, str], SizeRow] = {}
    for size in sizes:
        seen.setdefault((size.category.casefold(), size.brand.casefold()), size)
    return tuple(seen.values())


def sizes_of(session: Session, client_id: int) -> tuple[SizeRow, ...]:
    """All sizes of a client and the household, the newest evidence first."""
    rows = _SIZES.rows(session, client_id=client_id)
    return tuple(SizeRow(row[0], *row[1:]) for row in rows)


def preferences_of(session: Session, client_id: int) -> tuple[PreferenceRow, ...]:
    """All likes and avoids of a client and the household."""
    rows = _PREFERENCES.rows(session, client_id=client_id)
    return tuple(PreferenceRow(row[0], *row[1:]) for row in rows)


_SIZES = Prepared(
    select(
        ident(Size.id),
        col(Size.household_member_id),
        col(Size.department_id),
        col(Size.category),
        col(Size.brand),
        col(Size.value),
        col(Size.fit),
        col(Size.evidence),
        col(Size.evidence_at),
    )
    .where(col(Size.client_id) == given("client_id"))
    .order_by(col(Size.evidence_at).desc(), ident(Size.id).desc())
)
_PREFERENCES = Prepared(
    select(
        ident(Preference.id),
        col(Preference.household_member_id),
        col(Preference.department_id),
        func.coalesce(col(Department.name), ""),
        col(Preference.kind),
        col(Preference.what),
    )
    .outerjoin(Department, ident(Department.id) == col(Preference.department_id))
    .where(col(Preference.client_id) == given("client_id"))
    .order_by(ident(Preference.id))
)
