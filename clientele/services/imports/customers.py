"""How do customers come into the book: who is known already, and what is new about them?

A known client is only completed: blank fields are filled, contact points and tags added, and
nothing that an associate wrote is overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from clientele.domain.client import ContactKind
from clientele.domain.rules.names import folded, sort_name
from clientele.exchange.customer_rows import ContactRead, CustomerRead
from clientele.services.imports.people import own_clients, own_reference, stored
from clientele.services.imports.purchases import Kept
from clientele.store.bulk import CLIENT, CONTACT_POINT, Bulk

_TAGS_REMEMBERED: Final = 10_000
_NAME_FIELDS: Final = ("given_name", "family_name", "preferred_name", "language", "time_zone")


class CustomerImport:
    """Brings in the customers of one file, chunk by chunk, each in the caller's transaction."""

    def __init__(self, batch_id: int, now: datetime, *, owner: int | None = None) -> None:
        self._batch_id = batch_id
        self._now = stored(now)
        self._owner = owner
        self._tags: dict[str, int] = {}

    def start_over(self, bulk: Bulk) -> None:
        """Trust nothing that is remembered: the book was changed by someone else meanwhile."""
        self._tags.clear()

    def keep(self, bulk: Bulk, customers: Sequence[CustomerRead]) -> Kept:
        """Bring in these customers."""
        kept = Kept()
        for customer in customers:
            client_id = known_client(bulk, customer)
            if client_id is None:
                self._add(bulk, customer)
                kept.clients += 1
                kept.added += 1
            elif self._complete(bulk, client_id, customer):
                kept.added += 1
            else:
                kept.known += 1
        return kept

    def _add(self, bulk: Bulk, customer: CustomerRead) -> None:
        birthday = customer.birthday
        client_id = bulk.next_id("client")
        row = (
            client_id,
            customer.given_name,
            customer.family_name,
            customer.preferred_name,
            "",
            customer.language,
            customer.time_zone,
            birthday.month if birthday else None,
            birthday.day if birthday else None,
            birthday.year if birthday else None,
            sort_name(customer.given_name, customer.family_name, customer.reference),
            self._batch_id,
            self._now,
            self._now,
        )
        bulk.insert(CLIENT, [row])
        if customer.reference:
            self._add_reference(bulk, client_id, customer.reference)
        self._add_contacts(bulk, client_id, customer.contacts, 0)
        if _address(customer) != ("", "", "", ""):
            self._add_address(bulk, client_id, customer)
        self._add_tags(bulk, client_id, customer.tags)
        for note in customer.notes:
            self._add_note(bulk, client_id, note)
        if self._owner is not None:
            own_clients(bulk, [client_id], self._owner, self._now)

    def _complete(self, bulk: Bulk, client_id: int, customer: CustomerRead) -> bool:
        """Fill what is blank and add what is new; whether there was anything."""
        changed = self._fill_names(bulk, client_id, customer)
        if (
            customer.reference
            and not own_reference(bulk, customer.reference)
            and not bulk.one(
                "SELECT 1 FROM client_reference WHERE reference = ?", (customer.reference,)
            )
        ):
            self._add_reference(bulk, client_id, customer.reference)
            changed = True
        there = bulk.all(
            "SELECT normalised, position, label, id FROM contact_point WHERE client_id = ?",
            (client_id,),
        )
        known = {row[0] for row in there}
        missing = [contact for contact in customer.contacts if contact.normalised not in known]
        after = 1 + max((row[1] for row in there), default=-1)
        self._add_contacts(bulk, client_id, missing, after)
        changed |= bool(missing)
        said = {contact.normalised: contact.label for contact in customer.contacts if contact.label}
        for normal, _, label, key in there:
            if not label and normal in said:
                bulk.run("UPDATE contact_point SET label = ? WHERE id = ?", (said[normal], key))
                changed = True
        if _address(customer) != ("", "", "", ""):
            changed |= self._fill_address(bulk, client_id, customer)
        changed |= self._add_tags(bulk, client_id, customer.tags)
        for note in customer.notes:
            same = (client_id, note)
            if not bulk.one("SELECT 1 FROM note WHERE client_id = ? AND trim(body) = ?", same):
                self._add_note(bulk, client_id, note)
                changed = True
        if changed:
            bulk.run("UPDATE client SET updated_at = ? WHERE id = ?", (self._now, client_id))
        return changed

    def _fill_names(self, bulk: Bulk, client_id: int, customer: CustomerRead) -> bool:
        *names, month = bulk.one(
            "SELECT given_name, family_name, preferred_name, language, time_zone, birth_month "
            "FROM client WHERE id = ?",
            (client_id,),
        )
        filled: dict[str, object] = {}
        for field, there in zip(_NAME_FIELDS, names, strict=True):
            if not there and (said := getattr(customer, field)):
                filled[field] = said
        if filled.keys() & {"given_name", "family_name"}:
            given = str(filled.get("given_name", names[0]))
            filled["sort_name"] = sort_name(given, str(filled.get("family_name", names[1])))
        if month is None and customer.birthday:
            filled["birth_month"] = customer.birthday.month
            filled["birth_day"] = customer.birthday.day
            filled["birth_year"] = customer.birthday.year
        if filled:
            columns = ", ".join(f"{name} = ?" for name in filled)
            bulk.run(f"UPDATE client SET {columns} WHERE id = ?", (*filled.values(), client_id))
        return bool(filled)

    def _fill_address(self, bulk: Bulk, client_id: int, customer: CustomerRead) -> bool:
        """The first address is completed where it says nothing else; another one is not added."""
        there = bulk.one(
            "SELECT id, street, city, postcode, country FROM address WHERE client_id = ? "
            "ORDER BY position, id LIMIT 1",
            (client_id,),
        )
        if there is None:
            self._add_address(bulk, client_id, customer)
            return True
        pairs = list(zip(there[1:], _address(customer), strict=True))
        if any(old and new and folded(old) != folded(new) for old, new in pairs):
            return False
        merged = [old or new for old, new in pairs]
        if merged == list(there[1:]):
            return False
        bulk.run(
            "UPDATE address SET street = ?, city = ?, postcode = ?, country = ? WHERE id = ?",
            (*merged, there[0]),
        )
        return True

    def _add_reference(self, bulk: Bulk, client_id: int, reference: str) -> None:
        bulk.run(
            "INSERT INTO client_reference (client_id, reference) VALUES (?, ?)",
            (client_id, reference),
        )

    def _add_contacts(
        self, bulk: Bulk, client_id: int, contacts: Sequence[ContactRead], after: int
    ) -> None:
        unique = {contact.normalised: contact for contact in reversed(contacts)}
        rows = [
            (
                *(client_id, contact.kind.value, contact.value, contact.normalised),
                *(contact.label, after + place),
            )
            for place, contact in enumerate(reversed(unique.values()))
        ]
        bulk.insert(CONTACT_POINT, rows)

    def _add_address(self, bulk: Bulk, client_id: int, customer: CustomerRead) -> None:
        bulk.run(
            "INSERT INTO address (client_id, street, city, postcode, country, label, position) "
            "VALUES (?, ?, ?, ?, ?, '', 0)",
            (client_id, *_address(customer)),
        )

    def _add_tags(self, bulk: Bulk, client_id: int, tags: Sequence[str]) -> bool:
        added = False
        for tag in tags:
            key = (client_id, self._tag(bulk, tag))
            if bulk.one("SELECT 1 FROM client_tag WHERE client_id = ? AND tag_id = ?", key) is None:
                bulk.run("INSERT INTO client_tag (client_id, tag_id) VALUES (?, ?)", key)
                added = True
        return added

    def _tag(self, bulk: Bulk, name: str) -> int:
        if not self._tags:
            rows = bulk.all(
                "SELECT name, id FROM tag ORDER BY id DESC LIMIT ?", (_TAGS_REMEMBERED,)
            )
            self._tags = {known.casefold(): key for known, key in rows}
        found = self._tags.get(name.casefold())
        if found is None:
            there = bulk.one("SELECT id FROM tag WHERE name = ?", (name,))
            found = there[0] if there else bulk.run("INSERT INTO tag (name) VALUES (?)", (name,))
            self._tags[name.casefold()] = found
        return found

    def _add_note(self, bulk: Bulk, client_id: int, body: str) -> None:
        bulk.run(
            "INSERT INTO note (client_id, associate_id, body, say_first, written_at, "
            "import_batch_id) VALUES (?, ?, ?, 0, ?, ?)",
            (client_id, self._owner, body, self._now, self._batch_id),
        )


def known_client(bulk: Bulk, customer: CustomerRead) -> int | None:
    """The client whom a row is about, if the book knows them.

    By reference; else by an equal e-mail address, then telephone number, with a name that does
    not contradict; a row with none of these only by equal name, birthday and address,
    in whatever case.
    """
    if customer.reference:
        row = bulk.one(
            "SELECT client_id FROM client_reference WHERE reference = ?", (customer.reference,)
        )
        if row:
            return int(row[0])
        if own := own_reference(bulk, customer.reference):
            return own
    for kind in (ContactKind.EMAIL, ContactKind.PHONE):
        for contact in customer.contacts:
            if contact.kind is not kind or not contact.normalised:
                continue
            found = bulk.all(
                "SELECT c.id, c.given_name, c.family_name FROM contact_point p "
                "JOIN client c ON c.id = p.client_id "
                "WHERE p.normalised = ? AND p.kind = ? ORDER BY c.id",
                (contact.normalised, kind.value),
            )
            for client_id, given, family in found:
                if compatible((given, family), (customer.given_name, customer.family_name)):
                    return int(client_id)
    if customer.reference or customer.contacts:
        return None
    return _same_in_all(bulk, customer)


def compatible(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two names, given and family, may be of one person: equal, unknown or an initial."""
    return all(
        not a or not b or a == b or (_initial(a, b) or _initial(b, a)) * (place == 0)
        for place, (a, b) in enumerate(
            zip(map(folded, one), map(folded, other), strict=True),
        )
    )


def _initial(short: str, long: str) -> bool:
    bare = short.rstrip(".")
    return len(bare) == 1 and long.startswith(bare)


def _same_in_all(bulk: Bulk, customer: CustomerRead) -> int | None:
    birthday = customer.birthday
    rows = bulk.all(
        "SELECT c.id, c.given_name, c.family_name, a.street, a.city, a.postcode, a.country, "
        "c.birth_month, c.birth_day, c.birth_year FROM client c "
        "LEFT JOIN address a ON a.client_id = c.id AND a.position = 0 "
        "WHERE c.sort_name = ? ORDER BY c.id",
        (sort_name(customer.given_name, customer.family_name),),
    )
    words = (customer.given_name, customer.family_name, *_address(customer))
    day = (birthday.month, birthday.day, birthday.year) if birthday else (None, None, None)
    wanted = ([folded(word) for word in words], day)
    for client_id, *there in rows:
        if ([folded(word or "") for word in there[:6]], tuple(there[6:])) == wanted:
            return int(client_id)
    return None


def _address(customer: CustomerRead) -> tuple[str, str, str, str]:
    return customer.street, customer.city, customer.postcode, customer.country
