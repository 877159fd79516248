"""The story on a client's page: without an end, filtered, searched, opened, and never a jump."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from clientele.domain.tables import Client, MadeRight, MadeRightStep, Note, Purchase, PurchaseLine
from clientele.services.notes import KeepNote, keep_note
from clientele.services.rows import new_id
from clientele.store.queries.story import StoryEntry, story
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.story_entry import StoryEntrySheet
from clientele.ui.main_window import MainWindow
from clientele.ui.models.story import MOST
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.client_cards.story_filter import MenuButton
from clientele.ui.widgets.story_list import StoryList
from tests.ui.conftest import Team
from tests.ui.pages.one_client import CTRL, LEFT, Book, stories

ZONE = ZoneInfo("Europe/Amsterdam")
MANY = 2_000


@pytest.fixture
def page(client_shown: ClientPage) -> ClientPage:
    """Eleanor Marsh's page."""
    return client_shown


@pytest.fixture
def long_one(
    page: ClientPage, nell: int, store: Store, team: Team, clock: FixedClock, book: Book
) -> ClientPage:
    """The same with two thousand notes of twenty years, one every 3.6 days."""
    rows = [
        {
            "client_id": nell, "associate_id": team.okafor.id, "visit_id": None,
            "department_id": 1 + at % 2, "body": f"note {at}" + " and more to say" * (at % 7),
            "say_first": False, "sensitive": False, "import_batch_id": None,
            "written_at": clock.now() - timedelta(days=3.6 * at, minutes=30),
        }
        for at in range(MANY)
    ]  # fmt: skip
    with store.write() as session:
        session.execute(insert(Note), rows)
    page.show_client(nell)
    book.settle()
    return page


def keys(page: ClientPage) -> list[object]:
    return [row.key for row in page.story.model.rows()]


def whole(store: Store, nell: int, **asked: object) -> list[object]:
    with store.read() as session:
        told = story(session, nell, limit=10**6, **asked)  # type: ignore[arg-type]
    return [(entry.kind, entry.id) for entry in told]


def at_top(rows: StoryList) -> tuple[object, int]:
    """What is read: the key of the row at the top, and how far it is scrolled."""
    top = rows.indexAt(QPoint(1, 1))
    return rows.rows()[top.row()].key, rows.visualRect(top).top()


def assert_next_to_each_other(page: ClientPage, everything: list[object]) -> None:
    told = keys(page)
    at = everything.index(told[0])
    assert told == everything[at : at + len(told)]


def test_down_to_the_oldest_and_up_again(
    long_one: ClientPage, nell: int, store: Store, book: Book
) -> None:
    everything = whole(store, nell)
    bar = long_one.story.list.verticalScrollBar()
    seen = set(keys(long_one))
    for _ in range(200):
        if not long_one.story.model.older:
            break
        bar.setValue(bar.maximum())
        before = at_top(long_one.story.list)
        book.settle()
        assert at_top(long_one.story.list) == before, "what is read stays where it is"
        assert_next_to_each_other(long_one, everything)
        assert long_one.story.model.count() <= MOST
        seen.update(keys(long_one))
    assert seen == set(everything)
    assert keys(long_one)[-1] == everything[-1]
    for _ in range(200):
        if not long_one.story.model.newer:
            break
        bar.setValue(0)
        before = at_top(long_one.story.list)
        book.settle()
        assert at_top(long_one.story.list) == before
        assert_next_to_each_other(long_one, everything)
    assert keys(long_one)[0] == everything[0]


def test_what_comes_to_it_moves_nothing_that_is_read(
    long_one: ClientPage, nell: int, desk: Desk, team: Team, clock: FixedClock, book: Book
) -> None:
    rows = long_one.story.list
    rows.setFocus()
    for _ in range(30):
        QTest.keyClick(rows, Qt.Key.Key_J)
        book.settle()
    current, before = rows.current_key(), at_top(rows)
    assert rows.verticalScrollBar().value() > 0
    clock.advance(timedelta(minutes=1))
    desk.do(keep_note, KeepNote(nell, "the newest", team.okafor.id))
    book.settle()
    assert long_one.story.model.rows()[0].after_title == "· the newest"
    assert (rows.current_key(), at_top(rows)) == (current, before)
    rows.scrollToTop()
    clock.advance(timedelta(minutes=1))
    desk.do(keep_note, KeepNote(nell, "newer still", team.okafor.id))
    book.settle()
    assert rows.rows()[rows.top_row()].after_title == "· newer still", (
        "who reads the newest sees it"
    )
    assert rows.current_key() == current
    desk.undo()
    book.settle()
    assert rows.rows()[0].after_title == "· the newest", "what is undone is told no more"
    assert rows.current_key() == current


def test_a_year_is_gone_to_exactly(
    long_one: ClientPage, nell: int, store: Store, book: Book, desk: Desk, team: Team,
    clock: FixedClock,
) -> None:  # fmt: skip
    card = long_one.story
    menu = {action.text(): action for action in card.filter.year.popup.actions()}
    assert next(iter(menu)) == "2026"
    first: StoryEntry | None = None
    for year in (2012, 2019):
        menu[str(year)].trigger()
        book.settle()
        with store.read() as session:
            entries = story(session, nell, limit=10**6)
        first = next(one for one in entries if one.at.astimezone(ZONE).year == year)
        assert at_top(card.list) == ((first.kind, first.id), 0)
        assert card.list.current_key() == (first.kind, first.id)
        assert card.filter.year.text() == f"{year} ▾"
        assert_next_to_each_other(long_one, whole(store, nell))
    assert first is not None
    told = keys(long_one)
    clock.advance(timedelta(minutes=1))
    desk.do(keep_note, KeepNote(nell, "the newest", team.okafor.id))
    book.settle()
    assert keys(long_one)[: len(told)] == told, "all of the same part of the story"
    assert at_top(card.list) == ((first.kind, first.id), 0)
    assert card.list.current_key() == (first.kind, first.id)


def test_home_and_end_are_the_newest_and_the_oldest_of_all(
    long_one: ClientPage, nell: int, store: Store, book: Book
) -> None:
    rows, everything = long_one.story.list, whole(store, nell)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_End)
    book.settle()
    assert rows.current_key() == everything[-1]
    assert rows.verticalScrollBar().value() == rows.verticalScrollBar().maximum()
    for _ in range(130):  # over the borders of pages
        QTest.keyClick(rows, Qt.Key.Key_K)
        book.settle()
    assert rows.current_key() == everything[-131]
    QTest.keyClick(rows, Qt.Key.Key_Home)
    book.settle()
    assert rows.current_key() == everything[0]
    assert rows.verticalScrollBar().value() == 0


def test_j_goes_on_over_the_border_of_a_page(
    long_one: ClientPage, nell: int, store: Store, book: Book
) -> None:
    rows, everything = long_one.story.list, whole(store, nell)
    rows.setFocus()
    for _ in range(400):
        QTest.keyClick(rows, Qt.Key.Key_J)
    book.settle()
    at = everything.index(rows.current_key())
    assert at >= 59
    rows.set_current(keys(long_one)[-1])  # type: ignore[arg-type]
    last = rows.current_key()
    QTest.keyClick(rows, Qt.Key.Key_J)
    book.settle()
    assert rows.current_key() == everything[everything.index(last) + 1]


def press(page: ClientPage, part: str) -> None:
    QTest.mouseClick(page.story.parts._buttons[part], LEFT)


def choose(button: MenuButton, book: Book) -> dict[str, QAction]:
    """Open a list and answer what can be chosen in it."""
    QTest.mouseClick(button, LEFT)
    book.settle()
    assert button.popup.isVisible()
    button.popup.hide()
    return {action.text(): action for action in button.popup.actions()}


def test_kinds_and_departments_are_chosen_together(
    page: ClientPage, book: Book, store: Store, nell: int
) -> None:
    everything = stories(page)
    card = page.story
    assert card.list.isVisible()
    press(page, "purchases")
    book.settle()
    assert len(stories(page)) == 6
    choose(card.filter.department, book)["Handbags"].trigger()
    book.settle()
    assert len(stories(page)) == 2
    assert card.filter.department.text() == "Handbags ▾"
    press(page, "notes")
    book.settle()
    assert stories(page) == []
    assert card.nothing.sentence.text() == "Nothing of that kind."
    assert card.nothing.button is not None
    card.nothing.button.setFocus()
    QTest.keyClick(card.nothing.button, Qt.Key.Key_Return)
    book.settle()
    assert stories(page) == everything
    assert card.parts.value == "all"
    assert card.list.hasFocus(), "the keyboard stays in the story"
    others = choose(card.filter.more, book)
    assert set(others) == {"Book and consent"}, "only what there is"
    others["Book and consent"].trigger()
    book.settle()
    assert stories(page) == ["No messages", "May be e-mailed", "May be called", "Became yours"]
    assert (card.parts.value, card.filter.more.text()) == ("", "Book and consent ▾")


def test_words_are_found_and_marked_and_esc_ends_it(
    page: ClientPage, book: Book, window: MainWindow, nell: int, desk: Desk, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    desk.do(keep_note, KeepNote(nell, "coat for Mr Müller", team.okafor.id))
    book.settle()
    everything = stories(page)
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    field = page.story.filter.field
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "muller COAT")
    qtbot.waitUntil(lambda: stories(page) == ["Note"])
    (row,) = page.story.model.rows()
    assert row.marked == ("muller", "coat")
    QTest.keyClicks(field, "zzz")
    qtbot.waitUntil(page.story.nothing.isVisible)
    assert page.story.nothing.sentence.text() == "Nothing says “muller COATzzz”."
    QTest.keyClick(field, Qt.Key.Key_Escape)
    book.settle()
    assert stories(page) == everything
    assert not field.isVisible()
    assert page.story.list.hasFocus()


def opened(page: ClientPage, book: Book, title: str) -> StoryEntrySheet:
    row = next(one for one in page.story.model.rows() if one.title == title)
    page.story.list.set_current(row.key)
    page.story.list.setFocus()
    QTest.keyClick(page.story.list, Qt.Key.Key_Return)
    book.settle()
    (sheet,) = page.window().findChildren(StoryEntrySheet)
    assert sheet.isVisible()
    return sheet


def test_a_ticket_opens_whole(page: ClientPage, book: Book) -> None:
    sheet = opened(page, book, "Purchase · 2 departments, one ticket")
    rows = {row.title: row for row in sheet.rows.rows()}
    assert rows["Linen blazer, camel, 12"].trailing == "€286.00"
    assert rows["Total"].trailing == "€486.00"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    book.settle()
    assert page.story.list.hasFocus()


def test_what_was_brought_back_and_made_right_is_told_in_words(
    page: ClientPage, book: Book, store: Store, nell: int, team: Team, clock: FixedClock,
    qtbot: QtBot,
) -> None:  # fmt: skip
    now = clock.now()
    with store.write() as session:
        ticket = new_id(
            session,
            Purchase(
                client_id=nell, sold_at=now, sold_on=now.date(), currency="EUR", total=-20_000,
                associate_id=team.okafor.id,
            ),
        )  # fmt: skip
        new_id(
            session,
            PurchaseLine(purchase_id=ticket, department_id=1, item="Loafer", amount=-20_000),
        )
        right = new_id(
            session,
            MadeRight(
                client_id=nell, associate_id=team.sato.id, goods="boots", state="solved",
                problem="heel tip came off", opened_at=now,
            ),
        )  # fmt: skip
        for what, word in (("repaired", "repaired free"), ("solved", "she wrote to thank us")):
            new_id(session, MadeRightStep(made_right_id=right, what=what, word=word, at=now))
    page.show_client(nell)
    book.settle()
    rows = {row.title: row for row in page.story.model.rows()}
    assert (rows["Brought back"].body, rows["Brought back"].trailing) == ("Loafer", "-€200.00")
    told = rows["Made right"]
    assert told.after_title == "· boots: heel tip came off, repaired free"
    assert told.sub == "21 Nov · L. Sato · she wrote to thank us"
    sheet = opened(page, book, "Made right")
    assert [row.title for row in sheet.rows.rows()] == ["Repaired", "Solved, says the client"]
    assert "heel tip came off" in [one.text() for one in sheet.findChildren(QLabel)]
    with qtbot.waitSignal(page.open_made_right) as way:
        QTest.mouseClick(sheet.way, LEFT)
    assert way.args == [right]


def test_an_empty_story_says_what_will_stand_there(
    page: ClientPage, store: Store, book: Book
) -> None:
    now = datetime(2026, 11, 20, tzinfo=ZONE)
    with store.write() as session:
        nobody = new_id(session, Client(given_name="Ada", created_at=now, updated_at=now))
    page.show_client(nobody)
    book.settle()
    card = page.story
    assert card.nothing.isVisible()
    assert not card.list.isVisible()
    assert card.nothing.sentence.text().startswith("Visits, purchases")
    assert card.nothing.button is not None
    assert not card.nothing.button.isVisible()
    assert not card.filter.year.isVisible()


def test_the_page_fits_and_the_story_scrolls(
    long_one: ClientPage, window: MainWindow, qtbot: QtBot
) -> None:
    for width in (1366, 1024):
        window.resize(width, 768)
        qtbot.waitUntil(lambda: long_one.verticalScrollBar().maximum() == 0)
        card = long_one.story
        bottom = card.mapTo(long_one, card.rect().bottomLeft()).y()
        assert bottom <= long_one.viewport().height()
        assert card.list.height() > 180


def test_a_long_story_keeps_room_for_its_bar_and_a_short_one_does_not(
    long_one: ClientPage, store: Store, team: Team, book: Book
) -> None:
    rows = long_one.story.list
    assert rows.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    now = datetime(2026, 11, 20, tzinfo=ZONE)
    with store.write() as session:
        other = new_id(session, Client(given_name="Ada", created_at=now, updated_at=now))
    with store.write() as session:
        keep_note(session, KeepNote(other, "likes red", team.okafor.id), now=now)
    long_one.show_client(other)
    book.settle()
    assert rows.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
