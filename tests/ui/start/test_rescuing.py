"""A damaged book at the start: restored or recovered by clicks, and the damaged one is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.rules.keeping_copies import Why
from clientele.domain.tables import Client
from clientele.domain.team import Role
from clientele.services.clients import NewClient, new_client
from clientele.services.opening import FirstAssociate, begin_book, key_on_paper
from clientele.services.team import SetUpStore
from clientele.store import copies
from clientele.store.doctor import examine, is_sound
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.region import Region
from clientele.ui.start.rescuing import DamagedStep
from clientele.ui.start.unlocking import PassphraseStep
from clientele.ui.start.window import Opened, StartWindow
from clientele.ui.theme import Theme

REGION = Region("NL", "EUR", "Europe/Amsterdam", "en")
WORDS = "four quiet words here"
PAGE = 4096


def names(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.execute(select(col(Client.given_name))).scalars())


class Rescue:
    """A window on a book of which every page from the third on can be damaged."""

    def __init__(self, book: Path, clock: FixedClock, qtbot: QtBot) -> None:
        self.book, self.clock, self.qtbot = book, clock, qtbot
        self.opened: list[Opened] = []
        self.window: StartWindow | None = None
        self.recovery_key = ""

    def make(self, *, copy: bool) -> None:
        begun = begin_book(
            self.book,
            SetUpStore("Herengracht", "EUR", "NL", "Europe/Amsterdam"),
            FirstAssociate("R. Okafor", "Men's Suits", "246813", Role.STORE_MANAGER),
            vault=None,
            passphrase=WORDS,
            now=self.clock.now(),
        )
        store, self.recovery_key = begun.store, begun.recovery_key
        key_on_paper(store)
        self._client(store, "Ada")
        if copy:
            copies.make(self.book, store.data_key, Why.DAILY, now=self.clock.now())
        self._client(store, "Bea")
        store.close()

    def _client(self, store: Store, name: str) -> None:
        with store.write() as session:
            new_client(session, NewClient(by=1, given_name=name), now=self.clock.now())

    def damage(self, *numbers: int) -> bytes:
        content = bytearray(self.book.read_bytes())
        for number in numbers:
            content[(number - 1) * PAGE + 200] ^= 1
        self.book.write_bytes(content)
        return bytes(content)

    def start(self) -> DamagedStep:
        self.window = StartWindow(self.book, self.clock, lambda: REGION, find_vault=lambda: None)
        self.qtbot.addWidget(self.window)
        self.window.opened.connect(self.opened.append)
        self.window.resize(1024, 768)
        self.window.show()
        self.window.begin()
        window = self.window
        self._type_passphrase()
        self.qtbot.waitUntil(lambda: isinstance(window.step, DamagedStep), timeout=20_000)
        step = window.step
        assert isinstance(step, DamagedStep)
        self.qtbot.waitUntil(step.idle, timeout=20_000)
        return step

    def _type_passphrase(self) -> None:
        window = self.window
        assert window is not None
        self.qtbot.waitUntil(lambda: isinstance(window.step, PassphraseStep), timeout=20_000)
        step = window.step
        assert isinstance(step, PassphraseStep)
        QTest.keyClicks(step.passphrase, WORDS)
        QTest.keyClick(step.passphrase, Qt.Key.Key_Return)

    def press(self, step: DamagedStep, button: object) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]
        self.qtbot.waitUntil(step.idle, timeout=60_000)

    def opens(self) -> Store:
        self._type_passphrase()
        self.qtbot.waitUntil(lambda: bool(self.opened), timeout=20_000)
        return self.opened[0].store

    def end(self) -> None:
        if self.window is not None:
            self.window.close()
        for opened in self.opened:
            opened.store.close()


@pytest.fixture
def rescue(tmp_path: Path, clock: FixedClock, theme: Theme, qtbot: QtBot) -> Iterator[Rescue]:
    made = Rescue(tmp_path / "books" / "book.clientele", clock, qtbot)
    yield made
    made.end()


SCHEMA = (2, 3, 4, 5, 6, 7, 8)
"""Pages near the beginning, without which no book opens."""


def test_recovering_takes_what_is_newer_than_the_copy(rescue: Rescue) -> None:
    rescue.make(copy=True)
    before = rescue.damage(*SCHEMA)
    step = rescue.start()
    assert "newest good backup" in step.words.text()
    rescue.press(step, step.recover_button)
    assert step.use_button.isVisible()
    assert rescue.book.read_bytes() == before, "the damaged book was written"
    rescue.press(step, step.use_button)
    store = rescue.opens()
    assert names(store) == {"Ada", "Bea"}
    assert is_sound(examine(store))
    (kept,) = rescue.book.parent.glob("*.damaged")
    assert kept.read_bytes() == before


def test_restoring_takes_the_copy_as_it_is(rescue: Rescue) -> None:
    rescue.make(copy=True)
    rescue.damage(*SCHEMA)
    step = rescue.start()
    rescue.press(step, step.restore_button)
    assert names(rescue.opens()) == {"Ada"}


def test_without_a_copy_only_recovering_is_offered(rescue: Rescue) -> None:
    rescue.make(copy=False)
    rescue.damage(*SCHEMA)
    step = rescue.start()
    assert not step.restore_button.isVisible()
    rescue.press(step, step.recover_button)
    rescue.press(step, step.use_button)
    assert names(rescue.opens()) == {"Ada", "Bea"}


def test_return_goes_on_and_never_takes_the_book_back(rescue: Rescue) -> None:
    rescue.make(copy=True)
    before = rescue.damage(*SCHEMA)
    step = rescue.start()
    assert QApplication.focusWidget() is step.recover_button
    QTest.keyClick(step, Qt.Key.Key_Return)
    assert step.idle()
    assert rescue.book.read_bytes() == before
    QTest.keyClick(step.recover_button, Qt.Key.Key_Return)
    rescue.qtbot.waitUntil(step.idle, timeout=60_000)
    assert "recovered" in step.heading.text()
    assert QApplication.focusWidget() is step.use_button
    assert not step.restore_button.isVisible()
    QTest.keyClick(step.use_button, Qt.Key.Key_Return)
    assert names(rescue.opens()) == {"Ada", "Bea"}


def test_the_recovery_key_is_asked_for_before_anything_else(
    rescue: Rescue, theme: Theme, qtbot: QtBot
) -> None:
    rescue.make(copy=True)
    rescue.damage(*SCHEMA)
    step = DamagedStep("It is damaged.", rescue.book, rescue.clock, lambda: REGION)
    qtbot.addWidget(step)
    step.show()
    qtbot.waitUntil(step.idle, timeout=20_000)
    assert QApplication.focusWidget() is step.key
    assert not step.restore_button.isVisible()
    assert not step.recover_button.isVisible()
    QTest.keyClicks(step.key, rescue.recovery_key)
    QTest.keyClick(step.key, Qt.Key.Key_Return)
    qtbot.waitUntil(step.idle, timeout=20_000)
    assert not step.key.isVisible()
    assert step.restore_button.isVisible()
    assert "UTC" not in step.words.text()
    step.stop()


def test_without_a_copy_nobody_is_told_to_restore_one(rescue: Rescue) -> None:
    rescue.make(copy=False)
    rescue.damage(*SCHEMA)
    step = rescue.start()
    assert "restore" not in step.sentence.text()
    assert not step.restore_button.isVisible()
    rescue.press(step, step.recover_button)
    assert step.use_button.isVisible()
