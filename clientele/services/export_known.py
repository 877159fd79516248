"""The last columns of a customers file: what it says only where the book says it of anybody.

Languages, time zones and labels come back with an import. All else it leaves aside, because it
speaks of other clients or of what only this store keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import ContactKind
from clientele.domain.tables import Client
from clientele.exchange.cells import guarded
from clientele.services.imports.people import reference_for
from clientele.store.queries.columns import ident
from clientele.store.queries.known_out import KnownOut, known_out, said
from clientele.store.queries.naming import reference_of

BETWEEN: Final = " ::: "
"""Between several of a kind, as in the other columns."""


class Known:
    """Writes the further columns of one export: only those of which the book says anything."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._senders: dict[int, str] = {}
        there = said(session)
        columns: list[tuple[bool, str, Callable[[KnownOut], str]]] = [
            (there.say_it, "how_to_say_it", self._say_it),
            (there.language, "spoken_language", self._language),
            (there.time_zone, "zone_of_time", self._zone),
            (there.sent_by, "sent_by", self._sent_by),
            (there.phone_labels, "labels_of_phones", partial(_labels, ContactKind.PHONE)),
            (there.email_labels, "labels_of_emails", partial(_labels, ContactKind.EMAIL)),
            (there.addresses, "all_addresses", _addresses),
        ]
        self._columns = [(name, cell) for is_said, name, cell in columns if is_said]
        self._columns += [
            (guarded(f"own: {name}"), partial(_own, key)) for key, name in there.fields
        ]

    def header(self) -> list[str]:
        """The names of the columns; the store's own fields are ``own: NAME``."""
        return [name for name, _ in self._columns]

    def rows(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """The cells of these clients."""
        if not self._columns:
            return {key: [] for key in ids}
        found = known_out(self._session, ids)
        self._senders = self._references({one.sent_by for one in found.values() if one.sent_by})
        return {key: [cell(one) for _, cell in self._columns] for key, one in found.items()}

    def _say_it(self, one: KnownOut) -> str:
        return guarded(one.say_it.strip())

    def _language(self, one: KnownOut) -> str:
        return guarded(one.language)

    def _zone(self, one: KnownOut) -> str:
        return guarded(one.time_zone)

    def _sent_by(self, one: KnownOut) -> str:
        return guarded(self._senders.get(one.sent_by or 0, ""), identifier=True)

    def _references(self, ids: set[int]) -> dict[int, str]:
        rows = self._session.execute(
            select(ident(Client.id), reference_of(ident(Client.id)), col(Client.created_at)).where(
                ident(Client.id).in_(ids)
            )
        )
        return {key: known or reference_for(key, created) for key, known, created in rows}


def _own(field: int, one: KnownOut) -> str:
    return guarded(one.values.get(field, "").strip())


def _addresses(one: KnownOut) -> str:
    return BETWEEN.join(guarded(_address(parts)) for parts in one.addresses)


def _labels(kind: ContactKind, one: KnownOut) -> str:
    """The labels in the order of the numbers; nothing where no number has one."""
    labels = [label.strip() for of, label in one.labels if of == kind]
    return BETWEEN.join(guarded(label) for label in labels) if any(labels) else ""


def _address(parts: tuple[str, str, str, str, str]) -> str:
    label, street, postcode, city, country = (part.strip() for part in parts)
    place = " ".join(part for part in (postcode, city) if part)
    words = ", ".join(part for part in (street, place, country) if part)
    return f"{label}: {words}" if label else words
