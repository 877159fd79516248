"""Where does each appointment stand in a grid of days, so that none covers another?

Top and bottom are minutes of the wall clock since midnight, so that every day has 24 hours, also
one on which the clock is changed. What overlaps stands side by side in columns, no more of them
than there are appointments at once, and takes the free columns to its right as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from clientele.domain.rules.appointments import days_of

DAY: Final = 24 * 60
_QUARTER: Final = 15
SHORTEST: Final = 20
"""Minutes: what is shorter is drawn as tall as this, so that a line of text fits."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An appointment to be drawn; instants, aware."""

    id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an appointment, or what of it is on ``day``, stands."""

    id: int
    day: date
    top: int
    """Minutes since midnight."""
    bottom: int
    """Minutes since midnight, after ``top``, at most a whole day."""
    column: int
    """From 0, the leftmost."""
    columns: int
    """Into how many columns the width of the day is divided here."""
    wide: int
    """How many columns it takes."""
    from_before: bool
    """It began on the day before."""
    goes_on: bool
    """It ends on a later day."""


@dataclass(frozen=True, slots=True)
class _Piece:
    id: int
    day: date
    top: int
    bottom: int
    from_before: bool
    goes_on: bool


def grid(
    appointments: Iterable[Shown],
    days: Sequence[date],
    zone: ZoneInfo,
    *,
    shortest: int = SHORTEST,
) -> tuple[Placed, ...]:
    """Place what is on ``days`` of the store's zone; by day, then by top and column.

    The same appointments give the same places in whatever order they come.
    """
    by_day: dict[date, list[_Piece]] = {day: [] for day in days}
    for one in appointments:
        touched = list(days_of(one.starts_at, one.ends_at, zone))
        for day in touched:
            if day in by_day:
                by_day[day].append(_piece(one, day, touched, zone, shortest))
    return tuple(placed for day in sorted(by_day) for placed in _place(by_day[day]))


def _piece(one: Shown, day: date, touched: Sequence[date], zone: ZoneInfo, shortest: int) -> _Piece:
    from_before, goes_on = day != touched[0], day != touched[-1]
    top = 0 if from_before else _minutes(one.starts_at, zone)
    bottom = DAY if goes_on else _minutes(one.ends_at, zone) or DAY
    if not from_before and not goes_on:
        # Where the clock goes back in between, the wall clock says less than it takes.
        bottom = max(bottom, top + int((one.ends_at - one.starts_at).total_seconds()) // 60)
    bottom = min(DAY, max(bottom, top + shortest))
    return _Piece(one.id, day, min(top, DAY - shortest), bottom, from_before, goes_on)


def _minutes(instant: datetime, zone: ZoneInfo) -> int:
    local = instant.astimezone(zone)
    return local.hour * 60 + local.minute


def _place(pieces: list[_Piece]) -> list[Placed]:
    """Groups of what overlaps, one after the other."""
    pieces = sorted(pieces, key=lambda one: (one.top, -one.bottom, one.id))
    placed: list[Placed] = []
    group: list[_Piece] = []
    reached = 0
    for piece in pieces:
        if group and piece.top >= reached:
            placed += _side_by_side(group)
            group = []
        group.append(piece)
        reached = max(reached, piece.bottom) if len(group) > 1 else piece.bottom
    return placed + _side_by_side(group)


def _side_by_side(group: list[_Piece]) -> list[Placed]:
    columns: list[list[_Piece]] = []
    at: list[int] = []
    for piece in group:
        free = next(
            (number for number, held in enumerate(columns) if held[-1].bottom <= piece.top),
            len(columns),
        )
        if free == len(columns):
            columns.append([])
        columns[free].append(piece)
        at.append(free)
    return [
        Placed(
            piece.id,
            piece.day,
            piece.top,
            piece.bottom,
            column,
            len(columns),
            _free_beside(piece, column, columns),
            piece.from_before,
            piece.goes_on,
        )
        for piece, column in zip(group, at, strict=True)
    ]


def _free_beside(piece: _Piece, column: int, columns: list[list[_Piece]]) -> int:
    wide = 1
    for held in columns[column + 1 :]:
        if any(other.top < piece.bottom and piece.top < other.bottom for other in held):
            break
        wide += 1
    return wide


@dataclass(frozen=True, slots=True)
class Odd:
    """A stretch of a day on which the clock is changed; minutes of the wall since midnight."""

    top: int
    bottom: int
    twice: bool
    """It comes twice, as clocks go back; else it does not come at all, as they go forward."""


def odd_hours(day: date, zone: ZoneInfo) -> tuple[Odd, ...]:
    """What a day of 23 or 25 hours has too little or too much, by quarters of an hour."""
    found: list[Odd] = []
    midnight = datetime.combine(day, time())
    for minute in range(0, DAY, _QUARTER):
        wall = midnight + timedelta(minutes=minute)
        early, late = wall.replace(tzinfo=zone), wall.replace(tzinfo=zone, fold=1)
        if early.utcoffset() == late.utcoffset():
            continue
        there = early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
        last = found[-1] if found else None
        if last is not None and last.bottom == minute and last.twice is there:
            found[-1] = Odd(last.top, minute + _QUARTER, there)
        else:
            found.append(Odd(minute, minute + _QUARTER, there))
    return tuple(found)


def instant_at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at so many minutes of the wall clock; of one that comes twice the first.

    A time that the clock leaves out is as much later as it leaves out.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone).astimezone(UTC)
