"""Does a promise stay in sight, with its next step one click away, until it is kept?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

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
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.promises import PromisesPage
from clientele.ui.theme import Tone
from tests.a_day import TODAY, Day
from tests.as_kept import as_kept
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
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[PromisesPage]:
    """The page, read and shown."""
    made = shown(PromisesPage(desk), qtbot)
    yield made
    made.close()


def the_promise(store: Store, key: int) -> Promise:
    """As it stands in the book."""
    return as_kept(store, Promise, key)


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
    assert [row.tone for row in page.list.rows()] == [Tone.RED, Tone.AMBER, None, None, None]
    assert [row.sub for row in page.list.rows()] == [
        "Call back · last word yesterday",
        "Alterations · fitted 18 Nov · no word for 3 days · not sent yet",
        "Alterations · ready today",
        "Transfer · last word today",
        "Special order · last word yesterday",
    ]


def test_step_by_step_by_keys_and_back(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.promises["hemmed"]
    for step, state in (("sent", "open"), ("ready", "ready"), ("collected", "kept")):
        page.list.set_current(key)
        press(Qt.Key.Key_R)
        settle(desk, qtbot)
        row = the_promise(store, key)
        assert (row.step, row.state) == (step, state)
    assert page.list.rows()[-1].section == "Kept this week"
    assert page.header.sub.text().endswith("1 of 1 kept in a year, 1 on the day")
    for _ in range(3):
        desk.undo()
    settle(desk, qtbot)
    assert the_promise(store, key).step == "fitted"
    assert len(page.list.rows()) == 5


def test_kept_at_once_passes_over_the_steps(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.list.set_current(day.promises["hemmed"])
    press(Qt.Key.Key_D)
    settle(desk, qtbot)
    assert the_promise(store, day.promises["hemmed"]).state == PromiseState.KEPT


def test_the_next_step_is_a_button_named_by_the_kind(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    shown_acts = {
        row.key: [act.label for act in row.actions if act.shown] for row in page.list.rows()
    }
    assert shown_acts == {
        day.promises["late"]: ["Ask", "Called back"],
        day.promises["hemmed"]: ["Ask", "Sent"],
        day.promises["ready"]: ["Collected"],
        day.promises["loafer"]: ["Asked for"],
        day.promises["camel"]: ["Ordered"],
    }
    click_row(page.list, day.promises["loafer"], "step")
    settle(desk, qtbot)
    assert the_promise(store, day.promises["loafer"]).step == "asked for"


def test_of_one_kind(page: PromisesPage, day: Day, desk: Desk, qtbot: QtBot) -> None:
    page.kind.setCurrentIndex(page.kind.findData(PromiseKind.ALTERATION))
    page.kind.activated.emit(page.kind.currentIndex())
    settle(desk, qtbot)
    assert [row.key for row in page.list.rows()] == [day.promises["hemmed"], day.promises["ready"]]
    page.kind.setCurrentIndex(page.kind.findData(PromiseKind.REPAIR))
    page.kind.activated.emit(page.kind.currentIndex())
    settle(desk, qtbot)
    assert page.nothing.sentence.text().startswith("Nothing of this kind")
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    assert sheet(page, NewPromiseSheet).kind.value == PromiseKind.REPAIR


def test_a_promise_is_brought_to_hand_from_anywhere(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        what = MakePromise(day.clients["Tom"], day.sato, PromiseKind.HOLD, "a scarf", TODAY)
        scarf = make_promise(session, what, now=desk.now()).subject
    assert scarf is not None
    page.show_promise(scarf)
    settle(desk, qtbot)
    assert page.detail.title.text() == "A scarf"
    assert page.list.current_key() == scarf
    assert page.client_at_hand() == day.clients["Tom"]
    with store.write() as session:
        long_ago = session.get(Promise, scarf)
        assert long_ago is not None
        long_ago.state, long_ago.ended_at = PromiseState.KEPT, desk.now() - timedelta(days=99)
    page.show_promise(scarf)
    settle(desk, qtbot)
    assert page.detail.title.text() == "A scarf"
    assert page.detail.buttons.isVisible()
    assert page.detail.step.isHidden()


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
