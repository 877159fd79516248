"""How does a test wait, click and type on a page, as an associate does?"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from clientele.domain.rules.rights import associate
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.changes import Changes, Kind
from clientele.services.verb import Verb
from clientele.store.session import Store
from clientele.ui.delegates.row_layout import Text
from clientele.ui.delegates.row_text import Lines
from clientele.ui.desk import Desk
from clientele.ui.models.rows import Key
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.row_list import RowList
from clientele.ui.widgets.sheet import Sheet

S = TypeVar("S", bound=Sheet)
P = TypeVar("P", bound=Page)
W = TypeVar("W")


def shown(page: P, qtbot: QtBot, width: int = 1178, height: int = 714) -> P:
    """The page in a window of its own, read and with the keyboard in its first list."""
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitActive(page)
    settle(page.desk, qtbot)
    page.take_keyboard()
    return page


def settle(desk: Desk, qtbot: QtBot) -> None:
    """Until all that was asked and done has come back and is on the screen."""
    qtbot.waitUntil(desk.idle)
    QApplication.processEvents()
    qtbot.waitUntil(desk.idle)


def elsewhere(desk: Desk, store: Store, verb: Verb[W], what: W, by: int) -> None:
    """A colleague does something at another terminal, and this window hears of it."""
    with store.write(acting=associate(by)) as session:
        changes = verb(session, what, now=desk.now())
    desk.changed.emit(changes)


def managing(desk: Desk, store: Store, qtbot: QtBot, role: Role = Role.STORE_MANAGER) -> None:
    """Whoever is signed in has this role from now on."""
    with store.write() as session:
        row = session.get(Associate, desk.me.id)
        assert row is not None
        row.role = role
    desk.changed.emit(Changes({Kind.ASSOCIATE.value: frozenset({desk.me.id})}))
    settle(desk, qtbot)


def click_row(rows: RowList, key: Key, name: str = "") -> None:
    """Click a row's button, or the row itself beside its words."""
    rows.set_current(key)
    if name:
        place = rows.button_rect(key, name).center()
        assert not rows.button_rect(key, name).isEmpty(), f"no button {name} on {key}"
    else:
        place = rows.visualRect(rows.currentIndex()).topLeft() + QPoint(40, 12)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is."""
    at = QApplication.focusWidget()
    assert at is not None, "the keyboard is nowhere"
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(at, key, held)


def write(words: str) -> None:
    """Type where the keyboard is."""
    at = QApplication.focusWidget()
    assert at is not None, "the keyboard is nowhere"
    QTest.keyClicks(at, words)


def sheet(page: QWidget, kind: type[S]) -> S:
    """The open sheet of a kind over the page."""
    found = [one for one in page.window().findChildren(kind) if one.isVisible()]
    assert len(found) == 1, f"{len(found)} sheets of {kind.__name__} are open"
    return found[0]


def no_sheet(page: QWidget) -> bool:
    """Whether none is open."""
    return not any(one.isVisible() for one in page.window().findChildren(Sheet))


def titles(rows: RowList) -> list[str]:
    """The bold words of the rows in order."""
    return [row.title for row in rows.rows()]


def words_in(widget: QWidget) -> str:
    """Every label that can be read in a widget."""
    labels = widget.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(widget))


def broken(text: Text) -> QTextLayout:
    """How Qt sets a text of several lines."""
    assert isinstance(text.set, Lines)
    return text.set.layout
