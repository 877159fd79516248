"""A migration keeps every row, the children and the search; one that fails changes nothing."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from clientele.store.engine import make_engine
from clientele.store.errors import MigrationFailed, NewerVersion
from clientele.store.migrate import Course, migrate, version

STEPS = Path(__file__).parent / "steps"
KEY = bytes(range(32))
COLUMN = {1: "name", 2: "full_name"}


def remove_search(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TRIGGER IF EXISTS parent_ai")
    connection.exec_driver_sql("DROP TABLE IF EXISTS words")


def search_over(column: str) -> Callable[[Connection], None]:
    def install(connection: Connection) -> None:
        for sql in (
            f"CREATE VIRTUAL TABLE words "
            f"USING fts5({column}, content='parent', content_rowid='id')",
            f"CREATE TRIGGER parent_ai AFTER INSERT ON parent BEGIN "
            f"INSERT INTO words (rowid, {column}) VALUES (new.id, new.{column}); END",
            "INSERT INTO words (words) VALUES ('rebuild')",
        ):
            connection.exec_driver_sql(sql)

    return install


def to(newest: int) -> Course:
    return Course(
        folder=STEPS,
        newest=newest,
        leave=remove_search,
        arrive=search_over(COLUMN[min(newest, 2)]),
        head=f"{newest:04d}",
    )


def plain_engine(path: Path) -> Engine:
    """As the encrypted one, on Python's own SQLite."""
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "family"


@pytest.fixture(params=["plain", "encrypted"])
def engine(request: pytest.FixtureRequest, path: Path) -> Iterator[Engine]:
    """A file of the first form, with two parents, three children and a search."""
    plain = request.param == "plain"
    engine = plain_engine(path) if plain else make_engine(path, KEY, writer=True)
    migrate(engine, path, backup=lambda _: path, course=to(1))
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO parent VALUES (1, 'Ada Kaiser'), (2, 'Bea Lund')")
        connection.exec_driver_sql(
            "INSERT INTO child VALUES (1, 1, 'Cleo'), (2, 1, 'Dov'), (3, 2, 'Eli')"
        )
    yield engine
    engine.dispose()


def dump(engine: Engine) -> list[tuple[object, ...]]:
    """The whole logical content: every object with its SQL, every row."""
    with engine.connect() as connection:
        objects = connection.exec_driver_sql(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        ).all()
        rows = [
            (table, *row)
            for kind, table, _, _ in objects
            if kind == "table" and not table.startswith("words")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1")
        ]
        return [tuple(one) for one in (*objects, *rows)] + [("version", version(connection))]


def found(engine: Engine, word: str) -> list[int]:
    with engine.connect() as connection:
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid"
        return list(connection.exec_driver_sql(sql, (word,)).scalars())


def test_a_batch_migration_loses_neither_child_nor_word(engine: Engine, path: Path) -> None:
    copied: list[int] = []

    def backup(form: int) -> Path:
        copied.append(form)
        return path

    assert migrate(engine, path, backup=backup, course=to(2))
    assert copied == [1]
    with engine.begin() as connection:
        children = connection.exec_driver_sql("SELECT id, parent_id, name FROM child").all()
        assert [tuple(row) for row in children] == [(1, 1, "Cleo"), (2, 1, "Dov"), (3, 2, "Eli")]
        parents = connection.exec_driver_sql("SELECT id, full_name, say_it FROM parent").all()
        assert [tuple(row) for row in parents] == [(1, "Ada Kaiser", ""), (2, "Bea Lund", "")]
        assert version(connection) == 2
        connection.exec_driver_sql("INSERT INTO parent VALUES (3, 'Ada Moor', '')")
    assert found(engine, "ada") == [1, 3]


def test_afterwards_foreign_keys_hold_again(engine: Engine, path: Path) -> None:
    migrate(engine, path, backup=lambda _: path, course=to(2))
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM parent WHERE id = 1")
        assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 1


def test_a_file_of_the_newest_form_is_left_alone(engine: Engine, path: Path) -> None:
    def backup(_: int) -> Path:
        pytest.fail("nothing is to be done")

    before = dump(engine)
    assert not migrate(engine, path, backup=backup, course=to(1))
    assert dump(engine) == before


@pytest.mark.parametrize("newest", [3, 4])
def test_a_migration_that_fails_changes_nothing(engine: Engine, path: Path, newest: int) -> None:
    before = dump(engine)
    copy = path.with_name("copy")
    with pytest.raises(MigrationFailed) as caught:
        migrate(engine, path, backup=lambda _: copy, course=to(newest))
    assert str(copy) in caught.value.sentence
    assert dump(engine) == before
    assert found(engine, "ada") == [1]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert migrate(engine, path, backup=lambda _: copy, course=to(2))


def test_a_search_that_cannot_be_made_again_changes_nothing(engine: Engine, path: Path) -> None:
    before = dump(engine)
    broken = dataclasses.replace(to(2), arrive=search_over("no_such_column"))
    with pytest.raises(MigrationFailed):
        migrate(engine, path, backup=lambda _: path, course=broken)
    assert dump(engine) == before


def test_without_a_backup_nothing_begins(engine: Engine, path: Path) -> None:
    def no_room(_: int) -> Path:
        raise OSError("no room")

    before = dump(engine)
    with pytest.raises(OSError, match="no room"):
        migrate(engine, path, backup=no_room, course=to(2))
    assert dump(engine) == before


def test_a_newer_file_is_refused(engine: Engine, path: Path) -> None:
    migrate(engine, path, backup=lambda _: path, course=to(2))
    before = dump(engine)
    with pytest.raises(NewerVersion):
        migrate(engine, path, backup=lambda _: path, course=to(1))
    assert dump(engine) == before


def test_alembic_is_not_loaded_for_a_book_that_is_up_to_date() -> None:
    from tests.store.processes import say

    code = "import sys, clientele.store.session; print([m for m in sys.modules if 'alembic' in m])"
    assert say(code) == "[]"
