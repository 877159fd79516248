"""A calendar file into the book: what was ticked of its plan, in one change that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.appointments import Outcome
from clientele.domain.rules.rights import Right
from clientele.domain.tables import Appointment, AppointmentImport, Client
from clientele.services.acting import require_over
from clientele.services.appointments import AlreadyHere, AppointmentOver, ahead, over
from clientele.services.calendar_plan import Offered, What, about_for
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class Take:
    """One change of the plan that is wanted."""

    offered: Offered
    client_id: int | None = None
    """With whom, for a new one; None leaves it out."""


@dataclass(frozen=True, slots=True)
class TakeCalendar:
    """What is wanted of a file; new ones are the associate's, in the department."""

    wanted: tuple[Take, ...]
    associate_id: int
    department_id: int | None = None


@verb
def take_calendar(session: Session, what: TakeCalendar, /, *, now: datetime) -> int | None:
    """Keep what was chosen; what became otherwise since the file was looked at is left out.

    So the same file, taken twice at once, brings nothing twice.

    Raises:
        NotAllowed: a colleague's calendar needs ``Right.IMPORT``.
    """
    require_over(session, Right.IMPORT, what.associate_id)
    for one in what.wanted:
        if one.offered.what is What.NEW:
            _make(session, one, what, now)
        else:
            _change(session, one.offered, now)
    return None


def _make(session: Session, one: Take, what: TakeCalendar, now: datetime) -> None:
    row = one.offered.row
    if row is None or one.client_id is None or _record(session, row.key) is not None:
        return
    the(session, Client, one.client_id)
    key = new_id(
        session,
        Appointment(
            client_id=one.client_id,
            associate_id=what.associate_id,
            department_id=what.department_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            about=about_for(session, row, one.client_id),
            uid=row.uid,
            recurrence=row.recurrence,
            sequence=row.sequence,
            changed_at=now,
        ),
    )
    session.add(
        AppointmentImport(
            key=row.key,
            uid=row.uid,
            appointment_id=key,
            sequence=row.sequence,
            stamped_at=row.stamped_at,
            starts_at=row.starts_at,
            print=one.offered.print,
            cancelled=False,
            taken_at=now,
        )
    )


def _change(session: Session, offered: Offered, now: datetime) -> None:
    there, row = offered.there, offered.row
    if there is None:
        return
    try:
        kept = ahead(session, there.id)
    except (AppointmentOver, AlreadyHere):
        return
    number = kept.sequence
    if offered.what is What.MOVED:
        kept.starts_at, kept.ends_at = offered.starts_at, offered.ends_at
    else:
        over(kept, Outcome.CALLED_OFF, now)
    if row is not None:
        # The calendar knows already; a number of ours would make its next change look older.
        kept.sequence = max(number, row.sequence)
        kept.changed_at = row.stamped_at or now
    record = _record(session, offered.key)
    if record is not None:
        record.cancelled = offered.what is not What.MOVED
        record.taken_at = now
        if row is not None:
            record.sequence, record.stamped_at = row.sequence, row.stamped_at
            record.starts_at, record.print = row.starts_at, offered.print


def _record(session: Session, key: str) -> AppointmentImport | None:
    return session.scalars(
        select(AppointmentImport).where(col(AppointmentImport.key) == key)
    ).first()
