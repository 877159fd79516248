"""What a day holds for an associate: expected clients, follow-ups, promises, occasions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.promises import PromiseState
from clientele.domain.rules.appointments import Outcome
from clientele.domain.tables import (
    Appointment,
    Associate,
    Client,
    Department,
    Promise,
    Purchase,
    PurchaseLine,
    Visit,
)
from clientele.store.queries.acting import covering
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.columns import ident
from clientele.store.queries.follow_ups import FollowUpRow, count_follow_ups, due_soon
from clientele.store.queries.hand_offs import HandOffRow, handed_to
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.occasions import OccasionAhead, occasions_ahead, of_clients
from clientele.store.queries.promises import PromiseRow, open_promises
from clientele.store.queries.reading import Named, StoreFacts, store_facts

LOOK_AHEAD = timedelta(days=30)
HANDED = timedelta(days=30)
"""How long it is worth saying who handed a client over."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A client expected today: when, what for, and what is worth knowing at a glance."""

    appointment_id: int
    named: Named
    starts_at: datetime
    about: str
    visit_id: int | None
    """The visit that came of it, once the client is here."""
    left: bool
    """Whether that visit has ended."""
    last_on: date | None
    """The day of their last purchase before today."""
    last_departments: tuple[str, ...]
    first_with_you: bool
    """Whether this associate never served or sold to them before."""
    ready: tuple[str, ...]
    """Promises that are ready to be collected."""
    occasion: OccasionAhead | None
    """The next occasion within thirty days."""
    associate_id: int
    associate: str
    """Who expects them; a colleague who is away has it shown to who covers."""
    handed: HandOffRow | None = None
    """The hand-off by which they came to this associate lately."""

    @property
    def arrived(self) -> bool:
        """Whether the visit has begun."""
        return self.visit_id is not None


@dataclass(frozen=True, slots=True)
class TodayPage:
    """One day of one associate."""

    day: date
    expected: tuple[Expected, ...]
    follow_ups: tuple[FollowUpRow, ...]
    """Overdue, due today and within two days."""
    follow_ups_due: int
    """How many are overdue or due today."""
    promises: tuple[PromiseRow, ...]
    occasions: tuple[OccasionAhead, ...]
    """Within fourteen days."""


def today_page(session: Session, associate_id: int, *, now: datetime) -> TodayPage:
    """The day at ``now`` (aware) in the store's zone for an associate, with what they cover."""
    store = store_facts(session)
    today = store.day_of(now)
    mine = covering(session, WhoseBook(Book.MINE, associate_id), today)
    counts = count_follow_ups(session, associate_id, today=today)
    return TodayPage(
        day=today,
        expected=_expected(session, mine, store, today),
        follow_ups=due_soon(session, associate_id, today=today),
        follow_ups_due=counts.overdue + counts.due,
        promises=open_promises(session, mine, now=now),
        occasions=occasions_ahead(session, mine, today=today),
    )


def _expected(
    session: Session, whose: WhoseBook, store: StoreFacts, today: date
) -> tuple[Expected, ...]:
    first, end = store.span(today)
    rows = session.execute(
        select(
            *name_columns(),
            ident(Appointment.id),
            col(Appointment.starts_at),
            col(Appointment.about),
            col(Appointment.visit_id),
            col(Visit.left_at).is_not(None),
            ident(Associate.id),
            col(Associate.name),
        )
        .join(Client, ident(Client.id) == col(Appointment.client_id))
        .join(Associate, ident(Associate.id) == col(Appointment.associate_id))
        .outerjoin(Visit, ident(Visit.id) == col(Appointment.visit_id))
        .where(
            col(Appointment.associate_id).in_(whose.associates),
            col(Appointment.starts_at) >= first,
            col(Appointment.starts_at) < end,
            col(Appointment.cancelled_at).is_(None),
            col(Appointment.outcome) != Outcome.DID_NOT_COME,
        )
        .order_by(col(Appointment.starts_at), ident(Appointment.id))
    ).all()
    ids = [row[0] for row in rows]
    last = _last_purchases(session, ids, first)
    known = _served_before(session, ids, whose.associate_id, first)
    ready = _ready(session, ids)
    ahead = of_clients(session, ids, today=today, ahead=LOOK_AHEAD)
    handed = handed_to(session, ids, whose.associates, since=first - HANDED)
    return tuple(
        Expected(
            appointment_id=key,
            named=Named(*row[:NAME_WIDTH]),
            starts_at=starts_at,
            about=about,
            visit_id=visit_id,
            left=bool(left),
            last_on=last.get(row[0], (None, ()))[0],
            last_departments=last.get(row[0], (None, ()))[1],
            first_with_you=row[0] not in known,
            ready=tuple(ready.get(row[0], ())),
            occasion=next(iter(ahead.get(row[0], ())), None),
            associate_id=associate_id,
            associate=associate,
            handed=handed.get(row[0]),
        )
        for row in rows
        for key, starts_at, about, visit_id, left, associate_id, associate in [row[NAME_WIDTH:]]
    )


def _last_purchases(
    session: Session, ids: list[int], before: datetime
) -> dict[int, tuple[date | None, tuple[str, ...]]]:
    """The day and departments of each client's last purchase before an instant."""
    newest = (
        select(col(Purchase.client_id), func.max(col(Purchase.sold_on)).label("day"))
        .where(col(Purchase.client_id).in_(ids), col(Purchase.sold_at) < before)
        .group_by(col(Purchase.client_id))
        .subquery()
    )
    rows = session.execute(
        select(col(Purchase.client_id), col(Purchase.sold_on), col(Department.name))
        .join(
            newest,
            (newest.c.client_id == col(Purchase.client_id))
            & (newest.c.day == col(Purchase.sold_on)),
        )
        .join(PurchaseLine, col(PurchaseLine.purchase_id) == ident(Purchase.id))
        .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
        .distinct()
        .order_by(col(Department.name))
    )
    last: dict[int, tuple[date | None, tuple[str, ...]]] = {}
    for client_id, day, department in rows:
        last[client_id] = (day, (*last.get(client_id, (day, ()))[1], department))
    return last


def _served_before(
    session: Session, ids: list[int], associate_id: int, before: datetime
) -> set[int]:
    visited = session.scalars(
        select(col(Visit.client_id)).where(
            col(Visit.client_id).in_(ids),
            col(Visit.associate_id) == associate_id,
            col(Visit.arrived_at) < before,
        )
    )
    bought = session.scalars(
        select(col(Purchase.client_id)).where(
            col(Purchase.client_id).in_(ids),
            col(Purchase.associate_id) == associate_id,
            col(Purchase.sold_at) < before,
        )
    )
    return {*visited, *bought}


def _ready(session: Session, ids: list[int]) -> dict[int, list[str]]:
    ready: dict[int, list[str]] = {}
    rows = session.execute(
        select(col(Promise.client_id), col(Promise.kind)).where(
            col(Promise.client_id).in_(ids), col(Promise.state) == PromiseState.READY
        )
    )
    for client_id, kind in rows:
        ready.setdefault(client_id, []).append(kind)
    return ready
