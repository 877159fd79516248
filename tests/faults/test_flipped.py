"""One bit turns around somewhere in the files of a book: nothing wrong is shown as right."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from clientele.services.clients import EditClient, edit_client
from clientele.services.notes import KeepNote, keep_note
from clientele.store import slots
from clientele.store.beside import claim
from clientele.store.doctor import examine, is_sound
from clientele.store.engine import connect, look_at
from clientele.store.errors import DamagedBook, ForeignFile, WrongKey
from clientele.store.log_left import LogDamaged
from clientele.store.session import Store, open_store
from tests.faults.kinds import BOOK, digest, make_template
from tests.faults.pages import PAGE, classes, flip, places
from tests.faults.victim import NOW
from tests.faults.workplace import KEY

FLIPS = 4
FRAME = 24 + PAGE

IN_THE_BOOK = (
    "head",
    "page 1",
    "interior table",
    "leaf table",
    "interior index",
    "leaf index",
    "overflow",
    "freelist trunk",
    "freelist leaf",
    "signature",
    "initialisation vector",
)

IN_THE_LOG = {
    "header": (0, 32),
    "header of a frame": (32 + 3 * FRAME, 24),
    "page in a frame": (32 + 3 * FRAME + 24, PAGE - 80),
    "signature in a frame": (32 + 4 * FRAME - 64, 64),
}
"""The classes of bytes of a log: where they begin, and how many they are."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed book with pages of every class."""
    folder = tmp_path_factory.mktemp("flips")
    make_template(folder)
    store = open_store(folder / BOOK, KEY)
    with store.write() as session:
        for number in range(400):
            keep_note(session, KeepNote(number % 5 + 1, f"note {number} of many " * 20, 1), now=NOW)
        keep_note(session, KeepNote(1, "a long letter " * 1500, 1), now=NOW)
    with store.write() as session:
        session.connection().exec_driver_sql("DELETE FROM note WHERE id BETWEEN 20 AND 220")
    store.close()
    return folder


@pytest.fixture
def book(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(template / BOOK, tmp_path / BOOK))


def all_of_it(store: Store) -> None:
    """Read every row, as pages and exports do."""
    with store.read() as session:
        run = session.connection().exec_driver_sql
        for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'table'").all():
            run(f'SELECT * FROM "{name}"').all()


@pytest.mark.parametrize("what", IN_THE_BOOK)
def test_a_flipped_bit_in_the_book_is_noticed(what: str, book: Path, template: Path) -> None:
    rng, truth = Random(f"flip {what}"), digest(template / BOOK, KEY)
    for place in places(template / BOOK, KEY, what, rng, FLIPS):
        shutil.copyfile(template / BOOK, book)
        flip(book, place, rng.randrange(8))
        before = book.read_bytes()
        try:
            store = open_store(book, KEY)
        except (WrongKey, DamagedBook, ForeignFile):
            assert book.read_bytes() == before
            continue
        try:
            all_of_it(store)
            read = digest(book, KEY)
        except DamagedBook:
            pass
        else:
            # Where it is not read it shows nothing: the doctor finds it all the same.
            assert read == truth, (what, place)
        assert not is_sound(examine(store)), (what, place)
        store.close()


@pytest.fixture
def killed(book: Path, tmp_path: Path) -> tuple[Path, list[str]]:
    """A book with the log of a program that was killed, and its states after each act."""
    store, states = open_store(book, KEY), [digest(book, KEY)]
    for number in range(6):
        with store.write() as session:
            edit_client(session, EditClient(1, "preferred_name", f"P{number}"), now=NOW)
        states.append(digest(book, KEY))
    folder = tmp_path / "killed"
    folder.mkdir()
    for ending in ("", "-wal", "-shm"):
        shutil.copyfile(book.with_name(BOOK + ending), folder / (BOOK + ending))
    store.close()
    return folder, states


@pytest.mark.parametrize("what", IN_THE_LOG)
def test_a_flipped_bit_in_the_log_is_told(
    what: str, killed: tuple[Path, list[str]], tmp_path: Path
) -> None:
    (folder, states), rng = killed, Random(f"flip {what}")
    start, length = IN_THE_LOG[what]
    for at in range(FLIPS):
        copy = tmp_path / f"{at}"
        shutil.copytree(folder, copy)
        log = copy / (BOOK + "-wal")
        frames = (log.stat().st_size - 32) // FRAME
        later = 0 if what == "header" else rng.randrange(frames - 4) * FRAME
        flip(log, start + later + rng.randrange(length), rng.randrange(8))
        damaged = log.read_bytes()
        store = open_store(copy / BOOK, KEY)
        all_of_it(store)
        assert is_sound(examine(store))
        store.close()
        assert digest(copy / BOOK, KEY) in states
        if digest(copy / BOOK, KEY) != states[-1]:
            assert isinstance(store.notice, LogDamaged)
            assert "Look through the last changes" in store.notice.sentence
            assert (copy / (BOOK + ".damaged-log")).read_bytes() == damaged


def test_a_log_that_a_kill_left_whole_is_not_complained_of(
    killed: tuple[Path, list[str]],
) -> None:
    folder, states = killed
    log = folder / (BOOK + "-wal")
    with log.open("ab") as file:
        file.write(bytes(FRAME // 2))  # a frame that was being written
    store = open_store(folder / BOOK, KEY)
    assert store.notice is None
    store.close()
    assert digest(folder / BOOK, KEY) == states[-1]


def test_a_flipped_bit_in_the_shared_memory_is_of_no_account(
    killed: tuple[Path, list[str]],
) -> None:
    (folder, states), rng = killed, Random(5)
    shared = folder / (BOOK + "-shm")
    for _ in range(FLIPS):
        flip(shared, rng.randrange(shared.stat().st_size), rng.randrange(8))
    store = open_store(folder / BOOK, KEY)
    assert store.notice is None
    assert is_sound(examine(store))
    store.close()
    assert digest(folder / BOOK, KEY) == states[-1]


def test_a_flipped_bit_in_the_file_of_passphrases_opens_nothing_wrong(book: Path) -> None:
    slots.set_passphrase(book, look_at(book), KEY, "a few words")
    file, rng = book.with_name(BOOK + ".key"), Random(9)
    whole = file.read_bytes()
    for _ in range(12):
        file.write_bytes(whole)
        flip(file, rng.randrange(len(whole)), rng.randrange(8))
        try:
            assert slots.unlock_by_passphrase(book, "a few words") == KEY
        except (slots.PassphraseLost, slots.WrongPassphrase):
            continue


def test_a_flipped_bit_in_the_lock_is_of_no_account(book: Path) -> None:
    with claim(book):
        pass
    lock = book.with_name(BOOK + ".lock")
    lock.write_bytes(b"\x80" * 40)
    with claim(book):
        assert digest(book, KEY)


def test_the_classes_of_pages_are_what_they_are_called(template: Path) -> None:
    connection = connect(template / BOOK, KEY)
    free = connection.execute("PRAGMA freelist_count").fetchone()[0]
    connection.close()
    found = classes(template / BOOK, KEY)
    assert len(found["freelist trunk"]) + len(found["freelist leaf"]) == free > 1
    assert {"interior table", "leaf table", "interior index", "leaf index"} <= found.keys()
