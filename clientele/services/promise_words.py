"""What is said of a promise on its way? Heard, asked, moved, passed on, its tag printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from clientele.domain.promises import Happened
from clientele.domain.rules.promise_tags import tag_of
from clientele.domain.tables import Associate, Promise
from clientele.services.drafts import forget_draft
from clientele.services.promises import note, still_open
from clientele.services.rows import colleague, the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class WordOnPromise:
    """Something was heard: it is on its way, and with which words."""

    promise_id: int
    word: str = ""
    by: int | None = None
    draft: str = ""


@dataclass(frozen=True, slots=True)
class AskAboutPromise:
    """Whoever has it in hand is asked how far it is; they see it beside the promise."""

    promise_id: int
    by: int
    word: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class MovePromise:
    """Another day and time of the store's zone, agreed with the client, and why."""

    promise_id: int
    due_on: date
    due_time: time | None = None
    why: str = ""
    by: int | None = None


@dataclass(frozen=True, slots=True)
class PassPromise:
    """A colleague has the work in hand from now on; None: whoever promised it, again."""

    promise_id: int
    colleague_id: int | None
    by: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class TagPrinted:
    """The tag and the claim slip were printed."""

    promise_id: int
    by: int


@verb
def word_on_promise(session: Session, what: WordOnPromise, /, *, now: datetime) -> int | None:
    """Note that something was heard about it, so that silence is told from progress.

    Raises:
        PromiseEnded: it had ended already.
    """
    row = still_open(session, what.promise_id)
    row.last_word_at = now
    note(session, row, Happened.HEARD, word=what.word, by=what.by, at=now)
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def ask_about_promise(session: Session, what: AskAboutPromise, /, *, now: datetime) -> int | None:
    """Note that it was asked; that is no word yet, so the silence goes on.

    Raises:
        PromiseEnded: it had ended already.
    """
    row = still_open(session, what.promise_id)
    note(session, row, Happened.ASKED, word=what.word, by=what.by, at=now)
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def move_promise(session: Session, what: MovePromise, /, *, now: datetime) -> int | None:
    """Agree on another day.

    Raises:
        PromiseEnded: it had ended already.
    """
    row = still_open(session, what.promise_id)
    note(session, row, Happened.MOVED, word=what.why, by=what.by, at=now, moved_from=row.due_on)
    row.due_on, row.due_time, row.last_word_at = what.due_on, what.due_time, now
    return row.id


@verb
def pass_promise(session: Session, what: PassPromise, /, *, now: datetime) -> int | None:
    """Give the work to a colleague; the promise stays with whoever gave it.

    Raises:
        ColleagueGone: the colleague no longer works here.
        PromiseEnded: it had ended already.
    """
    row = still_open(session, what.promise_id)
    to = what.colleague_id if what.colleague_id is not None else row.associate_id
    who = the(session, Associate, to) if to == row.associate_id else colleague(session, to)
    name = who.name
    row.colleague_id = None if to == row.associate_id else to
    words = [name, what.word.strip()]
    note(
        session,
        row,
        Happened.PASSED_ON,
        word=" · ".join(part for part in words if part),
        by=what.by,
        at=now,
    )
    return row.id


@verb
def tag_printed(session: Session, what: TagPrinted, /, *, now: datetime) -> int | None:
    """Note that the tag was printed; an older promise is given its tag by that."""
    row = the(session, Promise, what.promise_id)
    if not row.tag:
        row.tag = tag_of(row.kind, what.promise_id)
    note(session, row, Happened.PRINTED, by=what.by, at=now)
    return row.id
