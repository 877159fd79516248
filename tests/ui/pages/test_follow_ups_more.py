"""Does the page show what is behind a follow-up, let it repeat and say how it ended?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.expiring import Because
from clientele.domain.rules.touch_rules_settle import Cause
from clientele.domain.tables import Absence, FollowUp, Wish
from clientele.store.session import Store
from clientele.ui.desk import Desk, Me
from clientele.ui.dialogs.change_follow_up import ChangeFollowUpSheet
from clientele.ui.dialogs.give_follow_ups import GiveFollowUpsSheet
from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.follow_ups import DONE, FollowUpsPage
from tests.a_day import TODAY, Day
from tests.as_kept import as_kept
from tests.ui.at_work import press, settle, sheet, shown, words_in, write

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[FollowUpsPage]:
    """The page, read and shown."""
    made = shown(FollowUpsPage(desk), qtbot)
    yield made
    made.close()


def say(store: Store, key: int, **values: Any) -> None:
    """Write something of a follow-up."""
    with store.write() as session:
        row = session.get(FollowUp, key)
        assert row is not None
        for name, value in values.items():
            setattr(row, name, value)


def again(page: FollowUpsPage, desk: Desk, qtbot: QtBot) -> None:
    """Read the page anew."""
    page.refresh()
    settle(desk, qtbot)


def test_changed_to_repeat_and_done_comes_again(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.list.set_current(day.follow_ups["James"])
    press(Qt.Key.Key_E)
    form = sheet(page, ChangeFollowUpSheet)
    assert form.purpose.value == Purpose.SERVICE
    assert not form.repeat.choice.isVisible()
    QTest.mouseClick(form.repeat.unfold, Qt.MouseButton.LeftButton)
    form.repeat.choice.choose("2")  # every week on Saturday
    form.repeat.choice.chosen.emit("2")
    form.repeat.ends.setFocus()
    write("2 times")
    assert form.repeat.words.text() == "2 times in all"
    QTest.mouseClick(form.button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    row = as_kept(store, FollowUp, day.follow_ups["James"])
    assert (row.repeat, row.repeat_from) == ("FREQ=WEEKLY;BYDAY=SA;COUNT=2", TODAY)
    chips = [chip.text for chip in page.list.current_row().chips]  # type: ignore[union-attr]
    assert chips == ["every week on Saturday · 2 times in all"]
    assert "again 28 Nov" in page.detail.behind.about.text()
    press(Qt.Key.Key_D)
    write("posted")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    with store.read() as session:
        asked = select(FollowUp).where(col(FollowUp.client_id) == row.client_id)
        found = [(one.state, one.due_on) for one in session.scalars(asked)]
    assert found == [("done", TODAY), ("open", TODAY + timedelta(days=7))]
    page.list.set_current(max(one.key for one in page.list.rows() if isinstance(one.key, int)))
    settle(desk, qtbot)
    assert "that was the last time" in page.detail.behind.about.text()


def test_one_that_repeats_is_left_out_once_or_for_good(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    say(store, day.follow_ups["Marta"], repeat="FREQ=WEEKLY;BYDAY=TH", repeat_from=TODAY)
    again(page, desk, qtbot)
    page.list.set_current(day.follow_ups["Marta"])
    press(Qt.Key.Key_X)
    form = sheet(page, SayWhySheet)
    assert form.act.text() == "Never again"
    assert form.other is not None
    write("away this week")
    QTest.mouseClick(form.other, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with store.read() as session:
        asked = select(FollowUp.due_on).where(  # type: ignore[call-overload]
            col(FollowUp.client_id) == day.clients["Marta"],
            col(FollowUp.state) == FollowUpState.OPEN,
        )
        assert list(session.scalars(asked)) == [date(2026, 11, 26)]


@pytest.mark.parametrize(
    ("ended", "lead", "words"),
    [
        ((FollowUpState.EXPIRED, Because.HOLD_ENDED), "passed", "the hold has ended"),
        ((FollowUpState.EXPIRED, Because.TOO_LATE), "passed", "it is too late for it by now"),
        ((FollowUpState.ENDED, Cause.RULE_OFF), "taken back", "its rule was switched off"),
        ((FollowUpState.ENDED, "else"), "taken back", "its rule no longer asks for it"),
        ((FollowUpState.DROPPED, "moved away"), "not done", "moved away"),
        ((FollowUpState.DONE, "likes it"), "done", "likes it"),
    ],
)
def test_how_it_ended_is_said_in_words(
    page: FollowUpsPage, day: Day, store: Store, qtbot: QtBot,
    ended: tuple[str, str], lead: str, words: str,
) -> None:  # fmt: skip
    desk = page.desk
    state, outcome = (str(one) for one in ended)
    say(store, day.follow_ups["Marta"], state=state, outcome=outcome, done_at=desk.now())
    again(page, desk, qtbot)
    page.part.choose(DONE)
    page.part.chosen.emit(DONE)
    settle(desk, qtbot)
    row = page.list.rows()[0]
    assert isinstance(row.lead, ChipSpec)
    assert row.lead.text == lead
    assert words in row.sub
    assert page.detail.how.text() == words


def test_ones_own_whose_reason_is_gone_stays_and_is_offered_to_be_taken_off(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        wish = Wish(
            client_id=day.clients["Marta"],
            item="scarf",
            wished_at=desk.now(),
            state="bought",
            ended_at=desk.now(),
        )
        session.add(wish)
        session.flush()
        wish_id = wish.id
    key = day.follow_ups["Marta"]
    say(store, key, source="wish", source_id=wish_id)
    again(page, desk, qtbot)
    page.list.set_current(key)
    settle(desk, qtbot)
    assert page.detail.behind.link.text() == "Wish of 21 Nov: scarf"
    assert page.detail.gone.isVisible()
    assert "the wish was fulfilled or given up" in page.detail.gone.sentence.text()
    page.detail.gone.findChild(type(page.detail.done)).click()  # type: ignore[union-attr]
    form = sheet(page, SayWhySheet)
    assert form.words.value == "the wish was fulfilled or given up"
    form.act.click()
    settle(desk, qtbot)
    assert as_kept(store, FollowUp, key).state == FollowUpState.DROPPED
    assert not page.detail.gone.isVisible()


def test_the_way_to_what_is_behind_it(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key, promise = day.follow_ups["Marta"], day.promises["hemmed"]
    say(store, key, source="promise", source_id=promise)
    again(page, desk, qtbot)
    page.list.set_current(key)
    settle(desk, qtbot)
    assert page.detail.behind.link.text().startswith("Promise for ")
    with qtbot.waitSignal(page.open_promise) as opened:
        QTest.mouseClick(page.detail.behind.link, Qt.MouseButton.LeftButton)
    assert opened.args == [promise]
    say(store, key, source="appointment", source_id=day.appointments["Eleanor"])
    again(page, desk, qtbot)
    page.list.set_current(day.follow_ups["James"])
    page.list.set_current(key)
    settle(desk, qtbot)
    with qtbot.waitSignal(page.open_client):
        QTest.mouseClick(page.detail.behind.link, Qt.MouseButton.LeftButton)
    page.list.set_current(day.follow_ups["James"])
    settle(desk, qtbot)
    assert not page.detail.behind.link.isVisible()


def test_the_colleague_sees_who_asked(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    say(store, day.follow_ups["Tom"], associate_id=day.sato, given_by_id=day.okafor)
    desk.sign(Me(day.sato, "L. Sato", None, ""))
    settle(desk, qtbot)
    assert [row.title for row in page.list.rows()] == ["Tom Becker"]
    assert [chip.text for chip in page.list.rows()[0].chips] == ["R. Okafor asked"]
    assert "R. Okafor asked" in words_in(page.detail.behind)


def test_a_new_one_for_a_colleague_about_news_every_month(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = NewFollowUpSheet(desk, page, client_id=day.clients["Eleanor"])
    form.open_sheet()
    settle(desk, qtbot)
    assert form.purpose.value == Purpose.NEWS
    write("winter coats are in")
    form.repeat.set_rule("FREQ=MONTHLY;BYMONTHDAY=22")
    form.whose.choice.choose("colleague")
    form.whose.choice.chosen.emit("colleague")
    settle(desk, qtbot)
    press(Qt.Key.Key_Return, CTRL)
    assert "Choose a colleague" in form.banner.sentence.text()
    assert form.whose.colleagues is not None
    QTest.mouseClick(form.whose.colleagues.tile(day.sato), Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    with store.read() as session:
        asked = select(FollowUp).where(col(FollowUp.client_id) == day.clients["Eleanor"])
        row = session.scalars(asked).one()
    assert (row.associate_id, row.given_by_id) == (day.sato, day.okafor)
    assert (row.purpose, row.repeat) == (Purpose.NEWS, "FREQ=MONTHLY;BYMONTHDAY=22")
    assert row.repeat_from == row.due_on == TODAY + timedelta(days=1)


def test_a_long_way_to_what_is_behind_it_ends_with_an_ellipsis(
    page: FollowUpsPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    link = page.detail.behind.link
    words = "Purchase of 7 Nov: Sorrel Finch tailored blazer, camel, UK 16, and a beaded clutch bag"
    page.list.set_current(day.follow_ups["Marta"])
    settle(desk, qtbot)
    link.set_words(words)
    link.show()
    qtbot.waitUntil(lambda: link.text().endswith("…"))
    assert link.text().startswith("Purchase of 7 Nov: Sorrel")
    assert link.fontMetrics().horizontalAdvance(link.text()) <= link.width()
    assert (link.accessibleName(), link.toolTip()) == (words, words)
    link.set_words("Purchase of 7 Nov")
    qtbot.waitUntil(lambda: link.text() == "Purchase of 7 Nov")
    assert link.toolTip() == ""


def test_whoever_is_away_stands_last_and_says_when_they_are_back(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        session.add(Absence(associate_id=day.sato, cover_id=day.okafor, away_from=TODAY,
                            back_on=TODAY + timedelta(3), created_at=desk.now()))  # fmt: skip
    page.list.set_current(day.follow_ups["Marta"])
    press(Qt.Key.Key_G)
    settle(desk, qtbot)
    form = sheet(page, GiveFollowUpsSheet)
    assert form.colleagues.ids[-1] == day.sato
    tiles = [form.colleagues.tile(key).accessibleName() for key in form.colleagues.ids]
    assert tiles[-1].endswith("away, back Tue")
    assert not any("away" in words for words in tiles[:-1])
    assert form.colleagues.tile(form.colleagues.ids[0]).hasFocus()
