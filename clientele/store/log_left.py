"""Did all come back of the log that a kill or a power cut left beside the book?

SQLite reads such a log up to the first frame whose checksum is wrong, and says nothing of the rest:
so it must be, for what was being written when the power went is no harm. But a disk that damaged
what was synced long ago looks the same, and then kept changes are missing. This tells whether any
transaction stands in the log that SQLite did not take over. The format is at
https://www.sqlite.org/fileformat2.html#the_write_ahead_log.
"""

from __future__ import annotations

import shutil
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine

from clientele.store.beside import log_of
from clientele.store.errors import StoreRefusal

_HEADER, _FRAME = 32, 24


class LogDamaged(StoreRefusal):
    """The book opened, and something that was in its log is not in it."""

    template = (
        "Some of what was written right before Clientele last ended could not be read back: if "
        "the power failed, only what was never told as kept; else the disk is at fault. Look "
        "through the last changes and do again what is missing. The log is kept as {kept}."
    )


@dataclass(frozen=True, slots=True)
class Left:
    """A log that was there before the book was opened."""

    commits: tuple[int, ...]
    """After which of its frames, counted from one, a transaction was whole."""
    headless: bool
    """Whether its own header does not hold."""
    header: bytes


def left(book: Path) -> Left | None:
    """What the log of a closed book holds, going by its frames' headers; None without one."""
    log = log_of(book)
    try:
        with log.open("rb") as file:
            return _read(file)
    except OSError:
        return None


def taken_over(writer: Engine, book: Path, found: Left | None) -> LogDamaged | None:
    """Compare the log with what SQLite took of it; to be called before anything is written.

    Answers what is to be told where something is missing; the log is then kept beside the book.
    """
    if found is None or not found.commits:
        return None
    with writer.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        _, frames, _ = raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if not found.headless and found.commits[-1] <= frames:
        return None
    now = left(book)
    if now is None or now.header != found.header:
        return None  # another program works on it, and its log has begun anew
    kept = book.with_name(book.name + ".damaged-log")
    with suppress(OSError):
        shutil.copyfile(log_of(book), kept)
        kept.chmod(0o600)
    return LogDamaged(kept=kept)


def _read(file: BinaryIO) -> Left | None:
    header = file.read(_HEADER)
    if len(header) < _HEADER:
        return None
    magic, _, size, _, *salts = struct.unpack(">6I", header[:24])
    headless = magic & ~1 != 0x377F0682 or _sum(header[:24], magic) != struct.unpack(
        ">2I", header[24:]
    )
    if headless:
        size = 4096
    commits, number = [], 0
    while len(frame := file.read(_FRAME)) == _FRAME:
        number += 1
        _, pages, *own = struct.unpack(">4I", frame[:16])
        # One salt is enough: of what an earlier round of the log left, neither is the same.
        ours = headless or own[0] == salts[0] or own[1] == salts[1]
        if pages and ours:
            commits.append(number)
        file.seek(size, 1)
    return Left(tuple(commits), headless, header)


def _sum(content: bytes, magic: int) -> tuple[int, int]:
    one, two = 0, 0
    words = struct.unpack(f"{'>' if magic & 1 else '<'}{len(content) // 4}I", content)
    for at in range(0, len(words), 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return one, two
