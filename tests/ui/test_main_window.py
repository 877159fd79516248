"""The window: pages, going back, keys, and what they do while a field is being typed into."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from clientele.services.clients import NewClient, new_client
from clientele.store.queries.clients import Book, WhoseBook, client_ids
from clientele.store.session import Store
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.models.rows import Row, RowAction
from clientele.ui.theme import Theme
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.fields import Field, TextField
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.row_list import RowList
from tests.ui.conftest import Team

CTRL = Qt.KeyboardModifier.ControlModifier


class ClientPage(Page):
    """A page that shows one of several clients."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Client", kinds={"client"})
        self.client = 0
        self.refreshed = 0
        self.field = Field("Preferred name")
        self.note = TextField("Quick note")
        self.rows = RowList(desk.theme, "Open")
        self.rows.set_rows([Row(1, "a", actions=(RowAction("done", "Done", "D"),))])
        card = Card("Open")
        card.add(self.rows)
        for widget in (self.field, self.note, card):
            self.body.addWidget(widget)

    def refresh(self) -> None:
        self.refreshed += 1

    def place(self) -> object:
        return self.client

    def go_to(self, place: object) -> None:
        assert isinstance(place, int)
        self.client = place


@pytest.fixture
def today(window: MainWindow) -> Page:
    page = Page(window.desk, "Today")
    window.add_page(page, actions.TODAY)
    return page


@pytest.fixture
def client(window: MainWindow, today: Page) -> ClientPage:
    page = ClientPage(window.desk)
    window.add_page(Page(window.desk, "Clients"), actions.CLIENTS)
    window.add_page(page, under=actions.CLIENTS)
    return page


def test_pages_are_reached_by_their_number_and_by_the_rail(
    window: MainWindow, client: ClientPage, today: Page
) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.current_page() is not today
    assert window.rail.button(actions.CLIENTS).isChecked()
    window.rail.button(actions.TODAY).click()
    assert window.current_page() is today
    QTest.keyClick(window, Qt.Key.Key_7, CTRL)
    assert window.current_page() is today


def test_a_page_without_a_place_in_the_rail_marks_the_one_it_belongs_to(
    window: MainWindow, client: ClientPage
) -> None:
    window.show_page(client)
    assert window.rail.button(actions.CLIENTS).isChecked()


def test_back_returns_to_the_page_and_the_client(
    window: MainWindow, client: ClientPage, today: Page
) -> None:
    window.show_page(client)
    client.client = 5
    window.remember_place()
    client.client = 6
    window.show_page(today)
    back = (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    places = []
    for _ in range(3):
        QTest.keyClick(window, *back)
        places.append((window.current_page(), client.client))
    assert places == [(client, 6), (client, 5), (today, 5)]
    QTest.keyClick(window, *back)
    assert window.current_page() is today


def test_a_key_without_ctrl_only_writes_while_a_field_has_the_keyboard(
    window: MainWindow, client: ClientPage
) -> None:
    window.show_page(client)
    acted: list[str] = []
    client.rows.acted.connect(lambda _key, name: acted.append(name))
    for field in (client.field, client.note):
        field.setFocus()
        QTest.keyClicks(field, "djks?")
        assert field.value == "djks?"
    assert acted == []
    client.rows.setFocus()
    QTest.keyClick(client.rows, Qt.Key.Key_D)
    assert acted == ["done"]


@pytest.mark.parametrize("name", ["field", "note"])
def test_ctrl_k_searches_even_from_a_field(
    window: MainWindow, client: ClientPage, name: str
) -> None:
    window.show_page(client)
    field = getattr(client, name)
    field.setFocus()
    QTest.keyClicks(field, "navy")
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClick(field, Qt.Key.Key_K, CTRL)
    assert window.top_bar.search.hasFocus()
    assert field.value == "navy"


def test_an_action_goes_to_the_page_in_sight(
    window: MainWindow, client: ClientPage, today: Page
) -> None:
    heard: list[str] = []
    window.start_visit.connect(lambda: heard.append("start"))
    client.on(actions.BRIEF, lambda: heard.append("brief"))
    client.on(actions.START_OR_RING, lambda: heard.append("ring"))
    QTest.keyClick(window, Qt.Key.Key_B, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    window.show_page(client)
    QTest.keyClick(window, Qt.Key.Key_B, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert heard == ["start", "brief", "ring"]


def test_ctrl_right_moves_by_words_and_at_the_end_to_the_next_department(
    window: MainWindow, client: ClientPage
) -> None:
    window.show_page(client)
    heard: list[str] = []
    client.on(actions.NEXT_DEPARTMENT, lambda: heard.append("next"))
    client.note.setFocus()
    QTest.keyClicks(client.note, "navy suit")
    QTest.keyClick(client.note, Qt.Key.Key_Home)
    QTest.keyClick(client.note, Qt.Key.Key_Right, CTRL)
    assert heard == []
    assert client.note.textCursor().position() == 5
    QTest.keyClick(client.note, Qt.Key.Key_End)
    QTest.keyClick(client.note, Qt.Key.Key_Right, CTRL)
    assert heard == ["next"]


def test_undo_is_the_fields_first_and_then_the_books(
    window: MainWindow, client: ClientPage, qtbot: QtBot
) -> None:
    desk = window.desk
    window.show_page(client)
    desk.do(new_client, NewClient(desk.me.id, "Eleanor", "Marsh"), said="Client added")
    qtbot.waitUntil(desk.can_undo)
    client.field.setFocus()
    QTest.keyClicks(client.field, "x")
    QTest.keyClick(client.field, Qt.Key.Key_Z, CTRL)
    assert client.field.value == ""
    assert desk.can_undo()
    QTest.keyClick(client.field, Qt.Key.Key_Z, CTRL)
    assert not desk.can_undo()
    qtbot.waitUntil(lambda: window.toast.words.text() == "Undone · Client added")
    window.toast.dismiss()


def test_the_rail_is_narrow_in_a_narrow_window(window: MainWindow, today: Page) -> None:
    assert window.rail.width() == 188
    assert window.rail.button(actions.TODAY).text() == "Today"
    window.resize(1024, 768)
    assert window.rail.width() < 70
    assert window.rail.button(actions.TODAY).text() == ""
    assert window.rail.button(actions.TODAY).accessibleName() == "Today"


def test_a_count_stands_beside_its_page_and_is_said(window: MainWindow, today: Page) -> None:
    window.rail.set_count(actions.TODAY, 1412, "1,412")
    assert window.rail.button(actions.TODAY).accessibleName() == "Today, 1,412"
    window.rail.set_count(actions.HEROICS, 3)


def test_all_keys_of_what_is_there_are_on_one_sheet(window: MainWindow, today: Page) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheet = window.keys_sheet
    assert sheet.isVisible()
    said = {line.accessibleName() for line in sheet.findChildren(QWidget)}
    here = {actions.TODAY}
    for action in actions.ALL:
        told = f"{action.label}: {action.shown_key}" in said
        assert told == (action not in actions.PAGES or action in here), action.id
    sheet.close_sheet()


def test_a_page_looks_again_only_when_it_is_in_sight(
    window: MainWindow, client: ClientPage, today: Page, qtbot: QtBot
) -> None:
    desk = window.desk

    told: list[object] = []
    desk.changed.connect(told.append)

    def add(count: int) -> None:
        for _ in range(count):
            desk.do(new_client, NewClient(desk.me.id, "Eleanor"))
        qtbot.waitUntil(lambda: len(told) == count)
        told.clear()

    counts = [client.refreshed]
    window.show_page(client)
    counts.append(client.refreshed)
    add(1)
    counts.append(client.refreshed)
    window.show_page(today)
    add(2)
    counts.append(client.refreshed)
    window.show_page(client)
    counts.append(client.refreshed)
    assert counts == [0, 1, 2, 2, 3]


def test_a_page_looks_again_for_another_associate(
    window: MainWindow, client: ClientPage, team: Team
) -> None:
    window.show_page(client)
    client.refreshed = 0
    window.desk.sign(team.sato)
    assert client.refreshed == 1
    window.desk.sign(team.sato)
    assert client.refreshed == 1


def test_larger_text_and_smaller_text(window: MainWindow, today: Page) -> None:
    theme = window.desk.theme
    QTest.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert theme.text_scale == 1.1
    QTest.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert theme.text_scale == 1.0


def test_the_top_bar_grows_with_the_text(window: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    search = window.top_bar.search
    theme.switch(text_scale=2.0)
    qtbot.waitUntil(lambda: search.height() >= search.sizeHint().height())
    assert search.sizeHint().height() > search.fontMetrics().height()
    assert window.top_bar.height() > 54


def test_a_refusal_is_shown(window: MainWindow) -> None:
    window.desk.refused.emit("This cannot be done.")
    assert window.toast.isVisible()
    assert not window.toast.button.isVisible()
    window.toast.dismiss()


def test_what_was_typed_is_written_before_the_window_closes(
    window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    desk = window.desk
    told: list[object] = []
    desk.changed.connect(told.append)
    for number in range(5):
        desk.do(new_client, NewClient(desk.me.id, f"Client {number}"))
    window.close()
    with store.read() as session:
        assert len(client_ids(session, WhoseBook(Book.STORE, desk.me.id, 1))) == 5
    qtbot.waitUntil(lambda: len(told) == 5)


def test_a_field_elsewhere_keeps_its_own_undo(
    window: MainWindow, today: Page, qtbot: QtBot
) -> None:
    field = QPlainTextEdit()
    field.setAccessibleName("Elsewhere")
    today.body.addWidget(field)
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.toPlainText() == ""
    assert QApplication.focusWidget() is field


def test_a_page_is_where_it_was_left(
    window: MainWindow, client: ClientPage, today: Page, qtbot: QtBot
) -> None:
    window.show_page(client)
    for number in range(20):
        client.body.addWidget(TextField(f"Field {number}", lines=4))
    qtbot.waitUntil(lambda: client.verticalScrollBar().maximum() > 900)
    client.verticalScrollBar().setValue(300)
    client.field.setFocus()
    window.show_page(today)
    window.go_back()
    assert client.verticalScrollBar().value() == 300


def test_what_is_on_a_page_stays_in_place_when_the_scroll_bar_comes(
    window: MainWindow, today: Page, qtbot: QtBot
) -> None:
    card = Card("Expected today")
    words = Field("Note")
    card.add(words)
    today.body.addWidget(card)
    qtbot.waitUntil(card.isVisible)
    qtbot.waitUntil(lambda: card.width() == today.width() - 40)
    wide = card.width()
    words.setMinimumHeight(2000)
    qtbot.waitUntil(lambda: today.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: card.width() == wide)


def test_the_rail_makes_room_for_large_text_at_once(window: MainWindow, today: Page) -> None:
    window.resize(1366, 768)
    words = window.rail.button(actions.TODAY)
    window.desk.theme.switch(text_scale=1.5)
    assert words.text() == ""
    window.desk.theme.switch(text_scale=1.0)
    assert words.text() == "Today"


def test_the_hint_of_the_search_box_is_never_cut(window: MainWindow, theme: Theme) -> None:
    box = window.top_bar.search
    whole = box.placeholderText()
    assert "e-mail" in whole
    window.resize(1024, 768)
    theme.switch(text_scale=1.5)
    QApplication.processEvents()
    short = box.placeholderText()
    assert short != whole
    room = box.width() - box.textMargins().right() - 2 * 12
    assert box.fontMetrics().horizontalAdvance(short) <= room
    theme.switch(text_scale=1.0)
    window.resize(1366, 768)
    QApplication.processEvents()
    assert box.placeholderText() == whole
