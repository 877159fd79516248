"""How do rows that were read out of a damaged book become a whole new one?

Into a new file with the same key and head, made by the migrations like any other. What refers to
nothing is made right: a client, associate or department that is gone gets an empty row, so that
what hangs on it stays together; another reference that may be empty is emptied; a row that cannot
be without it is moved aside, into a file encrypted like the book. Nothing is thrown away unsaid.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store import fts
from clientele.store.backup import Key
from clientele.store.beside import clear_away
from clientele.store.engine import connect, make_engine
from clientele.store.migrate import NEWEST, OURS, Course, migrate
from clientele.store.salvage_cells import Value
from clientele.store.salvage_trees import Schema
from clientele.system.paths import private, sync_folder

FOLLOWING = frozenset({"client_sum", "client_card", "alembic_version"})
"""Tables that follow from others, or that making the book fills."""

_AT_ONCE = 20_000
_STAND_INS = ("client", "associate", "department")


class NewBook:
    """A book that is being made out of rows; has its name only after ``finish``.

    Until then it is thrown away by ``give_up``, and whatever a killed program left of one too.
    """

    def __init__(self, target: Path, data_key: Key, salt: bytes, form: int = NEWEST) -> None:
        self.form = form
        self._target, self._key, self._salt = target, data_key, salt
        self._path = target.with_name(target.name + ".new")
        self._aside_path = aside_file(target)
        self._aside: sqlcipher.Connection | None = None
        self.aside: Counter[str] = Counter()
        """How many rows were moved aside, by table."""
        self.emptied: Counter[str] = Counter()
        """References that led nowhere and were emptied, by table."""
        self.stand_ins: Counter[str] = Counter()
        """Rows that were made in place of lost ones, by table."""
        self.give_up()
        open(self._path, "xb", opener=private).close()
        nothing = _Nothing()
        engine = make_engine(self._path, data_key, writer=True, salt=salt)
        try:
            migrate(
                engine,
                self._path,
                backup=lambda _: self._path,
                course=Course(OURS.folder, form, nothing, nothing, head=f"{form:04d}"),
            )
        finally:
            engine.dispose()
        self._raw = connect(self._path, data_key)
        # Nobody else sees this file, and one that is not finished is thrown away.
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF"):
            self._raw.execute(f"PRAGMA {pragma}")
        self._raw.execute("PRAGMA cache_size = -65536")

    @property
    def schema(self) -> Schema:
        """What a book of this form has."""
        asked = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"
        return [tuple(row) for row in self._raw.execute(asked)]

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of the columns of a table."""
        return tuple(row[1] for row in self._raw.execute(f"PRAGMA table_info({table})"))

    def write(
        self, table: str, names: Sequence[str], rows: Iterable[tuple[int, Sequence[Value]]]
    ) -> int:
        """Write rows with their ids; what another row keeps out is moved aside. Answers how many.

        ``names`` are the columns that the values are of, in their order; values may be fewer.
        """
        known = set(self.columns(table))
        written = 0
        self._raw.execute("BEGIN")
        for count, (row, values) in enumerate(rows, 1):
            pairs = [
                (name, value) for name, value in zip(names, values, strict=False) if name in known
            ]
            if self._insert(self._raw, table, row, pairs):
                written += 1
            else:
                self.put_aside(table, row, pairs)
            if count % _AT_ONCE == 0:
                self._raw.execute("COMMIT")
                self._raw.execute("BEGIN")
        self._raw.execute("COMMIT")
        return written

    def put_aside(self, table: str, row: int, pairs: Sequence[tuple[str, Value]]) -> None:
        """Keep a row that has no place in the book, in the file beside it."""
        if self._aside is None:
            self._aside = self._new_aside()
        columns = ", ".join(f'"{name}"' for name in self.columns(table))
        self._aside.execute(f"CREATE TABLE IF NOT EXISTS {table} (row_id INTEGER, {columns})")
        names = ", ".join(["row_id", *(f'"{name}"' for name, _ in pairs)])
        marks = ", ".join("?" * (len(pairs) + 1))
        self._aside.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", (row, *(value for _, value in pairs))
        )
        self.aside[table] += 1

    def ids(self, table: str, among: Iterable[int]) -> set[int]:
        """Those of these row ids that the table has."""
        there = set()
        for row in among:
            if self._raw.execute(f"SELECT 1 FROM {table} WHERE rowid = ?", (row,)).fetchone():
                there.add(row)
        return there

    def ask(self, sql: str) -> list[Any]:
        """The answer to a question about what was written so far."""
        return list(self._raw.execute(sql).fetchall())

    def make_right(self, now: datetime) -> None:
        """Let every reference find something, or be empty, or its row be aside."""
        self._raw.execute("BEGIN")
        while wrong := self._raw.execute("PRAGMA foreign_key_check").fetchall():
            for table, row, parent, key in wrong:
                column = self._raw.execute(
                    'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, key)
                ).fetchone()[0]
                self._mend(table, row, parent, column, now)
        self._raw.execute("COMMIT")

    def _mend(self, table: str, row: int, parent: str, column: str, now: datetime) -> None:
        found = self._raw.execute(f"SELECT * FROM {table} WHERE rowid = ?", (row,)).fetchone()
        if found is None:
            return
        names = self.columns(table)
        target = found[names.index(column)]
        if self.ids(parent, [target]):
            return
        required = {one[1] for one in self._raw.execute(f"PRAGMA table_info({table})") if one[3]}
        if parent in _STAND_INS and column in required and isinstance(target, int):
            self._stand_in(parent, target, now)
        elif column in required:
            self.put_aside(table, row, list(zip(names, found, strict=True)))
            self._raw.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
        else:
            self._raw.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (row,))
            self.emptied[table] += 1

    def _stand_in(self, table: str, row: int, now: datetime) -> None:
        """An empty row in place of a lost one: a client without a name, an associate who left."""
        at = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        values: dict[str, Value] = {}
        for _, name, kind, required, default, _ in self._raw.execute(f"PRAGMA table_info({table})"):
            if not required or default is not None or name == "id":
                continue
            values[name] = at if kind == "DATETIME" else 0 if kind != "VARCHAR" else ""
        if table != "client":
            values["name"] = f"{table.capitalize()} {row}"
        if table == "associate":
            values |= {"role": "associate", "active": 0, "left_at": at}
        known = set(self.columns(table))
        pairs = [(name, value) for name, value in values.items() if name in known]
        if self._insert(self._raw, table, row, pairs):
            self.stand_ins[table] += 1

    def finish(self) -> None:
        """Fill what follows from the rows, and give the file its name."""
        self._raw.close()
        if self._aside is not None:
            self._aside.execute("COMMIT")
            self._aside.close()
            self._aside = None
        engine = make_engine(self._path, self._key, writer=True)
        try:
            with engine.connect() as connection, connection.begin():
                if self.form == NEWEST:
                    fts.install(connection)
                connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
                connection.exec_driver_sql("ANALYZE")
            with engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.execute("PRAGMA journal_mode = DELETE")
        finally:
            engine.dispose()
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())
        self._path.rename(self._target)
        sync_folder(self._target.parent)

    def give_up(self) -> None:
        """Leave nothing half-made."""
        for connection in (getattr(self, "_raw", None), self._aside):
            if connection is not None:
                connection.close()
        self._aside = None
        for path in (self._path, self._aside_path):
            clear_away(path)

    def _new_aside(self) -> sqlcipher.Connection:
        open(self._aside_path, "xb", opener=private).close()
        aside = connect(self._aside_path, self._key, salt=self._salt)
        aside.execute("BEGIN")
        return aside

    @staticmethod
    def _insert(
        raw: sqlcipher.Connection, table: str, row: int, pairs: Sequence[tuple[str, Value]]
    ) -> bool:
        some = [(name, value) for name, value in pairs if name != "id"]
        names = ", ".join(["rowid", *(f'"{name}"' for name, _ in some)])
        marks = ", ".join("?" * (len(some) + 1))
        done = raw.execute(
            f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})",
            (row, *(value for _, value in some)),
        )
        return bool(done.rowcount == 1)


class _Nothing:
    """Neither takes anything away nor puts it back: the search comes when all rows are there."""

    def __call__(self, _connection: Connection) -> None:
        return None


def aside_file(target: Path) -> Path:
    """The file, encrypted like the book, of rows that have no place in it."""
    return target.with_name(target.name + ".aside")
