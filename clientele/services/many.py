"""Several clients at once: a tag put on or taken off, a follow-up for each, each in one step.

A window hands over some hundred at a time, so that it can say how far it is and stop; the steps
are folded into one Undo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.follow_up_purpose import usual_purpose
from clientele.domain.tables import Client, ClientTag, FollowUp, Tag
from clientele.services.book_refusals import NobodyChosen, TooMany
from clientele.services.books import MOST
from clientele.services.follow_ups import FollowUpWithoutReason
from clientele.services.new_tags import new_tag
from clientele.services.passing_on import AT_ONCE, owners_of
from clientele.services.verb import verb
from clientele.store.queries.called import called
from clientele.store.queries.many import asked_already


class TagWithoutName(Refusal):
    """No word to group clients by."""

    template = "A tag needs a word. Nobody was changed; type one."


@dataclass(frozen=True, slots=True)
class TagMany:
    """Put a tag on these clients, or take it off."""

    clients: tuple[int, ...]
    tag: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class FollowUpMany:
    """One follow-up for each of these clients, on a day of the store.

    ``owners``: each by the client's owner, and by ``by`` where nobody owns them; else all by
    ``by``. Who has an open follow-up with the same reason is not asked twice.
    """

    clients: tuple[int, ...]
    by: int
    channel: str
    reason: str
    due_on: date
    owners: bool = False


@verb
def tag_many(session: Session, what: TagMany, /, *, now: datetime) -> int | None:
    """Put the tag on, or take it off; answers its id. Whoever has it already keeps it once.

    Raises:
        TagWithoutName, NobodyChosen, TooMany: see there.
    """
    name = " ".join(what.tag.split())
    if not name:
        raise TagWithoutName
    _refuse_too_many(what.clients)
    tag_id = called(session, Tag, name)
    if tag_id is None:
        if not what.on:
            return None
        tag_id = new_tag(session, name)
    for some in _pieces(what.clients):
        theirs = select(ClientTag).where(
            col(ClientTag.client_id).in_(some), col(ClientTag.tag_id) == tag_id
        )
        there = {row.client_id: row for row in session.scalars(theirs)}
        if what.on:
            known = _known(session, some)
            session.add_all(
                ClientTag(client_id=key, tag_id=tag_id) for key in known if key not in there
            )
        else:
            for row in there.values():
                session.delete(row)
        session.flush()
    return tag_id


@verb
def follow_up_many(session: Session, what: FollowUpMany, /, *, now: datetime) -> int | None:
    """Add a follow-up for each client who has none with this reason.

    Raises:
        FollowUpWithoutReason, NobodyChosen, TooMany: see there.
    """
    reason = what.reason.strip()
    if not reason:
        raise FollowUpWithoutReason
    _refuse_too_many(what.clients)
    for some in _pieces(what.clients):
        asked = asked_already(session, some, reason)
        owners: dict[int, int] = {}
        if what.owners:
            owned = session.scalars(owners_of(some))
            owners = {row.client_id: row.associate_id for row in owned}
        session.add_all(
            FollowUp(
                client_id=key,
                associate_id=owners.get(key, what.by),
                channel=what.channel,
                reason=reason,
                due_on=what.due_on,
                created_at=now,
                purpose=usual_purpose(),
                given_by_id=what.by if owners.get(key, what.by) != what.by else None,
            )
            for key in _known(session, some)
            if key not in asked
        )
        session.flush()
    return None


def _refuse_too_many(clients: Sequence[int]) -> None:
    if not clients:
        raise NobodyChosen
    if len(clients) > MOST:
        raise TooMany(most=MOST, count=len(clients))


def _pieces(clients: Sequence[int]) -> Iterator[list[int]]:
    wanted = list(dict.fromkeys(clients))
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]


def _known(session: Session, clients: Sequence[int]) -> list[int]:
    """Those who are in the book still, in their order."""
    asked: Select[Any] = select(col(Client.id)).where(col(Client.id).in_(clients))
    there = set(session.scalars(asked))
    return [key for key in clients if key in there]
