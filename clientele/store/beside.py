"""What stands beside a book: the lock of the program that has it, the file a passphrase opens.

Needed before the first frame, so nothing here knows of a database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from clientele.store.errors import BookInUse, OverTheBook
from clientele.system.paths import private_folder


def has_passphrase(path: Path) -> bool:
    """Whether the book at ``path`` is opened by a passphrase, not by the keyring."""
    return wrapped_file(path).exists()


def wrapped_file(path: Path) -> Path:
    """The file beside the book that holds its data key, wrapped by the passphrase."""
    return path.with_name(path.name + ".key")


def keep_clear(book: Path, path: Path) -> None:
    """Raise ``OverTheBook`` if a file written to ``path`` would replace a part of ``book``."""
    endings = ("", "-wal", "-shm", "-journal", ".key", ".lock", ".new", ".key.new")
    own = {book.with_name(book.name + ending).resolve() for ending in endings}
    same = path.exists() and book.exists() and path.samefile(book)
    if same or path.resolve() in own:
        raise OverTheBook(file=path.name)


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
