"""The cards of the client page: lines that are typed into, undone, and left."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.client import Channel, ContactKind, Purpose
from clientele.services.clients import NewClient, new_client
from clientele.services.sizes import (
    AddSize,
    add_size,
)
from clientele.ui.desk import Desk
from clientele.ui.dialogs.consents import ConsentSheet
from clientele.ui.dialogs.passport import PassportSheet
from clientele.ui.forms import Forms
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.client_cards.sizes import FIRST
from tests.ui.at_work import sheet
from tests.ui.conftest import Team
from tests.ui.pages.one_client import CTRL, LEFT, Book, retype


@pytest.fixture
def somebody_else(desk: Desk, book: Book, team: Team) -> int:
    """A client of whom nothing is known yet."""
    made: list[int | None] = []
    who = NewClient(team.okafor.id, "Grace", "Holt")
    desk.do(new_client, who, then=lambda changes: made.append(changes.subject))
    book.settle()
    assert made[0] is not None
    return made[0]


@pytest.fixture
def page(client_shown: ClientPage) -> ClientPage:
    """Eleanor Marsh's page."""
    return client_shown


def test_a_size_is_changed_where_it_stands_and_undone(
    page: ClientPage, nell: int, book: Book, desk: Desk
) -> None:
    line = page.sizes.lines.lines()[0]
    retype(line.fields["value"], "UK 14")
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
    retype(chip.fields["what"], "green")
    assert book.facts(nell).likes[-1].what == "green"
    chip.remove()
    assert "green" not in {like.what for like in book.facts(nell).likes}
    desk.undo()
    assert book.facts(nell).likes[-1].what == "green"


def test_esc_brings_back_what_stood_there(page: ClientPage, nell: int, book: Book) -> None:
    field = page.household.lines.lines()[0].fields["name"]
    retype(field, "Bob")
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
    details = page.details
    assert details is not None
    assert details.isVisible()
    retype(details.words["family_name"], "Amiri")
    retype(details.words["say_it"], "ah-MEE-ree")
    retype(details.birthday, "27 Nov")
    city = details.addresses.new_line().fields["city"]
    retype(city, "Utrecht")
    facts = book.facts(nell)
    assert facts.named.name == "Eleanor Amiri"
    assert facts.say_it == "ah-MEE-ree"
    assert facts.birthday is not None
    assert (facts.birthday.month, facts.birthday.day, facts.birthday.year) == (11, 27, None)
    assert facts.address[1] == "Utrecht"
    qtbot.waitUntil(lambda: page.header.name.text() == "Eleanor Amiri")
    assert city.hasFocus()


def test_a_second_number_is_added_and_taken_away(
    page: ClientPage, nell: int, book: Book, desk: Desk, qtbot: QtBot
) -> None:
    page.edit_details()
    assert page.details is not None
    lines = page.details.points[ContactKind.PHONE]
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


def test_two_clicks_change_what_the_client_allows(
    page: ClientPage, nell: int, book: Book, qtbot: QtBot
) -> None:
    chip = page.header.consents.chips["text"]
    QTest.mouseClick(chip, LEFT)
    says = sheet(page, ConsentSheet).says
    news = says[Channel.TEXT, Purpose.NEWS]
    book.settle()
    QTest.mouseClick(says[Channel.TEXT, Purpose.SERVICE].button("yes"), LEFT)
    book.settle()
    QTest.mouseClick(news.button("yes"), LEFT)
    assert book.facts(nell).consents["text"] is True
    qtbot.waitUntil(lambda: chip.text() == "message")
    QTest.mouseClick(news.button("no"), LEFT)
    assert "text" not in book.facts(nell).consents
    assert book.facts(nell).no_news == {"text"}
    qtbot.waitUntil(lambda: chip.text() == "message: no news")


def test_the_next_client_stands_in_the_lines_of_the_last(
    page: ClientPage, nell: int, somebody_else: int, book: Book, desk: Desk, team: Team
) -> None:
    for category in ("Glove", "Ring"):
        desk.do(add_size, AddSize(somebody_else, category, "7", team.okafor.id))
    book.settle()
    before = page.sizes.lines.lines()
    page.show_client(somebody_else)
    book.settle()
    lines = page.sizes.lines.lines()
    assert {line.values()["category"] for line in lines} == {"Glove", "Ring"}
    assert any(line in before for line in lines)
    assert [line.isVisible() for line in before if line not in lines].count(True) == 0
    stops = [stop for line in lines for stop in line.can_be_used() if stop.isVisible()]
    for stop, following in pairwise(stops):
        at = stop.nextInFocusChain()
        while at is not None and at not in stops:
            at = at.nextInFocusChain()
        assert at is following
    hers = [size.value for size in book.facts(nell).sizes]
    retype(lines[0].fields["value"], "8")
    assert {size.value for size in book.facts(somebody_else).sizes} == {"7", "8"}
    assert [size.value for size in book.facts(nell).sizes] == hers
    page.show_client(nell)
    book.settle()
    assert [line.values()["value"] for line in page.sizes.lines.lines()] == hers[:FIRST]


def test_older_sizes_are_one_click_away(
    page: ClientPage, nell: int, desk: Desk, team: Team, book: Book, qtbot: QtBot
) -> None:
    for at in range(6):
        desk.do(add_size, AddSize(nell, f"Glove {at}", "7", team.okafor.id))
    book.settle()
    assert len(page.sizes.lines.lines()) == FIRST
    # Her eleven told sizes, and the blazer and trousers that she bought in 12 and kept.
    assert page.sizes.all_button.text() == "All 13"
    QTest.mouseClick(page.sizes.all_button, LEFT)
    book.settle()
    passport = sheet(page, PassportSheet)
    assert len(passport.list.rows()) == 13
    passport.close_sheet()


def test_the_passport_opens_by_its_key_and_beside_the_title(
    page: ClientPage, desk: Desk, window: MainWindow, book: Book
) -> None:
    Forms(desk, window)
    QTest.keyClick(window, Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    book.settle()
    passport = sheet(page, PassportSheet)
    assert passport.list.rows()[0].section == "Eleanor Marsh"
    QTest.keyClick(passport.list, Qt.Key.Key_Escape)
    assert not passport.isVisible()
    book.settle()
    QTest.mouseClick(page.sizes.all_button, LEFT)
    sheet(page, PassportSheet).close_sheet()


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
