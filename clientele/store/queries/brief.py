"""The brief: what an associate reads in two minutes before a client arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Appointment
from clientele.store.queries.client import ClientPage, Share, client_page, shares_of
from clientele.store.queries.follow_ups import FollowUpRow, open_of_client
from clientele.store.queries.occasions import OccasionAhead, of_clients
from clientele.store.queries.promises import PromiseRow, open_promises_of_client
from clientele.store.queries.reading import store_facts
from clientele.store.queries.story import StoryEntry, Told, story

OCCASIONS_AHEAD = timedelta(days=60)
LAST_TICKETS = 4
LAST_NOTES = 3


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
    notes: tuple[StoryEntry, ...]
    occasions: tuple[OccasionAhead, ...]
    most_lines: Share | None
    """The department in which they buy most often, of all time."""


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
    shares = shares_of(session, client_id)
    return Brief(
        client=client,
        expected_at=expected[0] if expected else None,
        about=expected[1] if expected else "",
        promises=open_promises_of_client(session, client_id, now=now),
        follow_ups=open_of_client(session, client_id),
        tickets=story(session, client_id, kinds=(Told.PURCHASE,), limit=LAST_TICKETS),
        notes=story(session, client_id, kinds=(Told.NOTE,), limit=LAST_NOTES),
        occasions=tuple(ahead.get(client_id, ())),
        most_lines=max(shares, key=lambda share: share.lines, default=None),
    )
