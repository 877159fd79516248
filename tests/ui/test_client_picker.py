"""Is a client found by a few letters and then shown by name?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clientele.ui.desk import Desk
from clientele.ui.widgets.client_picker import ClientPicker
from tests.a_day import Day
from tests.ui.at_work import settle


@pytest.fixture
def picker(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[ClientPicker]:
    """In a window with room for what is found."""
    ground = QWidget()
    qtbot.addWidget(ground)
    made = ClientPicker(desk)
    column = QVBoxLayout(ground)
    column.addWidget(made)
    column.addStretch(1)
    ground.resize(600, 500)
    ground.show()
    qtbot.waitExposed(ground)
    ground.activateWindow()
    qtbot.waitActive(ground)
    made.box.setFocus()
    yield made
    ground.close()


@pytest.mark.parametrize("typed", ["marsh", "ele", "0161", "nell@ma"])
def test_by_name_number_or_address(
    picker: ClientPicker, day: Day, desk: Desk, qtbot: QtBot, typed: str
) -> None:
    QTest.keyClicks(picker.box, typed)
    settle(desk, qtbot)
    qtbot.waitUntil(picker.box.results_shown)
    with qtbot.waitSignal(picker.picked) as picked:
        QTest.keyClick(picker.box, Qt.Key.Key_Return)
    assert picked.args == [day.clients["Eleanor"]]
    settle(desk, qtbot)
    assert picker.name.text() == "Eleanor Marsh"
    assert not picker.box.isVisible()
    assert picker.named is not None
    assert picker.named.preferred_name == "Nell"


def test_another_client(picker: ClientPicker, day: Day, desk: Desk, qtbot: QtBot) -> None:
    picker.pick(day.clients["Tom"])
    settle(desk, qtbot)
    with qtbot.waitSignal(picker.picked) as picked:
        QTest.mouseClick(picker.other, Qt.MouseButton.LeftButton)
    assert picked.args == [None]
    assert picker.client_id is None
    assert picker.box.hasFocus()


def test_nobody_is_said(picker: ClientPicker, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClicks(picker.box, "zzz")
    settle(desk, qtbot)
    assert picker.box.results_shown()
    QTest.keyClick(picker.box, Qt.Key.Key_Return)
    assert picker.client_id is None


def test_one_who_is_gone_is_not_shown(picker: ClientPicker, desk: Desk, qtbot: QtBot) -> None:
    picker.pick(9_999)
    settle(desk, qtbot)
    assert picker.client_id is None
    assert picker.box.isVisible()
