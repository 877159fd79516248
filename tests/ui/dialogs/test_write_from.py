"""Is the form for messages opened from where one is, knowing what it is about?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.client import Channel, Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.tables import ContactMade, FollowUp
from clientele.store.queries.appointments import appointment
from clientele.store.queries.message_fields import MatterKind
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.appointment import AppointmentSheet
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet
from clientele.ui.dialogs.write_message import WriteMessageSheet
from clientele.ui.pages.follow_ups import FollowUpsPage
from clientele.ui.pages.promises import PromisesPage
from clientele.ui.widgets.sheet import Sheet
from tests.a_day import Day
from tests.ui.at_work import press, settle, shown

S = TypeVar("S", bound=Sheet)


def open_one(page: QWidget, kind: type[S], desk: Desk, qtbot: QtBot) -> S:
    """The form of this kind that is in sight."""
    settle(desk, qtbot)
    found = [one for one in page.window().findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def page(day: Day, desk: Desk, store: Store, qtbot: QtBot) -> Iterator[FollowUpsPage]:
    """The follow-ups; the one for Samuel begins with a template."""
    with store.write() as session:
        row = session.get(FollowUp, day.follow_ups["Samuel"])
        assert row is not None
        row.template, row.purpose = "order_arrived", Purpose.SERVICE
        row.source, row.source_id = "promise", day.promises["camel"]
    made = shown(FollowUpsPage(desk), qtbot)
    yield made
    made.close()


def test_a_follow_up_with_a_template_begins_with_its_words_and_is_done_when_it_was_sent(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.list.set_current(day.follow_ups["Samuel"])
    press(Qt.Key.Key_C)
    form = open_one(page, WriteMessageSheet, desk, qtbot)
    assert form.channel.value == Channel.TEXT
    assert "What you ordered is here: cashmere crew, camel, L." in form.words.body.value
    form.go.click()
    settle(desk, qtbot)
    form.yes.click()
    settle(desk, qtbot)
    with store.read() as session:
        row = session.get(FollowUp, day.follow_ups["Samuel"])
        contacts = list(session.scalars(select(ContactMade)))
    assert row is not None
    assert row.state == FollowUpState.DONE
    assert [(one.follow_up_id, one.for_promise) for one in contacts] == [(row.id, True)]


def test_any_other_can_be_written_with_a_template(
    page: FollowUpsPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    page.list.set_current(day.follow_ups["Marta"])
    press(Qt.Key.Key_C)
    done = open_one(page, DoneFollowUpSheet, desk, qtbot)
    QTest.mouseClick(done.words, Qt.MouseButton.LeftButton)
    form = open_one(page, WriteMessageSheet, desk, qtbot)
    written = form.written()
    assert written is not None
    assert written.follow_up_id == day.follow_ups["Marta"]
    assert form.channel.value == Channel.CALL


def test_from_a_promise(page: FollowUpsPage, day: Day, desk: Desk, qtbot: QtBot) -> None:
    promises = shown(PromisesPage(desk), qtbot)
    promises.show_promise(day.promises["hemmed"])
    settle(desk, qtbot)
    promises.detail.write.click()
    form = open_one(promises, WriteMessageSheet, desk, qtbot)
    assert form.words.matter is not None
    assert form.words.matter.promise_id == day.promises["hemmed"]
    promises.close()


def test_from_an_appointment(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.read() as session:
        row = appointment(session, day.appointments["Eleanor"])
    assert row is not None
    sheet = AppointmentSheet(desk, page, row)
    sheet.open_sheet()
    settle(desk, qtbot)
    sheet.write.click()
    form = open_one(page, WriteMessageSheet, desk, qtbot)
    assert form.words.matter is not None
    assert form.words.matter.kind is MatterKind.APPOINTMENT
    assert "we meet on Saturday 21 November at 11:00" in form.words.body.value
