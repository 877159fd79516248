"""What was bought before and is ready to be collected now, such as a hem that is done?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.promises import PromiseState
from clientele.domain.tables import Department, Promise, Purchase
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts


@dataclass(frozen=True, slots=True)
class ToCollect:
    """A promise that is ready, about something that was paid for on ``paid_on``."""

    promise_id: int
    department_id: int
    department: str
    what: str
    garment: str
    ready_at: datetime
    paid_on: date


def to_collect(session: Session, client_id: int) -> tuple[ToCollect, ...]:
    """What is ready and was paid on the day it was promised, the earliest first.

    A promise names no ticket; one that was made on the day of a purchase is about that purchase.
    """
    store = store_facts(session)
    rows = session.execute(
        select(
            ident(Promise.id),
            ident(Department.id),
            col(Department.name),
            col(Promise.what),
            col(Promise.garment),
            col(Promise.last_word_at),
            col(Promise.promised_at),
        )
        .join(Department, ident(Department.id) == col(Promise.department_id))
        .where(col(Promise.client_id) == client_id, col(Promise.state) == PromiseState.READY)
        .order_by(col(Promise.promised_at), ident(Promise.id))
    ).all()
    if not rows:
        return ()
    paid = set(
        session.scalars(select(col(Purchase.sold_on)).where(col(Purchase.client_id) == client_id))
    )
    return tuple(
        ToCollect(*row[:-1], paid_on=store.day_of(row[-1]))
        for row in rows
        if store.day_of(row[-1]) in paid
    )
