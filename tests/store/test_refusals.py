"""Each thing that can be wrong with a file is one clear sentence, and the file stays untouched."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientele.domain.errors import Refusal
from clientele.store.errors import (
    DamagedBook,
    ForeignFile,
    NewerVersion,
    NoBook,
    WrongKey,
)
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.store.processes import say

OTHER_KEY = bytes(reversed(DATA_KEY))

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and limits of POSIX")

Snapshot = dict[str, tuple[bytes, int, int]]


def snapshot(folder: Path) -> Snapshot:
    """Every file of ``folder`` with its bytes, time of change and permissions."""
    return {
        file.name: (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_mode)
        for file in folder.iterdir()
        if file.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "books"
    folder.mkdir()
    return folder


@pytest.fixture
def book(folder: Path, empty_book: Path) -> Path:
    return Path(shutil.copyfile(empty_book, folder / "book.clientele"))


def refused(path: Path, key: bytes, kind: type[Refusal]) -> str:
    """The sentence with which ``path`` is refused, after seeing that nothing was touched."""
    before = snapshot(path.parent)
    with pytest.raises(kind) as caught:
        open_store(path, key)
    assert type(caught.value) is kind
    assert snapshot(path.parent) == before
    assert str(path) in caught.value.sentence
    return caught.value.sentence


def test_no_file(folder: Path) -> None:
    refused(folder / "book.clientele", DATA_KEY, NoBook)


def test_a_wrong_key(book: Path) -> None:
    assert "recovery key" in refused(book, OTHER_KEY, WrongKey)


def test_a_wrong_key_after_a_crash(store: Store, folder: Path) -> None:
    """What the crash left in the WAL must neither be folded in nor thrown away."""
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE store_profile SET name = 'Keizersgracht'")
    book = Path(shutil.copyfile(store.path, folder / "book.clientele"))
    shutil.copyfile(f"{store.path}-wal", f"{book}-wal")
    refused(book, OTHER_KEY, WrongKey)
    found = open_store(book, DATA_KEY)
    with found.read() as session:
        name = session.connection().exec_driver_sql("SELECT name FROM store_profile").scalar()
    found.close()
    assert name == "Keizersgracht"


def test_a_torn_first_page_is_healed_by_the_wal(store: Store, folder: Path) -> None:
    """A power cut while the WAL was being folded in; the key must still be seen to fit."""
    with store.write() as session:
        session.connection().exec_driver_sql("PRAGMA user_version = 1")
        session.connection().exec_driver_sql("CREATE TABLE more (x)")
    book = Path(shutil.copyfile(store.path, folder / "book.clientele"))
    shutil.copyfile(f"{store.path}-wal", f"{book}-wal")
    torn = bytearray(book.read_bytes())
    torn[2048:4096] = bytes(2048)
    book.write_bytes(torn)
    found = open_store(book, DATA_KEY)
    with found.read() as session:
        session.connection().exec_driver_sql("SELECT x FROM more")
    found.close()


@pytest.mark.parametrize(
    "content",
    [b"", b"a letter", b"%PDF-1.7" * 512 + b"%", b"\x00" * 5000],
    ids=lambda c: str(len(c)),
)
def test_something_else(folder: Path, content: bytes) -> None:
    path = folder / "book.clientele"
    path.write_bytes(content)
    refused(path, DATA_KEY, ForeignFile)


def test_a_plain_sqlite_file(folder: Path) -> None:
    path = folder / "book.clientele"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    refused(path, DATA_KEY, ForeignFile)


def test_a_folder(folder: Path) -> None:
    (folder / "book.clientele").mkdir()
    refused(folder / "book.clientele", DATA_KEY, ForeignFile)


def test_a_newer_program_s_book(book: Path) -> None:
    newer = open_store(book, DATA_KEY)
    with newer.write() as session:
        session.connection().exec_driver_sql("PRAGMA user_version = 99")
    newer.close()
    assert "99" in refused(book, DATA_KEY, NewerVersion)


def damage(book: Path, pages: slice) -> bytes:
    """Turn bits in some pages of a book; return what it now holds."""
    content = bytearray(book.read_bytes())
    for page in range(len(content) // 4096)[pages]:
        content[page * 4096 + 100] ^= 0xFF
    book.write_bytes(content)
    return bytes(content)


def test_a_damaged_book(book: Path) -> None:
    damage(book, slice(1, None))
    assert "backup" in refused(book, DATA_KEY, DamagedBook)


def test_a_damaged_page_is_told_when_it_is_met(store: Store) -> None:
    with store.write() as session:
        for number in range(2000):
            session.connection().exec_driver_sql(
                "INSERT INTO tag (name) VALUES (?)", (f"tag {number} " + "x" * 50,)
            )
    store.close()
    content = damage(store.path, slice(-10, None))
    damaged = open_store(store.path, DATA_KEY)
    with pytest.raises(DamagedBook), damaged.read() as session:
        session.connection().exec_driver_sql("SELECT name FROM tag ORDER BY id DESC").all()
    damaged.close()
    assert store.path.read_bytes() == content


TRY_AS_NOBODY = """
import os, sys
from pathlib import Path
from clientele.domain.errors import Refusal
from clientele.store.session import open_store
if os.geteuid() == 0:
    open_store(Path(sys.argv[2]), bytes(range(32))).close()  # loads all that nobody may not
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
try:
    open_store(Path(sys.argv[1]), bytes(range(32)))
    print("opened")
except Refusal as refusal:
    print(type(refusal).__name__)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="clientele-") as folder:
        Path(folder).chmod(0o755)
        books = Path(folder) / "books"
        books.mkdir()
        yield books


@posix
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "outcome"),
    [
        (0o666, 0o777, "opened"),
        (0o444, 0o777, "ReadOnlyFile"),
        (0o666, 0o555, "ReadOnlyFile"),
        (0o444, 0o555, "ReadOnlyFile"),
        (0o000, 0o777, "ReadOnlyFile"),
    ],
)
def test_a_read_only_file_or_folder(
    open_folder: Path, empty_book: Path, file_mode: int, folder_mode: int, outcome: str
) -> None:
    book = Path(shutil.copyfile(empty_book, open_folder / "book.clientele"))
    before = book.read_bytes()
    book.chmod(file_mode)
    open_folder.chmod(folder_mode)
    try:
        assert say(TRY_AS_NOBODY, str(book), str(empty_book)) == outcome
    finally:
        open_folder.chmod(0o777)
        book.chmod(0o600)
    assert [file.name for file in open_folder.iterdir()] == [book.name]
    assert book.read_bytes() == before


FILL_UP = """
import resource, signal, sys
from pathlib import Path
from clientele.domain.errors import Refusal
from clientele.store.session import open_store
path = Path(sys.argv[1])
store = open_store(path, bytes(range(32)))
with store.write() as session:
    session.connection().exec_driver_sql("INSERT INTO tag (name) VALUES ('before')")
if sys.argv[2] == "limit":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = path.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
elif sys.argv[2] == "pages":
    with store.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
try:
    for number in range(10_000):
        with store.write() as session:
            session.connection().exec_driver_sql(
                "INSERT INTO tag (name) VALUES (?)", (f"{number}" + "x" * 4000,)
            )
    print("no end of room")
except Refusal as refusal:
    print(type(refusal).__name__, number)
store.close()
"""


@posix
@pytest.mark.parametrize(("how", "expected"), [("limit", "DiskTrouble"), ("pages", "DiskFull")])
def test_no_room_keeps_what_was_saved(book: Path, how: str, expected: str) -> None:
    kind, kept = say(FILL_UP, str(book), how).split()
    assert kind == expected
    holds_what_was_saved(book, int(kept))


@posix
def test_a_full_disk_keeps_what_was_saved(tmp_path: Path, empty_book: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        book = Path(shutil.copyfile(empty_book, disk / "book.clientele"))
        kind, kept = say(FILL_UP, str(book), "disk").split()
        assert kind == "DiskFull"
        for file in disk.iterdir():
            shutil.copyfile(file, tmp_path / file.name)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    holds_what_was_saved(tmp_path / "book.clientele", int(kept))


def holds_what_was_saved(book: Path, kept: int) -> None:
    again = open_store(book, DATA_KEY)
    with again.write() as session:
        names = session.connection().exec_driver_sql("SELECT name FROM tag ORDER BY id").scalars()
        assert [name.rstrip("x") for name in names] == ["before", *map(str, range(kept))]
        session.connection().exec_driver_sql("INSERT INTO tag (name) VALUES ('after')")
    again.close()
