"""How do purchase lines come into the book: whose are they, on which ticket, and are they new?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from clientele.domain.rules.wishing import Article
from clientele.exchange.purchase_rows import Line
from clientele.exchange.rows import Bad
from clientele.services.imports.matching import Key, Ticket, Tickets
from clientele.services.imports.people import Clients, Names
from clientele.services.imports.wish_list import Bought, WishList
from clientele.store.bulk import PURCHASE, PURCHASE_LINE, PURCHASE_LINE_SAID, Bulk


@dataclass(slots=True)
class Kept:
    """What became of the rows of one chunk."""

    added: int = 0
    known: int = 0
    completed: int = 0
    """Known lines that were told their brand or size."""
    clients: int = 0
    tickets: int = 0
    bad: list[Bad] = field(default_factory=list)


class PurchaseImport:
    """Brings in the lines of one file, chunk by chunk, each in the caller's transaction."""

    def __init__(
        self, batch_id: int, now: datetime, *, owner: int | None = None, held: int | None = None
    ) -> None:
        self._batch_id = batch_id
        self._clients = Clients(batch_id, now, owner)
        self._tickets = Tickets(batch_id, held) if held else Tickets(batch_id)
        self._departments = Names("department", now)
        self._associates = Names("associate", now)
        self._wishes = WishList(now)

    def start_over(self, bulk: Bulk) -> None:
        """Trust nothing that is remembered: the book was changed by someone else meanwhile."""
        self._clients.forget()
        self._departments.forget()
        self._associates.forget()
        self._wishes.forget()
        self._tickets.let_go(bulk)

    def keep(self, bulk: Bulk, lines: Sequence[Line]) -> Kept:  # noqa: PLR0915
        """Bring in these lines; the totals of their tickets follow in the same transaction."""
        kept = Kept()
        before = self._clients.added
        clients = self._clients.ids(bulk, [line[0] for line in lines])
        departments, associates = self._departments, self._associates
        next_ticket = bulk.next_id("purchase")
        fresh: list[tuple[Ticket, Key, Line, int | None]] = []
        touched: dict[int, Ticket] = {}
        rows: list[tuple[object, ...]] = []
        batch_id = self._batch_id
        wished = self._wishes.clients(bulk)
        bought: list[Bought] = []
        told: list[tuple[object, ...]] = []
        said = any(line[11] or line[12] for line in lines)
        last_key: Key | None = None
        ticket: Ticket | None = None
        for line in lines:
            reference, receipt, sold_at, sold_on, department, item, sku = line[:7]
            quantity, amount, currency, associate, brand, size, row = line[7:]
            key = (clients[reference], receipt, sold_on if receipt else sold_at)
            by = associates.id_of(bulk, associate) if associate else None
            if key != last_key or ticket is None:
                last_key = key
                ticket = self._tickets.known(key) or self._tickets.find(
                    bulk, key, fresh_client=key[0] in self._clients.fresh
                )
                if ticket is None:
                    ticket = Ticket(next_ticket, currency, fresh=True)
                    next_ticket += 1
                    self._tickets.remember(key, ticket)
                    fresh.append((ticket, key, line, by))
                touched[ticket.id] = ticket
            if currency != ticket.currency:
                reason = f"the ticket is in {ticket.currency} and this line in {currency}"
                kept.bad.append((row, reason))
                continue
            place = departments.id_of(bulk, department)
            if ticket.waiting:
                words = (item, sku, place, quantity, amount, by)
                partner = ticket.knows(words, amount, brand, size)
                if partner is not None:
                    kept.known += 1
                    line_id, its_brand, its_size = partner
                    if not ticket.by_amount and (
                        (brand and not its_brand) or (size and not its_size)
                    ):
                        told.append((brand or its_brand, size or its_size, line_id))
                    continue
            ticket.added += amount
            if key[0] in wished and quantity > 0 and amount >= 0:
                article = Article(item, sku=sku, brand=brand, size=size)
                day = date.fromisoformat(sold_on)
                bought.append(Bought(key[0], len(rows), article, day))
            new = (ticket.id, place, item, sku, quantity, amount, by, batch_id)
            rows.append((*new, brand, size) if said else new)
        first_line = bulk.next_id("purchase_line") if bought else 0
        self._write(bulk, fresh, touched, rows)
        if bought:
            self._wishes.leave(bulk, bought, first_line)
        bulk.run_many("UPDATE purchase_line SET brand = ?, size = ? WHERE id = ?", told)
        kept.completed = len(told)
        kept.added = len(rows)
        kept.tickets = len(fresh)
        kept.clients = self._clients.added - before
        self._tickets.shrink(bulk)
        return kept

    def _write(
        self,
        bulk: Bulk,
        fresh: list[tuple[Ticket, Key, Line, int | None]],
        touched: dict[int, Ticket],
        rows: list[tuple[object, ...]],
    ) -> None:
        batch_id = self._batch_id
        bulk.insert(
            PURCHASE,
            [
                (ticket.id, *key[:2], *line[2:4], by, ticket.currency, ticket.added, batch_id)
                for ticket, key, line, by in fresh
            ],
        )
        said = bool(rows) and len(rows[0]) > len(PURCHASE_LINE[1].split())
        bulk.insert(PURCHASE_LINE_SAID if said else PURCHASE_LINE, rows)
        bulk.run_many(
            "UPDATE purchase SET total = total + ? WHERE id = ?",
            [
                (ticket.added, ticket.id)
                for ticket in touched.values()
                if ticket.added and not ticket.fresh
            ],
        )
        for ticket in touched.values():
            ticket.added, ticket.fresh = 0, False
