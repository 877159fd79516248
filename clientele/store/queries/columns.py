"""Columns as the queries select them."""

from __future__ import annotations

from typing import cast

from sqlalchemy.orm import Mapped


def ident(column: int | None) -> Mapped[int]:
    """The id column of a table, which a row that was read always has."""
    return cast("Mapped[int]", column)
