"""What does a client own, what came back, and which habits follow from it?

Every line of a client is read, in one statement whose rows stay tuples, so that thousands of
tickets are read in about the time in which the database hands them out.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, union
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.habits import Habit, Ledger, Line, habits, ledger
from clientele.domain.tables import (
    Department,
    Gift,
    HouseholdMember,
    LineReturn,
    Purchase,
    PurchaseLine,
    Size,
    Wish,
)
from clientele.store.prepared import Prepared, given
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts


@dataclass(frozen=True, slots=True)
class Purchases:
    """All that a client bought, what it says of their habits, and what of it was a gift.

    ``currency`` is the store's; ``gifts`` are names of who got a line, by its id, empty where
    nobody of the household got it.
    """

    ledger: Ledger
    habits: tuple[Habit, ...]
    currency: str
    gifts: dict[int, str]


def purchases(session: Session, client_id: int) -> Purchases:
    """What a client owns and the habits computed from it."""
    currency = store_facts(session).currency
    book = ledger(map(Line._make, _LINES.rows(session, client_id=client_id)))
    gifts = {key: name or "" for key, name in _GIFTS.rows(session, client_id=client_id)}
    brands = {brand for brand in _BRANDS.column(session, client_id=client_id) if brand}
    told = habits(book, currency, given=frozenset(gifts), brands=brands)
    return Purchases(book, told, currency, gifts)


_LINES = Prepared(
    select(
        ident(PurchaseLine.id),
        col(PurchaseLine.purchase_id),
        col(Purchase.sold_on),
        col(PurchaseLine.department_id),
        col(Department.name),
        col(PurchaseLine.item),
        col(PurchaseLine.sku),
        col(PurchaseLine.brand),
        col(PurchaseLine.size),
        col(PurchaseLine.quantity),
        col(PurchaseLine.amount),
        col(Purchase.currency),
        col(LineReturn.sold_line_id),
        col(LineReturn.why),
    )
    .select_from(Purchase)
    .join(PurchaseLine, col(PurchaseLine.purchase_id) == ident(Purchase.id))
    .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
    .outerjoin(LineReturn, col(LineReturn.return_line_id) == ident(PurchaseLine.id))
    .where(col(Purchase.client_id) == given("client_id"))
    .order_by(col(Purchase.sold_at), ident(PurchaseLine.id))
)
_GIFTS = Prepared(
    select(col(Gift.purchase_line_id), col(HouseholdMember.name))
    .outerjoin(HouseholdMember, ident(HouseholdMember.id) == col(Gift.household_member_id))
    .where(col(Gift.client_id) == given("client_id"), col(Gift.purchase_line_id).is_not(None))
)
_BRANDS = Prepared(
    union(
        select(col(Size.brand)).where(col(Size.client_id) == given("client_id")),
        select(col(Wish.brand)).where(col(Wish.client_id) == given("client_id")),
    )
)
"""Makers whom the client's sizes and wishes name; an article's words may name them too."""
