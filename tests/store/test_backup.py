"""A copy is whole, proven, private, and opened by whatever opens the book."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from clientele.store import backup, copies, proof
from clientele.store.engine import connect, make_engine
from clientele.store.errors import DamagedBook, DiskFull, MigrationFailed
from clientele.store.migrate import migrate
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.migrations.test_recipe import dump, to
from tests.store.rows import contents, fill


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as session:
        fill(session.connection())
    return store


def test_a_copy_of_an_open_book_is_whole(filled: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with filled.write() as session:
        session.connection().exec_driver_sql("UPDATE client SET given_name = 'half done'")
        backup.copy(filled.path, DATA_KEY, copy)
    with filled.read() as session:
        # The transaction that was open during the copy is not in it.
        now = contents(session.connection())
        assert now["client"][0]["given_name"] == "half done"
    opened = open_store(copy, DATA_KEY)
    with opened.read() as session:
        then = contents(session.connection())
    opened.close()
    assert then.pop("client")[0]["given_name"] == "client given_name · Zoë"
    now.pop("client")
    assert then == now


def test_a_copy_is_private_and_stands_alone(filled: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "copy"
    copy.parent.mkdir()
    backup.copy(filled.path, DATA_KEY, copy)
    assert [file.name for file in copy.parent.iterdir()] == ["copy"]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.read_bytes()[:16] == filled.path.read_bytes()[:16]
    assert proof.fits(copy, DATA_KEY)
    assert b"given_name" not in copy.read_bytes()
    bare = connect(copy, DATA_KEY)
    assert bare.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    bare.close()


def test_a_damaged_book_does_not_replace_a_good_copy(filled: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with filled.write() as session:
        for number in range(200):
            session.connection().exec_driver_sql(
                "INSERT INTO tag (name) VALUES (?)", (f"{number}" + "x" * 100,)
            )
    filled.close()
    backup.copy(filled.path, DATA_KEY, copy)
    good = copy.read_bytes()
    content = bytearray(filled.path.read_bytes())
    content[-4096 + 50] ^= 1
    filled.path.write_bytes(content)
    with pytest.raises(DamagedBook):
        backup.copy(filled.path, DATA_KEY, copy)
    assert copy.read_bytes() == good
    assert not copy.with_name("copy.new").exists()


def test_without_room_nothing_is_begun(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.close()
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(DiskFull):
        backup.before_migration(filled.path, DATA_KEY, 1)
    assert not list(tmp_path.glob("*.backup*"))


def test_the_newest_three_are_kept(filled: Store) -> None:
    for form in range(1, 6):
        made = backup.before_migration(filled.path, DATA_KEY, form)
        os.utime(made, (form, form))
    names = sorted(file.name for file in filled.path.parent.glob("*.backup"))
    assert names == [f"{filled.path.name}.before-{form}.backup" for form in (4, 5, 6)]


def test_a_name_with_brackets_is_no_pattern(filled: Store, tmp_path: Path) -> None:
    """Else its copies were never let go, and none of them found."""
    book = tmp_path / "book [2].clientele"
    backup.copy(filled.path, DATA_KEY, book)
    for form in range(1, 6):
        os.utime(backup.before_migration(book, DATA_KEY, form), (form, form))
    assert len(list(tmp_path.glob("*before*"))) == backup.KEPT
    assert len(copies.of_migrations(book, DATA_KEY)) == backup.KEPT


@pytest.fixture
def family(tmp_path: Path) -> Path:
    """An encrypted file of the first of the tests' own forms."""
    path = tmp_path / "family"
    engine = make_engine(path, DATA_KEY, writer=True)
    migrate(engine, path, backup=lambda _: path, course=to(1))
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO parent VALUES (1, 'Ada Kaiser')")
        connection.exec_driver_sql("INSERT INTO child VALUES (1, 1, 'Cleo')")
    engine.dispose()
    return path


def logical(path: Path) -> list[tuple[object, ...]]:
    engine = make_engine(path, DATA_KEY, writer=False)
    found = dump(engine)
    engine.dispose()
    return found


def test_opening_an_older_book_copies_it_first(family: Path) -> None:
    before = logical(family)
    open_store(family, DATA_KEY, course=to(2)).close()
    assert logical(family) != before
    assert logical(family.with_name("family.before-2.backup")) == before


def test_a_failed_migration_leaves_book_and_copy(family: Path) -> None:
    before = logical(family)
    with pytest.raises(MigrationFailed):
        open_store(family, DATA_KEY, course=to(3))
    copy = family.with_name("family.before-2.backup")
    assert logical(family) == before == logical(copy)
    open_store(family, DATA_KEY, course=to(2)).close()
