"""Promises: made, moved to another day, kept or broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.promises import PromiseState
from clientele.domain.tables import Client, Promise
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, the
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


@dataclass(frozen=True, slots=True)
class MakePromise:
    """What was promised to a client, by whom, until when in the store's zone."""

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
class WordOnPromise:
    """Something was heard: it is ready, or still on its way."""

    promise_id: int
    ready: bool = False


@dataclass(frozen=True, slots=True)
class MovePromise:
    """Another day and time of the store's zone, agreed with the client."""

    promise_id: int
    due_on: date
    due_time: time | None = None


@verb
def make_promise(session: Session, what: MakePromise, /, *, now: datetime) -> int | None:
    """Write down a promise and answer its id.

    Raises:
        PromiseWithoutWords: it does not say what was promised.
    """
    if not what.what.strip():
        raise PromiseWithoutWords
    the(session, Client, what.client_id)
    if what.draft:
        forget_draft(session, what.associate_id, what.draft)
    return new_id(
        session,
        Promise(
            client_id=what.client_id,
            associate_id=what.associate_id,
            department_id=what.department_id,
            visit_id=what.visit_id,
            kind=what.kind,
            what=what.what.strip(),
            due_on=what.due_on,
            due_time=what.due_time,
            promised_at=now,
            last_word_at=now,
        ),
    )


@verb
def end_promise(session: Session, what: EndPromise, /, *, now: datetime) -> int | None:
    """Kept or broken.

    Raises:
        PromiseEnded: it had ended already.
    """
    row = _open(session, what.promise_id)
    row.state = PromiseState.KEPT if what.kept else PromiseState.BROKEN
    row.ending, row.ended_at, row.last_word_at = what.word.strip(), now, now
    if what.draft and what.by is not None:
        forget_draft(session, what.by, what.draft)
    return row.id


@verb
def word_on_promise(session: Session, what: WordOnPromise, /, *, now: datetime) -> int | None:
    """Note that something was heard about it, so that silence is told from progress.

    Raises:
        PromiseEnded: it had ended already.
    """
    row = _open(session, what.promise_id)
    row.last_word_at = now
    if what.ready:
        row.state = PromiseState.READY
    return row.id


@verb
def move_promise(session: Session, what: MovePromise, /, *, now: datetime) -> int | None:
    """Agree on another day.

    Raises:
        PromiseEnded: it had ended already.
    """
    row = _open(session, what.promise_id)
    row.due_on, row.due_time, row.last_word_at = what.due_on, what.due_time, now
    return row.id


def _open(session: Session, key: int) -> Promise:
    row = the(session, Promise, key)
    if row.state not in (PromiseState.OPEN, PromiseState.READY):
        raise PromiseEnded
    return row
