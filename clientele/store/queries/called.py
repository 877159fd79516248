"""Which row has this name, in capitals or not?

For tables that one can read through, such as tags and departments. The database knows the capitals
of the letters a to z alone: asked by ``lower()`` it does not find “Übergrößen” in itself.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

__all__ = ["alike", "called"]


def alike(one: str, other: str) -> bool:
    """Whether two names are one, whatever their capitals."""
    return one.lower() == other.lower()


def called(
    session: Session, table: type[SQLModel], name: str, *where: ColumnElement[bool]
) -> int | None:
    """The id of the row of that name, the one that is spelt so itself first; None if none is."""
    columns: Any = table.__table__.c  # type: ignore[attr-defined]
    asked = select(columns.id, columns.name).where(*where).order_by(columns.id)
    found = [(said != name, key) for key, said in session.execute(asked) if alike(said, name)]
    return min(found)[1] if found else None
