"""What is the article that was scanned? As it stood on the latest ticket, and what it cost then."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.tables import Purchase, PurchaseLine
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class Article:
    """An article by its number; ``price`` of one before any mark-down, in minor units."""

    item: str
    price: int


def known_article(session: Session, sku: str, currency: str) -> Article | None:
    """The article as it was sold last in this currency, or None if it never was."""
    row = session.execute(
        select(
            col(PurchaseLine.item),
            col(PurchaseLine.amount),
            col(PurchaseLine.mark_down),
            col(PurchaseLine.quantity),
        )
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(
            col(PurchaseLine.sku) == sku,
            col(PurchaseLine.sku) != "",
            col(PurchaseLine.item) != "",
            col(PurchaseLine.quantity) > 0,
            col(PurchaseLine.amount) > 0,
            col(Purchase.currency) == currency,
        )
        .order_by(col(Purchase.sold_at).desc(), ident(PurchaseLine.id).desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    item, amount, mark_down, quantity = row
    whole = (amount + mark_down) * QUANTITY_UNIT
    return Article(item, (2 * whole + quantity) // (2 * quantity))
