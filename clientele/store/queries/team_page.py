"""Who works here and who did: their role, whether they can sign in, and what is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseState
from clientele.domain.recovery import RightState
from clientele.domain.tables import (
    Appointment,
    Associate,
    BookMembership,
    Department,
    FollowUp,
    MadeRight,
    Promise,
    StoreProfile,
    Visit,
)
from clientele.store.queries.columns import ident

UNKEPT: Final = (PromiseState.OPEN, PromiseState.READY)
"""Promises that somebody still has to keep."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here, or did (``left_at``)."""

    id: int
    name: str
    role: str
    department_id: int | None
    department: str
    active: bool
    left_at: datetime | None
    signs_in: bool
    """Whether they have a PIN."""
    pin_given: bool
    """Whether a manager gave it, and they choose their own at the next sign-in."""
    pin_locked: bool
    """Whether too many wrong tries closed it, until a manager gives another."""
    clients: int
    """Whom they own."""


@dataclass(frozen=True, slots=True)
class DepartmentPlace:
    """A department, and how many work there."""

    id: int
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class StoreDetails:
    """Which store this is: ISO 4217 currency, ISO 3166 country, IANA zone."""

    name: str
    currency: str
    country: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """Everybody by department and name, those who left at the end, the latest first."""

    members: tuple[Member, ...]
    departments: tuple[DepartmentPlace, ...]
    store: StoreDetails | None


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What would be nobody's if an associate left."""

    clients: int = 0
    follow_ups: int = 0
    promises: int = 0
    appointments: int = 0
    made_rights: int = 0
    visits: int = 0

    @property
    def work(self) -> int:
        """All but the clients."""
        return self.follow_ups + self.promises + self.appointments + self.made_rights + self.visits

    def __bool__(self) -> bool:
        return bool(self.clients or self.work)


def team(session: Session) -> TeamFacts:
    """The store, its departments and its people. What a PIN is stands in no answer."""
    owned = (
        select(func.count())
        .select_from(BookMembership)
        .where(col(BookMembership.associate_id) == ident(Associate.id), *_owning())
        .correlate(Associate)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            ident(Associate.id),
            col(Associate.name),
            col(Associate.role),
            col(Associate.department_id),
            func.coalesce(col(Department.name), ""),
            col(Associate.active),
            col(Associate.left_at),
            col(Associate.pin_hash).is_not(None),
            col(Associate.pin_given),
            col(Associate.pin_locked_at).is_not(None),
            owned,
        )
        .outerjoin(Department, ident(Department.id) == col(Associate.department_id))
        .order_by(
            col(Associate.active).desc(),
            col(Associate.left_at).desc(),
            col(Department.position),
            col(Associate.name),
            ident(Associate.id),
        )
    )
    members = tuple(Member(*row) for row in rows)
    return TeamFacts(members, _departments(session), _store(session))


def open_work(session: Session, associate_id: int, *, now: datetime) -> OpenWork:
    """What is open with an associate: their clients, and whatever they still have to do."""
    who = associate_id

    def count(table: type[Any], *where: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0

    return OpenWork(
        clients=count(BookMembership, col(BookMembership.associate_id) == who, *_owning()),
        follow_ups=count(
            FollowUp,
            col(FollowUp.associate_id) == who,
            col(FollowUp.state) == FollowUpState.OPEN,
        ),
        promises=count(
            Promise,
            or_(col(Promise.associate_id) == who, col(Promise.colleague_id) == who),
            col(Promise.state).in_(UNKEPT),
        ),
        appointments=count(
            Appointment,
            col(Appointment.associate_id) == who,
            col(Appointment.starts_at) >= now,
            col(Appointment.cancelled_at).is_(None),
            col(Appointment.visit_id).is_(None),
        ),
        made_rights=count(
            MadeRight,
            col(MadeRight.associate_id) == who,
            col(MadeRight.state) != RightState.SOLVED,
        ),
        visits=count(Visit, col(Visit.associate_id) == who, col(Visit.left_at).is_(None)),
    )


def owned_by(session: Session, associate_id: int) -> list[int]:
    """The clients whom an associate owns now."""
    asked = select(col(BookMembership.client_id)).where(
        col(BookMembership.associate_id) == associate_id, *_owning()
    )
    return list(session.scalars(asked.order_by(col(BookMembership.client_id))))


def _owning() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(BookMembership.role) == BookRole.OWNER, col(BookMembership.until).is_(None)


def _departments(session: Session) -> tuple[DepartmentPlace, ...]:
    rows = session.execute(
        select(ident(Department.id), col(Department.name), func.count(ident(Associate.id)))
        .outerjoin(
            Associate,
            (col(Associate.department_id) == ident(Department.id))
            & col(Associate.active).is_(True),
        )
        .group_by(ident(Department.id), col(Department.name), col(Department.position))
        .order_by(col(Department.position), ident(Department.id))
    )
    return tuple(DepartmentPlace(*row) for row in rows)


def _store(session: Session) -> StoreDetails | None:
    row = session.execute(
        select(
            col(StoreProfile.name),
            col(StoreProfile.currency),
            col(StoreProfile.country),
            col(StoreProfile.time_zone),
        )
    ).first()
    return None if row is None else StoreDetails(*row)
