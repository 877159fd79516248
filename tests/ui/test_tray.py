"""Does the tray open, lock and end the program, and does closing the window do what was chosen?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from clientele.store.session import Store
from clientele.system import settings as settings_file
from clientele.system.clock import FixedClock
from clientele.system.settings import Settings
from clientele.ui.desk import Desk
from clientele.ui.dialogs.reminders import NO, YES, RemindersSheet
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.today import TodayPage
from clientele.ui.reminders import Reminders
from clientele.ui.theme import Theme
from clientele.ui.tray import Tray
from tests.ui.at_work import press, settle, sheet, write
from tests.ui.conftest import Team

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # it looks for a tray of X11


@pytest.fixture
def tray(window: MainWindow) -> Iterator[Tray]:
    made = Tray(window, window)
    yield made
    made.stop()


def entry(menu: QMenu, *words: str) -> QAction:
    """An entry of a menu, or of the menu behind it."""
    (found,) = [one for one in menu.actions() if one.text().startswith(words[0])]
    if len(words) == 1:
        return found
    behind = found.menu()
    assert isinstance(behind, QMenu)
    return entry(behind, *words[1:])


def quits(qapp: QApplication) -> bool:
    """Whether the program ends with its last window."""
    return qapp.quitOnLastWindowClosed()


def test_closing_closes_unless_something_else_was_chosen(
    tray: Tray, window: MainWindow, qapp: QApplication
) -> None:
    assert window.close()
    assert not window.isVisible()
    assert not window.is_locked
    assert quits(qapp)


def test_kept_in_the_tray_the_window_is_locked_hidden_and_comes_back(
    tray: Tray, window: MainWindow, qapp: QApplication
) -> None:
    tray.keeps = True
    assert not window.close()
    assert not window.isVisible()
    assert window.is_locked
    assert not quits(qapp)
    entry(tray.menu, "Open").trigger()
    assert window.isVisible()
    assert window.is_locked
    assert quits(qapp)
    tray.keeps = False
    assert window.close()


def test_another_way_to_the_front_lets_it_close_again(
    tray: Tray, window: MainWindow, qapp: QApplication
) -> None:
    tray.keeps = True
    window.close()
    window.show()
    assert quits(qapp)


def test_the_tray_locks(tray: Tray, window: MainWindow) -> None:
    entry(tray.menu, "Lock").trigger()
    assert window.is_locked
    assert window.isVisible()


def test_quit_asks_first_and_then_ends(
    tray: Tray, window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    tray.keeps = True
    with qtbot.assertNotEmitted(tray.quit_wanted):
        entry(tray.menu, "Quit").trigger()
    assert window.isVisible()
    with qtbot.waitSignal(tray.quit_wanted):
        entry(tray.menu, "Quit", "Quit: nothing is told").trigger()
    assert not window.isVisible()
    assert quits(qapp)


@pytest.fixture
def reminders(desk: Desk, window: MainWindow, qtbot: QtBot) -> Iterator[Reminders]:
    """The choices of a terminal without a tray."""
    today = TodayPage(desk)
    window.add_page(today)
    made = Reminders(desk, window, today, settings_file.load(), window)
    made.begin()
    settle(desk, qtbot)
    yield made
    made.stop()


def opened(reminders: Reminders, window: MainWindow) -> RemindersSheet:
    reminders.open_choices()
    return sheet(window, RemindersSheet)


def test_each_choice_holds_at_once_and_is_kept(
    reminders: Reminders, window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    settings_file.save(Settings(theme="dark", text_scale=1.4))
    form = opened(reminders, window)
    assert (form.tells.value, form.names.value, form.lead.value) == (YES, NO, "15")
    assert form.hour.value == "09:30"
    for choice, value in ((form.tells, NO), (form.names, YES), (form.lead, "30")):
        choice.choose(value)
        choice.chosen.emit(value)
    form.hour.setFocus()
    form.hour.selectAll()
    write("8.15")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    settle(desk, qtbot)
    wanted = Settings(
        theme="dark",
        text_scale=1.4,
        reminders=False,
        reminder_names=True,
        reminder_hour="08:15",
        appointment_lead=30,
    )
    assert settings_file.load() == wanted
    assert reminders.reminding.settings.reminder_hour == "08:15"
    again = opened(reminders, window)
    assert (again.tells.value, again.names.value, again.lead.value) == (NO, YES, "30")


def test_an_hour_that_is_none_is_said_and_not_kept(
    reminders: Reminders, window: MainWindow, qtbot: QtBot
) -> None:
    form = opened(reminders, window)
    form.hour.setFocus()
    form.hour.selectAll()
    write("half nine")
    form.close_sheet()
    assert settings_file.load().reminder_hour == "09:30"
    assert reminders.reminding.settings.reminder_hour == "09:30"


def test_without_a_tray_nothing_is_offered_and_closing_closes(
    reminders: Reminders, window: MainWindow
) -> None:
    assert not reminders.has_tray
    assert not opened(reminders, window).tray.isVisible()
    assert window.close()


def test_with_a_tray_the_icon_has_the_menu_and_closing_follows_the_choice(
    desk: Desk,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    store: Store,
    clock: FixedClock,
    theme: Theme,
    team: Team,
) -> None:
    """The tests' screen has none, so that it is told that there is one."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    today = TodayPage(desk)
    window.add_page(today)
    made = Reminders(desk, window, today, Settings(), window)
    made.begin()
    settle(desk, qtbot)
    assert made.has_tray
    icon = made.notifier.findChild(QSystemTrayIcon)
    assert isinstance(icon, QSystemTrayIcon)
    assert icon.contextMenu() is made.tray.menu
    form = opened(made, window)
    assert form.tray.isVisible()
    form.tray.choose(YES)
    form.tray.chosen.emit(YES)
    form.close_sheet()
    assert settings_file.load().keep_in_tray
    assert not window.close()
    assert window.is_locked
    icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()
    made.stop()
    assert window.close()
