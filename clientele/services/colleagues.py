"""A colleague comes to a stop: asked, there, alone with the client, gone. The owner stays owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.rules.visits import (
    HELP_AT,
    HELP_MOVES,
    Help,
    HelpMove,
    StopState,
    help_state,
    stop_state,
)
from clientele.domain.tables import Department, VisitStop
from clientele.services.rows import colleague, new_id, the
from clientele.services.verb import verb
from clientele.services.visits import current_stop, last_position, open_stop, open_visit


class NoStopNow(Refusal):
    """The client is in no department."""

    template = (
        "The client is in no department just now. Nobody was asked; walk to one, "
        "and bring your colleague in there."
    )


class AlreadyWithThem(Refusal):
    """Whoever has the visit was to be brought in."""

    template = (
        "{colleague} is with this client already. Nobody was asked; choose another colleague."
    )


class NotAtThisStop(Refusal):
    """The move does not fit how it stands, perhaps because of another terminal."""

    template = (
        "That does not fit any more: in {department} it has changed meanwhile. "
        "Nothing was changed; look who is with the client now."
    )


@dataclass(frozen=True, slots=True)
class BringIn:
    """Ask a colleague to come: to a stop, or where the client of the visit is now."""

    visit_id: int
    colleague_id: int
    stop_id: int | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """The colleague who was asked has arrived at the stop."""

    stop_id: int


@dataclass(frozen=True, slots=True)
class LeaveThemWith:
    """The visit's associate steps away; the colleague at the stop is with the client."""

    stop_id: int


@dataclass(frozen=True, slots=True)
class ComeBack:
    """The visit's associate is back with the client; the colleague stays."""

    stop_id: int


@dataclass(frozen=True, slots=True)
class ColleagueGoes:
    """The colleague is not needed any more, or never came."""

    stop_id: int


@verb
def bring_in(session: Session, what: BringIn, /, *, now: datetime) -> int | None:
    """Ask a colleague to a stop and answer the stop's id.

    Whoever had joined there before stays written down at the stop as it was until now.

    Raises:
        ColleagueGone: the colleague no longer works here.
        NoStopNow: no stop was named and the client is in no department.
        AlreadyWithThem: the colleague is the visit's own associate.
        NotAtThisStop: the client was there and is gone.
    """
    visit = open_visit(session, what.visit_id)
    helper = colleague(session, what.colleague_id)
    if what.stop_id is not None:
        stop = open_stop(session, what.stop_id)
    elif (here := current_stop(session, what.visit_id)) is not None:
        stop = here
    else:
        raise NoStopNow
    if helper.id == visit.associate_id:
        raise AlreadyWithThem(colleague=helper.name)
    if stop.colleague_id == helper.id:
        return stop.id
    stop = _moved(session, stop, HelpMove.BRING_IN, now)
    stop.colleague_id = helper.id
    return stop.id


@verb
def join(session: Session, what: Join, /, *, now: datetime) -> int | None:
    """The colleague is there; the first arrival counts.

    Raises:
        NotAtThisStop: nobody was asked, or the client is not there.
    """
    stop = open_stop(session, what.stop_id)
    if stop.colleague_id is not None and stop.joined_at is not None:
        return stop.id
    _moved(session, stop, HelpMove.JOIN, now)
    stop.joined_at = now
    return stop.id


@verb
def leave_them_with(session: Session, what: LeaveThemWith, /, *, now: datetime) -> int | None:
    """Leave the client with the colleague, who by that has arrived.

    Raises:
        NotAtThisStop: there is no colleague, or the client is not there.
    """
    stop = open_stop(session, what.stop_id)
    _moved(session, stop, HelpMove.LEAVE_WITH, now)
    stop.joined_at = stop.joined_at or now
    stop.colleague_alone = True
    return stop.id


@verb
def come_back(session: Session, what: ComeBack, /, *, now: datetime) -> int | None:
    """Be with the client again, beside the colleague.

    Raises:
        NotAtThisStop: the client was not left with a colleague.
    """
    stop = open_stop(session, what.stop_id)
    _moved(session, stop, HelpMove.COME_BACK, now)
    stop.colleague_alone = False
    return stop.id


@verb
def colleague_goes(session: Session, what: ColleagueGoes, /, *, now: datetime) -> int | None:
    """The visit's associate alone is with the client again; answer the stop the client is at.

    Raises:
        NotAtThisStop: nobody was asked, or the client was there and is gone.
    """
    stop = open_stop(session, what.stop_id)
    stop = _moved(session, stop, HelpMove.GO, now)
    stop.colleague_id = None
    return stop.id


def _moved(session: Session, stop: VisitStop, move: HelpMove, now: datetime) -> VisitStop:
    """The stop on which ``move`` is to be written: a new one where another's help is over."""
    state = stop_state(stop.started_at, stop.ended_at)
    at_stop = help_state(stop.colleague_id, stop.joined_at, stop.colleague_alone)
    if move not in HELP_AT[state] or (at_stop, move) not in HELP_MOVES:
        raise NotAtThisStop(department=the(session, Department, stop.department_id).name)
    over = move in (HelpMove.BRING_IN, HelpMove.GO) and at_stop in (Help.JOINED, Help.ALONE)
    if not over:
        return stop
    assert state is StopState.HERE, "nobody joins but where the client is"
    stop.ended_at = now
    session.flush()
    again = VisitStop(
        visit_id=stop.visit_id,
        department_id=stop.department_id,
        position=last_position(session, stop.visit_id) + 1,
        started_at=now,
    )
    new_id(session, again)
    return again
