"""Does a list show a page full of rows where the columns fold, and does the page follow it?"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.ui.desk import Desk
from clientele.ui.models.rows import Row
from clientele.ui.widgets.basics import Chip
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import Columns, Flow
from clientele.ui.widgets.own_scroll import OwnScroll
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList
from tests.ui.at_work import press, shown

NARROW, HIGH = 600, 640


class Listing(Page):
    """A list beside, or in a narrow window above, a card of chips."""

    def __init__(self, desk: Desk, count: int) -> None:
        super().__init__(desk, "Team")
        self.body.addWidget(PageHeader("Team", "Who works here"))
        columns = Columns()
        columns.set_main_at_least(460)
        main, side = columns.column(), columns.column(360, scrolls=True)
        self.body.addWidget(columns)
        self.rows = RowList(desk.theme, "Team", hug=False)
        self.rows.set_rows([Row(at, f"Associate {at}", sub="two clients") for at in range(count)])
        card = Card("People", fill=True)
        card.add(self.rows)
        main.addWidget(card)
        columns.let_grow(self.rows)
        chips = Flow()
        chips.set_widgets([Chip(f"Associate number {at}") for at in range(24)])
        more = Card("Departments")
        more.add(chips)
        side.addWidget(more)


def test_a_list_above_others_shows_a_page_full(desk: Desk, qtbot: QtBot) -> None:
    page = shown(Listing(desk, 40), qtbot, NARROW, HIGH)
    seen = page.viewport().height()
    qtbot.waitUntil(lambda: page.rows.height() > seen * 0.8)
    assert page.rows.height() < seen
    page.resize(NARROW, 420)
    qtbot.waitUntil(lambda: page.rows.height() < 420)


def test_a_short_list_is_no_higher_than_its_rows(desk: Desk, qtbot: QtBot) -> None:
    page = shown(Listing(desk, 8), qtbot, NARROW, HIGH)
    wanted = page.rows.height_for_rows(page.rows.width())
    assert 240 < wanted < HIGH - 100
    qtbot.waitUntil(lambda: abs(page.rows.height() - wanted) < 2)
    assert page.rows.verticalScrollBar().maximum() == 0


def test_the_page_follows_the_row_that_the_keyboard_is_on(desk: Desk, qtbot: QtBot) -> None:
    page = shown(Listing(desk, 40), qtbot, NARROW, HIGH)
    qtbot.waitUntil(lambda: page.rows.height() > HIGH * 0.8)
    for _ in range(20):
        press(Qt.Key.Key_J)
    place = page.rows.visualRect(page.rows.currentIndex())
    bottom = page.rows.viewport().mapTo(page.viewport(), place.bottomLeft()).y()
    assert page.rows.current_key() == 20
    assert bottom <= page.viewport().height()


def test_what_is_folded_has_no_bar_of_its_own(desk: Desk, qtbot: QtBot) -> None:
    page = shown(Listing(desk, 40), qtbot, NARROW, HIGH)
    scroll = page.findChild(OwnScroll)
    assert scroll is not None
    columns = page.findChild(Columns)
    assert columns is not None
    for width in range(NARROW, NARROW - 120, -7):
        page.resize(width, HIGH)
        scroll.resize(scroll.width(), 20)  # as it is before its chips have come
        QApplication.processEvents()
        columns.place()
        QApplication.processEvents()
        assert scroll.viewport().width() == scroll.width()
