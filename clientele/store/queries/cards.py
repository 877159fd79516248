"""A client's card, where it is up to date: what a line of a list needs, from one row."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, column, or_, select, table
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.base import Table
from clientele.domain.tables import ClientCard
from clientele.store.cards import BITS
from clientele.store.prepared import Prepared, among, given


def cards_of(session: Session, ids: list[int]) -> list[Any]:
    """The cards of these clients, without those who wait to be brought up to date.

    All columns but ``often``, by name; the first five name the client, as ``Named`` has them.
    """
    return _CARDS.rows(session, ids=ids)


def points_on_cards(session: Session, ids: list[int]) -> list[Any]:
    """Of the same clients as ``cards_of`` the numbers and addresses alone, as JSON, by client."""
    return _POINTS.rows(session, ids=ids)


@dataclass(frozen=True, slots=True)
class Often:
    """What one who bought very often bought, added up.

    ``days`` of the store on which there is a ticket; ``months``: month as in “2026-11”, department,
    amount in minor units of the store's currency, lines not brought back, the last instant.
    """

    tickets: int
    days: tuple[date, ...]
    months: tuple[tuple[str, int, int, int, datetime], ...]


def often_of(session: Session, client_id: int) -> Often | None:
    """The sums of one who bought very often; None where it must be added up. Asked once."""
    if session.autoflush:
        return _often(session, client_id)
    known = session.info.setdefault(Often, {})
    if client_id not in known:
        known[client_id] = _often(session, client_id)
    found: Often | None = known[client_id]
    return found


def _often(session: Session, client_id: int) -> Often | None:
    row = _OFTEN.first(session, client_id=client_id)
    if row is None or not row[0]:
        return None
    kept = json.loads(row[0])
    return Often(
        kept["tickets"],
        tuple(map(date.fromisoformat, kept["days"])),
        tuple(
            (month, where, amount, lines, datetime.fromisoformat(last).replace(tzinfo=UTC))
            for month, where, amount, lines, last in kept["months"]
        ),
    )


def may_have(session: Session, client_id: int, table: type[Table]) -> bool:
    """Whether a table may have rows of a client; a no is certain.

    A reader sees one moment of the book, and so asks once; within a write nothing is left out.
    """
    if session.autoflush:
        return True
    known = session.info.setdefault(ClientCard, {})
    bits = known.get(client_id)
    if bits is None:
        row = _HAS.first(session, client_id=client_id)
        bits = known[client_id] = -1 if row is None else row[0]
    return bool(bits & BITS[str(table.__tablename__)])


def _up_to_date() -> ColumnElement[bool]:
    waiting = table("client_stale", column("client_id"))
    card = col(ClientCard.client_id)
    set_aside = waiting.c.client_id == -card
    return ~select(waiting.c.client_id).where(or_(waiting.c.client_id == card, set_aside)).exists()


_CARDS = Prepared(
    select(
        col(ClientCard.client_id),
        col(ClientCard.given_name),
        col(ClientCard.family_name),
        col(ClientCard.preferred_name),
        col(ClientCard.reference),
        col(ClientCard.points),
        col(ClientCard.members),
        col(ClientCard.last_in),
        col(ClientCard.spent),
    ).where(col(ClientCard.client_id).in_(among("ids")), _up_to_date()),
    named=True,
)
_POINTS = Prepared(
    select(col(ClientCard.client_id), col(ClientCard.points)).where(
        col(ClientCard.client_id).in_(among("ids")), _up_to_date()
    )
)
_HAS = Prepared(select(col(ClientCard.has)).where(col(ClientCard.client_id) == given("client_id")))
_OFTEN = Prepared(
    select(col(ClientCard.often)).where(
        col(ClientCard.client_id) == given("client_id"), _up_to_date()
    )
)
