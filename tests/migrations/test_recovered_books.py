"""A damaged book of an older form is recovered in that form, and then opened like any other."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clientele.store.engine import PAGE_SIZE
from clientele.store.salvage import recover
from clientele.store.salvage_book import FOLLOWING
from clientele.store.salvage_cells import INDEX_INNER, INDEX_LEAF
from clientele.store.salvage_pages import Pages
from clientele.store.session import open_store
from tests.migrations.freeze import KEY
from tests.migrations.test_real_books import BOOKS
from tests.store.rows import contents

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def opened(book: Path) -> dict[str, list[dict[str, object]]]:
    """All rows once it was opened, and so has the newest form."""
    store = open_store(book, KEY)
    try:
        with store.read() as session:
            return contents(session.connection())
    finally:
        store.close()


def flipped(book: Path, numbers: list[int]) -> None:
    content = bytearray(book.read_bytes())
    for number in numbers:
        content[number * PAGE_SIZE - 100] ^= 1
    book.write_bytes(content)


@pytest.mark.parametrize("where", ["nowhere", "the first page and all indexes"])
@pytest.mark.parametrize("frozen", BOOKS, ids=lambda book: str(book.stem))
def test_no_row_is_lost(frozen: Path, where: str, tmp_path: Path) -> None:
    damaged = Path(shutil.copyfile(frozen, tmp_path / "damaged.clientele"))
    whole = Path(shutil.copyfile(frozen, tmp_path / "whole.clientele"))
    if where != "nowhere":
        with Pages(damaged, KEY) as pages:
            pages.look()
            kinds = bytes(pages.kinds)
        indexes = [at for at, kind in enumerate(kinds, 1) if kind in (INDEX_LEAF, INDEX_INNER)]
        assert indexes
        flipped(damaged, [1, *indexes])
    done = recover(damaged, KEY, tmp_path / "new.clientele", now=NOW)
    assert sum(kind.lost for kind in done.kinds.values()) == 0
    assert done.aside is None
    new, old = opened(done.path), opened(whole)
    for table in old.keys() - FOLLOWING:
        assert new[table] == old[table], table
