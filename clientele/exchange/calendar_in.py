"""What would a calendar file bring into the book? Appointments within some days, one by one.

Each series is taken apart into its appointments, what was moved stands where it was moved to, and
what was called off says so. Nothing is decided here about clients, and nothing is kept: the rows
are a plan. The key of a row is made of UID, RECURRENCE-ID and book, so the same file twice brings
nothing twice; ``calendar_known`` compares rows with what the book has.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clientele.domain.rules.appointments import DEFAULT_LENGTH
from clientele.exchange.calendar_events import Event, Place, event_of, place_of, uid_of
from clientele.exchange.calendar_lines import Part, parts_of
from clientele.exchange.calendar_out import own_appointment
from clientele.exchange.calendar_people import Person, emails_in, names_in, phones_in
from clientele.exchange.calendar_refusals import (
    EmptyCalendar,
    EventRefused,
    TooManyAppointments,
)
from clientele.exchange.calendar_repeats import Effort
from clientele.exchange.calendar_series import Occurrence, occurrences
from clientele.exchange.calendar_values import Moment, Texts
from clientele.exchange.calendar_zones import Zones, name_of

MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Days:
    """The days for which a file is read, first and last one included, in the store's zone."""

    first: date
    last: date

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Where they begin, and where the day after them does."""
        day_after = self.last + timedelta(days=1)
        return (
            datetime.combine(self.first, time(), zone).astimezone(UTC),
            datetime.combine(day_after, time(), zone).astimezone(UTC),
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a file is read."""

    book: str
    """A text that no other book has; the same as for ``calendar_out``."""
    zone: ZoneInfo
    """The store's: days, and times that name no zone, are in it."""
    country: str
    """ISO 3166, for telephone numbers without a country code."""
    default_length: timedelta = DEFAULT_LENGTH
    """For an appointment that names no end."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One appointment as a file says it."""

    key: str
    """Of UID, RECURRENCE-ID and book: the same appointment has the same key in every file."""
    uid: str
    recurrence: str
    """Which one of a series, as the instant (UTC) or day at which it was first to be."""
    own_id: int | None
    """The appointment of this book that went out under this UID."""
    sequence: int
    stamped_at: datetime | None
    starts_at: datetime
    """In UTC."""
    ends_at: datetime
    """In UTC."""
    zone: str
    """On whose clock it was written; for what changes with daylight saving."""
    all_day: bool
    summary: str
    description: str
    location: str
    cancelled: bool
    private: bool
    people: tuple[Person, ...]
    names: tuple[str, ...]
    """What may be names of clients, of the invited and in the summary."""
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    """E.164."""
    line: int
    """Where it stands in the file."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An event that cannot be read; all others are."""

    line: int
    summary: str
    refusal: EventRefused

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        return self.refusal.sentence


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What a file holds for the days that were asked for."""

    rows: tuple[CalendarRow, ...]
    """By their beginning."""
    rejected: tuple[Rejected, ...]
    """By their lines."""
    events: int
    """How many events the file holds, those outside of the days included."""
    whole: frozenset[str]
    """UIDs of which all within the days was read: what the book has of them besides is gone. Not
    those of which the file holds only changes to single ones, as an invitation does."""


def read_calendar(data: bytes, file: str, days: Days, reader: Reader) -> CalendarRead:
    """Read a file of appointments; ``file`` is its name, for the sentences.

    Raises:
        CalendarRefused: it is no calendar, holds nothing, or gives more than can be kept. Single
            appointments that cannot be read are in ``rejected``.
    """
    parts = parts_of(data, file)
    if not parts.events:
        raise EmptyCalendar(file=file)
    zones = Zones(reader.zone, parts.zones)
    gathered = _Gathered(zones, reader.default_length)
    for part in parts.events:
        gathered.take(part)
    since, before = days.instants(reader.zone)
    effort = Effort()
    rows: dict[str, CalendarRow] = {}
    finder = _Finder(reader.country)
    for uid, events in gathered.by_uid.items():
        broken = gathered.broken.get(uid, ())
        try:
            found = list(occurrences(events, broken, since, before, effort))
        except EventRefused as refusal:
            master = next(one for one in events if one.instead_of is None)
            gathered.reject(int(str(refusal.values["line"])), master.summary, refusal, uid)
            single = [one for one in events if one.instead_of is not None]
            found = list(occurrences(single, broken, since, before, effort))
        for one in found:
            row = _row(one, reader.book, finder)
            rows.setdefault(row.key, row)
        if len(rows) > MOST_ROWS:
            raise TooManyAppointments(file=file, limit=MOST_ROWS)
    return CalendarRead(
        rows=tuple(sorted(rows.values(), key=lambda row: (row.starts_at, row.key))),
        rejected=tuple(sorted(gathered.rejected, key=lambda one: one.line)),
        events=len(parts.events),
        whole=frozenset(
            uid
            for uid, events in gathered.by_uid.items()
            if uid not in gathered.incomplete and any(one.instead_of is None for one in events)
        ),
    )


class _Gathered:
    """The events of a file by UID; of one that stands there twice the newer counts."""

    def __init__(self, zones: Zones, default_length: timedelta) -> None:
        self._zones = zones
        self._default_length = default_length
        self._texts = Texts()
        self.by_uid: dict[str, list[Event]] = {}
        self.broken: dict[str, list[Moment]] = {}
        self.rejected: list[Rejected] = []
        self.incomplete: set[str] = set()
        self._at: dict[tuple[str, str], int] = {}

    def take(self, part: Part) -> None:
        place: Place | None = None
        try:
            place = place_of(part, self._zones, self._texts)
            event = event_of(
                part, place, self._zones, self._texts, default_length=self._default_length
            )
        except EventRefused as refusal:
            summary = self._texts.line_of(part.first("SUMMARY"))
            uid = place.uid if place is not None else uid_of(part, self._texts)
            self.reject(int(str(refusal.values["line"])), summary, refusal, uid)
            if place is not None and place.instead_of is not None:
                self.broken.setdefault(place.uid, []).append(place.instead_of)
            return
        events = self.by_uid.setdefault(event.uid, [])
        which = event.uid, _recurrence(event.instead_of)
        at = self._at.get(which)
        if at is None:
            self._at[which] = len(events)
            events.append(event)
        elif _age(event) >= _age(events[at]):
            events[at] = event

    def reject(self, line: int, summary: str, refusal: EventRefused, uid: str) -> None:
        self.rejected.append(Rejected(line, summary, refusal))
        self.incomplete.add(uid)


def _age(event: Event) -> tuple[int, datetime]:
    return event.sequence, event.stamped_at or datetime.min.replace(tzinfo=UTC)


class _Finder:
    """What is found in the texts of each event, once for all of a series.

    Telephone numbers are looked for in as many digits as a calendar may hold, and no more.
    """

    def __init__(self, country: str, digits: int = 300_000) -> None:
        self._country = country
        self._digits = digits
        self._found: dict[int, _Found] = {}

    def found_in(self, event: Event) -> _Found:
        if event.line not in self._found:
            said = f"{event.summary}\n{event.location}\n{event.description}"
            self._digits -= sum(map(str.isdecimal, said))
            self._found[event.line] = (
                names_in(event.summary, event.people),
                emails_in(said, event.people),
                phones_in(said, self._country) if self._digits >= 0 else (),
            )
        return self._found[event.line]


_Found = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Names, addresses and numbers in an event."""


def _row(one: Occurrence, book: str, finder: _Finder) -> CalendarRow:
    event = one.event
    names, emails, phones = finder.found_in(event)
    recurrence = _recurrence(one.instead_of)
    return CalendarRow(
        key=key_of(book, event.uid, recurrence),
        uid=event.uid,
        recurrence=recurrence,
        own_id=own_appointment(event.uid, book),
        sequence=event.sequence,
        stamped_at=event.stamped_at,
        starts_at=one.start.instant,
        ends_at=one.ends_at,
        zone=name_of(one.start.zone),
        all_day=one.start.is_day,
        summary=event.summary,
        description=event.description,
        location=event.location,
        cancelled=event.cancelled,
        private=event.private,
        people=event.people,
        names=names,
        emails=emails,
        phones=phones,
        line=event.line,
    )


def key_of(book: str, uid: str, recurrence: str) -> str:
    """The key of one appointment of one calendar in one book; of any length of UID."""
    return hashlib.sha256("\0".join((book, uid, recurrence)).encode()).hexdigest()[:40]


def _recurrence(moment: Moment | None) -> str:
    if moment is None:
        return ""
    if moment.is_day:
        return f"{moment.local:%Y%m%d}"
    return f"{moment.instant:%Y%m%dT%H%M%SZ}"
