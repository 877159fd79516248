"""Plain words about a client, kept as they were typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.tables import Client, Note
from clientele.services.drafts import forget_draft, sensitive_mark
from clientele.services.note_offers import forget_offers, write_offers
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class KeepNote:
    """A note as it stands in the box, written in a visit and department or outside of any."""

    client_id: int
    body: str
    by: int
    visit_id: int | None = None
    department_id: int | None = None
    say_first: bool = False
    sensitive: bool = False
    draft: str = ""
    """The place of the draft that it was typed in; it is cleared."""


@dataclass(frozen=True, slots=True)
class EditNote:
    """The words of a note as they stand now; empty removes it."""

    note_id: int
    body: str


@dataclass(frozen=True, slots=True)
class SayFirst:
    """Whether a note is to be said first when the client returns."""

    note_id: int
    say_first: bool


@dataclass(frozen=True, slots=True)
class MarkSensitive:
    """Whether a note is of what must never be said to the client."""

    note_id: int
    sensitive: bool


@verb
def keep_note(session: Session, what: KeepNote, /, *, now: datetime) -> int | None:
    """Keep a note with what its words offer, and answer its id; empty words are nothing."""
    if not what.body.strip():
        return None
    the(session, Client, what.client_id)
    if what.draft:
        forget_draft(session, what.by, what.draft)
        forget_draft(session, what.by, sensitive_mark(what.draft))
    note = Note(
        client_id=what.client_id,
        visit_id=what.visit_id,
        department_id=what.department_id,
        associate_id=what.by,
        body=what.body.strip(),
        say_first=what.say_first and not what.sensitive,
        sensitive=what.sensitive,
        written_at=now,
    )
    key = new_id(session, note)
    write_offers(session, note, now=now)
    return key


@verb
def edit_note(session: Session, what: EditNote, /, *, now: datetime) -> int | None:
    """Keep other words for a note with what they offer now, or take it away."""
    row = the(session, Note, what.note_id)
    if not what.body.strip():
        forget_offers(session, what.note_id)
        session.delete(row)
        return None
    row.body = what.body
    write_offers(session, row, now=now)
    return row.id


@verb
def say_first(session: Session, what: SayFirst, /, *, now: datetime) -> int | None:
    """Mark a note to be said first, or no longer; what is said first is not sensitive."""
    row = the(session, Note, what.note_id)
    row.say_first = what.say_first
    if row.sensitive and what.say_first:
        row.sensitive = False
        write_offers(session, row, now=now)
    return row.id


@verb
def mark_sensitive(session: Session, what: MarkSensitive, /, *, now: datetime) -> int | None:
    """Mark a note as one never to be said, or no longer; such a note is not said first either."""
    row = the(session, Note, what.note_id)
    row.say_first = row.say_first and not what.sensitive
    if row.sensitive != what.sensitive:
        row.sensitive = what.sensitive
        write_offers(session, row, now=now)
    return row.id
