"""Which e-mails are to be begun now, which wait, and which does the book say are being sent?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.contacting import Way
from clientele.domain.rules.sending import BEING_SENT, MailState, Posting, is_due, is_too_late
from clientele.domain.tables import Message

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Due:
    """An e-mail to be begun now, or ``late``: to be given up."""

    message_id: int
    associate_id: int
    late: bool


def due(session: Session, *, now: datetime, grace: timedelta = NOTHING) -> tuple[Due, ...]:
    """The e-mails to be begun or given up now, oldest first; gate and account are asked later.

    What was queued less than ``grace`` ago is left alone, so that it can still be undone.
    """
    rows = session.scalars(
        select(Message)
        .where(
            col(Message.way) == Way.SMTP,
            col(Message.state).in_([str(MailState.QUEUED), str(MailState.LATER)]),
            or_(col(Message.not_before).is_(None), col(Message.not_before) <= now),
        )
        .order_by(col(Message.queued_at), col(Message.id))
    )
    found = []
    for row in rows:
        posting = posting_of(row)
        late = is_too_late(posting, now=now)
        if NOTHING <= now - row.queued_at < grace:
            continue
        if late or is_due(posting, now=now):
            found.append(Due(row.id or 0, row.associate_id, late))
    return tuple(found)


def unfinished(session: Session) -> bool:
    """Whether the book says of any e-mail that it is being sent."""
    return _any(session, BEING_SENT)


def waits(session: Session) -> bool:
    """Whether any e-mail is yet to go out."""
    return _any(session, (MailState.QUEUED, MailState.LATER))


def _any(session: Session, states: Iterable[MailState]) -> bool:
    some = select(col(Message.id)).where(
        col(Message.way) == Way.SMTP, col(Message.state).in_([str(one) for one in states])
    )
    return session.scalar(some.limit(1)) is not None


def posting_of(row: Message) -> Posting:
    """The row as the rules see it; its day begins when it may go out first."""
    since = max(row.queued_at, row.not_before or row.queued_at)
    return Posting(since, MailState(row.state), row.tries, row.next_try_at)
