"""By which mail account does an associate's e-mail leave, and how does that account stand?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.rights import Right, has
from clientele.domain.rules.sending import AccountTrouble, Pause
from clientele.domain.rules.sending_words import NotSent, not_sent
from clientele.domain.tables import Associate, MailAccount, metadata
from clientele.store.queries.columns import ident
from clientele.system.letter import Mailbox
from clientele.system.mail import Account, Security
from clientele.system.mail_answers import Ending, Outcome, Step, Why


@dataclass(frozen=True, slots=True)
class MailAccountRow:
    """An account as it is kept: ``associate_id`` is whose it is, None for the store's."""

    id: int
    associate_id: int | None
    host: str
    port: int
    security: str
    user: str
    sender_name: str
    sender_address: str
    reply_to: str
    secret: str = field(repr=False)
    """Under which name the keyring keeps the password; empty: no sign-in is asked for."""
    updated_at: datetime
    pause: Pause
    outcome: Outcome | None
    """What was in the way when it was used last; None: nothing, or it was not used yet."""
    trouble: AccountTrouble | None
    """What was in the way before any server was asked."""

    @property
    def account(self) -> Account:
        """As it is handed in by. Raises ``Unfit``."""
        return Account(
            self.host,
            self.port,
            Security(self.security),
            self.user,
            Mailbox(self.sender_address, self.sender_name),
        )

    @property
    def answers_to(self) -> Mailbox | None:
        """Where answers go, if not to the sender."""
        return Mailbox(self.reply_to, self.sender_name) if self.reply_to else None

    @property
    def in_the_way(self) -> NotSent | None:
        """What to tell of the account, or None where nothing is known to be wrong with it."""
        if self.trouble is not None:
            return NotSent(self.trouble.sentence, server=self.host)
        return None if self.outcome is None else not_sent(self.outcome, server=self.host)

    def is_same(self, other: MailAccountRow | None) -> bool:
        """Whether nobody changed the account since it was read, however it was used."""
        return other is not None and (self.id, self.updated_at) == (other.id, other.updated_at)


def mail_account(session: Session, associate_id: int | None) -> MailAccountRow | None:
    """An associate's own account, or with None the store's."""
    mine = col(MailAccount.associate_id)
    rows = _rows(session, mine.is_(None) if associate_id is None else mine == associate_id)
    return rows[0] if rows else None


def leaves_by(session: Session, associate_id: int) -> MailAccountRow | None:
    """The account that an associate's e-mail leaves by: their own, else the store's, else none."""
    mine = col(MailAccount.associate_id)
    rows = _rows(session, or_(mine == associate_id, mine.is_(None)))
    rows.sort(key=lambda one: one.associate_id is None)
    return rows[0] if rows else None


@dataclass(frozen=True, slots=True)
class AccountsOf:
    """The store's account and an associate's own, and whether they may set the store's."""

    may_set_the_stores: bool
    store: MailAccountRow | None
    own: MailAccountRow | None


def accounts_of(session: Session, associate_id: int) -> AccountsOf:
    """What an associate may set, and how it stands."""
    return AccountsOf(
        may_set(session, associate_id, None),
        mail_account(session, None),
        mail_account(session, associate_id),
    )


def may_set(session: Session, by: int, associate_id: int | None) -> bool:
    """Whether ``by`` may set or remove an account: one's own; others with ``Right.TEAM``."""
    if associate_id == by:
        return True
    role = session.scalar(
        select(col(Associate.role)).where(
            ident(Associate.id) == by, col(Associate.active).is_(True)
        )
    )
    return role is not None and has(role, Right.TEAM)


def _rows(session: Session, where: ColumnElement[bool]) -> list[MailAccountRow]:
    table = metadata.tables["mail_account"]
    return [_row(one) for one in session.execute(select(table).where(where)).mappings()]


def _row(row: RowMapping) -> MailAccountRow:
    ending = row["ending"]
    trouble = AccountTrouble(ending) if ending in set(AccountTrouble) else None
    outcome = None
    if ending and trouble is None:
        outcome = Outcome(
            Ending(ending), Step(row["step"]), Why(row["why"]), row["code"], row["answer"]
        )
    same = ("id", "associate_id", "host", "port", "security", "user", "sender_name")
    rest = ("sender_address", "reply_to", "secret", "updated_at")
    return MailAccountRow(
        **{name: row[name] for name in (*same, *rest)},
        pause=Pause(row["tries"], row["next_try_at"], row["asks"]),
        outcome=outcome,
        trouble=trouble,
    )
