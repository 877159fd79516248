"""The month's review of what was made right: did we do too little, and what went well?

It looks at a month of the store's zone. A problem of an earlier month comes back where it is still
unsolved, or where its client stayed away so long that it was noticed in this month: nothing is
forgotten by growing old.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.made_right import (
    AWAY_FOR,
    Problem,
    Reason,
    RightStep,
    not_back_since,
    praised,
    too_little,
)
from clientele.domain.tables import MadeRight, Purchase, Visit
from clientele.store.queries.clients import WhoseBook
from clientele.store.queries.made_right import MadeRightRow, made_rights_between
from clientele.store.queries.reading import StoreFacts, store_facts


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A problem, why we did too little about it, and what is to be read out."""

    row: MadeRightRow
    too_little: tuple[Reason, ...]
    praised: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A month (its first day) of an associate, a department or the store.

    ``too_little`` and ``well_done`` in the order in which they were heard: never by cost. One can
    stand in both. ``heard`` counts the problems of this month.
    """

    month: date
    heard: int
    too_little: tuple[Reviewed, ...]
    well_done: tuple[Reviewed, ...]


def review(session: Session, whose: WhoseBook, month: date, *, now: datetime) -> Review:
    """The review of the month in which the day ``month`` lies, as it looks at ``now`` (aware)."""
    store = store_facts(session)
    first = month.replace(day=1)
    begins, ends = store.begins(first), store.begins(next_month(first))
    notice = timedelta(days=AWAY_FOR)
    rows = made_rights_between(session, whose, since=begins - notice, until=ends, now=now)
    problems = [(row, _problem(session, row, store)) for row in rows]
    looked_at = [
        Reviewed(row, too_little(problem, now=now), praised(problem, zone=store.zone))
        for row, problem in problems
        if _belongs(problem, begins, ends)
    ]
    new = [one for one in looked_at if one.row.opened_at >= begins]
    return Review(
        month=first,
        heard=len(new),
        too_little=tuple(one for one in looked_at if one.too_little),
        well_done=tuple(one for one in new if one.praised),
    )


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A month with what stands around it: the first month there is, and which store it is of."""

    review: Review
    first: date | None
    store: StoreFacts


def review_sheet(session: Session, whose: WhoseBook, month: date, *, now: datetime) -> ReviewSheet:
    """The review of a month as it is shown and printed."""
    found = review(session, whose, month, now=now)
    return ReviewSheet(found, first_month(session), store_facts(session))


def first_month(session: Session) -> date | None:
    """The first day of the month in which the first problem was heard; None where none was."""
    first = session.scalar(select(func.min(col(MadeRight.opened_at))))
    return None if first is None else store_facts(session).day_of(first).replace(day=1)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def _belongs(problem: Problem, begins: datetime, ends: datetime) -> bool:
    """Whether it is looked at in this month: heard in it, or not over when it began."""
    if problem.opened_at >= begins:
        return True
    if problem.steps and problem.state == "solved":
        away = not_back_since(problem)
        noticed = away is not None and begins <= away + timedelta(days=AWAY_FOR) < ends
        return noticed or problem.steps[-1].at >= begins
    return True


def _problem(session: Session, row: MadeRightRow, store: StoreFacts) -> Problem:
    last = row.steps[-1].at if row.steps else row.opened_at
    return Problem(
        opened_at=row.opened_at,
        steps=tuple(RightStep(step.what, step.at) for step in row.steps),
        goods=row.goods,
        sold_here=row.sold_here,
        receipt=row.purchase_line_id is not None,
        asked_at=row.asked_at,
        back_at=_back(session, row.named.client_id, store.begins(store.day_of(last + DAY))),
    )


DAY = timedelta(days=1)


def _back(session: Session, client_id: int, since: datetime) -> datetime | None:
    """When the client was first in, or bought, since an instant."""
    visited = session.scalar(
        select(func.min(col(Visit.arrived_at))).where(
            col(Visit.client_id) == client_id, col(Visit.arrived_at) >= since
        )
    )
    bought = session.scalar(
        select(func.min(col(Purchase.sold_at))).where(
            col(Purchase.client_id) == client_id, col(Purchase.sold_at) >= since
        )
    )
    back = [at for at in (visited, bought) if at is not None]
    return min(back, default=None)
