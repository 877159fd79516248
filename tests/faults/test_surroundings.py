"""What happens around an open book: its file goes, another takes its place, the clock jumps."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from clientele.services.clients import NewClient, new_client
from clientele.services.notes import KeepNote, keep_note
from clientele.services.team import AddAssociate, add_associate
from clientele.store.beside import claim
from clientele.store.doctor import examine, is_sound
from clientele.store.errors import BookInUse, NoBook, ReadOnlyFile
from clientele.store.session import Profile, Store, create_store, open_store
from clientele.store.whereabouts import BookGone, LogGone, rescued_file
from tests.faults.killing import ROOT
from tests.faults.victim import NOW

KEY = bytes(range(32))
linux = pytest.mark.skipif(sys.platform != "linux", reason="an open file is held there")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.clientele"
    begin(path).close()
    return path


def begin(path: Path) -> Store:
    """A new book with one associate, open."""
    store = create_store(path, KEY, Profile("EUR", "NL", "Europe/Amsterdam"), now=NOW)
    with store.write() as session:
        add_associate(session, AddAssociate("R. Okafor", "Men's Suits"), now=NOW)
    return store


def take_in(store: Store, name: str, now: datetime = NOW) -> None:
    """An acknowledged act: if this returns, it was told as done."""
    with store.write() as session:
        client = new_client(session, NewClient(1, name, "Marsh"), now=now).subject or 0
        keep_note(session, KeepNote(client, f"of {name}", 1), now=now)


def names(store: Store) -> list[str]:
    with store.read() as session:
        run = session.connection().exec_driver_sql
        return list(run("SELECT given_name FROM client ORDER BY id").scalars())


def names_at(path: Path) -> list[str]:
    store = open_store(path, KEY)
    try:
        assert is_sound(examine(store))
        return names(store)
    finally:
        store.close()


@linux
def test_a_book_that_is_removed_takes_nothing_more_and_is_written_back_beside(book: Path) -> None:
    store = open_store(book, KEY)
    take_in(store, "Ann")
    book.unlink()
    with pytest.raises(BookGone, match="nothing is kept") as refusal:
        take_in(store, "Bea")
    assert str(rescued_file(book)) in refusal.value.sentence
    with pytest.raises(BookGone):
        names(store)
    store.close()
    assert not book.exists()
    assert names_at(rescued_file(book)) == ["Ann"]
    assert rescued_file(book).stat().st_mode & 0o077 == 0


@linux
def test_a_book_removed_amid_a_write_is_not_told_as_kept(book: Path) -> None:
    store = open_store(book, KEY)

    def amid(session: Session) -> None:
        new_client(session, NewClient(1, "Cora", "Marsh"), now=NOW)
        book.unlink()

    with pytest.raises(BookGone), store.write() as session:
        amid(session)
    store.close()


@linux
def test_a_book_that_is_put_back_goes_on(book: Path) -> None:
    store = open_store(book, KEY)
    elsewhere = book.with_name("elsewhere")
    book.rename(elsewhere)
    with pytest.raises(BookGone):
        take_in(store, "Ann")
    elsewhere.rename(book)
    take_in(store, "Bea")
    store.close()
    assert names_at(book) == ["Bea"]
    assert not rescued_file(book).exists()


@linux
def test_another_file_in_its_place_is_neither_read_nor_written(book: Path) -> None:
    store = open_store(book, KEY)
    take_in(store, "Ann")
    other = book.with_name("other")
    begin(other).close()
    other.replace(book)
    with pytest.raises(BookGone):
        names(store)
    with pytest.raises(BookGone):
        take_in(store, "Bea")
    store.close()
    assert names_at(book) == []
    assert names_at(rescued_file(book)) == ["Ann"]


@linux
def test_a_log_that_is_removed_loses_nothing_that_was_kept(book: Path) -> None:
    store = open_store(book, KEY)
    take_in(store, "Ann")
    log = book.with_name(book.name + "-wal")
    log.unlink()
    with pytest.raises(LogGone, match="open it again"):
        take_in(store, "Bea")
    store.close()
    assert names_at(book) == ["Ann"]


@linux
def test_the_shared_memory_may_go(book: Path) -> None:
    store = open_store(book, KEY)
    take_in(store, "Ann")
    book.with_name(book.name + "-shm").unlink()
    take_in(store, "Bea")
    assert names(store) == ["Ann", "Bea"]
    store.close()
    assert names_at(book) == ["Ann", "Bea"]


def test_a_clock_that_jumps_loses_nothing(book: Path) -> None:
    jumps = (
        timedelta(),
        timedelta(hours=-1),
        timedelta(days=366),
        timedelta(days=-3653),
        timedelta(seconds=1),
    )
    for number, jump in enumerate(jumps):
        store = open_store(book, KEY)
        take_in(store, f"Ann {number}", NOW + jump)
        store.close()
    assert names_at(book) == [f"Ann {number}" for number in range(len(jumps))]


def hold(path: Path, held: object, go: object) -> None:
    with claim(path):
        held.set()  # type: ignore[attr-defined]
        go.wait(30)  # type: ignore[attr-defined]


def test_two_programs_want_one_book_and_a_killed_one_holds_nothing(book: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, go = context.Event(), context.Event()
    other = context.Process(target=hold, args=(book, held, go))
    other.start()
    try:
        assert held.wait(30)
        with pytest.raises(BookInUse, match="already open"), claim(book):
            pass
    finally:
        other.kill()
        other.join()
    with claim(book):
        store = open_store(book, KEY)
        take_in(store, "Ann")
        store.close()
    (book.with_name(book.name + ".lock")).write_bytes(os.urandom(64))
    with claim(book):
        assert names_at(book) == ["Ann"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_book_that_cannot_be_written_is_refused(what: str, book: Path) -> None:
    (book if what == "file" else book.parent).chmod(0o400 if what == "file" else 0o500)
    try:
        with pytest.raises(ReadOnlyFile):
            open_store(book, KEY)
    finally:
        book.parent.chmod(0o700)


def on_a_disk_of_its_own(folder: Path, options: str, script: str) -> str:
    """Run Python in a namespace where a small disk is mounted on ``folder``."""
    command = f'mount -t tmpfs -o {options} none "$1" && shift && exec "$@"'
    run = ["unshare", "-rm", "sh", "-c", command, "sh", str(folder), sys.executable, "-c", script]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this system lets nobody mount a disk of their own")
    assert done.returncode == 0, done.stderr
    return done.stdout


SMALL = """
import sys
from pathlib import Path
from clientele.store.errors import DiskFull
from tests.faults.test_surroundings import begin, names_at, take_in
folder = Path({folder!r})
path = folder / "book.clientele"
store = begin(path)
kept = []
try:
    for number in range(10_000):
        take_in(store, f"Ann {{number}}")
        kept.append(f"Ann {{number}}")
        if number == 3:
            (folder / "ballast").write_bytes(bytes(3_000_000))
except DiskFull as refusal:
    print(refusal.sentence)
store.close()
(folder / "ballast").unlink()
assert names_at(path) == kept, (len(kept), len(names_at(path)))
print(len(kept), "kept")
"""


@linux
def test_a_small_disk_that_is_really_full_keeps_all_that_was_kept(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare")
    said = on_a_disk_of_its_own(tmp_path, "size=8m", SMALL.format(folder=str(tmp_path)))
    sentence, kept = said.strip().splitlines()
    assert "is full. What was saved before is safe" in sentence
    assert int(kept.split()[0]) > 4


READ_ONLY = """
import subprocess
from pathlib import Path
from clientele.store.errors import ReadOnlyFile
from clientele.store.session import open_store
from tests.faults.test_surroundings import KEY, begin, names_at, take_in
folder = Path({folder!r})
path = folder / "book.clientele"
store = begin(path)
take_in(store, "Ann")
store.close()
before = path.read_bytes()
subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
try:
    open_store(path, KEY)
except ReadOnlyFile as refusal:
    print(refusal.sentence)
assert path.read_bytes() == before
subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
assert names_at(path) == ["Ann"]
"""


@linux
def test_a_disk_that_became_read_only_is_said_to_be(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare")
    said = on_a_disk_of_its_own(tmp_path, "size=8m", READ_ONLY.format(folder=str(tmp_path)))
    assert "is read-only. Nothing was changed" in said


def test_a_book_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NoBook):
        open_store(tmp_path / "nowhere" / "book.clientele", KEY)
    assert not (tmp_path / "nowhere").exists()
