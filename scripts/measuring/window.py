"""How long does the window take: a key press, a jump in the list, a client's page?

Run with a book and a number of rounds, in a process of its own; see ``results.run``. The window
is the real one on the offscreen platform, and time ends when what was asked for is painted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import clientele.ui  # noqa: F401  # isort: skip - before PySide6, as in the program
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy.orm import Session

from clientele.store.queries.client_rows import rows_of
from clientele.store.queries.clients import Book, WhoseBook, client_ids
from clientele.store.queries.found import Answer, answer
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui import find
from clientele.ui.desk import Me
from clientele.ui.find import SHOWN
from clientele.ui.models.client_list import AROUND
from clientele.ui.theme import Scheme, Theme
from clientele.ui.workplace import Workplace
from scripts.measuring import bare
from scripts.measuring.books import BUSY, BUSY_TICKETS, ME, NOW, open_book
from scripts.measuring.memory import hand_back, memory
from scripts.measuring.results import Samples, hand_over
from scripts.measuring.starting import YARDSTICK, start
from scripts.measuring.story import telling

NAMES = ("mar", "son", "ber", "jan", "kel", "oak", "vis", "win", "har", "lin", "bro", "sto")
TWO_WORDS = (
    "jon smi", "ann mar", "em jan", "pe bak", "ka mul", "ol har", "da wri", "sa cla", "no ber",
    "la hof", "he wal", "ma gar",
)  # fmt: skip
MAIL = (
    "son.gar", "er.smi", "a.jones", ".mars", "@ziggo", "lia.wil", "rk.tay", "na.bro", "ry@out",
    "e.van", "ie.walk", "s.murp",
)  # fmt: skip


FRAME = 1000 / 60


class Window:
    """The window with all its pages on a book, and somebody signed in."""

    def __init__(self, store: Store) -> None:
        app = QApplication.instance() or QApplication(["bench"])
        assert isinstance(app, QApplication)
        self.app = app
        self.store = store
        formats = Formats("en", "Europe/Amsterdam")
        theme = Theme(app, Scheme.LIGHT)
        self.place = Workplace(store, FixedClock(NOW), formats, theme, lock_minutes=0)
        self.desk = self.place.desk
        self.desk.sign(Me(ME, "The one at the desk", 1, "Men's Suits"))
        self.place.window.resize(1366, 768)
        self.place.window.show()
        self.until(self.desk.idle)

    def until(self, done: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        while not done():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.app.processEvents()

    def close(self) -> None:
        """End it."""
        self.place.stop()


@dataclass(slots=True, eq=False)
class Seen:
    """Whether a widget was painted since ``again``."""

    painted: bool = False
    _filter: QObject | None = field(default=None)

    def watch(self, widget: QWidget) -> None:
        """Look at this widget from now on."""
        self._filter = _Filter(self, widget)


class _Filter(QObject):
    def __init__(self, seen: Seen, widget: QWidget) -> None:
        super().__init__(widget)
        self._seen = seen
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._seen.painted = True
        return False


def searching(window: Window, yardstick: bare.Bare, rounds: int) -> list[Samples]:
    """From a key press in the search box to painted results, for four kinds of words."""
    box = window.place.window.top_bar.search
    box.setFocus(Qt.FocusReason.OtherFocusReason)
    seen, answered = Seen(), [""]

    def note(text: str, _: object) -> None:
        answered[0] = text
        seen.painted = False

    window.place.find.answered.connect(note)
    reading: list[float] = []

    def timed(session: Session, typed: str, **how: Any) -> Answer:
        begun = time.perf_counter()
        found = answer(session, typed, **how)
        reading.append((time.perf_counter() - begun) * 1000)
        return found

    find.answer = timed  # type: ignore[attr-defined]  # what the data layer took for this very key press, on its reader

    def press(letter: str) -> float:
        wanted = box.text() + letter
        begun = time.perf_counter()
        QTest.keyClicks(box, letter)
        window.until(lambda: answered[0] == wanted)
        for _ in range(3):
            if seen.painted:
                break
            window.app.processEvents()
        return (time.perf_counter() - begun) * 1000

    press("q")
    seen.watch(box.list.viewport())
    box.clear()
    rng = Random(5)
    digits = tuple(f"{rng.randrange(1000, 10_000)}" for _ in range(12))
    every: list[float] = []
    every_bare: list[float] = []
    above: list[float] = []
    kinds: list[Samples] = []
    for name, words in (
        ("a name (mar …)", NAMES),
        ("two names (jon smi …)", TWO_WORDS),
        ("four digits of a number", digits),
        ("a piece of an e-mail address", MAIL),
    ):
        ours: list[float] = []
        theirs: list[float] = []
        for word in words[:rounds]:
            box.clear()
            window.until(window.desk.idle)
            for at, letter in enumerate(word):
                every.append(press(letter))
                typed = word[: at + 1]
                above.append(every[-1] - reading[-1])
                query = partial(answer, typed=typed, associate_id=ME, limit=SHOWN)
                said = bare.said_by(window.store, query)
                every_bare.append(yardstick.milliseconds(said))
            ours.append(every[-1])
            theirs.append(every_bare[-1])
        kinds.append(Samples(f"last key of {name} to painted", "ms", ours, bare.NAME, theirs))
    find.answer = answer  # type: ignore[attr-defined]
    return [
        Samples("any key press to painted results", "ms", every, bare.NAME, every_bare),
        Samples("key press above the data layer", "ms", above, bare.NAME, every_bare, FRAME),
        *kinds,
    ]


def listing(window: Window, yardstick: bare.Bare, rounds: int) -> list[Samples]:
    """The store's whole list, and jumps anywhere in it."""
    page, whose = window.place.clients, WhoseBook(Book.STORE, ME, 1)
    window.place.window.show_page(page)
    window.until(window.desk.idle)
    seen = Seen()
    seen.watch(page.list.viewport())
    first: list[float] = []
    whole: list[float] = []
    all_ids: list[float] = []
    for _ in range(max(2, rounds // 3)):
        page.show_book(Book.MINE)
        window.until(window.desk.idle)
        begun = time.perf_counter()
        page.show_book(Book.STORE)
        window.until(lambda: len(page.model.ids()) > 0 and not page.model.waits())
        first.append((time.perf_counter() - begun) * 1000)
        window.until(window.desk.idle)
        whole.append((time.perf_counter() - begun) * 1000)
        said = bare.said_by(window.store, lambda s: client_ids(s, whose))
        all_ids.append(yardstick.milliseconds(said))
    bar = page.list.verticalScrollBar()
    rng = Random(6)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds * 4):
        to = rng.randrange(bar.maximum() + 1)
        window.until(window.desk.idle)
        seen.painted = False
        begun = time.perf_counter()
        bar.setValue(to)
        window.until(lambda: not page.model.waits())
        if not seen.painted:
            window.app.processEvents()
        ours.append((time.perf_counter() - begun) * 1000)
        window.until(window.desk.idle)
        high = max(page.list.sizeHintForRow(0), 1)
        at, shown = to // high, page.list.viewport().height() // high + 1
        asked = page.model.ids()[max(at - AROUND, 0) : at + shown + AROUND + 1]
        said = bare.said_by(window.store, partial(rows_of, ids=asked))
        theirs.append(yardstick.milliseconds(said))
    return [
        Samples("store's list to its first rows painted", "ms", first, bare.NAME, all_ids),
        Samples("store's list whole", "ms", whole, bare.NAME, all_ids),
        Samples("scroll jump to painted rows", "ms", ours, bare.NAME, theirs, 50.0),
    ]


def opening(window: Window, yardstick: bare.Bare, rounds: int) -> list[Samples]:
    """A client's page, from the click to all of it painted; then that of one who buys a lot."""
    page = window.place.client
    highest = yardstick.one("SELECT max(id) FROM client")[0]
    buyers = "SELECT client_id FROM purchase WHERE client_id > ? ORDER BY client_id LIMIT 1"
    rng = Random(8)

    def open_client(key: int) -> tuple[float, float]:
        seen = Seen()
        with bare.hearing() as said:
            begun = time.perf_counter()
            window.place.open_client(key)
            seen.watch(page.viewport())
            window.until(lambda: seen.painted and window.desk.idle())
            took = (time.perf_counter() - begun) * 1000
        return took, yardstick.milliseconds(said)

    for key in (1, BUSY, 1, BUSY):  # once before it counts, by each reader
        open_client(key)
    found = [yardstick.one(buyers, rng.randrange(highest * 9 // 10))[0] for _ in range(rounds * 2)]
    usual = [open_client(key) for key in found]
    busy: list[tuple[float, float]] = []
    for key in found[: max(3, rounds // 3)]:
        busy.append(open_client(BUSY))
        open_client(key)
    return [
        Samples(name, "ms", [ours for ours, _ in both], bare.NAME, [its for _, its in both], 100.0)
        for name, both in (
            ("client's page to painted", usual),
            (f"page of a client with {BUSY_TICKETS:,} story entries", busy),
        )
    ]


def remembering() -> Samples:
    """How much memory the window takes after all of that, beside an empty one."""
    with tempfile.TemporaryDirectory() as home:
        theirs = start("empty", home=Path(home))["rss"]
    ours = [memory("VmRSS")]
    return Samples("memory after all of this", "MiB", ours, YARDSTICK, [theirs], 250.0)


def main() -> None:
    """Measure the book that is named, so many rounds."""
    path, rounds = Path(sys.argv[1]), int(sys.argv[2])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    store = open_book(path)
    yardstick = bare.Bare(path)
    window = Window(store)
    samples = [
        sample
        for measure in (searching, listing, opening, telling)
        for sample in measure(window, yardstick, rounds)
    ]
    yardstick.close()  # its cache is not the program's
    hand_back()
    samples.append(remembering())
    window.close()
    store.close()
    hand_over(samples)


if __name__ == "__main__":
    main()
