"""Whose book a client is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.errors import Refusal
from clientele.domain.tables import Associate, BookMembership, Client
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


class OwnedByAnother(Refusal):
    """The client has an owner."""

    template = "{owner} owns this client. Nothing was changed; ask {owner} to hand them over."


@dataclass(frozen=True, slots=True)
class TakeIntoBook:
    """Become the owner of a client whom nobody owns."""

    client_id: int
    by: int
    why: str = ""


@verb
def take_into_book(session: Session, what: TakeIntoBook, /, *, now: datetime) -> int | None:
    """Take a client that nobody owns into one's book; one that is there already stays.

    Raises:
        OwnedByAnother: another associate owns the client.
    """
    the(session, Client, what.client_id)
    owner = session.scalars(
        select(BookMembership).where(
            col(BookMembership.client_id) == what.client_id,
            col(BookMembership.role) == BookRole.OWNER,
            col(BookMembership.until).is_(None),
        )
    ).first()
    if owner is not None:
        if owner.associate_id != what.by:
            raise OwnedByAnother(owner=the(session, Associate, owner.associate_id).name)
        return owner.id
    return new_id(
        session,
        BookMembership(
            client_id=what.client_id,
            associate_id=what.by,
            role=BookRole.OWNER,
            since=now,
            why=what.why,
        ),
    )
