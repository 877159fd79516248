"""Is a wish written in one line, held, dropped, found by what came in, and undone?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.promises import PromiseKind
from clientele.domain.tables import FollowUp
from clientele.services.household import AddHouseholdMember, add_household_member
from clientele.services.wishes import AddWish, add_wish
from clientele.store.queries.wishes import WishRow, wishes_of
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.promise_wish import PromiseWishSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.dialogs.who_wishes import WhoWishesSheet
from clientele.ui.dialogs.wish import WishSheet
from clientele.ui.dialogs.wish_list import WishListSheet
from clientele.ui.pages.promises import PromisesPage
from tests.a_day import Day
from tests.ui.at_work import press, settle, sheet, shown
from tests.ui.pages.one_client import retype

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[PromisesPage]:
    """The page that the forms are opened over."""
    made = shown(PromisesPage(desk), qtbot)
    yield made
    made.close()


@pytest.fixture
def daniel(day: Day, desk: Desk, store: Store) -> int:
    """Daniel, with Julia in the household."""
    with store.write() as session:
        who = AddHouseholdMember(day.clients["Daniel"], "Julia", "fiancée")
        add_household_member(session, who, now=desk.now())
    return day.clients["Daniel"]


def wishes(store: Store, client_id: int, *, ended: bool = False) -> list[WishRow]:
    with store.read() as session:
        return list(wishes_of(session, client_id, ended=ended))


def wished(store: Store, desk: Desk, client_id: int, text: str) -> None:
    with store.write() as session:
        add_wish(session, AddWish(client_id, desk.me.id, text), now=desk.now())


def test_a_wish_in_one_line_is_read_kept_and_undone(
    page: PromisesPage, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    form = WishSheet(desk, page, client_id=daniel)
    form.open_sheet()
    settle(desk, qtbot)
    assert form.words.hasFocus()
    QTest.keyClicks(form.words, "emerald silk scarf, Hermes, for Julia, 420")
    settle(desk, qtbot)
    assert form.read.text() == "emerald silk scarf, Hermes · for Julia · €420.00"
    assert form.people.who == "Julia"
    QTest.keyClick(form.words, Qt.Key.Key_Return)
    settle(desk, qtbot)
    (row,) = wishes(store, daniel)
    assert (row.item, row.member, row.price) == ("emerald silk scarf", "Julia", 42000)
    assert row.department == desk.me.department
    desk.undo()
    settle(desk, qtbot)
    assert wishes(store, daniel) == []


def test_without_words_the_form_says_so_and_stays(
    page: PromisesPage, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    form = WishSheet(desk, page, client_id=daniel)
    form.open_sheet()
    settle(desk, qtbot)
    QTest.keyClick(form.words, Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert form.banner.isVisible()
    assert wishes(store, daniel) == []
    retype(form.words, "tan loafer")
    settle(desk, qtbot)
    form.close_sheet()
    settle(desk, qtbot)
    again = WishSheet(desk, page, client_id=daniel)
    again.open_sheet()
    settle(desk, qtbot)
    assert again.words.value == "tan loafer"


def test_nobody_at_hand_it_asks_whose_wish(
    page: PromisesPage, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    form = WishSheet(desk, page)
    form.open_sheet()
    settle(desk, qtbot)
    retype(form.words, "tan loafer")
    form.keep()
    assert form.banner.isVisible()
    form.client.pick(daniel)
    settle(desk, qtbot)
    form.keep()
    settle(desk, qtbot)
    assert [row.item for row in wishes(store, daniel)] == ["tan loafer"]


def test_h_holds_x_drops_i_is_here_and_g_wishes_again(
    page: PromisesPage, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    wished(store, desk, daniel, "Tan loafer, 10 D")
    form = WishListSheet(desk, page, daniel)
    form.open_sheet()
    settle(desk, qtbot)
    press(Qt.Key.Key_I)
    settle(desk, qtbot)
    assert wishes(store, daniel)[0].arrived_at is not None
    press(Qt.Key.Key_H)
    hold = sheet(page, PromiseWishSheet)
    hold.kind.choose(PromiseKind.TRANSFER)
    QTest.keyClick(hold, Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    promise = wishes(store, daniel)[0].promise
    assert promise is not None
    assert promise.kind == PromiseKind.TRANSFER
    press(Qt.Key.Key_X)
    why = sheet(page, SayWhySheet)
    QTest.keyClicks(why.words, "has one by now")
    QTest.keyClick(why.words, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert wishes(store, daniel) == []
    assert form.list.rows()[0].strike
    press(Qt.Key.Key_G)
    settle(desk, qtbot)
    assert len(wishes(store, daniel)) == 1


def test_a_wish_is_changed_in_its_form(
    page: PromisesPage, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    wished(store, desk, daniel, "Tan loafer, 10 D, for Julia, 310")
    form = WishSheet(desk, page, wish=wishes(store, daniel)[0])
    form.open_sheet()
    settle(desk, qtbot)
    assert (form.words.value, form.price.value, form.people.who) == (
        "Tan loafer, 10 D",
        "310.00",
        "Julia",
    )
    retype(form.words, "Navy loafer, 10 D")
    retype(form.price, "290")
    form.keep()
    settle(desk, qtbot)
    (row,) = wishes(store, daniel)
    assert (row.item, row.detail, row.price, row.member) == ("Navy loafer", "10 D", 29000, "Julia")


def test_what_came_in_reaches_everybody_who_waits(
    page: PromisesPage, desk: Desk, store: Store, daniel: int, day: Day, qtbot: QtBot
) -> None:
    wished(store, desk, daniel, "Tan loafer, 10 D")
    wished(store, desk, day.clients["Priya"], "loafer in tan")
    wished(store, desk, daniel, "Grey scarf")
    form = WhoWishesSheet(desk, page)
    form.open_sheet()
    settle(desk, qtbot)
    assert not form.reach.isEnabled()
    QTest.keyClicks(form.words, "tan LOAFER")
    qtbot.waitUntil(lambda: len(form.list.rows()) == 2)
    QTest.mouseClick(form.reach, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with store.read() as session:
        told = [row.reason for row in session.query(FollowUp) if "Wish list" in row.reason]
    assert sorted(told) == [
        "Wish list: Tan loafer, 10 D is here",
        "Wish list: loafer in tan is here",
    ]
    desk.undo()
    settle(desk, qtbot)
    assert all(row.arrived_at is None for row in wishes(store, daniel))


def test_nobody_waiting_is_said(page: PromisesPage, desk: Desk, qtbot: QtBot) -> None:
    form = WhoWishesSheet(desk, page, "umbrella")
    form.open_sheet()
    settle(desk, qtbot)
    assert form.nothing.text() == "Nobody waits for that."
    assert not form.here.isEnabled()
