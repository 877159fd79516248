"""Is all that happened to a promise beside it, and all that can be done about it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.promises import PromiseState
from clientele.domain.tables import FollowUp, Promise
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.ask_promise import AskPromiseSheet
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.pass_promise import PassPromiseSheet
from clientele.ui.dialogs.promise_step import PromiseStepSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.promises import IN_HAND, PromisesPage
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import Chip
from clientele.ui.widgets.fields import Field
from tests.a_day import Day
from tests.as_kept import as_kept
from tests.ui.at_work import (
    click_row,
    no_sheet,
    press,
    settle,
    sheet,
    shown,
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
