"""Closing the book for a while and opening it again, as the whole program does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clientele.app import Program
from clientele.domain.tables import StoreProfile
from clientele.store import proof
from clientele.store.errors import Cancelled, DiskFull
from clientele.store.session import Store, open_store
from clientele.system.clock import FixedClock
from clientele.system.settings import Settings
from clientele.ui.start.between import After, Between, BetweenWindow, Closed
from clientele.ui.start.window import Opened
from tests.conftest import DATA_KEY, ZONE
from tests.ui.conftest import PIN, Team


class Running:
    """The program on a book, opened as by its key."""

    def __init__(self, app: QApplication, qtbot: QtBot, store: Store, clock: FixedClock) -> None:
        self.qtbot = qtbot
        store.close()
        self.path = store.path
        self.program = Program(app, self.path, Settings(), clock)
        self.program.starting.show()
        self.program._opened(Opened(open_store(self.path, DATA_KEY), ZONE))
        self.first = self.program.workplace

    def ask(self, what: Between) -> None:
        assert self.program.workplace is not None
        self.program.workplace.trust.between.emit(what)

    def opened_again(self) -> None:
        self.qtbot.waitUntil(lambda: self.program.workplace not in (None, self.first))

    def says(self, words: str) -> bool:
        """Whether the lock screen says so, to whoever signs in."""
        assert self.program.workplace is not None
        assert self.program.workplace.window.is_locked
        shown = self.program.workplace.window.lock_screen.findChildren(QLabel)
        return any(words in one.text() and one.isVisible() for one in shown)


@pytest.fixture
def running(
    qapp: QApplication, qtbot: QtBot, store: Store, team: Team, clock: FixedClock
) -> Iterator[Running]:
    made = Running(qapp, qtbot, store, clock)
    yield made
    made.program.end()
    made.program.theme.deleteLater()
    made.program.deleteLater()


def rename(closed: Closed) -> After:
    """Nothing has the book open: its log is folded in, and it can be written by another."""
    assert not closed.path.with_name(closed.path.name + "-wal").exists()
    store = open_store(closed.path, closed.data_key)
    with store.write() as session:
        session.query(StoreProfile).one().name = "Spui"
    store.close()
    closed.told(1, 2)
    return After(closed.data_key, "The store was renamed.")


def test_the_window_comes_back_on_the_book_as_it_is_then(running: Running) -> None:
    running.ask(Between("Renaming", "A moment.", rename))
    running.opened_again()
    assert running.says("The store was renamed.")
    workplace = running.program.workplace
    assert workplace is not None
    assert workplace.window.isVisible()
    with workplace.store.read() as session:
        assert session.query(StoreProfile).one().name == "Spui"
    screen = workplace.window.lock_screen
    running.qtbot.waitUntil(lambda: 1 in screen._tiles)
    screen.choose(1)
    QTest.keyClicks(screen.pad.field, PIN)
    QTest.keyClick(screen.pad.field, Qt.Key.Key_Return)
    running.qtbot.waitUntil(lambda: workplace.desk.is_signed_in)


def test_what_is_refused_is_said_and_the_book_open_again(running: Running) -> None:
    def refuse(closed: Closed) -> After:
        raise DiskFull(path=closed.path)

    running.ask(Between("Trying", "A moment.", refuse))
    running.opened_again()
    assert running.says("The disk with ")


def test_what_somebody_leaves_leaves_the_book_open(running: Running) -> None:
    begun = threading.Event()

    def wait(closed: Closed) -> After:
        begun.set()
        while not closed.leave():
            pass
        raise Cancelled

    running.ask(Between("Waiting", "A moment.", wait, kept="Nothing was changed."))
    running.qtbot.waitUntil(begun.is_set)
    window = running.program.window
    assert isinstance(window, BetweenWindow)
    window.leave_button.click()
    running.opened_again()
    assert running.says("Nothing was changed.")


def test_closing_meanwhile_waits_for_the_end_and_opens_nothing(running: Running) -> None:
    begun, ended = threading.Event(), threading.Event()

    def wait(closed: Closed) -> After:
        begun.set()
        while not closed.leave():
            pass
        ended.set()
        return After(closed.data_key)

    running.ask(Between("Waiting", "A moment.", wait))
    running.qtbot.waitUntil(begun.is_set)
    window = running.program.window
    window.close()
    running.qtbot.waitUntil(lambda: not window.isVisible())
    assert ended.is_set()
    assert running.program.workplace is None
    assert proof.fits(running.path, DATA_KEY)


def test_a_book_that_does_not_open_by_its_key_is_opened_from_the_start(
    running: Running, tmp_path: Path
) -> None:
    running.ask(Between("Breaking", "A moment.", lambda _: After(bytearray(32))))
    running.qtbot.waitUntil(lambda: isinstance(running.program.window, BetweenWindow))
    window = running.program.window
    assert isinstance(window, BetweenWindow)
    running.qtbot.waitUntil(lambda: window.sorry is not None)
    assert window.sorry is not None
    window.sorry.again_button.click()
    running.qtbot.waitUntil(lambda: running.program.window is running.program.starting)
    assert running.program.starting.isVisible()
    running.qtbot.waitUntil(running.program.starting.idle)


def test_whoever_had_it_done_is_asked_for_the_pin(
    running: Running, team: Team, qtbot: QtBot
) -> None:
    place = running.program.workplace
    assert place is not None
    screen = place.window.lock_screen
    qtbot.waitUntil(lambda: team.okafor.id in screen._tiles)
    first = next(iter(screen._tiles))
    me = team.sato if first == team.okafor.id else team.okafor
    place.desk.sign(me)
    running.ask(Between("Restoring", "It takes a moment.", lambda closed: After(closed.data_key)))
    running.opened_again()
    again = running.program.workplace
    assert again is not None
    qtbot.waitUntil(lambda: me.id in again.window.lock_screen._tiles)
    assert again.window.lock_screen.tile(me.id).isChecked()
