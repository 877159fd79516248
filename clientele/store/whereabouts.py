"""Is the file that we write to still the one that bears the book's name?

An open file that is removed, or replaced by another, goes on taking writes on most systems, and
whatever it took is gone when the program ends. SQLite does not look (in WAL mode), so the store
does: before each use and after each commit, by two questions to the file system. See
https://www.sqlite.org/howtocorrupt.html, sections 2.4 and 4.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store.beside import log_of
from clientele.store.copying import copy_pages
from clientele.store.engine import meaning_of_new
from clientele.store.errors import DiskTrouble, StoreRefusal

Identity = tuple[int, int]


class BookGone(StoreRefusal):
    """Nothing bears the name of the open book any more."""

    template = (
        "{path} is gone: it was removed, renamed or replaced while the book was open. From now on "
        "nothing is kept. Put it back, or close Clientele: what it kept before is then written to "
        "{rescued}, if the disk allows."
    )


class LogGone(StoreRefusal):
    """The file beside the book that changes go to first was removed."""

    template = (
        "{path} was removed while the book was open. Nothing more can be kept, and nothing kept "
        "before is lost: close Clientele, which brings it into the book, and open it again."
    )


def rescued_file(path: Path) -> Path:
    """Where what an open book holds is written if the book itself is gone."""
    return path.with_name(path.name + ".rescued")


class Whereabouts:
    """Remembers which files an open book has, from its writer's first connection on."""

    def __init__(self, path: Path, writer: Engine) -> None:
        self._path = path
        self._log = log_of(path)
        self._known: dict[Path, Identity] = {}
        event.listen(writer, "connect", self._forget)

    def look(self) -> None:
        """Raise ``BookGone``, ``LogGone`` or ``DiskTrouble`` unless both are where they were."""
        book, log = _identity(self._path, self._path), _identity(self._log, self._path)
        if book is None or book != self._known.setdefault(self._path, book):
            raise BookGone(path=self._path, rescued=rescued_file(self._path))
        if log is not None:
            self._known.setdefault(self._log, log)
        if log != self._known.get(self._log):
            raise LogGone(path=self._log)

    def is_lost(self) -> bool:
        """Whether the book was there and another file, or none, bears its name now."""
        if not self._known:
            return False
        try:
            self.look()
        except BookGone:
            return True
        except StoreRefusal:
            return False
        return False

    def leave_nothing(self) -> None:
        """Remove our log where the book is lost: it would be taken for that of the file there."""
        with suppress(OSError, StoreRefusal):
            if _identity(self._log, self._path) == self._known.get(self._log):
                self._log.unlink()
                self._path.with_name(self._path.name + "-shm").unlink(missing_ok=True)

    def _forget(self, *_: object) -> None:
        # A new connection of the only writer opens anew what is there.
        self._known.pop(self._log, None)


def rescue(writer: Engine, path: Path, data_key: bytes | bytearray, salt: bytes) -> Path:
    """Write what the open book holds to a file beside its name, for this user alone.

    Raises the refusals of ``meaning``; nothing is left half-written.
    """
    target = rescued_file(path)
    unfinished = target.with_name(target.name + ".new")
    try:
        unfinished.unlink(missing_ok=True)
        with writer.connect() as connection:
            raw: Any = connection.connection.driver_connection
            copy_pages(raw, unfinished, data_key, salt or None)
        unfinished.replace(target)
    except (OSError, sqlcipher.Error) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise meaning_of_new(error, target) or error from error
    return target


def _identity(file: Path, book: Path) -> Identity | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    except OSError:
        raise DiskTrouble(path=book) from None
    return found.st_dev, found.st_ino
