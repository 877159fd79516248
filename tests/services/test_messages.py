"""Is a message queued, handed over, called off and answered as it was, and only where allowed?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MessageState, Way
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.rules.template_filling import FieldsMissing
from clientele.domain.tables import (
    Consent,
    ContactMade,
    ContactPoint,
    Draft,
    FollowUp,
    MailAccount,
    Message,
    Promise,
)
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.message_refusals import (
    AddressGone,
    NoMailAccount,
    NoSubjectYet,
    NothingWritten,
    NotWaiting,
    SaidAlready,
    SayFirst,
)
from clientele.services.messages import (
    CallOff,
    HandOver,
    LogReply,
    QueueMessage,
    SayIfSent,
    Written,
    call_off,
    hand_over,
    log_reply,
    queue_message,
    say_if_sent,
)
from clientele.services.undo import CannotUndo
from tests.services.floor import Floor

PHONE, MAIL = "+31612345678", "Daniel.Tran@example.com"


@pytest.fixture(autouse=True)
def _reachable(floor: Floor) -> None:
    """Daniel Tran has a telephone and an address, and the store a mail account."""
    points = (("phone", "06 12345678", PHONE), ("email", MAIL, MAIL.lower()))
    for kind, value, normal in points:
        floor.add(ContactPoint(client_id=floor.daniel, kind=kind, value=value, normalised=normal))


def account(floor: Floor, by: int | None = None, domain: str = "store.example") -> None:
    """A mail account, of an associate or of the store."""
    floor.add(
        MailAccount(
            whose="store" if by is None else f"associate {by}",
            associate_id=by,
            host="mail.example",
            port=465,
            security="tls",
            user="shop",
            sender_name="Herengracht",
            sender_address=f"hello@{domain}",
            updated_at=floor.clock.now(),
        )
    )


def text(floor: Floor, **changes: Any) -> Written:
    """A text about the client's own things."""
    written = Written(
        floor.daniel, floor.okafor, Channel.TEXT, Purpose.SERVICE, PHONE, "Your suit is ready."
    )
    return replace(written, **changes)


def mail(floor: Floor, **changes: Any) -> Written:
    """An e-mail about the client's own things."""
    changes = {"channel": Channel.EMAIL, "address": MAIL, "subject": "Your suit"} | changes
    return text(floor, **changes)


def messages(floor: Floor) -> list[Message]:
    """All messages, as they stand."""
    return _rows(floor, Message)


def contacts(floor: Floor) -> list[ContactMade]:
    """All contacts."""
    return _rows(floor, ContactMade)


def _rows(floor: Floor, table: Any) -> list[Any]:
    with floor.store.read() as session:
        found = session.scalars(select(table).order_by(table.id)).all()
        session.expunge_all()
        return list(found)


def test_an_email_is_queued_whole_with_a_name_of_its_own(floor: Floor) -> None:
    account(floor)
    floor.do(type_draft, TypeDraft(floor.okafor, "message to 1", "{}"))
    written = mail(floor, language="nl", template="alteration_ready", draft="message to 1")
    key = floor.new(queue_message, QueueMessage(written))
    (row,) = messages(floor)
    assert (row.id, row.state, row.way, row.channel) == (
        key,
        MessageState.QUEUED,
        Way.SMTP,
        Channel.EMAIL,
    )
    assert (row.subject, row.body, row.language, row.template) == (
        "Your suit",
        "Your suit is ready.",
        "nl",
        "alteration_ready",
    )
    assert row.message_key.endswith("@store.example>")
    assert contacts(floor) == []
    assert _rows_of_drafts(floor) == []


def _rows_of_drafts(floor: Floor) -> list[Any]:
    with floor.store.read() as session:
        return list(session.scalars(select(Draft)))


def test_two_emails_never_share_a_name(floor: Floor) -> None:
    account(floor)
    floor.new(queue_message, QueueMessage(mail(floor)))
    floor.clock.advance(timedelta(days=40))
    floor.new(queue_message, QueueMessage(mail(floor)))
    one, two = messages(floor)
    assert one.message_key != two.message_key


def test_the_associates_own_account_names_the_email(floor: Floor) -> None:
    account(floor)
    account(floor, floor.silva, "silva.example")
    account(floor, floor.okafor, "okafor.example")
    floor.new(queue_message, QueueMessage(mail(floor)))
    assert messages(floor)[0].message_key.endswith("@okafor.example>")


def test_without_an_account_nothing_is_queued(floor: Floor) -> None:
    account(floor, floor.silva)
    with pytest.raises(NoMailAccount):
        floor.do(queue_message, QueueMessage(mail(floor)))
    assert messages(floor) == []


def test_queueing_can_be_undone_until_somebody_sends_it(floor: Floor) -> None:
    account(floor)
    floor.undo(floor.do(queue_message, QueueMessage(mail(floor))))
    assert messages(floor) == []
    queued = floor.do(queue_message, QueueMessage(mail(floor)))
    with floor.store.write() as session:
        row = session.get(Message, queued.subject)
        assert row is not None
        row.state = MessageState.SENDING
    with pytest.raises(CannotUndo):
        floor.undo(queued)
    assert messages(floor)[0].state == MessageState.SENDING


def test_at_night_an_email_waits_for_the_morning_if_it_is_said(floor: Floor) -> None:
    account(floor)
    floor.clock.advance(timedelta(hours=13))  # eleven in the evening
    with pytest.raises(NotToBeReached):
        floor.do(queue_message, QueueMessage(mail(floor)))
    morning = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)  # eight there
    with pytest.raises(NotToBeReached):
        floor.do(queue_message, QueueMessage(mail(floor), morning - timedelta(minutes=1)))
    floor.new(queue_message, QueueMessage(mail(floor), morning))
    assert [row.not_before for row in messages(floor)] == [morning]


def test_a_time_that_is_over_counts_as_now(floor: Floor) -> None:
    account(floor)
    floor.clock.advance(timedelta(hours=13))
    noon = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    with pytest.raises(NotToBeReached):
        floor.do(queue_message, QueueMessage(mail(floor), noon))


@pytest.mark.parametrize("way", [Way.PROGRAM, Way.PHONE, Way.COPY])
def test_what_was_handed_over_is_a_contact_once_it_is_said(floor: Floor, way: Way) -> None:
    at = floor.clock.now()
    key = floor.new(hand_over, HandOver(text(floor), way))
    assert contacts(floor) == []
    floor.clock.advance(timedelta(minutes=3))
    floor.do(say_if_sent, SayIfSent(key, floor.okafor, sent=True))
    (contact,) = contacts(floor)
    assert (contact.channel, contact.purpose, contact.incoming) == (
        Channel.TEXT,
        Purpose.SERVICE,
        False,
    )
    assert contact.summary == "Your suit is ready."
    assert contact.took_place_at == at
    (row,) = messages(floor)
    assert (row.state, row.contact_id, row.way) == (MessageState.SENT, contact.id, way)
    with pytest.raises(SaidAlready):
        floor.do(say_if_sent, SayIfSent(key, floor.okafor, sent=True))


def test_not_sent_leaves_nothing(floor: Floor) -> None:
    key = floor.new(hand_over, HandOver(text(floor), Way.PHONE))
    said = floor.do(say_if_sent, SayIfSent(key, floor.okafor, sent=False))
    assert (contacts(floor), messages(floor)) == ([], [])
    assert said.undo is None


def test_a_word_that_it_was_sent_can_be_taken_back(floor: Floor) -> None:
    key = floor.new(hand_over, HandOver(text(floor), Way.PHONE))
    floor.undo(floor.do(say_if_sent, SayIfSent(key, floor.okafor, sent=True)))
    assert contacts(floor) == []
    assert messages(floor)[0].state == MessageState.DRAFT


def test_handing_over_has_no_way_back(floor: Floor) -> None:
    assert floor.do(hand_over, HandOver(text(floor), Way.PHONE)).undo is None


def test_nothing_else_goes_out_before_it_is_said(floor: Floor) -> None:
    account(floor)
    key = floor.new(hand_over, HandOver(text(floor), Way.PHONE))
    for written in (text(floor), text(floor, by=floor.silva)):
        with pytest.raises(SayFirst):
            floor.do(hand_over, HandOver(written, Way.COPY))
    with pytest.raises(SayFirst):
        floor.do(queue_message, QueueMessage(mail(floor)))
    again = floor.new(hand_over, HandOver(text(floor), Way.COPY, again=key))
    assert [(row.id, row.way) for row in messages(floor)] == [(again, Way.COPY)]


def test_the_mail_account_is_no_way_to_hand_over(floor: Floor) -> None:
    with pytest.raises(ValueError, match="smtp"):
        floor.do(hand_over, HandOver(mail(floor), Way.SMTP))


def test_who_said_no_is_not_reached(floor: Floor) -> None:
    account(floor)
    key = floor.new(hand_over, HandOver(text(floor), Way.PHONE))
    floor.add(Consent(client_id=floor.daniel, channel="", allowed=False, said_at=floor.clock.now()))
    with pytest.raises(NotToBeReached):
        floor.do(hand_over, HandOver(text(floor), Way.PHONE, again=key))
    with pytest.raises(NotToBeReached):
        floor.do(say_nothing(floor, key), None)
    assert contacts(floor) == []


def say_nothing(floor: Floor, key: int) -> Any:
    """Say that it was not sent, then queue an e-mail, in one write."""

    def run(session: Any, _: None, /, *, now: datetime) -> Any:
        say_if_sent(session, SayIfSent(key, floor.okafor, sent=False), now=now)
        return queue_message(session, QueueMessage(mail(floor)), now=now)

    return run


def test_news_need_a_yes(floor: Floor) -> None:
    news = text(floor, purpose=Purpose.NEWS)
    with pytest.raises(NotToBeReached):
        floor.do(hand_over, HandOver(news, Way.PHONE))
    yes = Consent(client_id=floor.daniel, channel="", allowed=True, said_at=floor.clock.now())
    floor.add(yes)
    floor.do(hand_over, HandOver(news, Way.PHONE))


def test_only_an_address_of_the_clients_own(floor: Floor) -> None:
    for written in (text(floor, address="+31600000000"), mail(floor, address="x@example.com")):
        with pytest.raises(AddressGone):
            floor.do(hand_over, HandOver(written, Way.PROGRAM))


def test_a_message_says_something_and_has_no_gap(floor: Floor) -> None:
    with pytest.raises(NothingWritten):
        floor.do(hand_over, HandOver(text(floor, body=" \n"), Way.COPY))
    with pytest.raises(NoSubjectYet):
        floor.do(hand_over, HandOver(mail(floor, subject=" "), Way.COPY))
    gap = text(floor, body="It is ready: {item}.", missing=("item",))
    with pytest.raises(FieldsMissing):
        floor.do(hand_over, HandOver(gap, Way.COPY))
    floor.do(hand_over, HandOver(replace(gap, body="It is ready: coat."), Way.COPY))


def test_the_follow_up_is_done_with_it(floor: Floor) -> None:
    account(floor)
    follow_up = FollowUp(
        client_id=floor.daniel,
        associate_id=floor.okafor,
        channel=Channel.TEXT,
        reason="suit",
        due_on=floor.clock.now().date(),
        created_at=floor.clock.now(),
    )
    key = floor.add(follow_up)
    queued = floor.do(queue_message, QueueMessage(mail(floor, follow_up_id=key)))
    assert [row.state for row in _rows(floor, FollowUp)] == [FollowUpState.DONE]
    floor.undo(queued)
    handed = floor.new(hand_over, HandOver(text(floor, follow_up_id=key), Way.PHONE))
    assert [row.state for row in _rows(floor, FollowUp)] == [FollowUpState.OPEN]
    floor.do(say_if_sent, SayIfSent(handed, floor.okafor, sent=True))
    assert [row.state for row in _rows(floor, FollowUp)] == [FollowUpState.DONE]
    assert [row.follow_up_id for row in contacts(floor)] == [key]


def test_about_a_promise_only_while_it_is_the_clients_and_open(floor: Floor) -> None:
    now = floor.clock.now()
    promise = Promise(
        client_id=floor.daniel,
        associate_id=floor.okafor,
        kind="alteration",
        what="hem",
        due_on=now.date(),
        promised_at=now,
        last_word_at=now,
    )
    promised = floor.add(promise)
    key = floor.new(hand_over, HandOver(text(floor, promise_id=promised), Way.PHONE))
    floor.do(say_if_sent, SayIfSent(key, floor.okafor, sent=True))
    key = floor.new(hand_over, HandOver(text(floor, promise_id=promised), Way.PHONE))
    with floor.store.write() as session:
        row = session.get(Promise, promised)
        assert row is not None
        row.state = "kept"
    floor.do(say_if_sent, SayIfSent(key, floor.okafor, sent=True))
    assert [one.for_promise for one in contacts(floor)] == [True, False]


def test_what_came_of_a_call_stands_in_the_story(floor: Floor) -> None:
    call = text(floor, channel=Channel.CALL, body="- Hello?\n- Ask about {item}")
    key = floor.new(hand_over, HandOver(call, Way.PROGRAM))
    said = SayIfSent(key, floor.okafor, sent=True, words=" Comes on Friday ")
    floor.do(say_if_sent, said)
    (contact,) = contacts(floor)
    assert (contact.channel, contact.summary) == (Channel.CALL, "Comes on Friday")


def test_only_what_waits_is_called_off(floor: Floor) -> None:
    account(floor)
    key = floor.new(queue_message, QueueMessage(mail(floor)))
    called_off = floor.do(call_off, CallOff(key, floor.okafor))
    assert messages(floor)[0].state == MessageState.CALLED_OFF
    with pytest.raises(NotWaiting):
        floor.do(call_off, CallOff(key, floor.okafor))
    floor.undo(called_off)
    assert (messages(floor)[0].state, messages(floor)[0].ended_at) == (MessageState.QUEUED, None)


def test_a_reply_is_one_touch_and_can_be_taken_back(floor: Floor) -> None:
    key = floor.new(log_reply, LogReply(floor.daniel, floor.okafor, Channel.TEXT))
    (contact,) = contacts(floor)
    assert (contact.id, contact.incoming, contact.summary) == (key, True, "")
    floor.undo(floor.do(log_reply, LogReply(floor.daniel, floor.okafor, Channel.CALL, " Yes ")))
    assert len(contacts(floor)) == 1
