"""The keys of the book in the window: how it is opened, the paper, passphrases, a new key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clientele.app import Program
from clientele.domain.team import Role
from clientele.services.opening import (
    FirstAssociate,
    begin_book,
    key_on_paper,
    open_by_passphrase,
    unseen_key,
)
from clientele.services.team import AddAssociate, SetUpStore, add_associate
from clientele.store import keys, proof, slots
from clientele.store.queries.team import associates
from clientele.system import secrets
from clientele.system.clock import FixedClock
from clientele.system.settings import Settings
from clientele.ui.dialogs.keys import KeysSheet
from clientele.ui.dialogs.new_key import NewKeySheet
from clientele.ui.start.between import BetweenWindow
from clientele.ui.start.window import Opened
from clientele.ui.widgets.buttons import Button
from tests.conftest import ZONE
from tests.store.test_keys import Shelf

WORDS, NEW = "four quiet words here", "four other quiet words"


class Running:
    """The whole program on a book that a passphrase opens."""

    def __init__(self, app: QApplication, qtbot: QtBot, path: Path, clock: FixedClock) -> None:
        begun = begin_book(
            path,
            SetUpStore("Herengracht", "EUR", "NL", ZONE),
            FirstAssociate("R. Okafor", "Men's Suits", "2468", Role.STORE_MANAGER),
            vault=None,
            passphrase=WORDS,
            now=clock.now(),
        )
        with begun.store.write() as session:
            person = AddAssociate("L. Sato", "Men's Shoes", "1357", Role.ASSOCIATE)
            self.other = add_associate(session, person, now=clock.now()).subject or 0
        key_on_paper(begun.store)
        self.paper, self.by, self.path, self.qtbot = (
            begun.recovery_key,
            begun.associate_id,
            path,
            qtbot,
        )
        self.program = Program(app, path, Settings(), clock)
        self.program.starting.show()
        self.program._opened(Opened(begun.store, ZONE, begun_by=self.by))
        self.wait_for_me()

    @property
    def workplace(self):  # type: ignore[no-untyped-def]
        assert self.program.workplace is not None
        return self.program.workplace

    def wait_for_me(self) -> None:
        self.qtbot.waitUntil(lambda: self.workplace.desk.is_signed_in)

    def sheet(self) -> KeysSheet:
        self.workplace.trust.show_keys()
        found = self.workplace.window.findChildren(KeysSheet)[-1]
        assert isinstance(found, KeysSheet)
        self.qtbot.waitUntil(found.looking.isHidden)
        return found

    def new_key(self, sheet: KeysSheet) -> NewKeySheet:
        click(sheet.renew)
        found = self.workplace.window.findChildren(NewKeySheet)[-1]
        assert isinstance(found, NewKeySheet)
        return found

    def open(self, words: str) -> bool:
        """Whether the passphrase opens the book, by its bytes alone."""
        try:
            slots.unlock_by_passphrase(self.path, words)
        except slots.WrongPassphrase:
            return False
        return True


def click(button) -> None:  # type: ignore[no-untyped-def]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(sheet: KeysSheet) -> str:
    return " ".join(one.text() for one in sheet.findChildren(QLabel) if one.isVisible())


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_MEMORY_KIB", 1024)
    monkeypatch.setattr(slots, "_ROUNDS", 1)


@pytest.fixture
def running(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: FixedClock
) -> Iterator[Running]:
    made = Running(qapp, qtbot, tmp_path / "book.clientele", clock)
    yield made
    made.program.end()
    made.program.theme.deleteLater()
    made.program.deleteLater()


def test_the_sheet_says_how_the_book_is_opened_and_whether_the_paper_is_right(
    running: Running,
) -> None:
    sheet = running.sheet()
    assert "A passphrase of" in said(sheet)
    assert sheet.use_keyring.isHidden(), "there is none here"
    QTest.keyClicks(sheet.paper, running.paper.lower())
    click(sheet.check)
    running.qtbot.waitUntil(lambda: "Yes, this paper" in sheet.answer.text())
    assert sheet.paper.text() == "", "it does not stay in sight"
    QTest.keyClicks(sheet.paper, keys.new_key().recovery_key)
    click(sheet.check)
    running.qtbot.waitUntil(lambda: "No: it is of another" in sheet.answer.text())
    QTest.keyClicks(sheet.paper, "hello")
    click(sheet.check)
    running.qtbot.waitUntil(lambda: "28 letters and digits" in said(sheet))


def test_a_passphrase_is_changed_and_another_added(running: Running) -> None:
    sheet = running.sheet()
    QTest.keyClicks(sheet.former, "guessed")
    for field in (sheet.passphrase, sheet.again):
        QTest.keyClicks(field, NEW)
    click(sheet.set_words)
    running.qtbot.waitUntil(lambda: "is another" in said(sheet))
    sheet.former.setText(WORDS)
    click(sheet.set_words)
    running.qtbot.waitUntil(lambda: sheet.passphrase.text() == "")
    sheet.whose.setText("anna")
    assert not sheet.former.isVisible()
    for field in (sheet.passphrase, sheet.again):
        QTest.keyClicks(field, "anna has her own")
    click(sheet.set_words)
    running.qtbot.waitUntil(lambda: "A passphrase of anna" in said(sheet))
    running.program.end()
    assert running.open(NEW)
    assert running.open("anna has her own")
    assert not running.open(WORDS)


def test_the_keyboard_stays_where_it_was_after_a_look_at_the_paper(running: Running) -> None:
    sheet = running.sheet()
    running.workplace.window.activateWindow()
    running.qtbot.waitUntil(running.workplace.window.isActiveWindow)
    running.qtbot.waitUntil(sheet.check.isVisible)
    QTest.keyClicks(sheet.paper, "hello")
    sheet.check.setFocus()
    running.qtbot.waitUntil(sheet.check.hasFocus)
    sheet.check.click()
    running.qtbot.waitUntil(lambda: "28 letters and digits" in said(sheet))
    assert sheet.check.hasFocus()


def test_a_passphrase_is_taken_away_only_when_pressed_twice(running: Running) -> None:
    sheet = running.sheet()
    sheet.whose.setText("anna")
    for field in (sheet.passphrase, sheet.again):
        QTest.keyClicks(field, "anna has her own")
    click(sheet.set_words)
    running.qtbot.waitUntil(lambda: "A passphrase of anna" in said(sheet))
    ways = sheet.ways.findChildren(Button)
    anna = next(one for one in ways if "anna" in one.accessibleName())
    click(anna)
    assert "anna opens the book by the recovery key alone" in said(sheet)
    assert running.open("anna has her own")
    click(anna)
    running.qtbot.waitUntil(lambda: "A passphrase of anna" not in said(sheet))
    assert not running.open("anna has her own")


def test_it_is_closed_to_others_with_why(running: Running) -> None:
    desk = running.workplace.desk
    with running.workplace.store.read() as session:
        other = next(one for one in associates(session) if one.id == running.other)
    from clientele.ui.desk import Me

    desk.sign(Me(other.id, other.name, other.department_id, other.department))
    sheet = running.sheet()
    assert "This is for a store manager" in said(sheet)
    assert not sheet.inside.isVisible()


def test_a_new_recovery_key_with_the_book_closed_and_open_again(running: Running) -> None:
    first = running.workplace
    old = running.path.read_bytes()[:16]
    new = running.new_key(running.sheet())
    for field in (new.passphrase, new.again):
        QTest.keyClicks(field, WORDS)
    click(new.go)
    running.qtbot.waitUntil(lambda: isinstance(running.program.window, BetweenWindow))
    between = running.program.window
    assert isinstance(between, BetweenWindow)
    running.qtbot.waitUntil(lambda: between.paper is not None)
    paper = between.paper
    assert paper is not None
    assert not paper.on.isEnabled(), "not before it is on paper"
    shown = paper.key.text()
    click(paper.wrote_button)
    click(paper.on)
    running.qtbot.waitUntil(lambda: running.program.workplace not in (None, first))
    assert running.workplace.window.is_locked
    assert running.path.read_bytes()[:16] != old
    assert unseen_key(running.workplace.store) is None
    running.program.end()
    assert keys.unlock_by_recovery_key(running.path, shown)
    assert running.open(WORDS)


def test_closed_before_the_paper_it_is_shown_at_the_next_start(
    running: Running, qtbot: QtBot
) -> None:
    new = running.new_key(running.sheet())
    for field in (new.passphrase, new.again):
        QTest.keyClicks(field, WORDS)
    click(new.go)
    qtbot.waitUntil(lambda: isinstance(running.program.window, BetweenWindow))
    between = running.program.window
    assert isinstance(between, BetweenWindow)
    qtbot.waitUntil(lambda: between.paper is not None)
    assert between.paper is not None
    shown = between.paper.key.text()
    between.close()
    qtbot.waitUntil(lambda: not between.isVisible())
    store = open_by_passphrase(running.path, WORDS)
    found = unseen_key(store)
    store.close()
    assert found == (running.by, shown)
    assert not proof.fits(running.path, keys.derived(bytes(16)))


def test_from_the_passphrase_to_the_keyring_and_a_new_key_in_it(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    monkeypatch.setattr(secrets, "_safe_backend", lambda: shelf)
    first = running.workplace
    sheet = running.sheet()
    click(sheet.use_keyring)
    running.qtbot.waitUntil(lambda: "opens by itself" in said(sheet))
    assert sheet.use_keyring.isHidden()
    assert sheet.set_words.text() == "Let the passphrase open it"
    new = running.new_key(sheet)
    assert not new.passphrase.isVisible()
    click(new.go)
    running.qtbot.waitUntil(lambda: isinstance(running.program.window, BetweenWindow))
    between = running.program.window
    assert isinstance(between, BetweenWindow)
    running.qtbot.waitUntil(lambda: between.paper is not None)
    assert between.paper is not None
    click(between.paper.wrote_button)
    click(between.paper.on)
    running.qtbot.waitUntil(lambda: running.program.workplace not in (None, first))
    running.program.end()
    head = running.path.read_bytes()[:16].hex()
    assert list(shelf.kept) == [("Clientele", head)]
    assert keys.unlock_by_keyring(running.path, secrets.Vault(shelf))
