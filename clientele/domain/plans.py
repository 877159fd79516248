"""What is ahead: follow-ups, appointments, occasions."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class FollowUpState(StrEnum):
    """How a follow-up stands; “dropped” keeps the reason why nothing was done."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    EXPIRED = "expired"
    """A rule made it, and what it was for went by (``rules.expiring``)."""
    ENDED = "ended"
    """A rule made it, and the rule or the fact is no more (``rules.touch_rules_settle``)."""


class FollowUp(Table, table=True):
    """Something to do for a client on a day, by one associate, on one channel, for a reason."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index(None, "associate_id", "state", "due_on"),
        Index(None, "state", "due_on"),
        Index(None, "client_id"),
        Index(None, "rule_id", "state"),
        Index(None, "given_by_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    purchase_id: int | None = Field(default=None, foreign_key="purchase.id", ondelete="SET NULL")
    channel: str
    reason: str
    due_on: date
    """In the store's zone."""
    state: str = FollowUpState.OPEN
    outcome: str = ""
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    purpose: str = ""
    """What the client is reached about (``Purpose``); empty: it was not asked for yet."""
    template: str = ""
    """The key of the template that it begins with."""
    repeat: str = ""
    """An RRULE (``rules.repeat_rules``); empty: once."""
    repeat_from: date | None = None
    """The first day it was due, by which its repeats are reckoned; ``due_on`` moves."""
    expires_on: date | None = None
    """The last day on which it is worth doing, where a rule says so."""
    rule_id: int | None = Field(default=None, foreign_key="touch_rule.id", ondelete="SET NULL")
    """The rule that made it; None: an associate did."""
    in_hand: bool = False
    """An associate put off or changed what a rule made: it is theirs now."""
    source: str = ""
    """What it is for, as a table's name (``rules.touch_rules_facts.Source``)."""
    source_id: int | None = None
    given_by_id: int | None = Field(default=None, foreign_key="associate.id")
    """Who asked the colleague whose it is to do it, and sees what becomes of it."""


class Appointment(Table, table=True):
    """A client expected at a time."""

    __table_args__ = (
        Index(None, "associate_id", "starts_at"),
        Index(None, "client_id"),
        Index(None, "starts_at"),
        Index(None, "uid"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    department_id: int | None = Field(default=None, foreign_key="department.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    """The visit that came of it."""
    starts_at: datetime = Field(sa_type=UtcDateTime)
    about: str = ""
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None: after the usual length (``rules.appointments``)."""
    outcome: str = ""
    """``rules.appointments.Outcome``; empty while it is ahead or nobody said."""
    remind_minutes: int | None = 15
    """How long before it begins to remind; None: not at all."""
    day_before: bool = False
    """Whether to remind the day before, too."""
    uid: str = ""
    """Its UID in calendars: the one it came with, or one of its own made with it."""
    recurrence: str = ""
    """Which one of a series in that calendar (RECURRENCE-ID)."""
    sequence: int = 0
    """How often time, length or state were changed, for other calendars."""
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AppointmentImport(Table, table=True):
    """What a calendar said of an appointment when it was last taken from there.

    By it the same file twice brings nothing twice (``exchange.calendar_known``).
    """

    __tablename__ = "appointment_import"
    __table_args__ = (Index(None, "uid"), Index(None, "appointment_id"))

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """Of UID, RECURRENCE-ID and book."""
    uid: str
    appointment_id: int = Field(foreign_key="appointment.id", ondelete="CASCADE")
    sequence: int
    stamped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    """As the calendar said; the book may have moved it since."""
    print: str
    """A print of all that people see of it there."""
    cancelled: bool = False
    taken_at: datetime = Field(sa_type=UtcDateTime)


class OccasionKind(StrEnum):
    """Why a day matters."""

    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    WEDDING = "wedding"
    GRADUATION = "graduation"
    OTHER = "other"


OF_BOTH = (OccasionKind.ANNIVERSARY, OccasionKind.WEDDING)
"""Days that two people share: they stay where they were said, and are nobody's alone."""


class Occasion(Table, table=True):
    """A day that matters to a client or someone in the household.

    The client's own birthday stands with the client. Without a year it comes every year; with a
    year and ``every_year`` the year is when it began.
    """

    __table_args__ = (Index(None, "client_id"), Index(None, "month", "day"))

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    household_member_id: int | None = Field(
        default=None, foreign_key="household_member.id", ondelete="CASCADE"
    )
    kind: str
    title: str = ""
    month: int
    day: int | None = None
    """None where only the month is known."""
    year: int | None = None
    every_year: bool = True


class Draft(Table, table=True):
    """Words typed and not yet kept, by associate and place, so that no lock or crash loses them."""

    associate_id: int = Field(primary_key=True, foreign_key="associate.id")
    place: str = Field(primary_key=True)
    """Where the words stand on the screen: “new client”, “follow-up of 12”."""
    body: str
    typed_at: datetime = Field(sa_type=UtcDateTime)
