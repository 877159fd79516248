"""A start whose keyring does not do what it should, and a new key that nobody wrote down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from clientele.services.clients import NewClient, new_client
from clientele.services.keys import NewPassphrase, into_keyring, renew, set_passphrase
from clientele.services.opening import open_by_passphrase, open_by_recovery_key, unseen_key
from clientele.store import keys, slots
from clientele.store.beside import asks_for_passphrase
from clientele.system import secrets
from clientele.system.clock import FixedClock
from clientele.system.secrets import Vault
from clientele.ui.start.paper_step import PaperStep
from clientele.ui.start.unlocking import PassphraseStep, RecoveryStep
from clientele.ui.start.window import StartWindow
from clientele.ui.theme import Theme
from tests.services.keyed import OTHERS, WORDS, Begun, begin
from tests.store.test_keys import Shelf
from tests.ui.start.test_start_window import REGION, Start


class Wallet(Shelf):
    """A keyring that can be locked."""

    def __init__(self) -> None:
        super().__init__()
        self.locked = self.refuses = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.refuses and not username.startswith("probe-"):
            raise OSError("no room")
        super().set_password(service, username, password)


class KeyringLocked(Exception):
    """As the one of ``keyring``."""


@pytest.fixture
def wallet(monkeypatch: pytest.MonkeyPatch) -> Wallet:
    made = Wallet()
    monkeypatch.setattr(secrets, "_safe_backend", lambda: made)
    monkeypatch.setattr(slots, "_MEMORY_KIB", 1024)
    monkeypatch.setattr(slots, "_ROUNDS", 1)
    return made


@pytest.fixture
def book(wallet: Wallet, tmp_path: Path, clock: FixedClock) -> Begun:
    begun = begin(tmp_path / "book.clientele", clock, keyring=True)
    wallet.kept = begun.shelf.kept
    return begun


@pytest.fixture
def start(book: Begun, clock: FixedClock, theme: Theme, qtbot: QtBot) -> Iterator[Start]:
    window = StartWindow(book.path, clock, lambda: REGION)
    qtbot.addWidget(window)
    made = Start(window, qtbot, [])
    window.opened.connect(made.opened.append)
    window.resize(1024, 768)
    window.show()
    yield made
    window.close()
    for opened in made.opened:
        opened.store.close()


def press(step: RecoveryStep, words: str) -> None:
    (button,) = [one for one in step.findChildren(QPushButton) if one.text() == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_locked_keyring_is_tried_again_once_it_is_unlocked(start: Start, wallet: Wallet) -> None:
    wallet.locked = True
    start.window.begin()
    step = start.step(RecoveryStep)
    assert isinstance(step, RecoveryStep)
    assert "is locked" in step.sentence.text()
    wallet.locked = False
    press(step, "Try again")
    start.done()


def test_a_keyring_that_keeps_nothing_leads_to_a_passphrase(
    start: Start, wallet: Wallet, book: Begun
) -> None:
    wallet.kept.clear()
    wallet.refuses = True
    start.window.begin()
    first = start.step(RecoveryStep)
    assert isinstance(first, RecoveryStep)
    QTest.keyClicks(first.key, book.recovery_key)
    QTest.keyClick(first.key, Qt.Key.Key_Return)
    start.qtbot.waitUntil(lambda: start.window.step is not first)
    step = start.step(RecoveryStep)
    assert isinstance(step, RecoveryStep)
    assert "did not take the key" in step.sentence.text()
    assert step.key.text() == book.recovery_key, "it is not typed twice"
    for field in (step.passphrase, step.again):
        QTest.keyClicks(field, WORDS)
    QTest.keyClick(step.again, Qt.Key.Key_Return)
    start.done()
    assert asks_for_passphrase(book.path)
    assert not any(field.text() for field in start.window.findChildren(QLineEdit))


def test_where_others_have_a_passphrase_one_of_them_may_open_it(
    start: Start, wallet: Wallet, book: Begun, clock: FixedClock
) -> None:
    store = book.open()
    set_passphrase(store, NewPassphrase(OTHERS, label="anna"), now=clock.now())
    store.close()
    wallet.kept.clear()
    start.window.begin()
    step = start.step(PassphraseStep)
    assert isinstance(step, PassphraseStep)
    QTest.keyClicks(step.passphrase, OTHERS)
    QTest.keyClick(step.passphrase, Qt.Key.Key_Return)
    opened = start.done()
    into_keyring(opened.store, now=clock.now(), find_vault=lambda: Vault(wallet))
    assert len(wallet.kept) == 1


def test_a_new_key_that_is_not_on_paper_is_shown_until_it_is(
    start: Start, wallet: Wallet, book: Begun, clock: FixedClock
) -> None:
    store = book.open()
    with store.write() as session:
        new_client(session, NewClient(book.by, "Nell", "Marsh"), now=clock.now())
    key = bytearray(store.data_key)
    store.close()
    renewed = renew(book.path, key, vault=Vault(wallet), now=clock.now())
    start.window.begin()
    step = start.step(PaperStep)
    assert isinstance(step, PaperStep)
    assert step.key.text() == renewed.recovery_key
    assert not step.on.isEnabled()
    QTest.mouseClick(step.wrote_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(step.on, Qt.MouseButton.LeftButton)
    opened = start.done()
    assert unseen_key(opened.store) is None
    with pytest.raises(keys.WrongRecoveryKey):
        open_by_recovery_key(book.path, book.recovery_key, vault=None, keep=False)
    with pytest.raises(slots.PassphraseLost):
        open_by_passphrase(book.path, WORDS)
