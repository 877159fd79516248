"""A store with a mail account on a real server, for tests of what happens to its e-mails."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.tables import (
    Associate,
    Client,
    ContactMade,
    ContactPoint,
    MailAccount,
    Message,
)
from clientele.services.changes import Changes
from clientele.services.mail_accounts import Passwords, SetMailAccount, set_mail_account
from clientele.services.mail_sender import Sender
from clientele.services.messages import QueueMessage, Written, queue_message
from clientele.store.session import Store
from clientele.system.secrets import Vault, VaultUnavailable
from tests.mail_server import PATIENCE, MailServer
from tests.services.floor import Floor

TO = "Daniel.Tran@example.com"


class Shelf:
    """A keyring in memory that can be locked."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        self.asks_for: set[str] = set()
        """The names for which it asks its owner first, who is at lunch until ``owner_is_back``."""
        self.owner_is_back = threading.Event()
        self.asked = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        if username in self.asks_for:
            self.asked.set()
            assert self.owner_is_back.wait(PATIENCE)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        del self.kept[service, username]

    def _open(self) -> None:
        if self.locked:
            raise VaultUnavailable("locked")


@dataclass
class Office:
    """A floor whose e-mails go to ``server`` by the store's account."""

    floor: Floor
    server: MailServer
    trust: ssl.SSLContext
    shelf: Shelf = field(default_factory=Shelf)
    told: list[Changes] = field(default_factory=list)
    senders: list[Sender] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.passwords = Passwords(lambda: Vault(self.shelf), lambda: Vault(self.shelf))
        with self.floor.store.write() as session:
            row = session.get(Associate, self.floor.silva)
            assert row is not None
            row.role = "store manager"
        self._reachable(self.floor.daniel)

    def set_account(self, **other: Any) -> int:
        """Set the store's account; a ``password`` goes into the keyring."""
        password = other.pop("password", self.server.password)
        known: dict[str, Any] = {
            "by": self.floor.silva,
            "associate_id": None,
            "host": "localhost",
            "port": self.server.port,
            "security": self.server.security,
            "user": self.server.user,
            "sender_name": "Herengracht",
            "sender_address": "hello@store.example",
            "secret": self.passwords.keep(password) if password else None,
        }
        return self.floor.new(set_mail_account, SetMailAccount(**{**known, **other}))

    def sender(self, store: Store | None = None, *, moment: float = PATIENCE) -> Sender:
        """Somebody who sends the e-mails of the book."""
        made = Sender(
            store or self.floor.store,
            self.floor.clock,
            self.passwords,
            self.told.append,
            trust=self.trust,
            moment=moment,
        )
        self.senders.append(made)
        return made

    def queue(self, body: str = "Your suit is ready.", **other: Any) -> int:
        """Queue an e-mail to Daniel Tran."""
        later = other.pop("not_before", None)
        known: dict[str, Any] = {"channel": Channel.EMAIL, "purpose": Purpose.SERVICE}
        known |= {"address": TO, "client_id": self.floor.daniel, "by": self.floor.okafor}
        written = Written(**{**known, "subject": "Your suit", "body": body, **other})
        return self.floor.new(queue_message, QueueMessage(written, later))

    def another(self) -> dict[str, int]:
        """Another client of the same address, to be queued for."""
        now = self.floor.clock.now()
        client = self.floor.add(
            Client(given_name="Ada", sort_name="ada", created_at=now, updated_at=now)
        )
        self._reachable(client)
        return {"client_id": client}

    def _reachable(self, client: int) -> None:
        self.floor.add(
            ContactPoint(client_id=client, kind="email", value=TO, normalised=TO.lower())
        )

    def waits(self, **span: float) -> None:
        """Time passes."""
        self.floor.clock.advance(timedelta(**span))

    def message(self, key: int) -> Message:
        """A message as it stands."""
        message: Message = self._one(select(Message).where(col(Message.id) == key))
        return message

    def account(self) -> MailAccount:
        """The store's account as it stands."""
        account: MailAccount = self._one(
            select(MailAccount).where(col(MailAccount.associate_id).is_(None))
        )
        return account

    def own_account(self, associate: int) -> MailAccount:
        """An associate's own account as it stands."""
        mine = col(MailAccount.associate_id) == associate
        account: MailAccount = self._one(select(MailAccount).where(mine))
        return account

    def contacts(self) -> list[ContactMade]:
        """What the story tells."""
        with self.floor.store.read() as session:
            found = list(session.scalars(select(ContactMade)).all())
            session.expunge_all()
            return found

    def times(self, key: int) -> int:
        """How often a message arrived."""
        return self.server.times_taken(self.message(key).message_key)

    def close(self) -> None:
        """End all who send."""
        for one in self.senders:
            one.stop()
            one.leave()

    def _one(self, asked: Any) -> Any:
        with self.floor.store.read() as session:
            row = session.scalars(asked).one()
            session.expunge(row)
            return row
