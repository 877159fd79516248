"""Does the window look when it should, tell each thing once, and say no names to strangers?"""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.tables import Appointment, FollowUp
from clientele.services.changes import Changes, Kind
from clientele.services.reminders import Remember, remember
from clientele.store.queries.reminders import Wanted, look
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.settings import Settings
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.notice import Notice
from clientele.ui.reminding import Reminding
from tests.a_day import TODAY, Day, a_day
from tests.ui.a_reminded_window import Reminded, at, kept
from tests.ui.at_work import press, settle
from tests.ui.conftest import Team

WAITED = ["Marta Lindqvist", "James Whitfield"]
OPENED = ["James Whitfield", "Aisha Rahman", "Daniel Tran"]


@pytest.fixture
def day(store: Store, team: Team, clock: FixedClock) -> Day:
    """The day, written two weeks before, and nine in the morning."""
    made = a_day(store, at("10:00", date(2026, 11, 7)))
    clock.set(at("09:00"))
    return made


@pytest.fixture
def reminded(desk: Desk, window: MainWindow, day: Day, qtbot: QtBot) -> Reminded:
    """The program was opened at nine, with R. Okafor signed in."""
    made = Reminded(desk, window)
    made.reminding.begin()
    settle(desk, qtbot)
    return made


def wake(one: Reminded, clock: FixedClock, to: str, qtbot: QtBot, day: date = TODAY) -> None:
    """The timer rings, perhaps late, and the clock shows this time."""
    clock.set(at(to, day))
    one.reminding.timer.timeout.emit()
    settle(one.desk, qtbot)


def test_what_waited_is_one_list_once_and_no_notice(
    reminded: Reminded, store: Store, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    assert reminded.listed == WAITED
    assert reminded.today.since.isVisible()
    assert reminded.desktop.ever == []
    assert len(kept(store)) == 2
    again = Reminded(desk, window)  # another program on the same book
    again.reminding.begin()
    settle(desk, qtbot)
    assert again.listed == []
    assert again.desktop.ever == []


def test_it_wakes_when_the_day_begins_and_tells_each_without_names(
    reminded: Reminded, clock: FixedClock, qtbot: QtBot
) -> None:
    clock.set(at("09:29:30"))
    reminded.reminding.timer.timeout.emit()
    settle(reminded.desk, qtbot)
    assert reminded.reminding.timer.interval() == 30_050
    assert reminded.desktop.ever == []
    wake(reminded, clock, "09:30", qtbot)
    assert [(one.title, one.body) for one in reminded.desktop.there.values()] == [
        ("A follow-up is due", "Write"),
        ("A follow-up is due", "Call"),
        ("A promise is due today", "Alteration"),
    ]
    shown = len(reminded.desktop.ever)
    wake(reminded, clock, "09:31", qtbot)
    wake(reminded, clock, "08:31", qtbot)  # set back by an hour
    wake(reminded, clock, "09:30", qtbot)
    assert len(reminded.desktop.ever) == shown
    assert reminded.listed == WAITED


def test_of_two_that_look_at_one_moment_one_shows(
    reminded: Reminded, desk: Desk, window: MainWindow, clock: FixedClock, qtbot: QtBot
) -> None:
    other = Reminded(desk, window)
    other.reminding.begin()
    settle(desk, qtbot)
    both = (reminded, other)
    held = threading.Event()

    def hold(session: Session, what: None, /, *, now: datetime) -> Changes:
        held.wait(20)
        return Changes()

    desk.do(hold, None)  # nobody's keys are kept until both have read
    clock.set(at("09:30"))
    for one in both:
        one.reminding.timer.stop()
        one.reminding.look()
    qtbot.waitUntil(lambda: all(one.reminding.timer.isActive() for one in both))
    held.set()
    settle(desk, qtbot)
    assert sorted(len(one.desktop.ever) for one in both) == [0, 3]


def test_with_names_where_the_associate_wants_them(
    reminded: Reminded, clock: FixedClock, qtbot: QtBot
) -> None:
    reminded.reminding.set_settings(Settings(reminder_names=True))
    wake(reminded, clock, "09:30", qtbot)
    assert [(one.title, one.body) for one in reminded.desktop.there.values()] == [
        ("Write · James Whitfield", "thank-you note, charcoal overcoat"),
        ("Call · Aisha Rahman", "new arrivals in her size (UK 10, navy, no wool)"),
        ("Alteration · Daniel Tran", "trousers hemmed"),
    ]
    wake(reminded, clock, "10:45", qtbot)
    last = reminded.desktop.ever[-1]
    assert (last.title, last.body) == ("At 11:00: Eleanor Marsh", "coat fitting")


def test_no_name_and_no_typed_word_leaves_the_window_else(
    reminded: Reminded, clock: FixedClock, qtbot: QtBot, day: Day
) -> None:
    typed = {"Lindqvist", "Marsh", "Tran", "Whitfield", "Rahman", "coat", "size", "trousers"}
    for clock_shows in ("09:30", "10:45", "14:15", "15:45"):
        wake(reminded, clock, clock_shows, qtbot)
    reminded.window.lock()
    settle(reminded.desk, qtbot)
    wake(reminded, clock, "09:30", qtbot, TODAY + timedelta(days=2))
    said = " ".join(f"{one.key} {one.title} {one.body}" for one in reminded.desktop.ever)
    assert not [word for word in typed if word in said]
    assert "At 11:00: a client is expected" in said


def test_a_terminal_that_slept_tells_one_list(
    reminded: Reminded, clock: FixedClock, qtbot: QtBot
) -> None:
    wake(reminded, clock, "10:20", qtbot)
    assert reminded.desktop.titles() == ["Due: 1 promise and 2 follow-ups"]
    wake(reminded, clock, "10:50", qtbot)  # an appointment still ahead is told by itself
    assert reminded.desktop.titles()[-1] == "At 11:00: a client is expected"


def test_locked_nothing_stays_and_numbers_alone_are_told(
    reminded: Reminded, clock: FixedClock, qtbot: QtBot, team: Team
) -> None:
    wake(reminded, clock, "09:30", qtbot)
    assert len(reminded.desktop.there) == 3
    reminded.window.lock()
    assert reminded.desktop.there == {}
    settle(reminded.desk, qtbot)
    assert reminded.desktop.there == {}, "what was told by name is not counted"
    wake(reminded, clock, "10:45", qtbot)
    assert reminded.desktop.titles() == ["Due: 1 appointment"]
    wake(reminded, clock, "10:46", qtbot)
    assert len(reminded.desktop.ever) == 4
    reminded.window.lock_screen.opened.emit(team.okafor)
    settle(reminded.desk, qtbot)
    assert reminded.desktop.titles() == ["At 11:00: a client is expected"]


def test_each_associate_has_the_list_that_waited_for_them(
    reminded: Reminded, desk: Desk, clock: FixedClock, qtbot: QtBot, team: Team
) -> None:
    reminded.window.lock()
    settle(desk, qtbot)
    reminded.window.lock_screen.opened.emit(team.sato)
    settle(desk, qtbot)
    assert reminded.listed == []
    assert reminded.today.since.isHidden()
    wake(reminded, clock, "12:00", qtbot)
    assert reminded.desktop.there == {}
    reminded.window.lock()
    reminded.window.lock_screen.opened.emit(team.okafor)
    settle(desk, qtbot)
    assert reminded.listed == [*WAITED, *OPENED][:4]
    assert reminded.today.since.more.text() == "2 more"
    reminded.today.since.more.click()
    assert reminded.listed == [*WAITED, *OPENED, "Eleanor Marsh"]
    assert reminded.today.since.more.isHidden()


def test_one_key_puts_the_list_away_for_good(
    reminded: Reminded, desk: Desk, qtbot: QtBot, team: Team, store: Store
) -> None:
    reminded.today.keyboard.take()
    assert QApplication.focusWidget() is reminded.today.since.list
    press(Qt.Key.Key_X)
    assert reminded.today.since.isHidden()
    reminded.window.lock()
    reminded.window.lock_screen.opened.emit(team.okafor)
    settle(desk, qtbot)
    assert reminded.today.since.isHidden()
    assert len(kept(store)) == 2


def test_what_is_done_meanwhile_leaves_the_list_and_the_desktop(
    reminded: Reminded, desk: Desk, clock: FixedClock, qtbot: QtBot, day: Day, store: Store
) -> None:
    wake(reminded, clock, "09:30", qtbot)
    for who in ("Marta", "Aisha"):
        with store.write() as session:
            chosen = update(FollowUp).where(col(FollowUp.id) == day.follow_ups[who])
            session.execute(chosen.values(state=FollowUpState.DONE, done_at=clock.now()))
    desk.changed.emit(Changes(ids={Kind.FOLLOW_UP: frozenset({1})}))
    settle(desk, qtbot)
    assert reminded.listed == ["James Whitfield"]
    assert f"follow-up:{day.follow_ups['Aisha']}" not in reminded.desktop.there
    assert len(reminded.desktop.there) == 2


def test_a_change_is_looked_at_at_once(
    reminded: Reminded, desk: Desk, clock: FixedClock, qtbot: QtBot, day: Day, store: Store
) -> None:
    with store.write() as session:
        chosen = update(Appointment).where(col(Appointment.id) == day.appointments["Eleanor"])
        session.execute(chosen.values(starts_at=at("09:10")))
    desk.changed.emit(Changes(ids={Kind.APPOINTMENT: frozenset({1})}))
    settle(desk, qtbot)
    assert reminded.desktop.titles() == ["At 09:10: a client is expected"]


def test_a_click_leads_to_the_thing_or_home_and_never_past_the_lock(
    reminded: Reminded, qtbot: QtBot, window: MainWindow
) -> None:
    led: list[object] = []
    reminded.reminding.lead_to.connect(lambda kind, id: led.append((kind, id)))
    reminded.reminding.lead_home.connect(lambda: led.append("home"))
    window.hide()
    reminded.desktop.clicked.emit("promise:3")
    assert window.isVisible()
    for key in ("list", "", "appointment:x", "hold:12"):
        reminded.desktop.clicked.emit(key)
    assert led == [("promise", 3), "home", ("hold", 12)]
    window.lock()
    reminded.desktop.clicked.emit("promise:3")
    assert len(led) == 3


def test_where_the_desktop_cannot_the_window_tells_but_not_over_the_lock(
    reminded: Reminded, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.heard) as said:
        reminded.desktop.unshown.emit(Notice("follow-up:7", "A follow-up is due", "Call"))
    assert said.args == ["A follow-up is due · Call"]
    reminded.window.lock()
    with qtbot.assertNotEmitted(desk.heard):
        reminded.desktop.unshown.emit(Notice("list", "Due: 1 appointment"))


def test_switched_off_the_desktop_hears_nothing_and_nothing_is_lost(
    desk: Desk, window: MainWindow, day: Day, clock: FixedClock, qtbot: QtBot, team: Team
) -> None:
    quiet = Reminded(desk, window, Settings(reminders=False))
    quiet.reminding.begin()
    settle(desk, qtbot)
    assert quiet.listed == WAITED
    wake(quiet, clock, "10:45", qtbot)
    assert quiet.desktop.ever == []
    window.lock()
    settle(desk, qtbot)
    window.lock_screen.opened.emit(team.okafor)
    settle(desk, qtbot)
    quiet.today.since.more.click()
    assert quiet.listed == [*WAITED, "Eleanor Marsh", *OPENED]
    assert quiet.desktop.ever == []
    quiet.reminding.set_settings(Settings())
    clock.set(at("14:15"))
    quiet.reminding.look()
    settle(desk, qtbot)
    assert quiet.desktop.titles() == ["At 14:30: a client is expected"]


def test_killed_between_keeping_and_showing_it_stands_on_today_and_is_not_told_again(
    desk: Desk, window: MainWindow, day: Day, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    with store.read() as session:
        found = look(session, Wanted(day.okafor), now=clock.now())
    with store.write() as session:
        remember(session, Remember(found.telling.remember), now=clock.now())
    begun = Reminded(desk, window)
    begun.reminding.begin()
    settle(desk, qtbot)
    assert begun.listed == []
    assert begun.desktop.ever == []
    assert "Marta Lindqvist" in [row.title for row in begun.today.due.rows()]


@pytest.mark.parametrize(
    "changes_on",
    [date(2026, 10, 25), date(2027, 3, 28)],  # clocks go back, clocks go forward
)
def test_at_half_past_nine_also_on_a_day_of_another_length(
    desk: Desk,
    window: MainWindow,
    day: Day,
    store: Store,
    clock: FixedClock,
    qtbot: QtBot,
    changes_on: date,
) -> None:
    with store.write() as session:
        session.execute(update(FollowUp).values(due_on=changes_on))
        session.execute(update(Appointment).values(cancelled_at=clock.now()))
        session.connection().exec_driver_sql("DELETE FROM promise")
    clock.set(at("23:50", changes_on - timedelta(days=1)))
    begun = Reminded(desk, window)
    begun.reminding.begin()
    settle(desk, qtbot)
    for shows in ("00:00", "02:00", "03:00", "09:29:59"):
        wake(begun, clock, shows, qtbot, changes_on)
        assert begun.desktop.ever == []
    wake(begun, clock, "09:30", qtbot, changes_on)
    assert begun.desktop.titles() == ["Due: 5 follow-ups"]


def test_stopped_it_looks_no_more(reminded: Reminded, clock: FixedClock, qtbot: QtBot) -> None:
    assert isinstance(reminded.reminding, Reminding)
    reminded.reminding.stop()
    assert not reminded.reminding.timer.isActive()
    wake(reminded, clock, "09:30", qtbot)
    assert reminded.desktop.ever == []
