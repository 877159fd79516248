"""What was bought, brought back and paid ahead, line by line?"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.tables import (
    Associate,
    CreditShare,
    Department,
    LineReturn,
    PartPayment,
    Purchase,
    PurchaseLine,
)
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.story_entry import StoryEntry, StoryLine, Told
from clientele.store.queries.told_visits import Course, courses


def purchases(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Tickets; ``state`` is “visit” for one that was rung in a visit, whose course it tells too."""
    lines = _lines(session, keys)
    rows = _PURCHASES.rows(session, keys=keys)
    told = courses(session, [row[-1] for row in rows if row[-1] is not None])
    entries: list[StoryEntry] = []
    for key, at, by, name, total, currency, receipt, visit in rows:
        course = told[visit] if visit is not None else Course()
        helped: dict[str, None] = {}
        for line in lines[key]:
            for who in (line.by, *(who for who, _ in line.credits)):
                helped[who] = None
        helped.update(course.colleagues)
        entries.append(
            StoryEntry(
                kind=Told.PURCHASE,
                id=key,
                at=at,
                associate_id=by,
                associate=name or "",
                departments=tuple(dict.fromkeys(line.department for line in lines[key])),
                items=tuple(line.item for line in lines[key] if line.item),
                colleagues=tuple(other for other in helped if other and other != name),
                amount=total,
                currency=currency,
                receipt=receipt,
                companions=tuple(course.companions),
                lines=tuple(lines[key]),
                shown=tuple(course.shown),
                state="visit" if visit is not None else "",
                of=visit,
            )
        )
    return entries


def _lines(session: Session, keys: list[int]) -> dict[int, list[StoryLine]]:
    shares = _shares(session, keys)
    returns = _returns(session, keys)
    lines: dict[int, list[StoryLine]] = defaultdict(list)
    rows = _LINES.rows(session, keys=keys)
    for ticket, key, item, place, quantity, amount, sku, off, off_why, by in rows:
        why, bought_on = returns.get(key, ("", None))
        lines[ticket].append(
            StoryLine(
                item=item,
                department=place,
                quantity=quantity,
                amount=amount,
                sku=sku,
                mark_down=off,
                mark_down_why=off_why,
                back=amount < 0 or quantity < 0,
                why=why,
                bought_on=bought_on,
                by=by or "",
                credits=tuple(shares[key]),
            )
        )
    return lines


def _shares(session: Session, keys: list[int]) -> dict[int, list[tuple[str, int]]]:
    shares: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = _SHARES.rows(session, keys=keys)
    for line, name, amount in rows:
        shares[line].append((name, amount))
    return shares


def _returns(session: Session, keys: list[int]) -> dict[int, tuple[str, date]]:
    """Why a line came back, and on which day it was bought."""
    rows = _RETURNS.rows(session, keys=keys)
    return {line: (why, day) for line, why, day in rows}


def part_payments(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Money paid ahead; ``state`` is “used” once it was taken off a ticket."""
    rows = _PART_PAYMENTS.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.PART_PAYMENT,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            words=what,
            amount=amount,
            currency=currency,
            receipt=receipt,
            state="used" if ticket is not None else "",
            of=ticket,
        )
        for key, at, by, name, what, amount, currency, receipt, ticket in rows
    ]


_PURCHASES = Prepared(
    select(
        ident(Purchase.id),
        col(Purchase.sold_at),
        col(Purchase.associate_id),
        col(Associate.name),
        col(Purchase.total),
        col(Purchase.currency),
        col(Purchase.receipt),
        col(Purchase.visit_id),
    )
    .outerjoin(Associate, ident(Associate.id) == col(Purchase.associate_id))
    .where(ident(Purchase.id).in_(among("keys")))
)
_LINES = Prepared(
    select(
        col(PurchaseLine.purchase_id),
        ident(PurchaseLine.id),
        col(PurchaseLine.item),
        col(Department.name),
        col(PurchaseLine.quantity),
        col(PurchaseLine.amount),
        col(PurchaseLine.sku),
        col(PurchaseLine.mark_down),
        col(PurchaseLine.mark_down_why),
        col(Associate.name),
    )
    .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
    .outerjoin(Associate, ident(Associate.id) == col(PurchaseLine.associate_id))
    .where(col(PurchaseLine.purchase_id).in_(among("keys")))
    .order_by(ident(PurchaseLine.id))
)
_SHARES = Prepared(
    select(col(CreditShare.purchase_line_id), col(Associate.name), col(CreditShare.amount))
    .join(PurchaseLine, ident(PurchaseLine.id) == col(CreditShare.purchase_line_id))
    .join(Associate, ident(Associate.id) == col(CreditShare.associate_id))
    .where(col(PurchaseLine.purchase_id).in_(among("keys")))
    .order_by(ident(CreditShare.id))
)
_back, _sold = aliased(PurchaseLine), aliased(PurchaseLine)
_RETURNS = Prepared(
    select(col(LineReturn.return_line_id), col(LineReturn.why), col(Purchase.sold_on))
    .join(_back, ident(_back.id) == col(LineReturn.return_line_id))
    .join(_sold, ident(_sold.id) == col(LineReturn.sold_line_id))
    .join(Purchase, ident(Purchase.id) == col(_sold.purchase_id))
    .where(col(_back.purchase_id).in_(among("keys")))
)
_PART_PAYMENTS = Prepared(
    select(
        ident(PartPayment.id),
        col(PartPayment.paid_at),
        col(PartPayment.associate_id),
        col(Associate.name),
        col(PartPayment.what),
        col(PartPayment.amount),
        col(PartPayment.currency),
        col(PartPayment.receipt),
        col(PartPayment.purchase_id),
    )
    .outerjoin(Associate, ident(Associate.id) == col(PartPayment.associate_id))
    .where(ident(PartPayment.id).in_(among("keys")))
)
