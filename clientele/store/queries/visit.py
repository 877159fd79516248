"""The visit page: where the client is, what was shown, the one ticket, for this department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.ticket import to_pay
from clientele.domain.tables import (
    Associate,
    Client,
    Department,
    Visit,
    VisitStop,
)
from clientele.store.queries.collected import ToCollect, to_collect
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, store_facts
from clientele.store.queries.route import Companion, Stop, companions_of, stops_of
from clientele.store.queries.ticket import (
    Item,
    PaidAhead,
    Ticket,
    items_of,
    paid_ahead_of,
    rung_in,
)


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
    colleague_id: int | None = None
    """Who was brought in there."""


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
    fitting_room: str
    companions: tuple[Companion, ...]
    stops: tuple[Stop, ...]
    items: tuple[Item, ...]
    rung: tuple[Ticket, ...]
    currency: str
    paid_ahead: tuple[PaidAhead, ...]
    """What the client paid ahead, which waits for a ticket."""
    to_collect: tuple[ToCollect, ...] = ()
    """What was paid before and is ready."""

    @property
    def stop(self) -> Stop | None:
        """Where the client is now."""
        return next((stop for stop in self.stops if stop.current), None)

    def with_client_at(self, stop_id: int) -> tuple[tuple[int, str], ...]:
        """Who is with the client at a stop, (id, name): the visit's associate, the colleague."""
        people = {self.associate_id: self.associate}
        for stop in self.stops:
            if stop.id == stop_id and stop.colleague_id is not None and stop.joined_at is not None:
                people[stop.colleague_id] = stop.colleague
        return tuple(people.items())

    @property
    def kept(self) -> tuple[Item, ...]:
        """What waits for the till: what is kept and what comes back."""
        return tuple(item for item in self.items if item.on_ticket)

    @property
    def total(self) -> int:
        """The total of what waits for the till, in minor units; without a price, nothing."""
        return sum(item.amount or 0 for item in self.kept)

    @property
    def meant(self) -> tuple[PaidAhead, ...]:
        """What was paid ahead for something that waits for the till now."""
        kept = [item for item in self.kept if not item.back]
        return tuple(paid for paid in self.paid_ahead if paid.is_for(kept))

    @property
    def to_pay(self) -> int:
        """What is left to pay of the total; below zero is given back."""
        return to_pay(self.total, (paid.amount for paid in self.meant))


def open_visits(session: Session, associate_id: int | None = None) -> tuple[OpenVisit, ...]:
    """Visits that have not ended, of one associate or of all, the earliest first."""
    still_open = select(ident(Visit.id)).where(col(Visit.left_at).is_(None))
    here = (
        select(
            col(VisitStop.visit_id),
            func.max(col(Department.name)).label("department"),
            func.max(col(VisitStop.colleague_id)).label("colleague_id"),
        )
        .join(Department, ident(Department.id) == col(VisitStop.department_id))
        .where(
            col(VisitStop.visit_id).in_(still_open),
            col(VisitStop.started_at).is_not(None),
            col(VisitStop.ended_at).is_(None),
        )
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
            here.c.colleague_id,
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
            col(Visit.fitting_room),
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
    here_for, fitting_room, arrived_at, greeted_at, left_at, associate_id, associate = row[
        NAME_WIDTH:
    ]
    return VisitPage(
        id=visit_id,
        named=Named(*row[:NAME_WIDTH]),
        here_for=here_for,
        arrived_at=arrived_at,
        greeted_at=greeted_at,
        left_at=left_at,
        associate_id=associate_id,
        associate=associate,
        fitting_room=fitting_room,
        companions=companions_of(session, visit_id),
        stops=stops_of(session, visit_id),
        items=items_of(session, visit_id),
        rung=rung_in(session, visit_id),
        currency=store_facts(session).currency,
        paid_ahead=paid_ahead_of(session, row[0]),
        to_collect=to_collect(session, row[0]),
    )
