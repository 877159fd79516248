"""What is known of many clients at once, as the score of duplicates needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import ContactKind
from clientele.domain.rules.duplicates import Facts
from clientele.domain.tables import Address, Client, ContactPoint
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident

AT_ONCE = 500


def facts_of(session: Session, clients: Iterable[int]) -> dict[int, Facts]:
    """The facts of these clients, without those who are gone."""
    found: dict[int, Facts] = {}
    for piece in _pieces(sorted(set(clients))):
        phones: defaultdict[int, list[str]] = defaultdict(list)
        emails: defaultdict[int, list[str]] = defaultdict(list)
        for key, kind, normal in _POINTS.rows(session, ids=piece):
            if normal:
                (emails if kind == ContactKind.EMAIL else phones)[key].append(normal)
        homes: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
        for key, street, postcode, city in _HOMES.rows(session, ids=piece):
            homes[key].append((street, postcode, city))
        for key, given, family, preferred, month, day, year in _CLIENTS.rows(session, ids=piece):
            found[key] = Facts(
                given,
                family,
                preferred,
                frozenset(phones[key]),
                frozenset(emails[key]),
                (month, day, year),
                frozenset(homes[key]),
            )
    return found


def _pieces(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


_POINTS = Prepared(
    select(col(ContactPoint.client_id), col(ContactPoint.kind), col(ContactPoint.normalised)).where(
        col(ContactPoint.client_id).in_(among("ids"))
    )
)
_HOMES = Prepared(
    select(
        col(Address.client_id), col(Address.street), col(Address.postcode), col(Address.city)
    ).where(col(Address.client_id).in_(among("ids")))
)
_CLIENTS = Prepared(
    select(
        ident(Client.id),
        col(Client.given_name),
        col(Client.family_name),
        col(Client.preferred_name),
        col(Client.birth_month),
        col(Client.birth_day),
        col(Client.birth_year),
    ).where(ident(Client.id).in_(among("ids")))
)
