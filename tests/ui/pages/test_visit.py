"""The page of a visit, with clicks and keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.tables import Visit as VisitRow
from clientele.services.clients import NewClient, new_client
from clientele.services.shown_items import item_draft
from clientele.services.visits import StartVisit, note_draft, start_visit
from clientele.store.queries.story import Told, story
from clientele.store.queries.visit import open_visits
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.visit import VisitPage
from tests.ui.conftest import Team
from tests.ui.pages.tran import SAID, Tran
from tests.ui.pages.visit_hand import CTRL, click, of, titles, typed_at


@pytest.fixture
def page(visit_shown: VisitPage) -> VisitPage:
    return visit_shown


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
        ("Men's Suits", "Trousers hemmed, navy suit 42R", "—"),
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
    assert "Nothing is known for Accessories" in page.department.known.nothing.text()
    assert page.route.next_button.text() == "Next: Women's Sportswear"
    click(page.route.planned[page.visit.stops[-1].department_id])  # type: ignore[union-attr]
    settle()
    assert page.shown.title.text() == "Shown in Women's Sportswear"
    assert page.route.next_button.text() == "Next department"


def test_a_department_the_book_does_not_know_is_named_and_walked_to(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    click(page.route.add_button)
    settle()
    sheet = page.route.sheet
    assert sheet is not None
    sheet.other.setFocus()
    QTest.keyClicks(sheet.other, "Fragrance")
    QTest.keyClick(sheet.other, Qt.Key.Key_Return)
    settle()
    assert sheet.isHidden()
    stop = of(store, tran.visit).stop
    assert stop is not None
    assert stop.department == "Fragrance"
    assert sheet.other.value == ""


def test_any_department_is_chosen_planned_and_taken_off(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    click(page.route.add_button)
    settle()
    sheet = page.route.sheet
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


def test_a_sensitive_note_is_sensitive_also_when_the_visit_ends_first(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    click(page.note.sensitive)
    settle()
    click(page.header.leave_button)
    settle()
    with store.read() as session:
        newest = story(session, tran.daniel, kinds=(Told.NOTE,))[0]
    assert (newest.words, newest.state) == (SAID, "sensitive")
    desk.undo()
    settle()
    assert (page.note.box.value, page.note.sensitive.isChecked()) == (SAID, True)


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


def test_of_a_card_number_typed_in_the_header_no_more_than_four_digits_are_kept(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    for field in (page.header.here_for, page.header.company.room):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "4111 1111 1111 1111")
        settle()
        assert "card number" in field.toolTip()
    visit = of(store, tran.visit)
    assert (visit.here_for, visit.fitting_room) == ("•••• 1111", "•••• 1111")
    QTest.keyClick(page.header.company.room, Qt.Key.Key_Backspace)
    settle()
    assert page.header.company.room.toolTip() == ""


def test_leaving_can_be_undone_and_goes_back_to_today(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    said: list[str] = []
    desk.said.connect(lambda words, _: said.append(words))
    with qtbot.waitSignal(page.left):
        click(page.header.leave_button)
    settle()
    assert said == ["Daniel Tran has left. 2 kept items were not rung."]
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


def test_another_client_comes_in_while_one_is_here(
    page: VisitPage, store: Store, clock: FixedClock, tran: Tran, settle: Callable[[], None]
) -> None:
    with store.write() as session:
        new_client(session, NewClient(tran.okafor, "Noor", "Haddad"), now=clock.now())
    page.ask_who()
    settle()
    assert page.nobody.isVisible()
    assert page.nobody.picker.box.hasFocus()
    QTest.keyClicks(page.nobody.picker.box, "haddad")
    settle()
    QTest.keyClick(page.nobody.picker.box, Qt.Key.Key_Return)
    settle()
    click(page.nobody.start_button)
    settle()
    assert page.header.title.text() == "Noor Haddad"
    assert len(page.switch.ids()) == 2
    page.ask_who()
    settle()
    assert page.nobody.picker.client_id is None
    page.nobody.list.set_current(tran.visit)
    QTest.keyClick(page.nobody.list, Qt.Key.Key_Return)
    settle()
    assert page.header.title.text() == "Daniel Tran"


def test_another_associate_sees_their_own_words(
    page: VisitPage, desk: Desk, team: Team, tran: Tran, settle: Callable[[], None]
) -> None:
    QTest.keyClicks(page.shown.box, "Belt")
    settle()
    desk.sign(team.sato)
    settle()
    assert page.nobody.isVisible()
    page.nobody.list.set_current(tran.visit)
    QTest.keyClick(page.nobody.list, Qt.Key.Key_Return)
    settle()
    assert page.header.chip.text() == "with R. Okafor · 24 min"
    assert (page.note.box.value, page.shown.box.value) == ("", "")
    page.note.box.setFocus()
    QTest.keyClicks(page.note.box, "hers")
    settle()
    desk.sign(team.okafor)
    settle()
    assert page.header.chip.text() == "with you · 24 min"
    assert (page.note.box.value, page.shown.box.value) == (SAID, "Belt")
