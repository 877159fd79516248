"""A finger on the page: a tap is a click, a drag scrolls and presses nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clientele.ui.main_window import MainWindow
from clientele.ui.models.rows import Row, RowAction
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.row_list import RowList

Heard = list[tuple[object, str]]


@pytest.fixture(scope="session")
def finger() -> QPointingDevice:
    """One for the whole run: Qt keeps its devices."""
    return QTest.createTouchDevice()


@pytest.fixture
def rows(window: MainWindow, qtbot: QtBot) -> RowList:
    page = Page(window.desk, "Today")
    card = Card("Follow-ups due")
    made = RowList(window.desk.theme, "Follow-ups due")
    done = (RowAction("done", "Done", "D"),)
    made.set_rows([Row(at, f"Client {at}", sub="call", actions=done) for at in range(40)])
    card.add(made)
    page.body.addWidget(card)
    window.add_page(page)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    return made


@pytest.fixture
def heard(rows: RowList) -> Heard:
    told: Heard = []
    rows.acted.connect(lambda key, name: told.append((key, name)))
    rows.opened.connect(lambda key: told.append((key, "opened")))
    return told


def stroke(finger: QPointingDevice, on: QWidget, at: QPoint, by: int = 0) -> None:
    """Put a finger down, move it up or down by so many pixels, and lift it."""
    start = on.mapTo(on.window(), at)
    window = on.window().windowHandle()
    touch: Callable[..., QTest.QTouchEventSequence] = QTest.touchEvent
    touch(window, finger).press(0, start, window).commit()
    steps = 10 if by else 0
    for step in range(1, steps + 1):
        touch(window, finger).move(0, start + QPoint(0, by * step // steps), window).commit()
        QApplication.processEvents()
    touch(window, finger).release(0, start + QPoint(0, by), window).commit()
    QApplication.processEvents()


def test_a_tap_on_a_button_acts(rows: RowList, heard: Heard, finger: QPointingDevice) -> None:
    stroke(finger, rows.viewport(), rows.button_rect(1, "done").center())
    assert heard == [(1, "done")]


def test_a_tap_on_a_row_opens(rows: RowList, heard: Heard, finger: QPointingDevice) -> None:
    stroke(finger, rows.viewport(), QPoint(100, 20))
    assert heard == [(0, "opened")]


@pytest.mark.qt_log_ignore("QGestureManager::deliverEvents: could not find the target")
def test_a_drag_scrolls_the_page_and_presses_nothing(
    window: MainWindow, rows: RowList, heard: Heard, finger: QPointingDevice, qtbot: QtBot
) -> None:
    page = window.current_page()
    assert page is not None
    stroke(finger, rows.viewport(), rows.button_rect(6, "done").center(), by=-200)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 100)
    assert heard == []
