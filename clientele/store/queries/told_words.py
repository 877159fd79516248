"""What was written down, and what was said by telephone or message?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, ContactMade, Department, Note
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.story_entry import StoryEntry, Told


def notes(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Notes; ``state`` is “say first” or “sensitive” where they are."""
    rows = _NOTES.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.NOTE,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            words=body,
            departments=(place,) if place else (),
            state="sensitive" if never else "say first" if first else "",
        )
        for key, at, by, name, body, place, first, never in rows
    ]


def contacts(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Calls and messages that took place."""
    rows = _CONTACTS.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.CONTACT,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            words=summary,
            channel=channel,
        )
        for key, at, by, name, summary, channel in rows
    ]


_NOTES = Prepared(
    select(
        ident(Note.id),
        col(Note.written_at),
        col(Note.associate_id),
        col(Associate.name),
        col(Note.body),
        col(Department.name),
        col(Note.say_first),
        col(Note.sensitive),
    )
    .outerjoin(Associate, ident(Associate.id) == col(Note.associate_id))
    .outerjoin(Department, ident(Department.id) == col(Note.department_id))
    .where(ident(Note.id).in_(among("keys")))
)
_CONTACTS = Prepared(
    select(
        ident(ContactMade.id),
        col(ContactMade.took_place_at),
        col(ContactMade.associate_id),
        col(Associate.name),
        col(ContactMade.summary),
        col(ContactMade.channel),
    )
    .outerjoin(Associate, ident(Associate.id) == col(ContactMade.associate_id))
    .where(ident(ContactMade.id).in_(among("keys")))
)
