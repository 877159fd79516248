"""PINs at the lock: waits, the tenth wrong one, a given one, and who comes after whom."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.tables import Associate
from clientele.services.rows import the
from clientele.services.team import AddDepartment, add_department
from clientele.store.queries.team import departments
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Me
from clientele.ui.main_window import MainWindow
from clientele.ui.widgets.fields import TextField
from clientele.ui.widgets.page import Page
from tests.ui.conftest import PIN, Team
from tests.ui.test_lock import enter, lock, note

LEFT = Qt.MouseButton.LeftButton

__all__ = ["note"]


def test_a_clock_that_is_put_forward_shortens_no_wait(
    window: MainWindow, note: TextField, clock: FixedClock, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    for _ in range(3):
        enter(screen, "1111", qtbot)
    clock.set(clock.now() + timedelta(hours=1))
    enter(screen, PIN, qtbot)
    assert "try again in 5 s" in screen.sentence
    clock.advance(timedelta(seconds=5))
    enter(screen, PIN, qtbot)
    assert not window.is_locked


def test_going_to_another_tile_and_back_shortens_no_wait(
    window: MainWindow, note: TextField, team: Team, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    for _ in range(3):
        enter(screen, "1111", qtbot)
        for who in (team.sato, team.okafor):
            QTest.mouseClick(screen.tile(who.id), LEFT)
    enter(screen, PIN, qtbot)
    assert "try again in" in screen.sentence
    assert window.is_locked


def test_ten_wrong_pins_lock_it_and_that_is_said_before(
    window: MainWindow, note: TextField, clock: FixedClock, qtbot: QtBot
) -> None:
    screen = lock(window, qtbot)
    said = []
    for _ in range(11):
        enter(screen, "1111", qtbot)
        said.append(screen.sentence)
        clock.advance(timedelta(minutes=20))
    assert "and it is locked" not in said[5]
    assert "3 more wrong PINs, and it is locked." in said[6]
    assert "1 more wrong PIN, and it is locked." in said[8]
    assert "A manager gives a new one" in said[9]
    assert "is locked after ten wrong tries" in said[10]
    enter(screen, PIN, qtbot)
    assert window.is_locked


def given(store: Store, who: int, pin_hash: str) -> None:
    with store.write() as session:
        row = the(session, Associate, who)
        row.pin_hash, row.pin_given = pin_hash, True


def test_a_given_pin_leads_to_choosing_ones_own_before_anything_is_seen(
    window: MainWindow, note: TextField, team: Team, store: Store, pin_hash: str, qtbot: QtBot
) -> None:
    given(store, team.okafor.id, pin_hash)
    screen = lock(window, qtbot)
    enter(screen, PIN, qtbot)
    for pin, said in (
        ("1234", "soon guessed"),
        (PIN, "the PIN that you had"),
        ("9731", "The same digits again"),
        ("9732", "The two differ"),
        ("9731", "The same digits again"),
    ):
        assert [window.is_locked] == [True]
        enter(screen, pin, qtbot)
        assert said in screen.sentence
    assert [window.is_locked] == [True]
    enter(screen, "9731", qtbot)
    assert not window.is_locked
    window.lock()
    qtbot.waitUntil(lambda: bool(screen._tiles) and window.desk.idle())
    enter(screen, "9731", qtbot)
    assert not window.is_locked


def test_a_given_pin_is_not_kept_in_mind_for_whoever_comes_next(
    window: MainWindow, note: TextField, team: Team, store: Store, pin_hash: str, qtbot: QtBot
) -> None:
    given(store, team.okafor.id, pin_hash)
    screen = lock(window, qtbot)
    for goes in (True, False):
        QTest.mouseClick(screen.tile(team.okafor.id), LEFT)
        enter(screen, PIN, qtbot)
        assert screen._given == PIN
        assert screen._patience.isActive()
        if goes:
            QTest.mouseClick(screen.tile(team.sato.id), LEFT)
        else:
            screen._patience.timeout.emit()
        assert screen._given + screen._first == ""
        assert "PIN of" in screen._who.text()
    assert window.is_locked


def test_who_comes_back_after_another_finds_the_page_as_left(
    window: MainWindow, note: TextField, team: Team, qtbot: QtBot
) -> None:
    own, others = window.current_page(), Page(window.desk, "Promises")
    window.add_page(others, actions.PROMISES)
    signed(window, team.sato, qtbot)
    window.show_page(others)
    signed(window, team.okafor, qtbot)
    assert window.current_page() is own
    assert note.value == "likes emerald"
    window.go_back()
    assert window.current_page() is own, "where another was is no way back"
    signed(window, team.sato, qtbot)
    assert window.current_page() is others
    window.go_back()
    assert window.current_page() is own


def signed(window: MainWindow, who: Me, qtbot: QtBot) -> None:
    screen = lock(window, qtbot)
    QTest.mouseClick(screen.tile(who.id), LEFT)
    enter(screen, PIN, qtbot)
    qtbot.waitUntil(lambda: not window.is_locked)


def test_what_one_did_another_cannot_undo_and_oneself_can_afterwards(
    window: MainWindow, note: TextField, team: Team, store: Store, qtbot: QtBot
) -> None:
    window.desk.do(add_department, AddDepartment("Hats"))
    qtbot.waitUntil(window.desk.can_undo)
    signed(window, team.sato, qtbot)
    assert not window.desk.can_undo()
    window.desk.undo()
    signed(window, team.okafor, qtbot)
    assert window.desk.can_undo()
    window.desk.undo()
    qtbot.waitUntil(window.desk.idle)
    with store.read() as session:
        assert "Hats" not in [one.name for one in departments(session)]
