"""Who is responsible for a client today: for the whole, and in each department?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, HandOffState
from clientele.domain.rules.cover import acting
from clientele.domain.rules.hand_offs import Knows, Loan, for_a_department, for_the_whole
from clientele.domain.tables import Associate, BookMembership, Department
from clientele.store.prepared import Prepared, given
from clientele.store.queries.acting import away_on
from clientele.store.queries.columns import ident
from clientele.store.queries.hand_offs import HandOffRow, of_client
from clientele.store.queries.naming import associate_names


@dataclass(frozen=True, slots=True)
class Part:
    """Who is responsible for the whole client, or for what they need in one department."""

    associate_id: int | None
    """None only for a client whom nobody owns."""
    associate: str
    acting_id: int | None
    """Who answers today: the same, or while they are away whoever covers for them."""
    acting: str
    department_id: int | None = None
    department: str = ""
    since: datetime | None = None
    """Since when it is theirs."""
    until_on: date | None = None
    """The last day of a loan, in the store's zone."""
    hand_off_id: int | None = None
    """The loan by which it is theirs."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """One client on one day. ``departments`` are those with somebody of their own."""

    owner_id: int | None
    owner: str
    whole: Part
    departments: tuple[Part, ...]
    offered: tuple[HandOffRow, ...]
    """What waits for an answer; until then nothing of it counts."""
    accepted: tuple[HandOffRow, ...]
    """Accepted and not given back, loans that are over left out."""

    def of(self, department_id: int) -> Part:
        """Who is responsible in a department: somebody of its own, else who has the whole."""
        own = (part for part in self.departments if part.department_id == department_id)
        return next(own, self.whole)


def responsible_for(session: Session, client_id: int, today: date) -> Responsible:
    """Who is responsible for a client on a day of the store."""
    rows = of_client(session, client_id, (HandOffState.OFFERED, HandOffState.ACCEPTED))
    there = [row for row in rows if not row.over(today)]
    accepted = sorted(
        (row for row in there if row.state == HandOffState.ACCEPTED),
        key=lambda row: (row.answered_at or row.offered_at, row.id),
    )
    lent = [row for row in accepted if row.until_on is not None]
    loans = [Loan(row.taker.id, row.until_on or today, row.department_id) for row in lent]
    owner_id, owner_since, known = _members(session, client_id)
    knows = [Knows(department, associate) for department, associate, _ in known]
    names, places = associate_names(session), _departments(session)
    absences = away_on(session, today)

    def part(associate: int | None, department: int | None, since: datetime | None) -> Part:
        answers = None if associate is None else acting(associate, today, absences)
        loan = next((row for row in reversed(lent) if row.department_id == department), None)
        return Part(
            associate_id=associate,
            associate=names.get(associate or 0, ""),
            acting_id=answers,
            acting=names.get(answers or 0, ""),
            department_id=department,
            department=places.get(department or 0, ""),
            since=since if loan is None else loan.answered_at,
            until_on=None if loan is None else loan.until_on,
            hand_off_id=None if loan is None else loan.id,
        )

    own = {one.department_id for one in knows} | {
        row.department_id for row in lent if row.department_id is not None
    }
    return Responsible(
        owner_id=owner_id,
        owner=names.get(owner_id or 0, ""),
        whole=part(for_the_whole(owner_id, loans, today), None, owner_since),
        departments=tuple(
            part(
                for_a_department(department, owner_id, knows, loans, today),
                department,
                next((since for place, _, since in reversed(known) if place == department), None),
            )
            for department in places
            if department in own
        ),
        offered=tuple(row for row in there if row.state == HandOffState.OFFERED),
        accepted=tuple(accepted),
    )


def _members(
    session: Session, client_id: int
) -> tuple[int | None, datetime | None, list[tuple[int, int, datetime]]]:
    """The owner and since when; who is at home in which department, the oldest first."""
    rows = _MEMBERS.rows(session, client_id=client_id)
    owner = next(((row[2], row[3]) for row in rows if row[0] == BookRole.OWNER), (None, None))
    known = [
        (department, associate, since)
        for role, department, associate, since in rows
        if role == BookRole.DEPARTMENT and department is not None
    ]
    return owner[0], owner[1], known


def _departments(session: Session) -> dict[int, str]:
    """All departments by id, in the store's order."""
    return {row[0]: row[1] for row in _DEPARTMENTS.rows(session)}


_MEMBERS = Prepared(
    select(
        col(BookMembership.role),
        col(BookMembership.department_id),
        col(BookMembership.associate_id),
        col(BookMembership.since),
    )
    .join(Associate, ident(Associate.id) == col(BookMembership.associate_id))
    .where(
        col(BookMembership.client_id) == given("client_id"),
        col(BookMembership.until).is_(None),
        (col(BookMembership.role) == BookRole.OWNER) | col(Associate.active),
    )
    .order_by(col(BookMembership.since), ident(BookMembership.id))
)
_DEPARTMENTS = Prepared(
    select(ident(Department.id), col(Department.name)).order_by(
        col(Department.position), ident(Department.id)
    )
)
