"""What of a calendar file is new to the book, what is changed, and what is gone?

The higher SEQUENCE wins (RFC 5546, section 2.1.5). Not every program raises it, so with the same
number what is said counts, unless it is said to be older. What was brought from a series and is
not in it any more is gone: somebody excepted it in their calendar.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from clientele.exchange.calendar_in import CalendarRead, CalendarRow, Days


@dataclass(frozen=True, slots=True)
class Known:
    """What the book keeps of a row that it once took, besides the appointment itself."""

    key: str
    uid: str
    sequence: int
    stamped_at: datetime | None
    starts_at: datetime
    print: str
    """What ``print_of`` said of the row."""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A file beside the book; the first four together are all its rows."""

    new: tuple[CalendarRow, ...]
    changed: tuple[CalendarRow, ...]
    """Known, and to be brought up to date."""
    same: tuple[CalendarRow, ...]
    older: tuple[CalendarRow, ...]
    """Known in a newer form; nothing is to be done."""
    gone: tuple[str, ...]
    """Keys of what the book has and the calendar has no more: to be called off."""


def compare(read: CalendarRead, known: Iterable[Known], days: Days, zone: ZoneInfo) -> Compared:
    """Put a file beside what the book knows of the same UIDs.

    ``days`` are those for which it was read; outside of them nothing is gone. A cancelled row that
    the book never had is ``same``: there is nothing to call off.
    """
    by_key = {one.key: one for one in known}
    new: list[CalendarRow] = []
    changed: list[CalendarRow] = []
    same: list[CalendarRow] = []
    older: list[CalendarRow] = []
    for row in read.rows:
        before = by_key.get(row.key)
        if before is None:
            (same if row.cancelled else new).append(row)
        elif row.sequence < before.sequence or _said_earlier(row, before):
            older.append(row)
        elif print_of(row) == before.print:
            same.append(row)
        else:
            changed.append(row)
    here = {row.key for row in read.rows}
    since, until = days.instants(zone)
    ended = {row.uid for row in read.rows if row.cancelled and not row.recurrence}
    gone = [
        one.key
        for one in by_key.values()
        if one.key not in here
        and not one.cancelled
        and (one.uid in ended or (one.uid in read.whole and since <= one.starts_at < until))
    ]
    return Compared(tuple(new), tuple(changed), tuple(same), tuple(older), tuple(gone))


def print_of(row: CalendarRow) -> str:
    """What tells whether a row says the same as before: everything that people see of it."""
    said = (
        row.starts_at.isoformat(),
        row.ends_at.isoformat(),
        row.all_day,
        row.summary,
        row.description,
        row.location,
        row.cancelled,
        [(one.name, one.email) for one in row.people],
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _said_earlier(row: CalendarRow, before: Known) -> bool:
    return (
        row.sequence == before.sequence
        and row.stamped_at is not None
        and before.stamped_at is not None
        and row.stamped_at < before.stamped_at
    )
