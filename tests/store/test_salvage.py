"""Of a damaged book every row on a readable page comes back, and not one that is wrong."""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clientele.store import backup, keys
from clientele.store.doctor import examine
from clientele.store.engine import connect
from clientele.store.errors import BookExists, Cancelled, WrongKey
from clientele.store.salvage import NothingToRecover, Recovered, recover
from clientele.store.salvage_book import FOLLOWING
from clientele.store.salvage_cells import INDEX_INNER, INDEX_LEAF, TABLE_INNER, TABLE_LEAF, rows
from clientele.store.salvage_pages import Pages
from clientele.store.salvage_trees import find_trees
from clientele.store.session import Profile, create_store, open_store
from tests.conftest import DATA_KEY, ZONE

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo(ZONE))
PAGE = 4096
Rows = dict[str, dict[int, dict[str, object]]]

_OF_SEARCH = ("client_words", "client_reach", "client_known", "client_terms", "client_stale")


@dataclass(frozen=True)
class Whole:
    """A book before it is damaged, and what is where in it."""

    path: Path
    copy: Path
    """Of some time before: with rows that were removed since."""
    rows: Rows
    earlier: Rows
    leaves: dict[str, list[int]]
    stands: dict[str, dict[int, frozenset[int]]]
    """Of every row the pages that it stands on."""
    kinds: bytes
    overflows: frozenset[int]


def read(path: Path) -> Rows:
    """Every row of every table of ours, by its row id."""
    raw = connect(path, DATA_KEY)
    found: Rows = {}
    for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if table in FOLLOWING or table.startswith((*_OF_SEARCH, "sqlite_")):
            continue
        names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        asked = raw.execute(f"SELECT rowid, * FROM {table}")
        found[table] = {row[0]: dict(zip(names, row[1:], strict=True)) for row in asked}
    raw.close()
    return found


def schema_of(path: Path) -> list[tuple[str, str, str, int | None, str | None]]:
    raw = connect(path, DATA_KEY)
    asked = raw.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
    raw.close()
    return [tuple(row) for row in asked if not row[2].startswith(_OF_SEARCH)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A store of four hundred clients, of whom some were removed after a copy was made."""
    from clientele.services.team import AddAssociate, add_associate

    folder = tmp_path_factory.mktemp("salvage")
    path, copy = folder / "book.clientele", folder / "earlier.backup"
    store = create_store(path, DATA_KEY, Profile("EUR", "NL", ZONE), now=NOW)
    with store.write() as session:
        mine = AddAssociate("Sanne de Wit", "Men's Suits", "1234")
        by = add_associate(session, mine, now=NOW).subject
    assert by is not None
    from clientele.services.sample import fill_with_sample

    with store.write() as session:
        fill_with_sample(session, by=by, now=NOW)
    with store.write() as session:
        raw = session.connection().connection.driver_connection
        assert raw is not None
        # A photo fills pages of its own; none is in the sample.
        for client in range(1, 20):
            raw.execute(
                "INSERT INTO client_photo (client_id, picture, small, taken_at) "
                "VALUES (?, ?, ?, '2026-11-20 09:00:00.000000')",
                (client, random.Random(client).randbytes(30_000), b"small"),
            )
        for client in range(5000, 5300):  # enough of them to leave pages free when they go
            raw.execute(
                "INSERT INTO client (id, given_name, family_name, preferred_name, say_it, language,"
                " time_zone, sort_name, created_at, updated_at) "
                "SELECT ?, 'Gone', 'Since', '', '', '', '', 'since gone', created_at, updated_at "
                "FROM client WHERE id = 1",
                (client,),
            )
    backup.copy(path, DATA_KEY, copy)
    with store.write() as session:
        session.connection().exec_driver_sql("DELETE FROM client WHERE id >= 5000")
    store.close()
    schema = schema_of(path)
    stands: dict[str, dict[int, frozenset[int]]] = {}
    with Pages(path, DATA_KEY) as pages:
        pages.look()
        assert pages.bad == 0
        found = find_trees(pages, schema)
        assert found.free_is_known
        for name, tree in found.trees.items():
            stands[name] = dict(where_rows_stand(pages, tree.leaves))
        leaves = {name: list(tree.leaves) for name, tree in found.trees.items()}
        overflows = frozenset(
            number for number, kind in enumerate(pages.kinds, 1) if kind == 0 and number > 1
        )
        kinds = bytes(pages.kinds)
    return Whole(path, copy, read(path), read(copy), leaves, stands, kinds, overflows)


def where_rows_stand(pages: Pages, leaves: list[int]) -> Iterator[tuple[int, frozenset[int]]]:
    """Every row with all pages that it stands on."""
    for number in leaves:
        seen = [number]

        def find(further: int, seen: list[int] = seen) -> bytes | None:
            seen.append(further)
            return pages.page(further)

        page = pages.page(number)
        assert page is not None
        for row, _ in rows(page, number, find):
            yield row, frozenset(seen)
            del seen[1:]


@pytest.fixture
def damaged(whole: Whole, tmp_path: Path) -> Path:
    path = tmp_path / "damaged.clientele"
    shutil.copyfile(whole.path, path)
    return path


def flip(path: Path, numbers: list[int], chance: random.Random) -> None:
    """Turn one bit of each of these pages."""
    content = bytearray(path.read_bytes())
    for number in numbers:
        at = chance.randrange(16 if number == 1 else 0, PAGE)
        content[(number - 1) * PAGE + at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def numbers_of(whole: Whole, *kinds: int) -> list[int]:
    return [number for number, kind in enumerate(whole.kinds, 1) if kind in kinds]


def some(chance: random.Random, numbers: list[int], count: int) -> list[int]:
    return chance.sample(numbers, min(count, len(numbers)))


CLASSES: dict[str, Callable[[Whole, random.Random], list[int]]] = {
    "nothing": lambda _w, _c: [],
    "the first page": lambda _w, _c: [1],
    "leaves of tables": lambda w, c: some(c, numbers_of(w, TABLE_LEAF), 40),
    "every inner page of tables": lambda w, _c: numbers_of(w, TABLE_INNER),
    "inner pages and some leaves": lambda w, c: [
        *some(c, numbers_of(w, TABLE_INNER), 6),
        *some(c, numbers_of(w, TABLE_LEAF), 20),
    ],
    "every index": lambda w, _c: numbers_of(w, INDEX_INNER, INDEX_LEAF),
    "further pages of long rows": lambda w, c: some(c, sorted(w.overflows), 30),
    "one in ten of all": lambda w, c: [
        number for number in range(1, len(w.kinds) + 1) if c.random() < 0.1
    ],
    "the tables of clients": lambda w, _c: w.leaves["client"],
}


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize("name", CLASSES)
def test_every_readable_row_comes_back_and_none_is_wrong(
    name: str, seed: int, whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    chance = random.Random(f"{name} {seed}")
    flip(damaged, CLASSES[name](whole, chance), chance)
    before = damaged.read_bytes()
    done = recover(damaged, DATA_KEY, tmp_path / "new.clientele", now=NOW)
    assert damaged.read_bytes() == before, "the damaged file was written"
    compare(whole, damaged, done)


def compare(whole: Whole, damaged: Path, done: Recovered) -> None:
    """What was recovered against what was in the book."""
    with Pages(damaged, DATA_KEY, [whole.path.read_bytes()[:16]]) as pages:
        pages.look()
        bad = {number for number in range(1, len(whole.kinds) + 1) if pages.is_bad(number)}
        if done.unknown:
            unknown = find_trees(pages, schema_of(whole.path)).unknown
            assert len(unknown) == done.unknown
            bad |= set(unknown)
    new = read(done.path)
    aside = read(done.aside) if done.aside is not None else {}
    for table, were in whole.rows.items():
        kind, are = done.kinds[table], new[table]
        kept_aside = {row["row_id"] for row in aside.get(table, {}).values()}
        readable = {row for row, stands in whole.stands[table].items() if not stands & bad}
        assert readable <= set(are) | kept_aside, table
        added = set(are) - set(were)
        assert not added, (table, "a row that was removed on purpose is back")
        other = [row for row in are if are[row] != were[row]]
        assert len(other) <= kind.emptied + kind.stand_ins, table
        for row in other:
            changed = {name for name, value in are[row].items() if value != were[row][name]}
            if kind.stand_ins and row not in readable:
                continue
            assert all(are[row][name] is None for name in changed), (table, row, changed)
        lost = len(were) - len(are) + kind.stand_ins - kind.aside
        assert kind.lost == lost if not kind.at_least else kind.lost <= lost, table
    store = open_store(done.path, DATA_KEY)
    try:
        findings = {finding.name: finding for finding in examine(store)}
        for name in ("pages", "structure", "references", "search", "form"):
            assert findings[name].ok, findings[name].sentence
    finally:
        store.close()


@pytest.mark.parametrize("seed", [1])
def test_pages_of_zeros(seed: int, whole: Whole, damaged: Path, tmp_path: Path) -> None:
    """A disk that gives back nothing for a stretch: SQLCipher itself takes such pages as good."""
    content = bytearray(damaged.read_bytes())
    start = random.Random(seed).randrange(1, len(whole.kinds) - 40) * PAGE
    content[start : start + 30 * PAGE] = bytes(30 * PAGE)
    damaged.write_bytes(content)
    compare(whole, damaged, recover(damaged, DATA_KEY, tmp_path / "new.clientele", now=NOW))


def test_a_file_that_ends_too_early(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    content = damaged.read_bytes()
    damaged.write_bytes(content[: len(content) * 2 // 3 // PAGE * PAGE + 100])
    compare(whole, damaged, recover(damaged, DATA_KEY, tmp_path / "new.clientele", now=NOW))


def test_what_is_lost_comes_from_a_copy_and_what_was_removed_does_not(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    flip(damaged, [1, *whole.leaves["client"], *whole.leaves["note"][:5]], random.Random(4))
    done = recover(damaged, DATA_KEY, tmp_path / "new.clientele", now=NOW, copy=whole.copy)
    new = read(done.path)
    assert done.kinds["client"].from_copy > 100
    assert set(new["client"]) == set(whole.rows["client"]) < set(whole.earlier["client"])
    assert new["client"] == whole.rows["client"]
    assert new["note"] == whole.rows["note"]
    assert done.kinds["client"].lost == done.kinds["client"].stand_ins == 0


def test_a_damaged_head_is_found_from_what_others_remember(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    head = damaged.read_bytes()[:16]
    content = bytearray(damaged.read_bytes())
    content[3] ^= 8
    damaged.write_bytes(content)
    with pytest.raises(WrongKey):
        recover(damaged, DATA_KEY, tmp_path / "new.clientele", now=NOW)
    done = recover(damaged, DATA_KEY, tmp_path / "new.clientele", now=NOW, heads=[bytes(16), head])
    assert done.path.read_bytes()[:16] == head
    compare(whole, damaged, done)


@pytest.fixture
def logged(whole: Whole, tmp_path: Path) -> Path:
    """A book of which the last changes are only in its log, as after a crash."""
    path, crashed = tmp_path / "open.clientele", tmp_path / "crashed.clientele"
    shutil.copyfile(whole.path, path)
    store = open_store(path, DATA_KEY)
    for number in range(3):
        with store.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE client SET say_it = ? WHERE id < 100", (f"said {number}",)
            )
    for ending in ("", "-wal"):
        shutil.copyfile(f"{path}{ending}", f"{crashed}{ending}")
    store.close()
    return crashed


def test_the_log_counts(whole: Whole, logged: Path, tmp_path: Path) -> None:
    recover(logged, DATA_KEY, tmp_path / "new.clientele", now=NOW)
    new = read(tmp_path / "new.clientele")
    assert {row["say_it"] for number, row in new["client"].items() if number < 100} == {"said 2"}


def test_a_damaged_log_never_shows_what_stood_there_before(
    whole: Whole, logged: Path, tmp_path: Path
) -> None:
    log = logged.with_name(logged.name + "-wal")
    content = bytearray(log.read_bytes())
    frames = range(32, len(content), 24 + PAGE)
    numbers = [struct.unpack(">I", content[at : at + 4])[0] for at in frames]
    last = dict(zip(numbers, frames, strict=True))
    spoilt = [number for number in last if number in whole.leaves["client"]]
    for number in spoilt:
        content[last[number] + 24 + 1000] ^= 1
    log.write_bytes(content)
    assert spoilt
    done = recover(logged, DATA_KEY, tmp_path / "new.clientele", now=NOW)
    new = read(done.path)["client"]
    told = {new[row]["say_it"] for row in new if row < 100}
    assert told <= {"said 2", ""}, "an older image was taken for the newest"
    assert done.kinds["client"].lost == done.kinds["client"].stand_ins > 0


def test_refusals_leave_nothing(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    target = tmp_path / "folder" / "new.clientele"
    target.parent.mkdir()
    with pytest.raises(WrongKey):
        recover(damaged, keys.new_key().data_key, target, now=NOW)
    with pytest.raises(BookExists):
        recover(damaged, DATA_KEY, damaged, now=NOW)
    with pytest.raises(Cancelled):
        recover(damaged, DATA_KEY, target, now=NOW, leave=lambda: True)
    flip(damaged, [n for table in whole.leaves.values() for n in table], random.Random(5))
    index_pages = numbers_of(whole, INDEX_LEAF, INDEX_INNER)
    flip(damaged, index_pages, random.Random(6))
    with pytest.raises(NothingToRecover):
        recover(damaged, DATA_KEY, target, now=NOW)
    assert list(target.parent.iterdir()) == []
