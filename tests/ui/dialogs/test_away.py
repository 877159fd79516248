"""Is an absence said with days and a cover, changed, ended, and does Today say what it means?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.absences import SayAway, say_away
from clientele.services.rows import new_id, the
from clientele.store.queries.absences import AbsenceRow, absences_from
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.dialogs.away import AwaySheet
from clientele.ui.forms import Forms
from clientele.ui.main_window import MainWindow
from clientele.ui.models.absence_rows import CHANGE, END
from clientele.ui.pages.follow_ups import FollowUpsPage
from clientele.ui.pages.promises import PromisesPage
from clientele.ui.pages.today import TodayPage
from tests.a_day import a_day
from tests.ui.at_work import click_row, no_sheet, settle, sheet, shown
from tests.ui.conftest import Team

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 21)


def on(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def third(store: Store, clock: FixedClock, team: Team) -> int:
    assert team.okafor.id
    with store.write() as session:
        return new_id(session, Associate(name="T. Third", department_id=2, created_at=clock.now()))


def opened(desk: Desk, window: MainWindow, qtbot: QtBot) -> AwaySheet:
    made = AwaySheet(desk, window.content)
    made.open_sheet()
    settle(desk, qtbot)
    return made


def there(store: Store) -> list[AbsenceRow]:
    with store.read() as session:
        return list(absences_from(session, TODAY))


def away(store: Store, clock: FixedClock, who: int, cover: int, first: int, back: int) -> None:
    with store.write() as session:
        say_away(session, SayAway(who, cover, on(first), on(back), by=who), now=clock.now())


def test_my_absence_is_said_by_touch(
    store: Store, desk: Desk, window: MainWindow, third: int, team: Team, qtbot: QtBot
) -> None:
    Forms(desk, window)
    QTest.keySequence(window, actions.AWAY.key)
    settle(desk, qtbot)
    one = sheet(window, AwaySheet)
    assert not one.who.isVisible()
    assert team.okafor.id not in one.cover.ids
    QTest.mouseClick(one.button, LEFT)
    assert one.banner.sentence.text().startswith("Who covers? Choose a colleague")
    QTest.mouseClick(one.cover.tile(third), LEFT)
    QTest.keyClicks(one.back_on.field, "25 nov")
    QTest.keyClicks(one.why, "holiday")
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(one.button, LEFT)
    assert said.args == ["T. Third covers until you are back on Wed 25 Nov", True]
    settle(desk, qtbot)
    assert no_sheet(window)
    [row] = there(store)
    assert (row.associate, row.cover, row.away_from, row.back_on, row.why) == (
        "R. Okafor",
        "T. Third",
        TODAY,
        on(4),
        "holiday",
    )
    desk.undo()
    settle(desk, qtbot)
    assert there(store) == []


def test_a_refusal_keeps_what_was_chosen(
    desk: Desk, window: MainWindow, third: int, qtbot: QtBot
) -> None:
    one = opened(desk, window, qtbot)
    QTest.mouseClick(one.cover.tile(third), LEFT)
    QTest.keyClicks(one.away_from.field, "30 nov")
    QTest.keyClicks(one.back_on.field, "29 nov")
    QTest.mouseClick(one.button, LEFT)
    settle(desk, qtbot)
    assert one.banner.sentence.text().startswith("The day back has to come after")
    assert (one.cover.value, one.away_from.day) == (third, on(9))


def test_a_cover_who_is_away_too_is_said_before_it_is_kept(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, third: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    away(store, clock, third, team.sato.id, 0, 2)
    one = opened(desk, window, qtbot)
    QTest.keyClicks(one.back_on.field, "25 nov")
    QTest.mouseClick(one.cover.tile(third), LEFT)
    settle(desk, qtbot)
    words = "T. Third is away too, Sat 21 Nov to Sun 22 Nov; then L. Sato covers."
    assert one.also_away.text() == words
    QTest.mouseClick(one.button, LEFT)
    settle(desk, qtbot)
    assert len(there(store)) == 2


def test_one_who_is_back_early_is_back_with_one_touch(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, third: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    clock.advance(timedelta(days=-2))
    away(store, clock, team.okafor.id, third, -2, 5)
    away(store, clock, team.sato.id, third, 3, 5)
    clock.advance(timedelta(days=2))
    one = opened(desk, window, qtbot)
    rows = one.list.rows()
    assert [(row.title, bool(row.actions)) for row in rows] == [
        ("R. Okafor", True),
        ("L. Sato", False),
    ]
    assert rows[0].sub == "Thu 19 Nov to Wed 25 Nov · T. Third covers"
    click_row(one.list, rows[0].key, END)
    settle(desk, qtbot)
    assert [row.title for row in one.list.rows()] == ["L. Sato"]
    desk.undo()
    settle(desk, qtbot)
    assert len(there(store)) == 2


def test_an_absence_is_changed_where_it_stands(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, third: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    away(store, clock, team.okafor.id, third, 2, 5)
    one = opened(desk, window, qtbot)
    click_row(one.list, one.list.rows()[0].key, CHANGE)
    assert (one.away_from.day, one.back_on.day, one.cover.value) == (on(2), on(5), third)
    QTest.mouseClick(one.cover.tile(team.sato.id), LEFT)
    QTest.mouseClick(one.button, LEFT)
    settle(desk, qtbot)
    [row] = there(store)
    assert (row.cover, row.away_from, row.back_on) == ("L. Sato", on(2), on(5))


def test_a_manager_says_it_for_a_colleague(
    store: Store, desk: Desk, window: MainWindow, third: int, team: Team, qtbot: QtBot
) -> None:
    with store.write() as session:
        the(session, Associate, team.okafor.id).role = Role.STORE_MANAGER
    one = opened(desk, window, qtbot)
    assert one.who.isVisible()
    names = [one.who.itemText(at) for at in range(one.who.count())]
    assert names == ["I am", "L. Sato", "T. Third"]
    one.who.setFocus()
    QTest.keyClick(one.who, Qt.Key.Key_Down)
    assert one.associate_id == team.sato.id
    assert set(one.cover.ids) == {team.okafor.id, third}
    QTest.mouseClick(one.cover.tile(team.okafor.id), LEFT)
    QTest.mouseClick(one.button, LEFT)
    settle(desk, qtbot)
    [row] = there(store)
    assert (row.associate, row.cover) == ("L. Sato", "R. Okafor")


def test_what_was_typed_waits_for_the_next_time(
    desk: Desk, window: MainWindow, third: int, qtbot: QtBot
) -> None:
    one = opened(desk, window, qtbot)
    QTest.mouseClick(one.cover.tile(third), LEFT)
    QTest.keyClicks(one.why, "the fair")
    settle(desk, qtbot)
    one.close_sheet()
    settle(desk, qtbot)
    again = opened(desk, window, qtbot)
    assert (again.cover.value, again.why.value) == (third, "the fair")


def test_today_says_for_whom_one_answers_and_each_row_says_it_too(
    store: Store, clock: FixedClock, desk: Desk, team: Team, qtbot: QtBot
) -> None:
    a_day(store, clock.now())
    away(store, clock, team.okafor.id, team.sato.id, 0, 4)
    desk.sign(team.sato)
    page = shown(TodayPage(desk), qtbot)
    assert page.cover.sentences == (
        "You cover for R. Okafor until Tue 24 Nov: 3 follow-ups, 5 promises",
    )
    chips = [[chip.text for chip in row.chips] for row in page.due.rows()]
    assert ["for R. Okafor"] in chips
    assert all("for R. Okafor" in row.words() for row in page.expected.rows())
    assert any("for R. Okafor" in row.words() for row in page.promises.rows())
    desk.sign(team.okafor)
    settle(desk, qtbot)
    assert page.cover.sentences == ("You are away until Tue 24 Nov, L. Sato covers",)
    assert not any("for " in row.words() and "for R." in row.words() for row in page.due.rows())
    page.cover.wanted.emit()
    settle(desk, qtbot)
    sheet(page, AwaySheet).close_sheet()


@pytest.mark.parametrize("made", [FollowUpsPage, PromisesPage])
def test_the_lists_of_the_cover_say_for_whom(
    made: type[FollowUpsPage] | type[PromisesPage], store: Store, clock: FixedClock, desk: Desk,
    team: Team, qtbot: QtBot,
) -> None:  # fmt: skip
    a_day(store, clock.now())
    desk.sign(team.sato)
    page = shown(made(desk), qtbot)
    before = len(page.list.rows())
    with store.write() as session:
        key = say_away(
            session,
            SayAway(team.okafor.id, team.sato.id, TODAY, on(2), by=team.okafor.id),
            now=clock.now(),
        ).subject
    assert key
    page.make_due()
    settle(desk, qtbot)
    said = [row for row in page.list.rows() if "for R. Okafor" in row.words()]
    assert len(said) == len(page.list.rows()) - before > 0
