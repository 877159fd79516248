"""An article is held for a client: a promise with a day, tied to the item that was shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from clientele.domain.promises import Happened, PromiseKind, PromiseState
from clientele.domain.rules.item_text import item_words
from clientele.domain.rules.promise_steps import steps_of
from clientele.domain.tables import Promise, ShownItem, Visit, VisitStop
from clientele.domain.visits import Outcome
from clientele.services.promises import MakePromise, make_promise, note
from clientele.services.rows import the
from clientele.services.shown_items import (
    RemoveShownItem,
    SetOutcome,
    changeable,
    remove_shown_item,
    set_outcome,
)
from clientele.services.verb import verb

LET_GO = "let go"
"""The word with which a hold ends that the client no longer wants."""


@dataclass(frozen=True, slots=True)
class HoldItem:
    """Hold a shown item until a day of the store, that day included."""

    shown_item_id: int
    until: date


@dataclass(frozen=True, slots=True)
class Decide:
    """What became of a shown item, other than a hold (``Outcome``), and why not."""

    shown_item_id: int
    outcome: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class TakeAway:
    """A shown item that was entered by mistake, held or not."""

    shown_item_id: int


@verb
def hold_item(session: Session, what: HoldItem, /, *, now: datetime) -> int | None:
    """Hold an item and promise it until its day; held already, the promise moves to the new day.

    Raises:
        RungItemStays: the item is on a ticket that was rung.
    """
    item = changeable(session, what.shown_item_id)
    promise = _open_hold(session, item)
    if promise is None:
        # Written before the item that names it, so that Undo takes it away after.
        item.promise_id = _promised(session, item, what.until, now)
    else:
        note(session, promise, Happened.MOVED, by=None, at=now, moved_from=promise.due_on)
        promise.due_on, promise.last_word_at = what.until, now
    set_outcome(
        session,
        SetOutcome(what.shown_item_id, Outcome.HOLD, hold_until=what.until),
        now=now,
    )
    return item.id


@verb
def decide(session: Session, what: Decide, /, *, now: datetime) -> int | None:
    """Say what became of an item; a hold on it is over.

    Kept, the hold was kept with it; else it was let go at the client's word, which breaks nothing.

    Raises:
        RungItemStays: the item is on a ticket that was rung.
    """
    set_outcome(session, SetOutcome(what.shown_item_id, what.outcome, what.why), now=now)
    item = the(session, ShownItem, what.shown_item_id)
    if what.outcome != Outcome.HOLD:
        _end_hold(session, item, "" if what.outcome == Outcome.KEEPING else LET_GO, now)
    return item.id


@verb
def take_away(session: Session, what: TakeAway, /, *, now: datetime) -> int | None:
    """Take an item away again; a hold on it was let go with it.

    Raises:
        RungItemStays: the item is on a ticket that was rung.
    """
    _end_hold(session, changeable(session, what.shown_item_id), LET_GO, now)
    remove_shown_item(session, RemoveShownItem(what.shown_item_id), now=now)
    return None


def _end_hold(session: Session, item: ShownItem, word: str, now: datetime) -> None:
    promise = _open_hold(session, item)
    if promise is not None:
        promise.state, promise.ended_at, promise.last_word_at = PromiseState.KEPT, now, now
        promise.step, promise.ending = steps_of(promise.kind)[-1], word
        note(session, promise, Happened.KEPT, word=word, by=None, at=now)
        item.promise_id = None


def _promised(session: Session, item: ShownItem, until: date, now: datetime) -> int | None:
    stop = the(session, VisitStop, item.stop_id)
    visit = the(session, Visit, stop.visit_id)
    return make_promise(
        session,
        MakePromise(
            visit.client_id,
            visit.associate_id,
            PromiseKind.HOLD,
            item_words(item.item, item.detail, item.sku),
            until,
            department_id=stop.department_id,
            visit_id=visit.id,
        ),
        now=now,
    ).subject


def _open_hold(session: Session, item: ShownItem) -> Promise | None:
    promise = None if item.promise_id is None else session.get(Promise, item.promise_id)
    if promise is None or promise.state not in (PromiseState.OPEN, PromiseState.READY):
        return None
    return promise
