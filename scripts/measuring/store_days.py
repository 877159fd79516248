"""What does a terminal bear in a day? The real window, worked as in a busy store, only quicker.

An hour is 60 visits, 300 edits, 40 searches, and the window locked and opened four times.
The clock of the program is the store's and goes on with the work; the hand that works is Qt's own.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import clientele.ui  # noqa: F401  # isort: skip - before PySide6, as in the program
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Client, VisitStop
from clientele.services.changes import Changes
from clientele.services.clients import EditClient, edit_client
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.services.pins import hashed
from clientele.services.rows import the
from clientele.services.shown_items import SetOutcome, ShowItem, set_outcome, show_item
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.visits import Leave, leave
from clientele.store.engine import READERS, connect
from clientele.store.queries.team import associates
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.garbage import spare_what_is_there
from clientele.ui.plurals import EnglishPlurals
from clientele.ui.theme import Scheme, Theme
from clientele.ui.workplace import Workplace
from scripts.measuring.memory import hand_back, memory

OPENS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PIN = "2468"
HOURS = 10
AT_ONCE = 5
"""Edits at one client."""
PATIENCE = 600.0
"""Seconds until what never comes is given up: on a busy machine a minute is nothing unusual."""
LETTERS = ("ma", "el", "jo", "an", "0", "020", "be", "rob", "sa", "de")


@dataclass(frozen=True, slots=True)
class Load:
    """How much is done in an hour."""

    visits: int = 60
    edits: int = 300
    searches: int = 40
    locks: int = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What a process takes: MiB after a collection, open files, the size of its book.

    ``cpu`` are the seconds that it worked since it began, on all its threads.
    """

    acts: int
    cpu: float
    memory_mib: float
    open_files: int
    threads: int
    widgets: int
    book_mib: float


class Terminal:
    """The window with all its pages on ``store``; whoever has a department signs in."""

    def __init__(self, app: QApplication, store: Store, seed: int = 1) -> None:
        self.app, self.store = app, store
        self.clock = FixedClock(OPENS)
        self._plurals = EnglishPlurals(app)
        app.installTranslator(self._plurals)
        self._theme = Theme(app, Scheme.LIGHT)
        with store.write() as session:
            self.people = [one for one in associates(session) if one.department_id is not None][:4]
            for one in self.people:
                row: Any = _associate(session, one.id)
                row.pin_hash, row.wrong_pins, row.pin_again_at = hashed(PIN), 0, None
        with store.read() as session:
            self._clients: list[Any] = list(
                session.scalars(select(col(Client.id)).order_by(col(Client.id))).all()
            )
        formats = Formats("en", "Europe/Amsterdam")
        self.place = Workplace(store, self.clock, formats, self._theme, lock_minutes=0)
        self.desk = self.place.desk
        self._rng = Random(seed)
        self._answered = ""
        self._count = 0
        self.done = 0
        self.acts = 0
        """Visits, edits, searches and locks."""
        self.refused: list[str] = []
        """Sentences of what was not done; there must be none."""
        self._waking = QTimer()  # so that nobody waits for ever for what never comes
        self._waking.start(1000)
        self.place.find.answered.connect(self._found)
        window = self.place.window
        window.resize(1366, 768)
        self.place.ask_who()
        window.show()
        self._settle()
        spare_what_is_there()
        self.unlock()

    # an hour

    def hour(self, load: Load) -> None:
        """Work an hour; the acts are spread evenly, as people come and go."""
        acts: list[Callable[[], None]] = [self.visit] * load.visits
        acts += [self.edits] * (load.edits // AT_ONCE)
        acts += [self.search] * load.searches
        acts += [self.lock_and_unlock] * load.locks
        self._rng.shuffle(acts)
        for act in acts:
            act()
            self.acts += AT_ONCE if act == self.edits else 1
            self.clock.advance(timedelta(hours=1) / len(acts))

    def close_for_the_night(self) -> None:
        """Make the day's copy, lock, and open on the next day."""
        self.place.trust.backing_up.look()
        self.until(lambda: not self.place.trust.backing_up.is_running)
        self.place.window.lock()
        self._settle()
        opens = self.clock.now() + timedelta(days=1)
        self.clock.advance(opens.replace(hour=9, minute=0) - self.clock.now())
        self.unlock()

    def visit(self) -> None:
        """A client comes, is shown two things, takes one of them and leaves with a ticket."""
        me = self.desk.me.id
        self.place.start_visit(self._rng.choice(self._clients))
        self._settle()
        page = self.place.visit
        visit = page.visit_id
        assert visit is not None
        with self.store.read() as session:
            stop = session.scalars(
                select(col(VisitStop.id)).where(col(VisitStop.visit_id) == visit)
            ).first()
        assert stop is not None
        for outcome in ("keeping", "no"):
            self._show(stop, outcome)
        self._settle()
        self._do(ring_once, RingOnce(visit, f"D{self._next()}", me))
        self._do(leave, Leave(visit, me))
        self.place.window.show_page(self.place.today)
        self._settle()

    def edits(self) -> None:
        """What is written down at one client, one thing after the other as fast as it goes."""
        self.place.open_client(self._rng.choice(self._clients))
        self._settle()
        client = self.place.client.client_id
        for way in (self._type_note, self._name, self._note, self._plan, self._undone):
            way(client)
        self._settle()

    def search(self) -> None:
        """Somebody is looked for, key by key, and their page opened."""
        box = self.place.window.top_bar.search
        self.place.window.to_search()
        box.clear()
        self._settle()
        typed = self._rng.choice(LETTERS)
        QTest.keyClicks(box, typed)
        self.until(lambda: self._answered == typed)
        QTest.keyClick(box, Qt.Key.Key_Down)
        QTest.keyClick(box, Qt.Key.Key_Return)
        self._settle()
        box.close_results()
        box.clear()

    def lock_and_unlock(self) -> None:
        """Somebody else takes over."""
        self.place.window.lock()
        self._settle()
        self.unlock()

    def unlock(self) -> None:
        """The next of those who work here types the PIN."""
        window = self.place.window
        who = self.people[self._next() % len(self.people)]
        self._settle()
        window.lock_screen.choose(who.id)
        QTest.keyClicks(window.lock_screen.pad.field, PIN)
        QTest.keyClick(window.lock_screen.pad.field, Qt.Key.Key_Return)
        self.until(lambda: not window.is_locked)
        self._settle()

    # the edits

    def _type_note(self, _: int) -> None:
        self.place.client.write_note()
        field = self.place.client.story.note.field
        QTest.keyClicks(field, f"likes {self._next()}")
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def _name(self, client: int) -> None:
        name = f"N{self._next()}"
        self._do(edit_client, EditClient(client, "preferred_name", name), merge=("name", client))

    def _note(self, client: int) -> None:
        me = self.desk.me.id

        def then(changes: Changes) -> None:
            note = changes.subject
            assert note is not None
            self._do(edit_note, EditNote(note, f"asked again {self._next()}"))

        self._do(keep_note, KeepNote(client, f"asked {self._next()}", me), then=then)

    def _plan(self, client: int) -> None:
        day = self.desk.today() + timedelta(days=7)
        what = NewFollowUp(client, self.desk.me.id, "call", f"why {self._next()}", day)
        self._do(new_follow_up, what)

    def _undone(self, client: int) -> None:
        self._do(edit_client, EditClient(client, "preferred_name", f"U{self._next()}"))
        self._settle()
        self.desk.undo()

    def _show(self, stop: int, outcome: str) -> None:
        what = f"Scarf {self._next()}, €{self._rng.randrange(20, 300)}"

        def then(changes: Changes) -> None:
            item = changes.subject
            assert item is not None
            self._do(set_outcome, SetOutcome(item, outcome))

        self._do(show_item, ShowItem(stop, what, self.desk.me.id), then=then)

    # what all of it needs

    def _do(self, verb: Any, what: Any, **how: Any) -> None:
        self.done += 1
        self.desk.do(verb, what, said="Done", failed=self._refuse, **how)

    def _refuse(self, sentence: str) -> None:
        self.refused.append(sentence)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _found(self, typed: str, _: object) -> None:
        self._answered = typed

    def _settle(self) -> None:
        self.until(self.desk.idle)

    def until(self, done: Callable[[], object]) -> None:
        """Let the window work until something is so; ``PATIENCE`` in vain ends it.

        What was told to go is gone then, as when the program's own loop comes round: no loop
        runs here, and without one Qt keeps what code outside of it told to go.
        """
        end = time.monotonic() + PATIENCE
        while not done():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > end:
                raise AssertionError(
                    f"never came: {done}, {self.place.window.lock_screen.sentence}"
                )
        self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def reading(self) -> Reading:
        """What the program takes now, after a collection, with nothing in the allocator's hands."""
        files = self.files().total()
        gc.collect()
        hand_back()
        return Reading(
            self.acts,
            round(time.process_time(), 1),
            round(memory("VmRSS"), 1),
            files,
            _count(Path("/proc/self/task")),
            len(self.app.allWidgets()),
            round(self.store.path.stat().st_size / 2**20, 1),
        )

    def files(self) -> Counter[str]:
        """How often each file is open once the window rests, with all connections in use."""
        self._settle()
        self.until(lambda: not self.place.trust.backing_up.is_running)
        with ExitStack() as all_at_once:
            # Each reader's connection is opened when it is needed: how many were is no leak.
            for _ in range(READERS):
                all_at_once.enter_context(self.store.read())
            # Nor is the handle of the connection that made a copy. To close it would let go of
            # the locks of all others (POSIX), so SQLite hands it to the next that is opened.
            all_at_once.enter_context(closing(connect(self.store.path, self.store.data_key)))
            return _open_files()

    def close(self) -> None:
        """End it."""
        self._waking.stop()
        self.place.stop()
        self.place.deleteLater()
        self._theme.deleteLater()
        self.app.removeTranslator(self._plurals)
        self._plurals.deleteLater()


def _associate(session: Any, key: int) -> Any:
    from clientele.domain.tables import Associate

    return the(session, Associate, key)


def _open_files() -> Counter[str]:
    """Files by name, not what threads wake each other with: those of Qt's come and go."""
    found: Counter[str] = Counter()
    for handle in Path("/proc/self/fd").iterdir() if Path("/proc/self/fd").exists() else ():
        with suppress(OSError):
            found[str(handle.readlink())] += 1
    return Counter({name: count for name, count in found.items() if name.startswith("/")})


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir()) if folder.exists() else 0
