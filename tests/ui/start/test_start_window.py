"""The first start and the ways back into a book, by real keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clientele.domain.team import Role
from clientele.services.opening import (
    FirstAssociate,
    begin_book,
    key_on_paper,
    open_by_passphrase,
)
from clientele.services.team import SetUpStore
from clientele.store.queries.reading import store_facts
from clientele.store.queries.team import associates
from clientele.system.clock import FixedClock
from clientele.system.region import Region
from clientele.ui.start.first_steps import BeginStep, WhereStep, WhoStep
from clientele.ui.start.unlocking import PassphraseStep, RecoveryStep, SorryStep
from clientele.ui.start.window import Beginning, Opened, StartWindow
from clientele.ui.theme import Theme
from tests.ui.at_work import press

REGION = Region("NL", "EUR", "Europe/Amsterdam", "en")
WORDS = "four quiet words here"


@dataclass
class Start:
    """A start window under test, and what it opened."""

    window: StartWindow
    qtbot: QtBot
    opened: list[Opened]

    def step(self, kind: type[QWidget]) -> QWidget:
        self.qtbot.waitUntil(lambda: isinstance(self.window.step, kind))
        step = self.window.step
        assert step is not None
        return step

    def done(self) -> Opened:
        self.qtbot.waitUntil(lambda: bool(self.opened))
        return self.opened[0]

    def settled(self) -> None:
        self.qtbot.waitUntil(self.window.idle)
        self.qtbot.wait(1)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "books" / "book.clientele"


@pytest.fixture
def start(book: Path, clock: FixedClock, theme: Theme, qtbot: QtBot) -> Iterator[Start]:
    window = StartWindow(book, clock, lambda: REGION, find_vault=lambda: None)
    qtbot.addWidget(window)
    made = Start(window, qtbot, [])
    window.opened.connect(made.opened.append)
    window.resize(1024, 768)
    window.show()
    window.begin()
    yield made
    window.close()
    for opened in made.opened:
        opened.store.close()


@pytest.fixture
def recovery_key(book: Path, clock: FixedClock) -> str:
    """A book that is there already, opened by a passphrase."""
    begun = begin_book(
        book,
        SetUpStore("Herengracht", "EUR", "NL", "Europe/Amsterdam"),
        FirstAssociate("R. Okafor", "Men's Suits", "2468", Role.STORE_MANAGER),
        vault=None,
        passphrase=WORDS,
        now=clock.now(),
    )
    key_on_paper(begun.store)
    begun.store.close()
    return begun.recovery_key


def fill_where(start: Start) -> None:
    where = start.step(WhereStep)
    assert isinstance(where, WhereStep)
    QTest.keyClicks(where.store, "Herengracht")
    QTest.keyClicks(where.passphrase, WORDS)
    QTest.keyClicks(where.again, WORDS)
    QTest.keyClick(where.again, Qt.Key.Key_Return)


def fill_who(start: Start, pin: str = "246813", again: str = "246813") -> WhoStep:
    who = start.step(WhoStep)
    assert isinstance(who, WhoStep)
    QTest.keyClicks(who.name, "Ruth Okafor")
    who.department.setFocus()
    editor = who.department.lineEdit()
    assert editor is not None
    QTest.keyClicks(editor, "Men's Suits")
    QTest.keyClicks(who.pin, pin)
    QTest.keyClicks(who.again, again)
    QTest.keyClick(who.again, Qt.Key.Key_Return)
    return who


def test_three_steps_make_a_book_with_its_first_associate(start: Start, book: Path) -> None:
    fill_where(start)
    fill_who(start)
    begin = start.step(BeginStep)
    assert isinstance(begin, BeginStep)
    assert len(begin.key.text()) == 7 * 4 + 6
    QTest.mouseClick(begin.wrote_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(begin.choices[2], Qt.MouseButton.LeftButton)
    opened = start.done()
    assert opened.how is Beginning.NONE
    assert opened.zone == "Europe/Amsterdam"
    assert opened.store.path == book
    with opened.store.read() as session:
        (first,) = associates(session)
        assert store_facts(session).name == "Herengracht"
    assert (first.id, first.name, first.department) == (
        opened.begun_by,
        "Ruth Okafor",
        "Men's Suits",
    )
    opened.store.close()
    open_by_passphrase(book, WORDS).close()


def test_nobody_begins_before_the_key_is_on_paper(start: Start) -> None:
    fill_where(start)
    fill_who(start)
    begin = start.step(BeginStep)
    assert isinstance(begin, BeginStep)
    QTest.mouseClick(begin.choices[2], Qt.MouseButton.LeftButton)
    start.settled()
    assert not start.opened
    assert not any(choice.isEnabled() for choice in begin.choices)


def test_what_is_wrong_is_said_and_what_was_typed_stays(start: Start, book: Path) -> None:
    fill_where(start)
    who = fill_who(start, again="2469")
    assert who.banner.sentence.text() == "The two PINs differ. Type the same one twice."
    assert who.name.text() == "Ruth Okafor"
    who.again.clear()
    who.pin.clear()
    for pin, why in (("12", "4 to 8 digits"), ("2468", "6 to 8"), ("777777", "repeats itself")):
        for field in (who.pin, who.again):
            field.clear()
            QTest.keyClicks(field, pin)
        QTest.keyClick(who.again, Qt.Key.Key_Return)
        assert why in who.banner.sentence.text()
    assert not book.exists()


def test_a_refusal_of_the_book_is_said_on_the_step(start: Start, book: Path) -> None:
    where = start.step(WhereStep)
    assert isinstance(where, WhereStep)
    where.zone.setText("Mars/Olympus")
    fill_where(start)
    who = fill_who(start)
    start.settled()
    assert "“Mars/Olympus” is not a time zone" in who.banner.sentence.text()
    assert not book.exists()
    assert who.name.isEnabled()


def test_passphrases_that_differ_are_not_taken(start: Start) -> None:
    where = start.step(WhereStep)
    assert isinstance(where, WhereStep)
    QTest.keyClicks(where.passphrase, WORDS)
    QTest.keyClicks(where.again, WORDS + "x")
    QTest.keyClick(where.again, Qt.Key.Key_Return)
    assert start.window.step is where
    assert "differ" in where.banner.sentence.text()


def test_closing_at_the_key_keeps_the_book(start: Start, book: Path) -> None:
    fill_where(start)
    fill_who(start)
    start.step(BeginStep)
    start.window.close()
    open_by_passphrase(book, WORDS).close()


@pytest.mark.usefixtures("recovery_key")
def test_the_passphrase_opens_and_a_wrong_one_is_said(start: Start) -> None:
    step = start.step(PassphraseStep)
    assert isinstance(step, PassphraseStep)
    QTest.keyClicks(step.passphrase, "wrong")
    QTest.keyClick(step.passphrase, Qt.Key.Key_Return)
    start.qtbot.waitUntil(lambda: "does not open the book" in step.banner.sentence.text())
    assert step.passphrase.isEnabled()
    step.passphrase.clear()
    QTest.keyClicks(step.passphrase, WORDS)
    QTest.keyClick(step.passphrase, Qt.Key.Key_Return)
    assert start.done().begun_by is None


def test_a_lost_passphrase_file_leads_to_the_key_and_nothing_is_lost(
    recovery_key: str, book: Path, start: Start
) -> None:
    book.with_name("book.clientele.key").write_text("{}")
    step = start.step(PassphraseStep)
    assert isinstance(step, PassphraseStep)
    QTest.keyClicks(step.passphrase, WORDS)
    QTest.keyClick(step.passphrase, Qt.Key.Key_Return)
    recovery = start.step(RecoveryStep)
    assert isinstance(recovery, RecoveryStep)
    QTest.keyClicks(recovery.key, recovery_key[:-1] + ("A" if recovery_key[-1] != "A" else "B"))
    QTest.keyClicks(recovery.passphrase, "new words")
    QTest.keyClicks(recovery.again, "new words")
    QTest.keyClick(recovery.again, Qt.Key.Key_Return)
    start.qtbot.waitUntil(lambda: "group" in recovery.banner.sentence.text())
    recovery.key.clear()
    QTest.keyClicks(recovery.key, recovery_key)
    QTest.keyClick(recovery.key, Qt.Key.Key_Return)
    opened = start.done()
    with opened.store.read() as session:
        assert [one.name for one in associates(session)] == ["R. Okafor"]
    opened.store.close()
    open_by_passphrase(book, "new words").close()


def test_a_book_whose_keyring_is_gone_asks_for_the_key(
    recovery_key: str, book: Path, start: Start, clock: FixedClock, qtbot: QtBot
) -> None:
    book.with_name("book.clientele.key").unlink()
    again = StartWindow(book, clock, lambda: REGION, find_vault=lambda: None)
    qtbot.addWidget(again)
    second = Start(again, qtbot, [])
    again.opened.connect(second.opened.append)
    again.show()
    again.begin()
    recovery = second.step(RecoveryStep)
    assert isinstance(recovery, RecoveryStep)
    assert "Nothing is lost" in recovery.sentence.text()
    QTest.keyClicks(recovery.key, recovery_key)
    QTest.keyClicks(recovery.passphrase, WORDS)
    QTest.keyClicks(recovery.again, WORDS)
    QTest.keyClick(recovery.again, Qt.Key.Key_Return)
    second.done().store.close()
    again.close()


def test_a_foreign_file_is_said_and_left_alone(
    book: Path, clock: FixedClock, theme: Theme, qtbot: QtBot
) -> None:
    book.parent.mkdir()
    book.write_bytes(b"SQLite format 3\x00" + bytes(8176))
    before = book.read_bytes()
    window = StartWindow(book, clock, lambda: REGION, find_vault=lambda: None)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: isinstance(window.step, SorryStep))
    step = window.step
    assert isinstance(step, SorryStep)
    assert step.sentence.text()
    assert book.read_bytes() == before
    window.close()


def test_a_first_start_that_was_cut_off_goes_on_at_the_key(
    book: Path, clock: FixedClock, theme: Theme, qtbot: QtBot
) -> None:
    begun = begin_book(
        book,
        SetUpStore("Herengracht", "EUR", "NL", "Europe/Amsterdam"),
        FirstAssociate("R. Okafor", "Men's Suits", "2468", Role.STORE_MANAGER),
        vault=None,
        passphrase=WORDS,
        now=clock.now(),
    )
    begun.store.close()
    for on_paper in (False, True):
        window = StartWindow(book, clock, lambda: REGION, find_vault=lambda: None)
        qtbot.addWidget(window)
        start = Start(window, qtbot, [])
        window.opened.connect(start.opened.append)
        window.show()
        window.begin()
        step = start.step(PassphraseStep)
        assert isinstance(step, PassphraseStep)
        QTest.keyClicks(step.passphrase, WORDS)
        QTest.keyClick(step.passphrase, Qt.Key.Key_Return)
        if on_paper:
            start.done().store.close()
            continue
        begin = start.step(BeginStep)
        assert isinstance(begin, BeginStep)
        assert begin.key.text() == begun.recovery_key
        QTest.mouseClick(begin.wrote_button, Qt.MouseButton.LeftButton)
        QTest.mouseClick(begin.choices[2], Qt.MouseButton.LeftButton)
        start.done().store.close()
        window.close()


def test_a_short_passphrase_is_not_taken(start: Start) -> None:
    where = start.step(WhereStep)
    assert isinstance(where, WhereStep)
    QTest.keyClicks(where.passphrase, "kurz")
    QTest.keyClicks(where.again, "kurz")
    QTest.keyClick(where.again, Qt.Key.Key_Return)
    assert start.window.step is where
    assert "short" in where.banner.sentence.text()


def test_return_tries_again_where_nothing_is_to_be_typed(theme: Theme, qtbot: QtBot) -> None:
    step = SorryStep("This file is not a book of Clientele.")
    qtbot.addWidget(step)
    step.show()
    step.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is step.again_button)
    with qtbot.waitSignal(step.again):
        press(Qt.Key.Key_Return)
