"""What a client bought, by department and in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import (
    Department,
    Purchase,
    PurchaseLine,
)
from clientele.store.prepared import Prepared, given
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


def totals_of(
    session: Session, client_id: int, currency: str
) -> tuple[int, int, int, datetime | None]:
    """Spent (minor units of ``currency``), tickets, lines not brought back, the last purchase."""
    spent, tickets, last = _TOTALS.first(session, client_id=client_id, currency=currency)
    lines = _LINES_OF.column(session, client_id=client_id)[0]
    return int(spent or 0), tickets, int(lines or 0), last


_TOTALS = Prepared(
    select(
        func.sum(col(Purchase.total)).filter(col(Purchase.currency) == given("currency")),
        func.count(),
        func.max(col(Purchase.sold_at)),
    ).where(col(Purchase.client_id) == given("client_id"))
)
_LINES_OF = Prepared(
    select(_LINES)
    .select_from(PurchaseLine)
    .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
    .where(col(Purchase.client_id) == given("client_id"))
)


def not_yet(session: Session, shares: tuple[Share, ...]) -> tuple[str, ...]:
    """The departments in which nothing was ever bought, in the store's order."""
    bought = {share.department_id for share in shares}
    return tuple(name for key, name in _DEPARTMENTS.rows(session) if key not in bought)


_DEPARTMENTS = Prepared(
    select(ident(Department.id), col(Department.name)).order_by(col(Department.position))
)
