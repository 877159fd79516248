"""Whom does an associate expect on a day, themselves or for those they cover, and their briefs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.appointments import Outcome
from clientele.domain.tables import Appointment, Visit
from clientele.store.queries.acting import acting_for
from clientele.store.queries.brief import Brief, brief
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts


def expected_clients(session: Session, associate_id: int, day: date) -> tuple[int, ...]:
    """The clients expected on a day of the store, in the order of their first time, each once.

    Those of absent colleagues whom the associate covers that day are among them; who has come
    and gone is not.
    """
    first, end = store_facts(session).span(day)
    rows = session.scalars(
        select(col(Appointment.client_id))
        .outerjoin(Visit, ident(Visit.id) == col(Appointment.visit_id))
        .where(
            col(Appointment.associate_id).in_(acting_for(session, associate_id, day)),
            col(Appointment.starts_at) >= first,
            col(Appointment.starts_at) < end,
            col(Appointment.cancelled_at).is_(None),
            col(Appointment.outcome) != Outcome.DID_NOT_COME,
            col(Visit.left_at).is_(None),
        )
        .order_by(col(Appointment.starts_at), ident(Appointment.id))
    )
    return tuple(dict.fromkeys(rows))


def briefs_expected(
    session: Session, associate_id: int, *, now: datetime, day: date | None = None
) -> tuple[Brief, ...]:
    """The briefs of everybody expected on ``day`` (else the day of ``now``), in order of time."""
    on = day or store_facts(session).day_of(now)
    clients = expected_clients(session, associate_id, on)
    found = (brief(session, client_id, now=now, day=on) for client_id in clients)
    return tuple(one for one in found if one is not None)
