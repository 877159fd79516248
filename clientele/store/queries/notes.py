"""How is a note marked: to be said first, or never?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Note
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class NoteMarks:
    """The marks of a note; at most one of them holds."""

    say_first: bool
    sensitive: bool


def note_marks(session: Session, note_id: int) -> NoteMarks | None:
    """The marks of a note, or None if it is not there."""
    row = session.execute(
        select(col(Note.say_first), col(Note.sensitive)).where(ident(Note.id) == note_id)
    ).first()
    return None if row is None else NoteMarks(row[0], row[1])
