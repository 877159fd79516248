"""What stands beside a book: the lock of the program that has it, the file a passphrase opens.

Needed before the first frame, so nothing here knows of a database.
"""

from __future__ import annotations

import getpass
import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from clientele.store.errors import BookInUse, OverTheBook
from clientele.system.paths import private_folder

LARGEST = 65_536
"""Bytes of the file of passphrases: two dozen take a quarter, of the old and the new key a half."""


SIDES: Final = ("-wal", "-shm", "-journal")
"""Endings of what SQLite keeps beside a database: its log, its shared memory, its journal."""


def log_of(path: Path) -> Path:
    """Where changes of the book are that are not folded into it yet."""
    return path.with_name(path.name + SIDES[0])


def sides_of(path: Path) -> tuple[Path, ...]:
    """What SQLite may keep beside the book."""
    return tuple(path.with_name(path.name + ending) for ending in SIDES)


def throw_away(path: Path) -> None:
    """Remove a database of ours that is not the book, with its sides. Raises ``OSError``."""
    for part in (path, *sides_of(path)):
        part.unlink(missing_ok=True)


def clear_away(path: Path) -> None:
    """The same as far as the disk lets us: whoever gives up tells what went wrong, not this."""
    for part in (path, *sides_of(path)):
        with suppress(OSError):
            part.unlink(missing_ok=True)


def has_passphrase(path: Path) -> bool:
    """Whether somebody opens the book at ``path`` by a passphrase, not by the keyring."""
    return wrapped_file(path).exists()


def asks_for_passphrase(path: Path) -> bool:
    """Whether who uses this machine opens the book at ``path`` with a passphrase of their own.

    Others may have one beside them who has the key in their keyring. Of a file that cannot be
    understood nobody can tell, so the keyring is asked first; its loss is told after that.
    """
    try:
        kept = content_of(wrapped_file(path))
        if kept["form"] == 1:
            return True
        with path.open("rb") as file:
            head = file.read(16).hex()
        own = [one["label"] for one in kept["slots"] if one["head"] == head]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return user() in own


def content_of(file: Path) -> Any:
    """What stands as JSON in a small file, which somebody may have put there to do harm.

    Raises ``OSError``, and ``ValueError`` for what is none, is larger than ``LARGEST`` or a pipe.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise ValueError("no file")
    with file.open("rb") as opened:
        found = opened.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise ValueError("larger than any of ours")
    try:
        return json.loads(found)
    except RecursionError as error:
        raise ValueError("lists within lists") from error


def user() -> str:
    """Who uses this machine, as it calls them: the name on their passphrase."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "user"


def wrapped_file(path: Path) -> Path:
    """The file beside the book that holds its data key, wrapped by each passphrase."""
    return path.with_name(path.name + ".key")


def rekeyed_file(path: Path) -> Path:
    """The copy of the book under its new key, until it takes the book's place."""
    return path.with_name(path.name + ".rekeyed")


def rekeying_file(path: Path) -> Path:
    """Which two heads a new key goes between: one is to be forgotten, also after a kill."""
    return path.with_name(path.name + ".rekeying")


def keep_clear(book: Path, path: Path) -> None:
    """Raise ``OverTheBook`` if a file written to ``path`` would replace a part of ``book``."""
    endings = (
        "", *SIDES, ".key", ".lock", ".new", ".key.new", ".mail", ".rekeyed", ".rekeying",
    )  # fmt: skip
    own = {book.with_name(book.name + ending).resolve() for ending in endings}
    same = path.exists() and book.exists() and path.samefile(book)
    if same or path.resolve() in own:
        raise OverTheBook(file=path.name)


class SoleSender:
    """Who sends the e-mails of a book: one at a time, of all programs that have it open.

    Only who has this may take for granted that an e-mail which the book says is being sent is not
    (``rules.sending.on_start``). A dead one's lock is in nobody's way.
    """

    def __init__(self, path: Path) -> None:
        name = path.name + ".mail"
        self._lock = FileLock(path.with_name(name), timeout=0, mode=0o600, thread_local=False)

    def take(self) -> bool:
        """Whether it is ours, from now on or already; to be asked again where it is not."""
        if not self._lock.is_locked:
            try:
                self._lock.acquire()
            except (Timeout, OSError):
                return False
        return True

    def give_back(self) -> None:
        """Let another send."""
        self._lock.release()


@contextmanager
def claim(path: Path) -> Iterator[None]:
    """Hold the book for this program alone, for the life of the block.

    Raises ``BookInUse`` if another living program has it; a dead one's lock is not in the way.
    Where no lock can be written, no book can be either: opening or making it says so then.
    """
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0, mode=0o600, thread_local=False)
    try:
        private_folder(path.parent)
        lock.acquire()
    except Timeout:
        raise BookInUse(path=path) from None
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()
