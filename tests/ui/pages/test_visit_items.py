"""What becomes of an item: its words, why not, a hold that is a promise, the wish list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from clientele.domain.promises import PromiseKind
from clientele.domain.rules.due_days import Soon
from clientele.domain.tables import Promise
from clientele.domain.visits import Outcome
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.pages.visit import VisitPage
from clientele.ui.pages.visit_cards.item_row import ItemRow
from tests.ui.pages.tran import Tran
from tests.ui.pages.visit_hand import click, of


@pytest.fixture
def page(visit_shown: VisitPage) -> VisitPage:
    return visit_shown


@pytest.fixture
def loafer(page: VisitPage) -> ItemRow:
    row = page.shown._in_order()[0]
    row.setFocus()
    return row


def holds(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as session:
        rows = session.scalars(select(Promise).where(Promise.kind == PromiseKind.HOLD))  # type: ignore[arg-type]
        return [(row.what, row.due_on.isoformat(), row.state) for row in rows]


def test_a_hold_is_one_key_and_its_day_one_touch(
    page: VisitPage,
    loafer: ItemRow,
    store: Store,
    tran: Tran,
    desk: Desk,
    settle: Callable[[], None],
) -> None:
    QTest.keyClick(loafer, Qt.Key.Key_H)
    settle()
    day = desk.today() + timedelta(days=3)
    assert holds(store) == [("Suede loafer navy, 10 D", day.isoformat(), "open")]
    assert loafer.hold is not None
    assert loafer.hold.isVisible()
    week = loafer.hold.choice._buttons[Soon.NEXT_WEEK]
    click(week)
    settle()
    later = desk.today() + timedelta(days=7)
    assert holds(store) == [("Suede loafer navy, 10 D", later.isoformat(), "open")]
    assert of(store, tran.visit).items[-1].hold_until == later
    desk.undo()
    settle()
    assert holds(store) == [("Suede loafer navy, 10 D", day.isoformat(), "open")]
    desk.undo()
    settle()
    assert holds(store) == []
    assert of(store, tran.visit).items[-1].outcome == Outcome.WISH_LIST


def test_letting_go_of_a_hold_ends_its_promise(
    loafer: ItemRow, store: Store, settle: Callable[[], None]
) -> None:
    QTest.keyClick(loafer, Qt.Key.Key_H)
    settle()
    QTest.keyClick(loafer, Qt.Key.Key_W)
    settle()
    assert [state for _, _, state in holds(store)] == ["kept"]
    assert loafer.chip.text() == "wish list"


def test_the_words_are_changed_where_they_stand(
    page: VisitPage,
    loafer: ItemRow,
    store: Store,
    tran: Tran,
    desk: Desk,
    settle: Callable[[], None],
) -> None:
    click(loafer.title)
    assert loafer.words is not None
    assert loafer.words.words.hasFocus()
    QTest.keyClicks(loafer.words.words, "Suede driver")
    settle()
    assert of(store, tran.visit).items[-1].item == "Suede driver"
    QTest.keyClick(loafer.words.words, Qt.Key.Key_Return)
    settle()
    assert loafer.hasFocus()
    assert (loafer.title.isVisible(), loafer.title.text()) == (True, "Suede driver")
    desk.undo()
    settle()
    assert loafer.title.text() == "Suede loafer navy"
    click(loafer.sub)
    assert loafer.words.detail.hasFocus()
    QTest.keyClicks(loafer.words.detail, "9½ D")
    page.shown.box.setFocus()
    settle()
    assert loafer.words.isHidden()
    assert of(store, tran.visit).items[-1].detail == "9½ D"
    loafer.setFocus()
    QTest.keyClick(loafer, Qt.Key.Key_E)
    assert loafer.words.words.hasFocus()


def test_a_card_number_among_the_words_is_covered(
    loafer: ItemRow, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    QTest.keyClick(loafer, Qt.Key.Key_E)
    assert loafer.words is not None
    QTest.keyClicks(loafer.words.words, "4111111111111111")
    settle()
    assert loafer.words.words.property("wrong")
    assert "411111111111111" not in of(store, tran.visit).items[-1].item


def test_why_not_is_one_touch(
    loafer: ItemRow, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    QTest.keyClick(loafer, Qt.Key.Key_N)
    settle()
    assert set(loafer.why_buttons) >= {"too small", "too large", "too narrow", "colour", "price"}
    click(loafer.why_buttons["too narrow"])
    settle()
    item = of(store, tran.visit).items[-1]
    assert (item.outcome, item.why) == (Outcome.NO, "too narrow")
    assert loafer.chip.text() == "no, too narrow"


def test_down_goes_from_the_box_to_what_was_shown_last(page: VisitPage, store: Store) -> None:
    page.take_keyboard()
    box, (first, *_) = page.shown.box, page.shown._in_order()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Up)
    assert box.hasFocus()
