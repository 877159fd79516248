"""The client's one timeline over all departments, the newest first, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, union_all
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
    ShownItem,
    Visit,
    VisitStop,
)
from clientele.store.queries.columns import ident

PAGE = 60


class Told(StrEnum):
    """Kinds of entries, in the order in which those of one moment are told."""

    PURCHASE = "purchase"
    VISIT = "visit"
    NOTE = "note"
    CONTACT = "contact"
    PROMISE = "promise"
    PROMISE_ENDED = "promise ended"


@dataclass(frozen=True, slots=True)
class StoryMark:
    """Where a page of the story ended, for the next one to begin."""

    at: datetime
    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One entry: what took place, when, by whom, in which departments.

    ``items`` are articles (of a purchase, or shown in a visit); ``amount`` is minor units of
    ``currency`` for a purchase, else None; ``channel`` of a contact; ``receipt`` of a purchase.
    """

    kind: str
    id: int
    at: datetime
    associate_id: int | None
    associate: str
    words: str = ""
    departments: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    amount: int | None = None
    currency: str = ""
    receipt: str = ""
    channel: str = ""
    state: str = ""

    @property
    def mark(self) -> StoryMark:
        """Where the story goes on after this entry."""
        return StoryMark(self.at, self.kind, self.id)


def story(
    session: Session,
    client_id: int,
    *,
    after: StoryMark | None = None,
    kinds: tuple[str, ...] = (),
    limit: int = PAGE,
) -> tuple[StoryEntry, ...]:
    """A page of the story; ``after`` the last entry of the page before, ``kinds`` empty for all.

    A visit that ended in a ticket is told by the ticket: one entry for what took place once.
    """
    parts = [
        _part(kind, client_id, after, limit) for kind in Told if not kinds or kind.value in kinds
    ]
    whole = union_all(*parts).subquery()
    marks = session.execute(
        select(whole.c.kind, whole.c.id, whole.c.at)
        .order_by(whole.c.at.desc(), whole.c.kind.desc(), whole.c.id.desc())
        .limit(limit)
    ).all()
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, key, _ in marks:
        by_kind[kind].append(key)
    told: dict[tuple[str, int], StoryEntry] = {}
    for kind, keys in by_kind.items():
        for entry in _TELL[Told(kind)](session, keys):
            told[kind, entry.id] = entry
    return tuple(told[kind, key] for kind, key, _ in marks)


def _part(kind: Told, client_id: int, after: StoryMark | None, limit: int) -> Select[Any]:
    table, at, extra = _SOURCES[kind]
    part = select(literal(kind.value).label("kind"), table.id.label("id"), at.label("at")).where(
        table.client_id == client_id, *extra
    )
    if after is not None:
        part = part.where(_earlier(at, kind, table.id, after))
    order = part.order_by(at.desc(), table.id.desc()).limit(limit)
    return select(order.subquery())


def _earlier(at: Any, kind: Told, key: Any, mark: StoryMark) -> ColumnElement[bool]:
    """Whether a row comes after ``mark`` in an order that falls by moment, kind and id."""
    if kind.value < mark.kind:
        return at <= mark.at  # type: ignore[no-any-return]
    if kind.value > mark.kind:
        return at < mark.at  # type: ignore[no-any-return]
    return or_(at < mark.at, and_(at == mark.at, key < mark.id))


_SOURCES: dict[Told, tuple[Any, Any, tuple[ColumnElement[bool], ...]]] = {
    Told.PURCHASE: (Purchase, col(Purchase.sold_at), ()),
    Told.VISIT: (
        Visit,
        col(Visit.arrived_at),
        (~select(ident(Purchase.id)).where(col(Purchase.visit_id) == ident(Visit.id)).exists(),),
    ),
    Told.NOTE: (Note, col(Note.written_at), ()),
    Told.CONTACT: (ContactMade, col(ContactMade.took_place_at), ()),
    Told.PROMISE: (Promise, col(Promise.promised_at), ()),
    Told.PROMISE_ENDED: (
        Promise,
        col(Promise.ended_at),
        (col(Promise.ended_at).is_not(None),),
    ),
}


def _purchases(session: Session, keys: list[int]) -> list[StoryEntry]:
    items: dict[int, list[str]] = defaultdict(list)
    places: dict[int, dict[str, None]] = defaultdict(dict)
    credited: dict[int, dict[str, None]] = defaultdict(dict)
    lines = session.execute(
        select(
            col(PurchaseLine.purchase_id),
            col(PurchaseLine.item),
            col(Department.name),
            col(Associate.name),
        )
        .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
        .outerjoin(Associate, ident(Associate.id) == col(PurchaseLine.associate_id))
        .where(col(PurchaseLine.purchase_id).in_(keys))
        .order_by(ident(PurchaseLine.id))
    )
    for key, item, place, seller in lines:
        if item:
            items[key].append(item)
        places[key][place] = None
        if seller:
            credited[key][seller] = None
    rows = session.execute(
        select(
            ident(Purchase.id),
            col(Purchase.sold_at),
            col(Purchase.associate_id),
            col(Associate.name),
            col(Purchase.total),
            col(Purchase.currency),
            col(Purchase.receipt),
            col(Purchase.visit_id),
        )
        .outerjoin(Associate, ident(Associate.id) == col(Purchase.associate_id))
        .where(ident(Purchase.id).in_(keys))
    )
    return [
        StoryEntry(
            kind=Told.PURCHASE,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            departments=tuple(places[key]),
            items=tuple(items[key]),
            colleagues=tuple(other for other in credited[key] if other != name),
            amount=total,
            currency=currency,
            receipt=receipt,
            state="visit" if visit is not None else "",
        )
        for key, at, by, name, total, currency, receipt, visit in rows
    ]


def _visits(session: Session, keys: list[int]) -> list[StoryEntry]:
    places: dict[int, dict[str, None]] = defaultdict(dict)
    items: dict[int, list[str]] = defaultdict(list)
    stops = session.execute(
        select(col(VisitStop.visit_id), col(Department.name), col(ShownItem.item))
        .join(Department, ident(Department.id) == col(VisitStop.department_id))
        .outerjoin(ShownItem, col(ShownItem.stop_id) == ident(VisitStop.id))
        .where(col(VisitStop.visit_id).in_(keys), col(VisitStop.started_at).is_not(None))
        .order_by(col(VisitStop.position), col(ShownItem.position))
    )
    for key, place, item in stops:
        places[key][place] = None
        if item:
            items[key].append(item)
    rows = session.execute(
        select(
            ident(Visit.id),
            col(Visit.arrived_at),
            col(Visit.associate_id),
            col(Associate.name),
            col(Visit.here_for),
            col(Visit.left_at),
        )
        .join(Associate, ident(Associate.id) == col(Visit.associate_id))
        .where(ident(Visit.id).in_(keys))
    )
    return [
        StoryEntry(
            kind=Told.VISIT,
            id=key,
            at=at,
            associate_id=by,
            associate=name,
            words=here_for,
            departments=tuple(places[key]),
            items=tuple(items[key]),
            state="open" if left is None else "",
        )
        for key, at, by, name, here_for, left in rows
    ]


def _notes(session: Session, keys: list[int]) -> list[StoryEntry]:
    rows = session.execute(
        select(
            ident(Note.id),
            col(Note.written_at),
            col(Note.associate_id),
            col(Associate.name),
            col(Note.body),
            col(Department.name),
            col(Note.say_first),
        )
        .outerjoin(Associate, ident(Associate.id) == col(Note.associate_id))
        .outerjoin(Department, ident(Department.id) == col(Note.department_id))
        .where(ident(Note.id).in_(keys))
    )
    return [
        StoryEntry(
            kind=Told.NOTE,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            words=body,
            departments=(place,) if place else (),
            state="say first" if first else "",
        )
        for key, at, by, name, body, place, first in rows
    ]


def _contacts(session: Session, keys: list[int]) -> list[StoryEntry]:
    rows = session.execute(
        select(
            ident(ContactMade.id),
            col(ContactMade.took_place_at),
            col(ContactMade.associate_id),
            col(Associate.name),
            col(ContactMade.summary),
            col(ContactMade.channel),
        )
        .outerjoin(Associate, ident(Associate.id) == col(ContactMade.associate_id))
        .where(ident(ContactMade.id).in_(keys))
    )
    return [
        StoryEntry(
            kind=Told.CONTACT,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            words=summary,
            channel=channel,
        )
        for key, at, by, name, summary, channel in rows
    ]


def _promises(session: Session, keys: list[int], *, ended: bool) -> list[StoryEntry]:
    rows = session.execute(
        select(
            ident(Promise.id),
            col(Promise.promised_at),
            col(Promise.ended_at),
            col(Promise.associate_id),
            col(Associate.name),
            col(Promise.what),
            col(Promise.ending),
            col(Promise.state),
            col(Promise.kind),
            col(Department.name),
        )
        .join(Associate, ident(Associate.id) == col(Promise.associate_id))
        .outerjoin(Department, ident(Department.id) == col(Promise.department_id))
        .where(ident(Promise.id).in_(keys))
    )
    return [
        StoryEntry(
            kind=Told.PROMISE_ENDED if ended else Told.PROMISE,
            id=key,
            at=(ended_at if ended else promised_at) or promised_at,
            associate_id=by,
            associate=name,
            words=f"{what}: {ending}" if ended and ending else what,
            departments=(place,) if place else (),
            channel=kind,
            state=state if ended else "",
        )
        for key, promised_at, ended_at, by, name, what, ending, state, kind, place in rows
    ]


def _promises_made(session: Session, keys: list[int]) -> list[StoryEntry]:
    return _promises(session, keys, ended=False)


def _promises_ended(session: Session, keys: list[int]) -> list[StoryEntry]:
    return _promises(session, keys, ended=True)


_TELL = {
    Told.PURCHASE: _purchases,
    Told.VISIT: _visits,
    Told.NOTE: _notes,
    Told.CONTACT: _contacts,
    Told.PROMISE: _promises_made,
    Told.PROMISE_ENDED: _promises_ended,
}
