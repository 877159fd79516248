"""The visit page: where the client is, what was shown, the one ticket, for this department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.preferences import PreferenceKind
from clientele.domain.tables import (
    Associate,
    Client,
    Department,
    Purchase,
    PurchaseLine,
    ShownItem,
    Visit,
    VisitStop,
)
from clientele.domain.visits import Outcome
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, store_facts
from clientele.store.queries.wearing import SizeRow, newest, preferences_of, sizes_of

OWNS_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit that has not ended, as one line."""

    id: int
    named: Named
    arrived_at: datetime
    greeted_at: datetime | None
    here_for: str
    associate_id: int
    department: str
    """Where the client is now."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A department on the route; planned while ``started_at`` is None, current until ended."""

    id: int
    department_id: int
    department: str
    colleague: str
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def current(self) -> bool:
        """Whether the client is here now."""
        return self.started_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Item:
    """A shown item; ``price`` in minor units of the store's currency, None while not known."""

    id: int
    stop_id: int
    department_id: int
    department: str
    item: str
    detail: str
    sku: str
    price: int | None
    outcome: str
    why: str
    hold_until: date | None
    credited: str
    purchase_id: int | None
    """The ticket it was rung on."""

    @property
    def rung(self) -> bool:
        """Whether it is on a ticket."""
        return self.purchase_id is not None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What was rung in this visit."""

    purchase_id: int
    receipt: str
    sold_at: datetime
    total: int
    currency: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    """One visit. ``items`` are in the order of the route; amounts in minor units."""

    id: int
    named: Named
    here_for: str
    arrived_at: datetime
    greeted_at: datetime | None
    left_at: datetime | None
    associate_id: int
    associate: str
    stops: tuple[Stop, ...]
    items: tuple[Item, ...]
    rung: tuple[Ticket, ...]
    currency: str

    @property
    def stop(self) -> Stop | None:
        """Where the client is now."""
        return next((stop for stop in self.stops if stop.current), None)

    @property
    def kept(self) -> tuple[Item, ...]:
        """What waits for the till."""
        return tuple(
            item for item in self.items if item.outcome == Outcome.KEEPING and not item.rung
        )

    @property
    def to_pay(self) -> int:
        """The total of what waits for the till, in minor units; without a price, nothing."""
        return sum(item.price or 0 for item in self.kept)


@dataclass(frozen=True, slots=True)
class Owned:
    """An article that the client has."""

    item: str
    bought_at: datetime


@dataclass(frozen=True, slots=True)
class ForDepartment:
    """Only what matters in one department: sizes, likes, avoids, what they own."""

    department_id: int
    department: str
    sizes: tuple[SizeRow, ...]
    likes: tuple[str, ...]
    avoids: tuple[str, ...]
    owns: tuple[Owned, ...]


def open_visits(session: Session, associate_id: int | None = None) -> tuple[OpenVisit, ...]:
    """Visits that have not ended, of one associate or of all, the earliest first."""
    here = (
        select(col(VisitStop.visit_id), func.max(col(Department.name)).label("department"))
        .join(Department, ident(Department.id) == col(VisitStop.department_id))
        .where(col(VisitStop.started_at).is_not(None), col(VisitStop.ended_at).is_(None))
        .group_by(col(VisitStop.visit_id))
        .subquery()
    )
    asked = (
        select(
            *name_columns(),
            ident(Visit.id),
            col(Visit.arrived_at),
            col(Visit.greeted_at),
            col(Visit.here_for),
            col(Visit.associate_id),
            func.coalesce(here.c.department, ""),
        )
        .join(Client, ident(Client.id) == col(Visit.client_id))
        .outerjoin(here, here.c.visit_id == ident(Visit.id))
        .where(col(Visit.left_at).is_(None))
        .order_by(col(Visit.arrived_at), ident(Visit.id))
    )
    if associate_id is not None:
        asked = asked.where(col(Visit.associate_id) == associate_id)
    return tuple(
        OpenVisit(row[NAME_WIDTH], Named(*row[:NAME_WIDTH]), *row[NAME_WIDTH + 1 :])
        for row in session.execute(asked)
    )


def visit_page(session: Session, visit_id: int) -> VisitPage | None:
    """A visit, open or ended, or None if it is not there."""
    row = session.execute(
        select(
            *name_columns(),
            col(Visit.here_for),
            col(Visit.arrived_at),
            col(Visit.greeted_at),
            col(Visit.left_at),
            col(Visit.associate_id),
            col(Associate.name),
        )
        .join(Client, ident(Client.id) == col(Visit.client_id))
        .join(Associate, ident(Associate.id) == col(Visit.associate_id))
        .where(ident(Visit.id) == visit_id)
    ).first()
    if row is None:
        return None
    here_for, arrived_at, greeted_at, left_at, associate_id, associate = row[NAME_WIDTH:]
    return VisitPage(
        id=visit_id,
        named=Named(*row[:NAME_WIDTH]),
        here_for=here_for,
        arrived_at=arrived_at,
        greeted_at=greeted_at,
        left_at=left_at,
        associate_id=associate_id,
        associate=associate,
        stops=_stops(session, visit_id),
        items=_items(session, visit_id),
        rung=_rung(session, visit_id),
        currency=store_facts(session).currency,
    )


def for_department(session: Session, client_id: int, department_id: int) -> ForDepartment:
    """What matters of a client in a department; what is not tied to any matters in all."""
    department = session.scalar(
        select(col(Department.name)).where(ident(Department.id) == department_id)
    )
    here = (None, department_id)
    sizes = tuple(
        size
        for size in sizes_of(session, client_id)
        if size.member_id is None and size.department_id in here
    )
    said = sorted(
        (
            row
            for row in preferences_of(session, client_id)
            if row.member_id is None and row.department_id in here
        ),
        key=lambda row: row.department_id is None,
    )
    return ForDepartment(
        department_id,
        department or "",
        newest(sizes),
        tuple(row.what for row in said if row.kind == PreferenceKind.LIKE),
        tuple(row.what for row in said if row.kind == PreferenceKind.AVOID),
        owns(session, client_id, department_id),
    )


def owns(session: Session, client_id: int, department_id: int) -> tuple[Owned, ...]:
    """The latest articles bought in a department and not brought back, the newest first."""
    rows = session.execute(
        select(col(PurchaseLine.item), func.max(col(Purchase.sold_at)).label("at"))
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(
            col(Purchase.client_id) == client_id,
            col(PurchaseLine.department_id) == department_id,
            col(PurchaseLine.item) != "",
        )
        .group_by(col(PurchaseLine.item))
        .having(func.sum(col(PurchaseLine.amount)) > 0)
        .order_by(func.max(col(Purchase.sold_at)).desc(), col(PurchaseLine.item))
        .limit(OWNS_AT_MOST)
    )
    return tuple(Owned(item, at) for item, at in rows)


def _stops(session: Session, visit_id: int) -> tuple[Stop, ...]:
    rows = session.execute(
        select(
            ident(VisitStop.id),
            col(VisitStop.department_id),
            col(Department.name),
            func.coalesce(col(Associate.name), ""),
            col(VisitStop.started_at),
            col(VisitStop.ended_at),
        )
        .join(Department, ident(Department.id) == col(VisitStop.department_id))
        .outerjoin(Associate, ident(Associate.id) == col(VisitStop.colleague_id))
        .where(col(VisitStop.visit_id) == visit_id)
        .order_by(
            col(VisitStop.started_at).is_(None), col(VisitStop.started_at), col(VisitStop.position)
        )
    )
    return tuple(Stop(*row) for row in rows)


def _items(session: Session, visit_id: int) -> tuple[Item, ...]:
    rows: Any = session.execute(
        select(
            ident(ShownItem.id),
            col(ShownItem.stop_id),
            col(VisitStop.department_id),
            col(Department.name),
            col(ShownItem.item),
            col(ShownItem.detail),
            col(ShownItem.sku),
            col(ShownItem.price),
            col(ShownItem.outcome),
            col(ShownItem.why),
            col(ShownItem.hold_until),
            func.coalesce(col(Associate.name), ""),
            col(PurchaseLine.purchase_id),
        )
        .join(VisitStop, ident(VisitStop.id) == col(ShownItem.stop_id))
        .join(Department, ident(Department.id) == col(VisitStop.department_id))
        .outerjoin(Associate, ident(Associate.id) == col(ShownItem.associate_id))
        .outerjoin(PurchaseLine, ident(PurchaseLine.id) == col(ShownItem.purchase_line_id))
        .where(col(VisitStop.visit_id) == visit_id)
        .order_by(col(VisitStop.started_at), col(VisitStop.position), col(ShownItem.position))
    )
    return tuple(Item(*row) for row in rows)


def _rung(session: Session, visit_id: int) -> tuple[Ticket, ...]:
    rows = session.execute(
        select(
            ident(Purchase.id),
            col(Purchase.receipt),
            col(Purchase.sold_at),
            col(Purchase.total),
            col(Purchase.currency),
        )
        .where(col(Purchase.visit_id) == visit_id)
        .order_by(col(Purchase.sold_at))
    )
    return tuple(Ticket(*row) for row in rows)
