"""What becomes of an item, and the one ticket, with clicks and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Draft
from clientele.store.queries.client import client_page
from clientele.store.queries.follow_ups import open_of_client
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.pages.visit import VisitPage
from tests.ui.pages.tran import Tran
from tests.ui.pages.visit_hand import CTRL, LEFT, click, of


@pytest.fixture
def page(visit_shown: VisitPage) -> VisitPage:
    return visit_shown


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


def test_two_departments_are_rung_once_with_a_scanned_reference(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    QTest.keyClick(page.shown.box, Qt.Key.Key_Return, CTRL)
    settle()
    sheet = page.till.ring_sheet
    assert sheet is not None
    assert sheet.receipt.hasFocus()
    assert sheet.total.text() == "€412.00"
    QTest.keyClicks(sheet.receipt, "0412-8831")
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Return)
    settle()
    assert sheet.isHidden()
    (ticket,) = of(store, tran.visit).rung
    assert (ticket.receipt, ticket.total) == ("0412-8831", 41200)
    assert page.ticket.list.rows()[1].section == "Rung 10:00 · receipt 0412-8831"
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


def test_tab_leads_from_the_last_price_to_the_reference(
    page: VisitPage, tran: Tran, settle: Callable[[], None]
) -> None:
    page.ring()
    settle()
    sheet = page.till.ring_sheet
    assert sheet is not None
    first, last = sheet.prices.values()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert last.hasFocus()
    QTest.keyClick(last, Qt.Key.Key_Tab)
    assert sheet.receipt.hasFocus()
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Return, CTRL)
    settle()
    assert sheet.banner.isVisible()  # it was rung, and refused for want of a reference


def test_a_missing_price_is_asked_for_where_it_is_missed(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    row = page.shown._in_order()[2]
    row.price.setFocus()
    QTest.keyClick(row.price, Qt.Key.Key_Delete)
    settle()
    assert [one.trailing for one in page.ticket.list.rows()][2] == "price?"
    click(page.header.ring_button)
    settle()
    sheet = page.till.ring_sheet
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
    sheet = page.till.ring_sheet
    assert sheet is not None
    QTest.keyClicks(sheet.receipt, "4111 1111 1111 1111")
    settle()
    assert "card number" in sheet.banner.sentence.text()
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Return)
    settle()
    assert "This looks like a card number" in sheet.banner.sentence.text()
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


def test_what_was_rung_is_the_clients_story(
    page: VisitPage, store: Store, clock: FixedClock, tran: Tran, settle: Callable[[], None]
) -> None:
    page.ring()
    sheet = page.till.ring_sheet
    assert sheet is not None
    settle()
    assert page.till.ring_sheet is not None
    QTest.keyClicks(page.till.ring_sheet.receipt, "77")
    QTest.keyClick(page.till.ring_sheet.receipt, Qt.Key.Key_Return, CTRL)
    settle()
    with store.read() as session:
        client = client_page(session, tran.daniel, now=clock.now())
    assert client is not None
    assert client.tickets == 4
    assert all(row.item.rung == row.price.isReadOnly() for row in page.shown.rows.values())


def test_no_digit_of_a_card_number_stays_while_it_is_typed(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    page.ring()
    sheet = page.till.ring_sheet
    assert sheet is not None
    settle()
    for box in (sheet.receipt, page.shown.box, page.note.box):
        for digit in "paid 4111111111111111":
            QTest.keyClicks(box, digit)
            settle()
        assert "card number" in box.toolTip()
        with store.read() as session:
            bodies = session.scalars(select(col(Draft.body))).all()
        assert any(body.startswith("paid •••• 1111") for body in bodies)
        assert not any("41111111" in body for body in bodies)
        QTest.keyClicks(box, "x")
        settle()


def test_rung_with_a_double_touch_is_rung_once_and_the_keyboard_is_back(
    page: VisitPage, desk: Desk, settle: Callable[[], None]
) -> None:
    page.take_keyboard()
    refused: list[str] = []
    desk.refused.connect(refused.append)
    page.ring()
    settle()
    sheet = page.till.ring_sheet
    assert sheet is not None
    QTest.keyClicks(sheet.receipt, "0412-8831")
    for _ in range(2):
        QTest.mouseClick(sheet.ring_button, LEFT)
    settle()
    assert sheet.isHidden()
    assert refused == []
    assert page.shown.box.hasFocus()
