"""What does a client own, and how much of it can they bring back?

A return says which sold line it brings back (``line_return``). Returns that a file brought say
nothing of the kind: they are matched by article (its number, or else its words) to the latest
line before that has some left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.brought_back import settled
from clientele.domain.rules.names import folded
from clientele.domain.rules.ticket import gross
from clientele.domain.tables import (
    Department,
    LineReturn,
    Purchase,
    PurchaseLine,
    ShownItem,
)
from clientele.domain.visits import Outcome
from clientele.store.queries.columns import ident

OWNS_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class OwnedLine:
    """A line that was sold, and what of it the client still has.

    Quantities are thousandths; ``left`` and ``left_amount`` (minor units of ``currency``) are
    what was not brought back yet, also not on a ticket that waits.
    """

    id: int
    purchase_id: int
    sold_at: datetime
    receipt: str
    department_id: int
    department: str
    item: str
    sku: str
    quantity: int
    amount: int
    currency: str
    left: int
    left_amount: int

    @property
    def article(self) -> str:
        """By what it is known again: its number, or else its words."""
        return self.sku or self.item


@dataclass(frozen=True, slots=True)
class Owned:
    """An article that the client has, and when it was bought last."""

    item: str
    bought_at: datetime


@dataclass(frozen=True, slots=True)
class CameBack:
    """A line that was brought back, when and why, and which sold line it was."""

    sold_line_id: int
    purchase_id: int
    """The ticket on which it was sold."""
    at: datetime
    item: str
    why: str


@dataclass(frozen=True, slots=True)
class Owning:
    """Everything a client bought, in the order in which it was sold, and what came back."""

    lines: tuple[OwnedLine, ...]
    back: tuple[CameBack, ...]


def owning(session: Session, client_id: int, *, waiting: bool = False) -> Owning:
    """What a client bought and brought back; ``waiting`` counts what stands on open tickets."""
    rows = _all_lines(session, client_id).all()
    known = settled([(row[0], row[7] or row[6], row[8], row[9], row[11]) for row in rows])
    lines: dict[int, OwnedLine] = {}
    back: list[CameBack] = []
    for row in rows:
        if row[0] in known.left:
            left = known.left[row[0]], known.left_amount[row[0]]
            facts = [*row[:11], *left]
            lines[row[0]] = OwnedLine(*facts)
    for row in rows:
        sold = known.back.get(row[0])
        if sold is not None:
            name = row[6] or row[7]
            back.append(CameBack(sold, lines[sold].purchase_id, row[2], name, row[12] or ""))
    if waiting:
        for sold, quantity, price, off in _waiting(session, client_id):
            if sold in lines:
                lines[sold] = _less(lines[sold], quantity, gross(price, quantity) - off)
    return Owning(tuple(lines.values()), tuple(back))


def owned_lines(session: Session, client_id: int, words: str = "") -> tuple[OwnedLine, ...]:
    """What a client still has, the newest first; with ``words``, what has all of them in it."""
    wanted = folded(words).split()
    found = [
        line for line in reversed(owning(session, client_id, waiting=True).lines) if line.left > 0
    ]
    if not wanted:
        return tuple(found)
    return tuple(line for line in found if all(word in _said(line) for word in wanted))


def owns(session: Session, client_id: int, department_id: int) -> tuple[Owned, ...]:
    """The latest articles bought in a department and not brought back, the newest first."""
    found: dict[str, Owned] = {}
    for line in reversed(owning(session, client_id).lines):
        if line.department_id == department_id and line.item and line.left > 0:
            found.setdefault(line.item, Owned(line.item, line.sold_at))
    newest = sorted(found.values(), key=lambda one: (-one.bought_at.timestamp(), one.item))
    return tuple(newest[:OWNS_AT_MOST])


def owned_line(session: Session, client_id: int, line_id: int) -> OwnedLine | None:
    """One sold line of a client, or None where it is not theirs or was not sold."""
    lines = owning(session, client_id, waiting=True).lines
    return next((line for line in lines if line.id == line_id), None)


def _said(line: OwnedLine) -> str:
    return folded(f"{line.item} {line.sku} {line.department} {line.receipt}")


def _all_lines(session: Session, client_id: int) -> Any:
    return session.execute(
        select(
            ident(PurchaseLine.id),
            col(PurchaseLine.purchase_id),
            col(Purchase.sold_at),
            col(Purchase.receipt),
            col(PurchaseLine.department_id),
            col(Department.name),
            col(PurchaseLine.item),
            col(PurchaseLine.sku),
            col(PurchaseLine.quantity),
            col(PurchaseLine.amount),
            col(Purchase.currency),
            col(LineReturn.sold_line_id),
            col(LineReturn.why),
        )
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
        .outerjoin(LineReturn, col(LineReturn.return_line_id) == ident(PurchaseLine.id))
        .where(col(Purchase.client_id) == client_id)
        .order_by(col(Purchase.sold_at), ident(PurchaseLine.id))
    )


def _waiting(session: Session, client_id: int) -> Any:
    sold = (
        select(ident(PurchaseLine.id))
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(col(Purchase.client_id) == client_id)
    )
    return session.execute(
        select(
            col(ShownItem.returns_line_id),
            col(ShownItem.quantity),
            func.coalesce(col(ShownItem.price), 0),
            col(ShownItem.mark_down),
        ).where(
            col(ShownItem.returns_line_id).in_(sold),
            col(ShownItem.outcome) == Outcome.RETURN,
            col(ShownItem.purchase_line_id).is_(None),
        )
    )


def _less(line: OwnedLine, quantity: int, amount: int) -> OwnedLine:
    left = max(line.left - quantity, 0)
    left_amount = max(line.left_amount - amount, 0) if left else 0
    return replace(line, left=left, left_amount=left_amount)
