"""What a client wears, as it is told; and evidence that says nothing of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import NotThere
from clientele.domain.preferences import Evidence
from clientele.domain.rules.size_systems import garment_of, parse_size
from clientele.domain.tables import (
    Client,
    EvidenceAside,
    Purchase,
    PurchaseLine,
    ShownItem,
    Size,
    Visit,
    VisitStop,
)
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class AddSize:
    """A size with its evidence (``Evidence``); the moment of the verb is the evidence's date."""

    client_id: int
    category: str
    value: str
    by: int
    brand: str = ""
    fit: str = ""
    evidence: str = Evidence.TOLD_US
    department_id: int | None = None
    household_member_id: int | None = None
    draft: str = ""
    """The place of the draft that it was typed in; it is cleared."""


@dataclass(frozen=True, slots=True)
class EditSize:
    """One field (category, brand, value, fit) of a size as it stands now; no value removes it."""

    size_id: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class RemoveSize:
    """A size that is none."""

    size_id: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """A purchase line or shown item of a client that says nothing of the size, and why not."""

    client_id: int
    by: int
    purchase_line_id: int | None = None
    shown_item_id: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class CountAgain:
    """Evidence that was set aside, by the id of that decision."""

    aside_id: int


@verb
def add_size(session: Session, what: AddSize, /, *, now: datetime) -> int | None:
    """Keep a size with its evidence and answer its id; without category and value it is nothing."""
    if not what.category.strip() and not what.value.strip():
        return None
    the(session, Client, what.client_id)
    forget_draft(session, what.by, what.draft)
    return new_id(
        session,
        Size(
            client_id=what.client_id,
            household_member_id=what.household_member_id,
            department_id=what.department_id,
            category=what.category.strip(),
            brand=what.brand.strip(),
            value=what.value.strip(),
            fit=what.fit.strip(),
            evidence=what.evidence,
            evidence_at=now,
            associate_id=what.by,
            system=_system(what.category, what.value),
        ),
    )


@verb
def edit_size(session: Session, what: EditSize, /, *, now: datetime) -> int | None:
    """Keep one field of a size as it is typed; one left without category and value goes."""
    if what.field not in ("category", "brand", "value", "fit"):
        raise ValueError(what.field)
    row = the(session, Size, what.size_id)
    setattr(row, what.field, what.value)
    if not row.category.strip() and not row.value.strip():
        session.delete(row)
        return None
    row.system = _system(row.category, row.value)
    return row.id


@verb
def remove_size(session: Session, what: RemoveSize, /, *, now: datetime) -> int | None:
    """Take a size away."""
    session.delete(the(session, Size, what.size_id))
    return None


@verb
def set_aside(session: Session, what: SetAside, /, *, now: datetime) -> int | None:
    """Count a line or an item no more as evidence of a size; once is enough.

    Raises:
        NotThere: the line or item is not this client's, or names neither.
    """
    if not _is_theirs(session, what):
        raise NotThere
    known = session.scalar(
        select(ident(EvidenceAside.id)).where(
            col(EvidenceAside.client_id) == what.client_id,
            col(EvidenceAside.purchase_line_id) == what.purchase_line_id
            if what.purchase_line_id is not None
            else col(EvidenceAside.shown_item_id) == what.shown_item_id,
        )
    )
    if known is not None:
        return known
    return new_id(
        session,
        EvidenceAside(
            client_id=what.client_id,
            purchase_line_id=what.purchase_line_id,
            shown_item_id=what.shown_item_id,
            why=what.why.strip(),
            associate_id=what.by,
            created_at=now,
        ),
    )


@verb
def count_again(session: Session, what: CountAgain, /, *, now: datetime) -> int | None:
    """Count as evidence again what was set aside."""
    session.delete(the(session, EvidenceAside, what.aside_id))
    return None


def _system(category: str, value: str) -> str:
    garment = garment_of(category)
    read = parse_size(value, garment.family if garment else "")
    return read.system if read else ""


def _is_theirs(session: Session, what: SetAside) -> bool:
    if (what.purchase_line_id is None) == (what.shown_item_id is None):
        return False
    if what.purchase_line_id is not None:
        whose = (
            select(col(Purchase.client_id))
            .join(PurchaseLine, col(PurchaseLine.purchase_id) == ident(Purchase.id))
            .where(ident(PurchaseLine.id) == what.purchase_line_id)
        )
    else:
        whose = (
            select(col(Visit.client_id))
            .join(VisitStop, col(VisitStop.visit_id) == ident(Visit.id))
            .join(ShownItem, col(ShownItem.stop_id) == ident(VisitStop.id))
            .where(ident(ShownItem.id) == what.shown_item_id)
        )
    return session.scalar(whose) == what.client_id
