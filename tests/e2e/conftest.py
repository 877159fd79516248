"""A shop to work in, with its window shown and Ruth Okafor about to sign in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.services.pins import hashed
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.plurals import EnglishPlurals
from clientele.ui.theme import Scheme, Theme
from clientele.ui.workplace import Workplace
from tests.e2e.hand import Hand
from tests.e2e.shop import PIN, Shop, people


@pytest.fixture(autouse=True)
def rules_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule looks at the book by itself in the middle of a test, however long that takes."""
    monkeypatch.setattr("clientele.ui.ruling.BEGIN", 3_600_000)
    monkeypatch.setattr("clientele.ui.ruling.REST", 3_600_000)


@pytest.fixture
def shop(qapp: QApplication, qtbot: QtBot, store: Store, clock: FixedClock) -> Iterator[Shop]:
    """The program on a real book with three people who sell; at the lock screen."""
    with store.write() as session:
        people(session, hashed(PIN), clock.now())
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    theme = Theme(qapp, Scheme.LIGHT)
    workplace = Workplace(store, clock, Formats("en", "Europe/Amsterdam"), theme)
    workplace.window.resize(1366, 768)
    workplace.window.show()
    hand = Hand(qtbot, lambda: workplace.window)
    hand.come_to_front()
    workplace.ask_who()
    yield Shop(workplace, store, hand)
    workplace.stop()
    workplace.deleteLater()
    theme.deleteLater()
    qapp.removeTranslator(plurals)
    plurals.deleteLater()
