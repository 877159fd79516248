"""At twice the text size nothing is cut off and nothing scrolls sideways."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from clientele.ui import actions
from clientele.ui.main_window import MainWindow
from clientele.ui.theme import Scheme
from clientele.ui.widgets.layouts import Columns
from tests.a11y.test_names import every_kind


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_is_cut_off(
    window: MainWindow, qtbot: QtBot, scale: float, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.desk.theme.switch(Scheme.LIGHT, scale)
    page = every_kind(window)
    window.add_page(page, actions.TODAY)
    window.resize(size[0] + 1, size[1])
    qtbot.waitUntil(page.isVisible)
    window.grab()
    assert window.minimumSizeHint().width() <= size[0]
    assert page.horizontalScrollBar().maximum() == 0
    cut = [
        one.text()
        for one in (*page.findChildren(QPushButton), *window.rail.findChildren(QPushButton))
        if one.isVisible() and one.text() and one.width() < one.minimumSizeHint().width()
    ]
    cut += [
        one.text()
        for one in page.findChildren(QLabel)
        if one.isVisible() and one.text() and one.height() < one.fontMetrics().height()
    ]
    assert cut == []


@pytest.mark.parametrize(("scale", "folded"), [(1.0, 0), (2.0, 1)])
def test_side_columns_go_under_the_main_one_when_the_text_is_large(
    window: MainWindow, qtbot: QtBot, scale: float, folded: int
) -> None:
    window.desk.theme.switch(Scheme.LIGHT, scale)
    columns = Columns()
    columns.column()
    columns.column(392)
    assert sum(columns.fold(1138)) == folded
