"""Fetching the row that a verb is about, or saying that it is gone."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm import Session

from clientele.domain.base import Table
from clientele.domain.errors import NotThere, Refusal
from clientele.domain.tables import Associate, StoreProfile

Row = TypeVar("Row", bound=Table)


class ColleagueGone(Refusal):
    """Whoever was to help no longer works here."""

    template = "{name} no longer works here. Nothing was changed; choose another colleague."


def the(session: Session, table: type[Row], key: int) -> Row:
    """The row of ``table`` with this id.

    Raises:
        NotThere: it was removed, perhaps at another terminal.
    """
    row = session.get(table, key)
    if row is None:
        raise NotThere
    return row


def colleague(session: Session, key: int) -> Associate:
    """An associate who is to do something, and so has to work here.

    Raises:
        NotThere: there is no such associate.
        ColleagueGone: they no longer work here.
    """
    row = the(session, Associate, key)
    if not row.active:
        raise ColleagueGone(name=row.name)
    return row


def new_id(session: Session, row: Row) -> int:
    """Write ``row`` now and answer the id it was given."""
    session.add(row)
    session.flush()
    key: int | None = getattr(row, "id", None)
    assert key is not None, "a written row has an id"
    return key


def profile(session: Session) -> StoreProfile:
    """The store that this book belongs to.

    Raises:
        NotThere: the book was never set up.
    """
    row = session.query(StoreProfile).first()
    if row is None:
        raise NotThere
    return row
