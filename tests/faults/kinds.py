"""Every kind of write that the program does, each as a few acts in a row that can be told apart.

A kind is laid out in a folder of its own, works there, and can say what state the folder is in: a
word that is the same for two folders exactly when they hold the same.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Protocol

from clientele.domain.rules.keeping_copies import Why
from clientele.exchange.plan import plan
from clientele.services.clients import EditClient, NewClient, edit_client, new_client
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.follow_ups_many import (
    DoFollowUps,
    SnoozeFollowUps,
    do_follow_ups,
    snooze_follow_ups,
)
from clientele.services.imports import import_file, store_ways
from clientele.services.merging import Merge, merge_clients
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.services.shown_items import SetOutcome, ShowItem, set_outcome, show_item
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.undo import undo
from clientele.services.visits import Leave, StartVisit, leave, start_visit
from clientele.store import copies, slots
from clientele.store.backup import verify
from clientele.store.engine import connect, look_at
from clientele.store.errors import NoBook
from clientele.store.keys import NewKey
from clientele.store.rekey import rekey, tidied
from clientele.store.session import Store, open_store
from tests.faults.victim import NOW
from tests.faults.workplace import KEY, Workplace, make_workplace
from tests.migrations.freeze import KEY as FROZEN_KEY
from tests.migrations.freeze import book_of

BOOK = "book.clientele"
Act = Callable[[], object]
Do = Callable[[Act], None]
"""Does an act and says that it is done, or why not."""

NEW_KEY = NewKey("", bytearray(range(100, 132)), bytes(range(200, 216)))


class Work(Protocol):
    """A kind of write."""

    name: str
    same_again: bool
    """Whether the same comes of it when it is done again after it was refused half way."""

    def lay(self, template: Path, folder: Path) -> None:
        """Put into ``folder`` what is there before; ``template`` holds a book with clients."""

    def run(self, folder: Path, do: Do) -> None:
        """Do all of it."""

    def state(self, folder: Path) -> str:
        """What the folder holds. Raises what is raised if that cannot be read."""

    def opened(self, folder: Path) -> Store:
        """The book, as the next start of the program opens it."""


def digest(book: Path, key: bytes | bytearray) -> str:
    """One word for all rows of all tables. What a search is made of is the doctor's."""
    if not book.exists():  # else it would be made
        raise NoBook(path=book)
    connection = connect(book, key)
    try:
        names = [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' "
            "AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )]  # fmt: skip
        all_of_it = hashlib.sha256()
        for name in names:
            rows = sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
            all_of_it.update(repr((name, rows)).encode())
        return all_of_it.hexdigest()[:16]
    finally:
        connection.close()


class OnTheBook:
    """Work on an open book; ``steps`` says in which acts."""

    name = ""
    same_again = True

    def lay(self, template: Path, folder: Path) -> None:
        """A book with two associates and some clients."""
        shutil.copyfile(template / BOOK, folder / BOOK)

    def state(self, folder: Path) -> str:
        """What the book holds."""
        return digest(folder / BOOK, KEY)

    def opened(self, folder: Path) -> Store:
        """The book."""
        return open_store(folder / BOOK, KEY)

    def run(self, folder: Path, do: Do) -> None:
        """Open it, work, close it."""
        opened: list[Store] = []
        do(lambda: opened.append(open_store(folder / BOOK, KEY)))
        try:
            for step in self.steps(opened[0], folder):
                do(step)
        finally:
            opened[0].close()

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        raise NotImplementedError


def _write(store: Store, verb: Any, what: Any, made: list[Any] | None = None) -> None:
    with store.write() as session:
        changes = verb(session, what, now=NOW)
    if made is not None:
        made.append(changes)


class Edits(OnTheBook):
    """A client is changed field by field, and one is new."""

    name = "edit"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        for field in ("preferred_name", "family_name"):
            yield partial(_write, store, edit_client, EditClient(1, field, f"other {field}"))
        new = NewClient(1, "Nora", "New", phone="06 55512345", email="nora@example.com")
        yield partial(_write, store, new_client, new)


class Notes(OnTheBook):
    """A note is kept and typed on."""

    name = "note"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        made: list[Any] = []
        yield partial(_write, store, keep_note, KeepNote(2, "likes green", 1), made)
        for letters in ("!", "!!"):
            note = made[-1].subject
            yield partial(_write, store, edit_note, EditNote(note, f"likes green{letters}"))


class RingUp(OnTheBook):
    """A visit, what is shown, and the ticket."""

    name = "ring-up"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        made: list[Any] = []
        yield partial(_write, store, start_visit, StartVisit(3, 1, 1), made)
        visit = made[-1].subject

        def show() -> None:
            with store.read() as session:
                run = session.connection().exec_driver_sql
                (stop,) = run("SELECT id FROM visit_stop WHERE visit_id = ?", (visit,)).one()
            _write(store, show_item, ShowItem(stop, "Coat, €129", 1), made)

        yield show
        item = made[-1].subject
        yield partial(_write, store, set_outcome, SetOutcome(item, "keeping"))
        yield partial(_write, store, ring_once, RingOnce(visit, "T-1", 1))
        yield partial(_write, store, leave, Leave(visit, 1))


class FollowUps(OnTheBook):
    """Several follow-ups at once."""

    name = "follow-ups in bulk"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        made: list[Any] = []
        for client in range(1, 4):
            what = NewFollowUp(client, 1, "call", f"why {client}", date(2026, 12, 1))
            yield partial(_write, store, new_follow_up, what, made)
        ids = tuple(one.subject for one in made)
        yield partial(_write, store, snooze_follow_ups, SnoozeFollowUps(ids, date(2026, 12, 9)))
        yield partial(_write, store, do_follow_ups, DoFollowUps(ids, 1, "all reached"))


class MergeAndBack(OnTheBook):
    """Two clients become one, and two again."""

    name = "merge and its undo"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        made: list[Any] = []
        yield partial(_write, store, merge_clients, Merge(1, 2, by=1), made)

        def back() -> None:
            assert made[-1].undo is not None
            with store.write() as session:
                undo(session, made[-1].undo, now=NOW)

        yield back


class Import(OnTheBook):
    """A file is brought in."""

    name = "import"
    same_again = False  # a second run is a batch of its own
    rows = 40

    def lay(self, template: Path, folder: Path) -> None:
        """The book and the file."""
        super().lay(template, folder)
        with (folder / "till.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["reference", "given_name", "family_name", "phone", "email"])
            for line in range(self.rows):
                rows.writerow(
                    [f"R{line}", f"Ann{line}", f"Abel{line % 7}", "", f"{line}@x.example"]
                )

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""

        def bring_in() -> None:
            import_file(
                store, plan(folder / "till.csv", store_ways(store)), now=NOW, by=1, own=True
            )

        yield bring_in


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


KINDS: dict[str, Work] = {
    one.name: one
    for one in (Edits(), Notes(), RingUp(), FollowUps(), MergeAndBack(), Import(), Migration(),
                Backup(), KeyChange(), Passphrase())
}  # fmt: skip


def make_template(folder: Path) -> Workplace:
    """The book that most kinds begin with: two associates, five clients, a note on each."""
    place = make_workplace(folder / BOOK)
    rng = Random(7)
    store = place.open()
    try:
        for number in range(5):
            phone = f"06 {rng.randrange(10_000_000, 99_999_999)}"
            new = NewClient(
                place.by, f"Given {number}", "Marsh", phone=phone, email=f"{number}@m.nl"
            )
            _write(store, new_client, new)
            _write(store, keep_note, KeepNote(number + 1, f"note {number}", place.by))
    finally:
        store.close()
    return place
