"""The whole household on one form: who is a client, who has them, days ahead, what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.store.queries.client import client_page
from clientele.store.queries.gifts import GiftRow, gifts_of
from clientele.store.queries.household import MemberRow, OccasionRow, OtherSide, other_sides
from clientele.store.queries.reading import Named


@dataclass(frozen=True, slots=True)
class Household:
    """One client's household and whatever belongs to it."""

    named: Named
    members: tuple[MemberRow, ...]
    others: tuple[OtherSide, ...]
    days: tuple[OccasionRow, ...]
    """The client's own days, those of members stand with them."""
    gifts: tuple[GiftRow, ...]


def household(session: Session, client_id: int, *, now: datetime) -> Household | None:
    """The household, or None where the client is no longer there."""
    page = client_page(session, client_id, now=now)
    if page is None:
        return None
    return Household(
        page.named,
        page.household,
        other_sides(session, client_id),
        page.occasions,
        gifts_of(session, client_id),
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """What the household card shows beside the page's own facts."""

    others: tuple[OtherSide, ...]
    gifts: tuple[GiftRow, ...]


def beside(session: Session, client_id: int) -> Beside:
    """Who has this client in their household, and what was given in it."""
    return Beside(other_sides(session, client_id), gifts_of(session, client_id))
