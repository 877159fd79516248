"""Is what was written told with its words, and is a reply logged in one touch?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import Message, MessageState, Way
from clientele.domain.tables import ContactMade
from clientele.services.rows import new_id
from clientele.store.queries.story import StoryEntry, Told, story
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.story_entry import StoryEntrySheet
from clientele.ui.models.rows import Row
from clientele.ui.models.story import REPLIED
from clientele.ui.pages.client import ClientPage
from tests.ui.at_work import click_row
from tests.ui.pages.one_client import Book

BODY = "Hello Nell,\n\nIt was good to see you."


@pytest.fixture
def page(client_shown: ClientPage) -> ClientPage:
    """Eleanor Marsh's page."""
    return client_shown


def written(store: Store, desk: Desk, nell: int, channel: Channel, days: int = 0) -> int:
    """Something that was written to her, with its message."""
    at = desk.now() - timedelta(days=days, minutes=1)
    with store.write() as session:
        contact = ContactMade(
            client_id=nell,
            associate_id=desk.me.id,
            channel=channel,
            purpose=Purpose.NEWS,
            summary=BODY,
            took_place_at=at,
        )
        key = new_id(session, contact)
        message = Message(
            client_id=nell,
            associate_id=desk.me.id,
            contact_id=key,
            channel=channel,
            purpose=Purpose.NEWS,
            way=Way.COPY,
            address="nell@example.com",
            subject="Good to see you" if channel == Channel.EMAIL else "",
            body=BODY,
            message_key=f"key {key}",
            state=MessageState.SENT,
            queued_at=at,
        )
        new_id(session, message)
    return key


def told(store: Store, nell: int) -> list[StoryEntry]:
    """Her contacts, the newest first."""
    with store.read() as session:
        return [one for one in story(session, nell) if one.kind == Told.CONTACT]


def row_of(page: ClientPage, key: int) -> Row:
    """The row of a contact."""
    return next(row for row in page.story.model.rows() if row.key == (Told.CONTACT, key))


def test_what_was_written_stands_there_with_subject_and_words(
    page: ClientPage, store: Store, desk: Desk, nell: int, book: Book
) -> None:
    key = written(store, desk, nell, Channel.EMAIL)
    page.show_client(nell)
    book.settle()
    row = row_of(page, key)
    assert row.title == "E-mail sent"
    assert row.after_title == "· Good to see you: Hello Nell, It was good to see you."
    assert row.sub.endswith("you · news")


def test_one_touch_logs_a_reply_and_its_words_are_typed_afterwards(
    page: ClientPage, store: Store, desk: Desk, nell: int, book: Book
) -> None:
    key = written(store, desk, nell, Channel.TEXT)
    page.show_client(nell)
    book.settle()
    click_row(page.story.list, (Told.CONTACT, key), REPLIED)
    book.settle()
    reply, sent = told(store, nell)[:2]
    assert (reply.state, reply.channel, reply.words) == ("incoming", Channel.TEXT, "")
    assert sent.id == key
    row = row_of(page, reply.id)
    assert (row.title, row.actions) == ("They sent a message", ())
    click_row(page.story.list, (Told.CONTACT, reply.id))
    sheet = page.window().findChild(StoryEntrySheet)
    assert sheet is not None
    assert sheet.reply is not None
    sheet.reply.setFocus()
    QTest.keyClicks(sheet.reply, "Thank you!")
    sheet.close_sheet()
    book.settle()
    assert told(store, nell)[0].words == "Thank you!"
    desk.undo()
    book.settle()
    desk.undo()
    book.settle()
    assert [one.id for one in told(store, nell)][:1] == [key]


@pytest.mark.parametrize(("channel", "days"), [(Channel.CALL, 0), (Channel.TEXT, 20)])
def test_a_call_and_what_is_long_ago_ask_for_no_reply(
    page: ClientPage, store: Store, desk: Desk, nell: int, book: Book, channel: Channel, days: int
) -> None:
    key = written(store, desk, nell, channel, days)
    page.show_client(nell)
    book.settle()
    assert row_of(page, key).actions == ()
