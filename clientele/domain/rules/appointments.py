"""Can a client be expected at this time, and what became of it?

A conflict is told, never decided: the store knows why two fittings may stand side by side. Times
are instants; which day and which hour they are on is a question of the store's zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from clientele.domain.errors import Refusal
from clientele.domain.rules.cover import Away, acting

DEFAULT_LENGTH: Final = timedelta(minutes=45)
"""Where nobody says otherwise."""

LENGTHS: Final = tuple(timedelta(minutes=length) for length in (15, 30, 45, 60, 90, 120))
"""What is offered with one click."""

STEP: Final = timedelta(minutes=15)
"""What is dragged, or moved by keys, goes by quarters of an hour."""

LONGEST: Final = timedelta(hours=24)


class Outcome(StrEnum):
    """What became of an appointment."""

    CAME = "came"
    DID_NOT_COME = "did not come"
    MOVED = "moved"
    CALLED_OFF = "called off"


KNOWN_ONLY_THEN: Final = frozenset((Outcome.CAME, Outcome.DID_NOT_COME))
"""Nobody can say so before it begins."""

TAKES_NO_TIME: Final = frozenset((Outcome.MOVED, Outcome.CALLED_OFF))
"""Whose time is free again."""


class NotYet(Refusal):
    """Somebody says that a client came, or did not, before the appointment."""

    template = (
        "The appointment has not begun, so nobody can say yet whether the client comes. "
        "Nothing was changed; call it off or move it instead."
    )


class NoSuchLength(Refusal):
    """It ends before it begins, or takes more than a day."""

    template = (
        "An appointment ends after it begins, and takes a day at most. "
        "Nothing was changed; choose another end."
    )


def may_say(outcome: Outcome, starts_at: datetime, now: datetime) -> None:
    """Whether this can be said of an appointment at ``now``.

    Raises:
        NotYet: it has not begun.
    """
    if outcome in KNOWN_ONLY_THEN and now < starts_at:
        raise NotYet


def check_length(starts_at: datetime, ends_at: datetime) -> timedelta:
    """How long it takes.

    Raises:
        NoSuchLength: not at all, or more than a day.
    """
    length = ends_at.astimezone(UTC) - starts_at.astimezone(UTC)
    if not timedelta() < length <= LONGEST:
        raise NoSuchLength
    return length


@dataclass(frozen=True, slots=True)
class Booked:
    """A client expected by an associate from one instant (aware) to another, which is not part."""

    id: int | None
    """None for one that is not kept yet."""
    associate_id: int
    client_id: int
    starts_at: datetime
    ends_at: datetime
    outcome: Outcome | None = None

    @property
    def takes_time(self) -> bool:
        """Whether anybody is expected then, or was."""
        return self.outcome not in TAKES_NO_TIME

    def overlaps(self, other: Booked) -> bool:
        """Whether both share time; what ends as the other begins does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Opening:
    """When the store is open, in its own zone; hours that end before they begin pass midnight."""

    week: Mapping[int, tuple[tuple[time, time], ...]]
    """By weekday, Monday 0; a day that is missing is closed."""
    days: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    """Days that are otherwise: none for a holiday, others for a late evening."""

    def _of(self, day: date) -> tuple[tuple[time, time], ...]:
        return self.days.get(day, self.week.get(day.weekday(), ()))

    def on(self, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """The hours that begin on ``day`` as instants in UTC."""
        for opens, closes in self._of(day):
            end = day if closes > opens else day + timedelta(days=1)
            yield (
                datetime.combine(day, opens, zone).astimezone(UTC),
                datetime.combine(end, closes, zone).astimezone(UTC),
            )

    def shut(self, day: date) -> tuple[tuple[int, int], ...]:
        """Stretches of ``day`` on which the store is closed, in minutes of its wall clock."""
        spans = [
            (
                ahead * 24 * 60 + _minute(opens),
                (ahead + (closes <= opens)) * 24 * 60 + _minute(closes),
            )
            for ahead in (-1, 0)
            for opens, closes in self._of(day + timedelta(days=ahead))
        ]
        found, reached = [], 0
        for opens_at, closes_at in sorted(spans):
            if opens_at > reached:
                found.append((reached, opens_at))
            reached = max(reached, closes_at)
        if reached < 24 * 60:
            found.append((reached, 24 * 60))
        return tuple(found)

    def covers(self, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> bool:
        """Whether the store is open all the time; hours that follow at once are one."""
        first = starts_at.astimezone(zone).date() - timedelta(days=1)
        last = ends_at.astimezone(zone).date()
        hours = sorted(
            span
            for number in range((last - first).days + 1)
            for span in self.on(first + timedelta(days=number), zone)
        )
        reached = starts_at.astimezone(UTC)
        for opens, closes in hours:
            if opens <= reached < closes:
                reached = closes
        return reached >= ends_at


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


class ConflictKind(StrEnum):
    """Why a time may not be a good one."""

    ASSOCIATE_BUSY = "associate busy"
    CLIENT_ELSEWHERE = "client elsewhere"
    STORE_CLOSED = "store closed"
    ASSOCIATE_AWAY = "associate away"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason against a time."""

    kind: ConflictKind
    other: Booked | None = None
    """The appointment in the way."""
    day: date | None = None
    """The first day on which the associate is away."""
    cover_id: int | None = None
    """Who is there for them on that day; None where nobody is."""


def conflicts(
    wanted: Booked,
    others: Iterable[Booked],
    *,
    zone: ZoneInfo,
    absences: Iterable[Away] = (),
    opening: Opening | None = None,
) -> tuple[Conflict, ...]:
    """What stands against ``wanted``, the appointments in the way by their beginning.

    Its own earlier form among ``others`` (the same id) is not in its way, nor is what was called
    off or moved away. ``opening`` None asks nothing of the store's hours.
    """
    found = [
        Conflict(kind, other)
        for other in sorted(others, key=lambda one: (one.starts_at, one.id or 0))
        if (kind := _in_the_way(wanted, other)) is not None
    ]
    if opening is not None and not opening.covers(wanted.starts_at, wanted.ends_at, zone):
        found.append(Conflict(ConflictKind.STORE_CLOSED))
    there = tuple(absences)
    for day in days_of(wanted.starts_at, wanted.ends_at, zone):
        if any(one.associate_id == wanted.associate_id and one.on(day) for one in there):
            cover = acting(wanted.associate_id, day, there)
            found.append(
                Conflict(
                    ConflictKind.ASSOCIATE_AWAY,
                    day=day,
                    cover_id=cover if cover != wanted.associate_id else None,
                )
            )
            break
    return tuple(found)


def _in_the_way(wanted: Booked, other: Booked) -> ConflictKind | None:
    same = wanted.id is not None and wanted.id == other.id
    if same or not (wanted.takes_time and other.takes_time and wanted.overlaps(other)):
        return None
    if other.associate_id == wanted.associate_id:
        return ConflictKind.ASSOCIATE_BUSY
    return ConflictKind.CLIENT_ELSEWHERE if other.client_id == wanted.client_id else None


def days_of(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The days of the store that a time touches; an end at midnight is still the day before."""
    day = starts_at.astimezone(zone).date()
    last = max(starts_at, ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def snapped(moment: datetime, zone: ZoneInfo, step: timedelta = STEP) -> datetime:
    """The nearest step of the store's clock, as an instant in UTC; halves go to the later one.

    Steps are counted from midnight on the wall, so that they stay at full hours in zones whose
    offset is none.
    """
    local = moment.astimezone(zone)
    wall = local.replace(tzinfo=None)
    midnight = datetime.combine(wall.date(), time())
    steps = (wall - midnight + step / 2) // step
    found = (midnight + steps * step).replace(tzinfo=zone, fold=local.fold)
    return found.astimezone(UTC)


def moved(one: Booked, starts_at: datetime) -> Booked:
    """The same appointment at another time, as long as it was."""
    return Booked(
        one.id,
        one.associate_id,
        one.client_id,
        starts_at,
        starts_at + (one.ends_at - one.starts_at),
        one.outcome,
    )
