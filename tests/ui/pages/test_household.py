"""Is a household seen from both sides, and what was given kept with whom it was for?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import Client, Gift
from clientele.services.clients import NewClient, new_client
from clientele.services.household import AddOccasion, add_occasion
from clientele.services.household_links import LinkMember, link_member
from clientele.store.queries.household import other_sides
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.gift import GiftSheet
from clientele.ui.dialogs.household import HouseholdSheet
from clientele.ui.dialogs.link_member import LinkMemberSheet
from clientele.ui.dialogs.story_entry import StoryEntrySheet
from clientele.ui.forms import Forms
from clientele.ui.main_window import MainWindow
from clientele.ui.models.household_rows import MEMBER
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.client_cards.household import MemberLine
from clientele.ui.pages.client_cards.occasions import OccasionLine
from tests.ui.at_work import settle, sheet
from tests.ui.pages.one_client import CTRL, LEFT, Book


@pytest.fixture
def page(client_shown: ClientPage) -> ClientPage:
    """Eleanor Marsh's page."""
    return client_shown


@pytest.fixture
def bob(store: Store, desk: Desk, nell: int) -> int:
    """Robert as a client of his own."""
    with store.write() as session:
        made = new_client(
            session,
            NewClient(desk.me.id, "Robert", "Marsh", birthday=PartialDate(11, 23, 1968)),
            now=desk.now(),
        )
    assert made.subject is not None
    return made.subject


def first(page: ClientPage) -> MemberLine:
    line = page.household.lines.lines()[0]
    assert isinstance(line, MemberLine)
    return line


def gifts(store: Store) -> list[tuple[str, int | None, str]]:
    with store.read() as session:
        return [(row.what, row.household_member_id, row.liked) for row in session.query(Gift)]


def test_somebody_is_linked_and_seen_from_the_other_side(
    page: ClientPage, nell: int, bob: int, book: Book, desk: Desk, qtbot: QtBot
) -> None:
    line = first(page)
    line.fields["name"].setFocus()
    qtbot.waitUntil(line.is_client.isVisible)
    QTest.mouseClick(line.is_client, LEFT)
    form = sheet(page.window(), LinkMemberSheet)
    form.picker.pick(bob)
    settle(desk, qtbot)
    wife = next(
        button
        for button in form.offered.findChildren(type(line.is_client))
        if button.text() == "wife"
    )
    QTest.mouseClick(wife, LEFT)
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    book.settle()
    row = book.facts(nell).household[0]
    assert (row.linked_client_id, row.back_relation) == (bob, "wife")
    assert "Robert's own page: birthday 23 Nov 1968, turns 58" in first(page).theirs.text()
    opened: list[int] = []
    page.open_client.connect(opened.append)
    qtbot.waitUntil(first(page).client.isVisible)
    QTest.mouseClick(first(page).client, LEFT)
    assert opened == [bob]
    page.show_client(bob)
    book.settle()
    (other,) = page.household.others.rows()
    assert (other.title, other.aside) == ("Eleanor Marsh", "wife")
    assert "as husband" in other.sub
    assert page.household.nothing.isHidden()
    page.household.others.opened.emit(other.key)
    assert opened == [bob, nell]
    desk.undo()
    book.settle()
    assert book.facts(nell).household[0].linked is None


def test_a_client_is_made_out_of_somebody_in_the_form(
    page: ClientPage, nell: int, book: Book, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.household.show_all()
    whole = sheet(page.window(), HouseholdSheet)
    settle(desk, qtbot)
    robert = book.facts(nell).household[0].id
    whole.list.set_current((MEMBER, robert))
    whole.list.setFocus()
    QTest.keyClick(whole.list, Qt.Key.Key_L)
    form = sheet(page.window(), LinkMemberSheet)
    QTest.mouseClick(form.way._buttons["new"], LEFT)
    assert (form.given.value, form.family.value) == ("Robert", "Marsh")
    QTest.mouseClick(form.act, LEFT)
    book.settle()
    row = book.facts(nell).household[0]
    assert row.linked is not None
    assert row.linked.named.name == "Robert Marsh"
    desk.undo()
    book.settle()
    assert book.facts(nell).household[0].linked is None
    with store.read() as session:
        assert session.query(Client).filter_by(given_name="Robert").count() == 0


def test_a_gift_is_written_down_and_the_same_again_is_said(
    page: ClientPage, nell: int, book: Book, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    robert = book.facts(nell).household[0].id
    for text in ("tweed waistcoat", "waistcoat, Tweed"):
        form = GiftSheet(desk, page, client_id=nell, member_id=robert)
        form.open_sheet()
        settle(desk, qtbot)
        assert form.what.hasFocus()
        QTest.keyClicks(form.what, text)
        QTest.keyClicks(form.given, "24 Dec")
        QTest.keyClicks(form.liked, "loved it")
        assert form.warning.isVisible() == (text != "tweed waistcoat")
        QTest.keyClick(form.liked, Qt.Key.Key_Return)
        book.settle()
    assert gifts(store) == [
        ("tweed waistcoat", robert, "loved it"),
        ("waistcoat, Tweed", robert, "loved it"),
    ]
    assert "24 Dec 2025: waistcoat, Tweed, loved it" in first(page).given.text()
    desk.undo()
    book.settle()
    assert len(gifts(store)) == 1


def test_a_gift_for_somebody_new_names_them(
    page: ClientPage, nell: int, book: Book, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    form = GiftSheet(desk, page, client_id=nell)
    form.open_sheet()
    settle(desk, qtbot)
    QTest.mouseClick(form.people.choice._buttons["0"], LEFT)
    QTest.keyClicks(form.what, "scarf")
    form.keep()
    book.settle()
    assert form.banner.isVisible()
    assert form.to.hasFocus()
    QTest.keyClicks(form.to, "Aunt May")
    form.keep()
    book.settle()
    assert [row.name for row in book.facts(nell).household][-1] == "Aunt May"
    assert len(gifts(store)) == 1


def test_days_stand_by_what_comes_next_and_say_when_it_is_soon(
    page: ClientPage, nell: int, book: Book, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    with store.write() as session:
        for when, every_year in (
            (PartialDate(1, 10, 2016), True),
            (PartialDate(11, 21, 2016), True),
            (PartialDate(3, 1, 2020), False),
        ):
            kind = OccasionKind.ANNIVERSARY
            what = AddOccasion(nell, when, kind, every_year=every_year)
            add_occasion(session, what, now=desk.now())
    page.show_client(nell)
    book.settle()
    lines = [line for line in page.household.days.lines() if isinstance(line, OccasionLine)]
    shown = [(line.day.value, line.soon.text()) for line in lines]
    assert shown[0] == ("21 Nov 2016", "today, anniversary, 10 years")
    assert shown[-1] == ("1 Mar 2020", "is over")
    lines[-1].day.setFocus()
    qtbot.waitUntil(lines[-1].once.isVisible)
    assert lines[-1].once.text() == "once"
    QTest.mouseClick(lines[-1].once, LEFT)
    book.settle()
    assert [row.every_year for row in book.facts(nell).occasions if row.when.year == 2020] == [True]
    desk.undo()
    book.settle()
    assert [row.every_year for row in book.facts(nell).occasions if row.when.year == 2020] == [
        False
    ]


def test_whoever_has_them_is_kept_here_too_by_one_key(
    page: ClientPage, nell: int, bob: int, book: Book, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    robert = book.facts(nell).household[0].id
    with store.write() as session:
        link_member(session, LinkMember(robert, bob, "wife"), now=desk.now())
    form = HouseholdSheet(desk, page, bob)
    form.open_sheet()
    settle(desk, qtbot)
    form.list.setFocus()
    QTest.keyClick(form.list, Qt.Key.Key_A)
    book.settle()
    with store.read() as session:
        assert other_sides(session, bob) == ()
    (row,) = book.facts(bob).household
    assert (row.relation, row.linked_client_id) == ("wife", nell)
    desk.undo()
    book.settle()
    assert book.facts(bob).household == ()


def test_the_keys_open_the_forms(
    page: ClientPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    forms = Forms(desk, window)
    forms.household()
    sheet(window, HouseholdSheet).close_sheet()
    forms.gift()
    sheet(window, GiftSheet).close_sheet()
    settle(desk, qtbot)


def test_what_was_bought_is_marked_as_a_gift_in_the_story(
    page: ClientPage, nell: int, book: Book, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    book.settle()
    told = [(row.key, page.story.model.entry(row.key)) for row in page.story.model.rows()]
    key = next(key for key, entry in told if entry is not None and entry.lines)
    page.story.list.opened.emit(key)
    bought = sheet(page.window(), StoryEntrySheet)
    QTest.mouseClick(bought.gift, LEFT)
    form = sheet(page.window(), GiftSheet)
    settle(desk, qtbot)
    (line, *_) = form.lines.rows()
    form.lines.opened.emit(line.key)
    assert form.what.value == line.after_title
    form.keep()
    book.settle()
    with store.read() as session:
        (gift,) = session.query(Gift)
        assert gift.purchase_line_id == line.key
