"""Every kind of write that the program does, each as a few acts in a row that can be told apart.

A kind is laid out in a folder of its own, works there, and can say what state the folder is in: a
word that is the same for two folders exactly when they hold the same.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Protocol

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
from clientele.store.engine import connect
from clientele.store.errors import NoBook
from clientele.store.session import Store, open_store
from tests.faults.victim import NOW
from tests.faults.workplace import KEY, Workplace, make_workplace

BOOK = "book.clientele"
Act = Callable[[], object]
Do = Callable[[Act], None]
"""Does an act and says that it is done, or why not."""


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


def write(store: Store, verb: Any, what: Any, made: list[Any] | None = None) -> None:
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
            yield partial(write, store, edit_client, EditClient(1, field, f"other {field}"))
        new = NewClient(1, "Nora", "New", phone="06 55512345", email="nora@example.com")
        yield partial(write, store, new_client, new)


class Notes(OnTheBook):
    """A note is kept and typed on."""

    name = "note"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        made: list[Any] = []
        yield partial(write, store, keep_note, KeepNote(2, "likes green", 1), made)
        for letters in ("!", "!!"):
            note = made[-1].subject
            yield partial(write, store, edit_note, EditNote(note, f"likes green{letters}"))


class RingUp(OnTheBook):
    """A visit, what is shown, and the ticket."""

    name = "ring-up"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        made: list[Any] = []
        yield partial(write, store, start_visit, StartVisit(3, 1, 1), made)
        visit = made[-1].subject

        def show() -> None:
            with store.read() as session:
                run = session.connection().exec_driver_sql
                (stop,) = run("SELECT id FROM visit_stop WHERE visit_id = ?", (visit,)).one()
            write(store, show_item, ShowItem(stop, "Coat, €129", 1), made)

        yield show
        item = made[-1].subject
        yield partial(write, store, set_outcome, SetOutcome(item, "keeping"))
        yield partial(write, store, ring_once, RingOnce(visit, "T-1", 1))
        yield partial(write, store, leave, Leave(visit, 1))


class FollowUps(OnTheBook):
    """Several follow-ups at once."""

    name = "follow-ups in bulk"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        made: list[Any] = []
        for client in range(1, 4):
            what = NewFollowUp(client, 1, "call", f"why {client}", date(2026, 12, 1))
            yield partial(write, store, new_follow_up, what, made)
        ids = tuple(one.subject for one in made)
        yield partial(write, store, snooze_follow_ups, SnoozeFollowUps(ids, date(2026, 12, 9)))
        yield partial(write, store, do_follow_ups, DoFollowUps(ids, 1, "all reached"))


class MergeAndBack(OnTheBook):
    """Two clients become one, and two again."""

    name = "merge and its undo"

    def steps(self, store: Store, folder: Path) -> Iterator[Act]:
        """The acts."""
        made: list[Any] = []
        yield partial(write, store, merge_clients, Merge(1, 2, by=1), made)

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
            write(store, new_client, new)
            write(store, keep_note, KeepNote(number + 1, f"note {number}", place.by))
    finally:
        store.close()
    return place
