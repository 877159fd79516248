"""How do we talk to one encrypted file: keys, pragmas, BEGIN, and what its errors mean?

One engine lends connections to readers (``query_only``), another holds the single writer. Both
speak SQLAlchemy's SQLite dialect over SQLCipher. Transactions are begun by our own listener,
because the driver's implicit ones would leave out DDL.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store.errors import (
    BookBusy,
    Cancelled,
    DamagedBook,
    DiskFull,
    DiskTrouble,
    ForeignFile,
    NoBook,
    ReadOnlyFile,
    StoreRefusal,
    WrongKey,
)
from clientele.store.terms import Terms

PLAIN_HEADER = b"SQLite format 3\x00"
PAGE_SIZE = 4096
SALT_SIZE = 16
READERS = 4
BUSY_MS = 5_000
READER_CACHE_KIB = 12_288
WRITER_CACHE_KIB = 65_536
WAL_LIMIT = 67_108_864
"""Bytes to which the WAL is cut back once a great change is folded into the file."""

_TERMS = "clientele_terms"

SMALL_ROOM = 1_048_576
"""Bytes of a disk on which nothing new finds room, whatever its system keeps back."""

_OK, _BUSY, _LOCKED, _READONLY, _INTERRUPT, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = (
    0, 5, 6, 8, 9, 10, 11, 13, 14, 26,
)  # fmt: skip

_SAID = {
    "database is locked": _BUSY,
    "readonly database": _READONLY,
    "interrupted": _INTERRUPT,
    "disk I/O error": _IOERR,
    "malformed": _CORRUPT,
    "disk is full": _FULL,
    "unable to open": _CANTOPEN,
    "not a database": _NOTADB,
}
"""What ``sqlite3_errstr`` says, in part: https://www.sqlite.org/rescode.html."""


def look_at(path: Path) -> bytes:
    """Return the salt of the book at ``path``, its first 16 bytes, opening no database.

    Raises ``NoBook``, ``ForeignFile`` for what cannot be a book (plain SQLite, not whole pages),
    and ``ReadOnlyFile`` where it could not be written.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(SALT_SIZE)
    except (FileNotFoundError, NotADirectoryError):
        raise NoBook(path=path) from None
    except IsADirectoryError:
        raise ForeignFile(path=path) from None
    except PermissionError:
        raise ReadOnlyFile(path=path) from None
    except OSError:
        raise DiskTrouble(path=path) from None
    if size < PAGE_SIZE or size % PAGE_SIZE or head == PLAIN_HEADER:
        raise ForeignFile(path=path)
    return head


def refuse_read_only(path: Path) -> None:
    """Raise ``ReadOnlyFile`` unless the file and its folder (for the WAL) can be written."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise ReadOnlyFile(path=path)


def connect(
    path: Path, data_key: bytes | bytearray, *, salt: bytes | None = None
) -> sqlcipher.Connection:
    """Open a bare connection to ``path`` with the 32 bytes of the data key.

    ``salt`` is given only when the file is being made: it becomes the file's first 16 bytes.
    A connection opens nothing yet: a wrong key shows at the first read.
    """
    connection = sqlcipher.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    key = data_key.hex() + (salt.hex() if salt else "")
    connection.execute("PRAGMA cipher_log_level = NONE")
    # A script stays in no cache of statements, as the key would with the life of the connection.
    connection.executescript(f"PRAGMA key = \"x'{key}'\"")
    return connection


def prepare(connection: sqlcipher.Connection, *, writer: bool) -> None:
    """Set what every connection of ours needs. Reads the file, so a wrong key raises here."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if writer:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT}")
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "mmap_size = 0",
        f"busy_timeout = {BUSY_MS}",
        f"cache_size = -{WRITER_CACHE_KIB if writer else READER_CACHE_KIB}",
        f"query_only = {'OFF' if writer else 'ON'}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def make_engine(
    path: Path,
    data_key: bytes | bytearray,
    *,
    writer: bool,
    salt: bytes | None = None,
    terms: Terms | None = None,
) -> Engine:
    """An engine on ``path``: one connection that writes, or up to ``READERS`` that only read.

    A writer begins with BEGIN IMMEDIATE, so that it never fails half way for want of the lock.
    Bound values stay out of messages and logs (``hide_parameters``). ``terms`` are the words of
    names that all engines of one book share (``store.terms``), found again by ``terms_of``.
    """

    def creator() -> Any:
        connection = connect(path, data_key, salt=salt)
        try:
            prepare(connection, writer=writer)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=creator,
        poolclass=QueuePool,
        pool_size=1 if writer else READERS,
        max_overflow=0,
        pool_use_lifo=True,  # the connection used last has the pages that are asked for next
        pool_timeout=30,
        hide_parameters=True,
        execution_options={_TERMS: terms or Terms()},
    )
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def terms_of(connection: Connection) -> Terms:
    """The words of all names in the book that ``connection`` reads."""
    terms: Terms = connection.get_execution_options()[_TERMS]
    return terms


def was_a_write(error: BaseException) -> bool:
    """Whether SQLite refused to write here. From a reader that is a bug, not a read-only disk."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return getattr(original, "sqlite_errorcode", None) == _READONLY


def meaning(error: BaseException, path: Path) -> StoreRefusal | Cancelled | None:
    """What a database error says to a person; None for one that is a bug of ours."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, OSError):
        return DiskFull(path=path) if original.errno == errno.ENOSPC else DiskTrouble(path=path)
    if not isinstance(original, sqlcipher.Error):
        return None
    code = _code_of(original)
    if code == _INTERRUPT:
        return Cancelled()
    if code == _CANTOPEN:
        return _not_opened(path)
    refusals: dict[int, type[StoreRefusal]] = {
        _NOTADB: WrongKey,
        _FULL: DiskFull,
        _READONLY: ReadOnlyFile,
        _BUSY: BookBusy,
        _LOCKED: BookBusy,
        _CORRUPT: DamagedBook,
        _IOERR: DiskTrouble,
    }
    kind = refusals.get(code)
    return kind(path=path) if kind else None


def meaning_of_new(error: BaseException, target: Path) -> StoreRefusal | Cancelled | None:
    """What an error says of a file that was being made: that it is not there says nothing."""
    said = meaning(error, target)
    return meaning(error, target.parent) if isinstance(said, NoBook) else said


def _code_of(error: sqlcipher.Error) -> int:
    """SQLite's result code. The driver's ``backup`` leaves it out and has but the fixed words."""
    code = getattr(error, "sqlite_errorcode", None)
    if code:
        return int(code) & 0xFF
    return next((code for words, code in _SAID.items() if words in str(error)), _OK)


def _not_opened(path: Path) -> StoreRefusal:
    """Why a file of the book, or its log, could not be opened: SQLite says no more than that."""
    try:
        if not path.exists():
            return NoBook(path=path)
        refuse_read_only(path)
        room = shutil.disk_usage(path.parent).free
    except StoreRefusal as refusal:
        return refusal
    except OSError:
        return DiskTrouble(path=path)
    return DiskFull(path=path) if room < SMALL_ROOM else DiskTrouble(path=path)
