"""The brief: what an associate reads in two minutes before a client arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.tables import Appointment, FollowUp, Purchase, PurchaseLine
from clientele.store.queries.client import ClientPage, client_page
from clientele.store.queries.columns import ident
from clientele.store.queries.follow_ups import FollowUpRow, open_of_client
from clientele.store.queries.occasions import OccasionAhead, of_clients
from clientele.store.queries.promises import PromiseRow, open_promises_of_client
from clientele.store.queries.reading import store_facts
from clientele.store.queries.spending import Share, shares_of
from clientele.store.queries.story import StoryEntry, Told, story

OCCASIONS_AHEAD = timedelta(days=60)
LAST_TICKETS = 4
LAST_NOTES = 3


@dataclass(frozen=True, slots=True)
class TurnedOut:
    """How a purchase turned out: an article that came back, or what the client said of it."""

    purchase_id: int
    at: datetime
    item: str = ""
    """What was brought back; empty where ``said`` holds words."""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a brief may say; what is printed is chosen so that it stays on one page."""

    client: ClientPage
    expected_at: datetime | None
    about: str
    promises: tuple[PromiseRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    tickets: tuple[StoryEntry, ...]
    """The last ones, the newest first."""
    turned_out: tuple[TurnedOut, ...]
    """What became of these tickets, in the order in which it was learnt."""
    notes: tuple[StoryEntry, ...]
    occasions: tuple[OccasionAhead, ...]
    most_lines: Share | None
    """The department in which they buy most often, of all time."""
    store: str
    """The store's name."""


def brief(session: Session, client_id: int, *, now: datetime) -> Brief | None:
    """The brief of a client at ``now`` (aware), or None if they are not there."""
    client = client_page(session, client_id, now=now)
    if client is None:
        return None
    store = store_facts(session)
    today = store.day_of(now)
    expected = session.execute(
        select(col(Appointment.starts_at), col(Appointment.about))
        .where(
            col(Appointment.client_id) == client_id,
            col(Appointment.cancelled_at).is_(None),
            col(Appointment.visit_id).is_(None),
            col(Appointment.starts_at) >= store.begins(today),
        )
        .order_by(col(Appointment.starts_at))
    ).first()
    ahead = of_clients(session, [client_id], today=today, ahead=OCCASIONS_AHEAD)
    shares = shares_of(session, client_id, store.currency)
    tickets = story(session, client_id, kinds=(Told.PURCHASE,), limit=LAST_TICKETS)
    return Brief(
        client=client,
        expected_at=expected[0] if expected else None,
        about=expected[1] if expected else "",
        promises=open_promises_of_client(session, client_id, now=now),
        follow_ups=open_of_client(session, client_id),
        tickets=tickets,
        turned_out=turned_out(session, client_id, [ticket.id for ticket in tickets]),
        notes=story(session, client_id, kinds=(Told.NOTE,), limit=LAST_NOTES),
        occasions=tuple(ahead.get(client_id, ())),
        most_lines=max(shares, key=lambda share: share.lines, default=None),
        store=store.name,
    )


def turned_out(session: Session, client_id: int, purchase_ids: list[int]) -> tuple[TurnedOut, ...]:
    """What came back of these tickets, and what the client said when somebody followed up.

    A line below zero of a later ticket brings back an earlier one of the same article, known by
    its number or else its words; of several tickets it is the latest before.
    """
    lines = session.execute(
        select(
            col(PurchaseLine.purchase_id),
            col(PurchaseLine.item),
            col(PurchaseLine.sku),
            col(PurchaseLine.amount),
            col(Purchase.sold_at),
        )
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(
            col(Purchase.client_id) == client_id,
            col(Purchase.sold_at)
            >= select(func.min(col(Purchase.sold_at)))
            .where(ident(Purchase.id).in_(purchase_ids))
            .scalar_subquery(),
        )
        .order_by(col(Purchase.sold_at), ident(PurchaseLine.id))
    )
    bought: dict[str, list[int]] = {}
    found: list[TurnedOut] = []
    for purchase_id, item, sku, amount, at in lines:
        article = sku or item
        if not article:
            continue
        if amount >= 0:
            bought.setdefault(article, []).append(purchase_id)
        elif bought.get(article):
            found.append(TurnedOut(bought[article].pop(), at, item=item or sku))
    said = session.execute(
        select(col(FollowUp.purchase_id), col(FollowUp.done_at), col(FollowUp.outcome)).where(
            col(FollowUp.purchase_id).in_(purchase_ids),
            col(FollowUp.state) == FollowUpState.DONE,
            col(FollowUp.outcome) != "",
            col(FollowUp.done_at).is_not(None),
        )
    )
    found += [TurnedOut(key, at, said=words) for key, at, words in said if key and at]
    asked = set(purchase_ids)
    return tuple(sorted((one for one in found if one.purchase_id in asked), key=lambda one: one.at))
