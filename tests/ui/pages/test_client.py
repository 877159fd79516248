"""One client's page: read, changed where it stands, undone, told on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from clientele.services.notes import KeepNote, keep_note
from clientele.services.preferences import AddPreference, AddSize, add_preference, add_size
from clientele.store.queries.client import ClientPage as Facts
from clientele.store.queries.client import client_page
from clientele.store.queries.story import PAGE, story
from clientele.store.queries.team import draft
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.models.rows import ROW_ROLE
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.client_cards.sizes import FIRST
from tests.ui.conftest import Team
from tests.ui.pages import marsh

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def nell(store: Store, team: Team, clock: FixedClock) -> int:
    return marsh.eleanor(store, team.okafor, clock.now())


@pytest.fixture
def page(desk: Desk, nell: int, window: MainWindow, qtbot: QtBot) -> ClientPage:
    made = ClientPage(desk)
    window.add_page(made, actions.CLIENTS)
    made.show_client(nell)
    window.show_page(made)
    qtbot.waitUntil(desk.idle)
    return made


class Book:
    """Looks into the book once everything is written."""

    def __init__(self, store: Store, desk: Desk, clock: FixedClock, qtbot: QtBot) -> None:
        self._store, self._desk, self._clock, self._qtbot = store, desk, clock, qtbot

    def settle(self) -> None:
        for _ in range(4):
            assert self._desk.flush()
            QCoreApplication.processEvents()
            self._qtbot.waitUntil(self._desk.idle)

    def facts(self, key: int) -> Facts:
        self.settle()
        with self._store.read() as session:
            found = client_page(session, key, now=self._clock.now())
        assert found is not None
        return found


@pytest.fixture
def book(store: Store, desk: Desk, clock: FixedClock, qtbot: QtBot) -> Book:
    return Book(store, desk, clock, qtbot)


def retype(field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def stories(page: ClientPage) -> list[str]:
    model = page.story.model
    return [model.index(at).data(ROW_ROLE).title for at in range(model.rowCount())]


def test_it_says_who_this_is(page: ClientPage) -> None:
    header = page.header
    assert header.name.text() == "Eleanor Marsh"
    assert header.points.text() == "020 555 0118 · nell.marsh@example.com"
    assert header.past.text() == "· last in 12 Sep · 6 visits, 5 departments · €1,847"
    chips = {channel: chip.text() for channel, chip in header.consents.chips.items()}
    assert chips == {"call": "call", "email": "e-mail", "text": "no message"}
    assert page.say_first.words.text().startswith("“How did the Italy trip go?")
    assert page.say_first.source.text() == "from your note of 12 Sep"
    assert [line.values()["value"] for line in page.sizes.lines.lines()] == [
        "UK 12", "7 B", "7½ B", "UK 12", "14",
    ]  # fmt: skip
    assert [line.values()["name"] for line in page.household.lines.lines()] == ["Robert", "Ines"]
    assert page.across.not_yet.text() == "Not yet: Coats, Jewellery."
    assert [row.after_title for row in page.open.list.rows()] == [
        "Promise: size 7 loafer from downtown",
        "Follow-up: Robert's birthday gift ideas",
    ]
    assert stories(page)[:3] == ["Promised", "E-mail sent", "Purchase · 2 departments, one ticket"]


def test_a_size_is_changed_where_it_stands_and_undone(
    page: ClientPage, nell: int, book: Book, desk: Desk
) -> None:
    line = page.sizes.lines.lines()[0]
    retype(line.fields["value"], "UK 14")  # type: ignore[arg-type]
    assert book.facts(nell).sizes[0].value == "UK 14"
    assert line.fields["value"].hasFocus()
    desk.undo()
    assert book.facts(nell).sizes[0].value == "UK 12"


def test_a_new_size_is_a_row_from_its_first_letter(
    page: ClientPage, nell: int, book: Book, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.sizes.add_button, LEFT)
    line = page.sizes.lines.lines()[-1]
    QTest.keyClicks(line.fields["category"], "Ring")
    assert "Ring" in {size.category for size in book.facts(nell).sizes}
    qtbot.waitUntil(lambda: line.key is not None)
    line.fields["value"].setFocus()
    QTest.keyClicks(line.fields["value"], "6")
    ring = next(size for size in book.facts(nell).sizes if size.category == "Ring")
    assert ring.value == "6"
    assert line in page.sizes.lines.lines()
    assert line.fields["value"].hasFocus()


def test_a_size_left_empty_is_removed_with_one_undo(
    page: ClientPage, nell: int, book: Book, desk: Desk, qtbot: QtBot
) -> None:
    line = page.sizes.lines.lines()[0]
    said: list[str] = []
    desk.said.connect(lambda words, undo: said.append(words))
    away = line.findChildren(type(page.sizes.add_button))[0]
    line.fields["category"].setFocus()
    qtbot.waitUntil(away.isVisible)
    QTest.mouseClick(away, LEFT)
    assert "Coat" not in {size.category for size in book.facts(nell).sizes}
    assert said == ["Size removed"]
    desk.undo()
    coat = book.facts(nell).sizes[0]
    assert (coat.category, coat.value, coat.fit) == ("Coat", "UK 12", "sleeves −2 cm")


def test_an_empty_new_line_goes_when_it_is_left(page: ClientPage, qtbot: QtBot) -> None:
    before = len(page.sizes.lines.lines())
    QTest.mouseClick(page.sizes.add_button, LEFT)
    assert len(page.sizes.lines.lines()) == before + 1
    page.write_note()
    qtbot.waitUntil(lambda: len(page.sizes.lines.lines()) == before)


def test_likes_are_added_with_return_changed_and_removed(
    page: ClientPage, nell: int, book: Book, desk: Desk
) -> None:
    adder = page.preferences.adders["like"]  # type: ignore[index]
    QTest.keyClicks(adder, "emerald")
    QTest.keyClick(adder, Qt.Key.Key_Return)
    likes = book.facts(nell).likes
    assert likes[-1].what == "emerald"
    assert adder.text() == ""
    chip = page.preferences._chips[likes[-1].id]
    retype(chip.fields["what"], "green")  # type: ignore[arg-type]
    assert book.facts(nell).likes[-1].what == "green"
    chip.remove()
    assert "green" not in {like.what for like in book.facts(nell).likes}
    desk.undo()
    assert book.facts(nell).likes[-1].what == "green"


def test_esc_brings_back_what_stood_there(page: ClientPage, nell: int, book: Book) -> None:
    field = page.household.lines.lines()[0].fields["name"]
    retype(field, "Bob")  # type: ignore[arg-type]
    assert book.facts(nell).household[0].name == "Bob"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert book.facts(nell).household[0].name == "Robert"


def test_somebody_new_in_the_household_with_a_day(
    page: ClientPage, nell: int, book: Book, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.household.add_button, LEFT)
    line = page.household.lines.lines()[-1]
    QTest.keyClicks(line.fields["name"], "Tom")
    QTest.keyClicks(line.fields["relation"], "son")
    book.settle()
    qtbot.waitUntil(lambda: line.key is not None)
    line.more.click()  # type: ignore[attr-defined]
    day = line.days.lines()[0]  # type: ignore[attr-defined]
    QTest.keyClicks(day.fields["why"], "birthday")
    QTest.keyClicks(day.fields["day"], "3 Mar 2011")
    tom = book.facts(nell).household[-1]
    assert (tom.name, tom.relation) == ("Tom", "son")
    (birthday,) = tom.occasions
    assert (birthday.kind, birthday.title) == ("birthday", "")
    assert (birthday.when.month, birthday.when.day, birthday.when.year) == (3, 3, 2011)


def test_a_person_removed_comes_back_with_their_days(
    page: ClientPage, nell: int, book: Book, desk: Desk
) -> None:
    page.household.lines.lines()[0].remove()
    assert [one.name for one in book.facts(nell).household] == ["Ines"]
    desk.undo()
    robert = book.facts(nell).household[0]
    assert robert.name == "Robert"
    assert [day.kind for day in robert.occasions] == ["birthday"]


def test_details_are_opened_by_the_name_and_saved_as_typed(
    page: ClientPage, nell: int, book: Book, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.header.name, LEFT)
    assert page.details.isVisible()
    retype(page.details.words["family_name"], "Amiri")
    retype(page.details.words["say_it"], "ah-MEE-ree")
    retype(page.details.birthday, "27 Nov")
    retype(page.details.address["city"], "Utrecht")
    facts = book.facts(nell)
    assert facts.named.name == "Eleanor Amiri"
    assert facts.say_it == "ah-MEE-ree"
    assert facts.birthday is not None
    assert (facts.birthday.month, facts.birthday.day, facts.birthday.year) == (11, 27, None)
    assert facts.address[1] == "Utrecht"
    qtbot.waitUntil(lambda: page.header.name.text() == "Eleanor Amiri")
    assert page.details.address["city"].hasFocus()


def test_a_second_number_is_added_and_taken_away(
    page: ClientPage, nell: int, book: Book, desk: Desk, qtbot: QtBot
) -> None:
    page.edit_details()
    lines = page.details.points["phone"]  # type: ignore[index]
    line = lines.new_line()
    QTest.keyClicks(line.fields["value"], "06 1234 5678")
    values = [point.value for point in book.facts(nell).points]
    assert values == ["020 555 0118", "nell.marsh@example.com", "06 12345678"]
    qtbot.waitUntil(lambda: line.key is not None)
    field = line.fields["value"]
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert len(book.facts(nell).points) == 3
    page.write_note()
    qtbot.waitUntil(lambda: len(book.facts(nell).points) == 2)
    desk.undo()
    assert len(book.facts(nell).points) == 3


def test_one_click_changes_what_the_client_allows(
    page: ClientPage, nell: int, book: Book, qtbot: QtBot
) -> None:
    chip = page.header.consents.chips["text"]
    QTest.mouseClick(chip, LEFT)
    assert book.facts(nell).consents["text"] is True
    qtbot.waitUntil(lambda: chip.text() == "message")
    QTest.mouseClick(chip, LEFT)
    assert book.facts(nell).consents["text"] is False


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
    assert "L. Sato's since 2026" in [chip.text() for chip in page.header._line._widgets]  # type: ignore[attr-defined]
    with store.write() as session:
        session.execute(marsh.no_owner(nell, clock.now()))
    page.show_client(nell)
    book.settle()
    take = next(
        one
        for one in page.header._line._widgets
        if one.text().startswith("Nobody's yet")  # type: ignore[attr-defined]
    )
    QTest.mouseClick(take, LEFT)
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


def test_a_long_story_is_told_a_page_at_a_time(
    page: ClientPage, nell: int, store: Store, team: Team, clock: FixedClock, desk: Desk,
    qtbot: QtBot,
) -> None:  # fmt: skip
    with store.write() as session:
        for day in range(150):
            at = clock.now() - timedelta(days=day, hours=1)
            keep_note(session, KeepNote(nell, f"note {day}", team.okafor.id), now=at)
    page.show_client(nell)
    qtbot.waitUntil(desk.idle)
    assert PAGE <= page.story.model.count() < 100
    bar = page.story.list.verticalScrollBar()
    seen = 0
    while page.story.model.canFetchMore() and seen < 9:
        seen += 1
        bar.setValue(bar.maximum())
        qtbot.waitUntil(desk.idle)
    keys = [
        page.story.model.index(at).data(ROW_ROLE).key for at in range(page.story.model.rowCount())
    ]
    assert len(keys) == len(set(keys)) == 161
    desk.do(add_preference, AddPreference(nell, "like", "oak", team.okafor.id))
    clock.advance(timedelta(minutes=1))
    desk.do(keep_note, KeepNote(nell, "the newest", team.okafor.id))
    assert desk.flush()
    qtbot.waitUntil(lambda: page.story.model.count() == 162)
    assert page.story.model.rows()[0].after_title == "· the newest"


def test_typing_is_not_disturbed_by_what_others_write(
    page: ClientPage, nell: int, desk: Desk, book: Book, team: Team, qtbot: QtBot
) -> None:
    page.edit_details()
    field = page.details.words["preferred_name"]
    field.setFocus()
    field.selectAll()
    for letter in "Ellie":
        QTest.keyClicks(field, letter)
        desk.do(add_preference, AddPreference(nell, "like", f"x{letter}", team.sato.id))
        qtbot.waitUntil(desk.idle)
    assert field.value == "Ellie"
    assert field.hasFocus()
    assert book.facts(nell).named.preferred_name == "Ellie"
    assert len(book.facts(nell).likes) == 10


def test_the_buttons_of_what_is_open(
    page: ClientPage, nell: int, book: Book, window: MainWindow, qtbot: QtBot
) -> None:
    rows = page.open.list.rows()
    place = page.open.list.button_rect(rows[0].key, "ready").center()
    QTest.mouseClick(page.open.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    book.settle()
    qtbot.waitUntil(lambda: page.open.list.rows()[0].lead.text == "ready")  # type: ignore[union-attr]


def test_a_client_who_is_gone_says_so(page: ClientPage, desk: Desk, qtbot: QtBot) -> None:
    page.show_client(4711)
    qtbot.waitUntil(desk.idle)
    assert page.missing.isVisible()
    assert not page.columns.isVisible()
    assert page.missing.button is not None
    with qtbot.waitSignal(page.open_clients):
        QTest.mouseClick(page.missing.button, LEFT)


def test_every_field_and_button_has_a_name(page: ClientPage) -> None:
    page.edit_details()
    nameless = [widget for widget in page.findChildren(QLineEdit) if not widget.accessibleName()]
    assert nameless == []


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


def test_older_sizes_are_one_click_away(
    page: ClientPage, nell: int, desk: Desk, team: Team, book: Book, qtbot: QtBot
) -> None:
    for at in range(6):
        desk.do(add_size, AddSize(nell, f"Glove {at}", "7", team.okafor.id))
    book.settle()
    assert len(page.sizes.lines.lines()) == FIRST
    assert page.sizes.more.text() == "All 11 sizes"
    QTest.mouseClick(page.sizes.more, LEFT)
    assert len(page.sizes.lines.lines()) == 11
    assert not page.sizes.more.isVisible()


def test_a_new_line_is_brought_into_sight(
    page: ClientPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1366, 600)
    page.household.begin()
    line = page.household.lines.lines()[-1]

    def in_sight() -> bool:
        bottom = line.mapTo(page.viewport(), line.rect().bottomLeft()).y()
        return 0 < bottom <= page.viewport().height()

    qtbot.waitUntil(in_sight)


CARD = "4111 1111 1111 1111"


def everything(store: Store) -> str:
    """Every text of the book, for looking whether something is anywhere in it."""
    with store.read() as session:
        run = session.connection().exec_driver_sql
        tables = [
            row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table'").all()
        ]
        plain = [name for name in tables if not name.startswith(("client_words", "contact_tri"))]
        return " ".join(str(run(f"SELECT * FROM {name}").all()) for name in plain)


def test_a_card_number_typed_leaves_no_digits_behind(
    page: ClientPage, store: Store, desk: Desk, book: Book, qtbot: QtBot
) -> None:
    told: list[str] = []
    desk.refused.connect(told.append)
    note = page.story.note.field
    QTest.keyClicks(note, f"paid with {CARD}")
    like = next(iter(page.preferences._chips.values()))
    retype(like.fields["what"], CARD)  # type: ignore[arg-type]
    page.edit_details()
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
