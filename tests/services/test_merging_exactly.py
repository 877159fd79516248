"""Is a book byte for byte as it was after two clients became one and two again?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.tables import metadata
from clientele.services.changes import Undo
from clientele.services.merge_rows import CLIENT, columns_to
from clientele.services.merging import FIELDS, Merge, merge_clients
from clientele.services.undo import KEPT_UP, undo
from clientele.services.unmerging import Unmerge, undo_merge
from clientele.store import fts, known
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.examples import examples
from tests.services.full_book import NOW, TRAIL, fill, filled

PAIRS = 40 if examples(1) == 1 else 1_000
"""So many in `make test`; a thousand in `make soak`."""


@pytest.fixture(scope="module")
def book(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("full") / "book.clientele"
    path.write_bytes(empty_book.read_bytes())
    opened = open_store(path, DATA_KEY)
    fill(opened, seed=4)
    yield opened
    opened.close()


def dump(store: Store) -> dict[str, Any]:
    """Every row of every table but the trail, and what the search knows, as it is in the file."""
    with store.read() as session:
        raw: Any = session.connection().connection.driver_connection
        names = [
            *(table.name for table in metadata.sorted_tables if table.name not in TRAIL),
            *(name for (name,) in raw.execute(
                "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5vocab%'"
            )),
        ]  # fmt: skip
        return {name: sorted(map(repr, raw.execute(f"SELECT * FROM {name}"))) for name in names}


@pytest.fixture(scope="module")
def as_made(book: Store) -> dict[str, Any]:
    return dump(book)


def test_there_is_something_in_every_table(book: Store) -> None:
    empty = {table.name for table in metadata.sorted_tables} - filled(book)
    assert empty <= TRAIL | {"client_merge", "worth_call"}


def test_every_column_that_names_a_client_is_moved(book: Store) -> None:
    named = {
        (column.table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(foreign.target_fullname == "client.id" for foreign in column.foreign_keys)
        and table.name not in KEPT_UP
    }
    assert {(column.table.name, column.name) for column in columns_to(CLIENT)} == named
    with book.write() as session:
        merged = merge_clients(session, Merge(3, 9), now=NOW)
        for column in columns_to(CLIENT):
            left = session.connection().exec_driver_sql(
                f"SELECT count(*) FROM {column.table.name} WHERE {column.name} = 3"
            )
            assert left.scalar_one() == 0, column
        assert isinstance(merged.undo, Undo)
        undo(session, merged.undo, now=NOW)


@settings(max_examples=PAIRS, deadline=None)
@given(st.integers(1, 24), st.integers(1, 24), st.randoms(use_true_random=False), st.booleans())
def test_merging_and_undoing_leaves_nothing_behind(
    book: Store, as_made: dict[str, Any], one: int, other: int, chance: Random, later: bool
) -> None:
    if one == other:
        return
    chosen = {name: chance.choice((one, other)) for name in FIELDS if chance.random() < 0.5}
    with book.write() as session:
        changes = merge_clients(session, Merge(one, other, chosen=chosen), now=NOW)
    assert changes.subject == max(one, other)
    with book.write() as session:
        if later:
            undo_merge(session, Unmerge(int(*changes.ids["client_merge"])), now=NOW)
        else:
            assert isinstance(changes.undo, Undo)
            undo(session, changes.undo, now=NOW)
    after = dump(book)
    for name, rows in as_made.items():
        assert after[name] == rows, name


def test_the_search_agrees_with_the_rows_afterwards(book: Store) -> None:
    with book.write() as session:
        merge_clients(session, Merge(5, 6), now=NOW)
    with book.write() as session:
        assert fts.stale(session.connection()) == ()
        assert known.disagreeing(session.connection()) == 0
