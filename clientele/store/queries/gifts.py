"""What was given in this household, to whom, for which day, and how was it received?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.wishing import Article, same_gift
from clientele.domain.tables import (
    Gift,
    HouseholdMember,
    Occasion,
    Purchase,
    PurchaseLine,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.household import OccasionRow, occasions_of
from clientele.store.queries.owned import OwnedLine, owning

CAN_BE_GIVEN = 12
"""Lines that are offered when something bought was a gift: the latest."""


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One gift. ``on`` is the day it was given, or else bought; None where neither is known."""

    id: int
    member_id: int | None
    member: str
    what: str
    liked: str
    given_on: date | None
    bought_on: date | None
    line_id: int | None
    sku: str
    occasion_id: int | None
    occasion_kind: str
    occasion_title: str
    created_at: datetime

    @property
    def on(self) -> date | None:
        """The day by which gifts are put in order."""
        return self.given_on or self.bought_on


@dataclass(frozen=True, slots=True)
class ForGift:
    """What a form for a gift offers: lines that were bought, days that matter, gifts before."""

    lines: tuple[OwnedLine, ...]
    days: tuple[OccasionRow, ...]
    gifts: tuple[GiftRow, ...]


def for_gift(session: Session, client_id: int, *, around: datetime | None = None) -> ForGift:
    """What there is to choose from when a client gave something, perhaps bought ``around`` then."""
    return ForGift(
        can_be_given(session, client_id, around=around),
        occasions_of(session, client_id),
        gifts_of(session, client_id),
    )


def gifts_of(session: Session, client_id: int) -> tuple[GiftRow, ...]:
    """What a client gave, the latest first."""
    rows = session.execute(
        select(
            ident(Gift.id),
            col(Gift.household_member_id),
            func.coalesce(col(HouseholdMember.name), ""),
            func.coalesce(col(HouseholdMember.relation), ""),
            col(Gift.what),
            col(Gift.liked),
            col(Gift.given_on),
            col(Purchase.sold_on),
            col(Gift.purchase_line_id),
            func.coalesce(col(PurchaseLine.sku), ""),
            col(Gift.occasion_id),
            func.coalesce(col(Occasion.kind), ""),
            func.coalesce(col(Occasion.title), ""),
            col(Gift.created_at),
        )
        .select_from(Gift)
        .outerjoin(HouseholdMember, ident(HouseholdMember.id) == col(Gift.household_member_id))
        .outerjoin(PurchaseLine, ident(PurchaseLine.id) == col(Gift.purchase_line_id))
        .outerjoin(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .outerjoin(Occasion, ident(Occasion.id) == col(Gift.occasion_id))
        .where(col(Gift.client_id) == client_id)
    )
    found = [
        GiftRow(key, member, name or relation, *rest) for key, member, name, relation, *rest in rows
    ]
    found.sort(key=lambda gift: (gift.on or date.min, gift.created_at, gift.id), reverse=True)
    return tuple(found)


def given_before(
    gifts: Iterable[GiftRow], what: str, member_id: int | None, *, sku: str = "", but: int = 0
) -> GiftRow | None:
    """The latest gift of the same thing to the same person, if there is one, other than ``but``."""
    offered = Article(what, sku=sku)
    return next(
        (
            gift
            for gift in gifts
            if gift.member_id == member_id
            and gift.id != but
            and same_gift(offered, Article(gift.what, sku=gift.sku))
        ),
        None,
    )


def can_be_given(
    session: Session, client_id: int, *, around: datetime | None = None
) -> tuple[OwnedLine, ...]:
    """What was bought and is nobody's gift yet: the latest first, or what was bought ``around``."""
    gone = set(
        session.scalars(
            select(col(Gift.purchase_line_id)).where(
                col(Gift.client_id) == client_id, col(Gift.purchase_line_id).is_not(None)
            )
        )
    )
    lines = [line for line in reversed(owning(session, client_id).lines) if line.left > 0]
    if around is not None:
        lines.sort(key=lambda line: abs(line.sold_at - around))
    return tuple(line for line in lines if line.id not in gone)[:CAN_BE_GIVEN]
