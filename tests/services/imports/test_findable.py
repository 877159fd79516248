"""After the rows, whom they are about is made findable: told step by step, left and caught up."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.services.imports import Progress, course
from clientele.store import session as store_session
from clientele.store.doctor import examine, is_sound
from clientele.store.search import search
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.services.imports.bringing import HEAD, ask, bring, tell

CLIENTS = 7
ROWS = HEAD + "".join(
    f"C{number},B{number},2026-05-01 10:00,Ties,Paisley tie,,1,40.00,EUR,\n"
    for number in range(CLIENTS)
)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (store_session, course):
        monkeypatch.setattr(module, "CATCH_UP", 2)


def found(store: Store, words: str) -> int:
    with store.read() as session:
        return len(search(session, words).ids)


def test_it_is_told_how_many_are_findable(store: Store, tmp_path: Path) -> None:
    told: list[Progress] = []
    done = bring(store, tmp_path, ROWS, progress=told.append)
    assert [(one.found, one.to_find) for one in told] == [
        (0, 0),
        *((step, CLIENTS) for step in (0, 2, 4, 6, 7)),
    ]
    assert {one.read for one in told} == {CLIENTS}
    assert (done.left, done.cancelled) == (0, False)
    assert found(store, "paisley") == CLIENTS


def test_what_is_left_for_later_waits_for_the_next_opening(store: Store, tmp_path: Path) -> None:
    told: list[Progress] = []
    done = bring(store, tmp_path, ROWS, progress=told.append, leave=lambda: told[-1].found >= 4)
    assert (done.added, done.left, done.cancelled) == (CLIENTS, CLIENTS - 4, False)
    assert ask(store, "SELECT state FROM import_batch") == [("done",)]
    assert found(store, "paisley") == 4
    assert ask(store, "SELECT count(*) FROM purchase_line") == [(CLIENTS,)]
    tell(
        store,
        "INSERT INTO note (client_id, body, say_first, written_at) "
        "VALUES (7, 'Likes moths', 0, '2026-05-01 10:00:00.000000')",
    )
    assert found(store, "moths") == 1
    assert found(store, "paisley") == 5
    store.close()
    again = open_store(store.path, DATA_KEY)
    try:
        assert found(again, "paisley") == CLIENTS
        assert is_sound(examine(again))
    finally:
        again.close()


def test_what_was_left_the_next_import_catches_up(store: Store, tmp_path: Path) -> None:
    assert bring(store, tmp_path, ROWS, leave=lambda: True).left == CLIENTS
    assert found(store, "paisley") == 0
    assert bring(store, tmp_path, ROWS).left == 0
    assert found(store, "paisley") == CLIENTS


def test_cancelled_rows_that_are_in_are_findable(store: Store, tmp_path: Path) -> None:
    told: list[Progress] = []
    done = bring(store, tmp_path, ROWS, progress=told.append, cancelled=lambda: bool(told))
    assert done.cancelled
    assert done.left == 0
    assert found(store, "paisley") == CLIENTS
