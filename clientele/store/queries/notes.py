"""Notes by themselves: how one is marked, the last ones, and those never to be spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, Department, Note
from clientele.store.prepared import Prepared, given
from clientele.store.queries.cards import may_have
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class NoteMarks:
    """The marks of a note; at most one of them holds."""

    say_first: bool
    sensitive: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note: its words, by whom, where and when; ``department_id`` None for none in particular."""

    id: int
    words: str
    at: datetime
    associate_id: int | None
    associate: str
    department_id: int | None
    department: str
    say_first: bool


def note_marks(session: Session, note_id: int) -> NoteMarks | None:
    """The marks of a note, or None if it is not there."""
    row = session.execute(
        select(col(Note.say_first), col(Note.sensitive)).where(ident(Note.id) == note_id)
    ).first()
    return None if row is None else NoteMarks(row[0], row[1])


def spoken_notes(
    session: Session, client_id: int, *, limit: int, marked_first: bool = False
) -> tuple[NoteRow, ...]:
    """The newest notes of a client that may be spoken of, those marked to be said first before."""
    return _rows(session, client_id, sensitive=False, limit=limit, marked_first=marked_first)


def sensitive_notes(session: Session, client_id: int, *, limit: int = 50) -> tuple[NoteRow, ...]:
    """What an associate must know of a client and never say, the newest first."""
    return _rows(session, client_id, sensitive=True, limit=limit)


def _rows(
    session: Session,
    client_id: int,
    *,
    sensitive: bool,
    limit: int,
    marked_first: bool = False,
) -> tuple[NoteRow, ...]:
    asked = _MARKED_FIRST if marked_first else _NEWEST
    if not may_have(session, client_id, Note):
        return ()
    rows = asked.rows(session, client_id=client_id, sensitive=sensitive, limit=limit)
    return tuple(NoteRow(row[0], *row[1:]) for row in rows)


def _asked(*before: ColumnElement[Any]) -> Prepared:
    return Prepared(
        select(
            ident(Note.id),
            col(Note.body),
            col(Note.written_at),
            col(Note.associate_id),
            func.coalesce(col(Associate.name), ""),
            col(Note.department_id),
            func.coalesce(col(Department.name), ""),
            col(Note.say_first),
        )
        .outerjoin(Associate, ident(Associate.id) == col(Note.associate_id))
        .outerjoin(Department, ident(Department.id) == col(Note.department_id))
        .where(col(Note.client_id) == given("client_id"), col(Note.sensitive) == given("sensitive"))
        .order_by(*before, col(Note.written_at).desc(), ident(Note.id).desc())
        .limit(given("limit"))
    )


_NEWEST = _asked()
_MARKED_FIRST = _asked(col(Note.say_first).desc())
