"""What can be put right is put right, after a copy, and nothing that a person wrote is changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from clientele.domain.rules.rights import SET_UP, associate
from clientele.services.acting import NotAllowed
from clientele.services.repairing import mend
from clientele.store import copies
from clientele.store.doctor import Finding, examine
from clientele.store.errors import DiskFull
from clientele.store.finding import Repair
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.services.floor import Floor
from tests.store.rows import contents


def found(store: Store, name: str) -> Finding:
    return next(finding for finding in examine(store) if finding.name == name)


def harm(store: Store, *statements: str) -> None:
    with store.writer.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        for statement in statements:
            raw.execute(statement)


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM client_sum", "DELETE FROM client_card"),
        ("INSERT INTO client_words (client_words) VALUES ('delete-all')",),
        ("DROP TRIGGER note_known_au", "INSERT INTO client_stale VALUES (1)"),
        ("DROP TABLE client_known", "DROP VIEW client_known_source"),
    ],
)
def test_the_search_is_made_anew(floor: Floor, statements: tuple[str, ...]) -> None:
    harm(floor.store, *statements)
    assert found(floor.store, "search").repair is Repair.SEARCH
    with floor.store.read() as session:
        before = contents(session.connection())
    done = mend(floor.store, Repair.SEARCH, now=floor.clock.now(), acting=SET_UP)
    assert found(floor.store, "search").ok
    with floor.store.read() as session:
        after = contents(session.connection())
    for table in ("audit_entry", "audit_seal", "backup_made"):
        assert after.pop(table) != before.pop(table), "neither the copy nor the repair is told"
    assert after == before
    (copy,) = copies.listed(copies.folder_of(floor.store.path), DATA_KEY)
    assert copy.path.name == done.copy


def test_indexes_are_made_anew(floor: Floor) -> None:
    """An index of which the file says nothing for a while misses what was written meanwhile."""
    path = floor.store.path
    with floor.store.read() as session:
        kept = session.execute(
            text("SELECT * FROM sqlite_master WHERE name = 'ix_tag_name' OR name = :name"),
            {"name": "ix_associate_name"},
        ).one()
    harm(
        floor.store,
        "PRAGMA writable_schema = ON",
        "DELETE FROM sqlite_master WHERE name = 'ix_associate_name'",
    )
    floor.store.close()
    store = open_store(path, DATA_KEY)
    harm(store, "UPDATE associate SET name = name || ' II'")
    values = ", ".join("NULL" if one is None else f"'{one}'" for one in kept)
    harm(store, "PRAGMA writable_schema = ON", f"INSERT INTO sqlite_master VALUES ({values})")
    store.close()
    store = open_store(path, DATA_KEY)
    try:
        finding = found(store, "structure")
        assert finding.repair is Repair.INDEXES
        assert not finding.ok
        mend(store, Repair.INDEXES, now=floor.clock.now(), acting=SET_UP)
        assert found(store, "structure").ok
    finally:
        store.close()


@pytest.mark.skipif(os.name == "nt", reason="permissions are other there")
def test_permissions_are_taken_away(floor: Floor) -> None:
    mend(floor.store, Repair.PERMISSIONS, now=floor.clock.now(), acting=SET_UP)
    floor.store.path.chmod(0o644)
    assert found(floor.store, "permissions").repair is Repair.PERMISSIONS
    mend(floor.store, Repair.PERMISSIONS, now=floor.clock.now(), acting=SET_UP)
    assert found(floor.store, "permissions").ok
    assert floor.store.path.stat().st_mode & 0o777 == 0o600


def test_leftovers_go_and_nothing_else(floor: Floor) -> None:
    book = floor.store.path
    old = [book.with_name(book.name + ".rescued.new"), book.with_name(book.name + ".new")]
    fresh, others = book.with_name(book.name + ".key.new"), book.with_name("holiday.new")
    for path in (*old, fresh, others):
        path.write_bytes(b"half")
    for path in (*old, others):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert found(floor.store, "leftovers").values == {"count": 2}
    mend(floor.store, Repair.LEFTOVERS, now=floor.clock.now(), acting=SET_UP)
    assert found(floor.store, "leftovers").ok
    assert fresh.exists()
    assert others.exists()
    assert not any(path.exists() for path in old)


def test_who_may_and_without_a_copy_nothing(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    harm(floor.store, "DELETE FROM client_sum", "DELETE FROM client_card")
    with pytest.raises(NotAllowed):
        mend(floor.store, Repair.SEARCH, now=floor.clock.now(), acting=associate(floor.okafor))

    class Usage:
        free = 0

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage)
    with pytest.raises(DiskFull):
        mend(floor.store, Repair.SEARCH, now=floor.clock.now(), acting=SET_UP)
    monkeypatch.undo()
    assert not found(floor.store, "search").ok
