"""Does Today show the day, and does every row do what its buttons and keys say?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.tables import Appointment, FollowUp, Promise
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.promises import EndPromise, MakePromise, end_promise, make_promise
from clientele.services.visits import StartVisit, start_visit
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet
from clientele.ui.dialogs.expect_client import ExpectClientSheet
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.today import TodayPage
from clientele.ui.theme import Tone
from clientele.ui.widgets.row_list import RowList
from tests.a_day import TODAY, Day, local
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


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[TodayPage]:
    """Today, read and shown."""
    made = shown(TodayPage(desk), qtbot)
    yield made
    made.close()


def follow_up(store: Store, key: int) -> FollowUp:
    """As it stands in the book."""
    return as_kept(store, FollowUp, key)


def leads(rows: RowList) -> list[tuple[str, Tone]]:
    """The chips before the rows."""
    return [(row.lead.text, row.lead.tone) for row in rows.rows() if isinstance(row.lead, ChipSpec)]


def test_the_day_in_one_glance(page: TodayPage) -> None:
    assert page.header.title.text() == "Saturday 21 November"
    assert page.header.sub.text() == (
        "3 clients expected · 3 follow-ups due · 5 promises open, 1 late, 1 at risk"
    )
    nell, daniel, priya = page.expected.rows()
    assert nell.sub == (
        "11:00 · coat fitting · last in 12 Sep, Shoes and Women's Sportswear · "
        "husband's birthday in 6 days"
    )
    assert [(chip.text, chip.tone) for chip in nell.chips] == [("prefers “Nell”", Tone.GREEN)]
    assert [(chip.text, chip.tone) for chip in daniel.chips] == [("alteration ready", Tone.AMBER)]
    assert [chip.text for chip in priya.chips] == ["first visit with you"]
    assert [text for text, _ in leads(page.due)] == ["2 days over", "today", "today", "Mon"]
    assert [row.after_title for row in page.occasions.rows()] == [
        "Robert Marsh (Eleanor's husband) · turns 58",
        "Daniel Tran · wedding",
    ]


def test_red_is_a_broken_promise_and_nothing_else(page: TodayPage) -> None:
    assert leads(page.late.list) == [("late · yesterday", Tone.RED)]
    assert leads(page.promises) == [
        ("at risk", Tone.AMBER),
        ("ready", Tone.GREEN),
        ("Tue", Tone.BLUE),
        ("28 Nov", Tone.BLUE),
    ]
    for row in (*page.due.rows(), *page.expected.rows(), *page.occasions.rows()):
        chips = [*row.chips, *row.end_chips]
        if isinstance(row.lead, ChipSpec):
            chips.append(row.lead)
        assert Tone.RED not in [chip.tone for chip in chips]


def test_what_a_client_refused_is_said_and_not_offered(page: TodayPage, day: Day) -> None:
    aisha = next(row for row in page.due.rows() if row.key == day.follow_ups["Aisha"])
    assert aisha.sub == "does not want calls · e\u2011mail aisha@rahman.example"
    assert [act.label for act in aisha.actions if act.shown] == ["Write", "Done"]
    marta = next(row for row in page.due.rows() if row.key == day.follow_ups["Marta"])
    assert marta.sub == "call 020 555 0142 · consent: call, e\u2011mail"


def test_brief_and_visit_by_button_and_by_key(page: TodayPage, day: Day, qtbot: QtBot) -> None:
    nell, key = day.clients["Eleanor"], day.appointments["Eleanor"]
    with qtbot.waitSignal(page.open_brief) as brief:
        click_row(page.expected, key, "brief")
    assert brief.args == [nell]
    with qtbot.waitSignal(page.start_visit) as start:
        press(Qt.Key.Key_V)
    assert start.args == [nell]
    press(Qt.Key.Key_J)
    with qtbot.waitSignal(page.open_brief) as brief:
        press(Qt.Key.Key_B)
    assert brief.args == [day.clients["Daniel"]]
    with qtbot.waitSignal(page.open_client) as client:
        press(Qt.Key.Key_Return)
    assert client.args == [day.clients["Daniel"]]


def test_who_is_here_says_so_and_leads_to_the_visit(
    page: TodayPage, day: Day, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    clock.set(local(TODAY, 10, 55))
    desk.do(
        start_visit,
        StartVisit(day.clients["Eleanor"], day.okafor, day.departments["Men's Suits"]),
    )
    settle(desk, qtbot)
    assert page.expected.rows()[0].chips[0].text == "here now"
    with qtbot.waitSignal(page.open_visit) as visit:
        click_row(page.expected, day.appointments["Eleanor"], "visit")
    assert visit.args == [1]


def test_keys_alone_go_through_the_whole_page(page: TodayPage) -> None:
    seen = []
    for _ in range(20):
        at = next((rows for rows in page.keyboard.lists if rows.hasFocus()), None)
        assert at is not None
        seen.append((at.accessibleName(), at.current_key()))
        press(Qt.Key.Key_J)
    assert len(set(seen)) == 3 + 4 + 5 + 2, "J reaches every row once and stays at the last"
    for _ in range(20):
        press(Qt.Key.Key_K)
    assert page.late.list.hasFocus()
    assert page.late.list.current_key() == page.late.list.rows()[0].key


@pytest.mark.parametrize("typing", [True, False])
def test_at_the_start_the_keyboard_is_in_the_first_list_unless_somebody_types(
    day: Day, desk: Desk, qtbot: QtBot, typing: bool
) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    before: QWidget = QLineEdit() if typing else QPushButton()
    column.addWidget(before)
    page = TodayPage(desk)
    column.addWidget(page)
    ground.resize(1200, 800)
    ground.show()
    qtbot.waitExposed(ground)
    ground.activateWindow()
    qtbot.waitActive(ground)
    before.setFocus()
    settle(desk, qtbot)
    assert page.expected.rows()
    assert (before if typing else page.late.list).hasFocus()


def test_done_with_two_keys_and_undone(
    page: TodayPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.due.setFocus()
    page.due.set_current(day.follow_ups["Marta"])
    press(Qt.Key.Key_D)
    assert sheet(page, DoneFollowUpSheet).outcome.hasFocus()
    write("boots fit")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert titles(page.due) == ["James Whitfield", "Aisha Rahman", "Tom Becker"]
    assert page.due.hasFocus()
    assert page.due.current_key() == day.follow_ups["James"], "the next one is at hand"
    done = follow_up(store, day.follow_ups["Marta"])
    assert (done.state, done.outcome) == (FollowUpState.DONE, "boots fit")
    assert page.header.sub.text().startswith("3 clients expected · 2 follow-ups due")
    desk.undo()
    settle(desk, qtbot)
    assert follow_up(store, day.follow_ups["Marta"]).state == FollowUpState.OPEN
    assert titles(page.due)[0] == "Marta Lindqvist"


def test_put_off_with_two_keys(
    page: TodayPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.due.setFocus()
    page.due.set_current(day.follow_ups["Marta"])
    press(Qt.Key.Key_S)
    settle(desk, qtbot)
    assert "Tomorrow · Sun 22 Nov" in [one.text() for one in sheet(page, ChooseDaySheet).days]
    press(Qt.Key.Key_1)
    settle(desk, qtbot)
    assert follow_up(store, day.follow_ups["Marta"]).due_on == date(2026, 11, 22)
    assert titles(page.due) == ["James Whitfield", "Aisha Rahman", "Marta Lindqvist", "Tom Becker"]


def test_a_promise_is_kept_or_ready_from_here(
    page: TodayPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    assert page.late.isVisible()
    assert page.late.list.hasFocus(), "what is late leads the day, by the keyboard too"
    page.late.list.set_current(day.promises["late"])
    press(Qt.Key.Key_D)
    settle(desk, qtbot)
    assert page.late.isHidden()
    with store.read() as session:
        kept = session.get(Promise, day.promises["late"])
        assert kept is not None
        assert kept.state == PromiseState.KEPT
    assert page.promise_card.hint.text() == "4"
    assert "1 late" not in page.header.sub.text()


def test_not_coming_is_taken_off_and_undone(
    page: TodayPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.expected.setFocus()
    page.expected.set_current(day.appointments["Priya"])
    press(Qt.Key.Key_X)
    settle(desk, qtbot)
    assert titles(page.expected) == ["Eleanor Marsh", "Daniel Tran"]
    desk.undo()
    settle(desk, qtbot)
    assert titles(page.expected)[-1] == "Priya Oberoi"


def test_an_empty_day_offers_how_to_begin(
    team: Team, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page = shown(TodayPage(desk), qtbot)
    for state in (page.nobody, page.nothing_due, page.no_promises):
        assert state.isVisible()
        assert state.button is not None
    assert not any(rows.isVisible() for rows in page.keyboard.lists)
    assert "Nothing is planned" in page.header.sub.text()
    assert page.due_card.hint.text() == "", "no keys for rows that are not there"
    assert page.nobody.button is not None
    QTest.mouseClick(page.nobody.button, Qt.MouseButton.LeftButton)
    assert sheet(page, ExpectClientSheet).client.box.hasFocus()
    press(Qt.Key.Key_Escape)
    assert no_sheet(page)


def test_a_client_is_expected_by_keys_alone(
    page: TodayPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.expect()
    write("beck")
    settle(desk, qtbot)
    qtbot.waitUntil(sheet(page, ExpectClientSheet).client.box.results_shown)
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    form = sheet(page, ExpectClientSheet)
    assert form.client.name.text() == "Tom Becker"
    assert form.time.hasFocus()
    write("17.15")
    form.about.setFocus()
    write("a coat")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert titles(page.expected) == ["Eleanor Marsh", "Daniel Tran", "Priya Oberoi", "Tom Becker"]
    assert page.expected.rows()[-1].sub == "17:15 · a coat"
    with store.read() as session:
        made = session.get(Appointment, 4)
        assert made is not None
        assert made.starts_at == local(TODAY, 17, 15)


def test_it_is_another_day_after_midnight(
    page: TodayPage, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    clock.advance(timedelta(days=1))
    assert page.every_minute.timer.isActive()
    page.every_minute.timer.timeout.emit()
    settle(desk, qtbot)
    assert page.header.title.text() == "Sunday 22 November"
    assert page.expected.rows() == []
    assert leads(page.due)[0][0] == "3 days over"


def test_out_of_sight_it_rests_and_looks_again_when_it_returns(
    page: TodayPage, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    page.hide()
    assert not page.every_minute.timer.isActive()
    clock.set(local(TODAY, 14, 31))
    settle(desk, qtbot)
    assert "1 late" in page.header.sub.text()
    page.show()
    settle(desk, qtbot)
    assert "2 late" in page.header.sub.text()


def test_the_next_associate_sees_their_own_day(
    page: TodayPage, desk: Desk, team: Team, qtbot: QtBot
) -> None:
    desk.sign(team.sato)
    settle(desk, qtbot)
    assert page.due.rows() == []
    assert page.nothing_due.isVisible()


@pytest.mark.parametrize("width", [1178, 960, 640])
def test_nothing_is_wider_than_the_page(page: TodayPage, width: int, qtbot: QtBot) -> None:
    page.resize(width, 714)
    QApplication.processEvents()
    inner = page.widget()
    assert inner is not None
    assert inner.width() <= page.viewport().width()
    assert inner.minimumSizeHint().width() <= width
    assert "Robert" in page.occasions.rows()[0].after_title
    assert words_in(page)


def test_nothing_late_nothing_leads_and_all_late_leaves_no_empty_card(
    page: TodayPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        for name, key in day.promises.items():
            if name != "late":
                end_promise(session, EndPromise(key), now=desk.now())
    page.refresh()
    settle(desk, qtbot)
    assert page.late.isVisible()
    assert page.promise_card.isHidden(), "one is open: it does not say that none is"
    click_row(page.late.list, day.promises["late"], "step")
    settle(desk, qtbot)
    assert page.late.isHidden()
    assert page.no_promises.isVisible()


def test_return_on_what_is_late_opens_the_client(page: TodayPage, day: Day, qtbot: QtBot) -> None:
    page.late.list.setFocus()
    page.late.list.set_current(day.promises["late"])
    with qtbot.waitSignal(page.open_client) as client:
        press(Qt.Key.Key_Return)
    assert client.args == [day.clients["James"]]


def test_a_long_day_stays_in_sight_and_leads_to_its_pages(
    page: TodayPage, day: Day, store: Store, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    assert not page.more_due.isVisible()
    assert not page.more_promises.isVisible()
    client = day.clients["Priya"]
    for number in range(12):
        with store.write() as session:
            call = NewFollowUp(client, day.okafor, "call", f"reason {number}", desk.today())
            new_follow_up(session, call, now=clock.now())
            hem = MakePromise(client, day.okafor, PromiseKind.ALTERATION, "hem", desk.today())
            make_promise(session, hem, now=clock.now())
    page.refresh()
    settle(desk, qtbot)
    assert (len(page.due.rows()), len(page.promises.rows())) == (8, 5)
    assert "15 follow-ups due" in page.header.sub.text(), "all of them count"
    assert page.more_due.text() == f"{len(page._follow_ups) - 8} more"
    with qtbot.waitSignal(page.open_follow_ups):
        QTest.mouseClick(page.more_due, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.open_promises):
        QTest.mouseClick(page.more_promises, Qt.MouseButton.LeftButton)
