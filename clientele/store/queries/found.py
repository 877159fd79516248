"""The clients that a typed text means, ready to be shown."""

from __future__ import annotations

from sqlalchemy.orm import Session

from clientele.store.queries.clients import ClientRow, rows_of
from clientele.store.search import search


def found_rows(
    session: Session, typed: str, *, associate_id: int | None = None, limit: int = 20
) -> tuple[ClientRow, ...]:
    """The likeliest clients first, those of ``associate_id`` before others."""
    ids = search(session, typed, associate_id=associate_id, limit=limit).ids
    rows = rows_of(session, ids)
    return tuple(rows[key] for key in ids if key in rows)
