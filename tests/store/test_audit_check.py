"""Is every way of tampering with the audit trail found? The file is edited by a bare connection."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clientele.domain.rules.sealing import Entry, seal
from clientele.services.audit import record
from clientele.store.audit_check import Chain, Continues, check_chain, continues, last_seal
from clientele.store.doctor import examine, is_sound
from clientele.store.engine import connect
from clientele.store.session import Store
from tests.conftest import DATA_KEY

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
COUNT = 12

Tamper = Callable[[Any], object]


def written(store: Store, count: int = COUNT) -> None:
    for number in range(count):
        with store.write() as session:
            record(
                session,
                "edit_client",
                subject="client",
                subject_id=number + 1,
                clients=(number + 1,),
                detail={"tables": {"client": [0, 1, 0, "given_name"]}},
                now=NOW + timedelta(minutes=number),
            )


@contextmanager
def bare(store: Store) -> Iterator[Any]:
    """The real file, opened with its key by the driver alone."""
    connection = connect(store.path, DATA_KEY)
    connection.execute("PRAGMA foreign_keys = OFF")
    yield connection
    connection.commit()
    connection.close()


def chain(store: Store) -> Chain:
    with store.read() as session:
        return check_chain(session.connection())


def reseal(connection: Any, first: int) -> None:
    """What somebody with the key and this program's source could do."""
    rows = connection.execute(
        "SELECT id, at, who, associate_id, act, subject, subject_id, client_id, clients, detail "
        "FROM audit_entry WHERE id >= ? ORDER BY id",
        (first,),
    ).fetchall()
    found = connection.execute("SELECT seal FROM audit_entry WHERE id = ?", (first - 1,)).fetchone()
    previous = found[0] if found else ""
    for row in rows:
        at = datetime.fromisoformat(row[1]).replace(tzinfo=UTC)
        previous = seal(previous, Entry(row[0], at, *row[2:]))
        connection.execute("UPDATE audit_entry SET seal = ? WHERE id = ?", (previous, row[0]))
    last = connection.execute("SELECT id, seal FROM audit_entry ORDER BY id DESC").fetchone()
    connection.execute("UPDATE audit_seal SET last_id = ?, last_seal = ?", last)


def sql(*statements: str) -> Tamper:
    def run(connection: Any) -> None:
        for statement in statements:
            connection.execute(statement)

    return run


def test_a_trail_that_nobody_touched_is_whole(store: Store) -> None:
    assert chain(store) == Chain(True, chain(store).template, {"count": 0})
    written(store)
    assert chain(store).whole
    assert chain(store).values == {"count": COUNT}


SWAP = (
    "UPDATE audit_entry SET id = 99 WHERE id = 4",
    "UPDATE audit_entry SET id = 4 WHERE id = 5",
    "UPDATE audit_entry SET id = 5 WHERE id = 99",
)
COPY = (
    "INSERT INTO audit_entry SELECT {id}, at, who, associate_id, act, subject, subject_id, "
    "client_id, clients, detail, seal FROM audit_entry WHERE id = 6"
)


@pytest.mark.parametrize(
    ("tamper", "entry"),
    [
        pytest.param(sql("UPDATE audit_entry SET act = 'undo' WHERE id = 6"), 6, id="act"),
        pytest.param(sql("UPDATE audit_entry SET client_id = 7 WHERE id = 6"), 6, id="client"),
        pytest.param(sql("UPDATE audit_entry SET who = 'program' WHERE id = 6"), 6, id="who"),
        pytest.param(sql("UPDATE audit_entry SET detail = '' WHERE id = 6"), 6, id="detail"),
        pytest.param(sql("UPDATE audit_entry SET clients = 'x' WHERE id = 6"), 6, id="number"),
        pytest.param(
            sql("UPDATE audit_entry SET at = '2026-11-21 09:00:00.000001' WHERE id = 1"), 1, id="at"
        ),
        pytest.param(sql("UPDATE audit_entry SET at = 'then' WHERE id = 3"), 3, id="no instant"),
        pytest.param(sql("UPDATE audit_entry SET seal = hex(zeroblob(32)) WHERE id = 6"), 6,
                     id="seal"),
        pytest.param(sql("DELETE FROM audit_entry WHERE id = 6"), 7, id="one removed"),
        pytest.param(sql("DELETE FROM audit_entry WHERE id BETWEEN 3 AND 8"), 9, id="gap"),
        pytest.param(sql("DELETE FROM audit_entry WHERE id = 1"), 2, id="first removed"),
        pytest.param(sql("DELETE FROM audit_entry WHERE id > 9"), 10, id="end removed"),
        pytest.param(sql("DELETE FROM audit_entry"), 1, id="all removed"),
        pytest.param(sql(*SWAP), 4, id="reordered"),
        pytest.param(sql(COPY.format(id=13)), 13, id="added at the end"),
        pytest.param(sql(COPY.format(id=0)), 0, id="added before"),
        pytest.param(
            sql("UPDATE audit_entry SET id = -id WHERE id > 6",
                "UPDATE audit_entry SET id = 1 - id WHERE id < 0", COPY.format(id=7),
                "UPDATE audit_seal SET last_id = 13"), 7, id="slipped in",
        ),
        pytest.param(
            sql("DELETE FROM audit_entry WHERE id = 6",
                "UPDATE audit_entry SET id = id - 1 WHERE id > 6",
                "UPDATE audit_seal SET last_id = 11"), 6, id="closed up",
        ),
        pytest.param(sql("UPDATE audit_seal SET last_seal = ''"), 12, id="last seal"),
        pytest.param(sql("UPDATE audit_seal SET last_id = 11"), 12, id="last id"),
        pytest.param(sql("UPDATE audit_seal SET first_id = 2"), 1, id="first id"),
        pytest.param(sql("UPDATE audit_seal SET before = 'ab'"), 1, id="before"),
        pytest.param(sql("DELETE FROM audit_seal"), 1, id="no seal"),
        pytest.param(
            sql("INSERT INTO audit_seal (first_id, before, last_id, last_seal) "
                "SELECT first_id, before, last_id, last_seal FROM audit_seal"), 1, id="two seals",
        ),
    ],
)  # fmt: skip
def test_tampering_is_found_where_it_was_done(
    store: Store, request: pytest.FixtureRequest, tamper: Tamper, entry: int
) -> None:
    lowered = request.node.callspec.id == "last id"
    written(store)
    with bare(store) as connection:
        tamper(connection)
    found = chain(store)
    assert not found.whole
    assert found.broken_at == entry
    assert "{" not in found.sentence
    # It goes on being found, however much is written after it, and nothing is held up by it.
    # Where only the last number was lowered, the next entry puts that right.
    written(store, 3)
    assert chain(store).whole == lowered


def test_one_entry_is_not_counted_as_many(store: Store) -> None:
    written(store, 1)
    assert chain(store).sentence == "The audit trail is whole: its one entry is as it was written."


def test_it_is_said_since_when(store: Store) -> None:
    written(store)
    with bare(store) as connection:
        connection.execute("UPDATE audit_entry SET act = 'undo' WHERE id = 6")
    assert chain(store).since == NOW + timedelta(minutes=5)
    assert "entry 6, of 2026-11-21 09:05 UTC" in chain(store).sentence
    with bare(store) as connection:
        connection.execute("DELETE FROM audit_entry WHERE id > 4")
    found = chain(store)
    assert "last 8 entries" in found.sentence
    assert "from entry 5 on, after 2026-11-21 09:03 UTC" in found.sentence


def test_the_doctor_says_it(store: Store) -> None:
    written(store)
    (good,) = [one for one in examine(store) if one.name == "audit trail"]
    assert good.ok
    assert good.sentence.startswith(f"The audit trail is whole: {COUNT} entries")
    with bare(store) as connection:
        connection.execute("UPDATE audit_entry SET act = 'undo' WHERE id = 6")
    findings = examine(store)
    (bad,) = [one for one in findings if one.name == "audit trail"]
    assert not bad.ok
    assert "entry 6, of 2026-11-21" in bad.sentence
    assert is_sound(findings)  # no reason not to go on and copy the book


def test_a_chain_written_anew_is_whole_and_no_longer_goes_on_from_the_backup(store: Store) -> None:
    written(store)
    with store.read() as session:
        anchor = last_seal(session.connection())
    written(store, 3)
    assert continues(store, *anchor) is Continues.YES
    with bare(store) as connection:
        connection.execute("DELETE FROM audit_entry WHERE id = 6")
        connection.execute("UPDATE audit_entry SET id = id - 1 WHERE id > 6")
        reseal(connection, 6)
    assert chain(store).whole
    assert continues(store, *anchor) is Continues.NO
    assert continues(store, 99, anchor[1]) is Continues.NO
    assert continues(store, 0, "") is Continues.YES


def test_detail_is_json_of_numbers_and_names(store: Store) -> None:
    written(store, 1)
    with bare(store) as connection:
        (detail,) = connection.execute("SELECT detail FROM audit_entry").fetchone()
    assert json.loads(detail) == {"tables": {"client": [0, 1, 0, "given_name"]}}
