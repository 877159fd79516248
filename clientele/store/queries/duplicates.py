"""Whether a client who is being entered may be there already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.contact_points import kind_of, normalised
from clientele.domain.rules.names import sort_name
from clientele.domain.tables import Client, ContactPoint
from clientele.store.queries.clients import ClientRow, rows_of
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts


class Same(StrEnum):
    """What is the same."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Alike:
    """A client who is there already, and what is the same."""

    row: ClientRow
    same: tuple[str, ...]


def alike(
    session: Session,
    *,
    given_name: str,
    family_name: str,
    phone: str = "",
    email: str = "",
    limit: int = 4,
) -> tuple[Alike, ...]:
    """Clients with the same number, e-mail address or whole name, the most alike first."""
    country = store_facts(session).country
    same: dict[int, list[str]] = {}
    for text in filter(None, (phone.strip(), email.strip())):
        kind = kind_of(text)
        normal = normalised(kind, text, country)
        if len(normal) >= 5:
            points = session.scalars(
                select(col(ContactPoint.client_id))
                .where(col(ContactPoint.normalised) == normal, col(ContactPoint.kind) == kind)
                .limit(limit)
            )
            _note(same, points, Same(kind))
    if given_name.strip() and family_name.strip():
        named = session.scalars(
            select(ident(Client.id))
            .where(col(Client.sort_name) == sort_name(given_name, family_name))
            .limit(limit)
        )
        _note(same, named, Same.NAME)
    likest = sorted(same, key=lambda key: (-len(same[key]), key))[:limit]
    rows = rows_of(session, likest)
    return tuple(Alike(rows[key], tuple(same[key])) for key in likest if key in rows)


def _note(same: dict[int, list[str]], clients: Iterable[int], what: str) -> None:
    for key in dict.fromkeys(clients):
        same.setdefault(key, []).append(what)
