"""Does the size passport say what fits and why, and let evidence be set aside and told anew?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clientele.domain.tables import LineReturn, Purchase, PurchaseLine
from clientele.services.household import AddHouseholdMember, add_household_member
from clientele.services.household_links import LinkMember, link_member
from clientele.services.rows import new_id
from clientele.services.sizes import AddSize, add_size
from clientele.store.queries.household import people_of
from clientele.store.queries.passport import passport
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.edit_size import EditSizeSheet
from clientele.ui.dialogs.note_size import NoteSizeSheet
from clientele.ui.dialogs.passport import PassportSheet
from clientele.ui.pages.promises import PromisesPage
from tests.a_day import Day
from tests.ui.at_work import click_row, press, settle, sheet, shown, write

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[PromisesPage]:
    """The page that the sheet is opened over."""
    made = shown(PromisesPage(desk), qtbot)
    yield made
    made.close()


@pytest.fixture
def daniel(day: Day, desk: Desk, store: Store) -> int:
    """Daniel kept a suit and brought one back, told a coat; Julia told a ring."""
    client_id = day.clients["Daniel"]
    _line(store, desk, day, client_id, "Suit, grey, 42R", 190)
    second = _line(store, desk, day, client_id, "Suit, navy, 42R", 70)
    _line(store, desk, day, client_id, "Suit, navy, 42R", 65, second)
    with store.write() as session:
        who = AddHouseholdMember(client_id, "Julia", "fiancée")
        julia = add_household_member(session, who, now=desk.now()).subject
        ring = AddSize(client_id, "Ring", "6", desk.me.id, household_member_id=julia)
        add_size(session, ring, now=desk.now())
        add_size(session, AddSize(client_id, "Coat", "UK 44", desk.me.id), now=desk.now())
    return client_id


def _line(
    store: Store, desk: Desk, day: Day, client_id: int, item: str, days: int, back: int = 0
) -> int:
    at, sign = desk.now() - timedelta(days=days), -1 if back else 1
    with store.write() as session:
        bought = Purchase(
            client_id=client_id, sold_at=at, sold_on=at.date(), currency="EUR", total=900,
            associate_id=desk.me.id, receipt="4711",
        )  # fmt: skip
        line = PurchaseLine(
            purchase_id=new_id(session, bought),
            department_id=next(iter(day.departments.values())),
            item=item,
            quantity=sign * 1000,
            amount=sign * 900,
        )
        key = new_id(session, line)
        if back:
            row = LineReturn(sold_line_id=back, return_line_id=key, why="too small")
            new_id(session, row)
    return key


@pytest.fixture
def form(page: PromisesPage, desk: Desk, daniel: int, qtbot: QtBot) -> PassportSheet:
    made = PassportSheet(desk, page, daniel)
    made.open_sheet()
    settle(desk, qtbot)
    return made


def _fits(store: Store, client_id: int) -> dict[str, str]:
    with store.read() as session:
        return {worn.category: worn.value for worn in passport(session, client_id).worn}


def test_each_size_says_why_and_what_to_try(form: PassportSheet, desk: Desk) -> None:
    rows = {row.after_title: row for row in form.list.rows()}
    suit = rows["Suit"]
    assert suit.title == "42R"
    assert suit.body == "Kept 42R in May, brought back 42R as too small in September"
    assert [chip.text for chip in suit.chips] == ["try 44R"]
    assert [row.section for row in form.list.rows()] == ["Daniel Tran", "Daniel Tran", "Julia"]
    assert form.list.hasFocus()


def test_keys_move_open_convert_and_set_aside_with_undo(
    form: PassportSheet, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    form.list.set_current("0|coat|")
    press(Qt.Key.Key_C)
    coat = form.list.current_row()
    assert coat is not None
    assert coat.sub.startswith("≈ XL · EU 54 (approximate, EN 13402-3")
    press(Qt.Key.Key_J)
    assert form.list.current_key() == "0|suit|"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_J)
    row = form.list.current_row()
    assert row is not None
    assert row.after_title.startswith("Brought back 42R as too small")
    assert "“too small”" in row.sub
    assert row.sub.endswith("you · receipt 4711")
    press(Qt.Key.Key_X)
    settle(desk, qtbot)
    chips = {row.key: row.chips for row in form.list.rows()}
    assert chips["0|suit|"] == ()
    desk.undo()
    settle(desk, qtbot)
    chips = {row.key: row.chips for row in form.list.rows()}
    assert [chip.text for chip in chips["0|suit|"]] == ["try 44R"]


def test_what_was_set_aside_is_counted_again(
    form: PassportSheet, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    click_row(form.list, "0|suit|")
    line = next(row.key for row in form.list.rows() if row.after_title.startswith("Kept"))
    click_row(form.list, line, "not_theirs")
    settle(desk, qtbot)
    aside = form.list.rows()[-1]
    assert aside.strike
    assert aside.section == "Set aside, and counted no more"
    click_row(form.list, aside.key, "again")
    settle(desk, qtbot)
    assert not any(row.strike for row in form.list.rows())


def test_a_told_size_is_changed_removed_and_brought_back(
    form: PassportSheet, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    form.list.set_current("0|coat|")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_E)
    edit = sheet(form, EditSizeSheet)
    edit.value.selectAll()
    write("4111 1111 1111 1111")
    settle(desk, qtbot)
    assert "card number" in edit.value.toolTip()
    assert _fits(store, daniel)["Coat"] == "•••• 1111"
    edit.value.selectAll()
    write("46R")
    settle(desk, qtbot)
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert _fits(store, daniel)["Coat"] == "46R"
    assert form.list.hasFocus()
    press(Qt.Key.Key_X)
    settle(desk, qtbot)
    assert "Coat" not in _fits(store, daniel)
    desk.undo()
    settle(desk, qtbot)
    assert _fits(store, daniel)["Coat"] == "46R"


def test_two_sizes_stand_side_by_side(
    form: PassportSheet, desk: Desk, daniel: int, qtbot: QtBot
) -> None:
    desk.do(add_size, AddSize(daniel, "Coat", "UK 40", desk.me.id))
    settle(desk, qtbot)
    coat = next(row for row in form.list.rows() if row.key == "0|coat|")
    today = desk.formats.day(desk.today())
    assert [chip.text for chip in coat.chips] == [
        "two sizes",
        f"UK 40 · told us {today}",
        f"UK 44 · told us {today}",
    ]


def test_one_line_is_read_as_it_is_typed_and_kept(
    form: PassportSheet, desk: Desk, store: Store, daniel: int, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Return, CTRL)
    note = sheet(form, NoteSizeSheet)
    settle(desk, qtbot)
    write("trousers 12, hem turned up, for Julia")
    assert note.read.text() == "Trousers · 12 · hem turned up · for Julia"
    assert note.system.isVisible()
    note.system._buttons["UK"].click()
    assert note.read.text() == "Trousers · UK 12 · hem turned up · for Julia"
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    with store.read() as session:
        worn = [one for one in passport(session, daniel).worn if one.category == "Trousers"]
    assert [(one.value, one.fit, one.member_id is None) for one in worn] == [
        ("UK 12", "hem turned up", False)
    ]
    assert "Trousers" in [row.after_title for row in form.list.rows()]


def test_what_their_own_page_knows_stands_beside_and_is_set_aside_there(
    form: PassportSheet, desk: Desk, day: Day, store: Store, daniel: int, qtbot: QtBot
) -> None:
    priya = day.clients["Priya"]
    _line(store, desk, day, priya, "Dress, red, UK 12", 40)
    with store.read() as session:
        julia = people_of(session, daniel)[0].id
    desk.do(link_member, LinkMember(julia, priya, "fiancé"))
    settle(desk, qtbot)
    dress = next(row for row in form.list.rows() if row.after_title == "Dress")
    assert dress.section == "Julia, own page"
    click_row(form.list, dress.key)
    line = next(row.key for row in form.list.rows() if row.body == "" and row.actions)
    click_row(form.list, line, "not_theirs")
    settle(desk, qtbot)
    assert _fits(store, priya) == {}
    desk.undo()
    settle(desk, qtbot)
    assert _fits(store, priya) == {"Dress": "UK 12"}


def test_an_earlier_draft_with_fields_of_its_own_comes_back(
    page: PromisesPage, desk: Desk, daniel: int, qtbot: QtBot
) -> None:
    note = NoteSizeSheet(desk, page, daniel, None)
    note.open_sheet()
    settle(desk, qtbot)
    note.bring_back({"category": "Oxford", "value": "10½ D", "fit": "wide toe box"})
    assert note.words.value == "Oxford 10½ D, wide toe box"
    note.close_sheet()


def test_without_sizes_it_says_where_they_come_from(
    page: PromisesPage, desk: Desk, day: Day, qtbot: QtBot
) -> None:
    form = PassportSheet(desk, page, day.clients["Priya"])
    form.open_sheet()
    settle(desk, qtbot)
    assert form.nothing.isVisible()
    assert not form.list.isVisible()
    assert form.note.hasFocus()
