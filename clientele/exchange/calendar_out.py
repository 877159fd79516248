"""How does an appointment leave for another calendar? As iCalendar (RFC 5545), one or many.

A calendar leaves the encrypted book: it lies on telephones and on servers of others. So there is a
discreet way, which names no client and says nothing of what it is about.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from clientele.domain.rules.contact_points import is_email
from clientele.domain.rules.names import initials
from clientele.exchange.calendar_refusals import NothingToWrite
from clientele.exchange.calendar_zone_out import described

PRODUCT: Final = "-//Clientele//Appointments//EN"
_OWN: Final = re.compile(r"clientele-(\d{1,18})-([0-9a-f]{24})@clientele")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Leaving:
    """An appointment as it leaves."""

    appointment_id: int
    starts_at: datetime
    """Aware."""
    ends_at: datetime
    """Aware, after ``starts_at``."""
    client: str
    """The client's name as the store says it."""
    about: str
    sequence: int
    """How often time, length, place or state were changed: it only ever rises."""
    changed_at: datetime
    """When that was last, or when it was made; aware."""
    cancelled: bool = False
    remind: timedelta | None = None
    """How long before it begins the calendar is to remind; None for not at all."""
    uid: str = ""
    """The UID under which it came from another calendar; empty for one of the book's own."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose calendar it is."""

    book: str
    """A text that no other book has and that never changes; it does not leave itself."""
    zone: ZoneInfo
    store: str = ""
    """Name and address of the store, for LOCATION."""
    associate: str = ""
    email: str = ""
    """The associate's, for ORGANIZER; without one there is none, since not every program takes
    an organiser that it cannot write to."""


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words of a file in the language of who asks for it."""

    appointment: str = "Appointment"
    reminder: str = "Reminder"


def calendar_of(
    appointments: Iterable[Leaving],
    sender: Sender,
    *,
    discreet: bool = False,
    private: bool = True,
    words: CalendarWords | None = None,
) -> bytes:
    """A file of these appointments by their beginning; the same ones always give the same bytes.

    Lines end in CRLF and are folded at 75 octets, text is escaped. ``discreet`` gives initials for
    names and leaves out what it is about. ``private`` asks calendars that are shared to show others
    only that the time is taken (CLASS); a discreet file is so in any case.

    Raises:
        NothingToWrite: there is none.
    """
    chosen = sorted(appointments, key=lambda one: (one.starts_at, one.appointment_id))
    if not chosen:
        raise NothingToWrite
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if sender.zone.key != "UTC":
        calendar.add_component(_zone(chosen, sender.zone))
    for one in chosen:
        event = _event(one, sender, discreet, words or CalendarWords())
        event.add("CLASS", "PRIVATE" if private or discreet else "PUBLIC")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid_of(book: str, appointment_id: int) -> str:
    """The UID of one of the book's own appointments: the same for ever, and in no other book."""
    return f"clientele-{appointment_id}-{_print(book)}@clientele"


def own_appointment(uid: str, book: str) -> int | None:
    """The appointment of this book that left under ``uid``; None for all others."""
    match = _OWN.fullmatch(uid)
    return int(match[1]) if match is not None and match[2] == _print(book) else None


def _print(book: str) -> str:
    return hashlib.sha256(f"calendar of {book}".encode()).hexdigest()[:24]


def _zone(chosen: Sequence[Leaving], zone: ZoneInfo) -> Timezone:
    last = max(one.ends_at for one in chosen)
    return described(zone, zone.key, chosen[0].starts_at, last)


def _event(one: Leaving, sender: Sender, discreet: bool, words: CalendarWords) -> Event:
    event = Event()
    event.add("UID", one.uid or uid_of(sender.book, one.appointment_id))
    event.add("DTSTAMP", one.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", one.changed_at.astimezone(UTC))
    event.add("SEQUENCE", one.sequence)
    event.add("DTSTART", _local(one.starts_at, sender.zone))
    event.add("DTEND", _local(one.ends_at, sender.zone))
    client, about = _clean(one.client).strip(), _clean(one.about).strip()
    if discreet:
        summary = f"{words.appointment} {initials(client)}" if client else words.appointment
    else:
        first_line = about.partition("\n")[0]
        summary = ": ".join(filter(None, (client or words.appointment, first_line)))
        if about != first_line:
            event.add("DESCRIPTION", about)
    event.add("SUMMARY", summary)
    if sender.store.strip():
        event.add("LOCATION", _clean(sender.store).strip())
    if is_email(sender.email):
        organiser = vCalAddress(f"mailto:{_clean(sender.email).strip()}")
        organiser.params["CN"] = vText(_clean(sender.associate).replace('"', "'").strip())
        event.add("ORGANIZER", organiser)
    event.add("STATUS", "CANCELLED" if one.cancelled else "CONFIRMED")
    if one.remind is not None and not one.cancelled:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("TRIGGER", -abs(one.remind))
        alarm.add("DESCRIPTION", words.reminder if discreet else summary)
        event.add_component(alarm)
    return event


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    """On the store's clock; in the hour that comes twice in UTC, since a clock cannot say which."""
    local = instant.astimezone(zone)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return instant.astimezone(UTC) if twice and local.fold else local


def _clean(text: str) -> str:
    """Without what no calendar may hold: control characters, halves of characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
