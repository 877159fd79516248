"""A colleague is brought in with the keyboard, sees it on Today, joins, is left alone, goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.rules.visits import Help
from clientele.services.colleagues import BringIn, Join, bring_in, join
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk, Me
from clientele.ui.dialogs.for_department import ForDepartmentSheet
from clientele.ui.pages.today import TodayPage
from clientele.ui.pages.visit import VisitPage
from clientele.ui.pages.visit_cards.bring_in_sheet import BringInSheet
from tests.ui.at_work import click_row, sheet, shown
from tests.ui.conftest import Team
from tests.ui.pages.tran import Tran
from tests.ui.pages.visit_hand import CTRL, click, of


@pytest.fixture
def page(visit_shown: VisitPage) -> VisitPage:
    return visit_shown


@pytest.fixture
def asked(page: VisitPage, store: Store, tran: Tran, clock: FixedClock, team: Team) -> int:
    """L. Sato was asked to the stop where he is; answer the stop."""
    with store.write() as session:
        made = bring_in(session, BringIn(tran.visit, team.sato.id), now=clock.now())
    page.make_due()
    return made.subject or 0


def test_a_colleague_is_brought_in_with_two_keys_and_undone(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    QTest.keyClick(page.shown.box, Qt.Key.Key_J, CTRL)
    settle()
    asking = sheet(page, BringInSheet)
    names = [(row.title, row.section) for row in asking.list.rows()]
    assert names == [("M. Silva", "Works in Men's Shoes"), ("L. Sato", "Others")]
    assert "R. Okafor stays responsible" in asking.about.text()
    QTest.keyClick(asking.list, Qt.Key.Key_Return)
    settle()
    assert asking.isHidden()
    stop = of(store, tran.visit).stop
    assert stop is not None
    assert (stop.colleague, stop.help) == ("M. Silva", Help.ASKED)
    assert page.route.help.words.text() == "M. Silva was asked to come."
    assert page.header.chip.text() == "with you · 24 min"
    desk.undo()
    settle()
    assert page.route.help.isHidden()


def test_the_colleague_joins_is_left_alone_and_goes(
    page: VisitPage, asked: int, clock: FixedClock, settle: Callable[[], None]
) -> None:
    settle()
    line = page.route.help
    click(line.buttons["join"])
    settle()
    assert page.header.chip.text() == "with you and L. Sato · 24 min"
    click(line.buttons["leave"])
    settle()
    assert page.header.chip.text() == "with L. Sato · 24 min"
    assert line.words.text() == "L. Sato is with them meanwhile."
    click(line.buttons["back"])
    settle()
    assert page.header.chip.text() == "with you and L. Sato · 24 min"
    clock.advance(timedelta(minutes=2))
    click(line.buttons["goes"])
    settle()
    assert page.header.chip.text() == "with you · 26 min"
    assert line.isHidden()
    assert page.visit is not None
    assert [stop.colleague for stop in page.visit.stops if stop.started_at] == ["", "L. Sato", ""]


def test_on_the_colleagues_today_stands_who_waits(
    desk: Desk,
    tran: Tran,
    store: Store,
    clock: FixedClock,
    team: Team,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    desk.sign(team.sato)
    today = shown(TodayPage(desk), qtbot)
    assert today.waiting.isHidden()
    with store.write() as session:
        made = bring_in(session, BringIn(tran.visit, team.sato.id), now=clock.now())
    desk.changed.emit(made)
    settle()
    (row,) = today.waiting.list.rows()
    said = f"{row.title} {row.after_title}"
    assert said == "Daniel Tran is waiting for you in Men's Shoes, brought by R. Okafor"
    click_row(today.waiting.list, tran.visit, "known")
    settle()
    known = sheet(today, ForDepartmentSheet)
    assert known.title.text() == "For Men's Shoes"
    known.close_sheet()
    settle()
    with qtbot.waitSignal(today.open_visit) as opened:
        click_row(today.waiting.list, tran.visit, "here")
        settle()
    assert opened.args == [tran.visit]
    stop = of(store, tran.visit).stop
    assert stop is not None
    assert stop.joined_at == clock.now()
    settle()
    assert "is with you in Men's Shoes" in today.waiting.list.rows()[0].after_title
    assert today.waiting.title.text() == "A client is with you"


def test_the_page_works_for_the_colleague_who_does_not_own_the_visit(
    page: VisitPage,
    asked: int,
    desk: Desk,
    store: Store,
    tran: Tran,
    team: Team,
    settle: Callable[[], None],
) -> None:
    desk.sign(team.sato)
    settle()
    assert page.header.title.text() == "Daniel Tran"
    assert page.header.chip.text() == "with R. Okafor · 24 min"
    assert page.route.help.words.text() == "R. Okafor asks you to join them here."
    click(page.route.help.buttons["join"])
    settle()
    assert page.header.chip.text() == "with you and R. Okafor · 24 min"
    assert page.department.title.text() == "For Men's Shoes"
    page.shown.box.setFocus()
    QTest.keyClicks(page.shown.box, "Laces 9.00")
    QTest.keyClick(page.shown.box, Qt.Key.Key_Return)
    settle()
    assert of(store, tran.visit).items[-1].item == "Laces"
    click(page.route.help.buttons["goes"])
    settle()
    assert of(store, tran.visit).associate_id == tran.okafor


def test_planned_departments_change_places_and_get_their_colleague(
    page: VisitPage, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    page.route.ask()
    settle()
    choice = page.route.sheet
    assert choice is not None
    assert [row.after_title for row in choice.list.rows()][:2] == [
        "Accessories",
        "Women's Sportswear",
    ]
    choice.list.set_current(tran.sportswear)
    QTest.keyClick(choice.list, Qt.Key.Key_E)
    settle()
    assert [stop.department for stop in of(store, tran.visit).stops[2:]] == [
        "Women's Sportswear",
        "Accessories",
    ]
    choice.list.set_current(tran.sportswear)
    QTest.keyClick(choice.list, Qt.Key.Key_C)
    settle()
    asking = sheet(page, BringInSheet)
    assert asking.list.rows()[0].title == "L. Sato"
    QTest.keyClick(asking.list, Qt.Key.Key_Return)
    settle()
    planned = of(store, tran.visit).stops[2]
    assert (planned.department, planned.colleague) == ("Women's Sportswear", "L. Sato")
    assert page.route.planned[tran.sportswear].text() == "Women's Sportswear with L. Sato"


def test_a_click_on_a_department_that_was_left_goes_back_there(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    assert list(page.route.been) == [tran.suits]
    click(page.route.been[tran.suits])
    settle()
    stops = of(store, tran.visit).stops
    assert [stop.department for stop in stops if stop.started_at] == [
        "Men's Suits",
        "Men's Shoes",
        "Men's Suits",
    ]
    assert list(page.route.been) == [tran.shoes]
    assert page.shown.title.text() == "Shown in Men's Suits"
    desk.undo()
    settle()
    assert list(page.route.been) == [tran.suits]


def test_company_and_fitting_room_are_said_in_the_header(
    page: VisitPage, store: Store, tran: Tran, desk: Desk, settle: Callable[[], None]
) -> None:
    company = page.header.company
    company.room.setFocus()
    QTest.keyClicks(company.room, "3")
    settle()
    assert of(store, tran.visit).fitting_room == "3"
    click(company.add_button)
    settle()
    assert company.sheet is not None
    click(next(iter(company.sheet.members.values())))
    settle()
    assert company.sheet.isHidden()
    assert [button.text() for button in company.people.values()] == ["with Mai, fiancée"]
    click(company.add_button)
    settle()
    assert not company.sheet.members
    company.sheet.other.setFocus()
    QTest.keyClicks(company.sheet.other, "his mother")
    QTest.keyClick(company.sheet.other, Qt.Key.Key_Return)
    settle()
    assert [one.name for one in of(store, tran.visit).companions] == ["Mai", "his mother"]
    click(next(iter(company.people.values())))
    settle()
    assert [one.name for one in of(store, tran.visit).companions] == ["his mother"]
    desk.undo()
    settle()
    assert len(company.people) == 2


def test_another_who_signs_in_is_not_taken_to_a_visit_of_others(
    page: VisitPage, desk: Desk, tran: Tran, settle: Callable[[], None]
) -> None:
    desk.sign(Me(tran.silva, "M. Silva"))
    settle()
    assert page.nobody.isVisible()


def test_joining_twice_changes_nothing(
    page: VisitPage, asked: int, store: Store, clock: FixedClock
) -> None:
    with store.write() as session:
        join(session, Join(asked), now=clock.now())
    with store.write() as session:
        assert not join(session, Join(asked), now=clock.now() + timedelta(minutes=1))
