"""How a client looks: a photo, kept in the book and so as encrypted as all else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.tables import Client, ClientPhoto
from clientele.services.rows import new_id, the
from clientele.services.verb import verb

MOST_BYTES = 1_000_000
"""More than any JPEG of 640 pixels a side takes: what comes larger was not scaled."""

JPEG = b"\xff\xd8\xff"


class NotAScaledPhoto(Refusal):
    """What is to be kept is no JPEG, or larger than a scaled one can be."""

    template = "This photo could not be made small enough. Nothing was changed; choose another one."


@dataclass(frozen=True, slots=True)
class SetPhoto:
    """A photo as ``ClientPhoto`` keeps it: two JPEGs, of at most 640 and 96 pixels a side."""

    client_id: int
    picture: bytes
    small: bytes
    by: int


@dataclass(frozen=True, slots=True)
class RemovePhoto:
    """No photo any more."""

    client_id: int


@verb
def set_photo(session: Session, what: SetPhoto, /, *, now: datetime) -> int | None:
    """Keep a photo of a client in place of the one before.

    Raises:
        NotAScaledPhoto: it was not scaled before.
    """
    the(session, Client, what.client_id)
    for jpeg in (what.picture, what.small):
        if not jpeg.startswith(JPEG) or len(jpeg) > MOST_BYTES:
            raise NotAScaledPhoto
    row = _photo(session, what.client_id)
    if row is None:
        return new_id(
            session,
            ClientPhoto(
                client_id=what.client_id,
                picture=what.picture,
                small=what.small,
                taken_at=now,
                associate_id=what.by,
            ),
        )
    row.picture, row.small, row.taken_at, row.associate_id = what.picture, what.small, now, what.by
    return row.id


@verb
def remove_photo(session: Session, what: RemovePhoto, /, *, now: datetime) -> int | None:
    """Keep no photo of a client."""
    row = _photo(session, what.client_id)
    if row is not None:
        session.delete(row)
    return None


def _photo(session: Session, client_id: int) -> ClientPhoto | None:
    return session.scalars(
        select(ClientPhoto).where(col(ClientPhoto.client_id) == client_id)
    ).first()
