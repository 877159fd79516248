"""Is what is typed into a form ever lost: closed, locked, refused, or asked for by another?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from clientele.domain.promises import PromiseKind
from clientele.domain.tables import Draft, FollowUp, Promise
from clientele.store.queries.message_fields import Meant
from clientele.store.queries.team import draft
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.dialogs.expect_client import ExpectClientSheet
from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.dialogs.write_message import WriteMessageSheet
from clientele.ui.pages.follow_ups import FollowUpsPage
from tests.a_day import Day
from tests.ui.at_work import no_sheet, press, settle, sheet, shown, write
from tests.ui.conftest import Team

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[FollowUpsPage]:
    """Any page to open a form over."""
    made = shown(FollowUpsPage(desk), qtbot)
    yield made
    made.close()


def drafts(store: Store) -> dict[str, str]:
    """What waits in the book, by place."""
    with store.read() as session:
        return {row.place: row.body for row in session.scalars(select(Draft))}


def test_closed_and_opened_again_it_goes_on(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    nell = day.clients["Eleanor"]
    NewFollowUpSheet(desk, page, client_id=nell).open_sheet()
    settle(desk, qtbot)
    form = sheet(page, NewFollowUpSheet)
    assert form.client.name.text() == "Eleanor Marsh"
    write("ask about Lisbon")
    form.channel.choose("text")
    form.due.field.setFocus()
    write("3 dec")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert list(drafts(store)) == [f"new follow-up for {nell}"]
    NewFollowUpSheet(desk, page, client_id=nell).open_sheet()
    settle(desk, qtbot)
    again = sheet(page, NewFollowUpSheet)
    assert again.reason.value == "ask about Lisbon"
    assert again.channel.value == "text"
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert drafts(store) == {}
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(FollowUp)) == 6


def test_a_form_that_opens_clears_no_words_before_it_has_them(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    meant = Meant(day.clients["Eleanor"])
    form = WriteMessageSheet(desk, page, meant)
    form.open_sheet()
    settle(desk, qtbot)
    form.words.body.setPlainText("Hello Eleanor")
    form.close_sheet()
    settle(desk, qtbot)
    assert drafts(store)
    form = WriteMessageSheet(desk, page, meant)
    # Whatever it saves of its empty fields is on the disk before it asks for its words.
    form.words.changed.connect(desk.flush)
    form.open_sheet()
    settle(desk, qtbot)
    assert form.words.body.value == "Hello Eleanor"
    form.words.body.setPlainText("")
    settle(desk, qtbot)
    assert drafts(store) == {}


def test_words_about_one_client_do_not_come_up_for_another(
    page: FollowUpsPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    NewFollowUpSheet(desk, page, client_id=day.clients["Eleanor"]).open_sheet()
    settle(desk, qtbot)
    write("only for Nell")
    sheet(page, NewFollowUpSheet).close_sheet()
    settle(desk, qtbot)
    NewFollowUpSheet(desk, page, client_id=day.clients["Tom"]).open_sheet()
    settle(desk, qtbot)
    assert sheet(page, NewFollowUpSheet).reason.value == ""


def test_a_draft_of_days_ago_is_due_today_at_the_earliest(
    page: FollowUpsPage, day: Day, desk: Desk, clock: FixedClock, qtbot: QtBot
) -> None:
    NewPromiseSheet(desk, page, client_id=day.clients["Tom"]).open_sheet()
    settle(desk, qtbot)
    write("strap mended")
    sheet(page, NewPromiseSheet).close_sheet()
    settle(desk, qtbot)
    clock.advance(timedelta(days=9))
    NewPromiseSheet(desk, page, client_id=day.clients["Tom"]).open_sheet()
    settle(desk, qtbot)
    form = sheet(page, NewPromiseSheet)
    assert form.what.value == "strap mended"
    assert form.due.day == date(2026, 11, 30)


def test_what_is_missing_is_said_and_all_words_stay(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    NewFollowUpSheet(desk, page).open_sheet()
    settle(desk, qtbot)
    form = sheet(page, NewFollowUpSheet)
    form.reason.setFocus()
    write("call")
    press(Qt.Key.Key_Return, CTRL)
    assert form.banner.sentence.text().startswith("For whom?")
    assert form.client.box.hasFocus()
    form.client.pick(day.clients["Tom"])
    form.due.field.setFocus()
    write("never")
    press(Qt.Key.Key_Return, CTRL)
    assert form.banner.sentence.text().startswith("When?")
    form.due.choice.chosen.emit("tomorrow")
    form.reason.setPlainText("")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert "needs a reason" in form.banner.sentence.text()
    assert form.isVisible()
    form.reason.setPlainText("call")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert no_sheet(page)


def test_a_card_number_is_refused_and_not_kept_as_a_draft_either(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    NewFollowUpSheet(desk, page, client_id=day.clients["Tom"]).open_sheet()
    settle(desk, qtbot)
    form = sheet(page, NewFollowUpSheet)
    write("refund 4111 1111 1111 1111")
    settle(desk, qtbot)
    assert "card number" in form.banner.sentence.text()
    assert "1111 1111 1111 1111" not in "".join(drafts(store).values())
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert form.isVisible()
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(FollowUp)) == 5


def test_asked_twice_it_is_kept_once(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    NewPromiseSheet(
        desk, page, client_id=day.clients["Tom"], kind=PromiseKind.CALL_BACK
    ).open_sheet()
    settle(desk, qtbot)
    write("call about the tie")
    form = sheet(page, NewPromiseSheet)
    form.keep()
    form.keep()
    settle(desk, qtbot)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Promise)) == 6


def test_closed_before_the_answer_comes_nothing_breaks(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    NewPromiseSheet(desk, page, client_id=day.clients["Tom"]).open_sheet()
    settle(desk, qtbot)
    write("call about the tie")
    form = sheet(page, NewPromiseSheet)
    form.keep()
    form.close_sheet()
    QApplication.sendPostedEvents(form, 52)
    settle(desk, qtbot)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Promise)) == 6


def test_the_next_associate_does_not_see_the_words(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, team: Team, qtbot: QtBot
) -> None:
    sheets: list[type[DraftedSheet]] = [ExpectClientSheet, NewFollowUpSheet, NewPromiseSheet]
    NewFollowUpSheet(desk, page, client_id=day.clients["Tom"]).open_sheet()
    settle(desk, qtbot)
    write("between us")
    desk.sign(team.sato)
    settle(desk, qtbot)
    assert no_sheet(page)
    for kind in sheets:
        kind(desk, page, client_id=day.clients["Tom"]).open_sheet()  # type: ignore[call-arg]
        settle(desk, qtbot)
        assert sheet(page, kind).typed_now() == {}
        sheet(page, kind).close_sheet()
    with store.read() as session:
        place = f"new follow-up for {day.clients['Tom']}"
        assert "between us" in draft(session, day.okafor, place)
