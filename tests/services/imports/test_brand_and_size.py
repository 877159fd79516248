"""Brand and size of purchases: brought in, told later to known lines, found, worn and taken out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clientele.domain.history import ImportKind
from clientele.services.exports import export_file
from clientele.store.queries.passport import passport
from clientele.store.search import search
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.services.imports.bringing import HEAD, NOW, ask, bring, counts, tell

FULL = HEAD.rstrip() + ",brand,size\n"
SHIRT = "900,B1,2026-05-01 10:00,Shirts,Oxford shirt,,1,99.00,EUR,"
ROWS = [(SHIRT, "Eton,41"), (SHIRT, "Eton,42"), (SHIRT.replace("Oxford", "Linen"), "Kiton,42")]
BARE = HEAD + "".join(f"{row}\n" for row, _ in ROWS)
SAID = FULL + "".join(f"{row},{more}\n" for row, more in ROWS)


def said(store: Store) -> list[tuple[object, ...]]:
    return ask(store, "SELECT brand, size FROM purchase_line ORDER BY brand, size")


def test_they_come_in_and_the_same_file_twice_adds_nothing(store: Store, tmp_path: Path) -> None:
    assert counts(bring(store, tmp_path, SAID)) == (3, 3, 0, 0)
    assert said(store) == [("Eton", "41"), ("Eton", "42"), ("Kiton", "42")]
    again = bring(store, tmp_path, SAID)
    assert (counts(again), again.completed) == ((3, 0, 3, 0), 0)


def test_known_lines_are_told_what_a_file_did_not_say_before(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, BARE)
    later = bring(store, tmp_path, SAID)
    assert (counts(later), later.completed) == ((3, 0, 3, 0), 3)
    assert said(store) == [("Eton", "41"), ("Eton", "42"), ("Kiton", "42")]
    for text in (BARE, SAID):
        again = bring(store, tmp_path, text)
        assert (counts(again), again.completed) == ((3, 0, 3, 0), 0)
    assert said(store) == [("Eton", "41"), ("Eton", "42"), ("Kiton", "42")]


@pytest.fixture
def empty_store(empty_book: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "another.clientele"
    shutil.copyfile(empty_book, path)
    opened = open_store(path, DATA_KEY)
    yield opened
    opened.close()


@pytest.mark.parametrize("turned", [False, True])
def test_another_size_is_another_line(store: Store, tmp_path: Path, turned: bool) -> None:
    bring(store, tmp_path, f"{FULL}{SHIRT},Eton,41\n{SHIRT},Eton,\n")
    rows = [f"{SHIRT},Eton,43\n", f"{SHIRT},Eton,41\n", f"{SHIRT},Eton,44\n"]
    done = bring(store, tmp_path, FULL + "".join(rows[::-1] if turned else rows))
    assert (counts(done), done.completed) == ((3, 1, 2, 0), 1)
    assert [row[1] for row in said(store)] == ["41", "43", "44"]


def test_a_ticket_rung_here_is_told_nothing(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, BARE.replace("EUR,", "EUR,Ann"))
    tell(
        store,
        "INSERT INTO visit (client_id, associate_id, here_for, arrived_at) "
        "VALUES (1, 1, '', '2026-05-01 07:00:00.000000')",
    )
    tell(store, "UPDATE purchase SET visit_id = 1")
    done = bring(store, tmp_path, SAID)
    assert (counts(done), done.completed) == ((3, 0, 3, 0), 0)
    assert said(store) == [("", "")] * 3


def test_the_search_finds_the_brand_and_the_passport_reads_the_size(
    store: Store, tmp_path: Path
) -> None:
    bring(store, tmp_path, BARE)
    bring(store, tmp_path, SAID)
    with store.read() as session:
        assert search(session, "kiton", associate_id=None, limit=5).ids == (1,)
        worn = passport(session, 1).of(None)
        assert {(one.category, one.value) for one in worn} == {("Shirt", "42")}


def test_taken_out_and_brought_in_again_they_are_the_same(
    store: Store, tmp_path: Path, empty_store: Store
) -> None:
    text = SAID.replace("Kiton", "'=Kiton")
    bring(store, tmp_path, text)
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    export_file(store, ImportKind.PURCHASES, first, now=NOW)
    assert first.read_text("utf-8-sig").splitlines()[0] == FULL.strip()
    assert "=Kiton,42" in first.read_text("utf-8-sig")
    bring(empty_store, tmp_path, first.read_text("utf-8-sig"))
    export_file(empty_store, ImportKind.PURCHASES, second, now=NOW)
    assert first.read_text("utf-8-sig") == second.read_text("utf-8-sig")
    assert said(empty_store)[0] == ("=Kiton", "42")


def test_a_wish_of_another_size_stays(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, HEAD + "900,B0,2026-04-01 10:00,Shirts,Socks,,1,9.00,EUR,\n")
    wished = (NOW - timedelta(days=300)).strftime("%Y-%m-%d %H:%M:%S.000000")
    for size in ("42", "44"):
        tell(
            store,
            "INSERT INTO wish "
            "(client_id, item, detail, brand, sku, note, state, wished_at, ending) "
            f"VALUES (1, 'Oxford shirt', '{size}', '', '', '', 'open', '{wished}', '')",
        )
    bring(store, tmp_path, f"{FULL}{SHIRT},Eton,42\n")
    assert ask(store, "SELECT detail, state FROM wish ORDER BY id") == [
        ("42", "bought"),
        ("44", "open"),
    ]
