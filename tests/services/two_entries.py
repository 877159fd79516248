"""Two entries of one client in a real book, and what is known to have happened to them.

The machine that acts on them is in ``test_no_way_around``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, product
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select, update
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MailAccount, Message
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.tables import Associate, Client, ContactMade, ContactPoint
from clientele.services.changes import Changes
from clientele.store.session import open_store
from clientele.system.clock import FixedClock
from tests.conftest import DATA_KEY
from tests.services.floor import a_floor
from tests.services.plain_rules import HOME, Past, PlainRules

PHONE, MAIL = "+12125550142", "daniel@example.com"
BEGINS = datetime(2026, 10, 28, 15, tzinfo=UTC)
"""Four days before clocks go back in New York, three after they did in the store."""
A_SECOND = timedelta(seconds=1)
"""No two acts take place at once: which of them answers the other, nobody could say."""
Back = Callable[[], None]
"""What taking an act back makes of what the rules know."""


class TwoEntries(RuleBasedStateMachine):
    """Two entries of one client, reached by everything there is, and merged at times."""

    def __init__(self, folder: Path, empty: Path, names: Iterator[int]) -> None:
        super().__init__()
        path = folder / f"{next(names)}.clientele"
        shutil.copyfile(empty, path)
        self.clock = FixedClock(BEGINS)
        self.floor = floor = a_floor(open_store(path, DATA_KEY), self.clock)
        twin = floor.add(
            Client(given_name="Dan", sort_name="dan", created_at=BEGINS, updated_at=BEGINS)
        )
        self.clients = [floor.daniel, twin]
        for client, (kind, value) in product(self.clients, (("phone", PHONE), ("email", MAIL))):
            floor.add(ContactPoint(client_id=client, kind=kind, value=value, normalised=value))
        with floor.store.write() as session:
            session.execute(update(Client).values(time_zone=HOME))
            session.execute(update(Associate).values(role="store manager"))
        floor.add(
            MailAccount(
                whose="store",
                host="mail.example",
                port=465,
                security="tls",
                user="shop",
                sender_name="Herengracht",
                sender_address="hello@shop.example",
                updated_at=BEGINS,
            )
        )
        self.plain = PlainRules(words={client: [] for client in self.clients})
        self.fine: dict[int, tuple[datetime, Purpose]] = {}
        """What reached a client, by the id of the contact; ``unsure`` by that of the message."""
        self.against: dict[int, tuple[datetime, Purpose]] = {}
        self.unsure: dict[int, tuple[datetime, Purpose]] = {}
        self.called_off: set[int] = set()
        """Of the unsure ones."""
        self.wrote: dict[int, datetime] = {}
        self.waiting: list[int] = []
        self.handed: list[tuple[int, Purpose]] = []
        self.acts: list[tuple[Changes, Back]] = []
        """What can be taken back, and what that means."""
        self.one_to_one = True
        """Nobody was merged, so that each refusal of the gate can be held against the rules."""
        self.turns = count(1)

    def teardown(self) -> None:
        self.floor.store.close()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def client(self, which: int) -> int:
        return self.clients[which % len(self.clients)]

    def begins(self) -> None:
        """An act takes place, at a moment of its own."""
        self.clock.advance(A_SECOND)

    def past(self, client: int) -> Past:
        """What the book has of a client, of that which is known to have happened."""
        with self.floor.store.read() as session:
            mine = select(col(ContactMade.id)).where(col(ContactMade.client_id) == client)
            ids = set(session.scalars(mine))
            theirs = select(col(Message.id)).where(col(Message.client_id) == client)
            messages = set(session.scalars(theirs))
        made = {**self.fine, **self.against}
        reached = [one for key, one in made.items() if key in ids]
        reached += [one for key, one in self.unsure.items() if key in messages]
        return Past(tuple(reached), tuple(at for key, at in self.wrote.items() if key in ids))

    def allows(self, client: int, channel: Channel, purpose: Purpose) -> bool:
        return self.plain.allows(client, channel, purpose, self.now, self.past(client))

    def judged(
        self, client: int, channel: Channel, purpose: Purpose, verb: Any, what: Any
    ) -> Changes | None:
        """Do it; it has to be refused by the gate where, and only where, the rules say no."""
        allowed = self.allows(client, channel, purpose)
        idle = not self.waiting and not self.handed and self.one_to_one
        try:
            changes = self.floor.do(verb, what)
        except NotToBeReached:
            assert not (allowed and idle), "refused, and it is allowed"
            return None
        assert allowed, "reached, and it is not allowed"
        return changes

    @invariant()
    def every_contact_was_allowed_or_says_that_it_was_not(self) -> None:
        with self.floor.store.read() as session:
            rows = session.scalars(select(ContactMade)).all()
            out = [row for row in rows if not row.incoming]
            assert {row.id for row in out if not row.against} == set(self.fine)
            assert {row.id for row in out if row.against} == set(self.against)
            assert {row.id for row in rows if row.incoming} == set(self.wrote)
