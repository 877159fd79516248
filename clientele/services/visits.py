"""A client in the store: arrived, greeted, from department to department, left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.appointments import Outcome
from clientele.domain.rules.visits import (
    STOP_MOVES,
    VISIT_MOVES,
    StopMove,
    VisitMove,
    stop_state,
    visit_state,
)
from clientele.domain.tables import (
    Appointment,
    Client,
    Department,
    Draft,
    Note,
    ShownItem,
    Visit,
    VisitStop,
)
from clientele.services.drafts import sensitive_mark
from clientele.services.note_offers import write_offers
from clientele.services.rows import colleague, new_id, the
from clientele.services.verb import verb

NEAR_APPOINTMENT = timedelta(hours=4)
"""How far from its time an appointment is still taken as the reason of a visit."""


class VisitEnded(Refusal):
    """The client has left."""

    template = "This visit has ended. Nothing was changed; start a new one when the client is back."


class StopWasMade(Refusal):
    """The client was there, or is there now."""

    template = (
        "The client was in {department} already, so it stays on the route. Nothing was changed; "
        "go on to another department, or plan one."
    )


class SomethingShownThere(Refusal):
    """A planned stop at which an article waits."""

    template = (
        "Something to show waits in {department}, so it stays on the route. Nothing was changed; "
        "remove the items there first."
    )


@dataclass(frozen=True, slots=True)
class StartVisit:
    """A client has arrived in a department, met by ``by``."""

    client_id: int
    by: int
    department_id: int
    here_for: str = ""


@dataclass(frozen=True, slots=True)
class Greet:
    """The client was greeted now."""

    visit_id: int


@dataclass(frozen=True, slots=True)
class SayHereFor:
    """What the client came for, as typed."""

    visit_id: int
    here_for: str


@dataclass(frozen=True, slots=True)
class PlanStop:
    """A department to walk to later, and the colleague who is to help there, if known."""

    visit_id: int
    department_id: int
    colleague_id: int | None = None


@dataclass(frozen=True, slots=True)
class GoTo:
    """Walk to a department now, planned or not."""

    visit_id: int
    department_id: int


@dataclass(frozen=True, slots=True)
class RemoveStop:
    """A planned stop that will not be made."""

    stop_id: int


@dataclass(frozen=True, slots=True)
class MoveStop:
    """A planned stop goes earlier (``places`` below zero) or later on the route."""

    stop_id: int
    places: int


@dataclass(frozen=True, slots=True)
class Leave:
    """The client leaves, as ``by`` says; what stands in the quick-note boxes is kept as notes."""

    visit_id: int
    by: int


def note_draft(visit_id: int) -> str:
    """The place under which the quick note of a visit is kept while it is typed."""
    return f"note of visit {visit_id}"


@verb
def start_visit(session: Session, what: StartVisit, /, *, now: datetime) -> int | None:
    """The client has arrived: answer the visit's id, that of the open visit if there is one."""
    the(session, Client, what.client_id)
    there: int | None = session.scalar(
        select(col(Visit.id)).where(
            col(Visit.client_id) == what.client_id, col(Visit.left_at).is_(None)
        )
    )
    if there is not None:
        return there
    expected = _appointment(session, what.client_id, now)
    visit_id = new_id(
        session,
        Visit(
            client_id=what.client_id,
            associate_id=what.by,
            here_for=what.here_for.strip() or (expected.about if expected else ""),
            arrived_at=now,
        ),
    )
    if expected is not None:
        expected.visit_id, expected.outcome = visit_id, Outcome.CAME
    session.add(VisitStop(visit_id=visit_id, department_id=what.department_id, started_at=now))
    return visit_id


@verb
def greet(session: Session, what: Greet, /, *, now: datetime) -> int | None:
    """The client was greeted; the first greeting counts."""
    visit = open_visit(session, what.visit_id)
    if visit.greeted_at is None:
        visit.greeted_at = now
    return visit.id


@verb
def say_here_for(session: Session, what: SayHereFor, /, *, now: datetime) -> int | None:
    """Keep what the client came for as it is typed."""
    visit = open_visit(session, what.visit_id)
    visit.here_for = what.here_for
    return visit.id


@verb
def plan_stop(session: Session, what: PlanStop, /, *, now: datetime) -> int | None:
    """Add a department to the route and answer the stop's id; one already planned is that one.

    Raises:
        ColleagueGone: who is to help there no longer works here.
    """
    visit = open_visit(session, what.visit_id)
    if what.colleague_id is not None:
        colleague(session, what.colleague_id)
    planned = _planned(session, what.visit_id, what.department_id)
    if planned is not None:
        planned.colleague_id = what.colleague_id or planned.colleague_id
        return planned.id
    the(session, Department, what.department_id)
    return new_id(
        session,
        VisitStop(
            visit_id=what.visit_id,
            department_id=what.department_id,
            colleague_id=what.colleague_id,
            position=last_position(session, visit.id) + 1,
        ),
    )


@verb
def go_to(session: Session, what: GoTo, /, *, now: datetime) -> int | None:
    """End the stop the client is at and begin one in another department; answer its id.

    A planned stop there is the one that begins; a department that was left gets a new stop.
    """
    visit = open_visit(session, what.visit_id)
    current = current_stop(session, what.visit_id)
    if current is not None:
        if current.department_id == what.department_id:
            return current.id
        current.ended_at = now
    planned = _planned(session, what.visit_id, what.department_id)
    if planned is not None:
        planned.started_at = now
        return planned.id
    the(session, Department, what.department_id)
    return new_id(
        session,
        VisitStop(
            visit_id=what.visit_id,
            department_id=what.department_id,
            position=last_position(session, visit.id) + 1,
            started_at=now,
        ),
    )


@verb
def remove_stop(session: Session, what: RemoveStop, /, *, now: datetime) -> int | None:
    """Take a planned stop off the route.

    Raises:
        StopWasMade: the client was there.
        SomethingShownThere: it has items, which would go with it.
    """
    stop = open_stop(session, what.stop_id)
    _refuse_unless(session, stop, StopMove.REMOVE)
    if session.scalar(select(col(ShownItem.id)).where(col(ShownItem.stop_id) == stop.id).limit(1)):
        raise SomethingShownThere(department=the(session, Department, stop.department_id).name)
    session.delete(stop)
    return stop.visit_id


@verb
def move_stop(session: Session, what: MoveStop, /, *, now: datetime) -> int | None:
    """Change the order of what is planned; at either end nothing changes.

    Raises:
        StopWasMade: the client was there.
    """
    stop = open_stop(session, what.stop_id)
    _refuse_unless(session, stop, StopMove.REORDER)
    planned = list(
        session.scalars(
            select(VisitStop)
            .where(col(VisitStop.visit_id) == stop.visit_id, col(VisitStop.started_at).is_(None))
            .order_by(col(VisitStop.position), col(VisitStop.id))
        )
    )
    places = sorted(row.position for row in planned)
    at = planned.index(stop)
    to = min(max(at + what.places, 0), len(planned) - 1)
    planned.insert(to, planned.pop(at))
    for row, place in zip(planned, places, strict=True):
        row.position = place
    return stop.id


@verb
def leave(session: Session, what: Leave, /, *, now: datetime) -> int | None:
    """End the visit. A quick note still in a box becomes a note, so that no word is lost."""
    visit = open_visit(session, what.visit_id)
    current = current_stop(session, what.visit_id)
    department = current.department_id if current else None
    _keep_drafts(session, visit, department, now)
    if current is not None:
        current.ended_at = now
    visit.left_at = now
    return visit.id


def _keep_drafts(session: Session, visit: Visit, department_id: int | None, now: datetime) -> None:
    """What anybody typed about the visit and did not keep becomes their note, with its mark."""
    place = note_draft(visit.id or 0)
    for draft in session.scalars(select(Draft).where(col(Draft.place) == place)).all():
        mark = session.get(Draft, (draft.associate_id, sensitive_mark(place)))
        if draft.body.strip():
            note = Note(
                client_id=visit.client_id,
                visit_id=visit.id,
                department_id=department_id,
                associate_id=draft.associate_id,
                body=draft.body.strip(),
                sensitive=mark is not None,
                written_at=now,
            )
            session.add(note)
            write_offers(session, note, now=now)
        session.delete(draft)
        if mark is not None:
            session.delete(mark)


def open_visit(session: Session, visit_id: int) -> Visit:
    """The visit, which must not have ended.

    Raises:
        NotThere: there is no such visit.
        VisitEnded: the client has left.
    """
    visit = the(session, Visit, visit_id)
    if (visit_state(visit.greeted_at, visit.left_at), VisitMove.CHANGE) not in VISIT_MOVES:
        raise VisitEnded
    return visit


def open_stop(session: Session, stop_id: int) -> VisitStop:
    """A stop of a visit that must not have ended.

    Raises:
        NotThere: there is no such stop.
        VisitEnded: the client has left.
    """
    stop = the(session, VisitStop, stop_id)
    open_visit(session, stop.visit_id)
    return stop


def last_position(session: Session, visit_id: int | None) -> int:
    """Where the last stop of a visit stands; -1 while there is none."""
    last = session.scalar(
        select(func.max(col(VisitStop.position))).where(col(VisitStop.visit_id) == visit_id)
    )
    return -1 if last is None else int(last)


def current_stop(session: Session, visit_id: int) -> VisitStop | None:
    """Where the client of a visit is now."""
    return session.scalars(
        select(VisitStop).where(
            col(VisitStop.visit_id) == visit_id,
            col(VisitStop.started_at).is_not(None),
            col(VisitStop.ended_at).is_(None),
        )
    ).first()


def _planned(session: Session, visit_id: int, department_id: int) -> VisitStop | None:
    return session.scalars(
        select(VisitStop)
        .where(
            col(VisitStop.visit_id) == visit_id,
            col(VisitStop.department_id) == department_id,
            col(VisitStop.started_at).is_(None),
        )
        .order_by(col(VisitStop.position))
    ).first()


def _refuse_unless(session: Session, stop: VisitStop, move: StopMove) -> None:
    if (stop_state(stop.started_at, stop.ended_at), move) not in STOP_MOVES:
        raise StopWasMade(department=the(session, Department, stop.department_id).name)


def _appointment(session: Session, client_id: int, now: datetime) -> Appointment | None:
    """The appointment that this arrival answers: not cancelled, not taken, within a few hours."""
    return session.scalars(
        select(Appointment)
        .where(
            col(Appointment.client_id) == client_id,
            col(Appointment.cancelled_at).is_(None),
            col(Appointment.visit_id).is_(None),
            col(Appointment.starts_at).between(now - NEAR_APPOINTMENT, now + NEAR_APPOINTMENT),
        )
        .order_by(col(Appointment.starts_at))
    ).first()
