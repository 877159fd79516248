"""Is each yes and no one touch, kept with how and in which words, and told as it stands now?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.client import Channel, Purpose
from clientele.domain.tables import Consent
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.consents import ConsentSheet
from clientele.ui.pages.follow_ups import FollowUpsPage
from tests.a_day import Day
from tests.ui.at_work import settle, shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sheet(day: Day, desk: Desk, qtbot: QtBot) -> ConsentSheet:
    """What Marta Lindqvist said: calls and e-mail, about everything."""
    page = shown(FollowUpsPage(desk), qtbot)
    opened = ConsentSheet(desk, page, day.clients["Marta"])
    opened.open_sheet()
    settle(desk, qtbot)
    return opened


def kept(store: Store) -> Consent:
    with store.read() as session:
        row = session.scalars(select(Consent).order_by(Consent.id.desc())).first()  # type: ignore[union-attr]
        assert row is not None
        session.expunge(row)
        return row


def note(sheet: ConsentSheet, channel: Channel, purpose: Purpose) -> str:
    return sheet.notes[channel, purpose].text()


def test_what_stands_is_told_with_the_word_by_which_it_stands(sheet: ConsentSheet) -> None:
    assert sheet.title.text() == "How Marta Lindqvist may be reached"
    assert sheet.says[Channel.CALL, Purpose.NEWS].value == "yes"
    assert sheet.says[Channel.TEXT, Purpose.NEWS].value == ""
    assert "R. Okafor · allowed now" in note(sheet, Channel.CALL, Purpose.SERVICE)
    assert note(sheet, Channel.TEXT, Purpose.NEWS) == "not asked yet · has not said yes to news"
    assert note(sheet, Channel.TEXT, Purpose.SERVICE) == "not asked yet · allowed now"
    assert len(sheet.history.rows()) == 2


def test_a_yes_is_one_touch_and_so_is_taking_it_back(
    sheet: ConsentSheet, store: Store, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    sheet.how.set_value("told me in the fitting room")
    sheet.words.set_value("May we text you about new things?")
    news = sheet.says[Channel.TEXT, Purpose.NEWS]
    QTest.mouseClick(news.button("yes"), LEFT)
    settle(desk, qtbot)
    row = kept(store)
    assert (row.channel, row.purpose, row.allowed) == ("text", "news", True)
    assert row.how == "told me in the fitting room"
    assert row.words == "May we text you about new things?"
    assert "told me in the fitting room" in note(sheet, Channel.TEXT, Purpose.NEWS)
    assert "May we text you" in sheet.history.rows()[0].body
    clock.advance(timedelta(minutes=5))
    QTest.mouseClick(news.button("no"), LEFT)
    settle(desk, qtbot)
    assert news.value == "no"
    assert "wants no news" in note(sheet, Channel.TEXT, Purpose.NEWS)
    desk.undo()
    settle(desk, qtbot)
    assert news.value == "yes"


def test_no_news_at_all_is_one_touch(sheet: ConsentSheet, desk: Desk, qtbot: QtBot) -> None:
    QTest.mouseClick(sheet.no_news, LEFT)
    settle(desk, qtbot)
    assert {sheet.says[one, Purpose.NEWS].value for one in Channel} == {"no"}
    assert sheet.says[Channel.CALL, Purpose.SERVICE].value == "yes"
    QTest.mouseClick(sheet.says[Channel.EMAIL, Purpose.NEWS].button("yes"), LEFT)
    settle(desk, qtbot)
    assert sheet.says[Channel.EMAIL, Purpose.NEWS].value == "yes"
    assert sheet.says[Channel.CALL, Purpose.NEWS].value == "no"
    QTest.mouseClick(sheet.nothing, LEFT)
    settle(desk, qtbot)
    assert {one.value for one in sheet.says.values()} == {"no"}


def test_the_hours_where_they_are_are_told_and_pass(
    sheet: ConsentSheet, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    assert "10:00 in Amsterdam: they may be called until 21:00 there." in plain(sheet)
    clock.advance(timedelta(hours=11, minutes=30))
    sheet.look()
    settle(desk, qtbot)
    assert "21:30 in Amsterdam: quiet until Sun 22 Nov 8:00 there." in plain(sheet)
    assert "quiet until" in note(sheet, Channel.CALL, Purpose.NEWS)


def plain(sheet: ConsentSheet) -> str:
    """The line of the hours, with ordinary spaces and hours as they are said here."""
    return sheet.hours.text().replace("\u202f", " ").replace("\xa0", " ").replace(" 08:", " 8:")
