"""Whose was the client, what may be done, and which appointments fell through?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Appointment, Associate, BookMembership, Consent, Department
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.story_entry import StoryEntry, Told


def memberships(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Coming into somebody's book; ``state`` is the role, ``words`` why."""
    return _memberships(session, keys, over=False)


def memberships_ended(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Leaving somebody's book."""
    return _memberships(session, keys, over=True)


def _memberships(session: Session, keys: list[int], *, over: bool) -> list[StoryEntry]:
    rows = _MEMBERSHIPS.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.BOOK_ENDED if over else Told.BOOK,
            id=key,
            at=(until if over else since) or since,
            associate_id=by,
            associate=name,
            words="" if over else why,
            departments=(place,) if place else (),
            state=role,
        )
        for key, since, until, by, name, role, why, place in rows
    ]


def consents(session: Session, keys: list[int]) -> list[StoryEntry]:
    """What the client allowed or refused on a channel; ``state`` is “yes” or “no”."""
    rows = _CONSENTS.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.CONSENT,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            words=how,
            channel=channel,
            state="yes" if allowed else "no",
            purpose=purpose,
        )
        for key, at, by, name, channel, allowed, how, purpose in rows
    ]


def appointments(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Appointments that were called off or moved, when; ``meant_at`` is when it would have been."""
    rows = _APPOINTMENTS.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.APPOINTMENT,
            id=key,
            at=cancelled_at or starts_at,
            associate_id=by,
            associate=name,
            words=about,
            departments=(place,) if place else (),
            state=outcome,
            meant_at=starts_at,
        )
        for key, starts_at, cancelled_at, by, name, about, place, outcome in rows
    ]


_MEMBERSHIPS = Prepared(
    select(
        ident(BookMembership.id),
        col(BookMembership.since),
        col(BookMembership.until),
        col(BookMembership.associate_id),
        col(Associate.name),
        col(BookMembership.role),
        col(BookMembership.why),
        col(Department.name),
    )
    .join(Associate, ident(Associate.id) == col(BookMembership.associate_id))
    .outerjoin(Department, ident(Department.id) == col(BookMembership.department_id))
    .where(ident(BookMembership.id).in_(among("keys")))
)
_CONSENTS = Prepared(
    select(
        ident(Consent.id),
        col(Consent.said_at),
        col(Consent.associate_id),
        col(Associate.name),
        col(Consent.channel),
        col(Consent.allowed),
        col(Consent.how),
        col(Consent.purpose),
    )
    .outerjoin(Associate, ident(Associate.id) == col(Consent.associate_id))
    .where(ident(Consent.id).in_(among("keys")))
)
_APPOINTMENTS = Prepared(
    select(
        ident(Appointment.id),
        col(Appointment.starts_at),
        col(Appointment.cancelled_at),
        col(Appointment.associate_id),
        col(Associate.name),
        col(Appointment.about),
        col(Department.name),
        col(Appointment.outcome),
    )
    .join(Associate, ident(Associate.id) == col(Appointment.associate_id))
    .outerjoin(Department, ident(Department.id) == col(Appointment.department_id))
    .where(ident(Appointment.id).in_(among("keys")))
)
