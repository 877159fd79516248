"""The client page in a window, and a look into the book behind it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from clientele.store.queries.client import ClientPage as Facts
from clientele.store.queries.client import client_page
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.models.rows import ROW_ROLE
from clientele.ui.pages.client import ClientPage
from tests.ui.at_work import managing

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Book:
    """Looks into the book once everything is written."""

    def __init__(self, store: Store, desk: Desk, clock: FixedClock, qtbot: QtBot) -> None:
        self._store, self._desk, self._clock, self._qtbot = store, desk, clock, qtbot

    def settle(self) -> None:
        """Everything is written, told and shown."""
        for _ in range(4):
            assert self._desk.flush()
            QCoreApplication.processEvents()
            self._qtbot.waitUntil(self._desk.idle)

    def manages(self) -> None:
        """Whoever is signed in is the store manager from now on."""
        managing(self._desk, self._store, self._qtbot)
        self.settle()

    def facts(self, key: int) -> Facts:
        """What the book says of a client."""
        self.settle()
        with self._store.read() as session:
            found = client_page(session, key, now=self._clock.now())
        assert found is not None
        return found


def retype(field: object, words: str) -> None:
    """Type other words into a field that has some."""
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def stories(page: ClientPage) -> list[str]:
    """The titles of the story as far as it is told."""
    model = page.story.model
    return [model.index(at).data(ROW_ROLE).title for at in range(model.rowCount())]
