"""Is nothing in the way of whoever works through follow-ups: cut words, the wrong colleague?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clientele.domain.tables import FollowUp
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet
from clientele.ui.dialogs.give_follow_ups import GiveFollowUpsSheet
from clientele.ui.pages.follow_ups import FollowUpsPage
from clientele.ui.widgets.buttons import Button
from tests.a_day import Day
from tests.ui.at_work import press, settle, sheet, shown, words_in


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[FollowUpsPage]:
    """The page, read and shown."""
    made = shown(FollowUpsPage(desk), qtbot)
    yield made
    made.close()


def test_every_button_of_a_call_shows_all_its_words(
    page: FollowUpsPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    page.list.set_current(day.follow_ups["Marta"])
    press(Qt.Key.Key_C)
    settle(desk, qtbot)
    buttons = [
        one for one in sheet(page, DoneFollowUpSheet).findChildren(Button) if one.isVisible()
    ]
    assert len(buttons) > 5
    assert [one.text() for one in buttons if one.width() < one.sizeHint().width()] == []


def test_what_was_meant_is_explained_and_of_other_ways_a_word_is_enough(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.follow_ups["Aisha"]
    for channel, whole in (("call", True), ("email", False)):
        with store.write() as session:
            row = session.get(FollowUp, key)
            assert row is not None
            row.channel = channel
        page.refresh()
        settle(desk, qtbot)
        page.list.set_current(key)
        press(Qt.Key.Key_C)
        settle(desk, qtbot)
        form = sheet(page, DoneFollowUpSheet)
        said = words_in(form)
        assert ("does not want to be reached by telephone" in said) == whole
        assert ("Call: does not want calls" in said) != whole
        form.close_sheet()
        page.list.setFocus()


def test_of_several_of_which_one_is_anothers_a_colleague_is_offered_first(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        row = session.get(FollowUp, day.follow_ups["James"])
        assert row is not None
        row.associate_id, row.given_by_id = day.sato, day.okafor
    page.refresh()
    settle(desk, qtbot)
    page.chosen.choose([day.follow_ups["Marta"], day.follow_ups["James"]])
    page.chosen.act("give")
    settle(desk, qtbot)
    form = sheet(page, GiveFollowUpsSheet)
    assert form.colleagues.ids[-1] == day.okafor
    assert form.colleagues.tile(form.colleagues.ids[0]).hasFocus()


def test_the_client_at_hand_is_the_one_of_the_line(page: FollowUpsPage, day: Day) -> None:
    page.list.set_current(day.follow_ups["James"])
    assert page.client_at_hand() == day.clients["James"]
    page.list.set_current(day.follow_ups["Marta"])
    assert page.client_at_hand() == day.clients["Marta"]
