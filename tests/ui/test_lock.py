"""Signing in, locking by hand and by itself, and that no word is lost beneath."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Associate, AuditEntry
from clientele.services.rows import the
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Me
from clientele.ui.idle import Idle
from clientele.ui.lock import LockScreen
from clientele.ui.main_window import MainWindow
from clientele.ui.widgets.fields import TextField
from clientele.ui.widgets.page import Page
from tests.ui.conftest import PIN, Team

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def note(window: MainWindow, qtbot: QtBot) -> Iterator[TextField]:
    page = Page(window.desk, "Visit")
    field = TextField("Quick note")
    page.body.addWidget(field)
    page.body.addWidget(TextField("Another field"))
    window.add_page(page, actions.VISIT)
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    QTest.keyClicks(field, "likes emerald")
    yield field
    window.toast.dismiss()


def lock(window: MainWindow, qtbot: QtBot) -> LockScreen:
    QTest.keyClick(window.content, Qt.Key.Key_L, CTRL)
    screen = window.lock_screen
    qtbot.waitUntil(lambda: bool(screen._tiles))
    return screen


def enter(screen: LockScreen, pin: str, qtbot: QtBot) -> None:
    QTest.keyClicks(screen.pad.field, pin)
    QTest.keyClick(screen.pad.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen._trying)


def test_ctrl_l_covers_everything_at_once(
    window: MainWindow, note: TextField, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    assert window.is_locked
    assert not note.isVisible()
    assert screen.geometry() == window.rect()
    assert screen.pad.field.hasFocus()
    assert window.windowTitle() == "Clientele"


def test_the_pin_opens_it_with_every_word_and_the_caret_where_they_were(
    window: MainWindow, note: TextField, team: Team, qtbot: QtBot
) -> None:
    QTest.keyClick(note, Qt.Key.Key_Left)
    screen = lock(window, qtbot)
    assert screen.tile(team.okafor.id).isChecked()
    enter(screen, PIN, qtbot)
    assert not window.is_locked
    assert note.hasFocus()
    QTest.keyClicks(note, "X")
    assert note.value == "likes emeralXd"


def test_no_key_reaches_the_pages_beneath(
    window: MainWindow, note: TextField, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    for key in (Qt.Key.Key_K, Qt.Key.Key_1, Qt.Key.Key_Z, Qt.Key.Key_L, Qt.Key.Key_B):
        QTest.keyClick(screen.pad.field, key, CTRL)
    for _ in range(20):
        now = QApplication.focusWidget()
        assert now is not None
        assert screen.isAncestorOf(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert window.is_locked
    assert note.value == "likes emerald"


def test_a_wrong_pin_is_said_calmly_and_forgotten(
    window: MainWindow, note: TextField, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    enter(screen, "1111", qtbot)
    assert window.is_locked
    assert screen.sentence == "That PIN is not right. Try again."
    assert screen.pad.field.text() == ""
    assert screen.pad.field.hasFocus()
    enter(screen, PIN, qtbot)
    assert not window.is_locked


def test_after_some_wrong_tries_it_says_how_long_to_wait(
    window: MainWindow, note: TextField, clock: FixedClock, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    for _ in range(3):
        enter(screen, "1111", qtbot)
    enter(screen, PIN, qtbot)
    assert window.is_locked
    assert "try again in" in screen.sentence
    clock.advance(timedelta(seconds=6))
    enter(screen, PIN, qtbot)
    assert not window.is_locked


def test_too_short_a_pin_is_not_tried(window: MainWindow, note: TextField, qtbot: QtBot) -> None:
    screen = lock(window, qtbot)
    enter(screen, "12", qtbot)
    assert "at least" in screen.sentence
    enter(screen, PIN, qtbot)
    assert not window.is_locked


def test_digits_can_be_touched(window: MainWindow, note: TextField, qtbot: QtBot) -> None:
    screen = lock(window, qtbot)
    digits = {one.text(): one for one in screen.pad.findChildren(QPushButton)}
    for digit in "13":
        QTest.mouseClick(digits[digit], LEFT)
    QTest.mouseClick(digits["C"], LEFT)
    for digit in PIN + "9":
        QTest.mouseClick(digits[digit], LEFT)
    QTest.mouseClick(digits["⌫"], LEFT)
    assert screen.pad.field.text() == PIN
    QTest.mouseClick(screen.pad.button, LEFT)
    qtbot.waitUntil(lambda: not window.is_locked)


def test_letters_are_no_pin(window: MainWindow, note: TextField, qtbot: QtBot) -> None:
    screen = lock(window, qtbot)
    QTest.keyClicks(screen.pad.field, "2a4b")
    assert screen.pad.field.text() == "24"


def test_somebody_else_signs_in_by_their_tile(
    window: MainWindow, note: TextField, team: Team, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    signed: list[Me] = []
    window.desk.signed.connect(signed.append)
    QTest.mouseClick(screen.tile(team.sato.id), LEFT)
    enter(screen, PIN, qtbot)
    assert signed == [team.sato]
    assert window.desk.me == team.sato
    assert note.value == "likes emerald"


def test_nobody_was_here_before_the_first_sign_in(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.lock_screen
    screen.begin(None)
    qtbot.waitUntil(lambda: bool(screen._tiles))
    assert [tile.who.name for tile in screen._tiles.values()] == ["L. Sato", "R. Okafor"]


def test_it_locks_by_itself_after_five_quiet_minutes(
    window: MainWindow, note: TextField, clock: FixedClock, qtbot: QtBot
) -> None:
    seen = []
    for minutes in (4, 1):
        clock.advance(timedelta(minutes=minutes))
        window.idle.look()
        seen.append(window.is_locked)
    assert seen == [False, True]
    assert note.value == "likes emerald"
    qtbot.waitUntil(lambda: bool(window.lock_screen._tiles))
    enter(window.lock_screen, PIN, qtbot)
    window.idle.look()
    assert [window.is_locked] == [False]


def moved(window: MainWindow) -> bool:
    """The mouse moves over the native window; whether the window took the event away."""
    native = window.windowHandle()
    assert native is not None
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(5, 5),
        QPointF(5, 5),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    return window.idle.eventFilter(native, event)


def test_a_touch_begins_the_five_minutes_anew(
    window: MainWindow, note: TextField, clock: FixedClock
) -> None:
    clock.advance(timedelta(minutes=4))
    assert not moved(window)
    clock.advance(timedelta(minutes=4))
    window.idle.look()
    assert not window.is_locked


def test_a_terminal_that_slept_is_locked_before_it_takes_a_touch(
    window: MainWindow, note: TextField, clock: FixedClock, qtbot: QtBot
) -> None:
    clock.advance(timedelta(hours=9))
    assert moved(window)
    assert window.is_locked
    qtbot.waitUntil(window.desk.idle)


def test_the_rail_says_how_long_it_still_is(
    window: MainWindow, note: TextField, clock: FixedClock, qtbot: QtBot
) -> None:
    said: list[int] = []
    window.idle.left.connect(said.append)
    for _ in range(2):
        clock.advance(timedelta(minutes=1))
        window.idle.look()
    assert said == [4, 3]
    assert "3" in window.rail._left.text()


def test_the_timer_looks_by_itself(clock: FixedClock, qtbot: QtBot) -> None:
    idle = Idle(clock, timedelta(milliseconds=20))
    idle.start()
    clock.advance(timedelta(seconds=1))
    with qtbot.waitSignal(idle.passed):
        pass
    assert not idle.running


def test_a_page_that_hears_an_answer_while_locked_does_not_take_the_keyboard(
    window: MainWindow, note: TextField, qtbot: QtBot
) -> None:
    window.lock()
    qtbot.waitUntil(window.lock_screen.pad.field.hasFocus)
    note.setFocus()
    assert window.lock_screen.pad.field.hasFocus()


def test_a_book_without_any_pin_lets_the_first_one_be_chosen(
    window: MainWindow, note: TextField, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        for one in session.scalars(select(Associate)):
            one.pin_hash = None
    window.lock()
    lock = window.lock_screen
    qtbot.waitUntil(lambda: "Nobody has a PIN yet" in lock.sentence)
    enter(lock, "1234", qtbot)
    assert "soon guessed" in lock.sentence
    QTest.keyClicks(lock.pad.field, "97531")
    QTest.keyClick(lock.pad.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_locked)
    window.lock()
    qtbot.waitUntil(lock.pad.field.hasFocus)
    QTest.keyClicks(lock.pad.field, "11111")
    QTest.keyClick(lock.pad.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not right" in lock.sentence)
    assert window.is_locked


def test_nothing_stays_open_over_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    saving = QFileDialog(window.content, "Save as PDF", "Brief Eleanor Marsh.pdf")
    saving.setOption(QFileDialog.Option.DontUseNativeDialog)
    chosen: list[str] = []
    saving.fileSelected.connect(chosen.append)
    saving.open()
    menu = window.top_bar.menu
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(lambda: saving.isVisible() and menu.isVisible())
    window.lock()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [window]
    assert chosen == []
    saving.deleteLater()


def test_what_is_told_while_locked_waits_for_who_it_is_for(
    window: MainWindow, team: Team, qtbot: QtBot
) -> None:
    heard: list[str] = []
    window.toast.say = lambda words, **_: heard.append(words)  # type: ignore[method-assign]
    screen = lock(window, qtbot)
    window.desk.said.emit("Note kept for Eleanor Marsh.", True)
    window.desk.refused.emit("The disk is full: the words of Eleanor Marsh were not kept.")
    assert heard == [], "a toast would be shown, and spoken by a screen reader"
    enter(screen, PIN, qtbot)
    qtbot.waitUntil(lambda: not window.is_locked)
    assert heard == ["The disk is full: the words of Eleanor Marsh were not kept."]
    screen = lock(window, qtbot)
    window.desk.refused.emit("The disk is full.")
    screen.choose(team.sato.id)
    enter(screen, PIN, qtbot)
    qtbot.waitUntil(lambda: not window.is_locked)
    assert len(heard) == 1, "another associate is told nothing of it"


def test_a_wrong_pin_is_not_entered_as_of_whoever_locked_the_window(
    window: MainWindow, note: TextField, store: Store, team: Team, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    screen.choose(team.sato.id)
    enter(screen, "1357", qtbot)
    with store.read() as session:
        asked = select(AuditEntry).where(col(AuditEntry.act) == "sign_in_wrong")
        entry = session.scalars(asked).one()
        assert (entry.who, entry.associate_id, entry.subject_id) == ("nobody", None, team.sato.id)


def test_who_locked_the_window_and_left_keeps_nobody_out(
    window: MainWindow, note: TextField, store: Store, team: Team, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    with store.write() as session:
        the(session, Associate, team.okafor.id).active = False
    screen.choose(team.sato.id)
    enter(screen, PIN, qtbot)
    qtbot.waitUntil(lambda: not window.is_locked)
    assert window.desk.me == team.sato
