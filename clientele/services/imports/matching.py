"""Was this line of a ticket in the book before? Two equal lines in one file are two lines.

A ticket that was in the book when the import began gives each of its lines away once: what finds
no partner is new. What was given away is kept in ``import_seen`` when a ticket leaves memory, so
that a file which scatters the lines of its tickets is read in constant memory too.

Brand and size are no part of what makes lines equal, because the file may have been brought in
without them before; but a line of another brand or size is another line.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Final

from clientele.store.bulk import Bulk

_HELD: Final = 8_000
"""Tickets in memory."""

_SLOTS: Final = 1 << 21

Key = tuple[int, str, str]
"""Client, receipt and day; or client, no receipt and the moment."""

LineKey = tuple[object, ...]

Waiting = tuple[int, str, str]
"""A line's id, brand and size."""


class Ticket:
    """A ticket that a file is adding to or matching with."""

    __slots__ = ("added", "by_amount", "currency", "fresh", "gave", "id", "new_lines", "waiting")

    def __init__(self, key: int, currency: str, *, fresh: bool) -> None:
        self.id = key
        self.currency = currency
        self.fresh = fresh
        """Not written yet."""
        self.added = 0
        """Minor units that this chunk adds to the total."""
        self.waiting: dict[LineKey, list[Waiting]] | None = None
        """Lines from before this import that no line of the file has matched; None: none were."""
        self.by_amount = False
        """Rung in Clientele: its words need not be those of the till, so amounts decide."""
        self.gave: list[int] = []
        """Lines that were matched, by id."""

    def knows(self, line: LineKey, amount: int, brand: str, size: str) -> Waiting | None:
        """The equal line that was waiting and is now given away; None where there is none."""
        if self.waiting is None:
            return None
        partners = self.waiting.get((amount,) if self.by_amount else line)
        if not partners:
            return None
        place = -1 if self.by_amount else _partner(partners, brand, size)
        if place is None:
            return None
        found = partners.pop(place)
        self.gave.append(found[0])
        return found


class Tickets:
    """The tickets that lines of this import fall on, the last used ones in memory."""

    def __init__(self, batch_id: int, held: int = _HELD) -> None:
        self._batch_id = batch_id
        self._held = held
        self._tickets: OrderedDict[Key, Ticket] = OrderedDict()
        self._some_left = False
        self._left = bytearray(_SLOTS)
        """Marked at the hash of each ticket that was let go: an unmarked one never was."""

    def known(self, key: Key) -> Ticket | None:
        """The ticket if it is in memory."""
        ticket = self._tickets.get(key)
        if ticket is not None:
            self._tickets.move_to_end(key)
        return ticket

    def remember(self, key: Key, ticket: Ticket) -> None:
        """Keep the ticket in memory for now."""
        self._tickets[key] = ticket

    def find(self, bulk: Bulk, key: Key, *, fresh_client: bool) -> Ticket | None:
        """The ticket if it is in the book; ``fresh_client`` saves the question where it can be."""
        if fresh_client and not self._left[hash(key) % _SLOTS]:
            return None
        row = bulk.one(
            "SELECT id, currency, visit_id, import_batch_id FROM purchase "
            + (
                "WHERE client_id = ? AND receipt = ? AND receipt <> '' AND sold_on = ?"
                if key[1]
                else "WHERE client_id = ? AND receipt = ? AND sold_at = ? ORDER BY id LIMIT 1"
            ),
            key,
        )
        if row is None:
            return None
        ticket = Ticket(row[0], row[1], fresh=False)
        if row[3] != self._batch_id:
            ticket.by_amount = row[2] is not None
            self._load(bulk, ticket)
        self.remember(key, ticket)
        return ticket

    def shrink(self, bulk: Bulk) -> None:
        """Let go of the tickets that were not used for longest; called between chunks."""
        while len(self._tickets) > self._held:
            key, ticket = self._tickets.popitem(last=False)
            self._set_aside(bulk, key, ticket)

    def let_go(self, bulk: Bulk) -> None:
        """Let go of all: someone else may have changed them."""
        for key, ticket in self._tickets.items():
            self._set_aside(bulk, key, ticket)
        self._tickets.clear()

    def _set_aside(self, bulk: Bulk, key: Key, ticket: Ticket) -> None:
        self._some_left = True
        self._left[hash(key) % _SLOTS] = 1
        if ticket.gave:
            bulk.run(
                "INSERT INTO import_seen (batch_id, purchase_id, matched) VALUES (?, ?, ?) "
                "ON CONFLICT (batch_id, purchase_id) DO UPDATE SET matched = excluded.matched",
                (self._batch_id, ticket.id, json.dumps(ticket.gave, separators=(",", ":"))),
            )

    def _load(self, bulk: Bulk, ticket: Ticket) -> None:
        if self._some_left:
            seen = bulk.one(
                "SELECT matched FROM import_seen WHERE batch_id = ? AND purchase_id = ?",
                (self._batch_id, ticket.id),
            )
            ticket.gave = json.loads(seen[0]) if seen else []
        given = set(ticket.gave)
        waiting: dict[LineKey, list[Waiting]] = {}
        rows = bulk.all(
            "SELECT item, sku, department_id, quantity, amount, associate_id, id, brand, size "
            "FROM purchase_line WHERE purchase_id = ? AND import_batch_id IS NOT ? "
            "ORDER BY id DESC",
            (ticket.id, self._batch_id),
        )
        for row in rows:
            if row[6] not in given:
                line = (row[4],) if ticket.by_amount else row[:6]
                waiting.setdefault(line, []).append(row[6:])
        ticket.waiting = waiting


def _partner(partners: list[Waiting], brand: str, size: str) -> int | None:
    """The place of a line of this brand and size, else of one that does not say otherwise."""
    best, found = 0, None
    for place in range(len(partners) - 1, -1, -1):
        _, its_brand, its_size = partners[place]
        if (brand and its_brand and brand != its_brand) or (size and its_size and size != its_size):
            continue
        alike = 1 + (its_brand == brand) + (its_size == size)
        if alike > best:
            best, found = alike, place
            if alike == 3:
                break
    return found
