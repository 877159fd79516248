"""How is a whole, proven copy of the book made?

By SQLite's backup interface, so that a copy is one moment of the book even while it is open. It
is encrypted with the same data key and carries the same head, so whatever opens the book opens
the copy. A copy only gets its name once it has been opened with the key and checked.
"""

from __future__ import annotations

import os
import shutil
from glob import escape
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store.beside import clear_away
from clientele.store.copying import Leave, Told, copy_pages
from clientele.store.engine import connect, meaning, meaning_of_new
from clientele.store.errors import Cancelled, DamagedBook, DiskFull, NoBook
from clientele.system.paths import sync_folder

KEPT = 3
"""How many copies from before a migration are kept."""

LOOK_EVERY = 500_000

Key = bytes | bytearray


def before_migration(path: Path, data_key: Key, version: int) -> Path:
    """Copy the book, which has the form ``version``, beside itself; return the copy's path.

    Of such copies the newest ``KEPT`` stay. Raises ``DiskFull`` before it starts where the room
    is too small, and the refusals of ``copy``.
    """
    target = path.with_name(f"{path.name}.before-{version + 1}.backup")
    copy(path, data_key, target)
    copies = sorted(
        path.parent.glob(f"{escape(path.name)}.before-*.backup"),
        key=lambda one: one.stat().st_mtime_ns,
    )
    for old in copies[:-KEPT]:
        old.unlink()
    return target


def copy(
    path: Path,
    data_key: Key,
    target: Path,
    *,
    told: Told = lambda *_: None,
    leave: Leave = lambda: False,
) -> None:
    """Copy the book at ``path`` to ``target``, verified, in place of a former copy.

    ``told`` hears how many pages are copied, of how many; ``leave`` is asked in between. Raises
    ``DiskFull``, ``DamagedBook``, ``WrongKey``, ``Cancelled`` …; a former copy at ``target`` is
    then kept, and nothing else left.
    """
    if not path.is_file():
        raise NoBook(path=path)
    size = path.stat().st_size
    if shutil.disk_usage(target.parent).free < size + size // 20:
        raise DiskFull(path=target)
    unfinished = target.with_name(target.name + ".new")
    try:
        write_pages(path, data_key, unfinished, told=told, leave=leave)
        verify(unfinished, data_key, leave=leave)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlcipher.Error) as error:
        clear_away(unfinished)
        refusal = meaning_of_new(error, target)
        if refusal is None:
            raise
        raise refusal from error
    except (DamagedBook, Cancelled):
        clear_away(unfinished)
        raise


def verify(path: Path, data_key: Key, *, leave: Leave = lambda: False) -> None:
    """Open the copy at ``path`` and read all of it. Raises ``DamagedBook`` if it does not hold."""
    connection = connect(path, data_key)
    try:
        connection.set_progress_handler(leave, LOOK_EVERY)
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    finally:
        connection.close()
    if answer != "ok" or orphan is not None:
        raise DamagedBook(path=path)


def salt_of(path: Path, data_key: Key) -> bytes:
    """The head of a book that may be open, asked of SQLite.

    Opening and closing the file beside it would let go of the locks that this program has on it
    (POSIX: https://www.sqlite.org/howtocorrupt.html, 2.2), and another could take its WAL away.
    """
    connection = connect(path, data_key)
    try:
        return _salt(connection)
    except sqlcipher.Error as error:
        raise meaning(error, path) or error from error
    finally:
        connection.close()


def write_pages(
    path: Path,
    data_key: Key,
    target: Path,
    *,
    target_key: Key | None = None,
    target_salt: bytes | None = None,
    told: Told = lambda *_: None,
    leave: Leave = lambda: False,
) -> None:
    """Write one moment of the book at ``path`` to a new file ``target``, for this user alone.

    With the book's key and head, or with another's. Raises ``Cancelled`` and the driver's errors;
    the file is then unfinished, and the caller's to clear away.
    """
    clear_away(target)
    source = connect(path, data_key)
    try:
        source.execute("BEGIN")  # one moment for all steps
        salt = target_salt or _salt(source)
        copy_pages(source, target, target_key or data_key, salt, told=told, leave=leave)
    finally:
        source.close()


def _salt(connection: sqlcipher.Connection) -> bytes:
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
