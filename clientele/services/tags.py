"""The tags of the store: called otherwise for every client, put together, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.rights import Right
from clientele.domain.tables import ClientTag, Tag
from clientele.services.acting import needs
from clientele.services.rows import the
from clientele.services.verb import verb
from clientele.store.queries.called import called


class TagWithoutName(Refusal):
    """Nothing to call it by."""

    template = "A tag needs a word. Nothing was changed; write one, or remove the tag."


class TagThere(Refusal):
    """Another tag has this name: they would have to be put together."""

    template = (
        "There is a tag “{name}” already. Nothing was changed; "
        "put both together, or choose another word."
    )


@dataclass(frozen=True, slots=True)
class RenameTag:
    """Another word for a tag, for every client who has it."""

    tag_id: int
    name: str


@dataclass(frozen=True, slots=True)
class MergeTags:
    """All clients of one tag get the other in its place, and the one goes."""

    tag_id: int
    into_id: int


@dataclass(frozen=True, slots=True)
class RemoveTag:
    """Take a tag off everybody."""

    tag_id: int


@verb
@needs(Right.WORDING)
def rename_tag(session: Session, what: RenameTag, /, *, now: datetime) -> int | None:
    """Call a tag otherwise.

    Raises:
        TagWithoutName, TagThere: it cannot be called so.
    """
    row = the(session, Tag, what.tag_id)
    name = " ".join(what.name.split())
    if not name:
        raise TagWithoutName
    other = called(session, Tag, name, col(Tag.id) != row.id)
    if other is not None:
        raise TagThere(name=the(session, Tag, other).name)
    row.name = name
    return row.id


@verb
@needs(Right.WORDING)
def merge_tags(session: Session, what: MergeTags, /, *, now: datetime) -> int | None:
    """Put two tags together and answer the id of the one that stays."""
    gone, kept = the(session, Tag, what.tag_id), the(session, Tag, what.into_id)
    if gone.id == kept.id:
        return kept.id
    have = set(
        session.scalars(select(col(ClientTag.client_id)).where(col(ClientTag.tag_id) == kept.id))
    )
    for row in session.scalars(select(ClientTag).where(col(ClientTag.tag_id) == gone.id)).all():
        if row.client_id in have:
            session.delete(row)
        else:
            row.tag_id = what.into_id
    session.flush()
    session.delete(gone)
    return kept.id


@verb
@needs(Right.WORDING)
def remove_tag(session: Session, what: RemoveTag, /, *, now: datetime) -> int | None:
    """Take a tag away, from every client who has it."""
    row = the(session, Tag, what.tag_id)
    for on in session.scalars(select(ClientTag).where(col(ClientTag.tag_id) == row.id)).all():
        session.delete(on)
    session.flush()
    session.delete(row)
    return None
