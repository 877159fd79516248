"""What is said first to a client, found in notes, promises, problems and occasions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.recovery import RightState
from clientele.domain.rules.promises import Standing
from clientele.domain.rules.say_first import NEAR, Because, Reason, first, note_says
from clientele.domain.tables import Purchase, Visit
from clientele.store.prepared import Prepared, given
from clientele.store.queries.cards import may_have
from clientele.store.queries.made_right import MadeRightRow, open_made_rights_of_client
from clientele.store.queries.notes import NoteRow, spoken_notes
from clientele.store.queries.occasions import OccasionAhead, of_clients
from clientele.store.queries.promises import PromiseRow, open_promises_of_client
from clientele.store.queries.reading import StoreFacts, store_facts

NOTES_READ = 40
"""Those marked, and the newest: what is further back nobody says first."""

PROMISED = {
    Standing.LATE: Because.LATE,
    Standing.READY: Because.READY,
    Standing.AT_RISK: Because.AT_RISK,
}


@dataclass(frozen=True, slots=True)
class SayFirst:
    """What to say first, why, and where it comes from.

    ``body`` is the note's words, what was promised, what the problem is about, or the name of an
    occasion. ``day`` is the day it is about: written, promised for, last touched, or celebrated.
    """

    because: Because
    body: str
    day: date
    associate_id: int | None = None
    associate: str = ""
    note_id: int | None = None
    decided: bool = False
    """Of a problem: something was done, and the client has not said that it is solved."""
    occasion: OccasionAhead | None = None


def say_first(session: Session, client_id: int, *, now: datetime) -> SayFirst | None:
    """What to say first to a client at ``now`` (aware), or None where there is nothing at all."""
    store = store_facts(session)
    found: dict[Reason, SayFirst] = {}
    for note in _notes(session, client_id, store, now):
        found[Reason(note.because, note.day, note.note_id or 0)] = note
    for promise in open_promises_of_client(session, client_id, now=now):
        if promise.standing in PROMISED:
            found[_since(promise, store)] = _of_promise(promise)
    for problem in open_made_rights_of_client(session, client_id):
        of_problem = _of_problem(problem, store)
        found[Reason(of_problem.because, of_problem.day, problem.id)] = of_problem
    today = store.day_of(now)
    near = of_clients(session, [client_id], today=today, ahead=NEAR).get(client_id, [])
    for at, day in enumerate(near):
        said = SayFirst(Because.OCCASION, day.title or day.kind, day.on, occasion=day)
        found[Reason(Because.OCCASION, day.on - NEAR, -at)] = said
    chosen = first(found)
    return None if chosen is None else found[chosen]


def _notes(session: Session, client_id: int, store: StoreFacts, now: datetime) -> list[SayFirst]:
    today = store.day_of(now)
    notes = spoken_notes(session, client_id, limit=NOTES_READ, marked_first=True)
    if not notes:
        return []
    came, bought = _last_here(session, client_id, today)
    found = []
    for note in notes:
        written = store.day_of(note.at)
        because = note_says(
            note.words,
            marked=note.say_first,
            sensitive=False,
            said=_here_since(note, written, came, bought),
            written=written,
            today=today,
        )
        if because is not None:
            found.append(
                SayFirst(because, note.words, written, note.associate_id, note.associate, note.id)
            )
    return found


def _here_since(note: NoteRow, written: date, came: datetime | None, bought: date | None) -> bool:
    """Whether the client was here, and has gone, after a note was written."""
    return (came is not None and came > note.at) or (bought is not None and bought > written)


def _last_here(
    session: Session, client_id: int, today: date
) -> tuple[datetime | None, date | None]:
    """When the last visit that has ended began, and the last day before today of a purchase."""
    came = None
    if may_have(session, client_id, Visit):
        came = _CAME.column(session, client_id=client_id)[0]
    bought = _BOUGHT.column(session, client_id=client_id, today=today)[0]
    return came, bought


_CAME = Prepared(
    select(func.max(col(Visit.arrived_at))).where(
        col(Visit.client_id) == given("client_id"), col(Visit.left_at).is_not(None)
    )
)
_BOUGHT = Prepared(
    select(func.max(col(Purchase.sold_on))).where(
        col(Purchase.client_id) == given("client_id"), col(Purchase.sold_on) < given("today")
    )
)


def _since(promise: PromiseRow, store: StoreFacts) -> Reason:
    assert promise.standing is not None
    heard = store.day_of(promise.last_word_at)
    late = promise.standing is Standing.LATE
    return Reason(PROMISED[promise.standing], promise.due_on if late else heard, promise.id)


def _of_promise(promise: PromiseRow) -> SayFirst:
    assert promise.standing is not None
    return SayFirst(
        PROMISED[promise.standing],
        promise.what,
        promise.due_on,
        promise.associate_id,
        promise.associate,
    )


def _of_problem(problem: MadeRightRow, store: StoreFacts) -> SayFirst:
    last = problem.steps[-1] if problem.steps else None
    decided = problem.state == RightState.DECIDED
    by = last if decided and last is not None else problem
    return SayFirst(
        Because.NOT_SOLVED,
        problem.about,
        store.day_of(last.at if last is not None else problem.opened_at),
        by.associate_id,
        by.associate,
        decided=decided,
    )
