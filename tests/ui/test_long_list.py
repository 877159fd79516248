"""A list of very many rows: places, keys, clicks, and nothing measured."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from clientele.ui.models.rows import ROW_ROLE, Index, Initials, Row, RowAction
from clientele.ui.theme import Theme
from clientele.ui.widgets.long_list import LongList

MANY = 1_000_000


class Numbers(QAbstractListModel):
    """A million rows, of which every third has not come yet."""

    asked = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else MANY

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        if role != ROW_ROLE or index.row() % 3 == 2:
            return None
        act = RowAction("brief", "Brief", "B", shown=False)
        key = index.row()
        return Row(key, f"Number {key}", sub="a number", lead=Initials("N"), actions=(act,))


@pytest.fixture
def numbers(qtbot: QtBot) -> Numbers:
    return Numbers()


@pytest.fixture
def long_list(theme: Theme, numbers: Numbers, qtbot: QtBot) -> LongList:
    made = LongList(theme, "Numbers", numbers)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    made.setCurrentIndex(numbers.index(0))
    return made


def test_only_what_is_in_sight_is_asked_for(long_list: LongList, numbers: Numbers) -> None:
    numbers.asked = 0
    bar = long_list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    long_list.viewport().repaint()
    first, last = long_list.in_sight()
    assert MANY // 2 - 10 < first < MANY // 2 + 10
    assert last - first < 10
    assert numbers.asked < 100


def test_a_row_is_where_it_says(long_list: LongList, numbers: Numbers) -> None:
    index = numbers.index(765_432)
    long_list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
    place = long_list.visualRect(index)
    assert long_list.viewport().rect().contains(place)
    assert long_list.indexAt(place.center()) == index
    assert not long_list.indexAt(QPoint(5, -1)).isValid()
    bar = long_list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert long_list.in_sight()[1] == MANY - 1
    assert long_list.visualRect(numbers.index(MANY - 1)).bottom() == (
        long_list.viewport().height() - 1
    )


def test_keys_move_by_row_screen_and_to_the_ends(long_list: LongList) -> None:
    def at() -> int:
        first, last = long_list.in_sight()
        assert first <= long_list.currentIndex().row() <= last
        return long_list.currentIndex().row()

    for key, place in (
        (Qt.Key.Key_J, 1),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_K, 1),
        (Qt.Key.Key_End, MANY - 1),
        (Qt.Key.Key_J, MANY - 1),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Up, 0),
    ):
        QTest.keyClick(long_list, key)
        assert at() == place
    QTest.keyClick(long_list, Qt.Key.Key_PageDown)
    screen = at()
    assert 3 < screen < 10
    QTest.keyClick(long_list, Qt.Key.Key_PageUp)
    assert at() == 0


def test_a_click_and_a_letter_act_on_their_row(
    long_list: LongList, numbers: Numbers, qtbot: QtBot
) -> None:
    long_list.scrollTo(numbers.index(300_000), QAbstractItemView.ScrollHint.PositionAtTop)
    place = long_list.visualRect(numbers.index(300_001)).center()
    with qtbot.waitSignal(long_list.opened) as told:
        QTest.mouseClick(
            long_list.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place,
        )
    assert told.args == [300_001]
    assert long_list.currentIndex().row() == 300_001
    with qtbot.waitSignal(long_list.acted) as told:
        QTest.keyClick(long_list, Qt.Key.Key_B)
    assert told.args == [300_001, "brief"]


def test_a_row_that_has_not_come_opens_nothing(
    long_list: LongList, numbers: Numbers, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(long_list.opened):
        QTest.mouseClick(
            long_list.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            long_list.visualRect(numbers.index(2)).center(),
        )


def test_what_is_selected_is_drawn_where_it_is(long_list: LongList, numbers: Numbers) -> None:
    long_list.setCurrentIndex(numbers.index(3))
    selection = long_list.selectionModel().selection()
    region = long_list.visualRegionForSelection(selection)
    assert region.boundingRect() == long_list.visualRect(numbers.index(3))
    assert not long_list.isIndexHidden(numbers.index(3))
    assert long_list.horizontalOffset() == 0
