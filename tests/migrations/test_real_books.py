"""Every book of an older form, kept here as it was written then, comes to the newest form whole.

``books/<form>.book`` is an encrypted book with rows in every table of that form; ``KEY`` opens
all of them. When a form is released, its book is frozen with
``python -m tests.migrations.freeze`` and never changed again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clientele.store import doctor
from clientele.store.engine import make_engine
from clientele.store.migrate import NEWEST, version
from clientele.store.session import Store, open_store
from tests.migrations.freeze import KEY, book_of
from tests.migrations.test_schema import differences_from_tables
from tests.store.rows import contents

BOOKS = sorted((Path(__file__).parent / "books").glob("*.book"))

OF_MADE_UP_WORDS = {"settings", "kinds", "currencies"}
"""What doctor says of these books, since every text in them is made up, those of kinds too."""


@pytest.fixture(params=BOOKS, ids=lambda book: book.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(request.param, tmp_path / "book.clientele"))


def every_row(store: Store) -> dict[str, list[dict[str, object]]]:
    with store.read() as session:
        return contents(session.connection())


def test_the_newest_form_has_its_book() -> None:
    assert book_of(NEWEST) in BOOKS


def test_it_holds_a_row_in_every_table_of_its_form(old: Path) -> None:
    bare = make_engine(old, KEY, writer=False)
    with bare.connect() as connection:
        rows = contents(connection)
    bare.dispose()
    assert {table for table, there in rows.items() if not there} == set()
    assert len(rows) > 25


def test_it_comes_to_the_form_of_the_tables(old: Path) -> None:
    store = open_store(old, KEY)
    differences = differences_from_tables(store)
    store.close()
    assert differences == [], "while this form is unreleased: python -m tests.migrations.freeze"


def test_every_row_survives(old: Path) -> None:
    bare = make_engine(old, KEY, writer=False)
    with bare.connect() as connection:
        before, form = contents(connection), version(connection)
    bare.dispose()

    store = open_store(old, KEY)
    after = every_row(store)
    for table, rows in before.items():
        columns = [name for name in rows[0] if name in after[table][0]]
        assert len(columns) >= len(rows[0]) / 2
        assert values(after[table], columns) == values(rows, columns), table
    wrong = {one.name for one in doctor.examine(store) if one.content and not one.ok}
    assert wrong <= OF_MADE_UP_WORDS
    with store.read() as session:
        match = "SELECT rowid FROM client_words WHERE client_words MATCH 'zoe'"
        assert session.connection().exec_driver_sql(match).scalars().all() == [1]
    store.close()

    copies = [] if form == NEWEST else [old.with_name(f"{old.name}.before-{form + 1}.backup")]
    assert list(old.parent.glob("*.backup")) == copies


def values(rows: list[dict[str, object]], columns: list[str]) -> list[list[object]]:
    return [[row[name] for name in columns] for row in rows]
