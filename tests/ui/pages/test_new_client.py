"""The form for a new client: kept as typed, who may be there already, saved once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.services.clients import NewClient, new_client
from clientele.store.queries.client import client_page
from clientele.store.queries.clients import Book, WhoseBook, client_ids
from clientele.store.queries.team import draft
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.new_client import NewClientSheet
from clientele.ui.main_window import MainWindow
from tests.ui.conftest import Team


@pytest.fixture
def sheet(desk: Desk, window: MainWindow, qtbot: QtBot) -> NewClientSheet:
    return opened(desk, window, qtbot)


def opened(desk: Desk, window: MainWindow, qtbot: QtBot, text: str = "") -> NewClientSheet:
    made = NewClientSheet(desk, window.content, text)
    made.open_sheet()
    qtbot.waitUntil(desk.idle)
    return made


def in_store(store: Store) -> list[int]:
    with store.read() as session:
        return list(client_ids(session, WhoseBook(Book.STORE, 1)))


def test_typed_and_added_the_client_opens_and_undo_takes_them_back(
    sheet: NewClientSheet, desk: Desk, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    for name, words in (
        ("given_name", "Eleanor"),
        ("family_name", "Marsh"),
        ("preferred_name", "Nell"),
        ("phone", "020 555 0118"),
        ("email", "nell@example.com"),
        ("birthday", "27 Nov 1968"),
    ):
        QTest.keyClicks(sheet.fields[name], words)
    with qtbot.waitSignal(sheet.open_client) as told:
        QTest.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(desk.idle)
    (key,) = in_store(store)
    assert told.args == [key]
    with store.read() as session:
        page = client_page(session, key, now=clock.now())
        assert draft(session, desk.me.id, "new client") == ""
    assert page is not None
    assert (page.named.name, page.named.preferred_name) == ("Eleanor Marsh", "Nell")
    assert [point.value for point in page.points] == ["020 555 0118", "nell@example.com"]
    assert page.birthday is not None
    assert page.owner is not None
    assert (page.birthday.month, page.birthday.day, page.birthday.year) == (11, 27, 1968)
    assert page.owner.associate_id == desk.me.id
    desk.undo()
    qtbot.waitUntil(lambda: in_store(store) == [])


def test_what_was_typed_is_there_when_the_form_is_opened_again(
    sheet: NewClientSheet, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClicks(sheet.fields["given_name"], "Elea")
    QTest.keyClicks(sheet.fields["phone"], "0205")
    QTest.keyClick(sheet.fields["phone"], Qt.Key.Key_Escape)
    QTest.keyClick(sheet.fields["phone"], Qt.Key.Key_Escape)
    qtbot.waitUntil(desk.idle)
    again = opened(desk, window, qtbot)
    qtbot.waitUntil(lambda: again.fields["given_name"].value == "Elea")


def test_who_is_there_already_is_shown_with_the_reason_and_opens(
    sheet: NewClientSheet,
    desk: Desk,
    team: Team,
    store: Store,
    clock: FixedClock,
    qtbot: QtBot,
) -> None:
    with store.write() as session:
        known = new_client(
            session,
            NewClient(team.sato.id, "Eleanor", "Marsh", phone="020 555 0118"),
            now=clock.now(),
        ).subject
    QTest.keyClicks(sheet.fields["phone"], "+31205550118")
    qtbot.waitUntil(sheet.known.isVisible)
    (row,) = sheet.known.rows()
    assert row.title == "Eleanor Marsh"
    assert [chip.text for chip in row.chips] == ["same phone", "L. Sato"]
    place = sheet.known.button_rect(known or 0, "open").center()
    with qtbot.waitSignal(sheet.open_client) as told:
        QTest.mouseClick(
            sheet.known.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place,
        )
    assert told.args == [known]
    assert in_store(store) == [known]


def test_without_a_name_or_number_nothing_is_added_and_a_sentence_says_so(
    sheet: NewClientSheet, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    QTest.keyClicks(sheet.fields["preferred_name"], "Nell")
    QTest.keyClick(sheet.fields["preferred_name"], Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.banner.isVisible)
    assert "needs a name" in sheet.banner.sentence.text()
    assert sheet.fields["preferred_name"].value == "Nell"
    assert in_store(store) == []


def test_a_birthday_that_is_none_is_marked_and_nothing_is_lost(
    sheet: NewClientSheet, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    QTest.keyClicks(sheet.fields["given_name"], "Nell")
    QTest.keyClicks(sheet.fields["birthday"], "31 Feb")
    QTest.keyClick(sheet.fields["birthday"], Qt.Key.Key_Return)
    assert "31 Feb" in sheet.banner.sentence.text()
    assert sheet.fields["birthday"].property("wrong")
    assert in_store(store) == []
    sheet.fields["birthday"].clear()
    QTest.keyClicks(sheet.fields["birthday"], "28 Feb")
    assert not sheet.fields["birthday"].property("wrong")
    QTest.keyClick(sheet.fields["birthday"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(in_store(store)) == 1)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Nell Marsh", {"given_name": "Nell", "family_name": "Marsh"}),
        ("Nell", {"given_name": "Nell"}),
        ("020 555 01", {"phone": "020 555 01"}),
        ("nell@example", {"email": "nell@example"}),
    ],
)
def test_what_was_searched_for_is_in_its_field(
    desk: Desk, window: MainWindow, qtbot: QtBot, text: str, fields: dict[str, str]
) -> None:
    assert opened(desk, window, qtbot, text).typed_now() == fields


def test_pressing_twice_adds_once(
    sheet: NewClientSheet, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    QTest.keyClicks(sheet.fields["given_name"], "Nell")
    sheet.save()
    sheet.save()
    qtbot.waitUntil(desk.idle)
    qtbot.waitUntil(lambda: len(in_store(store)) == 1)
    assert len(in_store(store)) == 1


def test_whatever_else_they_say_is_typed_right_after(
    sheet: NewClientSheet, store: Store, qtbot: QtBot
) -> None:
    QTest.keyClicks(sheet.fields["given_name"], "Mia")
    told: list[str] = []
    sheet.open_client.connect(lambda _: told.append("page"))
    sheet.open_details.connect(lambda _: told.append("details"))
    with qtbot.waitSignal(sheet.open_details) as opened:
        QTest.mouseClick(sheet.further_button, Qt.MouseButton.LeftButton)
    assert told == ["page", "details"]
    assert opened.args == in_store(store)
