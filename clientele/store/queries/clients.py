"""The client list: ids first, in the order of names; the rows of a page when it is in sight."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, cast, func, select, union
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import HandOffState
from clientele.domain.tables import (
    Associate,
    BookMembership,
    Client,
    HandOff,
)
from clientele.store.queries.client_rows import ClientRow, rows_of
from clientele.store.queries.columns import ident

PIECE = 32_768
"""Letters that are made into numbers at once."""


class Book(StrEnum):
    """Whose clients: my book, my department's, the store's."""

    MINE = "mine"
    DEPARTMENT = "department"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class WhoseBook:
    """A book as seen by an associate of a department."""

    book: Book
    associate_id: int
    department_id: int | None = None
    covered: tuple[int, ...] = ()
    """Colleagues who are away, whose book goes with one's own (``acting.covering``)."""
    day: date | None = None
    """The store's day, on which clients that are lent belong to the book too; None: none do."""

    @property
    def associates(self) -> tuple[int, ...]:
        """Whose own clients and work these are: one's own first, then those covered."""
        return (self.associate_id, *self.covered)


def client_ids(session: Session, whose: WhoseBook) -> array[int]:
    """The ids of all clients of a book in the order of names; eight bytes each."""
    return in_one_text(session, in_book(whose).order_by(*NAME_ORDER))


def first_ids(session: Session, whose: WhoseBook, limit: int) -> array[int]:
    """The first ids of ``client_ids``, to show something before all are known."""
    return in_one_text(session, in_book(whose).order_by(*NAME_ORDER).limit(limit))


def count_clients(session: Session, whose: WhoseBook) -> int:
    """How many clients a book has; answered from an index alone."""
    if whose.book == Book.STORE:
        counted = select(func.count()).select_from(Client)
    else:
        counted = select(func.count()).select_from(_members(whose).subquery())
    return session.scalar(counted) or 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many clients each book has."""

    mine: int = 0
    department: int = 0
    store: int = 0


def count_books(session: Session, whose: WhoseBook) -> Counts:
    """The sizes of the three books of an associate."""
    mine, department, store = (
        count_clients(session, replace(whose, book=book))
        for book in (Book.MINE, Book.DEPARTMENT, Book.STORE)
    )
    return Counts(mine, department, store)


def beginning(
    session: Session, whose: WhoseBook, *, ids: int, rows: int
) -> tuple[array[int], dict[int, ClientRow]]:
    """The first ``ids`` clients of a book, and the list rows of the first ``rows`` of them."""
    first = first_ids(session, whose, ids)
    return first, rows_of(session, first[:rows])


NAME_ORDER = (col(Client.sort_name), ident(Client.id))
"""The order of every list, the same as that of the index."""


def in_book(whose: WhoseBook) -> Select[Any]:
    """The ids of the clients of a book, in no order."""
    ids = select(ident(Client.id))
    if whose.book == Book.STORE:
        return ids
    return ids.where(ident(Client.id).in_(_members(whose)))


def _members(whose: WhoseBook) -> Select[Any] | CompoundSelect[Any]:
    """The clients of an associate or a department, each once.

    The two ways to a department stand apart, so that each is answered by an index that holds all
    it needs: with OR the database would read every membership of the store.
    """
    member = select(col(BookMembership.client_id)).where(col(BookMembership.until).is_(None))
    if whose.book == Book.MINE:
        own = member.where(col(BookMembership.associate_id).in_(whose.associates)).distinct()
        return own if whose.day is None else union(own, _lent_to(whose.associates, whose.day))
    colleagues = select(ident(Associate.id)).where(
        col(Associate.department_id) == whose.department_id
    )
    return union(
        member.where(col(BookMembership.associate_id).in_(colleagues)),
        member.where(col(BookMembership.department_id) == whose.department_id),
    )


def _lent_to(associates: Sequence[int], day: date) -> Select[Any]:
    """The clients whom somebody has whole for some days, the last of which is not over."""
    return select(col(HandOff.client_id)).where(
        col(HandOff.to_id).in_(associates),
        col(HandOff.state) == HandOffState.ACCEPTED,
        col(HandOff.department_id).is_(None),
        col(HandOff.until_on) >= day,
    )


def in_one_text(session: Session, asked: Select[Any]) -> array[int]:
    """Ids of an ordered question, as one text that the database puts together.

    Row by row, every one of a million ids would wait for its turn at the interpreter while another
    thread works: three seconds and more instead of a fifth of one.
    """
    ordered = asked.subquery()
    text = func.aggregate_strings(cast(ordered.c.id, String), ",")
    return _numbers(session.scalar(select(text)) or "")


def _numbers(text: str) -> array[int]:
    """Numbers between commas, read in pieces that leave other threads their turn."""
    numbers = array("q")
    start = 0
    while start < len(text):
        end = text.find(",", start + PIECE)
        end = len(text) if end < 0 else end
        numbers.extend(map(int, text[start:end].split(",")))
        start = end + 1
    return numbers
