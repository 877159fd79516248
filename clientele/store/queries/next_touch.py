"""When is each of these clients next to hear from us, about what, from whom?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.next_touch import NextTouch, Touch, TouchKind, next_touch
from clientele.domain.tables import Appointment, BookMembership, FollowUp, Promise
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.acting import away_between
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import associate_names
from clientele.store.queries.occasions import OccasionAhead, of_clients
from clientele.store.queries.reading import StoreFacts, store_facts

AHEAD = timedelta(days=14)
"""How far ahead an occasion alone is worth speaking of."""

OPEN = (PromiseState.OPEN, PromiseState.READY)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Next:
    """The next touch of a client, and the name of whoever does it; empty for nobody."""

    client_id: int
    next: NextTouch
    by: str = ""
    occasion: OccasionAhead | None = None
    """What it is, where the next is an occasion alone."""


def next_touch_of(session: Session, client_id: int, *, today: date) -> Next:
    """The next touch of one client on a day of the store."""
    return next_touches(session, [client_id], today=today)[client_id]


def next_touches(session: Session, ids: Sequence[int], *, today: date) -> dict[int, Next]:
    """The next touch of each of these clients, a handful of statements for 500 of them."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Next] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= _some(session, wanted[start : start + AT_ONCE], today)
    return found


def _some(session: Session, ids: list[int], today: date) -> dict[int, Next]:
    store = store_facts(session)
    touches: dict[int, list[Touch]] = {key: [] for key in ids}
    for client_id, key, on, by, what, channel in _FOLLOW_UPS.rows(session, ids=ids):
        touches[client_id].append(Touch(TouchKind.FOLLOW_UP, key, on, by, what, channel))
    for row in _PROMISES.rows(session, ids=ids):
        touches[row[0]].append(_promise(row))
    for row in _APPOINTMENTS.rows(session, ids=ids, first=store.begins(today)):
        touches[row[0]].append(_appointment(row, store))
    occasions = of_clients(session, ids, today=today, ahead=AHEAD)
    owners = dict(_OWNERS.rows(session, ids=sorted(occasions))) if occasions else {}
    for client_id, ahead in occasions.items():
        owner = owners.get(client_id)
        touches[client_id] += [
            Touch(TouchKind.OCCASION, at, one.on, owner, one.title or one.kind)
            for at, one in enumerate(ahead)
        ]
    last = max((one.on for some in touches.values() for one in some), default=today)
    absences = away_between(session, today, max(last, today) + timedelta(days=1))
    names = associate_names(session)
    found = {}
    for client_id, some in touches.items():
        then = next_touch(some, today, absences)
        touch = then.touch
        alone = touch is not None and touch.kind == TouchKind.OCCASION
        found[client_id] = Next(
            client_id,
            then,
            "" if then.by is None else names.get(then.by, ""),
            occasions[client_id][touch.id] if touch is not None and alone else None,
        )
    return found


def _promise(row: Any) -> Touch:
    _, key, kind, what, on, at, state, step, by = row
    waits = state == PromiseState.READY or (kind == PromiseKind.HOLD and step != "")
    return Touch(TouchKind.PROMISE, key, on, by, what, at=at, waits=waits)


def _appointment(row: Any, store: StoreFacts) -> Touch:
    _, key, starts_at, by, about = row
    local = starts_at.astimezone(store.zone)
    return Touch(TouchKind.APPOINTMENT, key, local.date(), by, about, at=local.time())


_FOLLOW_UPS = Prepared(
    select(
        col(FollowUp.client_id),
        ident(FollowUp.id),
        col(FollowUp.due_on),
        col(FollowUp.associate_id),
        col(FollowUp.reason),
        col(FollowUp.channel),
    ).where(col(FollowUp.client_id).in_(among("ids")), col(FollowUp.state) == FollowUpState.OPEN)
)
_PROMISES = Prepared(
    select(
        col(Promise.client_id),
        ident(Promise.id),
        col(Promise.kind),
        col(Promise.what),
        col(Promise.due_on),
        col(Promise.due_time),
        col(Promise.state),
        col(Promise.step),
        col(Promise.associate_id),
    ).where(col(Promise.client_id).in_(among("ids")), col(Promise.state).in_(OPEN))
)
_APPOINTMENTS = Prepared(
    select(
        col(Appointment.client_id),
        ident(Appointment.id),
        col(Appointment.starts_at),
        col(Appointment.associate_id),
        col(Appointment.about),
    ).where(
        col(Appointment.client_id).in_(among("ids")),
        col(Appointment.starts_at) >= given("first"),
        col(Appointment.cancelled_at).is_(None),
        col(Appointment.visit_id).is_(None),
        col(Appointment.outcome) == "",
    )
)
_OWNERS = Prepared(
    select(col(BookMembership.client_id), col(BookMembership.associate_id)).where(
        col(BookMembership.client_id).in_(among("ids")),
        col(BookMembership.role) == BookRole.OWNER,
        col(BookMembership.until).is_(None),
    )
)
