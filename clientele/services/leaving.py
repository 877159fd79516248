"""Somebody leaves the store, or comes back: whose are their clients, and what they had promised?

Nothing that is open stays with who is gone. It goes to one colleague, in the same step, as when
clients are given (``passing_on``); Undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.base import Table
from clientele.domain.client import HandOffState
from clientele.domain.errors import Refusal
from clientele.domain.plans import FollowUpState
from clientele.domain.promises import Happened
from clientele.domain.recovery import RightState
from clientele.domain.rules.rights import Right
from clientele.domain.tables import (
    Appointment,
    Associate,
    FollowUp,
    HandOff,
    MadeRight,
    Promise,
    PromiseStep,
    Visit,
    VisitStop,
)
from clientele.services.acting import needs
from clientele.services.book_refusals import TooMany
from clientele.services.books import MOST
from clientele.services.passing_on import make_owner
from clientele.services.rows import colleague, the
from clientele.services.team import refuse_the_last
from clientele.services.verb import verb
from clientele.store.queries.reading import store_facts
from clientele.store.queries.team_page import UNKEPT, open_work, owned_by

Row = TypeVar("Row", bound=Table)


class LeftAlready(Refusal):
    """They are among those who left."""

    template = "{name} has left already. Nothing was changed."


class HereAlready(Refusal):
    """They work here."""

    template = "{name} works here already. Nothing was changed."


class ToThemselves(Refusal):
    """What is open cannot stay with who leaves."""

    template = "{name} leaves. Nothing was changed; choose a colleague who stays."


class SomebodyMustTakeIt(Refusal):
    """Clients or work would be nobody's."""

    template = (
        "Clients of {name}: {clients}; open to do: {work}. "
        "Nothing was changed; choose a colleague who takes all of it."
    )


@dataclass(frozen=True, slots=True)
class AssociateLeaves:
    """Who leaves, and the colleague who takes what is open; None where nothing is."""

    associate_id: int
    to_id: int | None = None


@dataclass(frozen=True, slots=True)
class AssociateComesBack:
    """Who works here again; their clients stay with whom they went to."""

    associate_id: int


@verb
@needs(Right.TEAM)
def associate_leaves(session: Session, what: AssociateLeaves, /, *, now: datetime) -> int | None:
    """Lock somebody out for good, at once, and give what is open to a colleague.

    Their clients, follow-ups, promises, problems to be made right, visits under way, and
    appointments ahead become the colleague's; what they were asked to help with returns to whose
    it is, a loan to its owner, and an offer that nobody answered is withdrawn. Their PIN is
    forgotten. What they did stays theirs.

    Raises:
        LeftAlready, ToThemselves: see there.
        LastStoreManager: nobody else who can sign in could set up the team.
        SomebodyMustTakeIt: something is open and nobody is named.
        ColleagueGone: whoever is to take it left as well.
        TooMany: they own more clients than change hands in one step.
    """
    row = the(session, Associate, what.associate_id)
    if not row.active:
        raise LeftAlready(name=row.name)
    if what.to_id == row.id:
        raise ToThemselves(name=row.name)
    refuse_the_last(session, row)
    clients = owned_by(session, what.associate_id)
    if len(clients) > MOST:
        raise TooMany(most=MOST, count=len(clients))
    open_now = open_work(session, what.associate_id, now=now)
    if what.to_id is None and open_now:
        raise SomebodyMustTakeIt(name=row.name, clients=open_now.clients, work=open_now.work)
    row.active, row.left_at, row.pin_hash, row.pin_given = False, now, None, False
    row.wrong_pins, row.pin_again_at, row.pin_locked_at = 0, None, None
    session.flush()
    if what.to_id is not None:
        taker = colleague(session, what.to_id)
        why = {what.associate_id: f"{row.name} left"}
        make_owner(session, clients, what.to_id, now, why)
        _pass_the_rest(session, what.associate_id, taker, now)
    _end_what_was_lent(session, what.associate_id, now)
    return row.id


@verb
@needs(Right.TEAM)
def associate_comes_back(
    session: Session, what: AssociateComesBack, /, *, now: datetime
) -> int | None:
    """Take somebody in again; they sign in once a manager gave them a PIN.

    Raises:
        HereAlready: they never left.
    """
    row = the(session, Associate, what.associate_id)
    if row.active:
        raise HereAlready(name=row.name)
    row.active, row.left_at = True, None
    return row.id


def _pass_the_rest(session: Session, who: int, taker: Associate, now: datetime) -> None:
    """What they had to do for clients of others, too."""
    assert taker.id is not None, "a read row has an id"
    open_ones = col(FollowUp.state) == FollowUpState.OPEN
    for follow_up in _of(session, FollowUp, col(FollowUp.associate_id) == who, open_ones):
        follow_up.associate_id = taker.id
    unsolved = col(MadeRight.state) != RightState.SOLVED
    for right in _of(session, MadeRight, col(MadeRight.associate_id) == who, unsolved):
        right.associate_id = taker.id
    theirs = or_(col(Promise.associate_id) == who, col(Promise.colleague_id) == who)
    for promise in _of(session, Promise, theirs, col(Promise.state).in_(UNKEPT)):
        _pass_promise(session, promise, who, taker, now)
    ahead = (
        col(Appointment.starts_at) >= now,
        col(Appointment.cancelled_at).is_(None),
        col(Appointment.visit_id).is_(None),
    )
    for day in _of(session, Appointment, col(Appointment.associate_id) == who, *ahead):
        day.associate_id = taker.id
    under_way = col(Visit.left_at).is_(None)
    for visit in _of(session, Visit, col(Visit.associate_id) == who, under_way):
        visit.associate_id = taker.id
    to_come = (col(VisitStop.started_at).is_(None), col(VisitStop.ended_at).is_(None))
    for stop in _of(session, VisitStop, col(VisitStop.colleague_id) == who, *to_come):
        stop.colleague_id = None
    session.flush()


def _pass_promise(
    session: Session, promise: Promise, who: int, taker: Associate, now: datetime
) -> None:
    """Given by them it is the colleague's; only worked on by them, that of whoever gave it."""
    assert promise.id is not None, "a read row has an id"
    assert taker.id is not None, "a read row has an id"
    if promise.associate_id == who:
        promise.associate_id = taker.id
    if promise.colleague_id in (who, taker.id):
        promise.colleague_id = None
    holder = promise.associate_id
    name = the(session, Associate, holder).name
    step = PromiseStep(
        promise_id=promise.id, what=Happened.PASSED_ON, word=name, associate_id=who, at=now
    )
    session.add(step)


def _end_what_was_lent(session: Session, who: int, now: datetime) -> None:
    mine = or_(col(HandOff.from_id) == who, col(HandOff.to_id) == who)
    offered = col(HandOff.state) == HandOffState.OFFERED
    for offer in _of(session, HandOff, mine, offered):
        offer.state, offer.ended_at = HandOffState.WITHDRAWN, now
    today = store_facts(session).day_of(now)
    lent = (col(HandOff.state) == HandOffState.ACCEPTED, col(HandOff.until_on) >= today)
    for loan in _of(session, HandOff, col(HandOff.to_id) == who, *lent):
        loan.state, loan.ended_at = HandOffState.GIVEN_BACK, now
    session.flush()


def _of(session: Session, table: type[Row], *where: ColumnElement[bool]) -> Sequence[Row]:
    return session.scalars(select(table).where(*where)).all()
