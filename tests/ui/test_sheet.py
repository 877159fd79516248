"""Sheets, toasts and the search box: what floats over the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clientele.ui import toast as toast_module
from clientele.ui.main_window import MainWindow
from clientele.ui.models.rows import Row
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.sheet import Sheet

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow) -> Page:
    made = Page(window.desk, "Today")
    field = Field("Note on the page")
    field.setObjectName("on page")
    made.body.addWidget(field)
    window.add_page(made)
    return made


@pytest.fixture
def sheet(page: Page) -> Sheet:
    made = Sheet(page, "New client")
    for name in ("Given name", "Family name"):
        made.add_field(name, Field(name))
    return made


def field_of(where: QWidget, name: str) -> Field:
    return next(one for one in where.findChildren(Field) if one.accessibleName() == name)


def test_a_sheet_covers_the_window_and_takes_the_keyboard(
    window: MainWindow, sheet: Sheet, qtbot: QtBot
) -> None:
    sheet.open_sheet()
    assert sheet.parentWidget() is window.content
    assert sheet.size() == window.content.size()
    assert QApplication.focusWidget() is field_of(sheet, "Given name")
    window.resize(1024, 700)
    assert sheet.size() == window.content.size()
    frame = sheet.frame.geometry()
    assert sheet.rect().contains(frame)


def test_the_keyboard_begins_on_what_is_there_and_chosen(page: Page) -> None:
    made = Sheet(page, "Gift")
    gone = Field("Not asked now")
    made.add_field("Not asked now", gone)
    gone.hide()
    whom = Choice("To whom", [("a", "somebody else"), ("b", "Robert")])
    whom.choose("b")
    made.add_field("To whom", whom)
    made.open_sheet()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Robert"


def test_the_keyboard_goes_to_the_page_where_its_button_was_made_anew(
    page: Page, sheet: Sheet
) -> None:
    chip = QPushButton("Hold")
    page.body.addWidget(chip)
    chip.show()
    chip.setFocus()
    sheet.open_sheet()
    delete(chip)
    closed: list[bool] = []
    sheet.closed.connect(lambda: closed.append(True))
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert closed
    assert sheet.isHidden()
    assert QApplication.focusWidget() is page


def test_esc_closes_and_what_was_typed_is_kept(
    window: MainWindow, page: Page, sheet: Sheet, qtbot: QtBot
) -> None:
    under = field_of(page, "Note on the page")
    under.setFocus()
    sheet.open_sheet()
    name = field_of(sheet, "Given name")
    QTest.keyClicks(name, "Nell")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert QApplication.focusWidget() is under
    sheet.open_sheet()
    assert name.value == "Nell"


def test_esc_in_a_field_closes_at_once_and_takes_no_word_back(sheet: Sheet) -> None:
    sheet.open_sheet()
    name = field_of(sheet, "Given name")
    QTest.keyClicks(name, "Nell")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert name.value == "Nell"


def test_esc_closes_wherever_the_keyboard_has_gone(page: Page, sheet: Sheet) -> None:
    sheet.open_sheet()
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_return_presses_the_button_that_has_the_keyboard(sheet: Sheet) -> None:
    pressed: list[str] = []
    sheet.add_button("Keep", lambda: pressed.append("Keep"), primary=True)
    other = sheet.add_button("Tomorrow", lambda: pressed.append("Tomorrow"))
    sheet.open_sheet(other)
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert pressed == ["Tomorrow"]
    QTest.keyClick(other, Qt.Key.Key_Return, CTRL)
    assert pressed == ["Tomorrow", "Keep"]


def test_no_form_stays_over_another_page_or_over_the_search(
    window: MainWindow, page: Page, sheet: Sheet
) -> None:
    other = Page(window.desk, "Clients")
    window.add_page(other)
    sheet.open_sheet()
    window.show_page(other)
    assert not sheet.isVisible()
    sheet.open_sheet()
    window.to_search()
    assert not sheet.isVisible()
    assert window.top_bar.search.hasFocus()


def test_a_click_beside_closes_and_inside_does_not(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.open_sheet()
    QTest.mouseClick(sheet, LEFT, pos=sheet.frame.geometry().center())
    assert sheet.isVisible()
    with qtbot.waitSignal(sheet.closed):
        QTest.mouseClick(sheet, LEFT, pos=QPoint(3, 3))
    assert not sheet.isVisible()


def test_ctrl_return_is_the_sheets_while_it_is_open(
    window: MainWindow, sheet: Sheet, qtbot: QtBot
) -> None:
    pressed: list[str] = []
    window.start_visit.connect(lambda: pressed.append("visit"))
    sheet.add_button("Keep", lambda: pressed.append("keep"), primary=True)
    sheet.open_sheet()
    QTest.keyClick(field_of(sheet, "Given name"), Qt.Key.Key_Return, CTRL)
    assert pressed == ["keep"]


def test_tab_goes_round_within_the_sheet(page: Page, sheet: Sheet, qtbot: QtBot) -> None:
    sheet.open_sheet()
    seen = []
    for _ in range(6):
        now = QApplication.focusWidget()
        assert now is not None
        assert sheet.isAncestorOf(now)
        seen.append(now.accessibleName())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert {"Given name", "Family name", "Close"} <= set(seen)


def test_a_refusal_is_said_above_the_fields(sheet: Sheet, qtbot: QtBot) -> None:
    sheet.open_sheet()
    sheet.say("A client needs a name.")
    assert sheet.banner.isVisible()
    assert sheet.banner.sentence.text() == "A client needs a name."
    sheet.say("")
    assert not sheet.banner.isVisible()


def test_a_sheet_goes_with_its_page(window: MainWindow, page: Page, qtbot: QtBot) -> None:
    sheet = Sheet(page, "New client")
    sheet.open_sheet()
    with qtbot.waitSignal(sheet.destroyed):
        page.deleteLater()


def test_a_toast_offers_undo_and_leaves_the_keyboard_alone(
    window: MainWindow, page: Page, qtbot: QtBot
) -> None:
    field = field_of(page, "Note on the page")
    field.setFocus()
    window.desk.said.emit("Follow-up done", True)
    toast = window.toast
    assert toast.isVisible()
    assert toast.accessibleName() == "Follow-up done"
    assert QApplication.focusWidget() is field
    assert window.content.rect().contains(toast.geometry())
    with qtbot.waitSignal(toast.undo):
        QTest.mouseClick(toast.button, LEFT)
    assert toast.words.text() == "There is nothing to undo."
    window.desk.said.emit("Noted", False)
    assert not toast.button.isVisible()
    toast.dismiss()


def test_what_came_by_itself_waits_for_what_can_be_undone(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    desk, toast = window.desk, window.toast
    desk.said.emit("Follow-up done", True)
    desk.heard.emit("Eleanor Marsh at 11:00")
    desk.heard.emit("L. Sato would like to hand Daniel Tran over")
    assert toast.words.text() == "Follow-up done"
    monkeypatch.setattr(toast_module, "STAYS", 20)
    monkeypatch.setattr(toast_module, "PER_LETTER", 0)
    QTest.mouseClick(toast.button, LEFT)
    said: list[str] = []

    def all_came() -> bool:
        if toast.words.text() not in said:
            said.append(toast.words.text())
        return toast.isHidden()

    qtbot.waitUntil(all_came)
    assert [words for words in said if words] == [
        "There is nothing to undo.",
        "Eleanor Marsh at 11:00",
        "L. Sato would like to hand Daniel Tran over",
    ]


def test_with_nothing_to_undo_it_is_told_at_once(window: MainWindow) -> None:
    window.desk.said.emit("Copied", False)
    window.desk.heard.emit("Eleanor Marsh at 11:00")
    assert window.toast.words.text() == "Eleanor Marsh at 11:00"
    window.toast.dismiss()


def test_what_waits_goes_when_the_window_is_locked(window: MainWindow) -> None:
    window.desk.said.emit("Follow-up done", True)
    window.desk.heard.emit("Eleanor Marsh at 11:00")
    window.lock()
    assert window.toast.isHidden()
    assert window.toast.words.text() == ""


def test_a_toast_goes_by_itself(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(toast_module, "STAYS", 20)
    monkeypatch.setattr(toast_module, "PER_LETTER", 0)
    window.toast.say("Noted")
    qtbot.waitUntil(lambda: not window.toast.isVisible())


ROWS = [Row(1, "Daniel Tran"), Row(2, "Theo Tran")]


def test_results_appear_as_the_key_goes_down_and_return_chooses(
    window: MainWindow, qtbot: QtBot
) -> None:
    search = window.top_bar.search
    asked: list[str] = []
    window.searched.connect(asked.append)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert search.hasFocus()
    QTest.keyClicks(search, "tr")
    assert asked == ["t", "tr"]
    window.show_found("t", [Row(9, "Too late")])
    assert not search.results_shown()
    window.show_found("tr", ROWS)
    assert search.results_shown()
    assert search.hasFocus()
    QTest.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.found) as found:
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert found.args == [2]
    assert not search.results_shown()
    assert search.text() == ""


def test_a_result_is_chosen_with_a_click(window: MainWindow, qtbot: QtBot) -> None:
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "tr")
    window.show_found("tr", ROWS)
    area = search.list.visualRect(search.list.model().index(1, 0))
    with qtbot.waitSignal(window.found) as found:
        QTest.mouseClick(search.list.viewport(), LEFT, pos=area.center())
    assert found.args == [2]


def test_esc_closes_the_results_and_then_empties_the_box(window: MainWindow, qtbot: QtBot) -> None:
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "tr")
    window.show_found("tr", ROWS)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.results_shown(), search.text()) == (False, "tr")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_a_command_is_found_by_any_of_its_words(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    window.add_command("Import a file", lambda: done.append("import"))
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "file")
    window.show_found("file", [])
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert done == ["import"]


def test_nothing_found_is_said(window: MainWindow, qtbot: QtBot) -> None:
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "qqq")
    window.show_found("qqq", [])
    assert search.results_shown()
    assert not search.list.isVisible()


def test_the_results_are_covered_by_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "tr")
    window.show_found("tr", ROWS)
    window.lock()
    assert not search.list.isVisible()
    qtbot.waitUntil(window.desk.idle)


@pytest.mark.parametrize("lines", [1, 5])
def test_a_form_is_as_high_as_what_is_in_it(page: Page, lines: int, qtbot: QtBot) -> None:
    made = Sheet(page, "Department")
    for at in range(lines):
        made.add_field(f"Name {at}", Field(f"Name {at}"))
    button = made.add_button("Keep", made.close_sheet, primary=True)
    made.open_sheet()
    last = field_of(made, f"Name {lines - 1}")
    bottom = last.mapTo(made, last.rect().bottomLeft()).y()
    assert 10 <= button.mapTo(made, QPoint(0, 0)).y() - bottom <= 24
