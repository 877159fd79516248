"""One client's page: read, changed where it stands, undone, told on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clientele.services.preferences import AddPreference, add_preference
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.story import story
from clientele.store.queries.team import draft
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.models.promise_rows import STEP
from clientele.ui.pages.client import ClientPage
from tests.ui.conftest import Team
from tests.ui.pages import marsh
from tests.ui.pages.one_client import CTRL, LEFT, Book, retype, stories


@pytest.fixture
def page(client_shown: ClientPage) -> ClientPage:
    """Eleanor Marsh's page."""
    return client_shown


def test_it_says_who_this_is(page: ClientPage) -> None:
    header = page.header
    assert header.name.text() == "Eleanor Marsh"
    assert header.points.text() == "020 555 0118 · nell.marsh@example.com"
    assert header.past.text() == "last in 12 Sep · 6 visits, 5 departments · €1,847"
    chips = {channel: chip.text() for channel, chip in header.consents.chips.items()}
    assert chips == {"call": "call", "email": "e-mail", "text": "no message"}
    assert page.say_first.words.text().startswith("“How did the Italy trip go?")
    assert page.say_first.source.text() == "from your note of 12 Sep"
    assert [line.values()["value"] for line in page.sizes.lines.lines()] == [
        "UK 12", "7 B", "UK 12", "14",
    ]  # fmt: skip
    assert page.sizes.all_button.text() == "All 7"
    assert [line.values()["name"] for line in page.household.lines.lines()] == ["Robert", "Ines"]
    assert page.across.not_yet.text() == "Not yet: Coats, Jewellery."
    assert [row.after_title for row in page.open.list.rows()] == [
        "Promise: size 7 loafer from downtown",
        "Follow-up: Robert's birthday gift ideas",
    ]
    assert [title for title in stories(page) if not title.startswith(("May", "No "))][:3] == [
        "Promised", "E-mail sent", "Note",
    ]  # fmt: skip
    assert "Purchase · 2 departments, one ticket" in stories(page)


def test_a_note_is_kept_with_ctrl_return_and_stands_in_the_story(
    page: ClientPage, nell: int, book: Book, store: Store, desk: Desk, window: MainWindow,
    clock: FixedClock, qtbot: QtBot,
) -> None:  # fmt: skip
    visits: list[int] = []
    page.start_visit.connect(visits.append)
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    field = page.story.note.field
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "wedding 5 Dec")
    book.settle()
    with store.read() as session:
        assert draft(session, desk.me.id, f"note of client {nell}") == "wedding 5 Dec"
    clock.advance(timedelta(minutes=1))
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    book.settle()
    qtbot.waitUntil(lambda: field.value == "")
    assert visits == []
    with store.read() as session:
        assert draft(session, desk.me.id, f"note of client {nell}") == ""
        assert story(session, nell, limit=1)[0].words == "wedding 5 Dec"
    qtbot.waitUntil(lambda: stories(page)[0] == "Note")


def test_a_note_typed_and_not_kept_comes_back(
    page: ClientPage, nell: int, desk: Desk, book: Book, team: Team, clock: FixedClock,
    store: Store, qtbot: QtBot,
) -> None:  # fmt: skip
    other = marsh_colleague(store, team, clock)
    field = page.story.note.field
    QTest.keyClicks(field, "half a thou")
    page.show_client(other)
    book.settle()
    assert field.value == ""
    page.show_client(nell)
    qtbot.waitUntil(lambda: field.value == "half a thou")
    desk.sign(team.sato)
    qtbot.waitUntil(lambda: field.value == "")
    desk.sign(team.okafor)
    qtbot.waitUntil(lambda: field.value == "half a thou")


def marsh_colleague(store: Store, team: Team, clock: FixedClock) -> int:
    from clientele.services.clients import NewClient, new_client

    with store.write() as session:
        who = NewClient(team.sato.id, "Ada", "Amiri")
        return new_client(session, who, now=clock.now()).subject or 0


def test_another_owner_and_nobody_yet(
    page: ClientPage, nell: int, store: Store, team: Team, clock: FixedClock, book: Book,
    qtbot: QtBot,
) -> None:  # fmt: skip
    with store.write() as session:
        marsh.give_to(session, nell, team.sato.id, clock.now())
    page.show_client(nell)
    book.settle()
    assert page.header.owner.text() == "L. Sato's since 2026"
    with store.write() as session:
        session.execute(marsh.no_owner(nell, clock.now()))
    page.show_client(nell)
    book.settle()
    assert page.header.take.text().startswith("Nobody's yet")
    QTest.mouseClick(page.header.take, LEFT)
    owner = book.facts(nell).owner
    assert owner is not None
    assert owner.associate_id == team.okafor.id


def test_the_keys_of_the_page(
    page: ClientPage, nell: int, window: MainWindow, qtbot: QtBot
) -> None:
    page.story.list.setFocus()
    with qtbot.waitSignal(page.open_brief) as told:
        QTest.keyClick(window, Qt.Key.Key_B, CTRL)
    assert told.args == [nell]
    with qtbot.waitSignal(page.start_visit) as told:
        QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert told.args == [nell]


def test_parts_of_the_story(page: ClientPage, desk: Desk, qtbot: QtBot) -> None:
    for part, titles in (("notes", ["Note", "Note"]), ("contact", ["E-mail sent", "Called"])):
        QTest.mouseClick(page.story.parts._buttons[part], LEFT)
        qtbot.waitUntil(desk.idle)
        assert stories(page) == titles


def test_typing_is_not_disturbed_by_what_others_write(
    page: ClientPage, nell: int, desk: Desk, book: Book, team: Team, qtbot: QtBot
) -> None:
    page.edit_details()
    assert page.details is not None
    field = page.details.words["preferred_name"]
    field.setFocus()
    field.selectAll()
    for letter in "Ellie":
        QTest.keyClicks(field, letter)
        desk.do(add_preference, AddPreference(nell, "like", f"x{letter}", desk.me.id))
        qtbot.waitUntil(desk.idle)
    assert field.value == "Ellie"
    assert field.hasFocus()
    assert book.facts(nell).named.preferred_name == "Ellie"
    assert len(book.facts(nell).likes) == 8  # xE, xl and xi: nothing is kept twice


def test_the_buttons_of_what_is_open(
    page: ClientPage, nell: int, book: Book, window: MainWindow, qtbot: QtBot
) -> None:
    rows = page.open.list.rows()
    place = page.open.list.button_rect(rows[0].key, STEP).center()
    QTest.mouseClick(page.open.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    book.settle()
    qtbot.waitUntil(lambda: page.open.list.rows()[0].actions[0].label == "On its way")


def test_a_client_who_is_gone_says_so(page: ClientPage, desk: Desk, qtbot: QtBot) -> None:
    page.show_client(4711)
    qtbot.waitUntil(desk.idle)
    assert page.missing.isVisible()
    assert not page.columns.isVisible()
    assert page.missing.button is not None
    with qtbot.waitSignal(page.open_clients):
        QTest.mouseClick(page.missing.button, LEFT)


def test_everything_the_keyboard_reaches_has_a_name(page: ClientPage, qtbot: QtBot) -> None:
    page.edit_details()
    page.sizes.begin()
    page.household.begin()
    reached = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisibleTo(page) and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert len(reached) > 60
    nameless = [
        widget for widget in reached if not widget.accessibleName() and widget.objectName() == ""
    ]
    assert nameless == []


def test_the_keyboard_is_in_the_story_at_once(page: ClientPage) -> None:
    page.take_keyboard()
    assert page.story.list.hasFocus()
    first = page.story.list.current_key()
    QTest.keyClick(page.story.list, Qt.Key.Key_J)
    assert page.story.list.current_key() != first


def test_narrow_puts_what_is_open_over_the_story(
    page: ClientPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert page._right.indexOf(page.across) >= 0
    window.resize(1024, 768)
    qtbot.waitUntil(lambda: page._left.indexOf(page.across) >= 0)
    assert (
        page.open.mapTo(page, page.open.rect().topLeft()).y()
        < page.story.mapTo(page, page.story.rect().topLeft()).y()
    )
    inner = page.widget()
    assert inner is not None
    assert inner.width() <= page.viewport().width()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: page._right.indexOf(page.across) >= 0)


def test_a_window_widened_while_locked_is_wide_when_it_is_seen_again(
    page: ClientPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1024, 768)
    qtbot.waitUntil(lambda: page._left.indexOf(page.across) >= 0)
    page.parentWidget().setVisible(False)  # type: ignore[union-attr]
    window.resize(1366, 768)
    page.parentWidget().setVisible(True)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: page._right.indexOf(page.across) >= 0)


def test_at_twice_the_size_what_is_said_first_stands_first(
    page: ClientPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.theme.switch(text_scale=2.0)
    window.resize(1366, 769)
    qtbot.waitUntil(lambda: page._right.indexOf(page.say_first) == 0)
    header = page.header
    assert header.name.width() >= header.name.sizeHint().width()
    below = header.name.mapTo(header, header.name.rect().bottomLeft()).y()
    assert header.visit_button.mapTo(header, header.visit_button.rect().topLeft()).y() > below
    inner = page.widget()
    assert inner is not None
    assert inner.width() <= page.viewport().width()


CARD = "4111 1111 1111 1111"


def everything(store: Store) -> str:
    """Every text of the book, for looking whether something is anywhere in it."""
    with store.read() as session:
        run = session.connection().exec_driver_sql
        tables = [
            row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table'").all()
        ]
        indexes = ("client_words", "client_reach", "client_known")  # bytes, asked for below
        plain = [name for name in tables if not name.startswith(indexes)]
        found = run("SELECT '4111' FROM client_known WHERE client_known MATCH '4111*'").all()
        return " ".join([*(str(run(f"SELECT * FROM {name}").all()) for name in plain), str(found)])


def test_a_card_number_typed_leaves_no_digits_behind(
    page: ClientPage, store: Store, desk: Desk, book: Book, qtbot: QtBot
) -> None:
    told: list[str] = []
    desk.refused.connect(told.append)
    note = page.story.note.field
    QTest.keyClicks(note, f"paid with {CARD}")
    like = next(iter(page.preferences._chips.values()))
    retype(like.fields["what"], CARD)
    page.edit_details()
    assert page.details is not None
    retype(page.details.words["say_it"], CARD)
    book.settle()
    assert "4111" not in everything(store)
    assert "•••• 1111" in everything(store)
    assert len(told) == 3
    assert "card number" in told[0]
    assert note.value == f"paid with {CARD}"
    assert page.details.words["say_it"].property("wrong")
    page.details.words["say_it"].clear()
    QTest.keyClicks(page.details.words["say_it"], "nell")
    assert not page.details.words["say_it"].property("wrong")


def test_who_is_in_the_store_is_gone_on_with(
    page: ClientPage, nell: int, desk: Desk, team: Team, qtbot: QtBot
) -> None:
    assert page.header.visit_button.text() == "Start visit"
    desk.do(start_visit, StartVisit(nell, team.okafor.id, 1))
    qtbot.waitUntil(lambda: page.header.visit_button.text() == "Go on with visit")
    qtbot.waitUntil(lambda: "In the store now" in stories(page))
    with qtbot.waitSignal(page.open_visit):
        at = stories(page).index("In the store now")
        page.story.list.opened.emit(page.story.model.rows()[at].key)


def test_in_large_text_the_line_below_the_buttons_is_free_of_them(
    page: ClientPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.theme.switch(text_scale=1.5)
    window.resize(1024, 768)
    header = page.header
    start, line = header.visit_button, header.points

    def free() -> bool:
        below = start.mapTo(header, start.rect().bottomLeft()).y()
        return below < line.mapTo(header, line.rect().topLeft()).y()

    qtbot.waitUntil(free)
    assert header.write_button.y() + header._buttons.y() > header.name.geometry().bottom()


def test_with_all_columns_folded_cards_stand_by_what_matters_first(
    page: ClientPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    first = (page.say_first, page.open, page.wishes, page.story, page.sizes)
    cards = (*first, page.preferences, page.household, page.across)

    def places() -> list[int]:
        return [card.mapTo(page, card.rect().topLeft()).y() for card in cards]

    def in_order() -> bool:
        return places() == sorted(set(places()))

    window.resize(1024, 768)
    qtbot.waitUntil(lambda: page._left.indexOf(page.wishes) >= 0)
    desk.theme.switch(text_scale=1.5)
    qtbot.waitUntil(in_order)
    desk.theme.switch(text_scale=1.0)
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: page._right.indexOf(page.across) >= 0)
    assert page._left.indexOf(page.say_first) == 0
    assert page._right.indexOf(page.wishes) >= 0
    desk.theme.switch(text_scale=2.0)
    qtbot.waitUntil(in_order)
    desk.theme.switch(text_scale=1.0)
    qtbot.waitUntil(lambda: page._right.indexOf(page.across) >= 0)
    assert page._left.indexOf(page.say_first) == 0


def test_a_text_size_changed_elsewhere_leaves_the_cards_in_their_columns(
    page: ClientPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.theme.switch(text_scale=2.0)
    qtbot.waitUntil(lambda: page._right.indexOf(page.say_first) == 0)
    page.hide()
    desk.theme.switch(text_scale=1.0)
    page.show()
    qtbot.waitUntil(lambda: page._left.indexOf(page.say_first) == 0)
    assert page._right.indexOf(page.across) >= 0


def test_it_is_painted_once_all_of_it_is_there(page: ClientPage, nell: int, qtbot: QtBot) -> None:
    assert page.updatesEnabled()
    page.show_client(nell + 1)
    assert not page.updatesEnabled()
    qtbot.waitUntil(page.desk.idle)
    assert page.updatesEnabled()
