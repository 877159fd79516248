"""The doctor sees each fault by itself, and calls a sound book sound."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection

from clientele.store import doctor_content, keys, slots
from clientele.store.doctor import Finding, examine, is_sound
from clientele.store.session import Store, open_store
from clientele.system.secrets import Vault
from tests.conftest import DATA_KEY
from tests.store.rows import fill
from tests.store.test_keys import Shelf

CONTENT = (
    "pages",
    "structure",
    "references",
    "search",
    "totals",
    "shares",
    "currencies",
    "returns",
    "paid ahead",
    "form",
    "instants",
    "settings",
    "kinds",
    "owners",
    "visits",
)


def by_name(store: Store, **options: object) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(store, **options)}  # type: ignore[arg-type]


def faults(store: Store) -> list[str]:
    return [finding.name for finding in examine(store) if finding.content and not finding.ok]


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as session:
        connection = session.connection()
        fill(connection)
        for table, column, _ in doctor_content._KINDS:
            connection.exec_driver_sql(f"UPDATE {table} SET {column} = ''")
        for table, column in doctor_content._BODIES:
            connection.exec_driver_sql(f"UPDATE {table} SET {column} = '[]'")
    return store


def test_a_sound_book(filled: Store) -> None:
    findings = examine(filled)
    assert is_sound(findings)
    assert [finding.name for finding in findings if finding.content] == list(CONTENT)
    assert all(finding.sentence for finding in findings)
    assert by_name(filled)["totals"].values == {"count": 1, "bad": 0}


def test_a_quick_look_reads_no_page_twice(filled: Store) -> None:
    assert {"structure", "references", "totals", "form"} <= set(by_name(filled, quick=True))
    assert "pages" not in by_name(filled, quick=True)


def test_looking_changes_nothing(filled: Store) -> None:
    examine(filled)
    before = filled.path.read_bytes()
    examine(filled)
    assert filled.path.read_bytes() == before


@pytest.mark.parametrize(
    ("fault", "harm"),
    [
        ("references", "DELETE FROM department"),
        ("totals", "UPDATE purchase SET total = total + 1"),
        ("totals", "DELETE FROM purchase_line"),
        ("shares", "UPDATE credit_share SET amount = amount + 1"),
        ("returns", "UPDATE purchase_line SET quantity = -quantity"),
        ("paid ahead", "UPDATE part_payment SET amount = 0"),
        ("paid ahead", "UPDATE part_payment SET currency = 'USD'"),
        ("form", "DELETE FROM store_profile"),
        ("form", "PRAGMA user_version = 77"),
        ("search", "INSERT INTO client_words (client_words) VALUES ('delete-all')"),
        ("search", "INSERT INTO client_reach (rowid, numbers) VALUES (999, '5550118')"),
        ("search", "DELETE FROM client_reach WHERE rowid = 1"),
        ("search", "DROP TRIGGER note_known_au"),
        ("search", "INSERT INTO client_stale VALUES (1)"),
        ("search", "INSERT INTO client_known (client_known) VALUES ('delete-all')"),
        ("search", "DELETE FROM client_known"),
        ("search", "INSERT INTO client_known (rowid, said) VALUES (999, 'nobody')"),
        ("search", "INSERT OR REPLACE INTO client_known (rowid, said) VALUES (1, 'something')"),
        ("search", "DELETE FROM client_sum"),
        ("search", "UPDATE client_sum SET spent = spent + 1"),
    ],
)
def test_one_fault_is_seen_as_what_it_is(filled: Store, fault: str, harm: str) -> None:
    with filled.writer.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute(harm)
        raw.execute("PRAGMA foreign_keys = ON")
    found = faults(filled)
    assert fault in found
    assert set(found) <= {fault, "shares", "references", "search"}


def test_an_altered_page_is_seen(filled: Store) -> None:
    def pages_of(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())

    with filled.write() as session:
        for number in range(500):
            session.connection().exec_driver_sql(
                "INSERT INTO tag (name) VALUES (?)", (f"{number}" + "x" * 100,)
            )
        count = pages_of(session.connection())
    filled.close()
    content = bytearray(filled.path.read_bytes())
    content[(count - 5) * 4096 + 7] ^= 1
    filled.path.write_bytes(content)
    damaged = open_store(filled.path, DATA_KEY)
    found = by_name(damaged)
    damaged.close()
    assert found["pages"].values["bad"] == 1
    assert not is_sound(tuple(found.values()))


def test_who_else_may_read_the_file(filled: Store) -> None:
    filled.path.chmod(0o644)
    assert not by_name(filled)["permissions"].ok
    for path in filled.path.parent.glob("book.clientele*"):
        path.chmod(0o600)  # the log takes the permissions of the book
    assert by_name(filled)["permissions"].ok
    assert is_sound(examine(filled))


def test_where_the_key_is(filled: Store) -> None:
    salt, vault = filled.path.read_bytes()[:16], Vault(Shelf())
    assert not by_name(filled)["key"].ok
    assert not by_name(filled, vault=vault)["key"].ok
    keys.remember(salt, DATA_KEY, vault)
    assert by_name(filled, vault=vault)["key"].ok
    slots.set_passphrase(filled.path, salt, DATA_KEY, "a passphrase")
    assert by_name(filled)["key"].ok


def test_too_little_room_is_told(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(Path("/"))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=5_000_000))
    found = by_name(filled)["room"]
    assert not found.ok
    assert found.values["free"] == 5
