"""Clients expected at a time: made, moved, made longer, changed. What became of one is next door.

Conflicts are told and never decided (``rules.appointments``): no verb refuses a time because
another client is expected then.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.rules.appointments import (
    DEFAULT_LENGTH,
    TAKES_NO_TIME,
    Outcome,
    check_length,
)
from clientele.domain.tables import Appointment, Client
from clientele.services.drafts import forget_draft
from clientele.services.rows import colleague, new_id, the
from clientele.services.verb import verb

FURTHEST_REMINDER = 7 * 24 * 60
"""Minutes: nobody is reminded of an appointment more than a week before."""


class AppointmentOver(Refusal):
    """It was called off or moved, perhaps at another terminal."""

    template = (
        "This appointment was called off or moved meanwhile. Nothing was changed; "
        "make a new one if the client comes after all."
    )


class AlreadyHere(Refusal):
    """The client came, and the visit was opened; the time cannot be another one."""

    template = (
        "The client came to this appointment, so its time stays as it is. Nothing was changed; "
        "make a new appointment for the next time."
    )


class NoSuchReminder(Refusal):
    """Before it was made, after it began."""

    template = (
        "A reminder comes at most a week before an appointment, and not after it began. "
        "Nothing was changed; choose another time to be reminded."
    )


@dataclass(frozen=True, slots=True)
class ExpectClient:
    """A client expected by an associate at an instant (aware), and what about."""

    client_id: int
    associate_id: int
    starts_at: datetime
    about: str = ""
    department_id: int | None = None
    draft: str = ""
    """The place of the draft that it was typed in, of ``drafted_by``; it is cleared."""
    ends_at: datetime | None = None
    """None: after the usual length."""
    remind_minutes: int | None = 15
    day_before: bool = False
    drafted_by: int | None = None
    """Who typed it, where that is not ``associate_id``."""


@dataclass(frozen=True, slots=True)
class MoveAppointment:
    """Another beginning (aware); without an end it takes as long as before."""

    appointment_id: int
    starts_at: datetime
    ends_at: datetime | None = None
    associate_id: int | None = None
    """None: whose it was."""


@dataclass(frozen=True, slots=True)
class ChangeAppointment:
    """All that an appointment says, as it is to be."""

    appointment_id: int
    associate_id: int
    starts_at: datetime
    ends_at: datetime
    about: str
    remind_minutes: int | None
    day_before: bool
    drafted_by: int | None = None
    draft: str = ""


@verb
def expect_client(session: Session, what: ExpectClient, /, *, now: datetime) -> int | None:
    """Write down an appointment and answer its id.

    Raises:
        NoSuchLength: it ends before it begins, or takes more than a day.
        NoSuchReminder: the reminder is not in the week before it.
    """
    the(session, Client, what.client_id)
    if what.ends_at is not None:
        check_length(what.starts_at, what.ends_at)
    check_reminder(what.remind_minutes)
    forget_draft(session, what.drafted_by or what.associate_id, what.draft)
    return new_id(
        session,
        Appointment(
            client_id=what.client_id,
            associate_id=what.associate_id,
            department_id=what.department_id,
            starts_at=what.starts_at,
            ends_at=what.ends_at,
            about=what.about.strip(),
            remind_minutes=what.remind_minutes,
            day_before=what.day_before,
            uid=new_uid(),
            changed_at=now,
        ),
    )


@verb
def move_appointment(session: Session, what: MoveAppointment, /, *, now: datetime) -> int | None:
    """Another time, another length, or another associate; calendars hear of it.

    One that has begun without the client stays in the book as moved, and a new one is made for
    the later time, so that the story keeps that the client did not come at first.

    Raises:
        AppointmentOver: it was called off or moved.
        AlreadyHere: the client came to it.
        NoSuchLength: it would end before it begins, or take more than a day.
    """
    row = ahead(session, what.appointment_id)
    starts_at = what.starts_at.astimezone(UTC)  # where time is added, it is no clock on the wall
    ends_at = what.ends_at or starts_at + length_of(row)
    check_length(starts_at, ends_at)
    whose = row.associate_id
    if what.associate_id is not None and what.associate_id != whose:
        whose = colleague(session, what.associate_id).id or whose
    if _missed(row, starts_at, now):
        return _instead(session, row, starts_at, ends_at, whose, now)
    _take(row, starts_at, ends_at, now)
    if row.associate_id != whose:
        row.associate_id, row.changed_at = whose, now
    return row.id


@verb
def change_appointment(
    session: Session, what: ChangeAppointment, /, *, now: datetime
) -> int | None:
    """All of it at once, as its form says; what did not change is not told to calendars.

    Raises: as ``move_appointment``, and ``NoSuchReminder``.
    """
    row = the(session, Appointment, what.appointment_id)
    same_time = (row.starts_at, end_of(row)) == (what.starts_at, what.ends_at)
    if not same_time:
        row = ahead(session, what.appointment_id)
    check_length(what.starts_at, what.ends_at)
    check_reminder(what.remind_minutes)
    forget_draft(session, what.drafted_by or what.associate_id, what.draft)
    if row.associate_id != what.associate_id:
        row.associate_id = colleague(session, what.associate_id).id or row.associate_id
        row.changed_at = now
    about = what.about.strip()
    if row.about != about:
        row.about, row.changed_at = about, now
    row.remind_minutes, row.day_before = what.remind_minutes, what.day_before
    if _missed(row, what.starts_at, now):
        return _instead(session, row, what.starts_at, what.ends_at, row.associate_id, now)
    _take(row, what.starts_at, what.ends_at, now)
    return row.id


def length_of(row: Appointment) -> timedelta:
    """How long it takes; the usual length where nobody said."""
    return end_of(row) - row.starts_at


def end_of(row: Appointment) -> datetime:
    """When it ends."""
    return row.ends_at or row.starts_at + DEFAULT_LENGTH


def new_uid() -> str:
    """A UID that no other appointment has, in this book or another, now or later.

    Ids are given again once their row is gone, so they say nothing for ever. In letters alone:
    digits by chance would now and then be taken for a card number.
    """
    return f"clientele-{''.join(secrets.choice(ascii_lowercase) for _ in range(24))}@clientele"


def ahead(session: Session, key: int) -> Appointment:
    """An appointment whose time may still be another one.

    Raises:
        NotThere: it was removed.
        AppointmentOver: it was called off or moved.
        AlreadyHere: the client came to it.
    """
    row = the(session, Appointment, key)
    if row.cancelled_at is not None or row.outcome in TAKES_NO_TIME:
        raise AppointmentOver
    if row.visit_id is not None or row.outcome == Outcome.CAME:
        raise AlreadyHere
    return row


def check_reminder(minutes: int | None) -> None:
    """Whether one may be reminded so long before.

    Raises:
        NoSuchReminder: it is no time before, or too long.
    """
    if minutes is not None and not 0 <= minutes <= FURTHEST_REMINDER:
        raise NoSuchReminder


def over(row: Appointment, outcome: Outcome, now: datetime) -> None:
    """It takes no time any more, and calendars hear of it."""
    row.outcome, row.cancelled_at = outcome, now
    row.sequence, row.changed_at = row.sequence + 1, now


def _take(row: Appointment, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if (row.starts_at, end_of(row)) == (starts_at, ends_at):
        return
    row.starts_at, row.ends_at = starts_at, ends_at
    row.outcome = ""
    row.sequence, row.changed_at = row.sequence + 1, now


def _missed(row: Appointment, starts_at: datetime, now: datetime) -> bool:
    """Whether the client did not come, and comes later instead.

    Nobody missed a time that was only written down once it had gone by, as by a slip of the hand.
    """
    known = row.changed_at is None or row.changed_at <= row.starts_at
    return known and row.starts_at < now and starts_at > max(now, row.starts_at)


def _instead(
    session: Session,
    row: Appointment,
    starts_at: datetime,
    ends_at: datetime,
    whose: int,
    now: datetime,
) -> int:
    over(row, Outcome.MOVED, now)
    return new_id(
        session,
        Appointment(
            client_id=row.client_id,
            associate_id=whose,
            department_id=row.department_id,
            starts_at=starts_at,
            ends_at=ends_at,
            about=row.about,
            remind_minutes=row.remind_minutes,
            day_before=row.day_before,
            uid=new_uid(),
            changed_at=now,
        ),
    )
