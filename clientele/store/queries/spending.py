"""What a client bought, by department and in all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

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
from clientele.store.queries.cards import Often, often_of
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import StoreFacts, store_facts

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

    def with_more(self, other: Share) -> Share:
        """This and what was bought in the same department at other times."""
        return replace(
            self,
            amount=self.amount + other.amount,
            lines=self.lines + other.lines,
            last_at=max(self.last_at, other.last_at),
        )


def shares_of(
    session: Session, client_id: int, currency: str, *, since: datetime | None = None
) -> tuple[Share, ...]:
    """What was bought by department, the largest amount in ``currency`` first, then most lines.

    Lines in another currency count as lines; their amounts cannot be added to others.
    """
    if since is None:
        rows = _SHARES.rows(session, client_id=client_id, currency=currency)
    elif (often := often_of(session, client_id)) and currency == store_facts(session).currency:
        return _by_months(session, client_id, often, currency, since)
    else:
        rows = _SHARES_SINCE.rows(session, client_id=client_id, currency=currency, since=since)
    return tuple(Share(*row) for row in rows)


def _by_months(
    session: Session, client_id: int, often: Often, currency: str, since: datetime
) -> tuple[Share, ...]:
    """The same of one who bought very often, from whole months; the first from its tickets."""
    first = since.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    whole = (first + timedelta(days=31)).replace(day=1)
    parts = [
        Share(*row)
        for row in _SHARES_BETWEEN.rows(
            session, client_id=client_id, currency=currency, since=since, until=whole
        )
    ]
    names = dict(_DEPARTMENTS.rows(session))
    parts += [
        Share(where, names[where], amount, lines, last)
        for month, where, amount, lines, last in often.months
        if month >= f"{whole:%Y-%m}"
    ]
    shares: dict[int, Share] = {}
    for part in parts:
        sum_ = shares.get(part.department_id)
        shares[part.department_id] = part if sum_ is None else sum_.with_more(part)
    return tuple(sorted(shares.values(), key=lambda one: (-one.amount, -one.lines, one.department)))


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
_SHARES_BETWEEN = _shares(
    col(Purchase.sold_at) >= given("since"), col(Purchase.sold_at) < given("until")
)
_DEPARTMENTS = Prepared(select(ident(Department.id), col(Department.name)))


def sums_of(session: Session, client_id: int) -> tuple[int, int]:
    """Spent in all (minor units of the store's currency), and lines bought and not brought back."""
    row = _SUMS.first(session, client_id=client_id)
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


@dataclass(frozen=True, slots=True)
class Sold:
    """The days of the store on which there are tickets, how many these are, and the last one."""

    days: frozenset[date]
    tickets: int
    last_at: datetime | None


def sold_of(session: Session, client_id: int, store: StoreFacts) -> Sold:
    """When a client bought.

    Read from an index alone, of which the first and last ticket of a day of UTC are enough: it lies
    in two days of the store at most. Of one who bought very often the card knows.
    """
    often = often_of(session, client_id)
    if often is not None:
        last = max((at for *_, at in often.months), default=None)
        return Sold(frozenset(often.days), often.tickets, last)
    rows = _SOLD_DAYS.rows(session, client_id=client_id)
    instants = {at for first, last, _ in rows for at in (first, last)}
    return Sold(
        frozenset(map(store.day_of, instants)),
        sum(count for *_, count in rows),
        max(instants, default=None),
    )


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
