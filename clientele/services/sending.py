"""E-mails on their way: the gate asked again, and each step kept before what follows it.

Who sends (``services.mail_sender``) asks ``mail_due`` what is due, then for each e-mail: ``begin``
in one write, ``mark_dot`` right before the dot, ``ended`` with what came of it. What a person says
of those that ask is ``decide_mail``. The ways are ``rules.sending`` and
docs/decisions/0035-sending-mail.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MAYBE, Way
from clientele.domain.errors import Refusal
from clientele.domain.promises import PromiseState
from clientele.domain.rules.permission_answers import Quiet, Wish
from clientele.domain.rules.permission_texts import answer_text
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.rules.rights import Right
from clientele.domain.rules.sending import (
    BEING_SENT,
    MailMove,
    MailState,
    NotYet,
    is_due,
    is_too_late,
    move_of,
    moved,
)
from clientele.domain.tables import ContactMade, ContactPoint, Message, Promise
from clientele.services.acting import needs
from clientele.services.mail_accounts import AccountUsed, account_used
from clientele.services.mail_due import posting_of
from clientele.services.permission import require
from clientele.services.rows import new_id, the
from clientele.services.verb import lasting, verb
from clientele.store.queries.mail_accounts import MailAccountRow, leaves_by
from clientele.system.letter import (
    Mailbox,
    Unfit,
    address_on_the_wire,
    compose,
    unsubscribe_by_mail,
)
from clientele.system.mail_answers import Ending, Outcome

UNSUBSCRIBE = "Unsubscribe"
"""The subject of the letter that a client's program writes to be left alone with news."""

_STATES = frozenset(MailState)


class NoLongerAsks(Refusal):
    """Somebody said already what becomes of it, or it went on by itself."""

    template = (
        "This message no longer asks: what becomes of it was said meanwhile. Nothing was changed."
    )


class NotBeingSent(Exception):
    """The e-mail that was to be marked is not being sent: its dot must not be."""


@dataclass(frozen=True, slots=True)
class FindUnfinished:
    """The program starts, and nobody sends what the book says is being sent."""


@dataclass(frozen=True, slots=True)
class Begin:
    """An e-mail is about to be sent by an account, as both were read."""

    message_id: int
    account: MailAccountRow


@dataclass(frozen=True, slots=True)
class GiveUp:
    """An e-mail waited for so long that a person should look at it first."""

    message_id: int


@dataclass(frozen=True, slots=True)
class MarkDot:
    """The dot of an e-mail is about to be sent."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of sending. ``called_back``: the program ends, and hung up by itself."""

    message_id: int
    account: MailAccountRow
    outcome: Outcome
    called_back: bool = False


@dataclass(frozen=True, slots=True)
class DecideMail:
    """A person says what becomes of an e-mail: one of ``rules.sending.OF_A_PERSON``."""

    message_id: int
    by: int
    move: MailMove


@lasting
@verb
@needs(Right.BY_ITSELF)
def find_unfinished(session: Session, what: FindUnfinished, /, *, now: datetime) -> int | None:
    """What was being sent when the program ended: queued again, or after the dot unsure.

    Only for the one who has the book for sending (``store.beside.SoleSender``).
    """
    for row in session.scalars(
        select(Message).where(
            col(Message.way) == Way.SMTP, col(Message.state).in_([str(one) for one in BEING_SENT])
        )
    ).all():
        _make(row, MailMove.FOUND, now)
    return None


@lasting
@verb
@needs(Right.BY_ITSELF)
def begin(session: Session, what: Begin, /, *, now: datetime) -> int | None:
    """Ask the gate once more, and mark an e-mail as being sent; answers its id if it is to go.

    Where it is quiet for the client it waits until it is not; where nothing but a person helps, it
    asks one, with the reason. Nothing happens where it was called off, or begun by another.
    """
    row = session.get(Message, what.message_id)
    if row is None or row.way != Way.SMTP or row.state not in _STATES:
        return None
    account = leaves_by(session, row.associate_id)
    if account is None or not account.is_same(what.account):
        return None
    waits = row.not_before is not None and row.not_before > now
    if waits or not is_due(posting_of(row), now=now) or not _allowed(session, row, account, now):
        return None
    _make(row, MailMove.BEGIN, now)
    return row.id


@lasting
@verb
def give_up(session: Session, what: GiveUp, /, *, now: datetime) -> int | None:
    """Ask a person about an e-mail that waited too long, whatever its account says."""
    row = session.get(Message, what.message_id)
    if row is None or row.way != Way.SMTP or row.state not in _STATES:
        return None
    if is_too_late(posting_of(row), now=now):
        _make(row, MailMove.GIVE_UP, now, why=NotYet.TOO_LATE)
    return None


@lasting
@verb
@needs(Right.BY_ITSELF)
def mark_dot(session: Session, what: MarkDot, /, *, now: datetime) -> int | None:
    """Keep that the dot is about to be sent.

    Raises:
        NotBeingSent: it is not, whatever happened; so the dot is not sent either.
    """
    row = session.get(Message, what.message_id)
    if row is None or row.state != MailState.SENDING:
        raise NotBeingSent
    _make(row, MailMove.DOT, now)
    return row.id


@lasting
@verb
@needs(Right.BY_ITSELF)
def ended(session: Session, what: Ended, /, *, now: datetime) -> int | None:
    """Keep what came of sending, for the e-mail and for the account; what was sent is told.

    Where the e-mail was erased meanwhile with its client, only the account remains to be said.
    """
    outcome = what.outcome
    if not (what.called_back and outcome.ending is Ending.LATER):
        account_used(session, AccountUsed(what.account, outcome), now=now)
    row = session.get(Message, what.message_id)
    if row is None:
        return None
    move = move_of(outcome)
    if what.called_back and outcome.ending is Ending.LATER and row.state == MailState.SENDING:
        move = MailMove.FOUND
    own = move is not MailMove.ACCOUNT and move is not MailMove.FOUND
    if _make(row, move, now, why=str(outcome.why) if own else "", said=outcome.words):
        if row.state in (MailState.SENT, MailState.REFUSED, MailState.UNSURE):
            row.ended_at = now
        if row.state == MailState.SENT:
            _tell(session, row, now)
    return row.id


@verb
def decide_mail(session: Session, what: DecideMail, /, *, now: datetime) -> int | None:
    """Send it again, say that it arrived, or call it off. Can be undone until it goes on.

    One that may have arrived goes on counting as a contact when it is called off.

    Raises:
        NoLongerAsks: it is being sent, was sent, or somebody else decided.
        NotToBeReached: it may not be sent again, and no hour changes that soon.
    """
    row = the(session, Message, what.message_id)
    tried_at, unsure = row.ended_at, row.state == MailState.UNSURE
    if row.way != Way.SMTP or row.state not in _STATES:
        raise NoLongerAsks
    if what.move is MailMove.AGAIN:
        refused = _refusal(session, row, now)
        if refused is not None and not _only_quiet(refused):
            raise refused
        row.not_before = None
    if not _make(row, what.move, now):
        raise NoLongerAsks
    row.ended_at = None
    if unsure and what.move is not MailMove.ARRIVED:
        row.why = MAYBE
    if what.move is MailMove.CALL_OFF:
        row.ended_at = tried_at if unsure and tried_at is not None else now
    elif what.move is MailMove.ARRIVED:
        row.ended_at = tried_at or now
        _tell(session, row, row.ended_at)
    return row.id


def letter_of(session: Session, message_id: int, account: MailAccountRow) -> tuple[bytes, str]:
    """An e-mail in the bytes that go to the server, and the address it goes to. Raises ``Unfit``.

    The same row and account make the same letter, to the byte.
    """
    return _letter(the(session, Message, message_id), account)


def _make(row: Message, move: MailMove, now: datetime, *, why: str = "", said: str = "") -> bool:
    posting = moved(posting_of(row), move, now=now)
    if posting is None:
        return False
    if move is MailMove.AGAIN:
        row.queued_at = posting.queued_at
    row.state, row.tries, row.next_try_at = str(posting.state), posting.tries, posting.next_at
    row.why, row.answer = str(why) or (MAYBE if row.why == MAYBE else ""), said
    return True


def _allowed(session: Session, row: Message, account: MailAccountRow, now: datetime) -> bool:
    """Whether it may go out now; if not, the row says why and what happens next."""
    refused = _refusal(session, row, now)
    if refused is not None:
        asked = refused.answer if isinstance(refused, NotToBeReached) else None
        said = refused.sentence if asked is None else answer_text(asked)
        opens = None if asked is None else asked.earliest
        if _only_quiet(refused) and opens is not None and opens > now:
            row.not_before, row.why, row.answer = opens, str(NotYet.QUIET), said
        else:
            _make(row, MailMove.NOT_ALLOWED, now, why=NotYet.NOT_ALLOWED, said=said)
        return False
    if not _theirs(session, row):
        _make(row, MailMove.NOT_ALLOWED, now, why=NotYet.NO_ADDRESS)
        return False
    try:
        _letter(row, account)
    except Unfit as unfit:
        _make(row, MailMove.NOT_ALLOWED, now, why=NotYet.UNFIT, said=str(unfit.part))
        return False
    return True


def _refusal(session: Session, row: Message, now: datetime) -> Refusal | None:
    wish = Wish(Channel(row.channel), Purpose(row.purpose), for_promise=_promised(session, row))
    try:
        require(session, row.client_id, wish, at=now, without=row.id)
    except Refusal as refusal:
        return refusal
    return None


def _only_quiet(refused: Refusal) -> bool:
    return isinstance(refused, NotToBeReached) and all(
        isinstance(one, Quiet) for one in refused.answer.reasons
    )


def _theirs(session: Session, row: Message) -> bool:
    """Whether the client still has the address that it was written for."""
    found = session.scalar(
        select(col(ContactPoint.id))
        .where(
            col(ContactPoint.client_id) == row.client_id,
            or_(
                col(ContactPoint.value) == row.address, col(ContactPoint.normalised) == row.address
            ),
        )
        .limit(1)
    )
    return found is not None


def _letter(row: Message, account: MailAccountRow) -> tuple[bytes, str]:
    address_on_the_wire(row.address)
    used = account.account
    answers = account.answers_to
    unsubscribe = ""
    if row.purpose == Purpose.NEWS:
        unsubscribe = unsubscribe_by_mail((answers or used.sender).address, UNSUBSCRIBE)
    letter = compose(
        used.sender,
        Mailbox(row.address),
        subject=row.subject,
        text=row.body + "\n",
        message_id=row.message_key,
        now=row.queued_at,
        reply_to=answers,
        unsubscribe=unsubscribe,
    )
    return letter, row.address


def _promised(session: Session, row: Message) -> bool:
    """Whether it is about a promise that is open."""
    promise = session.get(Promise, row.promise_id) if row.promise_id is not None else None
    return (
        promise is not None
        and promise.client_id == row.client_id
        and promise.state in (PromiseState.OPEN, PromiseState.READY)
    )


def _tell(session: Session, row: Message, at: datetime) -> None:
    """What left for certain stands in the story, once, in the same write."""
    row.contact_id = new_id(
        session,
        ContactMade(
            client_id=row.client_id,
            associate_id=row.associate_id,
            follow_up_id=row.follow_up_id,
            channel=row.channel,
            purpose=row.purpose,
            for_promise=_promised(session, row),
            summary=row.body,
            took_place_at=at,
        ),
    )
