"""Which books are measured? Generated ones of any number of clients, kept between runs.

The definitions of the indexes, or a table, may change while a book is kept: ``book_of`` brings it
to what the program makes today without generating it anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from filelock import FileLock
from sqlalchemy import Connection

from clientele.store import slots
from clientele.store.engine import make_engine
from clientele.store.migrate import NEWEST, OURS
from clientele.store.session import Profile, Store, create_store, open_store
from scripts.measuring.filling import BUSY, BUSY_TICKETS, NOW, PIN, Filling

__all__ = ["BUSY", "BUSY_TICKETS", "DATA_KEY", "ME", "NOW", "PIN", "book_of", "open_book"]

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = ROOT / "build" / "bench-books"
DATA_KEY: Final = hashlib.sha256(b"a book that is only measured").digest()
PASSPHRASE: Final = "measured only"

ME: Final = 1
"""The associate at whose desk everything is measured."""

_FORM: Final = f"{NEWEST}b"
"""Changed when these books change, so that older ones are built anew."""

_PROFILE: Final = Profile("EUR", "NL", "Europe/Amsterdam", "Herengracht")


def book_of(clients: int) -> Path:
    """The book with so many clients; built (a million takes some minutes) unless it is there."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"book-{clients}-{_FORM}.clientele"
    with FileLock(path.with_suffix(".lock")):
        if path.exists():
            return reindexed(path)
        unfinished = path.with_suffix(".unfinished")
        for leftover in KEPT.glob(f"{unfinished.name}*"):
            leftover.unlink()
        begun = time.perf_counter()
        _build(unfinished, clients)
        unfinished.rename(path)
        _beside(path).write_text(_today().signature, "ascii")
        print(f"  made a book of {clients:,} clients in {time.perf_counter() - begun:.0f} s")
    return path


def reindexed(path: Path) -> Path:
    """Bring a kept book to the tables and indexes that the program makes today, if it is not."""
    today = _today()
    kept = _beside(path)
    if kept.exists() and kept.read_text("ascii") == today.signature:
        return path
    begun = time.perf_counter()
    engine = make_engine(path, DATA_KEY, writer=True)  # a store could not read it before
    with engine.connect() as connection, _roomy(connection):
        with connection.begin():
            _take_away(connection, today)
            _bring_tables(connection, today)
            OURS.arrive(connection)
            connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
            connection.exec_driver_sql("ANALYZE")
        _raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    engine.dispose()
    kept.write_text(today.signature, "ascii")
    print(f"  indexed {path.name} anew in {time.perf_counter() - begun:.0f} s")
    return path


def open_book(path: Path) -> Store:
    """Open one of these books."""
    return open_store(path, DATA_KEY)


def give_passphrase(path: Path) -> None:
    """Let ``PASSPHRASE`` open the book, as for the program where there is no keyring."""
    slots.set_passphrase(path, path.read_bytes()[:16], DATA_KEY, PASSPHRASE)


@dataclass(frozen=True, slots=True)
class _Today:
    """What a new book looks like: SQL by name, without and with what keeps the search."""

    tables: dict[str, str]
    indexes: dict[str, str]
    columns: dict[str, list[str]]
    search: dict[str, str]
    constants: str

    @property
    def signature(self) -> str:
        # The parts of a table that a migration made anew stand in another order each time.
        parts = {name: sorted(sql.strip("\n)").split(",")) for name, sql in self.tables.items()}
        told = {**asdict(self), "tables": parts}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _today() -> _Today:
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "book", DATA_KEY, _PROFILE, now=NOW)
        try:
            with store.writer.begin() as connection:
                whole = _master(connection)
                OURS.leave(connection)
                bare = _master(connection)
                columns = {
                    name: [str(row[1]) for row in _all(connection, f"PRAGMA table_info({name})")]
                    for name, (kind, _) in bare.items()
                    if kind == "table"
                }
        finally:
            store.close()
    return _Today(
        tables={name: sql for name, (kind, sql) in bare.items() if kind == "table"},
        indexes={name: sql for name, (kind, sql) in bare.items() if kind == "index"},
        columns=columns,
        search={name: sql for name, (_, sql) in whole.items() if name not in bare},
        constants=_constants(),
    )


def _constants() -> str:
    """The SQL that stands in the modules of the indexes and not in the book."""
    from clientele.store import fts

    modules: list[Any] = [fts]
    try:
        from clientele.store import known  # type: ignore[attr-defined,unused-ignore]

        modules.append(known)
    except ImportError:
        pass
    return "\n".join(
        f"{module.__name__}.{name} = {value!r}"
        for module in modules
        for name, value in sorted(vars(module).items())
        if name.isupper() and isinstance(value, str | tuple | dict | int)
    )


def _build(path: Path, clients: int) -> None:
    """Fill tables without indexes, then sort each index once: ten times as quick as in turns."""
    store = create_store(path, DATA_KEY, _PROFILE, now=NOW)
    try:
        with store.writer.connect() as connection, _roomy(connection):
            _raw(connection).execute("PRAGMA synchronous = OFF")
            with connection.begin():
                OURS.leave(connection)
                indexes = [
                    (name, sql)
                    for name, (kind, sql) in _master(connection).items()
                    if kind == "index"
                ]
                for name, _ in indexes:
                    connection.exec_driver_sql(f"DROP INDEX {name}")
                Filling(_raw(connection), clients).all()
                for _, sql in indexes:
                    connection.exec_driver_sql(sql)
            with connection.begin():
                OURS.arrive(connection)
            _raw(connection).execute("PRAGMA journal_mode = WAL")
        store.settle()
    finally:
        store.close()


def _take_away(connection: Connection, today: _Today) -> None:
    """Whatever keeps the search, also by a name that the program no longer knows."""
    there = _master(connection)
    for kind in ("trigger", "vocab", "virtual", "table", "view"):
        for name, (its, sql) in there.items():
            stays = name in today.tables or name in today.indexes or its == "index"
            if not stays and _kind(its, sql) == kind and not _is_shadow(name, there):
                made = "table" if kind in ("vocab", "virtual") else its
                connection.exec_driver_sql(f"DROP {made} IF EXISTS {name}")


def _kind(kind: str, sql: str) -> str:
    if sql.startswith("CREATE VIRTUAL"):
        return "vocab" if "fts5vocab" in sql else "virtual"
    return kind


def _is_shadow(name: str, there: dict[str, tuple[str, str]]) -> bool:
    return there[name][0] == "table" and any(
        name.startswith(f"{other}_") and sql.startswith("CREATE VIRTUAL")
        for other, (_, sql) in there.items()
    )


def _bring_tables(connection: Connection, today: _Today) -> None:
    """Tables, columns and indexes as they are today."""
    there = _master(connection)
    for name, sql in today.tables.items():
        if name not in there:
            connection.exec_driver_sql(sql)
            continue
        had = {str(row[1]) for row in _all(connection, f"PRAGMA table_info({name})")}
        for column in today.columns[name]:
            if column not in had:
                found = re.search(rf'[(,]\s*("?{column}"? [^,\n]*?)\s*(?:,|\n|\)?$)', sql)
                assert found is not None, (name, column)
                line = found[1]
                needs = "NOT NULL" in line and "DEFAULT" not in line
                default = " DEFAULT ''" if "VARCHAR" in line else " DEFAULT 0"
                connection.exec_driver_sql(
                    f"ALTER TABLE {name} ADD COLUMN {line}{default if needs else ''}"
                )
    for name, (kind, _) in there.items():
        if kind == "index" and name not in today.indexes:
            connection.exec_driver_sql(f"DROP INDEX {name}")
    for name, sql in today.indexes.items():
        if name not in there:
            connection.exec_driver_sql(sql)


def _master(connection: Connection) -> dict[str, tuple[str, str]]:
    rows = _all(
        connection,
        "SELECT name, type, sql FROM sqlite_master "
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'alembic%'",
    )
    return {name: (kind, sql) for name, kind, sql in rows}


def _all(connection: Connection, sql: str) -> list[Any]:
    return list(connection.exec_driver_sql(sql))


@contextmanager
def _roomy(connection: Connection) -> Iterator[None]:
    """A large page cache, and no looking after references, which hold by construction."""
    _raw(connection).execute("PRAGMA foreign_keys = OFF")
    _raw(connection).execute("PRAGMA cache_size = -1000000")
    yield
    _raw(connection).execute("PRAGMA cache_size = -65536")
    _raw(connection).execute("PRAGMA foreign_keys = ON")


def _raw(connection: Connection) -> Any:
    """Beside any transaction, which SQLAlchemy would begin."""
    return connection.connection.driver_connection


def _beside(path: Path) -> Path:
    return path.with_suffix(".indexes")
