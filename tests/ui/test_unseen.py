"""Beneath the lock no client is seen, heard, reached or pasted, on whatever page it was locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from clientele.ui.clipboard import copy
from clientele.ui.dialogs.new_client import NewClientSheet
from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.main_window import MainWindow
from clientele.ui.theme import Theme
from clientele.ui.widgets.layouts import ground_of
from clientele.ui.widgets.sheet import Sheet
from clientele.ui.workplace import Workplace
from scripts.picturing.places import little, workplace
from scripts.picturing.scene import settle

NAME = "Tran"


@pytest.fixture
def place(tmp_path: Path, theme: Theme) -> Iterator[Workplace]:
    """A window on a book with one client, Daniel Tran, of whom every page says something."""
    with workplace(tmp_path, theme, little) as made:
        yield made


def spoken(what: QWidget) -> list[str]:
    """All that a screen reader finds from here down."""
    found: list[str] = []
    waiting: list[QAccessibleInterface] = [QAccessible.queryAccessibleInterface(what)]
    while waiting:
        one = waiting.pop()
        kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
        found += [words for kind in kinds if (words := one.text(kind))]
        waiting += [one.child(n) for n in range(one.childCount())]
    return found


def said_of(name: str, window: MainWindow) -> list[str]:
    """Where a client's name is told by a window that is locked."""
    tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    told = [words for one in tops for words in (*spoken(one), one.windowTitle(), one.toolTip())]
    clipboard = QGuiApplication.clipboard()
    told += [clipboard.text(), QToolTip.text()]
    assert tops == [window]
    shown = [one for one in window.findChildren(QWidget) if one.isVisible()]
    lock = window.lock_screen
    assert {one for one in shown if one is not lock and not lock.isAncestorOf(one)} == set()
    assert lock.geometry() == window.rect()
    return [words for words in told if name in words]


def test_every_page_is_unseen(place: Workplace, qtbot: QtBot) -> None:
    window = place.window
    goes: list[Callable[[], object]] = [
        lambda: window.show_page(place.today),
        lambda: window.show_page(place.clients),
        lambda: place.open_client(1),
        lambda: place.open_brief(1),
        lambda: place.open_visit(1),
        lambda: window.show_page(place.follow_ups),
        lambda: window.show_page(place.promises),
        lambda: window.show_page(place.made_right),
    ]
    for go in goes:
        go()
        settle(place)
        assert any(NAME in words for words in spoken(window)), "else the test shows nothing"
        window.lock()
        settle(place)
        assert said_of(NAME, window) == []
        window.lock_screen.opened.emit(place.desk.me)
        settle(place)
        assert any(NAME in words for words in spoken(window)), "it is all there again"


@pytest.mark.parametrize("form", [NewFollowUpSheet, NewPromiseSheet])
def test_a_form_is_unseen(
    place: Workplace, form: type[NewFollowUpSheet | NewPromiseSheet], qtbot: QtBot
) -> None:
    window = place.window
    form(place.desk, window.content, client_id=1).open_sheet()
    settle(place)
    sheet = window.content.findChildren(form)[-1]
    assert any(NAME in words for words in spoken(sheet))
    window.lock()
    settle(place)
    assert said_of(NAME, window) == []
    window.lock_screen.opened.emit(place.desk.me)
    assert sheet.isVisible()


def test_what_opens_while_it_is_locked_stays_beneath(place: Workplace) -> None:
    window = place.window
    window.lock()
    sheet = NewClientSheet(place.desk, place.today, "Daniel Tran")
    sheet.open_sheet()
    settle(place)
    assert ground_of(place.today) is window.content
    assert not sheet.isVisible()
    assert said_of(NAME, window) == []
    assert isinstance(sheet, Sheet)


def test_toasts_and_hints_go_and_none_comes(place: Workplace) -> None:
    window = place.window
    place.desk.said.emit("Note kept for Daniel Tran", True)
    QToolTip.showText(QPoint(5, 5), "Daniel Tran", window)
    window.lock()
    place.desk.said.emit("Note kept for Daniel Tran", True)
    place.desk.refused.emit("The words of Daniel Tran were not kept.")
    settle(place)
    assert said_of(NAME, window) == []


def test_the_clipboard_is_emptied_of_what_was_copied_here(place: Workplace) -> None:
    clipboard = QGuiApplication.clipboard()
    copy("Daniel Tran")
    assert clipboard.text() == "Daniel Tran"
    place.window.lock()
    assert clipboard.text() == ""
