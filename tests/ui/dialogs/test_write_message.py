"""Is a client written to as they allow, with what the book knows, and is it told when it left?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import Message, MessageState, Way
from clientele.domain.tables import Consent, ContactMade, ContactPoint, MailAccount
from clientele.services.clients import EditClient, edit_client
from clientele.services.rows import new_id
from clientele.store.queries.message_fields import MatterKind, Meant
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import clipboard
from clientele.ui.desk import Desk
from clientele.ui.dialogs.write_message import WriteMessageSheet
from clientele.ui.pages.promises import PromisesPage
from clientele.ui.widgets.qr_code import modules_of
from tests.a_day import Day
from tests.ui.at_work import settle, shown, words_in

PHONE, MAIL = "+31612345678", "daniel@example.com"


@pytest.fixture
def page(day: Day, desk: Desk, store: Store, qtbot: QtBot) -> Iterator[PromisesPage]:
    """The page that the form is opened over; Daniel has a number and an address of his own."""
    with store.write() as session:
        for point in session.scalars(
            select(ContactPoint).where(col(ContactPoint.client_id) == day.clients["Daniel"])
        ):
            session.delete(point)
        for kind, value in (("phone", PHONE), ("email", MAIL)):
            point = ContactPoint(
                client_id=day.clients["Daniel"], kind=kind, value=value, normalised=value
            )
            session.add(point)
    made = shown(PromisesPage(desk), qtbot)
    yield made
    made.close()


def opened(
    page: QWidget, desk: Desk, qtbot: QtBot, meant: Meant, channel: Channel | None = None
) -> WriteMessageSheet:
    """The form, read."""
    made = WriteMessageSheet(desk, page, meant, channel=channel)
    made.open_sheet()
    settle(desk, qtbot)
    return made


def about_the_hem(day: Day) -> Meant:
    """The promise to Daniel."""
    return Meant(day.clients["Daniel"], MatterKind.PROMISE, day.promises["hemmed"])


def rows(store: Store, table: Any) -> list[Any]:
    """All rows."""
    with store.read() as session:
        found = list(session.scalars(select(table)))
        session.expunge_all()
    return found


class Opened(QObject):
    """What was handed to other programs."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """One more."""
        self.urls.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def elsewhere() -> Iterator[Opened]:
    """In place of the mail program and the telephone."""
    made = Opened()
    for scheme in ("mailto", "sms", "tel"):
        QDesktopServices.setUrlHandler(scheme, made, "take")  # type: ignore[arg-type]
    yield made
    for scheme in ("mailto", "sms", "tel"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_a_promise_brings_its_words_and_what_is_in_them_is_marked(
    page: PromisesPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.TEXT)
    assert form.words.body.value.startswith("Hello Daniel,\n\nYour alteration is ready: trousers")
    marked = [one.cursor.selectedText() for one in form.words.body.extraSelections()]
    assert marked == ["Daniel", "trousers hemmed", "R. Okafor", "Herengracht"]
    assert form.words.length.text().endswith("· 1 message")
    assert form.words.reason == Purpose.SERVICE
    assert not form.words.gaps.isVisible()
    assert form.words.why.text().endswith("is not written down")


def test_the_clients_language_is_taken_formally_and_can_be_changed(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        edit = EditClient(day.clients["Daniel"], "language", "de-AT")
        edit_client(session, edit, now=desk.now())
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.EMAIL)
    assert form.words.language.text().startswith("German, formal (Sie)")
    assert form.words.why.text().endswith("the client's language")
    assert form.words.body.value.startswith("Guten Tag Daniel")
    entries = {entry.text(): entry for entry in form.words.language.popup.actions()}
    entries["German, informal (du)"].trigger()
    assert form.words.body.value.startswith("Hallo Daniel")


def test_the_code_for_the_telephone_and_one_touch_when_it_was_sent(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.TEXT)
    body = form.words.body.value
    form.go.click()
    settle(desk, qtbot)
    assert form.out.code.modules == modules_of(f"SMSTO:{PHONE}:{body}")
    assert rows(store, ContactMade) == []
    assert form.yes.hasFocus()
    form.yes.click()
    settle(desk, qtbot)
    (contact,) = rows(store, ContactMade)
    assert (contact.summary, contact.for_promise) == (body, True)
    (message,) = rows(store, Message)
    assert (message.way, message.template) == (Way.PHONE, "alteration_ready")


def test_not_sent_tells_nothing_and_another_way_keeps_the_words(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.TEXT)
    QTest.keyClicks(form.words.body, " See you!")
    form.go.click()
    settle(desk, qtbot)
    form.back.click()
    settle(desk, qtbot)
    assert form.words.isVisible()
    assert form.words.body.value.endswith("See you!")
    form.copy.click()
    settle(desk, qtbot)
    assert QGuiApplication.clipboard().text().endswith("See you!")
    form.no.click()
    settle(desk, qtbot)
    assert (rows(store, ContactMade), rows(store, Message)) == ([], [])


def test_the_clipboard_is_emptied_unless_it_holds_something_else(qapp: QObject) -> None:
    held = QGuiApplication.clipboard()
    copied = clipboard.copy("for Daniel")
    assert (held.text(), copied.timer.interval()) == ("for Daniel", 60_000)
    copied.take_away()
    assert held.text() == ""
    copied = clipboard.copy("for Daniel")
    held.setText("mine")
    copied.take_away()
    assert held.text() == "mine"


def test_the_mail_program_gets_subject_and_words(
    page: PromisesPage, day: Day, desk: Desk, elsewhere: Opened, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.EMAIL)
    assert form.go.text() == "Open in the mail program"
    assert not form.here.isVisible()
    form.go.click()
    settle(desk, qtbot)
    (url,) = elsewhere.urls
    assert url.startswith(f"mailto:{MAIL}?subject=")
    assert "body=Hello%20Daniel%2C%0D%0A" in url


def test_a_call_shows_what_to_talk_about_and_no_answer_is_no_contact(
    page: PromisesPage, day: Day, desk: Desk, store: Store, elsewhere: Opened, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.CALL)
    assert form.words.body.isReadOnly()
    assert "- It is ready: trousers hemmed." in form.words.body.value
    form.here.click()
    settle(desk, qtbot)
    assert elsewhere.urls == [f"tel:{PHONE}"]
    form.no.click()
    settle(desk, qtbot)
    assert rows(store, ContactMade) == []
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.CALL)
    form.here.click()
    settle(desk, qtbot)
    form.out.outcome.setText("Comes at two")
    form.left.click()
    settle(desk, qtbot)
    assert [one.summary for one in rows(store, ContactMade)] == ["left a message: Comes at two"]


def test_a_gap_is_asked_for_and_keeps_the_message_here(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        yes = Consent(client_id=day.clients["Daniel"], channel="", allowed=True, said_at=desk.now())
        new_id(session, yes)
    form = opened(page, desk, qtbot, Meant(day.clients["Daniel"]), Channel.TEXT)
    entries = {entry.text(): entry for entry in form.words.template.popup.actions()}
    entries["Invitation"].trigger()
    assert form.words.missing == ("event", "day")
    assert "{event}" in form.words.body.value
    form.go.click()
    settle(desk, qtbot)
    assert "event" in form.banner.sentence.text()
    assert form.words.fields["event"].hasFocus()
    assert rows(store, Message) == []
    QTest.keyClicks(form.words.fields["event"], "an evening")
    QTest.keyClicks(form.words.fields["day"], "Friday 27 November")
    assert "an evening, on Friday 27 November." in form.words.body.value
    form.go.click()
    settle(desk, qtbot)
    assert form.out.isVisible()


def test_what_a_gap_is_about_can_be_read_whole(
    page: PromisesPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, Meant(day.clients["Daniel"]), Channel.TEXT)
    entries = {entry.text(): entry for entry in form.words.template.popup.actions()}
    entries["A wish has arrived"].trigger()
    for field in form.words.fields.values():
        hint = field.placeholderText()
        assert field.fontMetrics().horizontalAdvance(hint) + 20 < field.width(), hint
    assert "(may stay empty)" in form.words.fields["day"].placeholderText()


def test_a_gap_in_words_that_were_changed_is_filled_when_its_field_is_left(
    page: PromisesPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, Meant(day.clients["Daniel"]), Channel.TEXT)
    entries = {entry.text(): entry for entry in form.words.template.popup.actions()}
    entries["An order has arrived"].trigger()
    form.words.body.setFocus()
    QTest.keyClicks(form.words.body, " PS")
    form.words.fields["item"].setFocus()
    QTest.keyClicks(form.words.fields["item"], "a coat")
    assert "{item}" in form.words.body.value
    form.words.body.setFocus()
    assert "What you ordered is here: a coat." in form.words.body.value
    assert form.words.body.value.endswith("PS")
    assert form.words.gap is None


def test_what_is_shut_says_why_and_when(
    page: PromisesPage, day: Day, desk: Desk, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    clock.advance(timedelta(hours=12))
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.TEXT)
    assert not form.go.isEnabled()
    assert not form.copy.isEnabled()
    assert "quiet until" in form.closed_for.sentence.text()
    chips = [one.text() for one in form.channel.findChildren(QPushButton)]
    assert chips == ["Text · not now", "E-mail · not now", "Call · not now"]
    form.go.click()
    settle(desk, qtbot)
    assert rows(store, Message) == []


def test_who_says_no_meanwhile_is_not_written_to(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.TEXT)
    with store.write() as session:
        no = Consent(client_id=day.clients["Daniel"], channel="", allowed=False, said_at=desk.now())
        new_id(session, no)
    form.go.click()
    settle(desk, qtbot)
    assert "does not want to be reached" in form.banner.sentence.text()
    assert form.words.isVisible()
    assert rows(store, Message) == []


def account(store: Store, desk: Desk) -> None:
    """The store's mail account."""
    with store.write() as session:
        made = MailAccount(
            whose="store",
            host="mail.example",
            port=465,
            security="tls",
            user="shop",
            sender_name="Herengracht",
            sender_address="hello@store.example",
            updated_at=desk.now(),
        )
        new_id(session, made)


def test_the_account_sends_by_itself_and_undo_calls_it_back(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    account(store, desk)
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.EMAIL)
    assert form.here.isVisible()
    form.go.click()
    settle(desk, qtbot)
    (message,) = rows(store, Message)
    assert (message.state, message.subject) == (MessageState.QUEUED, "Your alteration is ready")
    desk.undo()
    settle(desk, qtbot)
    assert rows(store, Message) == []


def test_at_night_it_waits_for_the_morning_and_can_be_called_off(
    page: PromisesPage, day: Day, desk: Desk, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    account(store, desk)
    clock.advance(timedelta(hours=12))
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.EMAIL)
    assert not form.go.isEnabled()
    assert form.later.text() == "Send Sun 22 Nov at 08:00 their time"
    form.later.click()
    settle(desk, qtbot)
    (message,) = rows(store, Message)
    assert message.not_before.hour == 7
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.EMAIL)
    assert "waits until" in words_in(form.waiting)
    form.waiting.buttons[message.id, "call off"].click()
    settle(desk, qtbot)
    assert [one.state for one in rows(store, Message)] == [MessageState.CALLED_OFF]
    assert not form.waiting.isVisible()


def test_what_nobody_said_of_is_asked_when_it_is_opened_again(
    page: PromisesPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.TEXT)
    form.go.click()
    settle(desk, qtbot)
    form.close_sheet()
    settle(desk, qtbot)
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.TEXT)
    assert "Was it sent?" in words_in(form.waiting)
    (message,) = rows(store, Message)
    form.go.click()
    settle(desk, qtbot)
    assert "Say first" in form.banner.sentence.text()
    form.waiting.buttons[message.id, "sent"].click()
    settle(desk, qtbot)
    assert len(rows(store, ContactMade)) == 1


def test_typed_words_are_there_again(
    page: PromisesPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.EMAIL)
    form.words.body.setFocus()
    QTest.keyClicks(form.words.body, " And more.")
    form.close_sheet()
    settle(desk, qtbot)
    form = opened(page, desk, qtbot, Meant(day.clients["Daniel"]))
    qtbot.waitUntil(lambda: form.channel.value == Channel.EMAIL)
    assert form.words.body.value.endswith("And more.")
    assert form.words.chosen is not None
    assert form.words.chosen.key == "alteration_ready"


def test_another_template_keeps_what_was_typed_for_the_first(
    page: PromisesPage, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    form = opened(page, desk, qtbot, about_the_hem(day), Channel.TEXT)
    form.words.body.setFocus()
    QTest.keyClicks(form.words.body, " And more.")
    entries = {entry.text(): entry for entry in form.words.template.popup.actions()}
    entries["A hold ends soon"].trigger()
    assert "still keeping" in form.words.body.value
    entries["An alteration is ready"].trigger()
    assert form.words.body.value.endswith("And more.")
