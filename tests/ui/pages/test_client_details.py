"""Is everything of a client changed in the form of details, by hand and by key?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clientele.domain.client import ContactKind
from clientele.domain.known import CustomKind
from clientele.services.clients import (
    AddContactPoint,
    NewClient,
    SetTag,
    add_contact_point,
    new_client,
    set_tag,
)
from clientele.services.custom_fields import AddCustomField, add_custom_field
from clientele.services.reaching import AddAddress, add_address
from clientele.store.queries.known_of import Details, PointKnown, details
from clientele.store.session import Store
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.client_cards.as_typed import Lines
from clientele.ui.pages.client_cards.details import DetailsSheet
from clientele.ui.pages.client_cards.details_reach import OrderedLine
from clientele.ui.widgets.buttons import Button
from tests.ui.conftest import Team
from tests.ui.pages.one_client import LEFT, Book, retype

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(client_shown: ClientPage) -> ClientPage:
    return client_shown


@pytest.fixture
def sheet(page: ClientPage, window: MainWindow, book: Book) -> DetailsSheet:
    """Her details, opened by their key."""
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    book.settle()
    assert page.details is not None
    assert actions.DETAILS.key == "Ctrl+I"
    return page.details


def known(store: Store, book: Book, client: int) -> Details:
    book.settle()
    with store.read() as session:
        found = details(session, client)
    assert found is not None
    return found


def ordered(lines: Lines[PointKnown]) -> list[OrderedLine]:
    """The lines of the form."""
    return [line for line in lines.lines() if isinstance(line, OrderedLine)]


def phones(store: Store, book: Book, client: int) -> list[str]:
    points = known(store, book, client).points
    return [point.value for point in points if point.kind == "phone"]


def test_numbers_are_labelled_and_moved_by_key_and_click(
    sheet: DetailsSheet, nell: int, store: Store, desk: Desk, book: Book, qtbot: QtBot
) -> None:
    for value in ("06 1234 5678", "ask at the boat"):
        desk.do(add_contact_point, AddContactPoint(nell, value, kind="phone"))
    book.settle()
    first, _, last = ordered(sheet.points[ContactKind.PHONE])
    assert last.said.text() == "not read as a number; kept as typed, found by its digits"
    assert first.said.text() == "preferred"
    last.fields["value"].setFocus()
    qtbot.waitUntil(last.acts.isVisible)
    QTest.keyClick(last.fields["value"], Qt.Key.Key_Up, ALT)
    assert phones(store, book, nell) == ["020 555 0118", "ask at the boat", "06 12345678"]
    assert last.fields["value"].hasFocus()
    QTest.mouseClick(last.first, LEFT)
    assert phones(store, book, nell)[0] == "ask at the boat"
    work = next(one for one in last.acts.findChildren(Button) if one.text() == "work")
    QTest.mouseClick(work, LEFT)
    labels = {point.value: point.label for point in known(store, book, nell).points}
    assert labels["ask at the boat"] == "work"
    desk.undo()
    desk.undo()
    assert phones(store, book, nell) == ["020 555 0118", "ask at the boat", "06 12345678"]


def test_an_e_mail_address_is_one_from_its_first_letter(
    sheet: DetailsSheet, nell: int, store: Store, book: Book, qtbot: QtBot
) -> None:
    line = sheet.points[ContactKind.EMAIL].new_line()
    QTest.keyClicks(line.fields["value"], "nell@work.example")
    points = known(store, book, nell).points
    assert [(one.kind, one.value, one.readable) for one in points if one.kind == "email"] == [
        ("email", "nell.marsh@example.com", True),
        ("email", "nell@work.example", True),
    ]
    assert line in sheet.points[ContactKind.EMAIL].lines()
    assert len(sheet.points[ContactKind.PHONE].lines()) == 1


def test_several_addresses_stand_under_one_another(
    sheet: DetailsSheet, nell: int, store: Store, desk: Desk, book: Book, qtbot: QtBot
) -> None:
    desk.do(add_address, AddAddress(nell, "Kade 1", "Gouda", label="home"))
    book.settle()
    line = sheet.addresses.new_line()
    assert isinstance(line, OrderedLine)
    line.fields["city"].setFocus()
    QTest.keyClicks(line.fields["city"], "Utrecht")
    book.settle()
    qtbot.waitUntil(lambda: line.key is not None)
    QTest.mouseClick(line.first, LEFT)
    assert [one.city for one in known(store, book, nell).addresses] == ["Utrecht", "Gouda"]
    line.remove()
    assert [one.city for one in known(store, book, nell).addresses] == ["Gouda"]
    desk.undo()
    assert len(known(store, book, nell).addresses) == 2


def test_a_number_left_empty_goes_when_the_form_is_closed(
    sheet: DetailsSheet, nell: int, store: Store, book: Book
) -> None:
    field = sheet.points[ContactKind.PHONE].lines()[0].fields["value"]
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert phones(store, book, nell) == []


def test_a_language_and_a_city_are_found_by_name_and_taken_back(
    sheet: DetailsSheet, nell: int, store: Store, desk: Desk, book: Book, qtbot: QtBot
) -> None:
    for box, letters in ((sheet.language.box, "dut"), (sheet.zone.pick.box, "york")):
        box.setFocus()
        QTest.keyClicks(box, letters)
        book.settle()
        qtbot.waitUntil(box.results_shown)
        QTest.keyClick(box, Qt.Key.Key_Return)
        book.settle()
    seen = known(store, book, nell)
    assert (seen.language, seen.glance.time_zone) == ("nl", "America/New_York")
    assert sheet.language.value.text() == "Dutch"
    assert sheet.zone.now.text() == "04:00 there now"
    QTest.mouseClick(sheet.zone.pick.away, LEFT)
    assert known(store, book, nell).glance.time_zone == ""
    desk.undo()
    assert known(store, book, nell).glance.time_zone == "America/New_York"


def test_the_heading_speaks_of_the_clients_clock_and_birthday(
    page: ClientPage, sheet: DetailsSheet, book: Book, qtbot: QtBot
) -> None:
    retype(sheet.birthday, "3 Dec 1968")
    book.settle()
    assert sheet.turns.text() == "turns 58 · 3 Dec"
    assert page.header.also.text() == "turns 58 · 3 Dec"
    retype(sheet.birthday, "June")
    book.settle()
    assert sheet.turns.text() == "some day in June"
    assert page.header.also.isHidden()


def test_a_birthday_to_come_is_refused_beside_the_field(
    sheet: DetailsSheet, nell: int, store: Store, book: Book
) -> None:
    retype(sheet.birthday, "3 Dec 2031")
    kept = known(store, book, nell).glance.birthday
    assert kept is None or kept.year is None
    assert "born in 2031" in sheet.birthday.accessibleDescription()
    retype(sheet.birthday, "29 Feb 1968")
    assert sheet.birthday.accessibleDescription() == ""
    assert known(store, book, nell).glance.birthday is not None


def test_who_sent_whom_is_found_seen_and_opened(
    page: ClientPage,
    sheet: DetailsSheet,
    nell: int,
    store: Store,
    desk: Desk,
    team: Team,
    book: Book,
    qtbot: QtBot,
) -> None:
    desk.do(new_client, NewClient(team.okafor.id, "Anna", "Berg"))
    book.settle()
    box = sheet.sent_by.box.box
    box.setFocus()
    QTest.keyClicks(box, "berg")
    book.settle()
    qtbot.waitUntil(box.results_shown)
    QTest.keyClick(box, Qt.Key.Key_Return)
    sender = known(store, book, nell).glance.referred_by
    assert sender is not None
    assert sender.name == "Anna Berg"
    assert any(getattr(one, "text", str)() == "Anna Berg" for one in page.header.people._widgets)
    with qtbot.waitSignal(page.open_client) as opened:
        QTest.mouseClick(sheet.sent_by.box.link, LEFT)
    assert opened.args == [sender.client_id]
    assert page.details is None


def test_tags_are_offered_put_on_and_taken_off(
    sheet: DetailsSheet, nell: int, store: Store, desk: Desk, book: Book, qtbot: QtBot
) -> None:
    desk.do(set_tag, SetTag(nell, "press day"))
    desk.do(set_tag, SetTag(nell, "press day", on=False))
    book.settle()
    sheet.tags.adder.setFocus()
    QTest.keyClicks(sheet.tags.adder, "pre")
    qtbot.waitUntil(sheet.tags.offers.isVisible)
    QTest.mouseClick(sheet.tags.offers._widgets[0], LEFT)
    assert known(store, book, nell).tags == ("press day",)
    QTest.keyClicks(sheet.tags.adder, "VIP")
    QTest.keyClick(sheet.tags.adder, Qt.Key.Key_Return)
    assert known(store, book, nell).tags == ("VIP", "press day")
    QTest.mouseClick(sheet.tags.chips["VIP"].away, LEFT, pos=QPoint(4, 4))
    assert known(store, book, nell).tags == ("press day",)
    desk.undo()
    assert known(store, book, nell).tags == ("VIP", "press day")


def test_own_fields_are_asked_as_their_kind_wants(
    sheet: DetailsSheet, nell: int, store: Store, desk: Desk, book: Book
) -> None:
    assert sheet.ask_more.text() == "Ask for more…"
    book.manages()
    for name, kind, choices in (
        ("Maker", CustomKind.TEXT, ""),
        ("Drink", CustomKind.CHOICE, "tea\ncoffee"),
        ("Height", CustomKind.NUMBER, ""),
        ("Since", CustomKind.DATE, ""),
        ("Drives", CustomKind.YES_NO, ""),
    ):
        desk.do(add_custom_field, AddCustomField(name, kind, choices))
    book.settle()
    maker, drink, height, since, drives = sheet.own.fields.values()
    assert maker.field is not None
    QTest.keyClicks(maker.field, "Arden")
    assert drink.choice is not None
    drink.choice._buttons["coffee"].click()
    assert height.field is not None
    QTest.keyClicks(height.field, "181,5")
    assert since.field is not None
    QTest.keyClicks(since.field, "2 May 2019")
    assert drives.choice is not None
    drives.choice._buttons["no"].click()
    assert [one.value for one in known(store, book, nell).fields] == [
        "Arden",
        "coffee",
        "181.5",
        "2019-05-02",
        "no",
    ]
    retype(height.field, "tall")
    since.field.setFocus()
    assert "not a number" in height.wrong.text()
    assert [one.value for one in known(store, book, nell).fields][2] == "181.5"
    QTest.mouseClick(drink.away, LEFT)
    assert [one.value for one in known(store, book, nell).fields][1] == ""
    desk.undo()
    assert [one.value for one in known(store, book, nell).fields][1] == "coffee"


def test_everything_in_the_form_has_a_name_and_fits_at_twice_the_size(
    sheet: DetailsSheet, nell: int, desk: Desk, book: Book, window: MainWindow
) -> None:
    book.manages()
    desk.do(add_custom_field, AddCustomField("Drink", CustomKind.CHOICE, "tea\ncoffee"))
    sheet.addresses.new_line()
    book.settle()
    reached = [
        widget
        for widget in sheet.frame.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert len(reached) > 20
    assert [one for one in reached if not one.accessibleName()] == []
    desk.theme.switch(text_scale=2.0)
    window.resize(1024, 768)
    book.settle()
    assert sheet._inner.minimumSizeHint().width() <= sheet._area.viewport().width()
    right = sheet._area.viewport().width()
    cut = [
        one.accessibleName()
        for one in reached
        if sheet._inner.isAncestorOf(one)
        and one.isVisible()
        and one.mapTo(sheet._inner, QPoint(one.width(), 0)).x() > right + 1
    ]
    assert cut == []
