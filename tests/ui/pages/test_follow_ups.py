"""Can ten quiet minutes be worked through from top to bottom, by keys or by clicks?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.client import Channel
from clientele.domain.plans import FollowUpState
from clientele.domain.tables import ContactMade, FollowUp
from clientele.services.consents import SayConsent, say_consent
from clientele.services.follow_ups import DoFollowUp, do_follow_up
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.delegates.row import RowDelegate
from clientele.ui.desk import Desk
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet
from clientele.ui.dialogs.new_follow_up import NewFollowUpSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.follow_ups import DONE, TO_DO, FollowUpsPage
from clientele.ui.theme import Tone
from tests.a_day import Day
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

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[FollowUpsPage]:
    """The page, read and shown."""
    made = shown(FollowUpsPage(desk), qtbot)
    yield made
    made.close()


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[list[str]]:
    """What was handed to the system to dial or write to."""

    class Handler(QObject):
        @Slot(QUrl)
        def take(self, url: QUrl) -> None:
            urls.append(url.toString())

    urls: list[str] = []
    handler = Handler()
    for scheme in ("tel", "sms", "mailto"):
        QDesktopServices.setUrlHandler(scheme, handler, "take")  # type: ignore[arg-type]
    yield urls
    for scheme in ("tel", "sms", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)


def follow_up(store: Store, key: int) -> FollowUp:
    """As it stands in the book."""
    return as_kept(store, FollowUp, key)


def contacts(store: Store) -> list[str]:
    """What stands in the story as contacts."""
    with store.read() as session:
        return [one.summary for one in session.scalars(select(ContactMade))]


def test_overdue_today_and_upcoming_in_their_order(page: FollowUpsPage) -> None:
    assert page.header.sub.text() == "1 overdue · 2 due today · 2 upcoming"
    assert [(row.section, row.title) for row in page.list.rows()] == [
        ("Overdue", "Marta Lindqvist"),
        ("Today", "James Whitfield"),
        ("Today", "Aisha Rahman"),
        ("Upcoming", "Tom Becker"),
        ("Upcoming", "Samuel Cole"),
    ]
    tones = [row.lead.tone for row in page.list.rows() if isinstance(row.lead, ChipSpec)]
    assert tones == [Tone.AMBER, Tone.BLUE, Tone.BLUE, Tone.PLAIN, Tone.PLAIN]


def test_the_client_at_hand_follows_the_keys(page: FollowUpsPage, desk: Desk, qtbot: QtBot) -> None:
    assert page.detail.title.text() == "Marta Lindqvist"
    assert "020 555 0142" in words_in(page.detail)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_J)
    assert "020 555 0142" not in words_in(page.detail)
    settle(desk, qtbot)
    assert page.detail.title.text() == "Aisha Rahman"
    assert page.detail.reason.text() == "new arrivals in her size (UK 10, navy, no wool)"
    assert "no call" in words_in(page.detail)
    press(Qt.Key.Key_K)
    settle(desk, qtbot)
    assert page.detail.title.text() == "James Whitfield"


def test_a_click_chooses_and_return_opens(
    page: FollowUpsPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(page.open_client):
        click_row(page.list, day.follow_ups["Tom"])
    settle(desk, qtbot)
    assert page.detail.title.text() == "Tom Becker"
    with qtbot.waitSignal(page.open_client) as client:
        press(Qt.Key.Key_Return)
    assert client.args == [day.clients["Tom"]]
    with qtbot.waitSignal(page.open_client):
        QTest.mouseClick(page.detail.open_button, Qt.MouseButton.LeftButton)
    place = page.list.visualRect(page.list.currentIndex()).topLeft() + QPoint(40, 12)
    with qtbot.waitSignal(page.open_client) as client:
        QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert client.args == [day.clients["Tom"]]


def test_from_top_to_bottom_by_keys_alone(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    for words in ("boots fit", "posted", "likes the navy", "gift was a success", "on its way"):
        press(Qt.Key.Key_D)
        write(words)
        press(Qt.Key.Key_Return)
        settle(desk, qtbot)
        if words == "likes the navy":  # she wants no calls, and was called all the same
            form = sheet(page, DoneFollowUpSheet)
            assert "does not want to be reached by telephone" in form.banner.sentence.text()
            QTest.mouseClick(form.all_the_same, Qt.MouseButton.LeftButton)
            settle(desk, qtbot)
    assert page.list.rows() == []
    assert page.nothing.isVisible()
    assert len(contacts(store)) == 5
    assert page.header.sub.text() == "0 overdue · 0 due today · 0 upcoming"
    page.part.choose(DONE)
    page.part.chosen.emit(DONE)
    assert len(page.list.rows()) == 5
    assert "on its way" in page.list.rows()[0].sub


def test_no_answer_is_no_contact(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    click_row(page.list, day.follow_ups["Marta"], "done")
    form = sheet(page, DoneFollowUpSheet)
    assert form.no_answer is not None
    QTest.mouseClick(form.no_answer, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert follow_up(store, day.follow_ups["Marta"]).outcome == "no answer"
    assert contacts(store) == []


def test_reaching_a_client_dials_copies_and_ends_with_the_outcome(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot, opened: list[str]
) -> None:
    press(Qt.Key.Key_C)
    form = sheet(page, DoneFollowUpSheet)
    assert list(form.ways) == [Channel.CALL, Channel.EMAIL, Channel.TEXT]
    settle(desk, qtbot)
    assert form.ways[Channel.CALL].hasFocus()
    for channel in form.ways:
        QTest.mouseClick(form.ways[channel], Qt.MouseButton.LeftButton)
    assert opened == ["tel:0205550142", "mailto:marta@lindqvist.example", "sms:0205550142"]
    copy = next(one for one in form.findChildren(type(form.yes)) if one.text() == "Copy")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "020 555 0142"
    form.outcome.setFocus()
    write("comes on Tuesday")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert contacts(store) == ["fit check on boots bought 5 Nov: comes on Tuesday"]


def test_a_refused_channel_is_said_and_cannot_be_dialled(
    page: FollowUpsPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    page.list.set_current(day.follow_ups["Aisha"])
    press(Qt.Key.Key_C)
    form = sheet(page, DoneFollowUpSheet)
    assert Channel.CALL not in form.ways
    settle(desk, qtbot)
    assert Channel.CALL not in form.ways
    assert "does not want to be reached by telephone" in words_in(form)
    assert form.ways[Channel.EMAIL].isVisible()


def test_who_wants_nothing_is_only_done(
    page: FollowUpsPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    desk.do(say_consent, SayConsent(day.clients["Tom"], Channel.CALL, False, day.okafor))
    desk.do(say_consent, SayConsent(day.clients["Tom"], Channel.TEXT, False, day.okafor))
    settle(desk, qtbot)
    tom = next(row for row in page.list.rows() if row.key == day.follow_ups["Tom"])
    call, done = (act for act in tom.actions if act.shown)
    assert (call.label, done.label) == ("Call", "Done")
    assert "does not want to be reached by telephone" in call.closed
    assert "until the client says yes" in call.closed
    assert "Call (C): The client does not want" in tom.words()
    assert tom.sub == "does not want calls · next time they are in"
    page.list.set_current(day.follow_ups["Tom"])
    settle(desk, qtbot)
    assert page.detail.reach.toolTip() == call.closed
    place = page.list.button_rect(day.follow_ups["Tom"], "reach").center()
    painter = page.list.itemDelegate()
    assert isinstance(painter, RowDelegate)
    index = page.list.currentIndex()
    assert painter.why_closed(index, page.list.visualRect(index), place) == call.closed


def test_in_quiet_hours_nobody_is_dialled_and_what_took_place_is_kept_as_that(
    page: FollowUpsPage,
    day: Day,
    desk: Desk,
    clock: FixedClock,
    store: Store,
    qtbot: QtBot,
    opened: list[str],
) -> None:
    press(Qt.Key.Key_C)
    form = sheet(page, DoneFollowUpSheet)
    settle(desk, qtbot)
    clock.advance(timedelta(hours=12))
    QTest.mouseClick(form.ways[Channel.CALL], Qt.MouseButton.LeftButton)
    assert opened == []
    assert "quiet until" in form.banner.sentence.text()
    assert Channel.CALL not in form.ways
    write("she rang back")
    assert not form.all_the_same.isVisible()
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert follow_up(store, day.follow_ups["Marta"]).state == FollowUpState.OPEN
    QTest.mouseClick(form.all_the_same, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert no_sheet(page)
    with store.read() as session:
        assert session.scalars(select(ContactMade)).one().against == "hours"


def test_put_off_to_a_typed_day_and_undone(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_S)
    settle(desk, qtbot)
    form = sheet(page, ChooseDaySheet)
    form.other.setFocus()
    write("nonsense")
    press(Qt.Key.Key_Return)
    assert "is not a day" in form.banner.sentence.text()
    form.other.clear()
    write("3 dec")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert follow_up(store, day.follow_ups["Marta"]).due_on == date(2026, 12, 3)
    assert page.list.rows()[-1].title == "Marta Lindqvist"
    desk.undo()
    settle(desk, qtbot)
    assert follow_up(store, day.follow_ups["Marta"]).due_on == date(2026, 11, 19)


def test_not_done_with_the_reason_why(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_X)
    sheet(page, SayWhySheet)
    write("was in yesterday")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    dropped = follow_up(store, day.follow_ups["Marta"])
    assert (dropped.state, dropped.outcome) == (FollowUpState.DROPPED, "was in yesterday")
    assert "Marta Lindqvist" not in titles(page.list)
    page.part.choose(DONE)
    page.part.chosen.emit(DONE)
    lead = page.list.rows()[0].lead
    assert isinstance(lead, ChipSpec)
    assert (lead.text, lead.tone) == ("not done", Tone.PLAIN)


def test_done_at_another_terminal_is_said_and_nothing_is_lost(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_D)
    write("boots fit")
    with store.write() as session:
        do_follow_up(session, DoFollowUp(day.follow_ups["Marta"], day.sato), now=desk.now())
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    form = sheet(page, DoneFollowUpSheet)
    assert "no longer open" in form.banner.sentence.text()
    assert form.outcome.value == "boots fit"


def test_a_new_one_stands_in_its_place(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.part.choose(DONE)
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    write("marsh")
    settle(desk, qtbot)
    qtbot.waitUntil(sheet(page, NewFollowUpSheet).client.box.results_shown)
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    write("how was Lisbon?")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert page.part.value == TO_DO
    assert titles(page.list)[3] == "Eleanor Marsh"
    with store.read() as session:
        made = session.scalars(select(FollowUp).order_by(FollowUp.id.desc())).first()  # type: ignore[union-attr]
        assert made is not None
        assert (made.client_id, made.reason, made.due_on, made.channel) == (
            day.clients["Eleanor"],
            "how was Lisbon?",
            date(2026, 11, 22),
            Channel.CALL,
        )


def test_an_empty_page_offers_the_first_one(team: Team, desk: Desk, qtbot: QtBot) -> None:
    page = shown(FollowUpsPage(desk), qtbot)
    assert page.nothing.isVisible()
    assert not page.nothing_done.isVisible()
    assert page.detail.empty.isVisible()
    assert page.nothing.button is not None
    QTest.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    assert sheet(page, NewFollowUpSheet).client.box.hasFocus()
    press(Qt.Key.Key_Escape)
    assert no_sheet(page)
