"""Whose client is this, since when and why? The owner, who else knows them, and who did before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, HandOffState
from clientele.domain.rules.cover import acting
from clientele.domain.rules.giving import may_give
from clientele.domain.tables import (
    Associate,
    BookMembership,
    Client,
    Department,
    Purchase,
    PurchaseLine,
)
from clientele.store.prepared import Prepared, given
from clientele.store.queries.acting import away_on
from clientele.store.queries.columns import ident
from clientele.store.queries.hand_offs import HandOffRow, of_client
from clientele.store.queries.naming import NAME_WIDTH, associate_names, name_columns
from clientele.store.queries.reading import Named


@dataclass(frozen=True, slots=True)
class Membership:
    """A client in an associate's book: as owner, or as who knows them in a department."""

    id: int
    associate_id: int
    associate: str
    works_here: bool
    role: str
    department: str
    since: datetime
    until: datetime | None
    why: str
    """As it was written down; empty where nobody did."""
    bought: str = ""
    """The first article that they sold to the client, and"""
    bought_on: date | None = None
    """on which day of the store: a reason where none was written down."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who answers for the owner today, and until when."""

    associate_id: int
    associate: str
    back_on: date
    """The first day on which the owner is back, in the store's zone."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The owner (None: nobody yet), the associates of departments, and what is over."""

    named: Named
    owner: Membership | None
    cover: Cover | None
    """Who covers, while the owner is away."""
    knowing: tuple[Membership, ...]
    """By department, without those who no longer work here."""
    past: tuple[Membership, ...]
    """What ended, the latest first."""
    handed: tuple[HandOffRow, ...] = ()
    """What is offered and not answered, or lent until a day, the first offered first."""


def may_give_away(session: Session, client_id: int, by: int) -> bool:
    """Whether an associate may give this client to another (``rules.giving``)."""
    asked = select(ident(Associate.id), col(Associate.role), col(Associate.department_id))
    people = {row[0]: row for row in session.execute(asked)}
    owner = session.scalar(
        select(col(BookMembership.associate_id)).where(
            col(BookMembership.client_id) == client_id,
            col(BookMembership.role) == BookRole.OWNER,
            col(BookMembership.until).is_(None),
        )
    )
    _, role, department = people[by]
    of_department = None if owner is None else people[owner][2]
    return may_give(
        by=by, role=role, department=department, owner=owner, of_department=of_department
    )


def whose(session: Session, client_id: int, *, today: date) -> Whose | None:
    """Whose the client is on a day of the store; None if they are not there."""
    head = _NAMED.first(session, client_id=client_id)
    if head is None:
        return None
    rows = _memberships(session, client_id)
    owner = next((row for row in rows if row.until is None and row.role == BookRole.OWNER), None)
    if owner is not None:
        owner = _with_reason(session, client_id, owner)
    knowing = [
        _with_reason(session, client_id, row)
        for row in rows
        if row.until is None and row.role == BookRole.DEPARTMENT and row.works_here
    ]
    past = sorted(
        (row for row in rows if row.until is not None),
        key=lambda row: (row.until or row.since, row.id),
        reverse=True,
    )
    return Whose(
        named=Named(*head[:NAME_WIDTH]),
        owner=owner,
        cover=None if owner is None else _cover(session, owner.associate_id, today),
        knowing=tuple(sorted(knowing, key=lambda row: (row.department, row.associate))),
        past=tuple(past),
        handed=tuple(
            row
            for row in of_client(session, client_id, (HandOffState.OFFERED, HandOffState.ACCEPTED))
            if not row.over(today) and (row.lends or row.state == HandOffState.OFFERED)
        ),
    )


def _memberships(session: Session, client_id: int) -> list[Membership]:
    rows = _MEMBERSHIPS.rows(session, client_id=client_id)
    return [Membership(*(*row[:5], row[5] or "", *row[6:])) for row in rows]


def _with_reason(session: Session, client_id: int, row: Membership) -> Membership:
    """Where no reason was written down, the first article they sold to the client is one."""
    if row.why:
        return row
    first = _FIRST_SOLD.first(session, client_id=client_id, associate_id=row.associate_id)
    return row if first is None else replace(row, bought=first[0], bought_on=first[1])


def _cover(session: Session, owner: int, today: date) -> Cover | None:
    there = away_on(session, today)
    who = acting(owner, today, there)
    back_on = next((one.back_on for one in there if one.associate_id == owner), None)
    if who == owner or back_on is None:
        return None
    return Cover(who, associate_names(session)[who], back_on)


_NAMED = Prepared(select(*name_columns()).where(ident(Client.id) == given("client_id")))
_MEMBERSHIPS = Prepared(
    select(
        ident(BookMembership.id),
        ident(Associate.id),
        col(Associate.name),
        col(Associate.active),
        col(BookMembership.role),
        col(Department.name),
        col(BookMembership.since),
        col(BookMembership.until),
        col(BookMembership.why),
    )
    .join(Associate, ident(Associate.id) == col(BookMembership.associate_id))
    .outerjoin(Department, ident(Department.id) == col(BookMembership.department_id))
    .where(col(BookMembership.client_id) == given("client_id"))
    .order_by(col(BookMembership.since), ident(BookMembership.id))
)
_FIRST_SOLD = Prepared(
    select(col(PurchaseLine.item), col(Purchase.sold_on))
    .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
    .where(
        col(Purchase.client_id) == given("client_id"),
        col(PurchaseLine.associate_id) == given("associate_id"),
        col(PurchaseLine.amount) > 0,
    )
    .order_by(col(Purchase.sold_at), col(PurchaseLine.amount).desc())
    .limit(1)
)
