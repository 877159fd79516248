"""Clients whom it may be worth calling, for tests: who owns them, what they bought and allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, ContactKind
from clientele.domain.tables import (
    BookMembership,
    Client,
    Consent,
    ContactPoint,
    Purchase,
    PurchaseLine,
    Wish,
    WorthCall,
)
from clientele.services.rows import new_id
from clientele.services.worth_a_call import Worked, WrittenOf, work_out, worth_again
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.worth_a_call import WorthBook, worth_book
from tests.services.floor import Floor

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 21)
OVERDUE = (63, 105, 147, 189, 231)
"""Days ago: every six weeks, and now away for nine."""


@dataclass(frozen=True, slots=True)
class Callers:
    """Makes clients on a floor, and asks whom it is worth calling."""

    floor: Floor

    def client(
        self,
        name: str,
        days: Iterable[int] = (),
        *,
        owner: int | None = 0,
        consent: bool | None = True,
        phone: str = "+31205550118",
        department: int = 0,
        born: date | None = None,
    ) -> int:
        """A client of R. Okafor's (0) who bought so many days ago; ``consent`` None: not asked."""
        at = self.floor.clock.now() - timedelta(900)
        with self.floor.store.write() as session:
            key = new_id(
                session,
                Client(
                    given_name=name,
                    family_name="Vale",
                    sort_name=f"vale {name}".lower(),
                    birth_month=born.month if born else None,
                    birth_day=born.day if born else None,
                    created_at=at,
                    updated_at=at,
                ),
            )
            if phone:
                kind = ContactKind.PHONE
                session.add(ContactPoint(client_id=key, kind=kind, value=phone, normalised=phone))
            if owner is not None:
                who = owner or self.floor.okafor
                role = BookRole.OWNER
                session.add(BookMembership(client_id=key, associate_id=who, role=role, since=at))
            if consent is not None:
                session.add(Consent(client_id=key, channel="", allowed=consent, said_at=at))
            for ago in days:
                self._bought(session, key, ago, department, 5_000)
        return key

    def bought(self, client: int, ago: int, *, department: int = 0, amount: int = 5_000) -> None:
        """A ticket of so many days ago."""
        with self.floor.store.write() as session:
            self._bought(session, client, ago, department, amount)

    def _bought(
        self, session: Session, client: int, ago: int, department: int, amount: int
    ) -> None:
        day = TODAY - timedelta(ago)
        ticket = new_id(
            session,
            Purchase(
                client_id=client,
                sold_at=datetime(day.year, day.month, day.day, 12, tzinfo=ZONE),
                sold_on=day,
                currency="EUR",
                total=amount,
            ),
        )
        session.add(
            PurchaseLine(
                purchase_id=ticket,
                department_id=department or self.floor.suits,
                item="Tie",
                quantity=1000 if amount >= 0 else -1000,
                amount=amount,
            )
        )

    def wish(self, client: int, days: int = 2) -> int:
        """A wish that arrived so many days ago."""
        at = self.floor.clock.now() - timedelta(days)
        return self.floor.add(
            Wish(client_id=client, item="Silk scarf", detail="emerald", wished_at=at, arrived_at=at)
        )

    def values(self) -> list[tuple[int, int | None, int, str]]:
        """Client, owner, value and reasons of each row that is kept, in the order of ids."""

        def rows(session: Session) -> list[tuple[int, int | None, int, str]]:
            asked = select(
                col(WorthCall.client_id),
                col(WorthCall.associate_id),
                col(WorthCall.value),
                col(WorthCall.reasons),
            ).order_by(col(WorthCall.client_id))
            return [(row[0], row[1], row[2], row[3]) for row in session.execute(asked)]

        found: list[tuple[int, int | None, int, str]] = self.floor.ask(rows)
        return found

    def work_out(self) -> Worked:
        """Go through all of them."""
        return work_out(self.floor.store, now=self.floor.clock.now())

    def again(self, *clients: int) -> None:
        """After something was written of these."""
        self.floor.do(worth_again, WrittenOf(frozenset(clients)))

    def book(self, book: Book = Book.MINE, by: int = 0) -> WorthBook:
        """Whom it is worth calling now, for R. Okafor (0)."""
        whose = WhoseBook(book, by or self.floor.okafor, self.floor.suits)
        found: WorthBook = self.floor.ask(worth_book, whose, now=self.floor.clock.now())
        return found

    def names(self, book: Book = Book.MINE) -> list[str]:
        """Their given names, in order."""
        return [row.named.given_name for row in self.book(book).rows]
