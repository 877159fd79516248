"""Does the page say whom it is worth calling, why, and keep away who was set aside?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.tables import ContactMade, FollowUp, Wish, WorthAside
from clientele.store.queries.clients import Book
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.day_holds import DayHoldsSheet
from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet
from clientele.ui.dialogs.set_aside import SetAsideSheet
from clientele.ui.dialogs.write_message import WriteMessageSheet
from clientele.ui.models import worth_words
from clientele.ui.pages.today import TodayPage
from clientele.ui.pages.worth_a_call import WorthACallPage
from tests.services.floor import Floor
from tests.services.worth import OVERDUE, TODAY, Callers
from tests.ui.at_work import click_row, no_sheet, press, settle, sheet, shown, titles, words_in
from tests.ui.conftest import Team


@pytest.fixture
def callers(store: Store, clock: FixedClock, team: Team) -> Callers:
    """R. Okafor's clients: one is overdue with a birthday ahead, one waits for a wish, one new."""
    made = Callers(Floor(store, clock, team.okafor.id, team.sato.id, 1, 2, 1, 0))
    near = TODAY + timedelta(3)
    made.client("Late", OVERDUE, born=date(1980, near.month, near.day))
    made.wish(made.client("Wish", (400,)))
    made.client("New", (3,))
    made.work_out()
    return made


@pytest.fixture
def page(callers: Callers, desk: Desk, qtbot: QtBot) -> Iterator[WorthACallPage]:
    """The page, read and shown."""
    made = shown(WorthACallPage(desk), qtbot)
    yield made
    made.close()


def behind(page: WorthACallPage) -> list[tuple[str, str, str]]:
    """The rows behind the client at hand."""
    return [(row.section, row.after_title, row.trailing) for row in page.detail.behind.rows()]


def test_who_why_and_how(page: WorthACallPage) -> None:
    assert [(row.title, row.sub, row.chips[0].text) for row in page.list.rows()] == [
        ("Wish Vale", "What they wished for is here: Silk scarf, emerald", "call, now"),
        (
            "Late Vale",
            "Birthday, Tue · Usually 6 weeks between purchases, now 9 weeks",
            "call, now",
        ),
    ]
    assert page.header.sub.text() == "2 of 3 clients · gone through today"
    assert "Not enough data yet" in words_in(page)


def test_the_rows_behind_each_reason_and_what_is_not_known(page: WorthACallPage) -> None:
    assert behind(page) == [
        ("Wish that is here", "Silk scarf, emerald", "19 Nov"),
        ("Not enough data", "Own rhythm: 3 buying days more are needed", ""),
        (
            "Not enough data",
            "A new department: only 3 clients bought in just these departments",
            "",
        ),
    ]
    press(Qt.Key.Key_J)
    assert page.detail.title.text() == "Late Vale"
    assert behind(page)[:4] == [
        ("Occasion ahead", "birthday", "Tue"),
        ("Own rhythm", "Usually 6 weeks; away this long in 0 of 4 earlier gaps", "9 weeks"),
        ("Own rhythm", "Bought on 19 Sep", "after 6 weeks"),
        ("Own rhythm", "Bought on 8 Aug", "after 6 weeks"),
    ]


def test_a_follow_up_with_the_reason_and_then_they_are_seen_to(
    page: WorthACallPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_F)
    form = sheet(page, NewFollowUpSheet)
    settle(desk, qtbot)
    assert form.reason.value == "What they wished for is here: Silk scarf, emerald"
    assert (form.due.day, form.channel.value) == (TODAY, "call")
    form.keep()
    settle(desk, qtbot)
    assert titles(page.list) == ["Late Vale"]
    with store.read() as session:
        row = session.scalars(select(FollowUp)).one()
        wish = session.scalars(select(Wish)).one()
    assert (row.purpose, row.template) == ("service", "wish_arrived_call")
    assert (row.source, row.source_id) == ("wish", wish.id)
    desk.undo()
    settle(desk, qtbot)
    assert titles(page.list) == ["Wish Vale", "Late Vale"]


def test_to_write_or_call_about_the_reason(page: WorthACallPage, desk: Desk, qtbot: QtBot) -> None:
    press(Qt.Key.Key_C)
    form = sheet(page, WriteMessageSheet)
    settle(desk, qtbot)
    assert form.channel.value == "call"
    assert "Silk scarf" in form.words.about.text()
    form.close_sheet()


def test_not_now_until_a_day_and_shown_again(
    page: WorthACallPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N)
    sheet(page, SetAsideSheet)
    press(Qt.Key.Key_2)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert [(row.section, row.title, row.after_title) for row in page.list.rows()] == [
        ("", "Late Vale", ""),
        ("Set aside", "Wish Vale", "· until 21 Dec"),
    ]
    with store.read() as session:
        row = session.scalars(select(WorthAside)).one()
        assert (row.reason, row.until_on) == ("", TODAY + timedelta(30))
    click_row(page.list, ("aside", row.id or 0), worth_words.AGAIN)
    settle(desk, qtbot)
    assert titles(page.list) == ["Wish Vale", "Late Vale"]


def test_not_for_this_reason_again(page: WorthACallPage, desk: Desk, qtbot: QtBot) -> None:
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_X)
    assert sheet(page, SetAsideSheet).why.value == "occasion"
    press(Qt.Key.Key_4)
    settle(desk, qtbot)
    rows = {row.title: row.sub for row in page.list.rows() if not row.section}
    assert rows["Late Vale"] == "Usually 6 weeks between purchases, now 9 weeks"
    assert page.list.rows()[-1].after_title == "· Occasion ahead · for good"


def test_how_many_a_day_can_hold(page: WorthACallPage, desk: Desk, qtbot: QtBot) -> None:
    assert page.holds.text() == "12 clients a day"
    page.change_day()
    form = sheet(page, DayHoldsSheet)
    form.number.set_value("none")
    form.keep()
    assert "from 1 to 40" in words_in(form)
    form.number.set_value("1")
    form.keep()
    settle(desk, qtbot)
    assert (page.holds.text(), titles(page.list)) == ("1 client a day", ["Wish Vale"])


def test_a_full_day_says_so(
    page: WorthACallPage, callers: Callers, desk: Desk, qtbot: QtBot
) -> None:
    floor = callers.floor
    for at in range(12):
        key = callers.client(f"Reached{at}")
        now = floor.clock.now()
        floor.add(
            ContactMade(client_id=key, associate_id=floor.okafor, channel="call", took_place_at=now)
        )
    page.refresh()
    settle(desk, qtbot)
    assert titles(page.list) == []
    assert page.nothing.sentence.text().startswith("Your day is full: you reached 12 clients")


def test_before_they_were_gone_through(desk: Desk, qtbot: QtBot) -> None:
    page = shown(WorthACallPage(desk), qtbot)
    assert page.nothing.sentence.text().startswith("The clients are being gone through.")
    page.close()


def test_the_store_s_and_nobody_s(
    page: WorthACallPage, callers: Callers, desk: Desk, qtbot: QtBot
) -> None:
    callers.client("Theirs", OVERDUE, owner=callers.floor.silva)
    callers.client("Nobodys", OVERDUE, owner=None)
    callers.work_out()
    page.whose.choose(Book.STORE)
    page.refresh()
    settle(desk, qtbot)
    chips = {row.title: [chip.text for chip in row.chips] for row in page.list.rows()}
    assert chips["Theirs Vale"] == ["call, now", "for L. Sato"]
    assert chips["Nobodys Vale"] == ["call, now", "nobody's client yet"]


def test_today_shows_the_first_and_leads_there(callers: Callers, desk: Desk, qtbot: QtBot) -> None:
    today = shown(TodayPage(desk), qtbot)
    settle(desk, qtbot)
    assert titles(today.worth.list) == ["Wish Vale", "Late Vale"]
    led: list[int] = []
    today.open_worth.connect(led.append)
    today.worth.list.opened.emit(today.worth.list.rows()[1].key)
    assert led == [today.worth.list.rows()[1].key]
    today.close()


def test_today_says_nothing_where_there_is_nobody(desk: Desk, qtbot: QtBot) -> None:
    today = shown(TodayPage(desk), qtbot)
    assert not today.worth.isVisibleTo(today)
    today.close()
