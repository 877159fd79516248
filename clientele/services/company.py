"""Who came along with the client, and where do they try things on?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import HouseholdMember, VisitCompanion
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.services.visits import open_visit


@dataclass(frozen=True, slots=True)
class SayFittingRoom:
    """The fitting room as it is called in the store; empty: none."""

    visit_id: int
    room: str


@dataclass(frozen=True, slots=True)
class AddCompanion:
    """Someone who came along: of the household, or a name that was typed."""

    visit_id: int
    name: str = ""
    household_member_id: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveCompanion:
    """They did not come after all."""

    companion_id: int


@verb
def say_fitting_room(session: Session, what: SayFittingRoom, /, *, now: datetime) -> int | None:
    """Keep where they try things on, as it is typed."""
    visit = open_visit(session, what.visit_id)
    visit.fitting_room = what.room.strip()
    return visit.id


@verb
def add_companion(session: Session, what: AddCompanion, /, *, now: datetime) -> int | None:
    """Write down who came along, once, and answer its id; without a name nothing is written.

    A name of the household is that member.
    """
    visit = open_visit(session, what.visit_id)
    name = " ".join(what.name.split())
    member = what.household_member_id
    if member is not None:
        name = the(session, HouseholdMember, member).name
    elif name:
        member = session.scalar(
            select(col(HouseholdMember.id)).where(
                col(HouseholdMember.client_id) == visit.client_id,
                col(HouseholdMember.name) == name,
            )
        )
    if not name:
        return None
    there: int | None = session.scalar(
        select(col(VisitCompanion.id)).where(
            col(VisitCompanion.visit_id) == what.visit_id, col(VisitCompanion.name) == name
        )
    )
    if there is not None:
        return there
    return new_id(
        session,
        VisitCompanion(visit_id=what.visit_id, household_member_id=member, name=name),
    )


@verb
def remove_companion(session: Session, what: RemoveCompanion, /, *, now: datetime) -> int | None:
    """Take someone off again."""
    row = the(session, VisitCompanion, what.companion_id)
    open_visit(session, row.visit_id)
    session.delete(row)
    return row.visit_id
