"""The clients whom a filter asks for: their ids in an order, the first of them, how many they are.

A book of a million answers while one still builds the filter: the first screen is asked for before
everybody is, and the older question is called off when the filter changes.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.rules.filters import Filter, Group, What
from clientele.domain.tables import Client, ClientSum
from clientele.store.queries.acting import covering
from clientele.store.queries.client_rows import ClientRow, rows_of
from clientele.store.queries.clients import NAME_ORDER, WhoseBook, in_book, in_one_text
from clientele.store.queries.columns import ident
from clientele.store.queries.filter_days import next_day
from clientele.store.queries.filter_sql import Asker, condition_of
from clientele.store.queries.filter_touches import next_days
from clientele.store.queries.reading import store_facts

__all__ = ["Asker", "By", "Listed", "count_filtered", "filtered_beginning", "filtered_ids"]


class By(StrEnum):
    """In which order a list stands; where that does not decide, by name."""

    NAME = "name"
    LAST_BOUGHT = "last bought"
    SPENT = "spent"
    OCCASION = "occasion"
    NEXT_TOUCH = "next touch"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list asks: a filter, within a book (with those that are covered), in an order."""

    asked: Filter
    whose: WhoseBook
    by: By
    asker: Asker


def filtered_ids(session: Session, listed: Listed) -> array[int]:
    """The ids of all clients of a list, in its order."""
    if listed.by is not By.NAME or not _looked_up(listed.asked):
        return in_one_text(session, _ordered(session, listed))
    named = aliased(Client)
    wanted = select(ident(named.id)).where(ident(named.id).in_(_wanted(session, listed)))
    return in_one_text(session, wanted.order_by(col(named.sort_name), ident(named.id)))


def _looked_up(asked: Filter) -> bool:
    """Whether each client's own rows are read to know whether they are wanted.

    In the order of names those of a million lie here and there, which took 23 seconds: who is
    wanted is then found out in the order of the rows, and put in order afterwards.
    """
    conditions = [
        one for part in asked.parts for one in (part.parts if isinstance(part, Group) else (part,))
    ]
    return any(one.what in (What.PHONE, What.EMAIL) for one in conditions)


def filtered_beginning(
    session: Session, listed: Listed, *, ids: int, rows: int
) -> tuple[array[int], dict[int, ClientRow]]:
    """The first ``ids`` clients of a list, and the rows of the first ``rows`` of them."""
    first = in_one_text(session, _ordered(session, listed).limit(ids))
    return first, rows_of(session, first[:rows])


def count_filtered(session: Session, listed: Listed) -> int:
    """How many there are."""
    wanted = _wanted(session, listed).subquery()
    return session.scalar(select(func.count()).select_from(wanted)) or 0


def _wanted(session: Session, listed: Listed) -> Select[Any]:
    whose = covering(session, listed.whose, listed.asker.today)
    return in_book(whose).where(condition_of(session, listed.asked, listed.asker))


def _ordered(session: Session, listed: Listed) -> Select[Any]:
    wanted = _wanted(session, listed)
    if listed.by is By.NAME:
        return wanted.order_by(*NAME_ORDER)
    if listed.by is By.OCCASION:
        return wanted.order_by(next_day(listed.asker.today), *NAME_ORDER)
    if listed.by is By.NEXT_TOUCH:
        days = next_days(listed.asker.today, store_facts(session))
        beside = wanted.outerjoin(days, days.c.client_id == ident(Client.id))
        return beside.order_by(days.c.next_on.asc().nulls_last(), *NAME_ORDER)
    value = col(ClientSum.last_on if listed.by is By.LAST_BOUGHT else ClientSum.spent)
    return wanted.outerjoin(ClientSum, col(ClientSum.client_id) == ident(Client.id)).order_by(
        value.desc().nulls_last(), *NAME_ORDER
    )
