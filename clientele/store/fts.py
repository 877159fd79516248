"""Full-text tables and their triggers: the only place with their SQL."""

from __future__ import annotations

from sqlalchemy import Connection


def install(connection: Connection) -> None:
    """Make the index and fill it from the rows."""


def remove(connection: Connection) -> None:
    """Take the index away."""
