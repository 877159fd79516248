"""Does a promise stay in sight, with its next step one click away, until it is kept?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.tables import Promise
from clientele.services.promises import MakePromise, make_promise
from clientele.store.queries.clients import Book
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.promises import PromisesPage
from clientele.ui.theme import Tone
from tests.a_day import TODAY, Day, a_day
from tests.ui.at_work import (
    click_row,
    no_sheet,
    press,
    settle,
    sheet,
    shown,
    titles,
    words_in,
    write,
)
from tests.ui.conftest import Team

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(store: Store, team: Team, desk: Desk) -> Day:
    """What was promised."""
    return a_day(store, desk.now())


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[PromisesPage]:
    """The page, read and shown."""
    made = shown(PromisesPage(desk), qtbot)
    yield made
    made.close()


def the_promise(store: Store, key: int) -> Promise:
    """As it stands in the book."""
    with store.read() as session:
        row = session.get(Promise, key)
        assert row is not None
        session.expunge(row)
        return row


def leads(page: PromisesPage) -> list[tuple[str, Tone]]:
    """The chips before the rows."""
    rows = page.list.rows()
    return [(row.lead.text, row.lead.tone) for row in rows if isinstance(row.lead, ChipSpec)]


def test_how_each_stands(page: PromisesPage) -> None:
    assert page.header.sub.text() == "5 open · 2 at risk or late"
    assert leads(page) == [
        ("late · yesterday", Tone.RED),
        ("at risk · today 14:30", Tone.AMBER),
        ("ready · Mon 23 Nov", Tone.GREEN),
        ("Tue 24 Nov", Tone.BLUE),
        ("Sat 28 Nov", Tone.BLUE),
    ]
    assert [row.tone for row in page.list.rows()] == [Tone.RED, None, None, None, None]
    assert [row.sub for row in page.list.rows()][:2] == [
        "Call back · last word yesterday",
        "Alteration · Alterations · no word for 3 days",
    ]


def test_ready_then_kept_by_keys_and_back(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.promises["hemmed"]
    page.list.set_current(key)
    press(Qt.Key.Key_R)
    settle(desk, qtbot)
    assert the_promise(store, key).state == PromiseState.READY
    assert page.detail.step.text() == "Kept"
    page.list.set_current(key)
    press(Qt.Key.Key_D)
    settle(desk, qtbot)
    assert the_promise(store, key).state == PromiseState.KEPT
    assert page.list.rows()[-1].section == "Kept this week"
    assert page.header.sub.text().endswith("1 of 1 kept in a year, 1 on the day")
    desk.undo()
    desk.undo()
    settle(desk, qtbot)
    assert the_promise(store, key).state == PromiseState.OPEN
    assert len(page.list.rows()) == 5


def test_the_next_step_is_a_button_named_by_the_kind(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    shown_acts = {
        row.key: [act.label for act in row.actions if act.shown] for row in page.list.rows()
    }
    assert shown_acts == {
        day.promises["late"]: ["Kept"],
        day.promises["hemmed"]: ["Ready"],
        day.promises["ready"]: ["Kept"],
        day.promises["loafer"]: ["Arrived"],
        day.promises["camel"]: ["Arrived"],
    }
    click_row(page.list, day.promises["loafer"], "ready")
    settle(desk, qtbot)
    assert the_promise(store, day.promises["loafer"]).state == PromiseState.READY


def test_what_happened_stands_beside_it(
    page: PromisesPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    click_row(page.list, day.promises["hemmed"])
    assert page.detail.title.text() == "Trousers hemmed"
    assert page.detail.hint.text() == "Daniel Tran"
    assert [(row.after_title, row.sub) for row in page.detail.happened.rows()] == [
        ("Promised", "18 Nov · you"),
        ("No word for 3 days", "today"),
    ]
    QTest.mouseClick(page.detail.heard, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert [row.after_title for row in page.detail.happened.rows()] == [
        "Promised",
        "Heard of it, on its way",
    ]
    row = next(row for row in page.list.rows() if row.key == day.promises["hemmed"])
    assert isinstance(row.lead, ChipSpec)
    assert (row.lead.text, row.lead.tone) == ("today 14:30", Tone.BLUE)


def test_another_day_and_time(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.promises["hemmed"]
    page.list.set_current(key)
    press(Qt.Key.Key_S)
    form = sheet(page, ChooseDaySheet)
    assert form.time is not None
    form.time.setFocus()
    write("25")
    QTest.mouseClick(form.days[0], Qt.MouseButton.LeftButton)
    assert "is not a time" in form.banner.sentence.text()
    form.time.clear()
    form.time.setFocus()
    write("16")
    QTest.mouseClick(form.days[1], Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    moved = the_promise(store, key)
    assert (moved.due_on, moved.due_time) == (date(2026, 11, 23), time(16))


def test_not_kept_says_why(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    click_row(page.list, day.promises["late"])
    QTest.mouseClick(page.detail.broken, Qt.MouseButton.LeftButton)
    sheet(page, SayWhySheet)
    write("the mill has no more of it")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    ended = the_promise(store, day.promises["late"])
    assert (ended.state, ended.ending) == (PromiseState.BROKEN, "the mill has no more of it")
    last = page.list.rows()[-1]
    assert (last.section, last.lead) == ("Ended this week", ChipSpec("broken", Tone.RED))
    assert "the mill has no more of it" in last.aside


def test_mine_the_departments_the_stores(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        what = MakePromise(day.clients["Tom"], day.sato, PromiseKind.HOLD, "a scarf", TODAY)
        make_promise(session, what, now=desk.now())
    for book, count in ((Book.STORE, 6), (Book.DEPARTMENT, 3), (Book.MINE, 5)):
        page.whose.choose(book)
        page.whose.chosen.emit(book)
        settle(desk, qtbot)
        assert len(page.list.rows()) == count, book
    page.whose.choose(Book.STORE)
    page.refresh()
    settle(desk, qtbot)
    scarf = next(row for row in page.list.rows() if "scarf" in row.after_title)
    assert scarf.sub.startswith("Hold · L. Sato")


def test_return_opens_the_client(page: PromisesPage, day: Day, qtbot: QtBot) -> None:
    page.list.set_current(day.promises["camel"])
    with qtbot.waitSignal(page.open_client) as client:
        press(Qt.Key.Key_Return)
    assert client.args == [day.clients["Samuel"]]


def test_a_new_promise_by_keys_alone(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    form = sheet(page, NewPromiseSheet)
    write("cole")
    settle(desk, qtbot)
    qtbot.waitUntil(form.client.box.results_shown)
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert form.what.hasFocus()
    write("strap mended")
    repair = next(one for one in form.kind.findChildren(QPushButton) if one.text() == "Repair")
    QTest.mouseClick(repair, Qt.MouseButton.LeftButton)
    form.due.field.setFocus()
    write("3 dec")
    assert "Thursday 3 December" in words_in(form.due)
    form.time.setFocus()
    write("17")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert titles(page.list)[-1] == "Samuel Cole"
    with store.read() as session:
        made = session.scalars(select(Promise).order_by(Promise.id.desc())).first()  # type: ignore[union-attr]
        assert made is not None
        assert (made.what, made.kind, made.due_on, made.due_time, made.department_id) == (
            "strap mended",
            PromiseKind.REPAIR,
            date(2026, 12, 3),
            time(17),
            day.departments["Men's Suits"],
        )


def test_an_empty_page_offers_the_first_one(team: Team, desk: Desk, qtbot: QtBot) -> None:
    page = shown(PromisesPage(desk), qtbot)
    assert page.nothing.isVisible()
    assert page.detail.empty.isVisible()
    assert page.nothing.button is not None
    QTest.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    assert sheet(page, NewPromiseSheet).client.box.hasFocus()
