"""An article number that was scanned or typed, put into the words and the price known of it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from clientele.domain.rules.item_text import TypedItem
from clientele.domain.rules.scanned import looks_like_code
from clientele.store.queries.goods import known_article


def as_sold_before(session: Session, typed: TypedItem, currency: str) -> TypedItem:
    """``typed`` with words and price of the latest ticket, if it is a number that is on one.

    A price that was typed beside the number stands.
    """
    code = typed.sku or typed.item
    if typed.detail or not looks_like_code(code):
        return typed
    article = known_article(session, code, currency)
    if article is None:
        return typed
    item, _, detail = article.item.partition(",")
    return replace(
        typed,
        item=item.strip(),
        detail=detail.strip(),
        sku=code,
        price=article.price if typed.price is None else typed.price,
    )
