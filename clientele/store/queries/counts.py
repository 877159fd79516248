"""The numbers beside the pages in the rail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseState
from clientele.domain.rules.made_right import UNSOLVED
from clientele.domain.tables import Appointment, FollowUp, MadeRight, Promise, Visit, VisitStop
from clientele.store.queries.acting import covering
from clientele.store.queries.clients import Book, WhoseBook, count_clients
from clientele.store.queries.columns import ident, looked_at
from clientele.store.queries.reading import store_facts
from clientele.store.queries.reminders_due import STANDS


@dataclass(frozen=True, slots=True)
class RailCounts:
    """Of one associate: clients in the book, open visits, follow-ups due and so on.

    An appointment counts on its day until the client is here or somebody said what became of it.
    A visit that they were brought in to counts; a problem does until the client says it is solved.
    Those of colleagues whom they cover are counted too, but for the visits.
    """

    clients: int
    visits: int
    follow_ups: int
    promises: int
    made_rights: int
    appointments: int = 0


def rail_counts(session: Session, associate_id: int, *, now: datetime) -> RailCounts:
    """What an associate has at ``now`` (aware); a follow-up is due on its day and after."""
    store = store_facts(session)
    today = store.day_of(now)
    begins, ends = store.span(today)
    mine = covering(session, WhoseBook(Book.MINE, associate_id), today)
    theirs = mine.associates
    brought_in = exists().where(
        col(VisitStop.visit_id) == ident(Visit.id),
        looked_at(col(VisitStop.colleague_id)) == associate_id,
        col(VisitStop.started_at).is_not(None),
        col(VisitStop.ended_at).is_(None),
    )
    counted = (
        select(func.count())
        .select_from(Visit)
        .where(
            or_(looked_at(col(Visit.associate_id)) == associate_id, brought_in),
            col(Visit.left_at).is_(None),
        ),
        select(func.count())
        .select_from(FollowUp)
        .where(
            col(FollowUp.associate_id).in_(theirs),
            col(FollowUp.state) == FollowUpState.OPEN,
            col(FollowUp.due_on) <= today,
        ),
        select(func.count())
        .select_from(Promise)
        .where(
            or_(col(Promise.associate_id).in_(theirs), col(Promise.colleague_id).in_(theirs)),
            col(Promise.state).in_((PromiseState.OPEN, PromiseState.READY)),
        ),
        select(func.count())
        .select_from(MadeRight)
        .where(col(MadeRight.associate_id).in_(theirs), col(MadeRight.state).in_(UNSOLVED)),
        select(func.count())
        .select_from(Appointment)
        .where(
            col(Appointment.associate_id).in_(theirs),
            col(Appointment.starts_at) >= begins,
            col(Appointment.starts_at) < ends,
            *STANDS,
        ),
    )
    clients = count_clients(session, mine)
    return RailCounts(clients, *(session.scalar(count) or 0 for count in counted))
