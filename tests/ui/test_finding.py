"""The one box: clients in groups with their reasons, commands by any word, somebody new at last."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.services.clients import NewClient, new_client
from clientele.services.notes import KeepNote, keep_note
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.commands import COMMAND, Commands, other_words
from clientele.ui.desk import Desk
from clientele.ui.find import Find
from clientele.ui.main_window import MainWindow
from clientele.ui.models.found_rows import NEW
from clientele.ui.models.rows import Heading, Row, with_headings
from clientele.ui.widgets.page import Page
from tests.ui.conftest import Team


@pytest.fixture
def people(store: Store, clock: FixedClock, team: Team) -> dict[str, int]:
    """Two of mine, one of a colleague's; of one it is known that he sails."""
    kept: dict[str, int] = {}
    with store.write() as session:
        for owner, given, family, phone in (
            (team.okafor, "Anna", "Marsh", "06 1234 5551"),
            (team.sato, "Martin", "Okoye", ""),
            (team.okafor, "Olaf", "Brandt", ""),
        ):
            what = NewClient(owner.id, given, family, phone=phone)
            kept[given] = new_client(session, what, now=clock.now()).subject or 0
        note = KeepNote(kept["Olaf"], "Sails at the weekend", by=team.okafor.id)
        keep_note(session, note, now=clock.now())
    return kept


def found(desk: Desk, qtbot: QtBot, typed: str) -> list[Row]:
    """The rows that are answered to what is typed."""
    find = Find(desk)
    with qtbot.waitSignal(find.answered) as told:
        find.ask(typed)
    qtbot.waitUntil(desk.idle)
    find.deleteLater()
    rows: list[Row] = told.args[1]
    return rows


def test_my_own_stand_first_under_a_heading(
    people: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    rows = found(desk, qtbot, "mar")
    assert [(row.key, row.section) for row in rows] == [
        (people["Anna"], "My book"),
        (people["Martin"], "Clients"),
    ]
    assert all(row.marked == ("mar",) for row in rows)


@pytest.mark.parametrize(
    ("typed", "name", "section", "reason"),
    [
        ("5551", "Anna", "My book", "06 12345551"),
        ("anna mrash", "Anna", "Near in spelling", "5551"),
        ("sails", "Olaf", "By what is known of them", "note: Sails at the weekend"),
    ],
)
def test_each_row_says_why_it_was_found(
    people: dict[str, int],
    desk: Desk,
    qtbot: QtBot,
    typed: str,
    name: str,
    section: str,
    reason: str,
) -> None:
    row = found(desk, qtbot, typed)[0]
    assert (row.key, row.section) == (people[name], section)
    assert reason in row.sub


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Zwaantje Qvist", "Nobody in the book is called that"),
        ("06 999 88 77", "Nobody in the book has that number"),
    ],
)
def test_nobody_is_called_a_number(
    people: dict[str, int], desk: Desk, qtbot: QtBot, typed: str, said: str
) -> None:
    (row,) = found(desk, qtbot, typed)
    assert (row.key, row.sub) == (NEW + typed, said)


def test_somebody_new_is_offered_where_nobody_is_called_that(
    people: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    assert [row.key for row in found(desk, qtbot, "mar")][-1] == people["Martin"]
    assert [row.key for row in found(desk, qtbot, "sails")] == [people["Olaf"]]
    assert found(desk, qtbot, "anna mrash")[-1].key == NEW + "anna mrash"
    assert [row.key for row in found(desk, qtbot, "zzz")] == [NEW + "zzz"]


def test_a_command_is_found_by_words_that_mean_it() -> None:
    done: list[str] = []
    commands = Commands()
    for words, also in (("Lock", "log off"), ("Undo", ""), ("Larger text", "zoom in")):
        commands.add(words, partial(done.append, words), also=also)
    commands.set_now_and_then([("Open list Sailors", lambda: done.append("list"))])

    def of(typed: str) -> list[str]:
        return [row.after_title for row in commands.rows(typed)]

    assert of("l") == ["Lock", "Larger text", "Open list Sailors"]
    assert of("log off") == ["Lock"]
    assert of("text larger") == ["Larger text"]
    assert of("zoom") == ["Larger text"]
    assert of("z") == []
    assert of("log sailors") == []
    assert of(" ") == []
    commands.add(actions.DUPLICATES.label, lambda: None, also=other_words(actions.DUPLICATES))
    assert of("duplic") == [actions.DUPLICATES.label]
    (row,) = commands.rows("sail")
    assert isinstance(row.key, tuple)
    assert row.key[0] == COMMAND
    commands.set_now_and_then(
        [("Open list Anchors", lambda: done.append("another")), ("Open list Sailors", print)]
    )
    commands.run(row.key[1])  # what was shown, although the lists are others by now
    assert done == ["list"]


def test_other_words_are_known_of_actions() -> None:
    assert "import" in other_words("bring in")
    assert other_words("nothing of the kind") == ""


ROWS = [
    Row(1, "Anna Marsh", section="My book"),
    Row(2, "Martin Okoye", section="Clients"),
    Row(NEW + "lo", "New client “lo”"),
]


def test_arrows_go_over_headings_and_return_opens_the_first(
    window: MainWindow, qtbot: QtBot
) -> None:
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "lo")
    window.show_found("lo", ROWS)
    items = with_headings(search.list.rows())
    headings = [item.text for item in items if isinstance(item, Heading)]
    assert headings == ["My book", "Clients", "Commands"]
    keys = [row.key for row in search.list.rows()]
    assert keys[:2] == [1, 2]
    assert keys[-1] == NEW + "lo"
    assert search.list.current_key() == 1
    for expected in keys[1:]:
        QTest.keyClick(search, Qt.Key.Key_Down)
        assert search.list.current_key() == expected
    QTest.keyClick(search, Qt.Key.Key_Up)
    assert search.list.current_key() == keys[-2]
    for _ in keys:
        QTest.keyClick(search, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.found) as told:
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert told.args == [1]


def test_the_same_answer_again_leaves_the_choice_where_it_is(window: MainWindow) -> None:
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "lo")
    window.show_found("lo", ROWS)
    QTest.keyClick(search, Qt.Key.Key_Down)
    window.show_found("lo", [*ROWS[:2], Row(3, "Lou Adams", section="Near in spelling"), ROWS[2]])
    assert search.list.current_key() == 2
    QTest.keyClicks(search, "c")
    window.show_found("loc", ROWS)
    assert search.list.current_key() == 1


def test_a_command_stands_before_somebody_new(window: MainWindow) -> None:
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "log off")
    window.show_found("log off", [Row(NEW + "log off", "New client “log off”")])
    assert search.list.rows()[0].after_title == "Lock"
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.is_locked


def test_after_a_command_the_keyboard_is_on_the_page_again(
    window: MainWindow,
) -> None:
    page = Page(window.desk, "Today")
    window.add_page(page, actions.TODAY)
    window.show_page(page)
    search = window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "keys")
    window.show_found("keys", [])
    assert search.list.rows()[0].after_title == "All keys"
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.keys_sheet.isVisible()
    QTest.keyClick(window.keys_sheet, Qt.Key.Key_Escape)
    assert not window.keys_sheet.isVisible()
    assert page.hasFocus(), "the next letter is for the page"
