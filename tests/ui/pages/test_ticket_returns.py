"""What comes back on the one ticket: found among what they own, or written down as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Draft
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.pages.visit import VisitPage
from tests.ui.pages.test_ticket import CTRL_SHIFT, in_dollars, lines
from tests.ui.pages.tran import Tran
from tests.ui.pages.visit_hand import CTRL, click, of


@pytest.fixture
def page(visit_shown: VisitPage) -> VisitPage:
    return visit_shown


def test_what_they_own_is_brought_back(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    in_dollars(store)
    QTest.keyClick(page.shown.box, Qt.Key.Key_R, CTRL_SHIFT)
    settle()
    sheet = page.till.back_sheet
    assert sheet is not None
    assert sheet.words.hasFocus()
    owned = [(row.after_title, row.sub, row.trailing) for row in sheet.list.rows()]
    assert owned == [
        ("Navy suit, 42R", "Men's Suits · bought 7 Nov 2026", "$890.00"),
        ("Brown brogue", "Men's Shoes · bought 21 Dec 2024", "$240.00"),
        ("Black derby", "Men's Shoes · bought 17 Nov 2023", "$210.00"),
    ]
    QTest.keyClick(sheet.words, Qt.Key.Key_Down)
    assert sheet.list.hasFocus()
    QTest.keyClick(sheet.list, Qt.Key.Key_J)
    QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    assert [len(row.end_chips) for row in sheet.list.rows()] == [0, 1, 0]
    QTest.keyClick(sheet.list, Qt.Key.Key_Return, CTRL)
    settle()
    assert [one.item for one in of(store, tran.visit).kept if one.back] == ["Brown brogue"]


def test_a_return_by_keys_alone(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    in_dollars(store)
    QTest.keyClick(page.shown.box, Qt.Key.Key_R, CTRL_SHIFT)
    settle()
    sheet = page.till.back_sheet
    assert sheet is not None
    QTest.keyClicks(sheet.words, "brogue")
    qtbot.waitUntil(lambda: len(sheet.list.rows()) == 2)
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    assert sheet.list.rows()[0].end_chips[0].text == "comes back"
    click(sheet.why_buttons["flaw"])
    QTest.keyClick(sheet.words, Qt.Key.Key_Return, CTRL)
    settle()
    back = next(one for one in of(store, tran.visit).items if one.back)
    assert (back.item, back.amount, back.why) == ("Brown brogue", -24000, "flaw")
    assert ("Men's Shoes", "Brown brogue", "bought 21 Dec 2024, flaw", "−$240.00") in lines(page)
    assert page.header.ring_button.text() == "Ring once · $172.00"
    row = page.shown.rows[back.id]
    assert row.chip.text() == "comes back"
    row.open_choices()
    assert not row.choice.isVisible()
    assert row.remove_button.isVisible()
    with store.read() as session:
        places = session.scalars(select(col(Draft.place))).all()
    assert f"return in visit {tran.visit}" not in places
    desk.undo()
    settle()
    assert of(store, tran.visit).to_pay == 41200


def test_goods_without_a_record_are_taken_back(
    page: VisitPage, store: Store, tran: Tran, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    click(page.ticket.back_button)
    settle()
    sheet = page.till.back_sheet
    assert sheet is not None
    click_take = sheet._primary
    assert click_take is not None
    click(click_take)
    assert "What comes back" in sheet.banner.sentence.text()
    QTest.keyClicks(sheet.words, "Two tyres 500.00")
    qtbot.waitUntil(lambda: bool(sheet.list.rows()) and bool(sheet.list.rows()[-1].end_chips))
    assert sheet.list.rows()[-1].sub == "not on record: taken back all the same"
    click(click_take)
    settle()
    assert of(store, tran.visit).to_pay == 41200 - 50000
    assert lines(page)[-1][1::2] == ("Give back", "€88.00")
    page.ring()
    settle()
    ring = page.till.ring_sheet
    assert ring is not None
    assert (ring.pay_words.text(), ring.total.text()) == ("Give back", "€88.00")
    QTest.keyClicks(ring.receipt, "0412-9")
    QTest.keyClick(ring.receipt, Qt.Key.Key_Return)
    settle()
    assert lines(page)[-1][1::2] == ("Given back", "€88.00")


def test_what_was_typed_for_a_return_outlives_the_sheet(
    page: VisitPage, settle: Callable[[], None]
) -> None:
    page.till.bring_back()
    settle()
    first = page.till.back_sheet
    assert first is not None
    QTest.keyClicks(first.words, "tyres")
    QTest.keyClicks(first.why, "worn")
    settle()
    first.close_sheet()
    page.till.bring_back()
    settle()
    again = page.till.back_sheet
    assert again is not None
    assert (again.words.value, again.why.value) == ("tyres", "worn")
