"""Promises: made, taken from step to step, kept or broken, each with the word that was said.

Everything that happens to a promise is a row of its history, written in the same verb.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.promises import Happened, PromiseKind, PromiseState
from clientele.domain.rules.promise_steps import (
    BEGINS,
    is_over,
    may_reach,
    reached,
    state_after,
    step_after_all,
    steps_of,
)
from clientele.domain.rules.promise_tags import tag_of
from clientele.domain.tables import Client, Promise, PromiseStep
from clientele.services.drafts import forget_draft
from clientele.services.rows import colleague, new_id, profile, the
from clientele.services.verb import verb


class PromiseWithoutWords(Refusal):
    """Nothing says what was promised."""

    template = (
        "A promise needs to say what was promised. What you typed is still there; add a few words."
    )


class PromiseEnded(Refusal):
    """It was kept or broken, perhaps at another terminal."""

    template = (
        "This promise has ended already. Nothing was changed; it stands in the client's story."
    )


class StepNotAhead(Refusal):
    """The step lies behind, or no promise of this kind takes it."""

    template = (
        "This promise is that far already, perhaps from another terminal. Nothing was changed; "
        "what happened so far stands beside it."
    )


class NothingReady(Refusal):
    """Only what is ready can turn out not to be."""

    template = "This is not ready yet anyway. Nothing was changed."


class DayNotYet(Refusal):
    """Something is said to have happened on a day to come, or before it was promised."""

    template = (
        "A step happens between the day of the promise and today. Nothing was changed; "
        "choose another day."
    )


@dataclass(frozen=True, slots=True)
class MakePromise:
    """What was promised to a client, by whom, until when in the store's zone.

    ``step``: how far it is already; None: as far as a promise of its kind is by being made.
    """

    client_id: int
    associate_id: int
    kind: str
    what: str
    due_on: date
    due_time: time | None = None
    department_id: int | None = None
    visit_id: int | None = None
    draft: str = ""
    """The place of the draft that it was typed in, of ``associate_id``; it is cleared."""
    garment: str = ""
    measurements: str = ""
    colleague_id: int | None = None
    """Who has the work in hand; whoever promised answers for it all the same."""
    step: str | None = None


@dataclass(frozen=True, slots=True)
class EndPromise:
    """How a promise ended (kept, or broken), with a word if there is one."""

    promise_id: int
    kept: bool = True
    word: str = ""
    by: int | None = None
    draft: str = ""
    """The place of the draft that the word was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class ReachStep:
    """A step of its kind was reached, with a word, today or on an earlier day of the store."""

    promise_id: int
    step: str
    by: int
    word: str = ""
    on: date | None = None
    draft: str = ""


@dataclass(frozen=True, slots=True)
class NotReadyAfterAll:
    """It was thought to be ready, or to have arrived, and is not."""

    promise_id: int
    by: int
    word: str = ""
    draft: str = ""


@verb
def make_promise(session: Session, what: MakePromise, /, *, now: datetime) -> int | None:
    """Write down a promise with its tag, and answer its id.

    Raises:
        PromiseWithoutWords: it does not say what was promised.
        ColleagueGone: who is to have the work in hand no longer works here.
    """
    if not what.what.strip():
        raise PromiseWithoutWords
    the(session, Client, what.client_id)
    if what.colleague_id is not None:
        colleague(session, what.colleague_id)
    forget_draft(session, what.associate_id, what.draft)
    kind = PromiseKind(what.kind)
    step = BEGINS.get(kind, "") if what.step is None else what.step
    row = Promise(
        client_id=what.client_id,
        associate_id=what.associate_id,
        colleague_id=what.colleague_id if what.colleague_id != what.associate_id else None,
        department_id=what.department_id,
        visit_id=what.visit_id,
        kind=kind,
        what=what.what.strip(),
        garment=what.garment.strip(),
        measurements=what.measurements.strip(),
        step=step,
        state=state_after(kind, step),
        due_on=what.due_on,
        due_time=what.due_time,
        promised_at=now,
        last_word_at=now,
    )
    key = new_id(session, row)
    row.tag = tag_of(kind, key)
    if step:
        note(session, row, step, by=what.associate_id, at=now)
    return key


@verb
def reach_step(session: Session, what: ReachStep, /, *, now: datetime) -> int | None:
    """Take a promise a step on; the last step of its kind keeps it.

    Raises:
        PromiseEnded: it had ended already.
        StepNotAhead: it is that far already, or its kind has no such step.
        DayNotYet: the day lies ahead, or before the promise.
    """
    row = still_open(session, what.promise_id)
    if not may_reach(row.kind, reached(row.kind, row.state, row.step), what.step):
        raise StepNotAhead
    at = _moment(session, row, what.on, now)
    row.step, row.state, row.last_word_at = what.step, state_after(row.kind, what.step), now
    if row.state == PromiseState.KEPT:
        row.ended_at, row.ending = at, what.word.strip()
    note(session, row, what.step, word=what.word, by=what.by, at=at)
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def not_ready_after_all(
    session: Session, what: NotReadyAfterAll, /, *, now: datetime
) -> int | None:
    """Take back that it is ready: the one way a promise goes back but for undo.

    Raises:
        PromiseEnded: it had ended already.
        NothingReady: it was not ready.
    """
    row = still_open(session, what.promise_id)
    back = step_after_all(row.kind, reached(row.kind, row.state, row.step))
    if back is None:
        raise NothingReady
    row.step = back
    row.state, row.last_word_at = PromiseState.OPEN, now
    note(session, row, Happened.NOT_YET, word=what.word, by=what.by, at=now)
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def end_promise(session: Session, what: EndPromise, /, *, now: datetime) -> int | None:
    """Kept or broken.

    Raises:
        PromiseEnded: it had ended already.
    """
    row = still_open(session, what.promise_id)
    row.state = PromiseState.KEPT if what.kept else PromiseState.BROKEN
    if what.kept:
        row.step = steps_of(row.kind)[-1]
    row.ending, row.ended_at, row.last_word_at = what.word.strip(), now, now
    happened = Happened.KEPT if what.kept else Happened.BROKEN
    note(session, row, happened, word=what.word, by=what.by, at=now)
    forget_draft(session, what.by, what.draft)
    return row.id


def still_open(session: Session, key: int) -> Promise:
    """The promise, which has not ended.

    Raises:
        NotThere: it was removed.
        PromiseEnded: it was kept or broken.
    """
    row = the(session, Promise, key)
    if is_over(row.state):
        raise PromiseEnded
    return row


def note(
    session: Session,
    row: Promise,
    what: str,
    *,
    word: str = "",
    by: int | None,
    at: datetime,
    moved_from: date | None = None,
) -> None:
    """Add to the history of a promise: a step of its kind, or one of ``Happened``."""
    assert row.id is not None, "a promise in the book has an id"
    session.add(
        PromiseStep(
            promise_id=row.id,
            what=str(what),
            word=word.strip(),
            moved_from=moved_from,
            associate_id=by,
            at=at,
        )
    )
    session.flush()


def _moment(session: Session, row: Promise, on: date | None, now: datetime) -> datetime:
    """The instant of a step: now, or noon of an earlier day, but not before the promise."""
    zone = ZoneInfo(profile(session).time_zone)
    today = now.astimezone(zone).date()
    if on is None or on == today:
        return now
    if not row.promised_at.astimezone(zone).date() <= on < today:
        raise DayNotYet
    return max(datetime.combine(on, time(12), zone), row.promised_at)
