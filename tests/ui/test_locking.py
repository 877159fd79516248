"""A PIN of one's own, and the recovery key when nobody can sign in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.pins import is_right
from clientele.services.rows import the
from clientele.services.team import AddAssociate, add_associate
from clientele.store.keys import new_key
from clientele.store.session import Profile, Store, create_store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.desk import Desk, Me
from clientele.ui.dialogs.own_pin import OwnPinSheet
from clientele.ui.locking import Locking
from clientele.ui.locking_paper import PaperStep
from clientele.ui.main_window import MainWindow
from clientele.ui.theme import Theme
from tests.ui.conftest import PIN, Team

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sheet(window: MainWindow, store: Store, clock: FixedClock) -> Iterator[OwnPinSheet]:
    locking = Locking(window.desk, window, store, clock, window)
    locking.change_pin()
    yield window.content.findChildren(OwnPinSheet)[-1]
    locking.stop()


def fill(sheet: OwnPinSheet, old: str, new: str, again: str, qtbot: QtBot) -> None:
    for field, words in ((sheet.old, old), (sheet.new, new), (sheet.again, again)):
        field.clear()
        QTest.keyClicks(field, words)
    QTest.mouseClick(sheet.keep, LEFT)
    qtbot.waitUntil(sheet._desk.idle)


def test_ones_own_pin_is_changed_with_the_old_one(
    sheet: OwnPinSheet, team: Team, store: Store, qtbot: QtBot
) -> None:
    said: list[str] = []
    sheet._desk.said.connect(lambda words, _: said.append(words))
    for old, new, again, why in (
        (PIN, "9731", "9732", "differ"),
        (PIN, "1987", "1987", "year"),
        (PIN, PIN, PIN, "the PIN that you had"),
        ("1357", "9731", "9731", "not the PIN you have"),
    ):
        fill(sheet, old, new, again, qtbot)
        assert why in sheet.banner.sentence.text()
        assert sheet.isVisible()
    with store.read() as session:
        assert the(session, Associate, team.okafor.id).wrong_pins == 1, "only one was looked at"
    with qtbot.waitSignal(sheet.closed):
        fill(sheet, PIN, "9731", "9731", qtbot)
    assert said == ["Your PIN is changed"]
    with store.read() as session:
        row = the(session, Associate, team.okafor.id)
        assert is_right(row.pin_hash, "9731")
        assert session.execute(text("SELECT count(*) FROM draft")).scalar_one() == 0


def test_what_was_typed_is_gone_when_the_window_is_opened_again(
    sheet: OwnPinSheet, window: MainWindow, team: Team
) -> None:
    QTest.keyClicks(sheet.old, PIN)
    window.lock()
    window.lock_screen.opened.emit(team.okafor)
    assert sheet.old.text() == ""


@pytest.fixture
def shop(
    tmp_path: Path, clock: FixedClock, theme: Theme, pin_hash: str, qtbot: QtBot
) -> Iterator[tuple[MainWindow, str, Store]]:
    """A locked window on a book whose only store manager is locked out; and its paper."""
    key = new_key()
    profile = Profile("EUR", "NL", "Europe/Amsterdam", "Herengracht")
    store = create_store(
        tmp_path / "b.clientele", key.data_key, profile, now=clock.now(), salt=key.salt
    )
    with store.write() as session:
        for name, role in (("R. Okafor", Role.STORE_MANAGER), ("L. Sato", Role.ASSOCIATE)):
            what = AddAssociate(name, "Shoes", role=role)
            key_of = add_associate(session, what, now=clock.now()).subject or 0
            the(session, Associate, key_of).pin_hash = pin_hash
        the(session, Associate, 1).pin_locked_at = clock.now()
    desk = Desk(store, clock, Formats("en", "Europe/Amsterdam"), theme)
    window = MainWindow(desk, clock)
    qtbot.addWidget(window)
    locking = Locking(desk, window, store, clock, window)
    window.resize(1366, 768)
    window.show()
    window.lock()
    qtbot.waitUntil(lambda: bool(window.lock_screen._tiles))
    yield window, key.recovery_key, store
    locking.stop()
    desk.stop()
    store.close()


def test_nobody_can_sign_in_and_the_paper_helps(
    shop: tuple[MainWindow, str, Store], qtbot: QtBot
) -> None:
    window, paper, _ = shop
    screen = window.lock_screen
    QTest.mouseClick(screen.paper, LEFT)
    qtbot.waitUntil(lambda: bool(screen.findChildren(PaperStep)))
    step = screen.findChildren(PaperStep)[0]
    qtbot.waitUntil(step.isVisible)
    assert not screen.pad.isVisible()
    for typed, pin, again, why in (
        (paper, "482913", "482914", "differ"),
        (paper, "4829", "4829", "6 to 8 digits"),
        (paper[:-1], "482913", "482913", "28 letters and digits"),
        (new_key().recovery_key, "482913", "482913", "belongs to another book"),
    ):
        type_in(step, typed, pin, again)
        qtbot.waitUntil(lambda why=why: why in step.banner.sentence.text())  # type: ignore[misc]
        assert step.keep.isEnabled()
    assert window.is_locked
    type_in(step, paper, "482913", "482913")
    qtbot.waitUntil(lambda: "The new PIN is kept" in screen._note.text())
    qtbot.waitUntil(lambda: window.desk.idle() and screen.pad.isVisible())
    assert screen.tile(1).isChecked()
    QTest.keyClicks(screen.pad.field, "482913")
    QTest.keyClick(screen.pad.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_locked)
    assert window.desk.me == Me(1, "R. Okafor", 1, "Shoes")


def type_in(step: PaperStep, paper: str, pin: str, again: str) -> None:
    for field, words in ((step.key, paper), (step.pin, pin), (step.again, again)):
        field.clear()
        QTest.keyClicks(field, words)
    QTest.mouseClick(step.keep, LEFT)


def test_the_way_back_forgets_what_was_typed(
    shop: tuple[MainWindow, str, Store], qtbot: QtBot
) -> None:
    window, paper, _ = shop
    screen = window.lock_screen
    QTest.mouseClick(screen.paper, LEFT)
    qtbot.waitUntil(lambda: bool(screen.findChildren(PaperStep)))
    step = screen.findChildren(PaperStep)[0]
    QTest.keyClicks(step.key, paper)
    QTest.mouseClick(step.leave_button, LEFT)
    assert step.key.text() == ""
    assert screen.pad.isVisible()
    QApplication.processEvents()
    qtbot.waitUntil(screen.pad.field.hasFocus)
