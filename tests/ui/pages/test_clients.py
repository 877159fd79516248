"""The list of clients: books, pages of rows, keys, what a search found."""

from __future__ import annotations

import sys
from array import array
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.client import Channel
from clientele.services.books import KnowInDepartment, know_in_department
from clientele.services.clients import EditClient, NewClient, edit_client, new_client
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.store.queries.clients import Book
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.find import ALL, Find
from clientele.ui.models.client_list import AROUND, ClientListModel
from clientele.ui.models.found_rows import NEW
from clientele.ui.models.rows import ROW_ROLE, Row
from clientele.ui.pages.clients import ClientsPage
from clientele.ui.theme import Tone
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.row_list import RowList
from tests.ui.conftest import Team

MANY = 700


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ClientsPage:
    made = ClientsPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def add(store: Store, clock: FixedClock, by: int, *names: tuple[str, str]) -> list[int]:
    with store.write() as session:
        return [
            new_client(session, NewClient(by, given, family), now=clock.now()).subject or 0
            for given, family in names
        ]


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(desk.idle)


def titles(page: ClientsPage) -> list[str]:
    rows = [page.model.index(at, 0).data(ROW_ROLE) for at in range(page.model.rowCount())]
    return [row.title if isinstance(row, Row) else "" for row in rows]


def test_an_empty_book_says_how_to_begin(page: ClientsPage, desk: Desk, qtbot: QtBot) -> None:
    settled(qtbot, desk)
    assert page.empty.isVisible()
    assert not page.list.isVisible()
    buttons = {one.text(): one for one in page.empty.findChildren(Button)}
    with qtbot.waitSignal(page.import_wanted):
        QTest.mouseClick(buttons["Import a file"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.new_client):
        QTest.mouseClick(buttons["New client"], Qt.MouseButton.LeftButton)


def test_each_book_has_its_clients_in_the_order_of_names(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    add(store, clock, team.okafor.id, ("Zoë", "Marsh"), ("Eleanor", "Marsh"))
    add(store, clock, team.sato.id, ("Ada", "Amiri"))
    page.make_due()
    settled(qtbot, desk)
    assert titles(page) == ["Eleanor Marsh", "Zoë Marsh"]
    store_button = next(b for v, b in page.books._buttons.items() if v == Book.STORE)
    assert store_button.text() == "The store 3"
    QTest.mouseClick(store_button, Qt.MouseButton.LeftButton)
    settled(qtbot, desk)
    assert titles(page) == ["Ada Amiri", "Eleanor Marsh", "Zoë Marsh"]
    ada = page.model.index(0, 0).data(ROW_ROLE)
    assert [chip.text for chip in ada.end_chips] == ["L. Sato"]
    assert page.model.index(1, 0).data(ROW_ROLE).end_chips == ()


def test_keys_open_brief_visit_and_follow_up(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    first, second = add(store, clock, team.okafor.id, ("Ann", "Abel"), ("Bea", "Baker"))
    page.make_due()
    settled(qtbot, desk)
    page.list.setFocus()
    assert page.list.current_key() == first
    QTest.keyClick(page.list, Qt.Key.Key_J)
    for key, signal in (
        (Qt.Key.Key_B, page.open_brief),
        (Qt.Key.Key_V, page.start_visit),
        (Qt.Key.Key_F, page.new_follow_up),
        (Qt.Key.Key_Return, page.open_client),
    ):
        with qtbot.waitSignal(signal) as told:
            QTest.keyClick(page.list, key)
        assert told.args == [second]


def test_a_click_opens_a_client(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    _, second = add(store, clock, team.okafor.id, ("Ann", "Abel"), ("Bea", "Baker"))
    page.make_due()
    settled(qtbot, desk)
    place = page.list.visualRect(page.model.index(1, 0)).topLeft() + QPoint(90, 12)
    with qtbot.waitSignal(page.open_client) as told:
        QTest.mouseClick(
            page.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
    assert told.args == [second]


def test_only_rows_near_what_is_seen_are_asked_for(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    add(store, clock, team.okafor.id, *((f"N{at:04d}", "Many") for at in range(MANY)))
    page.make_due()
    settled(qtbot, desk)
    there = [bool(title) for title in titles(page)]
    assert len(there) == MANY
    assert there[0]
    assert not there[MANY // 2]
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert page.model.waits()
    settled(qtbot, desk)
    assert not page.model.waits()
    assert titles(page)[MANY // 2] == f"N{MANY // 2:04d} Many"
    assert sum(bool(title) for title in titles(page)) < MANY // 2 + AROUND


def test_the_current_client_stays_when_others_come(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    *_, last = add(store, clock, team.okafor.id, ("Ann", "Abel"), ("Bea", "Baker"))
    page.make_due()
    settled(qtbot, desk)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_J)
    desk.do(new_client, NewClient(team.okafor.id, "Aaron", "Aaberg"))
    settled(qtbot, desk)
    qtbot.waitUntil(desk.idle)
    assert titles(page) == ["Aaron Aaberg", "Ann Abel", "Bea Baker"]
    assert page.list.current_key() == last
    desk.do(edit_client, EditClient(last, "family_name", "Aab"))
    settled(qtbot, desk)
    qtbot.waitUntil(lambda: titles(page)[0] == "Bea Aab")
    assert page.list.current_key() == last


def test_one_without_a_name_is_called_by_number(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    from clientele.domain.tables import ClientReference

    with store.write() as session:
        phone = NewClient(team.okafor.id, phone="020 555 0118")
        key = new_client(session, phone, now=clock.now()).subject or 0
        session.add(ClientReference(client_id=key, reference="900"))
    page.make_due()
    settled(qtbot, desk)
    assert titles(page) == ["Client 900"]


def test_found_clients_are_listed_until_the_chip_is_clicked(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    add(store, clock, team.okafor.id, ("Eleanor", "Marsh"), ("Ann", "Abel"))
    page.show_found("marsh")
    settled(qtbot, desk)
    assert titles(page) == ["Eleanor Marsh"]
    assert "marsh" in page.found.text()
    assert not page.books.isVisible()
    QTest.mouseClick(page.found, Qt.MouseButton.LeftButton)
    settled(qtbot, desk)
    assert titles(page) == ["Ann Abel", "Eleanor Marsh"]
    assert page.books.isVisible()


def test_nobody_found_says_so_and_goes_back(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    add(store, clock, team.okafor.id, ("Ann", "Abel"))
    page.show_found("zzz")
    settled(qtbot, desk)
    assert page.empty.isVisible()
    button = page.empty.findChildren(Button)[0]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, desk)
    assert titles(page) == ["Ann Abel"]


def test_the_model_keeps_rows_through_a_change_of_ids(desk: Desk, qtbot: QtBot) -> None:
    model = ClientListModel(desk, lambda row: Row(row.named.client_id))
    heard: list[tuple[str, int, int]] = []
    model.rowsRemoved.connect(lambda _, first, last: heard.append(("gone", first, last)))
    model.rowsInserted.connect(lambda _, first, last: heard.append(("new", first, last)))
    model.set_ids(array("q", [1, 2, 3, 4]))
    model.set_ids(array("q", [1, 2, 9, 3, 4]))
    model.set_ids(array("q", [1, 9, 3, 4]))
    model.set_ids(array("q", [1, 9, 3, 4]))
    assert heard == [("new", 0, 3), ("new", 2, 2), ("gone", 1, 1)]
    assert [model.position(key) for key in (4, 2)] == [3, -1]
    model.deleteLater()


def test_a_million_rows_are_laid_out_without_asking_python(desk: Desk, qtbot: QtBot) -> None:
    model = ClientListModel(desk, lambda row: Row(row.named.client_id))
    rows = RowList(desk.theme, "Clients", hug=False, style=Style(even=True), model=model)
    qtbot.addWidget(rows)
    rows.resize(600, 400)
    rows.show()
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    for ids in (range(1, 121), range(1, 1_000_001), range(2, 1_000_001)):
        sys.setprofile(count)
        try:
            model.set_ids(array("q", ids))
            rows.doItemsLayout()
        finally:
            sys.setprofile(None)
        assert model.rowCount() == len(ids)
    assert model.position(1_000_000) == 999_998
    assert rows.verticalScrollBar().maximum() > 900_000
    assert calls < 100_000  # and not some for each row
    settled(qtbot, desk)
    model.deleteLater()


def test_the_box_finds_clients_and_offers_the_rest(
    store: Store, clock: FixedClock, team: Team, desk: Desk, qtbot: QtBot
) -> None:
    ids = add(store, clock, team.okafor.id, *((f"N{at}", "Marsh") for at in range(9)))
    find = Find(desk)
    with qtbot.waitSignal(find.answered) as told:
        find.ask("marsh")
    text, rows = told.args
    assert text == "marsh"
    assert [row.key for row in rows] == [*ids[:7], ALL + "marsh"]
    with qtbot.waitSignal(find.all_results) as told:
        find.choose(rows[-1].key)
    assert told.args == ["marsh"]
    with qtbot.waitSignal(find.open_client) as told:
        find.choose(ids[0])
    assert told.args == [ids[0]]
    find.deleteLater()


def test_the_box_answers_only_what_was_typed_last(
    store: Store, clock: FixedClock, team: Team, desk: Desk, qtbot: QtBot
) -> None:
    add(store, clock, team.okafor.id, ("Ann", "Abel"))
    find = Find(desk)
    told: list[str] = []
    find.answered.connect(lambda text, rows: told.append(text))
    for text in ("a", "ab", "abe"):
        find.ask(text)
    settled(qtbot, desk)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["abe"]
    find.deleteLater()


def test_nobody_in_the_box_offers_a_new_client(desk: Desk, qtbot: QtBot) -> None:
    find = Find(desk)
    with qtbot.waitSignal(find.answered) as told:
        find.ask("Nell Marsh ")
    (row,) = told.args[1]
    with qtbot.waitSignal(find.new_client) as told:
        find.choose(row.key)
    assert told.args == ["Nell Marsh"]
    assert row.key == NEW + "Nell Marsh"
    find.deleteLater()


def test_a_colleague_s_client_says_why_they_are_in_my_book(
    store: Store, clock: FixedClock, team: Team, desk: Desk, page: ClientsPage, qtbot: QtBot
) -> None:
    ada, bea = add(store, clock, team.sato.id, ("Ada", "Amiri"), ("Bea", "Baker"))
    [mine] = add(store, clock, team.okafor.id, ("Cem", "Cole"))
    with store.write() as session:
        for client, who in ((ada, team.okafor), (mine, team.sato)):
            what = KnowInDepartment(client, who.id, who.id)
            know_in_department(session, what, now=clock.now())
    page.show_book(Book.STORE)
    settled(qtbot, desk)
    rows = [page.model.index(at, 0).data(ROW_ROLE) for at in range(3)]
    asides = {row.key: row.aside for row in rows}
    assert asides == {ada: "· you for Men's Suits", bea: "", mine: ""}


def test_a_row_says_when_a_client_hears_from_us_next(
    page: ClientsPage, desk: Desk, store: Store, clock: FixedClock, team: Team, qtbot: QtBot
) -> None:
    anna, ben = add(store, clock, team.okafor.id, ("Anna", "A"), ("Ben", "B"))
    with store.write() as session:
        late = desk.today() - timedelta(days=2)
        plan = NewFollowUp(ben, team.okafor.id, Channel.CALL, "a hello", late)
        new_follow_up(session, plan, now=clock.now())
    page.show_book(Book.STORE)
    settled(qtbot, desk)

    def row(client: int) -> Row:
        shown = page.model.index(page.model.position(client), 0).data(ROW_ROLE)
        assert isinstance(shown, Row)
        return shown

    qtbot.waitUntil(lambda: "nothing planned" in row(anna).sub)
    assert [chip.tone for chip in row(ben).chips] == [Tone.AMBER]
    assert row(ben).chips[0].text.startswith("overdue: call")
    assert "nothing planned" not in row(ben).sub
    plan = NewFollowUp(anna, team.okafor.id, Channel.CALL, "a hello", desk.today())
    desk.do(new_follow_up, plan)
    qtbot.waitUntil(lambda: "next: call today" in row(anna).sub)
