"""Handing a client over: offered, accepted or declined with a word, withdrawn, given back.

Until it is accepted, whoever offers it stays responsible. With a last day it lends: nothing moves,
and who is responsible is worked out on reading (``store.queries.hand_offs``). Without one an
accepted hand-off moves the membership, and with the whole client all that is open for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, HandOffState
from clientele.domain.errors import NotThere
from clientele.domain.promises import Happened, PromiseState
from clientele.domain.rules.hand_offs import HandOffMove, after, may_give, whose_move
from clientele.domain.tables import (
    Associate,
    BookMembership,
    Client,
    Department,
    HandOff,
    Promise,
    PromiseStep,
    Visit,
)
from clientele.services import hand_off_refusals as refusals
from clientele.services.drafts import forget_draft
from clientele.services.passing_on import make_owner, owners_of
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.queries.acting import acting_for
from clientele.store.queries.reading import store_facts


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered, to whom, with which words.

    ``department_id`` None means the whole client. ``until_on`` is the last day of a loan in the
    store's zone, None for good. ``promise_id`` is a promise whose work goes along.
    """

    client_id: int
    to_id: int
    by: int
    department_id: int | None = None
    visit_id: int | None = None
    promise_id: int | None = None
    note: str = ""
    until_on: date | None = None
    client_told: bool = False
    draft: str = ""
    """The place of the draft that it was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class EditOffer:
    """The note of an offer as it stands now, and whether the client was told."""

    hand_off_id: int
    by: int
    note: str
    client_told: bool = False
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A move with a hand-off, and the word that goes with it, if any."""

    hand_off_id: int
    by: int
    word: str = ""
    draft: str = ""


@verb
def offer(session: Session, what: Offer, /, *, now: datetime) -> int | None:
    """Offer a client, or what they need in one department, to a colleague; answer its id.

    It is given in the name of whose it is, which a cover does for who is away.

    Raises:
        HandOffRefused: to oneself, to who left, not one's own to give, offered or lent already,
            until a day that is over.
    """
    the(session, Client, what.client_id)
    taker = the(session, Associate, what.to_id)
    today = store_facts(session).day_of(now)
    giver = _giver(session, what, today)
    if what.to_id in (what.by, giver):
        raise refusals.ToOneself
    if not taker.active:
        raise refusals.ColleagueLeft(name=taker.name)
    if what.until_on is not None and what.until_on < today:
        raise refusals.DayIsOver
    same = _open_of(session, what.client_id, what.department_id)
    if any(
        row.to_id == what.to_id and not _over(row, today)
        for row in same
        if row.state == HandOffState.OFFERED
    ):
        raise refusals.OfferedAlready(name=taker.name)
    _refuse_if_lent(session, same, today, lends=what.until_on is not None)
    forget_draft(session, what.by, what.draft)
    return new_id(
        session,
        HandOff(
            client_id=what.client_id,
            from_id=giver,
            to_id=what.to_id,
            department_id=what.department_id,
            visit_id=what.visit_id,
            promise_id=what.promise_id,
            note=what.note.strip(),
            until_on=what.until_on,
            client_told=what.client_told,
            offered_at=now,
        ),
    )


@verb
def edit_offer(session: Session, what: EditOffer, /, *, now: datetime) -> int | None:
    """Say it otherwise while it waits for an answer.

    Raises:
        HandOffRefused: somebody else's, or answered or withdrawn already.
    """
    row = _moved(session, what.hand_off_id, what.by, HandOffMove.WITHDRAW, now)
    row.note, row.client_told = what.note.strip(), what.client_told
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def accept(session: Session, what: Answer, /, *, now: datetime) -> int | None:
    """Take it on. For good, the membership moves; with a promise, its work does.

    Raises:
        HandOffRefused: offered to somebody else, answered already, no longer theirs to give, lent
            to another, over.
    """
    row = _moved(session, what.hand_off_id, what.by, HandOffMove.ACCEPT, now)
    today = store_facts(session).day_of(now)
    if _over(row, today):
        raise refusals.LoanIsOver
    giver = the(session, Associate, row.from_id)
    taker = the(session, Associate, row.to_id)
    if not taker.active:
        raise refusals.ColleagueLeft(name=taker.name)
    if row.from_id not in _givers(session, row.client_id, row.department_id, row.visit_id):
        raise refusals.NoLongerTheirs(name=giver.name)
    same = _open_of(session, row.client_id, row.department_id)
    _refuse_if_lent(session, same, today, lends=row.until_on is not None)
    _close(row, HandOffState.ACCEPTED, what, session)
    row.answered_at, row.answer = now, what.word.strip()
    if row.until_on is None:
        why = _why("handed over by {name}", giver.name, row.note)
        if row.department_id is None:
            make_owner(session, [row.client_id], row.to_id, now, {row.from_id: why})
        else:
            _begin(session, row, row.department_id, why, now)
    if row.promise_id is not None:
        _pass_work(session, row.promise_id, row.to_id, by=row.from_id, now=now)
    return row.id


@verb
def decline(session: Session, what: Answer, /, *, now: datetime) -> int | None:
    """Say no, with a word; whoever offered it stays responsible.

    Raises:
        HandOffRefused: offered to somebody else, or answered or withdrawn already.
    """
    row = _moved(session, what.hand_off_id, what.by, HandOffMove.DECLINE, now)
    _close(row, HandOffState.DECLINED, what, session)
    row.answered_at, row.answer = now, what.word.strip()
    return row.id


@verb
def withdraw(session: Session, what: Answer, /, *, now: datetime) -> int | None:
    """Take an offer back before it is answered.

    Raises:
        HandOffRefused: somebody else's, or answered or withdrawn already.
    """
    row = _moved(session, what.hand_off_id, what.by, HandOffMove.WITHDRAW, now)
    _close(row, HandOffState.WITHDRAWN, what, session)
    row.ended_at = now
    return row.id


@verb
def give_back(session: Session, what: Answer, /, *, now: datetime) -> int | None:
    """Give back what was accepted, with a word: a loan before its day, or what was for good.

    Raises:
        HandOffRefused: not accepted by oneself, given back already, the loan is over, the client
            has another owner by now, or who gave it no longer works here.
    """
    row = _moved(session, what.hand_off_id, what.by, HandOffMove.GIVE_BACK, now)
    giver = the(session, Associate, row.from_id)
    taker = the(session, Associate, row.to_id)
    if _over(row, store_facts(session).day_of(now)):
        raise refusals.LoanIsOver
    if row.until_on is None:
        if row.department_id is None:
            if not giver.active:
                raise refusals.GiverLeft(name=giver.name)
            if _owner(session, row.client_id) != row.to_id:
                raise refusals.NotYoursAnyMore(name=taker.name)
            why = _why("given back by {name}", taker.name, what.word)
            make_owner(session, [row.client_id], row.from_id, now, {row.to_id: why})
        else:
            _end(session, row.client_id, row.department_id, row.to_id, now)
    _close(row, HandOffState.GIVEN_BACK, what, session)
    row.ended_at, row.ending = now, what.word.strip()
    if row.promise_id is not None:
        promise = session.get(Promise, row.promise_id)
        if promise is not None and promise.colleague_id == row.to_id:
            to = None if promise.associate_id == row.from_id else row.from_id
            _pass_work(session, row.promise_id, to, by=row.to_id, now=now)
    return row.id


def _moved(session: Session, key: int, by: int, move: HandOffMove, now: datetime) -> HandOff:
    """The hand-off, where ``by`` may make this move with it now."""
    row = the(session, HandOff, key)
    mover = whose_move(move, from_id=row.from_id, to_id=row.to_id)
    if mover not in acting_for(session, by, store_facts(session).day_of(now)):
        raise refusals.NotYourMove(name=the(session, Associate, mover).name)
    if after(row.state, move) is None:
        raise refusals.AnsweredAlready
    return row


def _close(row: HandOff, state: HandOffState, what: Answer, session: Session) -> None:
    row.state = state
    forget_draft(session, what.by, what.draft)


def _over(row: HandOff, today: date) -> bool:
    return row.until_on is not None and row.until_on < today


def _giver(session: Session, what: Offer, today: date) -> int:
    """In whose name ``what.by`` offers it.

    Raises:
        HandOffRefused: it is neither theirs nor of whom they cover for.
    """
    owner = _owner(session, what.client_id)
    knows, served_by = _others(session, what.client_id, what.department_id, what.visit_id)
    mine = acting_for(session, what.by, today)
    giver = may_give(mine, owner=owner, knows=knows, served_by=served_by)
    if giver is not None:
        return giver
    if owner is None:
        raise refusals.NobodysToGive
    raise refusals.NotYoursToGive(name=the(session, Associate, owner).name)


def _givers(
    session: Session, client_id: int, department_id: int | None, visit_id: int | None
) -> set[int | None]:
    knows, served_by = _others(session, client_id, department_id, visit_id)
    return {_owner(session, client_id), *knows, served_by}


def _others(
    session: Session, client_id: int, department_id: int | None, visit_id: int | None
) -> tuple[tuple[int, ...], int | None]:
    """Who besides the owner may hand over this part: who knows them there, who serves them."""
    served_by = None
    if visit_id is not None:
        visit = the(session, Visit, visit_id)
        if visit.client_id != client_id:
            raise NotThere
        served_by = visit.associate_id
    if department_id is None:
        return (), None
    the(session, Department, department_id)
    return tuple(row.associate_id for row in _known(session, client_id, department_id)), served_by


def _owner(session: Session, client_id: int) -> int | None:
    row = session.scalars(owners_of([client_id])).first()
    return None if row is None else row.associate_id


def _known(session: Session, client_id: int, department_id: int) -> list[BookMembership]:
    return list(
        session.scalars(
            select(BookMembership)
            .where(
                col(BookMembership.client_id) == client_id,
                col(BookMembership.role) == BookRole.DEPARTMENT,
                col(BookMembership.department_id) == department_id,
                col(BookMembership.until).is_(None),
            )
            .order_by(col(BookMembership.since).desc(), col(BookMembership.id).desc())
        )
    )


def _open_of(session: Session, client_id: int, department_id: int | None) -> list[HandOff]:
    """What is offered or accepted of the same part of a client."""
    return list(
        session.scalars(
            select(HandOff).where(
                col(HandOff.client_id) == client_id,
                col(HandOff.department_id).is_(None)
                if department_id is None
                else col(HandOff.department_id) == department_id,
                col(HandOff.state).in_((HandOffState.OFFERED, HandOffState.ACCEPTED)),
            )
        )
    )


def _refuse_if_lent(session: Session, same: list[HandOff], today: date, *, lends: bool) -> None:
    """What is lent to one colleague cannot be lent to another on the same days."""
    for row in same:
        lent = row.state == HandOffState.ACCEPTED and row.until_on is not None
        if lends and lent and not _over(row, today):
            raise refusals.LentAlready(name=the(session, Associate, row.to_id).name)


def _why(template: str, name: str, word: str) -> str:
    """Why a membership began, as it is kept with it and shown in the client's story."""
    said = template.format(name=name)
    return f"{said}: {word.strip()}" if word.strip() else said


def _begin(session: Session, row: HandOff, department_id: int, why: str, now: datetime) -> None:
    """The taker is the one who knows the client in this department from now on."""
    _end(session, row.client_id, department_id, row.to_id, now)
    session.add(
        BookMembership(
            client_id=row.client_id,
            associate_id=row.to_id,
            department_id=department_id,
            role=BookRole.DEPARTMENT,
            since=now,
            why=why,
        )
    )


def _end(
    session: Session, client_id: int, department_id: int, associate: int, now: datetime
) -> None:
    for known in _known(session, client_id, department_id):
        if known.associate_id == associate:
            known.until = now


def _pass_work(session: Session, key: int, to: int | None, *, by: int, now: datetime) -> None:
    """Put the work of a promise into other hands; whoever promised still answers for it."""
    promise = session.get(Promise, key)
    if promise is None or promise.state not in (PromiseState.OPEN, PromiseState.READY):
        return
    promise.colleague_id = to
    word = the(session, Associate, promise.associate_id if to is None else to).name
    session.add(
        PromiseStep(promise_id=key, what=Happened.PASSED_ON, word=word, associate_id=by, at=now)
    )
