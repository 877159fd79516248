"""What became of an appointment: the client came, did not come, or it was called off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.rules.appointments import TAKES_NO_TIME, Outcome, may_say
from clientele.domain.tables import Appointment
from clientele.services.appointments import AlreadyHere, AppointmentOver, ahead, over
from clientele.services.rows import the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    """An appointment that will not take place."""

    appointment_id: int


@dataclass(frozen=True, slots=True)
class SayOutcome:
    """Whether the client came."""

    appointment_id: int
    outcome: Outcome


@verb
def cancel_appointment(
    session: Session, what: CancelAppointment, /, *, now: datetime
) -> int | None:
    """Call an appointment off; it stays on record, and calendars hear of it.

    Raises:
        AppointmentOver: it was called off or moved already.
        AlreadyHere: the client came to it.
    """
    over(ahead(session, what.appointment_id), Outcome.CALLED_OFF, now)
    return what.appointment_id


@verb
def say_outcome(session: Session, what: SayOutcome, /, *, now: datetime) -> int | None:
    """Say whether the client came; what was said before is replaced.

    Raises:
        NotYet: it has not begun.
        AppointmentOver: it was called off or moved.
        AlreadyHere: a visit came of it, so the client came.
        ValueError: ``outcome`` is one that another verb says.
    """
    if what.outcome in TAKES_NO_TIME:
        raise ValueError(what.outcome)
    row = the(session, Appointment, what.appointment_id)
    if row.cancelled_at is not None:
        raise AppointmentOver
    if row.visit_id is not None and what.outcome != Outcome.CAME:
        raise AlreadyHere
    if row.visit_id is None:
        may_say(what.outcome, row.starts_at, now)
    row.outcome = what.outcome
    return row.id
