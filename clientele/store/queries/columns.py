"""Columns as the queries select them."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Mapped


def ident(column: int | None) -> Mapped[int]:
    """The id column of a table, which a row that was read always has."""
    return cast("Mapped[int]", column)


def looked_at(column: Any) -> ColumnElement[int]:
    """A reference to a row, or 0 where there is none: looked at in each row that others find.

    SQLite knows no counts here. It takes an index of a reference for the shortest way even where
    most rows refer to nothing, or to the same one, and would go through all of those.
    """
    return func.coalesce(column, 0)
