"""Which row of the book does a name or reference in a file mean? It is made where it is new.

What was found is remembered, up to a bound, until someone else writes to the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from clientele.domain.client import BookRole, ContactKind
from clientele.domain.rules.contact_points import is_email
from clientele.domain.rules.names import sort_name
from clientele.store.bulk import BOOK_MEMBERSHIP, CLIENT, CLIENT_REFERENCE, CONTACT_POINT, Bulk

OWN_REFERENCE: Final = "clientele"
_ID: Final = re.compile(r"[0-9]{1,18}")
"""More digits than that are no id, and SQLite would not take them."""
_REMEMBERED: Final = 100_000
WHY_OWNED: Final = "imported"
_NOTHING_KNOWN: Final = ("", "", "", "", "", "", None, None, None)
"""Names, language, time zone and birthday of a client who is only a reference."""


def stored(moment: datetime) -> str:
    """An instant as the store writes it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class Names:
    """Departments or associates by name, whatever its case."""

    def __init__(self, table: str, now: datetime) -> None:
        self._table = table
        self._now = stored(now)
        self._ids: dict[str, int] = {}
        self._folded: dict[str, int] | None = None

    def id_of(self, bulk: Bulk, name: str) -> int:
        """The id of the row of that name."""
        found = self._ids.get(name)
        if found is None:
            bare = " ".join(name.split())
            if self._folded is None:
                rows = bulk.all(f"SELECT name, id FROM {self._table} ORDER BY id DESC")
                self._folded = {known.casefold(): key for known, key in rows}
            found = self._folded.get(bare.casefold())
            if found is None:
                found = self._folded[bare.casefold()] = self._add(bulk, bare)
            if len(self._ids) >= _REMEMBERED:
                self._ids.clear()
            self._ids[name] = found
        return found

    def forget(self) -> None:
        """Ask the book again from now on."""
        self._ids.clear()
        self._folded = None

    def _add(self, bulk: Bulk, name: str) -> int:
        if self._table == "department":
            return bulk.run(
                "INSERT INTO department (name, position) "
                "SELECT ?, coalesce(max(position) + 1, 0) FROM department",
                (name,),
            )
        return bulk.run(
            "INSERT INTO associate (name, role, wrong_pins, active, created_at) "
            "VALUES (?, 'associate', 0, 1, ?)",
            (name, self._now),
        )


class Clients:
    """Clients by the reference of another system; the unknown ones are added with it alone.

    An e-mail address as a reference, as orders of web shops have it, also finds the client who
    has that address.
    """

    def __init__(self, batch_id: int, now: datetime, owner: int | None) -> None:
        self._batch_id = batch_id
        self._now = stored(now)
        self._owner = owner
        self._ids: dict[str, int] = {}
        self.fresh: set[int] = set()
        """Clients that this import added and still remembers."""
        self.added = 0

    def forget(self) -> None:
        """Ask the book again from now on."""
        self._ids.clear()
        self.fresh.clear()

    def ids(self, bulk: Bulk, references: Iterable[str]) -> dict[str, int]:
        """The client of each of these references, and of others that came before."""
        unknown = [name for name in dict.fromkeys(references) if name not in self._ids]
        if len(self._ids) + len(unknown) > _REMEMBERED:
            self.forget()
            unknown = list(dict.fromkeys((*unknown, *references)))
        if unknown:
            self._find(bulk, unknown)
            self._add(bulk, [name for name in unknown if name not in self._ids])
        return self._ids

    def _find(self, bulk: Bulk, references: list[str]) -> None:
        for name in references:
            if own := own_reference(bulk, name):
                self._ids[name] = own
        self._ids.update(
            bulk.among(
                "SELECT reference, client_id FROM client_reference WHERE reference IN ({})",
                references,
            )
        )
        addresses: dict[str, list[str]] = {}
        for name in references:
            if name not in self._ids and is_email(name):
                addresses.setdefault(name.lower(), []).append(name)
        found = bulk.among(
            "SELECT normalised, min(client_id) FROM contact_point "
            "WHERE kind = 'email' AND normalised IN ({}) GROUP BY normalised",
            list(addresses),
        )
        self._ids.update({name: key for address, key in found for name in addresses[address]})

    def _add(self, bulk: Bulk, references: list[str]) -> None:
        key = bulk.next_id("client")
        addresses: dict[str, int] = {}
        clients: list[tuple[object, ...]] = []
        named: list[tuple[object, ...]] = []
        contacts: list[tuple[object, ...]] = []
        for reference in references:
            known = addresses.get(reference.lower())
            if known is not None:
                self._ids[reference] = known
                continue
            self._ids[reference] = key
            self.fresh.add(key)
            place = sort_name("", "", reference)
            clients.append((key, *_NOTHING_KNOWN, place, self._batch_id, self._now, self._now))
            named.append((key, reference))
            if is_email(reference):
                addresses[reference.lower()] = key
                contacts.append((key, ContactKind.EMAIL.value, reference, reference.lower(), "", 0))
            key += 1
        bulk.insert(CLIENT, clients)
        bulk.insert(CLIENT_REFERENCE, named)
        bulk.insert(CONTACT_POINT, contacts)
        self.added += len(clients)
        if self._owner is not None:
            own_clients(bulk, [row[0] for row in clients], self._owner, self._now)


def own_reference(bulk: Bulk, reference: str) -> int | None:
    """The client to whom an export of this very book gave this reference, for want of another."""
    parts = reference.split("-")
    if len(parts) != 3 or parts[0] != OWN_REFERENCE or not _ID.fullmatch(parts[1]):
        return None
    row = bulk.one("SELECT id, created_at FROM client WHERE id = ?", (int(parts[1]),))
    row = row or _merged(bulk, int(parts[1]))
    if row is None or "".join(filter(str.isdigit, row[1])) != parts[2]:
        return None
    return int(row[0])


def _merged(bulk: Bulk, client_id: int) -> tuple[int, str] | None:
    """Into whom a client went, and since when they themselves were in the book."""
    row = bulk.one("SELECT kept_id, moved FROM client_merge WHERE gone_id = ?", (client_id,))
    if row is None:
        return None
    from clientele.services.merge_record import read_record

    gone = (image.before for image in read_record(row[1]).images if image.table == "client"
            and image.key == (client_id,))  # fmt: skip
    return next((row[0], stored(before["created_at"])) for before in gone if before)


def reference_for(client_id: int, created_at: datetime) -> str:
    """The reference in an export of a client who has none of another system."""
    moment = "".join(filter(str.isdigit, stored(created_at)))
    return f"{OWN_REFERENCE}-{client_id}-{moment}"


def own_clients(bulk: Bulk, clients: Iterable[object], owner: int, since: str) -> None:
    """Put clients into the book of an associate, who becomes their owner."""
    rows = [(key, owner, BookRole.OWNER.value, since, WHY_OWNED) for key in clients]
    bulk.insert(BOOK_MEMBERSHIP, rows)
