"""What a client bought, by department and in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import (
    ClientSum,
    Department,
    Purchase,
    PurchaseLine,
)
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.columns import ident

_LINES = func.sum(
    case((or_(col(PurchaseLine.amount) < 0, col(PurchaseLine.quantity) < 0), -1), else_=1)
)
"""How many lines were bought and not brought back."""


@dataclass(frozen=True, slots=True)
class Share:
    """What was bought in one department: minor units, lines not brought back, the last time."""

    department_id: int
    department: str
    amount: int
    lines: int
    last_at: datetime


def shares_of(
    session: Session, client_id: int, currency: str, *, since: datetime | None = None
) -> tuple[Share, ...]:
    """What was bought by department, the largest amount in ``currency`` first, then most lines.

    Lines in another currency count as lines; their amounts cannot be added to others.
    """
    if since is None:
        rows = _SHARES.rows(session, client_id=client_id, currency=currency)
    else:
        rows = _SHARES_SINCE.rows(session, client_id=client_id, currency=currency, since=since)
    return tuple(
        Share(key, name, int(total), int(lines), last) for key, name, total, lines, last in rows
    )


def _shares(*where: ColumnElement[bool]) -> Prepared:
    of_currency = func.sum(col(PurchaseLine.amount)).filter(
        col(Purchase.currency) == given("currency")
    )
    amount = func.coalesce(of_currency, 0)
    return Prepared(
        select(
            ident(Department.id),
            col(Department.name),
            amount,
            _LINES,
            func.max(col(Purchase.sold_at)),
        )
        .select_from(PurchaseLine)
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
        .where(col(Purchase.client_id) == given("client_id"), *where)
        .group_by(ident(Department.id), col(Department.name))
        .order_by(amount.desc(), _LINES.desc(), col(Department.name))
    )


_SHARES = _shares()
_SHARES_SINCE = _shares(col(Purchase.sold_at) >= given("since"))


def sums_of(session: Session, client_id: int) -> tuple[int, int]:
    """Spent in all (minor units of the store's currency), and lines bought and not brought back."""
    row = _SUMS.first(session, client_id=client_id)
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def sold_days(session: Session, client_id: int) -> list[tuple[datetime, datetime, int]]:
    """The first and the last ticket of each day of UTC, and how many there were.

    The days of the store follow: one of UTC lies in two of them at most, of which the first ticket
    is in one and the last in the other. Read from an index alone.
    """
    return _SOLD_DAYS.rows(session, client_id=client_id)


def elsewhere(
    session: Session, client_id: int, shares: tuple[Share, ...]
) -> tuple[int, tuple[str, ...]]:
    """In how many departments beside these something was ever bought, and in which nothing.

    Each is looked for only until one line is found.
    """
    known = [share.department_id for share in shares] or [0]
    rows = _ELSEWHERE.rows(session, client_id=client_id, known=known)
    return sum(bought for _, bought in rows), tuple(name for name, bought in rows if not bought)


_SUMS = Prepared(
    select(col(ClientSum.spent), col(ClientSum.lines)).where(
        col(ClientSum.client_id) == given("client_id")
    )
)
_SOLD_DAYS = Prepared(
    select(func.min(col(Purchase.sold_at)), func.max(col(Purchase.sold_at)), func.count())
    .where(col(Purchase.client_id) == given("client_id"))
    .group_by(func.date(col(Purchase.sold_at)))
)
_ELSEWHERE = Prepared(
    select(
        col(Department.name),
        select(ident(PurchaseLine.id))
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(
            col(Purchase.client_id) == given("client_id"),
            col(PurchaseLine.department_id) == ident(Department.id),
        )
        .exists(),
    )
    .where(ident(Department.id).not_in(among("known")))
    .order_by(col(Department.position))
)
