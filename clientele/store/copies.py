"""The folder ``backups`` beside a book: making a copy in it, what is there, what is let go.

Copies of a second place (``store.second_place``) are listed in the same way. Files that are not
named as ours, or are another book's, are never touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from glob import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from sqlcipher3 import dbapi2 as sqlcipher

from clientele.domain.rules.keeping_copies import CopyName, Kept, Why, to_let_go
from clientele.store import backup, proof
from clientele.store.backup import Key
from clientele.store.beside import SIDES
from clientele.store.copying import Leave, Told
from clientele.store.engine import connect
from clientele.store.errors import ReadOnlyFile, StoreRefusal
from clientele.system.paths import private_folder

UNFINISHED = ".new"
_LOCK = ".copying"
_HEAD = 4


class CopyUnderWay(StoreRefusal):
    """Another program copies this book at the moment."""

    template = (
        "Another program is backing up this book at the moment. Nothing was changed; "
        "wait until it has finished and do it again."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A copy that is there."""

    path: Path
    at: datetime
    """When it was made: aware UTC, from its name, or from the file itself for an older one."""
    why: Why
    size: int
    """Bytes."""
    head: str
    good: bool
    """Whether it is as long as its first page says, and that is signed with the book's key."""


def folder_of(book: Path) -> Path:
    """Where the copies of a book are."""
    return book.parent / "backups"


def make(
    book: Path,
    data_key: Key,
    why: Why,
    *,
    now: datetime,
    told: Told = lambda *_: None,
    leave: Leave = lambda: False,
) -> Found:
    """Copy the book into its folder, opened and checked before it takes its name.

    Raises ``CopyUnderWay``, and the refusals of ``backup.copy``; nothing half-made is left.
    """
    folder = folder_of(book)
    with only_one(folder):
        sweep(folder, book.name)
        head = backup.salt_of(book, data_key)[:_HEAD].hex()
        name = CopyName(book.name, now, why, head)
        while (target := folder / name.file).exists():
            name = CopyName(book.name, name.at + timedelta(seconds=1), why, head)
        backup.copy(book, data_key, target, told=told, leave=leave)
    size = target.stat().st_size
    return Found(target, name.at.replace(microsecond=0), why, size, head, good=True)


def listed(folder: Path, data_key: Key, stem: str = "") -> tuple[Found, ...]:
    """The copies in a folder, the newest first; of one book only, if its name is given."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            name = CopyName.read(path.name)
            if name is not None and (not stem or name.stem == stem):
                with suppress(OSError):
                    found.append(_found(path, name.at, name.why, name.head, data_key))
    return tuple(sorted(found, key=lambda one: (one.at, one.path.name), reverse=True))


def of_migrations(book: Path, data_key: Key) -> tuple[Found, ...]:
    """The copies from before a migration, which stand beside the book itself."""
    found = []
    with suppress(OSError):
        for path in book.parent.glob(f"{escape(book.name)}.before-*.backup"):
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
            found.append(_found(path, at, Why.MIGRATION, "", data_key))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def let_go(folder: Path, copies: tuple[Found, ...], zone: ZoneInfo, head: str) -> int:
    """Remove what need not be kept of the copies with this head; answers how many went."""
    own = [one for one in copies if one.head == head and one.path.parent == folder]
    kept = [Kept(one.path.name, one.at, one.why, one.good) for one in own]
    gone = 0
    for file in to_let_go(kept, zone):
        with suppress(OSError):
            (folder / file).unlink()
            gone += 1
    return gone


def staying(copies: tuple[Found, ...], zone: ZoneInfo, head: str) -> frozenset[str]:
    """The names of those copies with this head that are to be kept, wherever they are."""
    kept = {
        one.path.name: Kept(one.path.name, one.at, one.why, one.good)
        for one in copies
        if one.head == head
    }
    return frozenset(kept) - to_let_go(kept.values(), zone)


def sweep(folder: Path, stem: str) -> None:
    """Clear away what a program that was killed left half-made."""
    with suppress(OSError):
        for path in folder.iterdir():
            whole, dot, rest = path.name.partition(UNFINISHED)
            name = CopyName.read(whole) if dot else None
            if name is not None and name.stem == stem and rest in ("", *SIDES):
                with suppress(OSError):
                    path.unlink()


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder for this program alone; a dead one's lock is in nobody's way.

    Raises ``CopyUnderWay``, and ``ReadOnlyFile`` where the folder cannot be made or written.
    """
    lock = FileLock(folder / _LOCK, timeout=0, mode=0o600, thread_local=False)
    try:
        private_folder(folder)
        if os.name != "nt":
            folder.chmod(0o700)
        lock.acquire()
    except Timeout:
        raise CopyUnderWay from None
    except OSError as error:
        raise ReadOnlyFile(path=folder) from error
    try:
        yield
    finally:
        lock.release()


def head_in(path: Path) -> str:
    """The first bytes of a copy, as names hold them. Never for a book that is open."""
    with path.open("rb") as file:
        return file.read(_HEAD).hex()


def _found(path: Path, at: datetime, why: Why, head: str, data_key: Key) -> Found:
    size = path.stat().st_size
    whole = path.is_file() and size >= proof.PAGE_SIZE and size % proof.PAGE_SIZE == 0
    good = whole and proof.fits(path, data_key) and _has_all_pages(path, size, data_key)
    return Found(path, at, why, size, head or (head_in(path) if whole else ""), good)


def _has_all_pages(path: Path, size: int, data_key: Key) -> bool:
    """Whether none is missing at the end, as where the rest of it was lost or cut off."""
    with suppress(sqlcipher.Error):
        connection = connect(path, data_key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
        finally:
            connection.close()
        return bool(pages * proof.PAGE_SIZE == size)
    return False
