"""The page of a visit, with clicks and keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clientele.domain.tables import Visit as VisitRow
from clientele.services.clients import NewClient, new_client
from clientele.services.tickets import item_draft
from clientele.services.visits import StartVisit, note_draft, start_visit
from clientele.store.queries.client import client_page
from clientele.store.queries.follow_ups import open_of_client
from clientele.store.queries.story import Told, story
from clientele.store.queries.team import draft
from clientele.store.queries.visit import VisitPage as Visit
from clientele.store.queries.visit import open_visits, visit_page
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.visit import VisitPage
from tests.ui.conftest import Team
from tests.ui.pages.tran import SAID, Tran, daniel

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tran(store: Store, clock: FixedClock, team: Team) -> Tran:
    return daniel(store, clock.now(), team.okafor.id)


@pytest.fixture
def page(tran: Tran, desk: Desk, window: MainWindow, qtbot: QtBot) -> VisitPage:
    made = VisitPage(desk)
    window.add_page(made, actions.VISIT)
    made.show_visit(tran.visit)
    made.take_keyboard()
    qtbot.waitUntil(lambda: made.visit is not None and desk.idle())
    return made


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    """Wait until everything asked and done has come back, and what that asked in turn."""

    def wait() -> None:
        for _ in range(4):
            qtbot.waitUntil(desk.idle)
            QApplication.processEvents()

    return wait


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


def of(store: Store, visit: int) -> Visit:
    with store.read() as session:
        found = visit_page(session, visit)
    assert found is not None
    return found


def typed_at(store: Store, by: int, place: str) -> str:
    with store.read() as session:
        return draft(session, by, place)


def titles(page: VisitPage) -> list[str]:
    return [row.title.text() for row in page.shown._in_order()]


def test_a_visit_as_it_stands(page: VisitPage) -> None:
    assert page.header.title.text() == "Daniel Tran"
    assert page.header.chip.text() == "with you · 24 min"
    assert page.header.greeted.text() == "Greeted 40 sec after arrival"
    assert page.header.here_for.value == "suit collection · wedding 5 Dec"
    assert page.header.ring_button.text() == "Ring once · €412.00"
    assert not page.header.greet_button.isVisible()
    assert page.shown.title.text() == "Shown in Men's Shoes"
    assert titles(page) == [
        "Suede loafer navy",
        "Plain derby dark brown",
        "Cap-toe oxford black calf",
        "White spread-collar shirt",
    ]
    assert page.department.title.text() == "For Men's Shoes"
    assert page.note.box.value == SAID
    rows = page.ticket.list.rows()
    ticket = [(row.section, row.after_title or row.title, row.trailing) for row in rows]
    assert ticket == [
        ("Men's Suits", "White spread-collar shirt", "€127.00"),
        ("Men's Shoes", "Cap-toe oxford black calf", "€285.00"),
        ("Men's Shoes", "Pay once, here", "€412.00"),
    ]
    assert page.ticket.hint.text() == "2 departments"


def test_an_item_is_scanned_and_kept_with_the_keyboard(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    assert page.shown.box.hasFocus()
    QTest.keyClicks(page.shown.box, "Shoe trees, cedar 35.00")
    settle()
    assert typed_at(store, tran.okafor, item_draft(tran.visit)) == "Shoe trees, cedar 35.00"
    QTest.keyClick(page.shown.box, Qt.Key.Key_Return)
    settle()
    assert page.shown.box.value == ""
    assert typed_at(store, tran.okafor, item_draft(tran.visit)) == ""
    row = page.shown._in_order()[0]
    assert (row.title.text(), row.sub.text(), row.price.text()) == ("Shoe trees", "cedar", "€35.00")
    assert row.choice.isVisible()
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Y)
    settle()
    assert of(store, tran.visit).to_pay == 44700
    assert row.chip.text() == "keeping"
    assert not row.choice.isVisible()
    QTest.keyClick(row, Qt.Key.Key_J)
    assert page.shown._in_order()[1].hasFocus()
    QTest.keyClick(page.shown._in_order()[1], Qt.Key.Key_K)
    assert row.hasFocus()
    QTest.keyClick(row, Qt.Key.Key_K)
    assert page.shown.box.hasFocus()


def test_every_outcome_is_a_click_or_a_letter(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    row = page.shown._in_order()[0]
    click(row)
    for value, key, chip in (
        ("keeping", Qt.Key.Key_Y, "keeping"),
        ("wish list", Qt.Key.Key_W, "wish list"),
        ("hold", Qt.Key.Key_H, "hold until Tue"),
        ("no", Qt.Key.Key_N, "no"),
    ):
        row.setFocus()
        QTest.keyClick(row, key)
        settle()
        assert row.chip.text() == chip
        row.open_choices()
        other = "keeping" if value != "keeping" else "hold"
        click(row.choice._buttons[other])
        settle()
        row.open_choices()
        click(row.choice._buttons[value])
        settle()
        assert row.chip.text() == chip
    click(row.why_buttons["too small"])
    settle()
    assert row.chip.text() == "no, too small"
    assert not row.other.isVisible()
    row.open_choices()
    row.other.setFocus()
    row.other.selectAll()
    QTest.keyClicks(row.other, "pinched at the toe")
    settle()
    item = next(item for item in of(store, tran.visit).items if item.id == row.item.id)
    assert (item.outcome, item.why) == ("no", "pinched at the toe")


def test_a_price_is_changed_where_it_stands(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    row = page.shown._in_order()[2]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_P)
    assert row.price.hasFocus()
    assert row.price.selectedText() == "285.00"
    QTest.keyClicks(row.price, "299,5")
    settle()
    assert of(store, tran.visit).to_pay == 12700 + 29950
    QTest.keyClick(row.price, Qt.Key.Key_Return)
    settle()
    assert row.price.text() == "€299.50"
    row.price.setFocus()
    QTest.keyClicks(row.price, "cheap")
    settle()
    assert row.price.property("wrong")
    assert "not an amount" in row.price.toolTip()
    assert of(store, tran.visit).to_pay == 12700 + 29950
    row.price.selectAll()
    QTest.keyClicks(row.price, "285")
    settle()
    assert not row.price.property("wrong")
    desk.undo()
    settle()
    assert of(store, tran.visit).to_pay == 12700 + 29950


def test_an_item_is_removed_and_brought_back(
    page: VisitPage, desk: Desk, settle: Callable[[], None]
) -> None:
    row = page.shown._in_order()[0]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_X)
    settle()
    assert "Suede loafer navy" not in titles(page)
    assert page.shown.box.hasFocus()
    desk.undo()
    settle()
    assert titles(page)[0] == "Suede loafer navy"


def test_walking_to_the_next_department(
    page: VisitPage, clock: FixedClock, window: MainWindow, settle: Callable[[], None]
) -> None:
    clock.advance(timedelta(minutes=3))
    QTest.keyClick(page.shown.box, Qt.Key.Key_Right, CTRL)
    settle()
    assert page.shown.title.text() == "Shown in Accessories"
    assert page.department.title.text() == "For Accessories"
    assert "Nothing is known for Accessories" in page.department._nothing.text()
    assert page.route.next_button.text() == "Next: Women's Sportswear"
    click(page.route.planned[page.visit.stops[-1].department_id])  # type: ignore[union-attr]
    settle()
    assert page.shown.title.text() == "Shown in Women's Sportswear"
    assert page.route.next_button.text() == "Next department"


def test_any_department_is_chosen_planned_and_taken_off(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    click(page.route.add_button)
    settle()
    sheet = page._next_sheet
    assert sheet is not None
    assert sheet.isVisible()
    names = {row.after_title: row for row in sheet.list.rows()}
    assert "Men's Shoes" not in names
    jewellery = names["Jewellery"].key
    assert isinstance(jewellery, int)
    sheet.list.set_current(jewellery)
    QTest.keyClick(sheet.list, Qt.Key.Key_P)
    settle()
    assert of(store, tran.visit).stops[-1].department == "Jewellery"
    QTest.keyClick(sheet.list, Qt.Key.Key_P)
    settle()
    assert of(store, tran.visit).stops[-1].department == "Women's Sportswear"
    QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    settle()
    assert sheet.isHidden()
    stop = of(store, tran.visit).stop
    assert stop is not None
    assert stop.department == "Jewellery"


def test_two_departments_are_rung_once_with_a_scanned_reference(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    QTest.keyClick(page.shown.box, Qt.Key.Key_Return, CTRL)
    settle()
    sheet = page._ring_sheet
    assert sheet is not None
    assert sheet.receipt.hasFocus()
    assert sheet.total.text() == "€412.00"
    QTest.keyClicks(sheet.receipt, "0412-8831")
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Return)
    settle()
    assert sheet.isHidden()
    (ticket,) = of(store, tran.visit).rung
    assert (ticket.receipt, ticket.total) == ("0412-8831", 41200)
    assert page.ticket.list.rows()[0].section == "Rung 10:00 · receipt 0412-8831"
    assert not page.header.ring_button.isEnabled()
    offers = [row for row in page.afterwards.list.rows() if row.actions]
    assert [(row.lead.text, row.after_title) for row in offers] == [  # type: ignore[union-attr]
        ("23 Nov", "Thank-you note"),
        ("5 Dec", "How is it: Cap-toe oxford black calf?"),
    ]
    add = page.afterwards.list.button_rect(offers[0].key, "add").center()
    QTest.mouseClick(page.afterwards.list.viewport(), LEFT, pos=add)
    settle()
    with store.read() as session:
        (planned,) = open_of_client(session, tran.daniel)
    assert (planned.reason, planned.channel, planned.due_on.day) == ("Thank-you note", "email", 23)
    left = [row.after_title for row in page.afterwards.list.rows() if row.actions]
    assert left == ["How is it: Cap-toe oxford black calf?"]
    desk.undo()
    settle()
    desk.undo()
    settle()
    assert of(store, tran.visit).rung == ()
    assert page.header.ring_button.text() == "Ring once · €412.00"
    assert page.afterwards.list.rows() == []


def test_a_missing_price_is_asked_for_where_it_is_missed(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    row = page.shown._in_order()[2]
    row.price.setFocus()
    QTest.keyClick(row.price, Qt.Key.Key_Delete)
    settle()
    assert [one.trailing for one in page.ticket.list.rows()][1] == "price?"
    click(page.header.ring_button)
    settle()
    sheet = page._ring_sheet
    assert sheet is not None
    price = sheet.prices[row.item.id]
    assert price.hasFocus()
    sheet.receipt.setFocus()
    QTest.keyClicks(sheet.receipt, "1")
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Return)
    settle()
    assert "“Cap-toe oxford black calf” has no price" in sheet.banner.sentence.text()
    assert price.hasFocus()
    QTest.keyClicks(price, "280")
    QTest.keyClick(price, Qt.Key.Key_Return)
    settle()
    assert sheet.receipt.hasFocus()
    assert sheet.total.text() == "€407.00"
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Return)
    settle()
    assert of(store, tran.visit).rung[0].total == 40700


def test_a_card_number_is_refused_where_it_is_typed(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    click(page.header.ring_button)
    settle()
    sheet = page._ring_sheet
    assert sheet is not None
    QTest.keyClicks(sheet.receipt, "4111 1111 1111 1111")
    settle()
    assert "card number" in sheet.banner.sentence.text()
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Return)
    settle()
    assert "“receipt” holds what looks like a card number" in sheet.banner.sentence.text()
    assert sheet.receipt.value == "4111 1111 1111 1111"
    assert of(store, tran.visit).rung == ()
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Escape)
    sheet.close_sheet()
    page.note.box.setFocus()
    QTest.keyClicks(page.note.box, " 4111111111111111")
    settle()
    assert "card number" in page.note.banner.sentence.text()
    QTest.keyClick(page.note.box, Qt.Key.Key_Backspace)
    settle()
    assert not page.note.banner.isVisible()


def test_a_note_is_kept_and_can_be_taken_back(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    QTest.keyClick(page.shown.box, Qt.Key.Key_N, CTRL)
    assert page.note.box.hasFocus()
    page.note.box.selectAll()
    QTest.keyClicks(page.note.box, "likes emerald")
    settle()
    assert typed_at(store, tran.okafor, note_draft(tran.visit)) == "likes emerald"
    QTest.keyClick(page.note.box, Qt.Key.Key_Return, CTRL)
    settle()
    assert page.note.box.value == ""
    with store.read() as session:
        newest = story(session, tran.daniel, kinds=(Told.NOTE,))[0]
    assert (newest.words, newest.departments) == ("likes emerald", ("Men's Shoes",))
    page.shown.box.setFocus()
    desk.undo()
    settle()
    assert page.note.box.value == "likes emerald"


def test_what_they_are_here_for_is_edited_in_place(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    field = page.header.here_for
    field.setFocus()
    field.end(False)
    QTest.keyClicks(field, " and shoes")
    settle()
    assert of(store, tran.visit).here_for == "suit collection · wedding 5 Dec and shoes"
    page.shown.box.setFocus()
    desk.undo()
    settle()
    assert field.value == "suit collection · wedding 5 Dec"


def test_leaving_can_be_undone_and_goes_back_to_today(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    with qtbot.waitSignal(page.left):
        click(page.header.leave_button)
    settle()
    assert page.nobody.isVisible()
    with store.read() as session:
        assert open_visits(session) == ()
        assert story(session, tran.daniel, kinds=(Told.NOTE,))[0].words == SAID
    desk.undo()
    settle()
    assert page.header.title.text() == "Daniel Tran"
    assert page.here.isVisible()
    assert page.note.box.value == SAID


def test_a_client_who_comes_in_is_found_started_and_greeted(
    window: MainWindow,
    desk: Desk,
    store: Store,
    clock: FixedClock,
    team: Team,
    tran: Tran,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    with store.write() as session:
        row = session.get(VisitRow, tran.visit)
        assert row is not None
        row.left_at = clock.now()
    page = VisitPage(desk)
    window.add_page(page, actions.VISIT)
    page.take_keyboard()
    settle()
    assert page.nobody.isVisible()
    assert page.nobody.picker.box.hasFocus()
    QTest.keyClicks(page.nobody.picker.box, "tran")
    settle()
    QTest.keyClick(page.nobody.picker.box, Qt.Key.Key_Return)
    settle()
    assert page.nobody.start_button.hasFocus()
    QTest.keyClick(page.nobody.start_button, Qt.Key.Key_Space)
    settle()
    assert page.header.title.text() == "Daniel Tran"
    assert page.header.chip.text() == "with you · just now"
    assert page.header.greet_button.isVisible()
    assert page.shown.title.text() == "Shown in Men's Suits"
    clock.advance(timedelta(seconds=40))
    click(page.header.greet_button)
    settle()
    assert page.header.greeted.text() == "Greeted 40 sec after arrival"
    clock.advance(timedelta(minutes=5))
    page._tick()
    assert page.header.chip.text() == "with you · 5 min"


def test_several_visits_are_switched_with_their_own_words(
    page: VisitPage,
    store: Store,
    clock: FixedClock,
    tran: Tran,
    desk: Desk,
    settle: Callable[[], None],
) -> None:
    with store.write() as session:
        noor = new_client(
            session, NewClient(tran.okafor, "Noor", "Haddad"), now=clock.now()
        ).subject
        assert noor is not None
        start_visit(session, StartVisit(noor, tran.okafor, tran.suits), now=clock.now())
    page.make_due()
    settle()
    assert page.switch.isVisible()
    QTest.keyClicks(page.shown.box, "Belt")
    other = page.switch.ids()[1]
    click(page.switch.buttons[other])
    settle()
    assert page.header.title.text() == "Noor Haddad"
    assert (page.shown.box.value, page.note.box.value) == ("", "")
    page.note.box.setFocus()
    QTest.keyClicks(page.note.box, "hers")
    settle()
    row = page.shown.box
    QTest.keyClick(row, Qt.Key.Key_Tab, CTRL)
    settle()
    assert page.header.title.text() == "Daniel Tran"
    assert (page.shown.box.value, page.note.box.value) == ("Belt", SAID)
    page.shown._in_order()[0].setFocus()
    QTest.keyClick(page.shown._in_order()[0], Qt.Key.Key_2)
    settle()
    assert page.note.box.value == "hers"


def test_nothing_ticks_unseen(page: VisitPage) -> None:
    assert page._clock.isActive()
    page.hide()
    assert not page._clock.isActive()
    page.show()
    assert page._clock.isActive()


def test_what_was_rung_is_the_clients_story(
    page: VisitPage, store: Store, clock: FixedClock, tran: Tran, settle: Callable[[], None]
) -> None:
    page.ring()
    settle()
    assert page._ring_sheet is not None
    QTest.keyClicks(page._ring_sheet.receipt, "77")
    QTest.keyClick(page._ring_sheet.receipt, Qt.Key.Key_Return, CTRL)
    settle()
    with store.read() as session:
        client = client_page(session, tran.daniel, now=clock.now())
    assert client is not None
    assert client.tickets == 4
    assert all(row.item.rung == row.price.isReadOnly() for row in page.shown.rows.values())
