"""What does one VEVENT say: when it begins and how long it takes, how it repeats, what about?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from clientele.exchange.calendar_lines import Part, Property
from clientele.exchange.calendar_people import Person, people_of
from clientele.exchange.calendar_refusals import (
    EndsBeforeItBegins,
    EventRefused,
    NoStart,
    TooMuchInOne,
)
from clientele.exchange.calendar_rules import Rule, read_rule
from clientele.exchange.calendar_values import (
    Length,
    Moment,
    Texts,
    length_of,
    moment_of,
    moments_of,
)
from clientele.exchange.calendar_zones import Zones


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT: an appointment, a whole series, or one of a series that is otherwise."""

    line: int
    uid: str
    instead_of: Moment | None
    """RECURRENCE-ID: which one of the series this replaces."""
    and_later: bool
    """RANGE=THISANDFUTURE: the following ones are moved as this one is."""
    sequence: int
    stamped_at: datetime | None
    """LAST-MODIFIED, else DTSTAMP."""
    start: Moment
    length: Length
    rules: tuple[Rule, ...]
    not_rules: tuple[Rule, ...]
    also: tuple[tuple[Moment, Length | None], ...]
    never: tuple[Moment, ...]
    summary: str
    description: str
    location: str
    cancelled: bool
    private: bool
    people: tuple[Person, ...]

    @property
    def repeats(self) -> bool:
        """Whether it is a series."""
        return bool(self.rules or self.also)


@dataclass(frozen=True, slots=True)
class Place:
    """Which appointment an event is, as far as that can be read even where the event cannot."""

    uid: str
    instead_of: Moment | None


def place_of(part: Part, zones: Zones, texts: Texts) -> Place:
    """Which appointment this is.

    Without a UID, which RFC 5545 asks for, one is made of what the appointment says, so that the
    same file brings it once.

    Raises:
        EventRefused: RECURRENCE-ID is no time.
    """
    replaced = part.first("RECURRENCE-ID")
    return Place(uid_of(part, texts), moment_of(replaced, zones) if replaced is not None else None)


def uid_of(part: Part, texts: Texts) -> str:
    """The UID; short of one, or where it could not be kept as it stands, one that stands for it."""
    told = part.first("UID")
    uid = told.value.strip() if told is not None else ""
    if uid and len(uid) <= _LONGEST_UID and uid.isprintable() and not texts.may_hold_card(uid):
        return uid
    said = [uid] if uid else [one.value for one in part.properties if one.name in _TELLING]
    return "for-" + hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()[:32]


_LONGEST_UID = 500
_MOST_DATES = 5_000
_TELLING = ("DTSTART", "SUMMARY", "RRULE")


def event_of(
    part: Part, place: Place, zones: Zones, texts: Texts, *, default_length: timedelta
) -> Event:
    """Read one VEVENT; ``default_length`` is for one that names no end.

    Raises:
        EventRefused: something in it cannot be read; the sentence says on which line.
    """
    if part.broken is not None:
        raise part.broken
    begins = part.first("DTSTART")
    if begins is None:
        raise NoStart(line=part.line)
    start = moment_of(begins, zones)
    length = _length(part, start, zones, default_length)
    start, length = _whole_days(part, start, length, zones)
    replaced = part.first("RECURRENCE-ID")
    dates = [*part.all("RDATE"), *part.all("EXDATE")]
    if sum(1 + one.value.count(",") for one in dates) > _MOST_DATES:
        raise TooMuchInOne(line=dates[0].line)
    stamp = part.first("LAST-MODIFIED") or part.first("DTSTAMP")

    def until_of(text: str) -> datetime:
        return _until(part, start, zones, text)

    return Event(
        line=part.line,
        uid=place.uid,
        instead_of=place.instead_of,
        and_later=replaced is not None
        and replaced.params.get("RANGE", "").upper() == "THISANDFUTURE",
        sequence=_sequence(part.first("SEQUENCE")),
        stamped_at=_stamp(stamp, zones),
        start=start,
        length=length,
        rules=tuple(read_rule(one, until_of) for one in part.all("RRULE")),
        not_rules=tuple(read_rule(one, until_of) for one in part.all("EXRULE")),
        also=tuple(one for many in part.all("RDATE") for one in moments_of(many, zones)),
        never=tuple(one for many in part.all("EXDATE") for one, _ in moments_of(many, zones)),
        summary=texts.line_of(part.first("SUMMARY")),
        description=texts.of(part.first("DESCRIPTION")),
        location=texts.line_of(part.first("LOCATION")),
        cancelled=part.method == "CANCEL" or _word(part, "STATUS") == "CANCELLED",
        private=_word(part, "CLASS") in ("PRIVATE", "CONFIDENTIAL"),
        people=people_of(part),
    )


def _length(part: Part, start: Moment, zones: Zones, default: timedelta) -> Length:
    """RFC 5545, section 3.6.1; of an end the exact time counts, of a day whole days."""
    ends, lasts = part.first("DTEND"), part.first("DURATION")
    if ends is not None:
        end = moment_of(ends, zones)
        if start.is_day:
            days = (end.local.date() - start.local.date()).days
            if days < 0:
                raise EndsBeforeItBegins(line=ends.line)
            return Length(days=max(1, days))
        exact = end.instant - start.instant
        if exact < timedelta():
            raise EndsBeforeItBegins(line=ends.line)
        return Length(exact=exact or default)
    if lasts is not None:
        length = length_of(lasts)
        if start.is_day:
            return Length(days=max(1, length.days + length.exact.days))
        return length if length != Length() else Length(exact=default)
    return Length(days=1) if start.is_day else Length(exact=default)


def _whole_days(part: Part, start: Moment, length: Length, zones: Zones) -> tuple[Moment, Length]:
    """Outlook writes some whole days as midnight to midnight and says so beside it."""
    if _word(part, "X-MICROSOFT-CDO-ALLDAYEVENT") != "TRUE" or start.is_day:
        return start, length
    end = length.end_of(start).astimezone(start.zone).replace(tzinfo=None)
    days = (end.date() - start.local.date()).days
    if start.local.time() != time() or end.time() != time() or days < 1:
        return start, length
    return Moment(start.local, zones.store, is_day=True), Length(days=days)


def _until(part: Part, start: Moment, zones: Zones, text: str) -> datetime:
    """The text of UNTIL on the wall clock of the series; a day counts to its end.

    Raises:
        ValueError: it is no time.
    """
    try:
        until = moment_of(Property("UNTIL", {}, text, part.line), zones)
    except EventRefused as refusal:
        raise ValueError(text) from refusal
    if until.is_day or start.is_day:
        return datetime.combine(until.local.date(), time.max)
    if until.zone is UTC:
        return until.instant.astimezone(start.zone).replace(tzinfo=None)
    return until.local


def _sequence(one: Property | None) -> int:
    text = one.value.strip() if one is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _stamp(one: Property | None, zones: Zones) -> datetime | None:
    """When the event was last changed; what cannot be read says nothing."""
    try:
        return moment_of(one, zones).instant if one is not None else None
    except EventRefused:
        return None


def _word(part: Part, name: str) -> str:
    one = part.first(name)
    return one.value.strip().upper() if one is not None else ""
