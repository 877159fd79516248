"""The one ticket: how many, at what mark-down, to whose credit, what comes back, paid ahead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.domain.tables import StoreProfile
from clientele.store.queries.ticket import Item
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.pages.visit import VisitPage
from clientele.ui.pages.visit_cards.item_row import ItemRow
from clientele.ui.widgets.colleague_tiles import ColleagueTiles
from tests.ui.pages.tran import Tran
from tests.ui.pages.visit_hand import CTRL, click, of

CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(visit_shown: VisitPage) -> VisitPage:
    return visit_shown


@pytest.fixture
def oxford(page: VisitPage) -> ItemRow:
    """What is kept in Men's Shoes, for €285.00."""
    return next(row for row in page.shown.rows.values() if "oxford" in row.item.item)


def item(store: Store, tran: Tran, row: ItemRow) -> Item:
    return next(one for one in of(store, tran.visit).items if one.id == row.item.id)


def lines(page: VisitPage) -> list[tuple[str, str, str, str]]:
    rows = [row for row in page.ticket.list.rows() if row.key != ("collect", 1)]
    return [(row.section, row.title or row.after_title, row.sub, row.trailing) for row in rows]


def in_dollars(store: Store) -> None:
    """What Daniel bought before was in this currency."""
    with store.write() as session:
        session.execute(StoreProfile.__table__.update().values(currency="USD"))  # type: ignore[attr-defined]


def test_how_many_with_a_touch_or_a_key(
    page: VisitPage,
    oxford: ItemRow,
    store: Store,
    tran: Tran,
    desk: Desk,
    settle: Callable[[], None],
) -> None:
    oxford.setFocus()
    QTest.keyClick(oxford, Qt.Key.Key_Q)
    terms = oxford.terms
    assert terms is not None
    assert terms.quantity.hasFocus()
    QTest.keyClicks(terms.quantity, "3")
    settle()
    assert of(store, tran.visit).to_pay == 12700 + 3 * 28500
    click(terms.fewer)
    settle()
    assert item(store, tran, oxford).quantity == 2000
    assert oxford.title.text() == "2 × Cap-toe oxford black calf"
    assert lines(page)[1][1::2] == ("2 × Cap-toe oxford black calf", "€570.00")
    click(terms.more)
    click(terms.fewer)
    settle()
    terms.quantity.setFocus()
    terms.quantity.selectAll()
    QTest.keyClicks(terms.quantity, "0")
    settle()
    assert "is not a quantity" in terms.quantity.toolTip()
    assert item(store, tran, oxford).quantity == 2000


def test_a_mark_down_is_a_percentage_and_a_reason(
    page: VisitPage, oxford: ItemRow, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    oxford.setFocus()
    QTest.keyClick(oxford, Qt.Key.Key_M)
    terms = oxford.terms
    assert terms is not None
    assert terms.off.off.hasFocus()
    QTest.keyClicks(terms.off.off, "10%")
    settle()
    assert item(store, tran, oxford).mark_down == 2850
    click(terms.off.why.buttons["display piece"])
    settle()
    assert lines(page)[1][2:] == ("10½ D · was €285.00, −10%: display piece", "€256.50")
    assert page.header.ring_button.text() == "Ring once · €383.50"
    terms.off.off.setFocus()
    terms.off.off.selectAll()
    QTest.keyClicks(terms.off.off, "300")
    settle()
    assert "is more than the price" in terms.off.off.toolTip()
    assert item(store, tran, oxford).mark_down <= 3000
    click(terms.off.percents[20])
    settle()
    assert not terms.off.off.property("wrong")
    assert item(store, tran, oxford).mark_down == 5700
    click(terms.off.percents[20])
    settle()
    assert item(store, tran, oxford).mark_down == 0


def test_no_digit_of_a_card_number_stays_in_a_reason(
    page: VisitPage, oxford: ItemRow, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    oxford.setFocus()
    QTest.keyClick(oxford, Qt.Key.Key_M)
    assert oxford.terms is not None
    other = oxford.terms.off.why.other
    other.setFocus()
    for digit in "4111111111111111":
        QTest.keyClicks(other, digit)
        settle()
    assert "card number" in other.toolTip()
    assert item(store, tran, oxford).mark_down_why == "•••• 1111"


def test_credit_is_shared_with_a_touch(
    page: VisitPage,
    oxford: ItemRow,
    store: Store,
    tran: Tran,
    desk: Desk,
    settle: Callable[[], None],
) -> None:
    oxford.setFocus()
    QTest.keyClick(oxford, Qt.Key.Key_C)
    assert oxford.terms is not None
    credit = oxford.terms.credit
    assert [button.text() for button in credit.buttons.values()] == ["mine"]
    assert credit.other_button is not None
    click(credit.other_button)
    settle()
    assert credit.sheet is not None
    (choice,) = credit.sheet.findChildren(ColleagueTiles)
    choice.chosen.emit(tran.silva)
    settle()
    found = item(store, tran, oxford)
    assert [(part.associate, part.parts) for part in found.credit] == [
        ("R. Okafor", 1),
        ("M. Silva", 1),
    ]
    assert "R. Okafor + M. Silva" in lines(page)[1][2]
    page.ring()
    settle()
    sheet = page.till.ring_sheet
    assert sheet is not None
    assert sheet.credited.text() == "Credited: R. Okafor €269.50 · M. Silva €142.50"
    sheet.close_sheet()
    desk.undo()
    settle()
    assert not item(store, tran, oxford).shared


def test_paid_ahead_is_kept_and_taken_off(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    QTest.keyClick(page.shown.box, Qt.Key.Key_D, CTRL_SHIFT)
    settle()
    sheet = page.till.ahead_sheet
    assert sheet is not None
    QTest.keyClicks(sheet.amount, "50")
    QTest.keyClick(sheet.amount, Qt.Key.Key_Return)
    QTest.keyClicks(sheet.what, "cap-toe oxford, laid aside")
    QTest.keyClick(sheet.what, Qt.Key.Key_Return, CTRL)
    settle()
    assert "reference is missing" in sheet.banner.sentence.text()
    assert sheet.receipt.hasFocus()
    QTest.keyClicks(sheet.receipt, "0411-7")
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Return)
    settle()
    (paid,) = of(store, tran.visit).paid_ahead
    assert (paid.amount, paid.receipt) == (5000, "0411-7")
    said = "Paid 21 Nov: cap-toe oxford, laid aside"
    assert [line[1:] for line in lines(page)[2:]] == [
        ("Total", "", "€412.00"),
        (said, "receipt 0411-7", "−€50.00"),
        ("Pay once, here", "", "€362.00"),
    ]
    page.ring()
    settle()
    ring = page.till.ring_sheet
    assert ring is not None
    assert ring.total.text() == "€362.00"
    click(ring.payments[paid.id])
    assert ring.total.text() == "€412.00"
    click(ring.payments[paid.id])
    QTest.keyClicks(ring.receipt, "8")
    QTest.keyClick(ring.receipt, Qt.Key.Key_Return)
    settle()
    (ticket,) = of(store, tran.visit).rung
    assert (ticket.total, ticket.paid) == (41200, 36200)
    assert lines(page)[-1][1::2] == ("Paid", "€362.00")
    desk.undo()
    settle()
    assert [one.id for one in of(store, tran.visit).paid_ahead] == [paid.id]


def test_a_payment_ahead_that_was_a_mistake_is_removed(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    page.till.pay_ahead()
    sheet = page.till.ahead_sheet
    assert sheet is not None
    for field, words in ((sheet.amount, "5"), (sheet.what, "ring"), (sheet.receipt, "9")):
        QTest.keyClicks(field, words)
    QTest.keyClick(sheet.receipt, Qt.Key.Key_Return)
    settle()
    (paid,) = of(store, tran.visit).paid_ahead
    assert lines(page)[-1][0] == "Paid ahead, for another ticket"
    page.ticket.list.opened.emit(("paid", paid.id))
    shown = page.till.payment_sheet
    assert shown is not None
    (remove,) = [one for one in shown.findChildren(type(shown.cross)) if "remove" in one.text()]
    click(remove)
    settle()
    assert of(store, tran.visit).paid_ahead == ()
    desk.undo()
    settle()
    assert len(of(store, tran.visit).paid_ahead) == 1


def test_ringing_goes_where_something_is_missing(
    page: VisitPage, oxford: ItemRow, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    oxford.price.setFocus()
    QTest.keyClick(oxford.price, Qt.Key.Key_Delete)
    settle()
    page.ring()
    settle()
    ring = page.till.ring_sheet
    assert ring is not None
    assert "“Cap-toe oxford black calf” has no price" in ring.banner.sentence.text()
    assert ring.prices[oxford.item.id].hasFocus()
    QTest.keyClicks(ring.prices[oxford.item.id], "285")
    settle()
    ring.close_sheet()
    oxford.setFocus()
    QTest.keyClick(oxford, Qt.Key.Key_M)
    assert oxford.terms is not None
    QTest.keyClicks(oxford.terms.off.off, "10%")
    settle()
    assert "why?" in lines(page)[1][2]
    page.ring()
    settle()
    assert "Why is something taken off" in ring.banner.sentence.text()
    why = ring.lines.whys[oxford.item.id]
    assert why.other.hasFocus()
    click(why.buttons["small flaw"])
    settle()
    QTest.keyClicks(ring.receipt, "5")
    QTest.keyClick(ring.receipt, Qt.Key.Key_Return)
    settle()
    assert of(store, tran.visit).rung[0].total == 12700 + 25650


def test_a_line_opens_its_item(
    page: VisitPage, oxford: ItemRow, settle: Callable[[], None]
) -> None:
    page.ticket.list.set_current(oxford.item.id)
    QTest.keyClick(page.ticket.list, Qt.Key.Key_Return)
    assert oxford.hasFocus()
    assert oxford.terms is not None
    assert oxford.terms.isVisible()
    oxford.price.setFocus()
    QTest.keyClick(oxford.price, Qt.Key.Key_Delete)
    settle()
    page.ticket.list.opened.emit(oxford.item.id)
    assert oxford.price.hasFocus()


def test_what_was_paid_before_and_is_ready_leads_its_department(
    page: VisitPage, qtbot: QtBot
) -> None:
    first = page.ticket.list.rows()[0]
    assert (first.section, first.after_title) == ("Men's Suits", "Trousers hemmed, navy suit 42R")
    assert (first.sub, first.trailing) == ("paid 7 Nov · ready 10:00", "—")
    with qtbot.waitSignal(page.open_promise) as asked:
        page.ticket.list.opened.emit(first.key)
    assert asked.args == [first.key[1]]  # type: ignore[index]


def test_return_goes_on_from_field_to_field_and_back_to_the_item(
    page: VisitPage, oxford: ItemRow, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    oxford.setFocus()
    QTest.keyClick(oxford, Qt.Key.Key_M)
    terms = oxford.terms
    assert terms is not None
    QTest.keyClicks(terms.off.off, "10%")
    QTest.keyClick(terms.off.off, Qt.Key.Key_Return)
    assert terms.off.why.other.hasFocus(), "why, and the item stays open"
    QTest.keyClicks(terms.off.why.other, "thread pulled")
    QTest.keyClick(terms.off.why.other, Qt.Key.Key_Return)
    settle()
    marked = item(store, tran, oxford)
    assert (marked.mark_down, marked.mark_down_why) == (2850, "thread pulled")
    assert oxford.hasFocus()
    QTest.keyClick(oxford, Qt.Key.Key_Q)
    QTest.keyClicks(terms.quantity, "2")
    QTest.keyClick(terms.quantity, Qt.Key.Key_Return)
    settle()
    assert item(store, tran, oxford).quantity == 2000
    assert oxford.hasFocus()
    QTest.keyClick(oxford, Qt.Key.Key_C)
    assert not oxford.hasFocus()
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClick(at, Qt.Key.Key_Escape)
    assert oxford.hasFocus()
