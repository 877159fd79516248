"""How do all pages of an open book come into a new file, under the same key or another?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store.engine import connect
from clientele.store.errors import Cancelled
from clientele.system.paths import private

PAGES = 2_048
"""Pages that are copied between two looks whether to go on: eight megabytes."""

Told = Callable[[int, int], None]
"""Hears how much is done, and of how much."""

Leave = Callable[[], bool]
"""Answers whether nobody wants it any more."""


def copy_pages(
    source: sqlcipher.Connection,
    target: Path,
    data_key: bytes | bytearray,
    salt: bytes | None,
    *,
    told: Told = lambda *_: None,
    leave: Leave = lambda: False,
) -> None:
    """Write all that ``source`` sees to a new file, for this user alone; it stands by itself.

    Raises ``Cancelled``, ``OSError`` and the driver's errors; the file is then unfinished, and the
    caller's to clear away.
    """

    def between(_status: int, remaining: int, total: int) -> None:
        told(total - remaining, total)
        if leave():
            raise Cancelled

    open(target, "xb", opener=private).close()
    destination = connect(target, data_key, salt=salt)
    try:
        source.backup(destination, pages=PAGES, progress=between)
        # A log would need a second file, and a folder to write in.
        destination.execute("PRAGMA journal_mode = DELETE")
    finally:
        destination.close()
