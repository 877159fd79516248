"""Which e-mails wait, are paused or ask a person, and what of it does today have to say?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.contacting import Way
from clientele.domain.rules.sending import ASKS, OVER, MailState
from clientele.domain.tables import Associate, Client, Message
from clientele.store.queries.acting import acting_for
from clientele.store.queries.columns import ident
from clientele.store.queries.mail_accounts import MailAccountRow, leaves_by
from clientele.store.queries.reading import Named


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An e-mail that is not at its end. Instants are UTC; ``why`` and ``answer`` as ``Message``."""

    id: int
    named: Named
    associate_id: int
    associate: str
    subject: str
    body: str
    state: MailState
    why: str
    answer: str
    queued_at: datetime
    not_before: datetime | None
    next_try_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """What an associate, and those they cover, have on its way; what asks comes first.

    ``accounts`` are the accounts that it leaves by, one for each associate who has something
    here; None where there is none.
    """

    rows: tuple[OutboxRow, ...]
    accounts: dict[int, MailAccountRow | None]

    @property
    def asks(self) -> int:
        """How many e-mails ask a person."""
        return sum(one.state in ASKS for one in self.rows)

    @property
    def waiting(self) -> int:
        """How many wait to go out."""
        return len(self.rows) - self.asks

    @property
    def in_the_way(self) -> tuple[MailAccountRow, ...]:
        """The accounts that cannot be used now, and by which something is to go out."""
        held = {one.associate_id for one in self.rows if one.state not in ASKS}
        found = {
            account.id: account
            for key, account in self.accounts.items()
            if key in held and account is not None and account.in_the_way is not None
        }
        return tuple(found[key] for key in sorted(found))

    @property
    def without_account(self) -> bool:
        """Whether something is to go out and there is no account for it."""
        held = {one.associate_id for one in self.rows if one.state not in ASKS}
        return any(self.accounts[key] is None for key in held)


def outbox(session: Session, associate_id: int, *, today: date) -> Outbox:
    """The e-mails of an associate, and of those covered on ``today``, that are not at their end."""
    theirs = acting_for(session, associate_id, today)
    rows = session.execute(
        select(
            ident(Message.id),
            col(Client.id),
            col(Client.given_name),
            col(Client.family_name),
            col(Client.preferred_name),
            col(Message.associate_id),
            col(Associate.name),
            col(Message.subject),
            func.substr(col(Message.body), 1, 200),
            col(Message.state),
            col(Message.why),
            col(Message.answer),
            col(Message.queued_at),
            col(Message.not_before),
            col(Message.next_try_at),
            col(Message.ended_at),
        )
        .join(Client, ident(Client.id) == col(Message.client_id))
        .join(Associate, ident(Associate.id) == col(Message.associate_id))
        .where(
            col(Message.way) == Way.SMTP,
            col(Message.associate_id).in_(theirs),
            col(Message.state).in_([str(one) for one in MailState if one not in OVER]),
        )
        .order_by(col(Message.queued_at), ident(Message.id))
    )
    found = [
        OutboxRow(
            id=row[0],
            named=Named(*row[1:5]),
            associate_id=row[5],
            associate=row[6],
            subject=row[7],
            body=row[8],
            state=MailState(row[9]),
            why=row[10],
            answer=row[11],
            queued_at=row[12],
            not_before=row[13],
            next_try_at=row[14],
            ended_at=row[15],
        )
        for row in rows
    ]
    found.sort(key=lambda one: one.state not in ASKS)
    accounts = {key: leaves_by(session, key) for key in {one.associate_id for one in found}}
    return Outbox(tuple(found), accounts)
