"""A client's card, where it is up to date: what a line of a list needs, from one row."""

from __future__ import annotations

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

    All columns but ``months``, by name; the first five name the client, as ``Named`` has them.
    """
    return _CARDS.rows(session, ids=ids)


def months_of(session: Session, client_id: int) -> str:
    """What one bought by month and department, as JSON; empty where it must be added up."""
    row = _MONTHS.first(session, client_id=client_id)
    return "" if row is None else row[0]


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
_HAS = Prepared(select(col(ClientCard.has)).where(col(ClientCard.client_id) == given("client_id")))
_MONTHS = Prepared(
    select(col(ClientCard.months)).where(
        col(ClientCard.client_id) == given("client_id"), _up_to_date()
    )
)
