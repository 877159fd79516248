"""Reaching clients: rules for follow-ups, templates, messages, what was told, mail accounts."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class TouchRule(Table, table=True):
    """A rule that makes follow-ups, as a manager edits it (``rules.touch_rules``)."""

    __tablename__ = "touch_rule"

    id: int | None = Field(default=None, primary_key=True)
    body: str
    """The rule as JSON (``rules.touch_rules_texts``)."""
    version: int = 1
    """One more with every edit, so that what it made knows by which words it was made."""
    active: bool = True
    position: int = 0
    key: str = Field(default="", index=True)
    """Of a shipped one, by which it is known again; empty for the store's own."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    """Who wrote it last."""
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TouchMade(Table, table=True):
    """An occasion that a rule made a follow-up of: never deleted while the client is there.

    So the same occasion is asked for once, whatever becomes of the follow-up or of the rule.
    """

    __tablename__ = "touch_made"

    id: int | None = Field(default=None, primary_key=True)
    occasion_key: str = Field(unique=True)
    """``rules.touch_rules_facts``: the fact and, where it comes yearly, the year."""
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    rule_id: int = Field(index=True)
    """The rule, which may be gone."""
    rule_version: int
    follow_up_id: int | None = Field(
        default=None, foreign_key="follow_up.id", index=True, ondelete="SET NULL"
    )
    aimed_at: date
    """The day that the rule aimed at; the follow-up may have been moved."""
    made_at: datetime = Field(sa_type=UtcDateTime)


class MessageTemplate(Table, table=True):
    """A template of the store's: one of its own, or a shipped one that it changed."""

    __tablename__ = "message_template"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """By which rules and follow-ups name it; a shipped one that was changed keeps its key."""
    name: str
    purpose: str
    channels: str
    """Channels with commas between."""
    variants: str
    """Language, form of address, subject and body of each, as JSON."""
    position: int = 0
    updated_at: datetime = Field(sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Way(StrEnum):
    """How a message leaves."""

    SMTP = "smtp"
    """By the store's or the associate's mail account."""
    PROGRAM = "program"
    """Handed to the mail program or the telephone of this terminal."""
    PHONE = "phone"
    """Read by the associate's phone from a code on the screen."""
    COPY = "copy"
    """Copied, and sent from elsewhere."""


class MessageState(StrEnum):
    """How far a message is; all but the first are those of ``rules.sending``."""

    DRAFT = "draft"
    """Handed to another program, and nobody said yet whether it was sent."""
    QUEUED = "queued"
    SENDING = "sending"
    DOT = "dot"
    """It is being sent, and may have arrived from here on."""
    LATER = "later"
    """Put off by the server or the line; it is tried again by itself."""
    SENT = "sent"
    REFUSED = "refused"
    """It was not sent (``Message.why``), and a person says what becomes of it."""
    UNSURE = "unsure"
    """It may have arrived; nobody can know, and a person decides."""
    CALLED_OFF = "called off"


MAYBE = MessageState.UNSURE.value
"""Why one that was called off counts all the same: it may have arrived before."""

WAITING = frozenset({MessageState.QUEUED, MessageState.LATER})
"""It has not begun to be sent, and can be called off."""

ON_ITS_WAY = WAITING | {MessageState.SENDING, MessageState.DOT}
"""It may reach the client without anybody doing more."""


class Message(Table, table=True):
    """A message to a client with its words, from the moment that it is queued or handed over.

    What left for certain is also a ``contact_made``, which the story tells and the limits count.
    """

    __table_args__ = (
        Index(None, "client_id", "queued_at"),
        Index(None, "state", "next_try_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    follow_up_id: int | None = Field(
        default=None, foreign_key="follow_up.id", index=True, ondelete="SET NULL"
    )
    promise_id: int | None = Field(
        default=None, foreign_key="promise.id", index=True, ondelete="SET NULL"
    )
    contact_id: int | None = Field(
        default=None, foreign_key="contact_made.id", index=True, ondelete="SET NULL"
    )
    """The contact that it became."""
    channel: str
    purpose: str
    way: str
    address: str
    """The number or address as it was when it was queued."""
    subject: str = ""
    body: str
    language: str = ""
    template: str = ""
    """The key of the template that it came from; its words may have been changed since."""
    message_key: str = Field(unique=True)
    """The Message-ID of an e-mail, made once: a server that is asked twice can tell."""
    state: str = MessageState.QUEUED
    why: str = ""
    """Why it was not sent, or not yet (``rules.sending.NotYet``, or what ``mail_answers`` says)."""
    tries: int = 0
    queued_at: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it may go out first, such as after quiet hours."""
    next_try_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = ""
    """What the server said last, in its words, or why the client may not be reached
    (``rules.permission_texts``)."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was sent, refused by the server, or was all there without an answer."""


class ToldReminder(Table, table=True):
    """A reminder that was told (``rules.reminding``): kept before it is shown."""

    __tablename__ = "told_reminder"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    told_at: datetime = Field(sa_type=UtcDateTime)


class ReachPolicy(Table, table=True):
    """The one row that says how the store reaches clients: hours, limits, channels, closed days."""

    __tablename__ = "reach_policy"

    id: int | None = Field(default=None, primary_key=True)
    body: str
    """As JSON (``rules.policy_texts``); without a row the defaults hold."""
    updated_at: datetime = Field(sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")


class MailAccount(Table, table=True):
    """The account that e-mail leaves by: an associate's own, or (none named) the store's.

    The password is in the system's keyring, never here.
    """

    __tablename__ = "mail_account"

    id: int | None = Field(default=None, primary_key=True)
    whose: str = Field(unique=True)
    """``store``, or ``associate 7``."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    host: str
    port: int
    security: str
    """``tls`` from the first byte, or ``starttls``."""
    user: str
    sender_name: str
    sender_address: str
    reply_to: str = ""
    secret: str = ""
    """Under which name the system's keyring keeps the password; empty: no sign-in is asked for."""
    updated_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    """How often it could not be used, since it last could (``rules.sending.Pause``)."""
    next_try_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    asks: bool = False
    """Not to be used before somebody did something, such as enter the password anew."""
    ending: str = ""
    """What was in the way when it was used last (``mail_answers.Outcome``); empty: nothing."""
    step: str = ""
    why: str = ""
    code: int = 0
    answer: str = ""
    """The server's own words, cleaned."""
