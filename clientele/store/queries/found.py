"""The clients that a typed text means, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from clientele.store.queries.clients import ClientRow, rows_of
from clientele.store.search import search


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a text: the first rows, and whether there are more."""

    typed: str
    rows: tuple[ClientRow, ...]
    more: bool


def answer(session: Session, typed: str, *, associate_id: int, limit: int) -> Answer:
    """The first clients that ``typed`` means, those of the associate first."""
    found = search(session, typed, associate_id=associate_id, limit=limit)
    rows = rows_of(session, found.ids)
    return Answer(typed, tuple(rows[key] for key in found.ids if key in rows), found.more)


def found_rows(
    session: Session, typed: str, *, associate_id: int | None = None, limit: int = 20
) -> tuple[ClientRow, ...]:
    """The likeliest clients first, those of ``associate_id`` before others."""
    found = search(session, typed, associate_id=associate_id, limit=limit)
    rows = rows_of(session, found.ids)
    return tuple(rows[key] for key in found.ids if key in rows)
