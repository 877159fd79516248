"""What else does a brief say? Who answers for the client now, money paid ahead, who comes along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, HandOffState
from clientele.domain.rules.cover import acting
from clientele.domain.tables import (
    Associate,
    BookMembership,
    Department,
    HandOff,
    HouseholdMember,
    PartPayment,
    Promise,
    Visit,
    VisitCompanion,
)
from clientele.store.queries.acting import away_on
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import associate_names

LATELY = timedelta(days=60)
"""How long a client who was handed over for good is told of as new."""

COMPANIONS = 6
"""How many of those who came along are named."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A client, or one department's part of them, in or on the way to a colleague's hands."""

    department: str
    """Empty for the whole client."""
    from_id: int
    from_name: str
    to_id: int
    to_name: str
    until_on: date | None
    accepted: bool
    client_told: bool
    note: str
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class Knows:
    """An associate who knows the client in one department."""

    associate_id: int
    associate: str
    department: str


@dataclass(frozen=True, slots=True)
class WhoseNow:
    """Who answers for the client today. ``cover`` stands in for the owner until ``back_on``."""

    cover_id: int | None
    cover: str
    back_on: date | None
    handed: tuple[Handed, ...]
    knows: tuple[Knows, ...]


@dataclass(frozen=True, slots=True)
class PaidAhead:
    """Money that waits for the ticket: minor units of ``currency``, with the till's reference."""

    what: str
    amount: int
    currency: str
    receipt: str
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseMark:
    """The last step that a promise reached, and what stands on its tag; empty for none."""

    step: str
    tag: str


def whose_now(session: Session, client_id: int, owner: int | None, today: date) -> WhoseNow:
    """Who answers for a client on ``today`` of the store; ``owner`` is whose they are."""
    cover, name, back = None, "", None
    absences = away_on(session, today)
    if owner is not None and (stands_in := acting(owner, today, absences)) != owner:
        cover = stands_in
        name = session.scalar(select(col(Associate.name)).where(ident(Associate.id) == cover)) or ""
        back = max(one.back_on for one in absences if one.associate_id == owner)
    return WhoseNow(
        cover, name, back, _handed(session, client_id, today), _knows(session, client_id)
    )


def _handed(session: Session, client_id: int, today: date) -> tuple[Handed, ...]:
    names = associate_names(session)
    rows = session.execute(
        select(
            func.coalesce(col(Department.name), ""),
            col(HandOff.from_id),
            col(HandOff.to_id),
            col(HandOff.until_on),
            col(HandOff.state),
            col(HandOff.client_told),
            col(HandOff.note),
            col(HandOff.offered_at),
        )
        .outerjoin(Department, ident(Department.id) == col(HandOff.department_id))
        .where(
            col(HandOff.client_id) == client_id,
            col(HandOff.state).in_((HandOffState.OFFERED, HandOffState.ACCEPTED)),
            or_(col(HandOff.until_on).is_(None), col(HandOff.until_on) >= today),
        )
        .order_by(col(HandOff.offered_at).desc(), ident(HandOff.id).desc())
        .limit(20)
    )
    found = [
        Handed(
            department=place,
            from_id=giver,
            from_name=names[giver],
            to_id=taker,
            to_name=names[taker],
            until_on=until,
            accepted=state == HandOffState.ACCEPTED,
            client_told=told,
            note=note,
            offered_at=at,
        )
        for place, giver, taker, until, state, told, note, at in rows
    ]
    return tuple(
        one
        for one in found
        if one.until_on is not None or not one.accepted or today - one.offered_at.date() <= LATELY
    )


def _knows(session: Session, client_id: int) -> tuple[Knows, ...]:
    rows = session.execute(
        select(ident(Associate.id), col(Associate.name), func.coalesce(col(Department.name), ""))
        .select_from(BookMembership)
        .join(Associate, ident(Associate.id) == col(BookMembership.associate_id))
        .outerjoin(Department, ident(Department.id) == col(BookMembership.department_id))
        .where(
            col(BookMembership.client_id) == client_id,
            col(BookMembership.role) == BookRole.DEPARTMENT,
            col(BookMembership.until).is_(None),
        )
        .order_by(col(BookMembership.since), ident(BookMembership.id))
        .limit(12)
    )
    return tuple(Knows(*row) for row in rows)


def paid_ahead(session: Session, client_id: int) -> tuple[PaidAhead, ...]:
    """Money that a client paid and no ticket took off yet, the oldest first."""
    rows = session.execute(
        select(
            col(PartPayment.what),
            col(PartPayment.amount),
            col(PartPayment.currency),
            col(PartPayment.receipt),
            col(PartPayment.paid_at),
        )
        .where(col(PartPayment.client_id) == client_id, col(PartPayment.purchase_id).is_(None))
        .order_by(col(PartPayment.paid_at), ident(PartPayment.id))
    )
    return tuple(PaidAhead(*row) for row in rows)


def comes_with(session: Session, client_id: int) -> tuple[str, ...]:
    """Who came along on visits, whoever comes most often first; by name, with the relation."""
    name = func.coalesce(col(HouseholdMember.name), col(VisitCompanion.name))
    relation = func.coalesce(col(HouseholdMember.relation), "")
    rows = session.execute(
        select(name, relation)
        .select_from(VisitCompanion)
        .join(Visit, ident(Visit.id) == col(VisitCompanion.visit_id))
        .outerjoin(
            HouseholdMember, ident(HouseholdMember.id) == col(VisitCompanion.household_member_id)
        )
        .where(col(Visit.client_id) == client_id, name != "")
        .group_by(name, relation)
        .order_by(func.count().desc(), func.max(col(Visit.arrived_at)).desc(), name)
        .limit(COMPANIONS)
    )
    return tuple(f"{who}, {how}" if how else str(who) for who, how in rows)


def promise_marks(session: Session, client_id: int) -> dict[int, PromiseMark]:
    """The steps and tags of a client's promises that have any."""
    rows = session.execute(
        select(ident(Promise.id), col(Promise.step), col(Promise.tag)).where(
            col(Promise.client_id) == client_id,
            or_(col(Promise.step) != "", col(Promise.tag) != ""),
        )
    )
    return {row[0]: PromiseMark(row[1], row[2]) for row in rows}
