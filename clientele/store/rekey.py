"""How does a whole book get another key, with one of two whole books there after any kill?

Under another name: its pages are copied into a file with the new head and key, one moment of the
book; every page's signature and every row is compared with the old one; the new key is kept where
the next start looks for it; then the copy takes the book's place by one rename. Only after that is
the old key forgotten. A note beside the book, with the two heads and nothing secret, tells the
next start which of them to forget if the program ended meanwhile.

`PRAGMA rekey` does the same to the book itself, page by page under its journal: a kill in between
leaves a file that needs the journal of the one key and the head of the other. See
docs/decisions/0041-keys.md.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store.beside import log_of, rekeyed_file, rekeying_file, sides_of, throw_away
from clientele.store.copying import Told, copy_pages
from clientele.store.engine import (
    PAGE_SIZE,
    connect,
    look_at,
    make_engine,
    meaning,
    refuse_read_only,
)
from clientele.store.errors import (
    BookBusy,
    Cancelled,
    DamagedBook,
    DiskFull,
    StoreRefusal,
)
from clientele.store.keys import NewKey
from clientele.system.paths import sync_folder

ROWS = 2_000
"""Rows that are compared at once."""
ROOM = 16_777_216
"""Bytes that stay free beside the copy."""
COPYING, CHECKING = 40, 100
"""Of a hundred: until where copying and until where comparing counts."""


class UnlikeBook(StoreRefusal):
    """The copy under the new key is not what the book is."""

    template = (
        "The copy of {path} under its new key was not the same as the book. The book is as it "
        "was, with its old key; run the doctor on it, then do it again."
    )


@dataclass(frozen=True, slots=True)
class Turning:
    """What is said of a change of the key that is under way: heads as hexadecimal."""

    old: str
    new: str

    def gone(self, path: Path) -> bytes:
        """The head that the book at ``path`` does not have: its key is to be forgotten."""
        return bytes.fromhex(self.old if look_at(path).hex() == self.new else self.new)


def rekey(
    path: Path,
    old_key: bytes | bytearray,
    new: NewKey,
    *,
    fill: Callable[[Session], None],
    keep: Callable[[], None],
    told: Callable[[int, int], None] = lambda *_: None,
    leave: Callable[[], bool] = lambda: False,
) -> None:
    """Give the book at ``path`` the key and the head of ``new``. Nobody may have it open.

    ``fill`` writes into the new book what it must never be without, such as its recovery key.
    ``keep`` keeps the new key for the next start; called when the copy is proven and before it
    takes the book's place. ``told`` hears how much is done, of a hundred. When ``leave`` answers
    true the book stays as it is: ``Cancelled``. Afterwards call ``tidied`` and forget the head that
    it answers.

    Raises ``BookBusy`` if another program reads or writes it, ``DiskFull`` before anything is
    written, ``UnlikeBook``, whatever ``fill`` and ``keep`` raise …; the book is then as it was.
    """
    path = path.resolve()
    salt, copy = look_at(path), rekeyed_file(path)
    refuse_read_only(path)
    _refuse_small_disk(path)
    with _meaning(path), _alone(path):
        throw_away(copy)
        source = _locked(path, old_key)
        try:
            _note(path, Turning(salt.hex(), new.salt.hex()))
            copy_pages(source, copy, new.data_key, new.salt, told=_share(told), leave=leave)
            _compare(source, path, copy, new, told, leave)
            _fill(copy, new, fill)
            _prove(copy, new)
            _as_allowed_as(path, copy)
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
            if leave():
                raise Cancelled
            keep()
            if os.name == "nt":
                source.close()  # a file that is open cannot be replaced there
            with path.open("rb+") as former:
                copy.replace(path)
                with suppress(OSError):  # the book has its new key: nobody is told otherwise
                    sync_folder(path.parent)
                    _ruin(former.fileno())
        except BaseException:
            throw_away(copy)
            raise
        finally:
            source.close()
        told(100, 100)


def turning(path: Path) -> Turning | None:
    """What a change of the key left unfinished; None where there was none, or one goes on now."""
    note = rekeying_file(path)
    if not note.exists():
        return None
    with suppress(StoreRefusal, OSError, ValueError, KeyError, TypeError), _alone(path):
        said = json.loads(note.read_bytes())
        found = Turning(str(said["old"]), str(said["new"]))
        if len(found.gone(path)) == 16:
            return found
    return None


def tidied(path: Path, forget: Callable[[bytes], None]) -> None:
    """End what a change of the key left: its copy, and by ``forget(head)`` the key not in use.

    To be called before the book is opened: it is looked into as a file. Nothing happens while a
    change is under way in another program. What ``forget`` raises leaves the note, so that the
    next start tries again.
    """
    note = rekeying_file(path)
    if not note.exists():
        return
    found = turning(path)
    with suppress(StoreRefusal, OSError), _alone(path):
        throw_away(rekeyed_file(path))
        if found is not None:
            forget(found.gone(path))
        note.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the change of the key for this program. Raises ``BookBusy`` if another has it."""
    name = rekeying_file(path).name + ".lock"
    lock = FileLock(path.with_name(name), timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise BookBusy(path=path) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _meaning(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlcipher.Error) as error:
        refusal = meaning(error, path)
        if refusal is None:
            raise
        raise refusal from error


def _refuse_small_disk(path: Path) -> None:
    log = log_of(path)
    size = path.stat().st_size + (log.stat().st_size if log.exists() else 0)
    if shutil.disk_usage(path.parent).free < size + size // 20 + ROOM:
        raise DiskFull(path=path)


def _locked(path: Path, key: bytes | bytearray) -> sqlcipher.Connection:
    """The book, all of it in one file and held against every other program until it is closed."""
    source = connect(path, key)
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        # What the log has is folded in: beside the new book it would be taken for its own.
        (mode,) = source.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise BookBusy(path=path)
        source.execute("PRAGMA locking_mode = EXCLUSIVE")
        source.execute("BEGIN EXCLUSIVE")
        source.execute("COMMIT")
        # All of it is in the file now, and the file is ours: what a bad moment of the disk left
        # beside it is nobody's, and would be taken for the new book's own.
        for side in sides_of(path):
            side.unlink(missing_ok=True)
    except BaseException:
        source.close()
        raise
    return source


def _note(path: Path, what: Turning) -> None:
    note = rekeying_file(path)
    unfinished = note.with_name(note.name + ".new")
    with unfinished.open("w") as file:
        unfinished.chmod(0o600)
        json.dump({"old": what.old, "new": what.new}, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(note)
    sync_folder(path.parent)


def _share(told: Told) -> Told:
    return lambda done, total: told(COPYING * done // max(total, 1), 100)


def _compare(
    source: sqlcipher.Connection,
    path: Path,
    copy: Path,
    new: NewKey,
    told: Callable[[int, int], None],
    leave: Callable[[], bool],
) -> None:
    """Open the copy by its new key alone and hold it against the book, table by table."""
    if look_at(copy) != new.salt:
        raise UnlikeBook(path=path)
    other = connect(copy, new.data_key)
    try:
        if other.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise UnlikeBook(path=path)
        shape = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
        parts = source.execute(shape).fetchall()
        same = parts == other.execute(shape).fetchall() and all(
            source.execute(f"PRAGMA {one}").fetchone() == other.execute(f"PRAGMA {one}").fetchone()
            for one in ("user_version", "application_id", "page_count", "encoding")
        )
        if not same:
            raise UnlikeBook(path=path)
        tables = [
            name for kind, name, _, sql in parts
            if kind == "table" and not sql.upper().startswith("CREATE VIRTUAL")
        ]  # fmt: skip
        for done, name in enumerate(tables):
            told(COPYING + (CHECKING - COPYING) * done // len(tables), 100)
            if not _same_rows(source, other, name, leave):
                raise UnlikeBook(path=path)
    finally:
        other.close()


def _same_rows(
    one: sqlcipher.Connection, other: sqlcipher.Connection, table: str, leave: Callable[[], bool]
) -> bool:
    every = f'SELECT * FROM "{table}"'
    left, right = one.execute(every), other.execute(every)
    while True:
        if leave():
            raise Cancelled
        here, there = left.fetchmany(ROWS), right.fetchmany(ROWS)
        if here != there:
            return False
        if not here:
            return True


def _fill(copy: Path, new: NewKey, fill: Callable[[Session], None]) -> None:
    engine = make_engine(copy, new.data_key, writer=True)
    try:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            fill(session)
    finally:
        engine.dispose()


def _prove(copy: Path, new: NewKey) -> None:
    """After what was filled in: whole, and all of it in the one file."""
    proven = connect(copy, new.data_key)
    try:
        (answer,) = proven.execute("PRAGMA quick_check(1)").fetchone()
        orphan = proven.execute("PRAGMA foreign_key_check").fetchone()
        proven.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (mode,) = proven.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        proven.close()
    if answer != "ok" or orphan is not None or mode != "delete":
        raise DamagedBook(path=copy)


def _as_allowed_as(path: Path, copy: Path) -> None:
    """Whoever may read and write the book may do so afterwards, and nobody else."""
    shutil.copymode(path, copy)
    if hasattr(os, "chown"):
        held = path.stat()
        with suppress(OSError):
            os.chown(copy, held.st_uid, held.st_gid)


def _ruin(descriptor: int) -> None:
    """Make the former book unreadable to who opened it a moment ago, if no other name holds it.

    A program that waits for it would otherwise write into a file that nobody has any more.
    """
    held: Any = os.fstat(descriptor)
    if os.name != "nt" and held.st_nlink == 0:
        os.pwrite(descriptor, os.urandom(PAGE_SIZE), 0)
