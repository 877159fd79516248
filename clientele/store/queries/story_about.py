"""What can the story be asked for: which kinds, departments and years are in it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    extract,
    func,
    literal,
    select,
    union,
    union_all,
)
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
from clientele.store.prepared import Prepared, given
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
    rows = _TOLD.rows(session, client_id=client_id)
    zone = store_facts(session).zone
    kinds = {kind for kind, *_ in rows}
    if Told.VISIT.value in kinds:
        kinds.add(Among.VISITS.value)
    for among, ticket in _TICKETS.items():
        if among.value not in kinds and ticket.first(session, client_id=client_id) is not None:
            kinds.add(among.value)
    years = {at.astimezone(zone).year for _, first, last, _ in rows for at in (first, last)}
    return StoryAbout(
        frozenset(kinds),
        _departments(session, client_id),
        tuple(sorted(years, reverse=True)),
        sum(count for *_, count in rows),
    )


def _departments(session: Session, client_id: int) -> tuple[tuple[int, str], ...]:
    """Where something was bought, shown, noted or promised, or somebody of it was in touch."""
    return tuple((key, name) for key, name in _PLACES.rows(session, client_id=client_id))


def _told() -> Prepared:
    """Each kind by the year in UTC: the earliest instant, the latest, how many.

    The years of the store's zone follow: one of UTC lies in two of them at most, of which the
    earliest instant is in one and the latest in the other.
    """
    parts = []
    for kind, source in SOURCES.items():
        part = (
            select(literal(kind.value), func.min(source.at), func.max(source.at), func.count())
            .where(source.client == given("client_id"), *source.only)
            .group_by(extract("year", source.at))
        )
        if source.through is not None:
            part = part.select_from(source.through)
        parts.append(part)
    return Prepared(union_all(*parts))


def _ticket(condition: ColumnElement[bool]) -> Prepared:
    mine = col(Purchase.client_id) == given("client_id")
    return Prepared(select(ident(Purchase.id)).where(mine, condition).limit(1))


def _places() -> Prepared:
    mine = given("client_id")
    bought = (
        select(col(PurchaseLine.department_id))
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(col(Purchase.client_id) == mine)
    )
    shown = (
        select(col(VisitStop.department_id))
        .join(Visit, ident(Visit.id) == col(VisitStop.visit_id))
        .where(col(Visit.client_id) == mine, col(VisitStop.started_at).is_not(None))
    )
    noted = select(col(Note.department_id)).where(col(Note.client_id) == mine)
    promised = select(col(Promise.department_id)).where(col(Promise.client_id) == mine)
    reached = (
        select(col(Associate.department_id))
        .join(ContactMade, col(ContactMade.associate_id) == ident(Associate.id))
        .where(col(ContactMade.client_id) == mine)
    )
    places: CompoundSelect[Any] = union(bought, shown, noted, promised, reached)
    return Prepared(
        select(ident(Department.id), col(Department.name))
        .where(ident(Department.id).in_(places))
        .order_by(col(Department.position), col(Department.name))
    )


_TOLD = _told()
_TICKETS = {Among.VISITS: _ticket(IN_VISIT), Among.RETURNS: _ticket(BROUGHT_BACK)}
_PLACES = _places()
