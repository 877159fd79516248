"""What can the story be asked for: which kinds, departments and years are in it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, literal, select, union, union_all
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import (
    Associate,
    ContactMade,
    Department,
    Note,
    Promise,
    Purchase,
    PurchaseLine,
    Visit,
    VisitStop,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts
from clientele.store.queries.story_entry import Among, Told
from clientele.store.queries.story_sources import BROUGHT_BACK, IN_VISIT, SOURCES


@dataclass(frozen=True, slots=True)
class StoryAbout:
    """What is in a story.

    ``kinds`` of ``Told`` and ``Among``; departments by id and name in the store's order; years of
    the store's zone, the newest first.
    """

    kinds: frozenset[str]
    departments: tuple[tuple[int, str], ...]
    years: tuple[int, ...]
    entries: int


def story_about(session: Session, client_id: int) -> StoryAbout:
    """What the whole story of a client can be asked for."""
    parts = []
    for kind, source in SOURCES.items():
        part = select(literal(kind.value), source.at).where(
            source.client == client_id, *source.only
        )
        if source.through is not None:
            part = part.select_from(source.through)
        parts.append(part)
    rows = session.execute(union_all(*parts)).all()
    zone = store_facts(session).zone
    kinds = {kind for kind, _ in rows}
    if Told.VISIT.value in kinds:
        kinds.add(Among.VISITS.value)
    for among, condition in ((Among.VISITS, IN_VISIT), (Among.RETURNS, BROUGHT_BACK)):
        ticket = select(ident(Purchase.id)).where(col(Purchase.client_id) == client_id, condition)
        if among.value not in kinds and session.execute(ticket.limit(1)).first() is not None:
            kinds.add(among.value)
    years = {at.astimezone(zone).year for _, at in rows}
    return StoryAbout(
        frozenset(kinds),
        _departments(session, client_id),
        tuple(sorted(years, reverse=True)),
        len(rows),
    )


def _departments(session: Session, client_id: int) -> tuple[tuple[int, str], ...]:
    """Where something was bought, shown, noted or promised, or somebody of it was in touch."""
    bought = (
        select(col(PurchaseLine.department_id))
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(col(Purchase.client_id) == client_id)
    )
    shown = (
        select(col(VisitStop.department_id))
        .join(Visit, ident(Visit.id) == col(VisitStop.visit_id))
        .where(col(Visit.client_id) == client_id, col(VisitStop.started_at).is_not(None))
    )
    noted = select(col(Note.department_id)).where(col(Note.client_id) == client_id)
    promised = select(col(Promise.department_id)).where(col(Promise.client_id) == client_id)
    reached = (
        select(col(Associate.department_id))
        .join(ContactMade, col(ContactMade.associate_id) == ident(Associate.id))
        .where(col(ContactMade.client_id) == client_id)
    )
    places: CompoundSelect[Any] = union(bought, shown, noted, promised, reached)
    rows = session.execute(
        select(ident(Department.id), col(Department.name))
        .where(ident(Department.id).in_(places))
        .order_by(col(Department.position), col(Department.name))
    )
    return tuple((key, name) for key, name in rows)
