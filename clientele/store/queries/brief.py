"""The brief: what an associate reads in two minutes before a client arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.appointments import Outcome
from clientele.domain.tables import Appointment, FollowUp
from clientele.store.queries.brief_parts import (
    PaidAhead,
    PromiseMark,
    WhoseNow,
    comes_with,
    paid_ahead,
    promise_marks,
    whose_now,
)
from clientele.store.queries.client import ClientPage, client_page
from clientele.store.queries.follow_ups import FollowUpRow, open_of_client
from clientele.store.queries.gifts import GiftRow, gifts_of
from clientele.store.queries.made_right import MadeRightRow, open_made_rights_of_client
from clientele.store.queries.notes import NoteRow, sensitive_notes, spoken_notes
from clientele.store.queries.occasions import OccasionAhead, of_clients
from clientele.store.queries.owned import owning
from clientele.store.queries.promises import PromiseRow, open_promises_of_client
from clientele.store.queries.reading import store_facts
from clientele.store.queries.spending import Share, shares_of
from clientele.store.queries.story import StoryEntry, Told, story
from clientele.store.queries.wishes import WishRow, wishes_of

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
    why: str = ""
    """Why it was brought back, where that was noted."""


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
    notes: tuple[NoteRow, ...]
    """The last ones that may be spoken of."""
    never_say: tuple[NoteRow, ...]
    """What must be known and never said, the newest first."""
    problems: tuple[MadeRightRow, ...]
    """What no client called solved yet, the oldest first."""
    whose: WhoseNow
    paid_ahead: tuple[PaidAhead, ...]
    comes_with: tuple[str, ...]
    marks: dict[int, PromiseMark]
    """The step and tag of the promises, by their ids."""
    occasions: tuple[OccasionAhead, ...]
    most_lines: Share | None
    """The department in which they buy most often, of all time."""
    store: str
    """The store's name."""
    wishes: tuple[WishRow, ...] = ()
    gifts: tuple[GiftRow, ...] = ()
    """What was given in the household, the latest first."""


def brief(
    session: Session, client_id: int, *, now: datetime, day: date | None = None
) -> Brief | None:
    """The brief of a client at ``now`` (aware), or None if they are not there.

    ``day`` of the store is the first on which an appointment counts, else that of ``now``.
    """
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
            col(Appointment.outcome) != Outcome.DID_NOT_COME,
            col(Appointment.visit_id).is_(None),
            col(Appointment.starts_at) >= store.begins(day or today),
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
        notes=spoken_notes(session, client_id, limit=LAST_NOTES),
        never_say=sensitive_notes(session, client_id),
        problems=open_made_rights_of_client(session, client_id),
        whose=whose_now(
            session, client_id, client.owner.associate_id if client.owner else None, today
        ),
        paid_ahead=paid_ahead(session, client_id),
        comes_with=comes_with(session, client_id),
        marks=promise_marks(session, client_id),
        occasions=tuple(ahead.get(client_id, ())),
        most_lines=max(shares, key=lambda share: share.lines, default=None),
        store=store.name,
        wishes=wishes_of(session, client_id),
        gifts=gifts_of(session, client_id),
    )


def turned_out(session: Session, client_id: int, purchase_ids: list[int]) -> tuple[TurnedOut, ...]:
    """What came back of these tickets and why, and what was said when somebody followed up."""
    asked = set(purchase_ids)
    found = [
        TurnedOut(one.purchase_id, one.at, item=one.item, why=one.why)
        for one in owning(session, client_id).back
        if one.item and one.purchase_id in asked
    ]
    said = session.execute(
        select(col(FollowUp.purchase_id), col(FollowUp.done_at), col(FollowUp.outcome)).where(
            col(FollowUp.purchase_id).in_(purchase_ids),
            col(FollowUp.state) == FollowUpState.DONE,
            col(FollowUp.outcome) != "",
            col(FollowUp.done_at).is_not(None),
        )
    )
    found += [TurnedOut(key, at, said=words) for key, at, words in said if key and at]
    return tuple(sorted(found, key=lambda one: one.at))
