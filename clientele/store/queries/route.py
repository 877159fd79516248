"""Where is a client on the way through the departments, with whom, and who could help there?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.visits import Help, help_state
from clientele.domain.tables import (
    Associate,
    BookMembership,
    Client,
    Department,
    HouseholdMember,
    Visit,
    VisitCompanion,
    VisitStop,
)
from clientele.store.queries.acting import away_on
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named


@dataclass(frozen=True, slots=True)
class Stop:
    """A department on the route; planned while ``started_at`` is None, current until ended."""

    id: int
    department_id: int
    department: str
    colleague: str
    started_at: datetime | None
    ended_at: datetime | None
    colleague_id: int | None = None
    joined_at: datetime | None = None
    alone: bool = False

    @property
    def current(self) -> bool:
        """Whether the client is here now."""
        return self.started_at is not None and self.ended_at is None

    @property
    def help(self) -> Help:
        """How it stands with the colleague."""
        return help_state(self.colleague_id, self.joined_at, self.alone)


@dataclass(frozen=True, slots=True)
class Companion:
    """Who came along; ``relation`` as the client says it, if they are of the household."""

    id: int
    name: str
    relation: str
    member_id: int | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who could help in a department."""

    id: int
    name: str
    department: str
    works_here: bool
    knows: bool
    """Whether the client is in their book, or they have helped them before."""
    away: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A client who is with, or waits for, a colleague who was brought in."""

    visit_id: int
    stop_id: int
    named: Named
    department: str
    brought_by: str
    since: datetime
    joined_at: datetime | None
    department_id: int


def stops_of(session: Session, visit_id: int) -> tuple[Stop, ...]:
    """The stops of a visit: those made in their order, then those planned."""
    rows = session.execute(
        select(
            ident(VisitStop.id),
            col(VisitStop.department_id),
            col(Department.name),
            func.coalesce(col(Associate.name), ""),
            col(VisitStop.started_at),
            col(VisitStop.ended_at),
            col(VisitStop.colleague_id),
            col(VisitStop.joined_at),
            col(VisitStop.colleague_alone),
        )
        .join(Department, ident(Department.id) == col(VisitStop.department_id))
        .outerjoin(Associate, ident(Associate.id) == col(VisitStop.colleague_id))
        .where(col(VisitStop.visit_id) == visit_id)
        .order_by(
            col(VisitStop.started_at).is_(None),
            col(VisitStop.started_at),
            col(VisitStop.position),
            ident(VisitStop.id),
        )
    )
    return tuple(Stop(*row) for row in rows)


def companions_of(session: Session, visit_id: int) -> tuple[Companion, ...]:
    """Who came along, in the order in which it was said."""
    rows = session.execute(
        select(
            ident(VisitCompanion.id),
            col(VisitCompanion.name),
            func.coalesce(col(HouseholdMember.relation), ""),
            col(VisitCompanion.household_member_id),
        )
        .outerjoin(
            HouseholdMember, ident(HouseholdMember.id) == col(VisitCompanion.household_member_id)
        )
        .where(col(VisitCompanion.visit_id) == visit_id)
        .order_by(ident(VisitCompanion.id))
    )
    return tuple(Companion(*row) for row in rows)


def household_names(session: Session, client_id: int) -> tuple[tuple[int, str, str], ...]:
    """Who may have come along: id, name and relation of each of the household."""
    rows = session.execute(
        select(ident(HouseholdMember.id), col(HouseholdMember.name), col(HouseholdMember.relation))
        .where(col(HouseholdMember.client_id) == client_id)
        .order_by(ident(HouseholdMember.id))
    )
    return tuple((key, name, relation) for key, name, relation in rows)


def colleagues_for(
    session: Session, visit_id: int, department_id: int | None, *, today: date
) -> tuple[Colleague, ...]:
    """Who could come, without whoever has the visit.

    Those who work in the department come first, and of them those who know the client; who is
    away on ``today`` of the store comes last.
    """
    visit = session.execute(
        select(col(Visit.client_id), col(Visit.associate_id)).where(ident(Visit.id) == visit_id)
    ).first()
    if visit is None:
        return ()
    client_id, associate_id = visit
    in_book = select(col(BookMembership.associate_id)).where(
        col(BookMembership.client_id) == client_id, col(BookMembership.until).is_(None)
    )
    helped = (
        select(col(VisitStop.colleague_id))
        .join(Visit, ident(Visit.id) == col(VisitStop.visit_id))
        .where(
            col(Visit.client_id) == client_id,
            ident(Visit.id) != visit_id,
            col(VisitStop.colleague_id).is_not(None),
        )
    )
    served = select(col(Visit.associate_id)).where(
        col(Visit.client_id) == client_id, ident(Visit.id) != visit_id
    )
    known = {
        key for asked in (in_book, helped, served) for key in session.scalars(asked.distinct())
    }
    away = {absence.associate_id for absence in away_on(session, today)}
    rows = session.execute(
        select(
            ident(Associate.id),
            col(Associate.name),
            func.coalesce(col(Department.name), ""),
            col(Associate.department_id),
        )
        .outerjoin(Department, ident(Department.id) == col(Associate.department_id))
        .where(col(Associate.active).is_(True), ident(Associate.id) != associate_id)
        .order_by(col(Associate.name), ident(Associate.id))
    )
    found = (
        Colleague(
            key,
            name,
            department,
            department_id is not None and place == department_id,
            key in known,
            key in away,
        )
        for key, name, department, place in rows
    )
    return tuple(sorted(found, key=lambda one: (one.away, not one.works_here, not one.knows)))


def wanted(session: Session, associate_id: int) -> tuple[Wanted, ...]:
    """The clients that a colleague was brought in for and is not done with, the earliest first."""
    rows = session.execute(
        select(
            *name_columns(),
            ident(Visit.id),
            ident(VisitStop.id),
            col(Department.name),
            col(Associate.name),
            col(VisitStop.started_at),
            col(VisitStop.joined_at),
            col(VisitStop.department_id),
        )
        .join(Visit, ident(Visit.id) == col(VisitStop.visit_id))
        .join(Client, ident(Client.id) == col(Visit.client_id))
        .join(Department, ident(Department.id) == col(VisitStop.department_id))
        .join(Associate, ident(Associate.id) == col(Visit.associate_id))
        .where(
            col(VisitStop.colleague_id) == associate_id,
            col(VisitStop.started_at).is_not(None),
            col(VisitStop.ended_at).is_(None),
            col(Visit.left_at).is_(None),
        )
        .order_by(col(VisitStop.started_at), ident(VisitStop.id))
    )
    return tuple(
        Wanted(
            row[NAME_WIDTH],
            row[NAME_WIDTH + 1],
            Named(*row[:NAME_WIDTH]),
            *row[NAME_WIDTH + 2 :],
        )
        for row in rows
    )
