"""Is a reply logged by one key from a follow-up's line, and is all of it at hand on Today too?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clientele.domain.client import Channel, Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.tables import ContactMade, FollowUp
from clientele.services.rows import new_id
from clientele.store.queries.story import StoryEntry, Told, story
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.change_follow_up import ChangeFollowUpSheet
from clientele.ui.dialogs.give_follow_ups import GiveFollowUpsSheet
from clientele.ui.pages.follow_ups import DONE, FollowUpsPage
from clientele.ui.pages.today import TodayPage
from tests.a_day import Day
from tests.as_kept import as_kept
from tests.ui.at_work import press, settle, sheet, shown


def wrote(store: Store, desk: Desk, client_id: int, channel: Channel) -> None:
    """Somebody wrote to the client an hour ago."""
    with store.write() as session:
        new_id(
            session,
            ContactMade(
                client_id=client_id,
                associate_id=desk.me.id,
                channel=channel,
                purpose=Purpose.SERVICE,
                took_place_at=desk.now() - timedelta(hours=1),
            ),
        )


def replies(store: Store, client_id: int) -> list[StoryEntry]:
    """What the client answered, the latest first."""
    with store.read() as session:
        return [
            one
            for one in story(session, client_id)
            if one.kind == Told.CONTACT and one.state == "incoming"
        ]


@pytest.mark.parametrize("kind", [TodayPage, FollowUpsPage])
def test_a_reply_is_one_key_and_answers_what_was_last_written(
    kind: type[TodayPage | FollowUpsPage], day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    marta, key = day.clients["Marta"], day.follow_ups["Marta"]
    wrote(store, desk, marta, Channel.TEXT)
    page = shown(kind(desk), qtbot)
    rows = page.due if isinstance(page, TodayPage) else page.list
    rows.setFocus()
    rows.set_current(key)
    said: list[str] = []
    desk.said.connect(lambda words, *_: said.append(words))
    press(Qt.Key.Key_R)
    settle(desk, qtbot)
    assert [one.channel for one in replies(store, marta)] == [Channel.TEXT], (
        "not a call, as planned"
    )
    assert said == ["Marta Lindqvist replied: it stands in the story"]
    assert as_kept(store, FollowUp, key).state == FollowUpState.OPEN
    assert rows.current_key() == key
    desk.undo()
    settle(desk, qtbot)
    assert replies(store, marta) == []


def test_who_was_never_written_to_answers_on_the_channel_that_was_meant(
    day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page = shown(TodayPage(desk), qtbot)
    page.due.setFocus()
    page.due.set_current(day.follow_ups["Marta"])
    press(Qt.Key.Key_R)
    settle(desk, qtbot)
    assert [one.channel for one in replies(store, day.clients["Marta"])] == [Channel.CALL]


def test_an_answer_to_what_is_done_is_logged_where_it_stands_as_done(
    day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page = shown(FollowUpsPage(desk), qtbot)
    key = day.follow_ups["Marta"]
    with store.write() as session:
        row = session.get(FollowUp, key)
        assert row is not None
        row.state, row.done_at = FollowUpState.DONE, desk.now()
    page.part.choose(DONE)
    page.refresh()
    settle(desk, qtbot)
    page.list.set_current(key)
    assert page.detail.replied.isVisible()
    page.detail.replied.click()
    settle(desk, qtbot)
    assert len(replies(store, day.clients["Marta"])) == 1


def test_changed_and_given_from_today_too(day: Day, desk: Desk, qtbot: QtBot) -> None:
    page = shown(TodayPage(desk), qtbot)
    page.due.setFocus()
    page.due.set_current(day.follow_ups["Marta"])
    press(Qt.Key.Key_E)
    settle(desk, qtbot)
    sheet(page, ChangeFollowUpSheet).close_sheet()
    page.due.setFocus()
    press(Qt.Key.Key_G)
    settle(desk, qtbot)
    assert sheet(page, GiveFollowUpsSheet).isVisible()
