"""Whatever can have the keyboard has a name that a screen reader says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from clientele.ui import actions
from clientele.ui.main_window import MainWindow
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Bar
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Banner, Card, EmptyState
from clientele.ui.widgets.fields import Field, FlatEdit, FlatText, TextField
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.row_list import RowList
from clientele.ui.widgets.sheet import Sheet


def every_kind(window: MainWindow) -> Page:
    """A page with each widget that pages are made of."""
    page = Page(window.desk, "Today")
    card = Card("Follow-ups due", "3")
    rows = RowList(window.desk.theme, "Follow-ups due")
    rows.set_rows([Row(1, "A", lead=ChipSpec("today"), actions=(RowAction("d", "Done", "D"),))])
    for widget in (
        rows,
        Button("Start visit", kind="primary"),
        Choice("Whose", [("mine", "mine"), ("store", "store")]),
        EmptyState("Nothing is due.", "New follow-up"),
        Banner("The disk is full.", action="Look again"),
        Field("Given name"),
        FlatEdit("Preferred name"),
        TextField("Quick note"),
        FlatText("Say this first"),
        Bar("Shoes", "$3,120", 0.9),
    ):
        card.add(widget)
    page.body.addWidget(card)
    return page


def nameless(of: QWidget) -> list[str]:
    """Widgets that Tab or a click brings the keyboard to, and that have nothing to be called by."""
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in of.findChildren(QWidget)
        if one.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not isinstance(one, QScrollBar)
        and not (isinstance(one.parentWidget(), QAbstractScrollArea) and not one.isWindow())
        and not one.accessibleName()
    ]


def test_everything_that_can_have_the_keyboard_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    page = every_kind(window)
    window.add_page(page, actions.TODAY)
    sheet = Sheet(page, "New client")
    sheet.add_field("Given name", Field(""))
    sheet.add_button("Keep", sheet.close_sheet, primary=True)
    window.keys_sheet.open_sheet()
    window.keys_sheet.close_sheet()
    window.lock_screen.begin(None)
    qtbot.waitUntil(lambda: bool(window.lock_screen._tiles))
    assert nameless(window) == []


def test_a_screen_reader_hears_the_rows(window: MainWindow) -> None:
    page = every_kind(window)
    window.add_page(page)
    rows = page.findChild(RowList)
    assert rows is not None
    heard = QAccessible.queryAccessibleInterface(rows)
    assert heard.text(QAccessible.Text.Name) == "Follow-ups due"
    assert heard.child(0).text(QAccessible.Text.Name) == "today, A, Done (D)"


def test_everything_to_press_is_large_enough_for_a_finger(window: MainWindow, qtbot: QtBot) -> None:
    page = every_kind(window)
    window.add_page(page, actions.TODAY)
    qtbot.waitUntil(page.isVisible)
    small = [
        one.accessibleName()
        for one in window.findChildren(Button)
        if one.isVisible() and one.height() < Space.TARGET
    ]
    assert small == []
