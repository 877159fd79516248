"""Conditions of a list over what purchases come to, and over when a client came into the book."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, select, true
from sqlmodel import col

from clientele.domain.rules.filters import Condition, What
from clientele.domain.tables import Client, ClientSum
from clientele.store.queries.filter_sets import in_set
from clientele.store.queries.reading import StoreFacts


def between(asked: Condition, _: date) -> ColumnElement[bool]:
    """Spent, or tickets: a client without purchases has none, and so at most anything."""
    value = col(ClientSum.spent if asked.what is What.SPENT else ClientSum.tickets)
    least, most = asked.least, asked.most
    if least is not None and least > 0:
        wanted = _sums().where(value >= least)
        return _in(wanted if most is None else wanted.where(value <= most))
    outside: list[ColumnElement[bool]] = []
    if least is not None:
        outside.append(not_(_in(_sums().where(value < least))))
    if most is not None:
        outside.append(not_(_in(_sums().where(value > most))))
        if most < 0:
            outside.append(_in(_sums()))
    return and_(*outside) if outside else true()


def last_bought(asked: Condition, today: date) -> ColumnElement[bool]:
    """So many days ago or more (least), at most so many days ago (most)."""
    return _ago(col(ClientSum.last_on), asked, today)


def last_bought_on(asked: Condition, _: date) -> ColumnElement[bool]:
    """On a day from ``first`` to ``last``."""
    return _on(col(ClientSum.last_on), asked)


def first_bought(asked: Condition, today: date) -> ColumnElement[bool]:
    """As ``last_bought``."""
    return _ago(col(ClientSum.first_on), asked, today)


def first_bought_on(asked: Condition, _: date) -> ColumnElement[bool]:
    """As ``last_bought_on``."""
    return _on(col(ClientSum.first_on), asked)


def ever_bought(_: Condition, __: date) -> ColumnElement[bool]:
    """Anything at all, and not only brought back."""
    return _in(_sums().where(col(ClientSum.tickets) > 0))


def came(asked: Condition, today: date, facts: StoreFacts) -> ColumnElement[bool]:
    """When the client came into the book, by days of the store."""
    made = col(Client.created_at)
    first, last = asked.first, asked.last
    if asked.what is What.NEW:
        first = None if asked.most is None else today - timedelta(days=asked.most)
        last = None if asked.least is None else today - timedelta(days=asked.least)
    within: list[ColumnElement[bool]] = []
    if first is not None:
        within.append(made >= facts.begins(first))
    if last is not None and last < date.max:
        within.append(made < facts.begins(last + timedelta(days=1)))
    return and_(*within) if within else true()


def _ago(day: Any, asked: Condition, today: date) -> ColumnElement[bool]:
    wanted = _sums()
    if asked.least is not None:
        wanted = wanted.where(day <= today - timedelta(days=asked.least))
    if asked.most is not None:
        wanted = wanted.where(day >= today - timedelta(days=asked.most))
    return _in(wanted)


def _on(day: Any, asked: Condition) -> ColumnElement[bool]:
    wanted = _sums()
    if asked.first is not None:
        wanted = wanted.where(day >= asked.first)
    if asked.last is not None:
        wanted = wanted.where(day <= asked.last)
    return _in(wanted)


def _sums() -> Select[Any]:
    return select(col(ClientSum.client_id))


def _in(ids: Select[Any]) -> ColumnElement[bool]:
    return in_set(ids)
