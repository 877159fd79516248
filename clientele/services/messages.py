"""Messages to a client as an associate writes them: queued, handed over, called off, answered.

An e-mail by the mail account is queued and sent by the program. Everything else leaves by another
program or telephone, which nobody here can watch: the words are handed over once the gate allows
it, and they become a contact when the associate says that they were sent. Until somebody says so
or not, nothing else is handed over for that client, so that no limit is passed unseen.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import WAITING, MessageState, Way
from clientele.domain.errors import NotThere
from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseState
from clientele.domain.rules.links import mailto, tel
from clientele.domain.rules.permission_answers import Wish
from clientele.domain.rules.template_filling import sendable
from clientele.domain.tables import (
    Client,
    ContactMade,
    ContactPoint,
    FollowUp,
    MailAccount,
    Message,
    Promise,
)
from clientele.services.changes import Changes
from clientele.services.drafts import forget_draft
from clientele.services.follow_ups import DoFollowUp, do_follow_up
from clientele.services.message_refusals import (
    AddressGone,
    NoMailAccount,
    NoSubjectYet,
    NothingWritten,
    NotWaiting,
    SaidAlready,
    SayFirst,
)
from clientele.services.permission import require
from clientele.services.rows import new_id, the
from clientele.services.verb import lasting, verb
from clientele.store.queries.reached_on import last_reached_on
from clientele.system.letter import new_message_id


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it is to go out.

    ``address`` is one of the client's numbers or addresses as it is kept. ``missing`` are the
    fields of the template that had no value: no word may stand for them any more.
    """

    client_id: int
    by: int
    channel: Channel
    purpose: Purpose
    address: str
    body: str
    subject: str = ""
    language: str = ""
    template: str = ""
    missing: tuple[str, ...] = ()
    follow_up_id: int | None = None
    promise_id: int | None = None
    draft: str = ""
    """The place of the draft that it was typed in, of ``by``."""


@dataclass(frozen=True, slots=True)
class QueueMessage:
    """An e-mail for the mail account; ``not_before`` (aware) where it is to wait, as until 8:00."""

    written: Written
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """A message for another program or telephone; ``again`` is one handed over a moment ago."""

    written: Written
    way: Way
    again: int | None = None


@dataclass(frozen=True, slots=True)
class SayIfSent:
    """Whether what was handed over was sent; ``words`` are what came of a call."""

    message_id: int
    by: int
    sent: bool
    words: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class CallOff:
    """A message that waits and is not to be sent."""

    message_id: int
    by: int


@dataclass(frozen=True, slots=True)
class LogReply:
    """The client wrote or called; ``words`` are what they said, where somebody wants to say.

    ``as_reached``: on the way on which they were last reached; ``channel`` where nobody did.
    """

    client_id: int
    by: int
    channel: Channel
    words: str = ""
    draft: str = ""
    as_reached: bool = False


@dataclass(frozen=True, slots=True)
class WordReply:
    """What the client said in a reply that was logged, as it stands now."""

    contact_id: int
    words: str


@verb
def queue_message(session: Session, what: QueueMessage, /, *, now: datetime) -> int | None:
    """Queue an e-mail and answer its id; the follow-up that it is for is done with it.

    Its Message-ID is made here, once. It can be undone while it waits.

    Raises:
        NotToBeReached: the client may not be written to now, or at ``not_before``.
        NothingWritten, NoSubjectYet, FieldsMissing: it says not enough yet.
        AddressGone, CannotBeWrittenTo: the address is none.
        NoMailAccount: neither the associate nor the store has one.
        SayFirst: as ``hand_over``.
    """
    written = what.written
    _whole(session, written)
    _said_before(session, written.client_id, None)
    later = max(what.not_before, now) if what.not_before is not None else None
    _allow(session, written, at=later or now)
    sender = _sender(session, written.by)
    key = new_id(
        session,
        _row(
            written,
            way=Way.SMTP,
            state=MessageState.QUEUED,
            message_key=new_message_id(sender),
            queued_at=now,
            not_before=later,
        ),
    )
    forget_draft(session, written.by, written.draft)
    _do(session, written.follow_up_id, written.by, now)
    return key


@lasting
@verb
def hand_over(session: Session, what: HandOver, /, *, now: datetime) -> int | None:
    """Let a message go to another program, and answer the id to say with whether it was sent.

    Nothing is told of it yet. There is no way back: what became of it only the associate knows.

    Raises:
        NotToBeReached: the client may not be reached in this way now.
        SayFirst: something else was handed over, and nobody said whether it was sent.
        NothingWritten, NoSubjectYet, FieldsMissing, AddressGone: as ``queue_message``.
        CannotBeDialled, CannotBeWrittenTo: the number or address is none.
        ValueError: the mail account is no such way.
    """
    written = what.written
    if what.way == Way.SMTP:
        raise ValueError(what.way)
    _whole(session, written)
    _said_before(session, written.client_id, what.again)
    _allow(session, written, at=now, without=what.again)
    row = _row(
        written,
        way=what.way,
        state=MessageState.DRAFT,
        message_key=secrets.token_hex(16),
        queued_at=now,
        not_before=None,
    )
    if what.again is not None:
        session.delete(_handed(session, what.again))
    return new_id(session, row)


def say_if_sent(session: Session, what: SayIfSent, /, *, now: datetime) -> Changes:
    """Keep a message that was sent in the story, at the moment that it was handed over.

    One that was not sent leaves nothing behind, and no way back: another may have been handed
    over since, and the two together may be more than the gate allows. The follow-up that it was
    for is done with what was sent.

    Raises:
        SaidAlready: somebody said so before.
    """
    say = _say_if_sent if what.sent else lasting(_say_if_sent)
    return say(session, what, now=now)


@verb
def _say_if_sent(session: Session, what: SayIfSent, /, *, now: datetime) -> int | None:
    row = _handed(session, what.message_id)
    if not what.sent:
        session.delete(row)
        return None
    forget_draft(session, what.by, what.draft)
    called = row.channel == Channel.CALL
    contact = ContactMade(
        client_id=row.client_id,
        associate_id=row.associate_id,
        follow_up_id=row.follow_up_id,
        channel=row.channel,
        purpose=row.purpose,
        for_promise=_about_a_promise(session, row.client_id, row.promise_id),
        summary=what.words.strip() if called else row.body,
        took_place_at=row.queued_at,
    )
    row.contact_id = new_id(session, contact)
    row.state, row.ended_at = MessageState.SENT, now
    _do(session, row.follow_up_id, what.by, now, what.words if called else "")
    return row.id


@verb
def call_off(session: Session, what: CallOff, /, *, now: datetime) -> int | None:
    """Do not send a message that waits.

    Raises:
        NotWaiting: it is being sent, or was, or was called off.
    """
    row = the(session, Message, what.message_id)
    if row.state not in WAITING:
        raise NotWaiting
    row.state, row.ended_at = MessageState.CALLED_OFF, now
    return row.id


@verb
def log_reply(session: Session, what: LogReply, /, *, now: datetime) -> int | None:
    """Keep that the client wrote or called, and answer the id of the contact."""
    the(session, Client, what.client_id)
    forget_draft(session, what.by, what.draft)
    before = last_reached_on(session, what.client_id) if what.as_reached else None
    return new_id(
        session,
        ContactMade(
            client_id=what.client_id,
            associate_id=what.by,
            channel=before or what.channel,
            summary=what.words.strip(),
            took_place_at=now,
            incoming=True,
        ),
    )


@verb
def word_reply(session: Session, what: WordReply, /, *, now: datetime) -> int | None:
    """Keep what a client said, as it is typed.

    Raises:
        NotThere: it is no reply that was logged.
    """
    row = the(session, ContactMade, what.contact_id)
    if not row.incoming:
        raise NotThere
    row.summary = what.words
    return row.id


def _row(
    written: Written,
    *,
    way: Way,
    state: MessageState,
    message_key: str,
    queued_at: datetime,
    not_before: datetime | None,
) -> Message:
    return Message(
        client_id=written.client_id,
        associate_id=written.by,
        follow_up_id=written.follow_up_id,
        promise_id=written.promise_id,
        channel=written.channel,
        purpose=written.purpose,
        way=way,
        address=written.address,
        subject=" ".join(written.subject.split()) if written.channel == Channel.EMAIL else "",
        body=written.body.strip(),
        language=written.language,
        template=written.template,
        message_key=message_key,
        state=state,
        queued_at=queued_at,
        not_before=not_before,
    )


def _whole(session: Session, written: Written) -> None:
    """Refuse what says not enough, and an address that is not the client's."""
    mail, called = written.channel == Channel.EMAIL, written.channel == Channel.CALL
    if not written.body.strip() and not called:
        raise NothingWritten
    if mail and not written.subject.strip():
        raise NoSubjectYet
    if not called:
        sendable(written.missing, written.subject if mail else "", written.body)
    theirs = session.scalar(
        select(col(ContactPoint.id))
        .where(
            col(ContactPoint.client_id) == written.client_id,
            or_(
                col(ContactPoint.value) == written.address,
                col(ContactPoint.normalised) == written.address,
            ),
        )
        .limit(1)
    )
    if theirs is None:
        raise AddressGone(address=written.address)
    (mailto if mail else tel)(written.address)


def _allow(session: Session, written: Written, *, at: datetime, without: int | None = None) -> None:
    promised = _about_a_promise(session, written.client_id, written.promise_id)
    wish = Wish(written.channel, written.purpose, for_promise=promised)
    require(session, written.client_id, wish, at=at, without=without)


def _about_a_promise(session: Session, client_id: int, promise_id: int | None) -> bool:
    row = session.get(Promise, promise_id) if promise_id is not None else None
    waits = (PromiseState.OPEN, PromiseState.READY)
    return row is not None and row.client_id == client_id and row.state in waits


def _said_before(session: Session, client_id: int, but: int | None) -> None:
    open_ones = session.scalars(
        select(col(Message.id)).where(
            col(Message.client_id) == client_id, col(Message.state) == MessageState.DRAFT
        )
    )
    if set(open_ones) - {but}:
        raise SayFirst


def _handed(session: Session, message_id: int) -> Message:
    row = session.get(Message, message_id)
    if row is None or row.state != MessageState.DRAFT:
        raise SaidAlready
    return row


def _sender(session: Session, by: int) -> str:
    """The address of the associate's own account, else of the store's."""
    rows = session.execute(
        select(col(MailAccount.associate_id), col(MailAccount.sender_address)).where(
            or_(col(MailAccount.associate_id) == by, col(MailAccount.associate_id).is_(None))
        )
    )
    found = {row[0]: row[1] for row in rows}
    sender = found.get(by) or found.get(None)
    if not sender:
        raise NoMailAccount
    return sender


def _do(
    session: Session, follow_up_id: int | None, by: int, now: datetime, outcome: str = ""
) -> None:
    """The follow-up is done; that the client was reached stands in the story already."""
    row = session.get(FollowUp, follow_up_id) if follow_up_id is not None else None
    if row is not None and row.state == FollowUpState.OPEN:
        done = DoFollowUp(follow_up_id or 0, by, outcome.strip(), reached=False)
        do_follow_up(session, done, now=now)
