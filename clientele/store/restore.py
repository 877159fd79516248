"""How does a copy take the place of the book, so that a kill leaves one of the two whole?

The copy is written beside the book under another name, with the key and the head that the book has
now, brought to the form that this program reads, given what must not be forgotten
(``store.carry_over``), and checked. Then the book's own log is folded in and gone, and one rename
puts the new file in its place. See docs/decisions/0042-backups.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from clientele.store import backup, proof
from clientele.store.backup import Key
from clientele.store.beside import clear_away, sides_of
from clientele.store.copying import Leave, Told
from clientele.store.engine import connect, look_at, meaning, meaning_of_new
from clientele.store.errors import (
    DamagedBook,
    DiskFull,
    DiskTrouble,
    NewerVersion,
    StoreRefusal,
)
from clientele.store.migrate import NEWEST
from clientele.system.paths import sync_folder

RESTORED = ".restored"


class AnotherKey(StoreRefusal):
    """The key of the book does not open the file."""

    template = (
        "{file} does not open with the key of this book. Nothing was changed. If it was made "
        "before the book got its present key, type the recovery key of that time; else it is a "
        "copy of another book."
    )


class KeyOfNeither(StoreRefusal):
    """The recovery key that was typed does not open the file."""

    template = (
        "This recovery key was read without a mistake, but it does not open {file} either. "
        "Nothing was changed; look for an older paper, or choose another copy."
    )


class AnotherBook(StoreRefusal):
    """The file is a copy of a book of another store."""

    template = (
        "{file} is a copy of another book, of {store}. Nothing was changed; "
        "choose a copy of this book."
    )


class CopyGone(StoreRefusal):
    """The file is not there, or not any more."""

    template = (
        "{file} is not there any more. Nothing was changed; "
        "choose another copy, or plug in the device it is on."
    )


class DamagedCopy(StoreRefusal):
    """The copy does not hold together."""

    template = (
        "{file} is damaged, so it cannot be restored. Nothing was changed; choose another copy."
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """A copy that was opened and checked, and is of this book."""

    path: Path
    data_key: bytearray
    """What opens it: wiped once it was restored."""
    other_key: bool
    """Whether that is not the key that the book has now."""
    form: int
    """The number of its form; ``older`` ones are brought to the newest."""
    store: str
    size: int

    @property
    def older(self) -> bool:
        """Whether it is migrated on the way."""
        return self.form < NEWEST


def look(
    copy: Path,
    book: Path,
    data_key: Key,
    *,
    other_key: Key | None = None,
    leave: Leave = lambda: False,
) -> Looked:
    """Open a copy and read all of it. ``other_key`` opens one from before the present key.

    Raises ``CopyGone``, ``ForeignFile``, ``AnotherKey``, ``KeyOfNeither``, ``AnotherBook``,
    ``NewerVersion``, ``DamagedCopy``, ``Cancelled``; nothing is changed.
    """
    if not copy.exists():
        raise CopyGone(file=copy.name)
    look_at(copy)
    used = data_key
    if not proof.fits(copy, data_key):
        if other_key is None:
            raise AnotherKey(file=copy.name)
        if not proof.fits(copy, other_key):
            raise KeyOfNeither(file=copy.name)
        used = other_key
    try:
        form, made_at, store = _profile(copy, used)
        if form > NEWEST:
            raise NewerVersion(path=copy, found=form, known=NEWEST)
        own = profile_of(book, data_key)
        if own is not None and own[1] != made_at:
            raise AnotherBook(file=copy.name, store=store or "—")
        backup.verify(copy, used, leave=leave)
    except sqlcipher.Error as error:
        refusal = meaning(error, copy)
        if isinstance(refusal, StoreRefusal):
            raise DamagedCopy(file=copy.name) from error
        raise refusal or error from error
    except DamagedBook as error:
        raise DamagedCopy(file=copy.name) from error
    other = bytes(used) != bytes(data_key)
    return Looked(copy, bytearray(used), other, form, store, copy.stat().st_size)


def prepare(looked: Looked, book: Path, data_key: Key, *, told: Told, leave: Leave) -> Path:
    """Write the copy beside the book with the key and head that the book has; answers where.

    Raises ``Cancelled``, ``DiskFull`` and their like; nothing is left then.
    """
    prepared = book.with_name(book.name + RESTORED)
    head = head_of(book, data_key) if book.exists() else None
    try:
        backup.write_pages(
            looked.path,
            looked.data_key,
            prepared,
            target_key=data_key,
            target_salt=head,
            told=told,
            leave=leave,
        )
    except (OSError, sqlcipher.Error) as error:
        forget(book)
        refusal = meaning_of_new(error, prepared)
        raise refusal or error from error
    except BaseException:
        forget(book)
        raise
    return prepared


def take_place(book: Path, data_key: Key, *, step: Callable[[str], None] = lambda _: None) -> None:
    """Put the prepared file in place of the book, which nobody has open.

    ``step`` hears before each step that a kill could come between. Raises ``DamagedBook`` where
    what was prepared does not hold, ``DiskTrouble`` and their like; the book is then as it was.
    """
    prepared = book.with_name(book.name + RESTORED)
    try:
        step("verify")
        stand_alone(prepared, data_key)
        backup.verify(prepared, data_key)
        with prepared.open("rb+") as file:
            os.fsync(file.fileno())
        step("fold")
        if book.exists():
            with suppress(sqlcipher.Error):  # what cannot be folded in was kept as it stood
                stand_alone(book, data_key)
        step("part")
        # A log of the former book beside the new file would be played into it.
        for side in sides_of(book):
            side.unlink(missing_ok=True)
        step("rename")
        prepared.replace(book)
        step("sync")
        with suppress(OSError):  # it has its place: nobody is told otherwise
            sync_folder(book.parent)
    except (OSError, sqlcipher.Error) as error:
        refusal = meaning(error, book)
        raise refusal or error from error


@contextmanager
def as_refusals(book: Path) -> Iterator[None]:
    """Say of a disk that is full or broken what it is, whichever step meets it."""
    try:
        yield
    except (OSError, sqlcipher.Error) as error:
        refusal = meaning(error, book)
        raise refusal or error from error


def stand_alone(path: Path, data_key: Key) -> None:
    """Fold the log of a file into it, so that it needs no second file."""
    if not path.exists():
        return
    connection = connect(path, data_key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def forget(book: Path) -> None:
    """Clear away what was prepared, or what a program that was killed left of it."""
    prepared = book.with_name(book.name + RESTORED)
    clear_away(prepared)
    for path in book.parent.glob(f"{prepared.name}.before-*.backup*"):
        with suppress(OSError):
            path.unlink()


def head_of(book: Path, data_key: Key) -> bytes:
    """The head that the restored book gets: the one by which the keyring has its key."""
    with suppress(StoreRefusal, sqlcipher.Error):
        return backup.salt_of(book, data_key)
    with book.open("rb") as file:  # too damaged to be opened, so nobody has a lock on it
        return file.read(proof.SALT_SIZE)


def _profile(path: Path, data_key: Key) -> tuple[int, str, str]:
    """The form, when the store's profile was made, and the store's name."""
    connection = connect(path, data_key)
    try:
        form = int(connection.execute("PRAGMA user_version").fetchone()[0])
        row = connection.execute("SELECT created_at, name FROM store_profile").fetchone()
    finally:
        connection.close()
    if row is None:
        raise DamagedBook(path=path)
    return form, str(row[0]), str(row[1])


def profile_of(book: Path, data_key: Key) -> tuple[int, str, str] | None:
    """Its form, when its store's profile was made, the store's name; None: it cannot be read.

    Raises ``DiskFull``, ``DiskTrouble``: a disk that fails once is not a book that is damaged.
    """
    try:
        return _profile(book, data_key) if book.exists() else None
    except sqlcipher.Error as error:
        refusal = meaning(error, book)
        if isinstance(refusal, DiskFull | DiskTrouble):
            raise refusal from error
        return None
    except DamagedBook:
        return None
