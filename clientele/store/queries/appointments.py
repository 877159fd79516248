"""Who is expected when, by whom, and what stands against a time?

Spans are days of the store; what began on the day before and goes on is among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.appointments import (
    DEFAULT_LENGTH,
    LONGEST,
    Booked,
    Conflict,
    ConflictKind,
    Opening,
    Outcome,
    conflicts,
    days_of,
)
from clientele.domain.rules.cover import answers_for
from clientele.domain.rules.policy_texts import Practice, UnknownPolicy
from clientele.domain.tables import Appointment, AppointmentImport, Associate, Client, Department
from clientele.store.queries.acting import away_between
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, associate_names, name_columns
from clientele.store.queries.permission import practice
from clientele.store.queries.reading import Named, store_facts


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment as grids, lists and forms show it."""

    id: int
    named: Named
    associate_id: int
    associate: str
    department_id: int | None
    department: str
    visit_id: int | None
    starts_at: datetime
    ends_at: datetime
    """The usual length after the beginning where nobody said."""
    about: str
    outcome: Outcome | None
    called_off: bool
    """It takes no time any more: called off, or moved."""
    remind_minutes: int | None
    day_before: bool
    from_calendar: bool
    """It came from another calendar."""

    @property
    def booked(self) -> Booked:
        """As the rules of conflicts see it."""
        return Booked(
            self.id,
            self.associate_id,
            self.named.client_id,
            self.starts_at,
            self.ends_at,
            Outcome.CALLED_OFF if self.called_off else self.outcome,
        )


@dataclass(frozen=True, slots=True)
class Span:
    """Some days of a calendar: what is on them, and when the store is closed on them."""

    rows: tuple[AppointmentRow, ...]
    closed: frozenset[date]
    away: frozenset[date]
    """Days on which whoever asked is away."""
    shut: Mapping[date, tuple[tuple[int, int], ...]]
    """Of each day the stretches on which the store is closed, in minutes of its wall clock."""


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict with the names it takes to say it."""

    kind: ConflictKind
    associate: str = ""
    """Who is busy, or away."""
    other: AppointmentRow | None = None
    day: date | None = None
    cover: str = ""
    """Who is there for them; empty where nobody is."""


@dataclass(frozen=True, slots=True)
class OfClient:
    """A client's appointments: those to come by time, those gone by the newest first."""

    ahead: tuple[AppointmentRow, ...]
    past: tuple[AppointmentRow, ...]


def span(session: Session, whose: WhoseBook, first: date, days: int) -> Span:
    """What is on ``days`` days of the store from ``first`` on, by time.

    Without what was called off or moved. Mine are those too of colleagues whom I cover on the day;
    a department's are those of its associates, and those that take place in it.
    """
    facts = store_facts(session)
    begins, ends = facts.begins(first), facts.begins(first + timedelta(days=days))
    shown = [first + timedelta(days=number) for number in range(days)]
    there = away_between(session, first, first + timedelta(days=days))
    by_day = {day: answers_for(whose.associate_id, day, there) for day in shown}
    asked = [_touching(begins, ends), col(Appointment.cancelled_at).is_(None)]
    if whose.book == Book.MINE:
        everybody = frozenset[int]().union(*by_day.values())
        asked.append(col(Appointment.associate_id).in_(everybody))
    elif whose.book == Book.DEPARTMENT:
        asked.append(
            or_(
                col(Appointment.department_id) == whose.department_id,
                col(Associate.department_id) == whose.department_id,
            )
        )
    rows = tuple(
        row
        for row in _rows(session, *asked)
        if row.ends_at > begins
        and (
            whose.book != Book.MINE
            or row.associate_id in by_day.get(facts.day_of(row.starts_at), {whose.associate_id})
        )
    )
    hours = opening(session)
    shut = {day: hours.shut(day) for day in shown}
    return Span(
        rows,
        frozenset(day for day in shown if shut[day] == ((0, 24 * 60),)),
        frozenset(
            day
            for day in shown
            if any(one.associate_id == whose.associate_id and one.on(day) for one in there)
        ),
        shut,
    )


def appointment(session: Session, key: int) -> AppointmentRow | None:
    """One appointment, called off or not."""
    return next(iter(_rows(session, ident(Appointment.id) == key)), None)


def of_client(session: Session, client_id: int, *, now: datetime, most: int = 20) -> OfClient:
    """A client's appointments around ``now``, at most so many each way; none called off."""
    theirs = col(Appointment.client_id) == client_id
    kept = col(Appointment.cancelled_at).is_(None)
    ahead = _rows(session, theirs, kept, col(Appointment.starts_at) >= now, most=most)
    past = _rows(
        session, theirs, kept, col(Appointment.starts_at) < now, most=most, newest_first=True
    )
    return OfClient(tuple(ahead), tuple(past))


def appointments_where(session: Session, *asked: ColumnElement[bool]) -> tuple[AppointmentRow, ...]:
    """The appointments that meet these conditions, by time; those called off as well."""
    return tuple(_rows(session, *asked))


def opening(session: Session) -> Opening:
    """When the store is open; all day where nobody said. An unreadable policy closes no day."""
    try:
        kept = practice(session)
    except UnknownPolicy:
        return Opening(dict.fromkeys(range(7), _ALL_DAY))
    return Opening(
        {day: _hours(kept, day) for day in range(7) if day not in kept.closed_weekdays},
        dict.fromkeys(kept.closed_on, ()),
    )


def _hours(kept: Practice, weekday: int) -> tuple[tuple[time, time], ...]:
    said = kept.opens[weekday] if kept.opens else None
    return _ALL_DAY if said is None else ((said.opens, said.closes),)


def conflicts_of(session: Session, wanted: Booked) -> tuple[Told, ...]:
    """What stands against a time, with names; its own earlier form is not in the way."""
    near = _rows(
        session,
        _touching(wanted.starts_at, wanted.ends_at),
        col(Appointment.cancelled_at).is_(None),
        or_(
            col(Appointment.associate_id) == wanted.associate_id,
            col(Appointment.client_id) == wanted.client_id,
        ),
    )
    by_id = {row.id: row for row in near}
    zone = store_facts(session).zone
    on = list(days_of(wanted.starts_at, wanted.ends_at, zone))
    found = conflicts(
        wanted,
        [row.booked for row in near],
        zone=zone,
        absences=away_between(session, on[0], on[-1] + timedelta(days=1)),
        opening=opening(session),
    )
    names = associate_names(session)
    return tuple(_told(one, wanted, by_id, names) for one in found)


def _told(
    one: Conflict, wanted: Booked, by_id: dict[int, AppointmentRow], names: dict[int, str]
) -> Told:
    return Told(
        one.kind,
        names.get(wanted.associate_id, ""),
        by_id.get(one.other.id or 0) if one.other is not None else None,
        one.day,
        names.get(one.cover_id, "") if one.cover_id is not None else "",
    )


def _touching(begins: datetime, ends: datetime) -> ColumnElement[bool]:
    """Whatever may share time with a span: what has no end is taken for the longest there is."""
    return and_(
        col(Appointment.starts_at) < ends,
        col(Appointment.starts_at) > begins - LONGEST - timedelta(minutes=1),
        or_(
            col(Appointment.ends_at).is_(None),
            col(Appointment.ends_at) > begins,
        ),
    )


def _rows(
    session: Session, *asked: Any, most: int | None = None, newest_first: bool = False
) -> Sequence[AppointmentRow]:
    order = (col(Appointment.starts_at), ident(Appointment.id))
    statement = (
        select(
            *name_columns(),
            ident(Appointment.id),
            col(Appointment.associate_id),
            col(Associate.name),
            col(Appointment.department_id),
            col(Department.name),
            col(Appointment.visit_id),
            col(Appointment.starts_at),
            col(Appointment.ends_at),
            col(Appointment.about),
            col(Appointment.outcome),
            col(Appointment.cancelled_at).is_not(None),
            col(Appointment.remind_minutes),
            col(Appointment.day_before),
            select(ident(AppointmentImport.id))
            .where(col(AppointmentImport.appointment_id) == ident(Appointment.id))
            .exists(),
        )
        .join(Client, ident(Client.id) == col(Appointment.client_id))
        .join(Associate, ident(Associate.id) == col(Appointment.associate_id))
        .outerjoin(Department, ident(Department.id) == col(Appointment.department_id))
        .where(*asked)
        .order_by(*(one.desc() for one in order) if newest_first else order)
    )
    if most is not None:
        statement = statement.limit(most)
    return [_row(row) for row in session.execute(statement)]


def _row(row: Any) -> AppointmentRow:
    (key, by, associate, department_id, department, visit_id, starts_at, ends_at, about, outcome,
     called_off, remind, day_before, from_calendar) = row[NAME_WIDTH:]  # fmt: skip
    return AppointmentRow(
        id=key,
        named=Named(*row[:NAME_WIDTH]),
        associate_id=by,
        associate=associate,
        department_id=department_id,
        department=department or "",
        visit_id=visit_id,
        starts_at=starts_at,
        ends_at=ends_at or starts_at + DEFAULT_LENGTH,
        about=about,
        outcome=Outcome(outcome) if outcome else None,
        called_off=bool(called_off),
        remind_minutes=remind,
        day_before=bool(day_before),
        from_calendar=bool(from_calendar),
    )


_ALL_DAY = ((time(), time()),)
