"""What was handed to whom: waiting for an answer, lent for some days, ended lately."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.client import HandOffState
from clientele.domain.rules.hand_offs import responsible
from clientele.domain.tables import Associate, Client, Department, HandOff, Promise
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.acting import acting_for
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, store_facts

LATELY = timedelta(days=2)
"""How long what was answered or came back stays in sight of whoever handed it over."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """An associate and their department's name, empty where they have none."""

    id: int
    name: str
    department: str


@dataclass(frozen=True, slots=True)
class HandOffRow:
    """A hand-off as one line. Days are the store's; instants aware UTC."""

    id: int
    named: Named
    giver: Colleague
    taker: Colleague
    department_id: int | None
    department: str
    """The part that is handed over; empty for the whole client."""
    promise_id: int | None
    promise: str
    """What was promised, where the work of a promise goes along."""
    visit_id: int | None
    note: str
    until_on: date | None
    client_told: bool
    state: str
    offered_at: datetime
    answered_at: datetime | None
    answer: str
    ended_at: datetime | None
    ending: str

    @property
    def lends(self) -> bool:
        """Whether it has a last day."""
        return self.until_on is not None

    def over(self, today: date) -> bool:
        """Whether its last day has passed, so that it has ended by itself."""
        return self.until_on is not None and self.until_on < today

    def responsible(self, today: date) -> int:
        """Who is responsible for this part by it."""
        return responsible(
            state=self.state,
            from_id=self.giver.id,
            to_id=self.taker.id,
            until_on=self.until_on,
            today=today,
        )


@dataclass(frozen=True, slots=True)
class HandOffs:
    """What an associate has to do with, and that of those whom they cover for."""

    inbox: tuple[HandOffRow, ...]
    """Offered to them, the oldest first."""
    waiting: tuple[HandOffRow, ...]
    """Offered by them and not answered yet, the oldest first."""
    lent_out: tuple[HandOffRow, ...]
    """Lent to colleagues, the first to come back first."""
    lent_in: tuple[HandOffRow, ...]
    """Lent to them, likewise."""
    lately: tuple[HandOffRow, ...]
    """Offered by them and declined, accepted, given back or come back, the newest first."""


def hand_offs(session: Session, associate_id: int, *, now: datetime) -> HandOffs:
    """The hand-offs that concern an associate at ``now`` (aware)."""
    store = store_facts(session)
    today = store.day_of(now)
    mine = acting_for(session, associate_id, today)
    to_me, from_me = col(HandOff.to_id).in_(mine), col(HandOff.from_id).in_(mine)
    offered = col(HandOff.state) == HandOffState.OFFERED
    rows = _rows(
        session,
        or_(and_(to_me, or_(offered, _lent(today))), and_(from_me, or_(offered, _lent(today)))),
    )
    waits = [row for row in rows if row.state == HandOffState.OFFERED]
    lent = sorted(
        (row for row in rows if row.state == HandOffState.ACCEPTED),
        key=lambda row: (row.until_on or today, row.id),
    )
    return HandOffs(
        inbox=tuple(row for row in waits if row.taker.id in mine and not row.over(today)),
        waiting=tuple(row for row in waits if row.giver.id in mine),
        lent_out=tuple(row for row in lent if row.giver.id in mine),
        lent_in=tuple(row for row in lent if row.taker.id in mine),
        lately=_lately(session, from_me, now=now, today=today),
    )


def hand_off(session: Session, key: int) -> HandOffRow | None:
    """One hand-off, or None if it is not there."""
    return next(iter(_rows(session, ident(HandOff.id) == key)), None)


def of_client(
    session: Session, client_id: int, states: Collection[str] = tuple(HandOffState)
) -> tuple[HandOffRow, ...]:
    """The hand-offs of a client in some states, the first offered first."""
    rows = _OF_CLIENT.rows(session, client_id=client_id, states=tuple(states))
    return tuple(_row(row) for row in rows)


def handed_to(
    session: Session, ids: Iterable[int], mine: Collection[int], *, since: datetime
) -> dict[int, HandOffRow]:
    """By client, the newest hand-off that one of ``mine`` accepted since an instant."""
    rows = _rows(
        session,
        col(HandOff.client_id).in_(tuple(ids)),
        col(HandOff.to_id).in_(tuple(mine)),
        col(HandOff.state) == HandOffState.ACCEPTED,
        col(HandOff.answered_at) >= since,
    )
    return {row.named.client_id: row for row in rows}


def _lately(
    session: Session, from_me: ColumnElement[bool], *, now: datetime, today: date
) -> tuple[HandOffRow, ...]:
    """What came of my offers: answered or given back, and loans that came back by themselves."""
    since = now - LATELY
    by_itself = and_(
        col(HandOff.state) == HandOffState.ACCEPTED,
        col(HandOff.until_on) < today,
        col(HandOff.until_on) >= today - LATELY,
    )
    answered = and_(
        col(HandOff.state).in_((HandOffState.DECLINED, HandOffState.ACCEPTED)),
        col(HandOff.answered_at) >= since,
    )
    returned = and_(col(HandOff.state) == HandOffState.GIVEN_BACK, col(HandOff.ended_at) >= since)
    rows = _rows(session, from_me, or_(by_itself, answered, returned))
    begins = store_facts(session).begins
    return tuple(
        sorted(
            (row for row in rows if not (row.state == HandOffState.ACCEPTED and _runs(row, today))),
            key=lambda row: (
                row.ended_at
                or (begins(row.until_on) if row.until_on and row.over(today) else None)
                or row.answered_at
                or row.offered_at
            ),
            reverse=True,
        )
    )


def _runs(row: HandOffRow, today: date) -> bool:
    """Whether it is a loan that stands among those lent out."""
    return row.lends and not row.over(today)


def _lent(today: date) -> ColumnElement[bool]:
    return and_(col(HandOff.state) == HandOffState.ACCEPTED, col(HandOff.until_on) >= today)


def _rows(session: Session, *which: ColumnElement[bool]) -> tuple[HandOffRow, ...]:
    return tuple(_row(row) for row in session.execute(_asked(*which)))


def _asked(*which: ColumnElement[bool]) -> Select[Any]:
    giver, taker = aliased(Associate), aliased(Associate)
    at_giver, at_taker, part = aliased(Department), aliased(Department), aliased(Department)
    return (
        select(
            *name_columns(),
            ident(HandOff.id),
            ident(giver.id),
            col(giver.name),
            func.coalesce(col(at_giver.name), ""),
            ident(taker.id),
            col(taker.name),
            func.coalesce(col(at_taker.name), ""),
            col(HandOff.department_id),
            func.coalesce(col(part.name), ""),
            col(HandOff.promise_id),
            func.coalesce(col(Promise.what), ""),
            col(HandOff.visit_id),
            col(HandOff.note),
            col(HandOff.until_on),
            col(HandOff.client_told),
            col(HandOff.state),
            col(HandOff.offered_at),
            col(HandOff.answered_at),
            col(HandOff.answer),
            col(HandOff.ended_at),
            col(HandOff.ending),
        )
        .join(Client, ident(Client.id) == col(HandOff.client_id))
        .join(giver, ident(giver.id) == col(HandOff.from_id))
        .join(taker, ident(taker.id) == col(HandOff.to_id))
        .outerjoin(at_giver, ident(at_giver.id) == col(giver.department_id))
        .outerjoin(at_taker, ident(at_taker.id) == col(taker.department_id))
        .outerjoin(part, ident(part.id) == col(HandOff.department_id))
        .outerjoin(Promise, ident(Promise.id) == col(HandOff.promise_id))
        .where(*which)
        .order_by(col(HandOff.offered_at), ident(HandOff.id))
    )


def _row(row: Any) -> HandOffRow:
    key, *rest = row[NAME_WIDTH:]
    return HandOffRow(
        key, Named(*row[:NAME_WIDTH]), Colleague(*rest[:3]), Colleague(*rest[3:6]), *rest[6:]
    )


_OF_CLIENT = Prepared(
    _asked(col(HandOff.client_id) == given("client_id"), col(HandOff.state).in_(among("states")))
)
