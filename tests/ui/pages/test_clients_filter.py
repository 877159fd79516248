"""Can clients be filtered by typing and by choosing, counted as one builds, and kept as a list?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from clientele.domain.known import CustomKind
from clientele.domain.rules.filters import Condition, Filter, Group, Match, What
from clientele.domain.tables import Purchase, PurchaseLine
from clientele.services.clients import NewClient, SetTag, new_client, set_tag
from clientele.services.custom_fields import AddCustomField, add_custom_field
from clientele.services.lists import SaveList, save_list
from clientele.store.queries.clients import Book
from clientele.store.queries.lists import saved_lists
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.condition import ConditionSheet
from clientele.ui.dialogs.lists import ListsSheet
from clientele.ui.dialogs.save_list import SaveListSheet
from clientele.ui.models.rows import ROW_ROLE, Row
from clientele.ui.pages.clients import ClientsPage
from tests.ui.at_work import (
    click_row,
    managing,
    no_sheet,
    press,
    settle,
    sheet,
    shown,
    titles,
    write,
)
from tests.ui.conftest import Team

LEFT = Qt.MouseButton.LeftButton
NAMES = ("Abel", "Baker", "Cole", "Dean", "Eden", "Ford")


@pytest.fixture
def six(store: Store, clock: FixedClock, team: Team) -> list[int]:
    """Six clients of R. Okafor; Abel, Cole and Eden are VIPs, Abel and Baker bought suits."""
    ids = []
    now = clock.now()
    with store.write() as session:
        for at, name in enumerate(NAMES):
            made = new_client(session, NewClient(team.okafor.id, "Ann", name), now=now).subject
            ids.append(made or 0)
            if at % 2 == 0:
                set_tag(session, SetTag(ids[-1], "VIP"), now=now)
        for at, ago in ((0, 200), (1, 10)):
            day = now - timedelta(days=ago)
            bought = Purchase(client_id=ids[at], sold_at=day, sold_on=day.date(), currency="EUR",
                              total=10_000 * (at + 1))  # fmt: skip
            session.add(bought)
            session.flush()
            assert bought.id is not None
            session.add(PurchaseLine(purchase_id=bought.id, department_id=1, item="navy suit 42R",
                                     amount=10_000 * (at + 1)))  # fmt: skip
    return ids


@pytest.fixture
def page(six: list[int], desk: Desk, qtbot: QtBot) -> ClientsPage:
    assert six
    return shown(ClientsPage(desk), qtbot)


def listed(page: ClientsPage) -> str:
    rows = [page.model.index(at, 0).data(ROW_ROLE) for at in range(page.model.rowCount())]
    return "".join(row.title.split()[-1][0] for row in rows if isinstance(row, Row))


def type_filter(page: ClientsPage, desk: Desk, qtbot: QtBot, words: str) -> list[str]:
    page.filter.box.setFocus()
    page.filter.box.clear()
    write(words)
    settle(desk, qtbot)
    return [row.after_title for row in page.filter.box.list.rows()]


def chips(page: ClientsPage) -> list[str]:
    """The words of the chips; each has a cross beside it."""
    buttons = [chip.findChildren(QPushButton) for chip in page.filter._chips]
    assert all(len(pair) == 2 for pair in buttons)
    return [pair[0].text() for pair in buttons]


def click_chip(page: ClientsPage, at: int, *, cross: bool = False) -> None:
    button = page.filter._chips[at].findChildren(QPushButton)[1 if cross else 0]
    QTest.mouseClick(button, LEFT)


def test_typed_words_are_offered_and_one_key_asks_for_them(
    page: ClientsPage, desk: Desk, qtbot: QtBot
) -> None:
    assert page.header.sub.text().startswith("6 clients · Return opens")
    assert "tagged VIP" in type_filter(page, desk, qtbot, "tag v")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert (listed(page), chips(page)) == ("ACE", ["tagged VIP"])
    assert page.header.sub.text().startswith("3 clients · ")
    offered = type_filter(page, desk, qtbot, "bought men")
    assert offered[0] == "bought in Men's Suits"
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert (listed(page), len(chips(page))) == ("A", 2)
    QTest.mouseClick(_choice(page, "Any of these"), LEFT)
    settle(desk, qtbot)
    assert listed(page) == "ABCE"
    click_chip(page, 0, cross=True)
    settle(desk, qtbot)
    assert (listed(page), chips(page)) == ("AB", ["bought in Men's Suits"])
    QTest.mouseClick(page.filter.clear_button, LEFT)
    settle(desk, qtbot)
    assert (listed(page), chips(page)) == ("ABCDEF", [])


def _choice(page: ClientsPage, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == words)


def test_a_condition_is_chosen_said_changed_turned_and_given_an_alternative(
    page: ClientsPage, desk: Desk, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.filter.choose_button, LEFT)
    settle(desk, qtbot)
    form = sheet(page, ConditionSheet)
    form.kinds.set_current(What.LAST_BOUGHT.value)
    form.kinds.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.banner.isVisible()
    write("90 days")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "“90 days” cannot be read here" in form.banner.sentence.text()
    QTest.keyClick(form.fields_of("least"), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("90")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert (listed(page), chips(page)) == ("A", ["last bought 90 days ago or more"])

    click_chip(page, 0)
    settle(desk, qtbot)
    form = sheet(page, ConditionSheet)
    QTest.mouseClick(_choice_in(form, "It is not so"), LEFT)
    QTest.mouseClick(form.keep_button, LEFT)
    settle(desk, qtbot)
    assert (listed(page), chips(page)) == ("BCDEF", ["not last bought 90 days ago or more"])

    click_chip(page, 0)
    settle(desk, qtbot)
    form = sheet(page, ConditionSheet)
    QTest.mouseClick(_choice_in(form, "It is so"), LEFT)
    QTest.mouseClick(form.other_button, LEFT)
    form.kinds.set_current(What.TAG.value)
    press(Qt.Key.Key_Return)
    QTest.mouseClick(form.keep_button, LEFT)
    settle(desk, qtbot)
    assert (listed(page), chips(page)) == ("ACE", ["last bought 90 days ago or more or tagged VIP"])
    assert isinstance(page.filter.asked.parts[0], Group)

    click_chip(page, 0)
    settle(desk, qtbot)
    form = sheet(page, ConditionSheet)
    form.others.setFocus()
    form.others.set_current(0)
    press(Qt.Key.Key_X)
    QTest.mouseClick(form.keep_button, LEFT)
    settle(desk, qtbot)
    assert (listed(page), chips(page)) == ("ACE", ["tagged VIP"])


def _choice_in(form: ConditionSheet, words: str) -> QPushButton:
    return next(one for one in form.findChildren(QPushButton) if one.text() == words)


def test_a_number_is_read_as_it_is_in_the_stores_own_field(
    page: ClientsPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    managing(desk, store, qtbot)
    desk.do(add_custom_field, AddCustomField("Points", CustomKind.NUMBER))
    settle(desk, qtbot)
    page.filter.choose()
    settle(desk, qtbot)
    form = sheet(page, ConditionSheet)
    form.kinds.opened.emit(What.FIELD_NUMBER.value)
    QTest.keyClicks(form.fields_of("least"), "1.500")
    QTest.mouseClick(form.keep_button, LEFT)
    settle(desk, qtbot)
    assert chips(page) == ["Points: 1,500 or more"]


def test_the_keyboard_is_back_in_the_list_after_esc(
    page: ClientsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.take_keyboard()
    before = QApplication.focusWidget()
    page.filter.choose()
    settle(desk, qtbot)
    assert QApplication.focusWidget() is sheet(page, ConditionSheet).kinds
    press(Qt.Key.Key_Escape)
    settle(desk, qtbot)
    assert before is not None
    assert QApplication.focusWidget() is before


def test_a_value_that_is_chosen_has_the_keyboard(
    page: ClientsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.filter.choose()
    settle(desk, qtbot)
    form = sheet(page, ConditionSheet)
    form.kinds.set_current(What.BIRTHDAY_IN.value)
    form.kinds.setFocus()
    press(Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "January"
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert chips(page) == ["birthday in January"]


def test_every_condition_opens_and_can_be_left(page: ClientsPage, desk: Desk, qtbot: QtBot) -> None:
    page.filter.choose()
    settle(desk, qtbot)
    form = sheet(page, ConditionSheet)
    for row in form.kinds.rows():
        form.kinds.opened.emit(row.key)
        assert form.title.text() == row.after_title
        QTest.mouseClick(form.back_button, LEFT)
    press(Qt.Key.Key_Escape)
    assert no_sheet(page)
    assert chips(page) == []


def test_the_order_is_the_databases(page: ClientsPage, desk: Desk, qtbot: QtBot) -> None:
    QTest.mouseClick(_choice(page, "Spent"), LEFT)
    settle(desk, qtbot)
    assert listed(page) == "BACDEF"
    QTest.mouseClick(_choice(page, "Last in"), LEFT)
    settle(desk, qtbot)
    assert listed(page) == "BACDEF"
    QTest.mouseClick(_choice(page, "By name"), LEFT)
    settle(desk, qtbot)
    assert listed(page) == "ABCDEF"


def test_a_filter_of_which_nothing_is_true_says_so_and_lets_go(
    page: ClientsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.filter.show_filter(Filter(parts=(Condition(What.BOUGHT, words="loafer"),)))
    settle(desk, qtbot)
    assert page.list.isHidden()
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Clear the filter")
    QTest.mouseClick(button, LEFT)
    settle(desk, qtbot)
    assert listed(page) == "ABCDEF"


def test_a_change_brings_clients_onto_the_list_and_off_it(
    page: ClientsPage, six: list[int], desk: Desk, qtbot: QtBot
) -> None:
    page.filter.show_filter(Filter(parts=(Condition(What.TAG, about=1),)))
    settle(desk, qtbot)
    desk.do(set_tag, SetTag(six[1], "VIP"))
    desk.do(set_tag, SetTag(six[0], "VIP", on=False))
    settle(desk, qtbot)
    assert listed(page) == "BCE"


def test_a_filter_is_kept_as_a_list_opened_changed_copied_and_deleted_with_undo(
    page: ClientsPage, desk: Desk, store: Store, team: Team, qtbot: QtBot
) -> None:
    vips = Filter(parts=(Condition(What.TAG, about=1),))
    page.filter.show_filter(vips)
    settle(desk, qtbot)
    QTest.mouseClick(page.filter.save_button, LEFT)
    form = sheet(page, SaveListSheet)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert "A list needs a name" in form.banner.sentence.text()
    write("Spring")
    with qtbot.waitSignal(desk.said) as said:
        press(Qt.Key.Key_Return)
    assert said.args == ["List “Spring” kept", True]
    settle(desk, qtbot)
    assert no_sheet(page)
    assert page.header.title.text() == "Spring"
    assert page.filter.save_button.isHidden()

    page.filter.clear()
    settle(desk, qtbot)
    assert page.header.title.text() == "Clients"
    QTest.mouseClick(page.lists_button, LEFT)
    settle(desk, qtbot)
    lists = sheet(page, ListsSheet)
    assert titles(lists.list) == ["Spring"]
    assert lists.list.rows()[0].body == "tagged VIP"
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert (listed(page), page.header.title.text()) == ("ACE", "Spring")
    assert page.books.value == Book.STORE

    page.filter.remove(0)
    page.filter.show_filter(
        Filter(parts=(Condition(What.BOUGHT_IN, about=1),)), _opened(store, team)
    )
    QTest.mouseClick(page.filter.keep_button, LEFT)
    settle(desk, qtbot)
    assert page.filter.keep_button.isHidden()
    assert _lists(store, team.okafor.id) == [
        ("Spring", Filter(parts=(Condition(What.BOUGHT_IN, about=1),)))
    ]


def test_a_list_is_shared_renamed_and_deleted_with_undo(
    page: ClientsPage, desk: Desk, store: Store, team: Team, clock: FixedClock, qtbot: QtBot
) -> None:
    vips = Filter(parts=(Condition(What.TAG, about=1),))
    with store.write() as session:
        save_list(session, SaveList(team.okafor.id, "Spring", vips), now=clock.now())
    page.lists.choose()
    settle(desk, qtbot)
    lists = sheet(page, ListsSheet)
    key = lists.list.rows()[0].key
    click_row(lists.list, key, "share")
    settle(desk, qtbot)
    assert lists.list.rows()[0].chips[0].text == "shared"
    press(Qt.Key.Key_R)
    naming = sheet(page, SaveListSheet)
    write("Autumn")
    QTest.mouseClick(naming.button, LEFT)
    settle(desk, qtbot)
    assert titles(lists.list) == ["Autumn"]
    click_row(lists.list, key, "delete")
    settle(desk, qtbot)
    assert lists.empty.isVisible()
    desk.undo()
    settle(desk, qtbot)
    assert titles(lists.list) == ["Autumn"]


def _opened(store: Store, team: Team):  # type: ignore[no-untyped-def]
    with store.read() as session:
        return saved_lists(session, team.okafor.id)[0]


def _lists(store: Store, by: int) -> list[tuple[str, Filter | None]]:
    with store.read() as session:
        return [(one.name, one.asked) for one in saved_lists(session, by)]


def test_a_colleagues_list_is_opened_and_copied_and_offers_no_change(
    page: ClientsPage, desk: Desk, store: Store, team: Team, clock: FixedClock, qtbot: QtBot
) -> None:
    vips = Filter(Match.ALL, (Condition(What.TAG, about=1),))
    with store.write() as session:
        save_list(session, SaveList(team.sato.id, "Hers", vips, shared=True), now=clock.now())
    page.lists.choose()
    settle(desk, qtbot)
    lists = sheet(page, ListsSheet)
    row = lists.list.rows()[0]
    assert [act.name for act in row.actions] == ["copy"]
    click_row(lists.list, row.key, "copy")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert _lists(store, team.okafor.id) == [("Hers", vips), ("Hers", vips)]
    lists.list.opened.emit(row.key)
    settle(desk, qtbot)
    page.filter.show_filter(Filter(parts=(Condition(What.MINE),)), page.filter.opened)
    settle(desk, qtbot)
    assert page.filter.keep_button.isHidden()
    assert not page.filter.save_button.isHidden()


def test_the_book_that_was_asked_for_just_before_does_not_come_over_the_filter(
    page: ClientsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.show_book(Book.STORE)
    page.filter.show_filter(Filter(parts=(Condition(What.TAG, about=1),)))
    settle(desk, qtbot)
    assert listed(page) == "ACE"
    page.filter.show_filter(Filter(parts=(Condition(What.BOUGHT, words="navy"),)))
    page.filter.clear()
    settle(desk, qtbot)
    assert listed(page) == "ABCDEF"
    assert page.filter.counting.text() == ""
