"""The kinds of writes that make, move or replace whole files (see ``kinds``)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import SET_UP
from clientele.services.notes import KeepNote, keep_note
from clientele.services.restoring import restore
from clientele.store import copies, slots
from clientele.store.backup import verify
from clientele.store.engine import connect, look_at
from clientele.store.keys import NewKey
from clientele.store.rekey import rekey, tidied
from clientele.store.restore import look
from clientele.store.session import Store, open_store
from tests.faults.kinds import BOOK, Act, Do, OnTheBook, digest, write
from tests.faults.victim import NOW
from tests.faults.workplace import KEY
from tests.migrations.freeze import KEY as FROZEN_KEY
from tests.migrations.freeze import book_of

NEW_KEY = NewKey("", bytearray(range(100, 132)), bytes(range(200, 216)))


class Migration(OnTheBook):
    """A book of an older form is opened for the first time."""

    name = "migration"
    form = 4

    def lay(self, template: Path, folder: Path) -> None:
        """The book as it was frozen when its form was new."""
        shutil.copyfile(book_of(self.form), folder / BOOK)

    def state(self, folder: Path) -> str:
        """What the book holds, in whichever form."""
        return digest(folder / BOOK, FROZEN_KEY)

    def opened(self, folder: Path) -> Store:
        """The book, migrated if it was not."""
        return open_store(folder / BOOK, FROZEN_KEY)

    def run(self, folder: Path, do: Do) -> None:
        """Open it."""
        do(lambda: open_store(folder / BOOK, FROZEN_KEY).close())


class Backup(OnTheBook):
    """A copy is made beside the book, while it is open."""

    name = "backup"
    same_again = False  # a copy whose name could not be synced is there, and a second run adds one

    def state(self, folder: Path) -> str:
        """What the book holds, and each copy that bears the name of one."""
        return " ".join([super().state(folder), *self._copies(folder)])

    def _copies(self, folder: Path) -> Iterator[str]:
        for found in copies.listed(folder / "backups", KEY):
            verify(found.path, KEY)
            yield digest(found.path, KEY)

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        for hours in range(2):
            at = NOW + timedelta(hours=hours)
            yield partial(copies.make, store.path, KEY, Why.DAILY, now=at)


class Restore(OnTheBook):
    """A copy takes the place of the book, which is copied first."""

    name = "restore"
    same_again = False  # a second run makes a second copy of the book as it is

    def lay(self, template: Path, folder: Path) -> None:
        """A book and a copy from before its last change."""
        super().lay(template, folder)
        made = copies.make(folder / BOOK, KEY, Why.DAILY, now=NOW - timedelta(days=1))
        assert made.good
        store = open_store(folder / BOOK, KEY)
        write(store, keep_note, KeepNote(1, "after the copy", 1))
        store.close()

    def state(self, folder: Path) -> str:
        """What the book holds, and that it can still be had as it was before."""
        kept = {digest(one.path, KEY) for one in copies.listed(folder / "backups", KEY)}
        # What could not be read when it was to be copied was kept as it stood.
        kept |= {digest(one, KEY) for one in (folder / "backups").glob("*.damaged")}
        now = super().state(folder)
        connection = connect(folder / BOOK, KEY)
        notes = [row[0] for row in connection.execute("SELECT body FROM note")]
        connection.close()
        if "after the copy" not in notes and len(kept) < 2:
            raise AssertionError("restored, and what was there before is nowhere")
        return now

    def run(self, folder: Path, do: Do) -> None:
        """Look at the copy and restore it."""
        book = folder / BOOK

        def bring_back() -> None:
            copy = min((folder / "backups").glob("*.daily.*.backup"))
            looked = look(copy, book, KEY)
            restore(book, KEY, looked, now=NOW, acting=SET_UP)

        do(bring_back)


class KeyChange(OnTheBook):
    """The whole book is encrypted anew."""

    name = "key change"

    def _key(self, folder: Path) -> bytes | bytearray:
        turned = look_at(folder / BOOK) == NEW_KEY.salt
        return NEW_KEY.data_key if turned else KEY

    def state(self, folder: Path) -> str:
        """Which key opens it, and what it holds."""
        key = self._key(folder)
        if key == NEW_KEY.data_key and not _keyring(folder).exists():
            raise AssertionError("the new key is needed, and nobody kept it")
        return f"{key[0]} {digest(folder / BOOK, key)}"

    def opened(self, folder: Path) -> Store:
        """The book, with what a change of the key left tidied up first."""
        tidied(folder / BOOK, lambda _: None)
        return open_store(folder / BOOK, bytes(self._key(folder)))

    def run(self, folder: Path, do: Do) -> None:
        """Give it another key."""

        def turn() -> None:
            keep = _keyring(folder).touch
            rekey(folder / BOOK, KEY, NEW_KEY, fill=lambda _: None, keep=keep)

        do(turn)


def _keyring(folder: Path) -> Path:
    """Stands for what is kept elsewhere, on a disk that does not fail."""
    return folder.with_name(folder.name + ".keyring")


class Passphrase(OnTheBook):
    """Another passphrase is chosen."""

    name = "passphrase"

    def lay(self, template: Path, folder: Path) -> None:
        """A book with a passphrase."""
        super().lay(template, folder)
        slots.set_passphrase(folder / BOOK, look_at(folder / BOOK), KEY, "the first of them")

    def state(self, folder: Path) -> str:
        """Which of the two opens it."""
        try:
            assert slots.unlock_by_passphrase(folder / BOOK, "the first of them") == KEY
        except slots.WrongPassphrase:
            assert slots.unlock_by_passphrase(folder / BOOK, "and the second") == KEY
            return "second"
        return "first"

    def run(self, folder: Path, do: Do) -> None:
        """Change it."""
        salt = look_at(folder / BOOK)
        do(lambda: slots.set_passphrase(folder / BOOK, salt, KEY, "and the second"))
