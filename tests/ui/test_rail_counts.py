"""Are the numbers in the rail right when a day begins, and nobody changed anything?"""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import update
from sqlmodel import col

from clientele.domain.tables import Appointment
from clientele.services.changes import Changes, Kind
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.rail import Rail
from clientele.ui.rail_counts import MINUTE, RailCounting
from tests.a_day import TODAY, ZONE, Day
from tests.ui.at_work import settle


def counted(rail: Rail, action: actions.Action = actions.FOLLOW_UPS) -> str:
    """What stands beside a page."""
    return rail.button(action).findChildren(QLabel)[0].text()


@pytest.fixture
def rail(desk: Desk, day: Day, qtbot: QtBot) -> Rail:
    made = Rail(desk.theme)
    qtbot.addWidget(made)
    for action in actions.PAGES:
        made.add(action)
    return made


def test_a_follow_up_is_counted_from_midnight_of_its_day_on(
    desk: Desk, rail: Rail, clock: FixedClock, qtbot: QtBot
) -> None:
    counting = RailCounting(desk, rail, rail)
    desk.sign(desk.me)
    settle(desk, qtbot)
    assert counted(rail) == "3"
    assert counting.timer.isActive()
    assert counting.timer.interval() == MINUTE
    on_the_day = TODAY + timedelta(days=2)
    for day, at, count in (
        (on_the_day - timedelta(days=1), time(23, 59), "3"),
        (on_the_day, time(0), "4"),
        (on_the_day - timedelta(days=1), time(23, 30), "3"),  # the clock was set back
        (TODAY + timedelta(days=9), time(3), "5"),  # the terminal slept for a week
    ):
        clock.set(datetime.combine(day, at, ZONE))
        counting.timer.timeout.emit()
        settle(desk, qtbot)
        assert counted(rail) == count


def test_it_asks_the_book_only_when_the_day_is_another(
    desk: Desk, rail: Rail, clock: FixedClock, qtbot: QtBot
) -> None:
    counting = RailCounting(desk, rail, rail)
    desk.sign(desk.me)
    settle(desk, qtbot)
    clock.set(datetime.combine(TODAY, time(23, 59, 59), ZONE))
    counting.timer.timeout.emit()
    assert desk.idle()
    clock.advance(timedelta(seconds=1))
    counting.timer.timeout.emit()
    assert not desk.idle()
    settle(desk, qtbot)


def test_appointments_count_on_their_day_until_the_client_is_here(
    desk: Desk, rail: Rail, clock: FixedClock, day: Day, store: Store, qtbot: QtBot
) -> None:
    counting = RailCounting(desk, rail, rail)
    desk.sign(desk.me)
    settle(desk, qtbot)
    assert counted(rail, actions.APPOINTMENTS) == "3"
    with store.write() as session:
        for who, became in (("Eleanor", "came"), ("Priya", "called off")):
            chosen = update(Appointment).where(col(Appointment.id) == day.appointments[who])
            session.execute(chosen.values(outcome=became))
    desk.changed.emit(Changes(ids={Kind.APPOINTMENT: frozenset({1})}))
    settle(desk, qtbot)
    assert counted(rail, actions.APPOINTMENTS) == "1"
    clock.advance(timedelta(days=1))
    counting.timer.timeout.emit()
    settle(desk, qtbot)
    assert counted(rail, actions.APPOINTMENTS) == ""
