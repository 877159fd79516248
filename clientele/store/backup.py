"""How is a whole, proven copy of the book made?

By SQLite's backup interface, so that a copy is one moment of the book even while it is open. It
is encrypted with the same data key and carries the same head, so whatever opens the book opens
the copy. A copy only gets its name once it has been opened with the key and checked.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store.engine import connect, look_at, meaning
from clientele.store.errors import DamagedBook, DiskFull
from clientele.system.paths import sync_folder

KEPT = 3
"""How many copies from before a migration are kept."""


def before_migration(path: Path, data_key: bytes, version: int) -> Path:
    """Copy the book, which has the form ``version``, beside itself; return the copy's path.

    Of such copies the newest ``KEPT`` stay. Raises ``DiskFull`` before it starts where the room
    is too small, and the refusals of ``copy``.
    """
    target = path.with_name(f"{path.name}.before-{version + 1}.backup")
    copy(path, data_key, target)
    copies = sorted(
        path.parent.glob(f"{path.name}.before-*.backup"), key=lambda one: one.stat().st_mtime_ns
    )
    for old in copies[:-KEPT]:
        old.unlink()
    return target


def copy(path: Path, data_key: bytes, target: Path) -> None:
    """Copy the book at ``path`` to ``target``, verified, in place of a former copy.

    Raises ``DiskFull``, ``DamagedBook``, ``WrongKey`` …; a former copy at ``target`` is then kept.
    """
    salt = look_at(path)
    size = path.stat().st_size
    if shutil.disk_usage(target.parent).free < size + size // 20:
        raise DiskFull(path=target)
    unfinished = target.with_name(target.name + ".new")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _copy_pages(path, data_key, unfinished, salt)
        verify(unfinished, data_key)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlcipher.Error) as error:
        unfinished.unlink(missing_ok=True)
        refusal = meaning(error, target)
        if refusal is None:
            raise
        raise refusal from error
    except DamagedBook:
        unfinished.unlink(missing_ok=True)
        raise


def verify(path: Path, data_key: bytes) -> None:
    """Open the copy at ``path`` and read all of it. Raises ``DamagedBook`` if it does not hold."""
    connection = connect(path, data_key)
    try:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    finally:
        connection.close()
    if answer != "ok" or orphan is not None:
        raise DamagedBook(path=path)


def _copy_pages(path: Path, data_key: bytes, target: Path, salt: bytes) -> None:
    source = connect(path, data_key)
    try:
        destination = connect(target, data_key, salt=salt)
        try:
            source.backup(destination)
            # The copy stands alone: a WAL would need a second file and a folder to write in.
            destination.execute("PRAGMA journal_mode = DELETE")
        finally:
            destination.close()
    finally:
        source.close()
