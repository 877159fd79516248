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
    endings = ("", "-wal", "-shm", "-journal", ".key", ".lock", ".new", ".key.new", ".mail")
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
