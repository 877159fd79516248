"""How are clients found by the first letters of their names?

``client_words`` is a full-text index over a view of the rows, kept by triggers, so that whatever
writes a row also writes the index: one row per client (rowid = client.id), column ``words`` =
given, family and preferred name, folded (``store.folding``). ``client_terms`` lists its words with
how many clients have each, for misspellings (``store.terms``).

What else is known of a client is indexed by ``store.known``, which is put in and taken away here
with the rest; questions on all of it are in ``store.search``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from clientele.store import known
from clientele.store.folding import with_umlauts


def _words(row: str) -> str:
    names = f"{row}given_name || ' ' || {row}family_name || ' ' || {row}preferred_name"
    return with_umlauts(names)


@dataclass(frozen=True, slots=True)
class Index:
    """One full-text table, the table it follows and what it takes from a row."""

    name: str
    table: str
    column: str
    watched: str
    options: str

    def value(self, row: str = "") -> str:
        """The SQL of the indexed text of ``row`` (``new.``, ``old.`` or none)."""
        return _words(row)

    @property
    def view(self) -> str:
        """The view that holds the indexed text of every row."""
        return f"{self.name}_source"

    @property
    def triggers(self) -> dict[str, str]:
        """The triggers that keep it, by name."""
        into = (
            f"INSERT INTO {self.name} (rowid, {self.column}) VALUES (new.id, {self.value('new.')});"
        )
        out = (
            f"INSERT INTO {self.name} ({self.name}, rowid, {self.column}) "
            f"VALUES ('delete', old.id, {self.value('old.')});"
        )
        return {
            f"{self.name}_ai": f"AFTER INSERT ON {self.table} BEGIN {into} END",
            f"{self.name}_ad": f"AFTER DELETE ON {self.table} BEGIN {out} END",
            f"{self.name}_au": f"AFTER UPDATE OF {self.watched} ON {self.table} "
            f"BEGIN {out} {into} END",
        }


INDEXES = (
    Index(
        "client_words", "client", "words",
        "given_name, family_name, preferred_name",
        "detail=none, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'",
    ),
)  # fmt: skip
TERMS = "client_terms"

_FORMER = "contact_trigrams"
"""An index of contact points that books before form 3 have."""


def install(connection: Connection) -> None:
    """Make all indexes, their views and triggers, and fill them from the rows."""
    for index in INDEXES:
        _run(
            connection,
            f"CREATE VIEW {index.view} (id, {index.column}) AS "
            f"SELECT id, {index.value()} FROM {index.table}",
            f"CREATE VIRTUAL TABLE {index.name} USING fts5({index.column}, "
            f"content='{index.view}', content_rowid='id', {index.options})",
        )
        _add_triggers(connection, index)
    _run(connection, f"CREATE VIRTUAL TABLE {TERMS} USING fts5vocab(client_words, row)")
    for index in INDEXES:
        _fill(connection, index)
    known.install(connection)


def remove(connection: Connection) -> None:
    """Take away whatever of them is there; the rows stay."""
    known.remove(connection)
    _run(connection, f"DROP TABLE IF EXISTS {TERMS}")
    for index in INDEXES:
        _drop_triggers(connection, index)
        _run(
            connection,
            f"DROP TABLE IF EXISTS {index.name}",
            f"DROP VIEW IF EXISTS {index.view}",
        )
    _run(
        connection,
        *(f"DROP TRIGGER IF EXISTS {_FORMER}_{end}" for end in ("ai", "ad", "au")),
        f"DROP TABLE IF EXISTS {_FORMER}",
        f"DROP VIEW IF EXISTS {_FORMER}_source",
    )


def rebuild(connection: Connection) -> None:
    """Fill all indexes anew from the rows."""
    for index in INDEXES:
        _fill(connection, index)
    known.rebuild(connection)


@contextmanager
def suspended(connection: Connection) -> Iterator[None]:
    """Bring in many new rows quickly: they enter the indexes together at the end of the block.

    The whole block must stand inside one transaction, so that a crash undoes the suspension too.
    Rows that are added in the block may be changed and deleted in it; touching names that were
    there before raises an ``IntegrityError``, since the index would miss it. In a book without
    clients what is known of them is gathered at the end too.
    """
    is_new = _highest(connection, INDEXES[0]) == 0
    if is_new:
        known.drop_triggers(connection)
    highest = {index: _highest(connection, index) for index in INDEXES}
    for index, last in highest.items():
        _drop_triggers(connection, index)
        _run(
            connection,
            f"CREATE TRIGGER {index.name}_gu BEFORE UPDATE OF {index.watched} ON {index.table} "
            f"WHEN old.id <= {last:d} BEGIN SELECT RAISE(ABORT, 'the index is suspended'); END",
            f"CREATE TRIGGER {index.name}_gd BEFORE DELETE ON {index.table} "
            f"WHEN old.id <= {last:d} BEGIN SELECT RAISE(ABORT, 'the index is suspended'); END",
        )
    yield
    for index, last in highest.items():
        _run(
            connection,
            f"DROP TRIGGER {index.name}_gu",
            f"DROP TRIGGER {index.name}_gd",
            f"INSERT INTO {index.name} (rowid, {index.column}) "
            f"SELECT id, {index.column} FROM {index.view} WHERE id > {last:d} ORDER BY id",
        )
        _add_triggers(connection, index)
    if is_new:
        known.rebuild(connection)
        known.add_triggers(connection)


def _fill(connection: Connection, index: Index) -> None:
    _run(connection, f"INSERT INTO {index.name} ({index.name}) VALUES ('rebuild')")


def stale(connection: Connection) -> tuple[str, ...]:
    """The names of the indexes that do not say exactly what the rows say. Needs a writer."""
    return tuple(index.name for index in INDEXES if not _agrees(connection, index))


def _agrees(connection: Connection, index: Index) -> bool:
    try:
        _run(
            connection,
            f"INSERT INTO {index.name} ({index.name}, rank) VALUES ('integrity-check', 1)",
        )
    except DatabaseError:
        return False
    there = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master "
        "WHERE type = 'trigger' AND tbl_name = ? AND name IN (?, ?, ?)",
        (index.table, *index.triggers),
    ).scalar_one()
    return int(there) == len(index.triggers)


def _highest(connection: Connection, index: Index) -> int:
    return int(
        connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {index.table}").scalar_one()
    )


def _add_triggers(connection: Connection, index: Index) -> None:
    _run(connection, *(f"CREATE TRIGGER {name} {sql}" for name, sql in index.triggers.items()))


def _drop_triggers(connection: Connection, index: Index) -> None:
    guards = (f"{index.name}_gu", f"{index.name}_gd")
    _run(connection, *(f"DROP TRIGGER IF EXISTS {name}" for name in (*index.triggers, *guards)))


def _run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
