"""What can the story be asked for: which kinds, departments and years are in it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    case,
    extract,
    func,
    literal,
    or_,
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
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts
from clientele.store.queries.story_entry import Among, Told
from clientele.store.queries.story_sources import SOURCES


@dataclass(frozen=True, slots=True)
class StoryAbout:
    """What is in a story: kinds of ``Told``, years of the store's zone, the newest first."""

    kinds: frozenset[str]
    years: tuple[int, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class StoryPlaces:
    """Where a story took place: departments by id and name in the store's order.

    ``kinds`` of ``Among`` that are among its tickets and visits.
    """

    kinds: frozenset[str]
    departments: tuple[tuple[int, str], ...]


def story_about(session: Session, client_id: int) -> StoryAbout:
    """What the whole story of a client can be asked for, as far as it is quickly told."""
    rows = _TOLD.rows(session, client_id=client_id)
    zone = store_facts(session).zone
    years = {at.astimezone(zone).year for _, first, last, _ in rows for at in (first, last)}
    return StoryAbout(
        frozenset(kind for kind, *_ in rows),
        tuple(sorted(years, reverse=True)),
        sum(count for *_, count in rows),
    )


def story_places(session: Session, client_id: int) -> StoryPlaces:
    """Where something was bought, shown, noted or promised, or somebody of it was in touch.

    Reads every line that the client ever bought, which lie all over the book: ask it once
    somebody wants to choose.
    """
    bought = _BOUGHT.rows(session, client_id=client_id)
    kinds = set()
    if any(returned for _, returned in bought):
        kinds.add(Among.RETURNS.value)
    if _VISITED.first(session, client_id=client_id) is not None:
        kinds.add(Among.VISITS.value)
    keys = [key for key, _ in bought] or [0]
    departments = _PLACES.rows(session, client_id=client_id, bought=keys)
    return StoryPlaces(frozenset(kinds), tuple((key, name) for key, name in departments))


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


def _bought() -> Prepared:
    returned = or_(col(PurchaseLine.amount) < 0, col(PurchaseLine.quantity) < 0)
    return Prepared(
        select(col(PurchaseLine.department_id), func.max(case((returned, 1), else_=0)))
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(col(Purchase.client_id) == given("client_id"))
        .group_by(col(PurchaseLine.department_id))
    )


def _visited() -> Prepared:
    mine = given("client_id")
    visit = select(ident(Visit.id)).where(col(Visit.client_id) == mine, *SOURCES[Told.VISIT].only)
    ticket = (
        select(ident(Purchase.id))
        .join(Visit, ident(Visit.id) == col(Purchase.visit_id))
        .where(col(Visit.client_id) == mine)
    )
    return Prepared(union_all(visit, ticket).limit(1))


def _places() -> Prepared:
    mine = given("client_id")
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
    places: CompoundSelect[Any] = union(shown, noted, promised, reached)
    return Prepared(
        select(ident(Department.id), col(Department.name))
        .where(or_(ident(Department.id).in_(among("bought")), ident(Department.id).in_(places)))
        .order_by(col(Department.position), col(Department.name))
    )


_TOLD = _told()
_BOUGHT = _bought()
_VISITED = _visited()
_PLACES = _places()
