"""Does what is handed over get the keyboard, and a word under the day, whenever it arrives?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.pages.today import TodayPage
from tests.a_day import Day
from tests.ui.at_work import press, settle, shown
from tests.ui.conftest import Team
from tests.ui.pages.test_hand_offs import look, offered, owner


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[TodayPage]:
    made = shown(TodayPage(desk), qtbot)
    yield made
    made.close()


def of_satos(store: Store, clock: FixedClock, day: Day) -> None:
    """Two things for L. Sato to do today."""
    for reason in ("ask how the coat fits", "thank her"):
        what = NewFollowUp(day.clients["Priya"], day.sato, "call", reason, clock.now().date())
        with store.write() as session:
            new_follow_up(session, what, now=clock.now())


def test_what_is_handed_to_me_has_the_keyboard_whenever_it_comes(
    page: TodayPage, day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    of_satos(store, clock, day)
    desk.sign(team.sato)
    settle(desk, qtbot)
    assert page.due.hasFocus()
    offered(store, clock, day)
    look(page, qtbot)
    assert page.inbox.list.hasFocus()
    press(Qt.Key.Key_A)
    settle(desk, qtbot)
    assert owner(store, day, desk) == day.sato
    assert page.inbox.isHidden()
    assert page.due.hasFocus(), "the next list, not the next button"
    desk.undo()
    settle(desk, qtbot)
    assert page.inbox.list.hasFocus(), "to be answered otherwise at once"


def test_what_is_handed_to_me_leaves_a_moved_keyboard_alone(
    page: TodayPage, day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    of_satos(store, clock, day)
    desk.sign(team.sato)
    settle(desk, qtbot)
    first = page.due.current_key()
    press(Qt.Key.Key_J)
    moved = page.due.current_key()
    assert moved != first
    offered(store, clock, day)
    look(page, qtbot)
    assert page.inbox.isVisible()
    assert (page.due.hasFocus(), page.due.current_key()) == (True, moved)


def test_the_line_under_the_day_counts_who_is_handed_over(
    page: TodayPage, day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    desk.sign(team.sato)
    settle(desk, qtbot)
    assert page.header.sub.text().startswith("Nothing is planned")
    offered(store, clock, day)
    look(page, qtbot)
    assert page.header.sub.text() == "1 client handed to you"
    of_satos(store, clock, day)
    look(page, qtbot)
    assert page.header.sub.text() == "1 client handed to you · 2 follow-ups due"
