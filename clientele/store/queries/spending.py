"""What a client bought, by department and in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import (
    Department,
    Purchase,
    PurchaseLine,
)
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
    of_currency = func.sum(col(PurchaseLine.amount)).filter(col(Purchase.currency) == currency)
    amount = func.coalesce(of_currency, 0)
    asked = (
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
        .where(col(Purchase.client_id) == client_id)
        .group_by(ident(Department.id), col(Department.name))
        .order_by(amount.desc(), _LINES.desc(), col(Department.name))
    )
    if since is not None:
        asked = asked.where(col(Purchase.sold_at) >= since)
    return tuple(
        Share(key, name, int(total), int(lines), last)
        for key, name, total, lines, last in session.execute(asked)
    )


def totals_of(
    session: Session, client_id: int, currency: str
) -> tuple[int, int, int, datetime | None]:
    """Spent (minor units of ``currency``), tickets, lines not brought back, the last purchase."""
    spent, tickets, last = session.execute(
        select(
            func.sum(col(Purchase.total)).filter(col(Purchase.currency) == currency),
            func.count(),
            func.max(col(Purchase.sold_at)),
        ).where(col(Purchase.client_id) == client_id)
    ).one()
    lines = session.scalar(
        select(_LINES)
        .select_from(PurchaseLine)
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(col(Purchase.client_id) == client_id)
    )
    return int(spent or 0), tickets, int(lines or 0), last


def not_yet(session: Session, shares: tuple[Share, ...]) -> tuple[str, ...]:
    """The departments in which nothing was ever bought, in the store's order."""
    bought = {share.department_id for share in shares}
    rows = session.execute(
        select(ident(Department.id), col(Department.name)).order_by(col(Department.position))
    )
    return tuple(name for key, name in rows if key not in bought)
