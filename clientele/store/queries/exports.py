"""Everything that leaves the book as a table: all clients, all purchase lines, one after the other.

Rows are streamed, so that a book of any size is written in constant memory; iterate within the
session that was lent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import (
    Address,
    Associate,
    Client,
    ClientTag,
    ContactPoint,
    Department,
    Note,
    Purchase,
    PurchaseLine,
    Tag,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import reference_of

_AT_ONCE: Final = 2_000
_NO_ADDRESS: Final = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class LineOut:
    """One purchase line with its ticket."""

    client_id: int
    client_created_at: datetime
    reference: str
    """Of the client, in another system; empty where they have none."""
    receipt: str
    sold_at: datetime
    department: str
    item: str
    sku: str
    quantity: int
    """Thousandths."""
    amount: int
    """Minor units."""
    currency: str
    associate: str
    brand: str
    size: str


@dataclass(frozen=True, slots=True)
class ClientOut:
    """One client with all that a customers file can say."""

    client_id: int
    created_at: datetime
    reference: str
    given_name: str
    family_name: str
    preferred_name: str
    birth_month: int | None
    birth_day: int | None
    birth_year: int | None
    contacts: tuple[tuple[str, str], ...]
    """Kind and value, the preferred one first."""
    address: tuple[str, str, str, str]
    """Street, city, postcode, country of the first one."""
    tags: tuple[str, ...]
    notes: tuple[str, ...]
    """Without the sensitive ones: a file cannot say that they are never to be said."""


def lines_out(session: Session) -> Iterator[LineOut]:
    """All purchase lines, ticket by ticket in the order in which they came into the book."""
    rows = session.execute(
        select(
            ident(Client.id),
            col(Client.created_at),
            reference_of(ident(Client.id)),
            col(Purchase.receipt),
            col(Purchase.sold_at),
            col(Department.name),
            col(PurchaseLine.item),
            col(PurchaseLine.sku),
            col(PurchaseLine.quantity),
            col(PurchaseLine.amount),
            col(Purchase.currency),
            col(Associate.name),
            col(PurchaseLine.brand),
            col(PurchaseLine.size),
        )
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .join(Client, ident(Client.id) == col(Purchase.client_id))
        .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
        .outerjoin(Associate, ident(Associate.id) == col(PurchaseLine.associate_id))
        .order_by(col(PurchaseLine.purchase_id), ident(PurchaseLine.id))
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        values: tuple[Any, ...] = (*row[:2], row[2] or "", *row[3:11], row[11] or "", *row[12:])
        yield LineOut(*values)


def clients_out(session: Session, only: Sequence[int] | None = None) -> Iterator[ClientOut]:
    """All clients in the order in which they came into the book, or ``only`` these in theirs."""
    for rows in _in_pieces(session) if only is None else _these(session, only):
        ids = [row[0] for row in rows]
        contacts = _by_client(
            session,
            select(col(ContactPoint.client_id), col(ContactPoint.kind), col(ContactPoint.value))
            .where(col(ContactPoint.client_id).in_(ids))
            .order_by(
                col(ContactPoint.client_id), col(ContactPoint.position), ident(ContactPoint.id)
            ),
        )
        addresses = _by_client(
            session,
            select(
                col(Address.client_id),
                col(Address.street),
                col(Address.city),
                col(Address.postcode),
                col(Address.country),
            )
            .where(col(Address.client_id).in_(ids))
            .order_by(col(Address.client_id), col(Address.position), ident(Address.id)),
        )
        tags = _by_client(
            session,
            select(col(ClientTag.client_id), col(Tag.name))
            .join(Tag, ident(Tag.id) == col(ClientTag.tag_id))
            .where(col(ClientTag.client_id).in_(ids))
            .order_by(col(ClientTag.client_id), col(Tag.name)),
        )
        notes = _by_client(
            session,
            select(col(Note.client_id), col(Note.body))
            .where(col(Note.client_id).in_(ids), col(Note.sensitive).is_(False))
            .order_by(col(Note.client_id), col(Note.written_at), ident(Note.id)),
        )
        for client_id, created_at, reference, *names in rows:
            values: tuple[Any, ...] = (
                client_id,
                created_at,
                reference or "",
                *names,
                tuple((kind, value) for kind, value in contacts.get(client_id, ())),
                addresses.get(client_id, [_NO_ADDRESS])[0],
                tuple(tag[0] for tag in tags.get(client_id, ())),
                tuple(note[0] for note in notes.get(client_id, ())),
            )
            yield ClientOut(*values)


def _in_pieces(session: Session) -> Iterator[list[Any]]:
    last = 0
    while rows := _some_clients(session, ident(Client.id) > last):
        last = rows[-1][0]
        yield rows


def _these(session: Session, only: Sequence[int]) -> Iterator[list[Any]]:
    for start in range(0, len(only), _AT_ONCE):
        some = list(only[start : start + _AT_ONCE])
        place = {key: at for at, key in enumerate(some)}
        rows = _some_clients(session, ident(Client.id).in_(some))
        yield sorted(rows, key=lambda row, at=place: at[row[0]])  # type: ignore[misc]


def _some_clients(session: Session, which: ColumnElement[bool]) -> list[Any]:
    return list(
        session.execute(
            select(
                ident(Client.id),
                col(Client.created_at),
                reference_of(ident(Client.id)),
                col(Client.given_name),
                col(Client.family_name),
                col(Client.preferred_name),
                col(Client.birth_month),
                col(Client.birth_day),
                col(Client.birth_year),
            )
            .where(which)
            .order_by(ident(Client.id))
            .limit(_AT_ONCE)
        )
    )


def _by_client(session: Session, statement: Executable) -> dict[int, list[Any]]:
    """Rows without their first column, by that column, which they are sorted by."""
    grouped = groupby(session.execute(statement), key=lambda row: row[0])
    return {int(key): [tuple(row[1:]) for row in rows] for key, rows in grouped}
