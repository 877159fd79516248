"""Does a promise stay in sight, with its next step one click away, until it is kept?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.tables import FollowUp, Promise
from clientele.services.promises import MakePromise, make_promise
from clientele.store.queries.clients import Book
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.ask_promise import AskPromiseSheet
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.dialogs.pass_promise import PassPromiseSheet
from clientele.ui.dialogs.promise_step import PromiseStepSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.promises import IN_HAND, PromisesPage
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import Chip
from clientele.ui.widgets.fields import Field
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


def test_keeping_one_offers_to_ask_how_it_fits(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    offers: list[tuple[str, Callable[[], None]]] = []
    desk.offered.connect(lambda words, do: offers.append((words, do)))
    page.list.set_current(day.promises["ready"])
    press(Qt.Key.Key_R)
    settle(desk, qtbot)
    ((words, take_up),) = offers
    assert words == "Ask D. Tran on Tue"
    take_up()
    settle(desk, qtbot)
    with store.read() as session:
        made = session.scalars(select(FollowUp).order_by(FollowUp.id.desc())).first()  # type: ignore[union-attr]
        assert made is not None
        assert (made.client_id, made.reason, made.due_on, made.associate_id) == (
            day.clients["Daniel"],
            "ask how it fits: navy jacket taken in",
            date(2026, 11, 24),
            day.okafor,
        )
    page.list.set_current(day.promises["late"])
    press(Qt.Key.Key_D)
    settle(desk, qtbot)
    assert len(offers) == 1, "a call back is not asked about"


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


def happened(page: PromisesPage) -> list[tuple[str, str]]:
    """The history beside the list."""
    return [(row.after_title, row.sub) for row in page.detail.happened.rows()]


def chips(page: PromisesPage) -> list[tuple[str, str, bool]]:
    """The steps: words, tone, whether it is the next."""
    return [
        (chip.text(), chip.property("tone"), bool(chip.property("outlined")))
        for chip in page.detail.steps.findChildren(Chip)
        if chip.isVisibleTo(page)
    ]


def test_what_happened_stands_beside_it(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    click_row(page.list, day.promises["hemmed"])
    settle(desk, qtbot)
    assert page.detail.title.text() == "Trousers hemmed"
    assert page.detail.hint.text() == "Daniel Tran"
    assert happened(page) == [
        ("Fitted", "18 Nov · you"),
        ("No word for 3 days", "today"),
        ("Not sent yet", "today"),
    ]
    assert chips(page) == [
        ("fitted", "green", False),
        ("sent", "amber", True),
        ("ready", "plain", False),
        ("collected", "plain", False),
    ]
    tag = the_promise(store, day.promises["hemmed"]).tag
    assert tag in words_in(page.detail.facts)
    QTest.mouseClick(page.detail.step, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert happened(page) == [("Fitted", "18 Nov · you"), ("Sent to Alterations", "today · you")]
    assert page.detail.step.text() == "Ready"
    row = next(row for row in page.list.rows() if row.key == day.promises["hemmed"])
    assert isinstance(row.lead, ChipSpec)
    assert (row.lead.text, row.lead.tone) == ("today 14:30", Tone.BLUE)


def test_asking_and_hearing(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.promises["hemmed"]
    page.list.set_current(key)
    press(Qt.Key.Key_A)
    form = sheet(page, AskPromiseSheet)
    QTest.mouseClick(form.asked_button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    row = next(row for row in page.list.rows() if row.key == key)
    assert row.sub.endswith("asked today")
    assert "Ask" not in [act.label for act in row.actions if act.shown]
    page.list.set_current(key)
    press(Qt.Key.Key_A)
    assert sheet(page, AskPromiseSheet).word.hasFocus()
    write("on the rail by noon")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    row = next(row for row in page.list.rows() if row.key == key)
    assert "on the rail by noon · last word today" in row.sub
    assert happened(page)[1:3] == [
        ("Asked how far it is", "today · you"),
        ("Heard of it, on its way", "today · on the rail by noon · you"),
    ]


def test_any_step_with_a_word_and_a_day(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    click_row(page.list, day.promises["hemmed"])
    QTest.mouseClick(page.detail.word, Qt.MouseButton.LeftButton)
    form = sheet(page, PromiseStepSheet)
    assert form.step.value == "sent"
    form.word.setFocus()
    write("rush, M. Ricci took it")
    form.day.setFocus()
    write("25 Nov 2026")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert "between the day of the promise and today" in form.banner.sentence.text()
    form.day.clear()
    form.day.setFocus()
    write("19 nov")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert happened(page)[1] == (
        "Sent to Alterations",
        "19 Nov · rush, M. Ricci took it · you",
    )


def test_not_ready_after_all(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    click_row(page.list, day.promises["hemmed"])
    assert page.detail.not_ready.isHidden()
    click_row(page.list, day.promises["ready"])
    QTest.mouseClick(page.detail.not_ready, Qt.MouseButton.LeftButton)
    sheet(page, SayWhySheet)
    write("a button is missing")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    row = the_promise(store, day.promises["ready"])
    assert (row.state, row.step) == (PromiseState.OPEN, "sent")


def test_a_colleague_takes_it_in_hand_and_sees_it_as_theirs(
    page: PromisesPage, day: Day, team: Team, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.promises["hemmed"]
    click_row(page.list, key)
    QTest.mouseClick(page.detail.pass_on, Qt.MouseButton.LeftButton)
    form = sheet(page, PassPromiseSheet)
    qtbot.waitUntil(lambda: form.colleague.count() > 1)
    form.colleague.setCurrentIndex(form.colleague.findData(day.sato))
    form.word.setFocus()
    write("rush")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    row = next(row for row in page.list.rows() if row.key == key)
    assert row.sub.startswith("Alterations, L. Sato · fitted")
    desk.sign(team.sato)
    page.refresh()
    settle(desk, qtbot)
    assert [row.key for row in page.list.rows()] == [key]
    assert page.list.rows()[0].chips == (ChipSpec("for R. Okafor"),)
    assert page.list.rows()[0].sub.startswith("Alterations · fitted")
    page.whose.choose(IN_HAND)
    page.refresh()
    settle(desk, qtbot)
    assert [row.key for row in page.list.rows()] == [key]


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
    form.findChildren(Field)[1].setFocus()
    write("fabric came late")
    QTest.mouseClick(form.days[1], Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    moved = the_promise(store, key)
    assert (moved.due_on, moved.due_time) == (date(2026, 11, 23), time(16))
    assert happened(page)[1][0] == "New date agreed"
    assert "Sat 21 Nov · fabric came late" in happened(page)[1][1]


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
