"""Which tags there are, on how many clients, and which one begins like what is typed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.names import folded
from clientele.domain.tables import ClientTag, Tag
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag and how many clients have it."""

    id: int
    name: str
    clients: int


def tags(session: Session) -> tuple[TagRow, ...]:
    """All tags by name."""
    on = (
        select(func.count())
        .select_from(ClientTag)
        .where(col(ClientTag.tag_id) == ident(Tag.id))
        .scalar_subquery()
    )
    rows = session.execute(select(ident(Tag.id), col(Tag.name), on))
    return tuple(sorted((TagRow(*row) for row in rows), key=lambda row: folded(row.name)))


def tags_like(
    session: Session, typed: str, *, but: tuple[str, ...] = (), limit: int = 6
) -> tuple[str, ...]:
    """Tags with a word that begins as typed, those that begin so themselves first; all if empty.

    A store has some dozens of tags, so they are all read.
    """
    wanted, taken = folded(typed), {folded(name) for name in but}
    names = [name for name in session.scalars(select(col(Tag.name))) if folded(name) not in taken]
    found = [
        (not folded(name).startswith(wanted), folded(name), name)
        for name in names
        if any(part.startswith(wanted) for part in (folded(name), *folded(name).split()))
    ]
    return tuple(name for _, _, name in sorted(found)[:limit])
