"""Clients as lines of a list: all that is shown of each, for the page that is in sight.

A line is read from the client's card (``store.cards``); of those whose card waits to be brought up
to date, from the rows themselves.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, ContactKind
from clientele.domain.rules.contact_points import shown
from clientele.domain.tables import (
    Associate,
    BookMembership,
    Client,
    ClientSum,
    Department,
    Purchase,
    Visit,
)
from clientele.store.prepared import Prepared, among
from clientele.store.queries.cards import cards_of
from clientele.store.queries.columns import ident
from clientele.store.queries.contact_points import first_points
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, StoreFacts, store_facts


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client as one line of a list."""

    named: Named
    phone: str
    email: str
    owner_id: int | None
    owner: str
    last_in: datetime | None
    """When they last visited or bought."""
    spent: int
    """All purchases in minor units of ``currency``."""
    currency: str
    knowing: tuple[tuple[int, str], ...] = ()
    """Associate and department of those who know the client beside the owner."""

    def is_in_book_of(self, associate_id: int) -> bool:
        """Whether this associate owns the client or knows them for a department."""
        return self.owner_id == associate_id or any(who == associate_id for who, _ in self.knowing)


def rows_of(session: Session, ids: Sequence[int]) -> dict[int, ClientRow]:
    """The list rows of these clients (a page of some hundred at most), by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    store = store_facts(session)
    rows = _from_cards(session, wanted, store)
    left = [key for key in wanted if key not in rows]
    return rows | _from_rows(session, left, store) if left else rows


def _from_cards(session: Session, ids: list[int], store: StoreFacts) -> dict[int, ClientRow]:
    """Of those whose cards are up to date."""
    cards = cards_of(session, ids)
    members = [json.loads(card.members) for card in cards]
    people = list({who for some in members for _, who, _ in some})
    names = dict(_ASSOCIATES.rows(session, ids=people))
    departments = {key: (place, name) for key, place, name in _DEPARTMENTS.rows(session)}
    rows = {}
    for card, some in zip(cards, members, strict=True):
        reached: dict[str, str] = {}
        for kind, value, normal in json.loads(card.points):
            if kind not in reached:
                reached[kind] = shown(kind, value, normal, store.country)
        owner_id = next((who for role, who, _ in some if role == BookRole.OWNER), None)
        knowing = [
            (departments[where], who)
            for role, who, where in some
            if role != BookRole.OWNER and where is not None
        ]
        knowing.sort(key=lambda known: known[0][0])
        rows[card.client_id] = ClientRow(
            named=Named(*card[:NAME_WIDTH]),
            phone=reached.get(ContactKind.PHONE, ""),
            email=reached.get(ContactKind.EMAIL, ""),
            owner_id=owner_id,
            owner="" if owner_id is None else names[owner_id],
            last_in=card.last_in,
            spent=card.spent,
            currency=store.currency,
            knowing=tuple((who, name) for (_, name), who in knowing),
        )
    return rows


def _from_rows(session: Session, ids: list[int], store: StoreFacts) -> dict[int, ClientRow]:
    """Of all others."""
    points = first_points(session, ids, store.country)
    owners, knowing = _who_knows(session, ids)
    rows = {}
    for row in _ROWS.rows(session, ids=ids):
        key = row[0]
        bought, visited, spent = row[NAME_WIDTH:]
        owner_id, owner = owners.get(key, (None, ""))
        rows[key] = ClientRow(
            named=Named(*row[:NAME_WIDTH]),
            phone=points.get((key, ContactKind.PHONE), ""),
            email=points.get((key, ContactKind.EMAIL), ""),
            owner_id=owner_id,
            owner=owner,
            last_in=max(bought, visited) if bought and visited else bought or visited,
            spent=spent,
            currency=store.currency,
            knowing=tuple(knowing.get(key, ())),
        )
    return rows


def _who_knows(
    session: Session, ids: list[int]
) -> tuple[dict[int, tuple[int | None, str]], dict[int, list[tuple[int, str]]]]:
    """The owner of each client, and who knows them in which department."""
    owners: dict[int, tuple[int | None, str]] = {}
    knowing: dict[int, list[tuple[int, str]]] = {}
    for client_id, role, associate_id, name, department in _MEMBERS.rows(session, ids=ids):
        if role == BookRole.OWNER:
            owners[client_id] = (associate_id, name)
        elif department is not None:
            knowing.setdefault(client_id, []).append((associate_id, department))
    return owners, knowing


def _last(client: Any, moment: Any) -> Any:
    """Found at the end of an index; a grouping would read all that a client ever did."""
    return select(func.max(moment)).where(client == ident(Client.id)).scalar_subquery()


_ROWS = Prepared(
    select(
        *name_columns(),
        _last(col(Purchase.client_id), col(Purchase.sold_at)),
        _last(col(Visit.client_id), col(Visit.arrived_at)),
        func.coalesce(col(ClientSum.spent), 0),
    )
    .outerjoin(ClientSum, col(ClientSum.client_id) == ident(Client.id))
    .where(ident(Client.id).in_(among("ids")))
)
_MEMBERS = Prepared(
    select(
        col(BookMembership.client_id),
        col(BookMembership.role),
        col(BookMembership.associate_id),
        col(Associate.name),
        col(Department.name),
    )
    .join(Associate, ident(Associate.id) == col(BookMembership.associate_id))
    .outerjoin(Department, ident(Department.id) == col(BookMembership.department_id))
    .where(col(BookMembership.client_id).in_(among("ids")), col(BookMembership.until).is_(None))
    .order_by(col(Department.position), ident(BookMembership.id))
)
_ASSOCIATES = Prepared(
    select(ident(Associate.id), col(Associate.name)).where(ident(Associate.id).in_(among("ids")))
)
_DEPARTMENTS = Prepared(
    select(ident(Department.id), col(Department.position), col(Department.name))
)
