"""Clients expected at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.tables import Appointment, Client
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class ExpectClient:
    """A client expected by an associate at an instant (aware), and what about."""

    client_id: int
    associate_id: int
    starts_at: datetime
    about: str = ""
    department_id: int | None = None
    draft: str = ""
    """The place of the draft that it was typed in, of ``associate_id``; it is cleared."""


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    """An appointment that will not take place."""

    appointment_id: int


@verb
def expect_client(session: Session, what: ExpectClient, /, *, now: datetime) -> int | None:
    """Write down an appointment and answer its id."""
    the(session, Client, what.client_id)
    forget_draft(session, what.associate_id, what.draft)
    return new_id(
        session,
        Appointment(
            client_id=what.client_id,
            associate_id=what.associate_id,
            department_id=what.department_id,
            starts_at=what.starts_at,
            about=what.about.strip(),
        ),
    )


@verb
def cancel_appointment(
    session: Session, what: CancelAppointment, /, *, now: datetime
) -> int | None:
    """Cancel an appointment; it stays on record."""
    the(session, Appointment, what.appointment_id).cancelled_at = now
    return what.appointment_id
