"""A row as it stands in the book, to look at after the session is closed."""

from __future__ import annotations

from typing import TypeVar

from clientele.domain.base import Table
from clientele.services.rows import the
from clientele.store.session import Store

Row = TypeVar("Row", bound=Table)


def as_kept(store: Store, table: type[Row], key: int) -> Row:
    """The row of ``table`` with this id, which must be there."""
    with store.read() as session:
        row = the(session, table, key)
        session.expunge(row)
        return row
