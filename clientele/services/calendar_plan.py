"""What would a calendar file bring into the book? New, changed, gone, each with whom it is with.

Nothing is kept here. The days are a year from today on: what repeats without end is brought for
that long, and the next file brings what follows. An appointment of the book's own that comes back
is offered as a change where somebody moved or called it off in their calendar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from clientele.domain.rules.appointments import LONGEST, Outcome
from clientele.domain.rules.calendar_about import about_of
from clientele.exchange.calendar_in import (
    CalendarRead,
    CalendarRow,
    Days,
    Reader,
    Rejected,
    read_calendar,
)
from clientele.exchange.calendar_known import Known, compare, print_of
from clientele.exchange.refusals import FileNotReadable
from clientele.services.calendar_out import series_key
from clientele.store.queries.appointments import AppointmentRow
from clientele.store.queries.calendars import (
    Match,
    Outward,
    Taken,
    all_names,
    book_of,
    matched,
    of_keys,
    own_uids,
    standing,
    taken,
    without_uid,
)
from clientele.store.queries.reading import store_facts

AHEAD: Final = timedelta(days=365)
"""So far what repeats is brought."""
LARGEST: Final = 25 * 1024 * 1024 + 1


NOBODY: Final = Match()


class What(StrEnum):
    """What would become of a row of the file, or of an appointment that is not in it any more."""

    NEW = "new"
    MOVED = "moved"
    OFF = "called off"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Offered:
    """One change that the file would make."""

    what: What
    key: str
    starts_at: datetime
    ends_at: datetime
    about: str
    """What it is about, without the client's name."""
    row: CalendarRow | None = None
    """What the file says; None for what is gone from it."""
    match: Match = NOBODY
    """With whom; for new ones."""
    there: AppointmentRow | None = None
    """The appointment as it stands; None for new ones."""
    print: str = ""


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """A file beside the book."""

    file: str
    days: Days
    offered: tuple[Offered, ...]
    """New, changed and gone, by time."""
    same: int
    """Known as they are, or in a newer form."""
    whole_days: tuple[CalendarRow, ...]
    """They take a whole day or longer: days off, trips; nobody is expected at a time."""
    rejected: tuple[Rejected, ...]

    @property
    def new(self) -> tuple[Offered, ...]:
        """Those that the book has not."""
        return tuple(one for one in self.offered if one.what is What.NEW)


def read_bytes(path: Path) -> bytes:
    """The file, at most a little more than a calendar may hold.

    Raises:
        FileNotReadable: it is not there, a folder, or forbidden.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise FileNotReadable(file=path.name, why=error.strerror) from None


def plan_calendar(session: Session, data: bytes, file: str, *, now: datetime) -> CalendarPlan:
    """Put a file beside the book.

    Raises:
        CalendarRefused: it is no calendar, holds nothing, or gives more than can be kept.
    """
    facts = store_facts(session)
    today = facts.day_of(now)
    days = Days(today, today + AHEAD)
    book = book_of(session)
    read = read_calendar(data, file, days, Reader(book, facts.zone, facts.country))
    whole = tuple(row for row in read.rows if _takes_days(row))
    read = replace(read, rows=tuple(row for row in read.rows if not _takes_days(row)))
    own = _own(session, read.rows)
    known = {one.key: one for one in taken(session, {row.uid for row in read.rows} | read.whole)}
    there = standing(session, [*own.values(), *(one.appointment_id for one in known.values())])
    offered, same = _own_changes(read.rows, own, there)
    others = replace(read, rows=tuple(row for row in read.rows if row.key not in own))
    more, so_too = _others(session, others, known, there, days)
    return CalendarPlan(
        file,
        days,
        tuple(sorted((*offered, *more), key=lambda one: (one.starts_at, one.key))),
        same + so_too,
        whole,
        read.rejected,
    )


def _takes_days(row: CalendarRow) -> bool:
    return row.all_day or row.ends_at - row.starts_at > LONGEST


def _own(session: Session, rows: Iterable[CalendarRow]) -> dict[str, int]:
    """Rows, by key, of appointments that the book gave away itself."""
    single = [row for row in rows if not row.recurrence]
    given = own_uids(session, [row.uid for row in single])
    old = without_uid(session, [row.own_id for row in single if row.own_id is not None])
    series = {row.uid: key for row in single if (key := series_key(row.uid)) is not None}
    by_key = of_keys(session, series.values())
    found = {}
    for row in single:
        if row.uid in given:
            found[row.key] = given[row.uid]
        elif row.own_id in old:
            found[row.key] = row.own_id or 0
        elif series.get(row.uid) in by_key:
            found[row.key] = by_key[series[row.uid]]
    return found


_There = dict[int, Outward]


def _own_changes(
    rows: Iterable[CalendarRow], own: dict[str, int], there: _There
) -> tuple[list[Offered], int]:
    offered, same = [], 0
    for row in rows:
        if row.key not in own:
            continue
        one = there[own[row.key]]
        change = None if _older(row, one) else _change(row, one.row)
        if change is None:
            same += 1
        else:
            offered.append(change)
    return offered, same


def _older(row: CalendarRow, one: Outward) -> bool:
    """Whether the book knows better: by the number of the change, then by when it was."""
    if row.sequence != one.sequence:
        return row.sequence < one.sequence
    return row.stamped_at is not None and row.stamped_at < one.changed_at.replace(microsecond=0)


def _change(row: CalendarRow, there: AppointmentRow) -> Offered | None:
    """What the calendar changes of an appointment that stands: its time, or that it is off.

    What it is about stays as it stands in the book, where it says more, and no client's name.
    """
    if there.called_off or there.visit_id is not None or there.outcome is not None:
        return None
    if row.cancelled:
        what = What.OFF
    elif (row.starts_at, row.ends_at) != (there.starts_at, there.ends_at):
        what = What.MOVED
    else:
        return None
    return Offered(
        what,
        row.key,
        row.starts_at,
        row.ends_at,
        there.about,
        row,
        Match(there.named.client_id, "", (there.named,)),
        there,
        print_of(row),
    )


def _others(
    session: Session, read: CalendarRead, known: dict[str, Taken], there: _There, days: Days
) -> tuple[list[Offered], int]:
    before = [
        Known(
            one.key,
            one.uid,
            one.sequence,
            one.stamped_at,
            one.starts_at,
            one.print,
            one.cancelled or there[one.appointment_id].row.called_off,
        )
        for one in known.values()
    ]
    compared = compare(read, before, days, store_facts(session).zone)
    offered, same = [], len(compared.same) + len(compared.older)
    for row in compared.changed:
        change = _change(row, there[known[row.key].appointment_id].row)
        if change is None:
            same += 1
        else:
            offered.append(change)
    for key in compared.gone:
        one = there[known[key].appointment_id].row
        if one.visit_id is None and one.outcome not in (Outcome.CAME, Outcome.DID_NOT_COME):
            match = Match(one.named.client_id, "", (one.named,))
            offered.append(
                Offered(What.GONE, key, one.starts_at, one.ends_at, one.about, None, match, one)
            )
    people: dict[tuple[str, ...], Match] = {}
    for row in compared.new:
        offered.append(_new(session, row, people))
    return offered, same


def _new(session: Session, row: CalendarRow, people: dict[tuple[str, ...], Match]) -> Offered:
    asked = (*row.emails, "", *row.phones, "", *row.names)
    if asked not in people:
        people[asked] = matched(session, row.emails, row.phones, row.names)
    match = people[asked]
    about = about_for(session, row, match.client_id)
    return Offered(
        What.NEW, row.key, row.starts_at, row.ends_at, about, row, match, None, print_of(row)
    )


def about_for(session: Session, row: CalendarRow, client_id: int | None) -> str:
    """What an appointment with this client is about, without the client's name."""
    names = () if client_id is None else all_names(session, client_id)
    return about_of(row.summary, (*names, *row.emails, *(row.names if client_id else ())))
