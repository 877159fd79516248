"""What a client and their household like, avoid and wear.

Sizes come from the passport: one row for each category, and one for each maker in whose sizes
something else fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.size_evidence import AGAINST, Worn
from clientele.domain.tables import (
    Department,
    Preference,
)
from clientele.store.prepared import Prepared, given
from clientele.store.queries.cards import may_have
from clientele.store.queries.columns import ident
from clientele.store.queries.passport import SIZE, Passport, passport


@dataclass(frozen=True, slots=True)
class SizeRow:
    """One size with its evidence; ``member_id`` None is the client's own.

    ``id`` is that of a told size (``source`` is ``size``), else of the purchase line or shown item
    that says so. ``try_next`` is the size to try where this one was found not to fit, and
    ``disputed`` says that other evidence contradicts it.
    """

    id: int
    member_id: int | None
    department_id: int | None
    category: str
    brand: str
    value: str
    fit: str
    evidence: str
    evidence_at: datetime
    source: str = SIZE
    try_next: str = ""
    disputed: bool = False


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
    """What fits a client and the household, the newest evidence first."""
    return rows_of(passport(session, client_id))


def rows_of(passport: Passport) -> tuple[SizeRow, ...]:
    """What fits, a row for each category and for each maker who cuts otherwise."""
    found = []
    for worn in passport.worn:
        for one in (worn, *worn.brands):
            if one.best.evidence not in AGAINST or one.suggestion is not None:
                found.append(_row(one))
    return tuple(sorted(found, key=lambda row: row.evidence_at, reverse=True))


def _row(worn: Worn) -> SizeRow:
    best = worn.best
    return SizeRow(
        best.id,
        worn.member_id,
        best.department_id,
        worn.category,
        worn.brand,
        worn.value,
        worn.fit,
        best.evidence,
        best.at,
        best.source,
        worn.suggestion.value if worn.suggestion else "",
        worn.rival is not None,
    )


def preferences_of(session: Session, client_id: int) -> tuple[PreferenceRow, ...]:
    """All likes and avoids of a client and the household."""
    if not may_have(session, client_id, Preference):
        return ()
    rows = _PREFERENCES.rows(session, client_id=client_id)
    return tuple(PreferenceRow(row[0], *row[1:]) for row in rows)


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
