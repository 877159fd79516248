"""Conditions of a list over days that come: a client's birthday, and every occasion of theirs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select, tuple_, union
from sqlmodel import col

from clientele.domain.rules.dates import PartialDate, next_time
from clientele.domain.rules.filters import Condition
from clientele.domain.tables import Client, Occasion
from clientele.store.queries.columns import ident
from clientele.store.queries.filter_sets import in_set

NEVER = 10_000
"""Further than any day."""

DAYS = tuple(
    (month, day)
    for month in range(1, 13)
    for day in range(1, 32)
    if day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)
)


def birthday_within(asked: Condition, today: date) -> ColumnElement[bool]:
    """The client's own birthday comes within so many days, today included."""
    last = _last(asked, today)
    return in_set(_birthdays(today, last))


def birthday_in(asked: Condition, _: date) -> ColumnElement[bool]:
    """The client's own birthday is in a month."""
    born = select(ident(Client.id)).where(col(Client.birth_month) == int(asked.words))
    return in_set(born)


def occasion_within(asked: Condition, today: date) -> ColumnElement[bool]:
    """Any day that matters, of the client or somebody of the household, comes within so many."""
    last = _last(asked, today)
    first = (
        col(Occasion.year) * 10_000
        + col(Occasion.month) * 100
        + func.coalesce(col(Occasion.day), 1)
    )
    # A month alone is not over before it ends; a wedding ahead has no anniversary before.
    over = case((col(Occasion.day).is_(None), first + 31), else_=first) < _number(today)
    yearly = and_(
        _comes(col(Occasion.month), col(Occasion.day), today, last),
        or_(
            col(Occasion.year).is_(None),
            and_(col(Occasion.every_year).is_(True), first <= _number(last)),
        ),
    )
    once = and_(col(Occasion.every_year).is_(False), first <= _number(last), not_(over))
    occasions = select(col(Occasion.client_id)).where(or_(yearly, once))
    return in_set(union(_birthdays(today, last), occasions))


def occasion_in(asked: Condition, today: date) -> ColumnElement[bool]:
    """Any day that matters is in a month; one that was but once, only if it is not over."""
    month = int(asked.words)
    yearly = or_(
        col(Occasion.every_year).is_(True),
        col(Occasion.year).is_(None),
        col(Occasion.year) * 100 + col(Occasion.month) >= today.year * 100 + today.month,
    )
    return in_set(
        union(
            select(ident(Client.id)).where(col(Client.birth_month) == month),
            select(col(Occasion.client_id)).where(col(Occasion.month) == month, yearly),
        )
    )


def next_day(today: date) -> ColumnElement[int]:
    """How far ahead a client's next day that matters is: an order, and no number of days."""
    own = func.coalesce(_turned(col(Client.birth_month), col(Client.birth_day), today), NEVER)
    turned = _turned(col(Occasion.month), col(Occasion.day), today)
    sooner = case((turned < own, turned), else_=own)
    theirs = (
        select(func.min(sooner))
        .where(
            col(Occasion.client_id) == ident(Client.id),
            or_(col(Occasion.every_year).is_(True), col(Occasion.year).is_(None)),
        )
        .scalar_subquery()
    )
    return func.coalesce(theirs, own)


def _turned(month: Any, day: Any, today: date) -> ColumnElement[int]:
    """The year's days counted from today on."""
    passed = today.month * 100 + today.day
    ahead: ColumnElement[int] = (month * 100 + func.coalesce(day, 1) - passed + 1_300) % 1_300
    return ahead


def _birthdays(today: date, last: date) -> Select[Any]:
    return select(ident(Client.id)).where(
        _comes(col(Client.birth_month), col(Client.birth_day), today, last)
    )


def _comes(month: Any, day: Any, today: date, last: date) -> ColumnElement[bool]:
    """Whether a yearly day is next between two days, as ``rules.dates`` has it."""
    dated = [at for at in DAYS if next_time(PartialDate(*at), today) <= last]
    months = [m for m in range(1, 13) if next_time(PartialDate(m, None), today) <= last]
    comes: ColumnElement[bool] = month.is_not(None)
    if len(dated) == len(DAYS):
        return comes
    return or_(tuple_(month, day).in_(dated), and_(day.is_(None), month.in_(months)))


def _last(asked: Condition, today: date) -> date:
    return today + timedelta(days=asked.most or 0)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
