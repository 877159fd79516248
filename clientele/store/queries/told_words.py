"""What was written down, and what was said by telephone or message?"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, ContactMade, Department, Message, Note
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
    """Calls and messages that took place; ``state`` is “incoming” where the client began it.

    Else it says what spoke against it (``ContactMade.against``), empty where it was allowed.

    ``about`` is the subject of an e-mail, ``purpose`` what it was about.
    """
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
            state="incoming" if incoming else against,
            about=(subject,) if subject else (),
            purpose=purpose,
        )
        for key, at, by, name, summary, channel, incoming, purpose, against, subject in rows
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
        col(ContactMade.incoming),
        col(ContactMade.purpose),
        col(ContactMade.against),
        select(func.max(col(Message.subject)))
        .where(col(Message.contact_id) == ident(ContactMade.id))
        .scalar_subquery(),
    )
    .outerjoin(Associate, ident(Associate.id) == col(ContactMade.associate_id))
    .where(ident(ContactMade.id).in_(among("keys")))
)
