"""The menu has parts that fit on a screen, and plain words in the search box find what it has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from clientele.services.clients import NewClient, new_client
from clientele.services.notes import KeepNote, keep_note
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.more_menu import Part
from clientele.ui.pages.team import TeamPage
from clientele.ui.theme import Theme
from clientele.ui.workplace import Workplace
from tests.ui.at_work import settle
from tests.ui.conftest import Team


@pytest.fixture
def place(
    store: Store, clock: FixedClock, theme: Theme, team: Team, qtbot: QtBot
) -> Iterator[Workplace]:
    """The whole window at its smallest usual size."""
    made = Workplace(store, clock, Formats("en", "Europe/Amsterdam"), theme)
    made.window.resize(1024, 768)
    made.desk.sign(team.okafor)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    settle(made.desk, qtbot)
    yield made
    made.stop()


def words(menu: QMenu) -> list[str]:
    """What its entries say, without their keys."""
    return [one.text().split("\t")[0] for one in menu.actions() if one.text()]


def test_no_part_is_longer_than_the_window_is_high(place: Workplace) -> None:
    menu = place.window.top_bar.menu
    for one in (menu, *menu.parts.values()):
        assert one.sizeHint().height() < 768, one.title()
    assert words(menu)[:-2] == [
        "With this client",
        "Through the day",
        "Files in and out",
        "Running the store",
        "You and this terminal",
    ]
    assert words(menu)[-2:] == ["All keys", "Undo"]


def test_what_runs_the_store_stands_together(place: Workplace) -> None:
    parts = place.window.top_bar.menu.parts
    store = words(parts[Part.STORE])
    assert {"Team…", "Audit trail", "Backups…", "Keys of the book…"} <= set(store)
    assert "Who saw this client" in words(parts[Part.CLIENT])
    assert "Change my PIN…" in words(parts[Part.MINE])


def test_an_entry_is_reached_by_keys(place: Workplace, qtbot: QtBot) -> None:
    menu = place.window.top_bar.menu
    menu.popup(place.window.mapToGlobal(place.window.rect().topRight()))
    qtbot.waitUntil(menu.isVisible)
    part = menu.parts[Part.STORE]
    menu.setActiveAction(part.menuAction())
    QTest.keyClick(menu, Qt.Key.Key_Right)
    qtbot.waitUntil(part.isVisible)
    entry = next(one for one in part.actions() if one.text() == "Team…")
    part.setActiveAction(entry)
    QTest.keyClick(part, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(place.window.current_page(), TeamPage))
    assert not menu.isVisible()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("add colleague", "Team…"),
        ("new colleague", "Team…"),
        ("forgotten pin", "Team…"),
        ("change role", "Team…"),
        ("somebody leaves", "Team…"),
        ("who saw", "Who saw this client"),
        ("who exported", "Audit trail"),
        ("who did what", "Audit trail"),
        ("backup", "Backups…"),
        ("back up now", "Backups…"),
        ("restore", "Backups…"),
        ("usb stick", "Backups…"),
        ("recovery key", "Keys of the book…"),
        ("new recovery key", "Keys of the book…"),
        ("check paper", "Keys of the book…"),
        ("change passphrase", "Keys of the book…"),
        ("change my pin", "Change my PIN…"),
        ("forgot my pin", "Change my PIN…"),
        ("switch associate", "Lock"),
        ("text size", "Larger text"),
    ],
)
def test_a_plain_word_finds_it(place: Workplace, typed: str, meant: str) -> None:
    found = [row.after_title for row in place.window._commands.rows(typed)]
    assert meant in found, found


@pytest.mark.parametrize(
    ("typed", "sure"),
    [("team", True), ("backup", True), ("who saw", True), ("usb stick", False), ("tea", False)],
)
def test_what_a_command_is_called_means_it(place: Workplace, typed: str, sure: bool) -> None:
    assert place.window._commands.are_meant(typed) is sure


def test_its_name_and_return_open_a_page_whoever_has_the_word_in_a_note(
    place: Workplace, store: Store, team: Team, qtbot: QtBot
) -> None:
    with store.write() as session:
        now = place.desk.now()
        one = new_client(session, NewClient(team.okafor.id, "Luis", "Barros"), now=now).subject or 0
        keep_note(session, KeepNote(one, "Told him it was our own team.", team.okafor.id), now=now)
    search, found = place.window.top_bar.search, list[str]()
    place.window.to_search()
    QTest.keyClicks(search, "team")
    place.find.answered.connect(lambda _, rows: found.extend(row.title for row in rows))
    qtbot.waitUntil(lambda: "Luis Barros" in found)
    QTest.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(place.window.current_page(), TeamPage))
