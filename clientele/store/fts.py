"""The search indexes of a book, as they are put in, taken away, filled and looked at.

Three full-text indexes with one row for each client and the sums of their purchases
(``store.known``), and ``client_terms``, which lists the words of all names for misspellings
(``store.terms``). Questions on them are in ``store.search``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from clientele.store import known
from clientele.store.known_words import NAMES

TERMS = "client_terms"


def install(connection: Connection) -> None:
    """Make all indexes, their views and triggers, and fill them from the rows."""
    known.install(connection)
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {TERMS} USING fts5vocab({NAMES.name}, row)")


def remove(connection: Connection) -> None:
    """Take away whatever of them is there; the rows stay."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TERMS}")
    known.remove(connection)


def rebuild(connection: Connection) -> None:
    """Fill all indexes anew from the rows: minutes for a million clients and their tickets."""
    known.rebuild(connection)


@contextmanager
def suspended(connection: Connection) -> Iterator[None]:
    """Fill an empty book quickly: all clients enter the indexes at the end of the block.

    The whole block must stand inside one transaction, so that a crash undoes the suspension too.
    In a book that has clients nothing is suspended: they are brought up to date as ever.
    """
    is_empty = connection.exec_driver_sql("SELECT 1 FROM client LIMIT 1").first() is None
    if is_empty:
        known.drop_triggers(connection)
    yield
    if is_empty:
        known.rebuild(connection)
        known.add_triggers(connection)


def stale(connection: Connection) -> tuple[str, ...]:
    """What of the indexes is not as the rows say, by name. Needs a writer; changes nothing."""
    if not known.is_installed(connection):
        return ("kept up",)
    return ("known",) if known.disagreeing(connection) else ()
