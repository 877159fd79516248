"""What goes along when a client gets another owner? What is open for them, so that nothing is lost.

Plain functions inside a verb, shared by whoever gives clients away and by an accepted hand-off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.base import Table
from clientele.domain.client import BookRole, HandOffState
from clientele.domain.plans import FollowUpState
from clientele.domain.promises import Happened, PromiseState
from clientele.domain.recovery import RightState
from clientele.domain.tables import (
    Appointment,
    Associate,
    BookMembership,
    FollowUp,
    HandOff,
    MadeRight,
    Promise,
    PromiseStep,
)
from clientele.services.rows import the

Row = TypeVar("Row", bound=Table)

AT_ONCE: Final = 500
"""Clients of one statement; SQLite allows 32,766 bound values."""


def pass_on(session: Session, client_id: int, giver: int, taker: int, now: datetime) -> None:
    """Make what ``giver`` has open for a client the work of ``taker``.

    Open follow-ups, promises not yet kept or broken (each keeps in its history that it was passed
    on) and problems not yet solved. A day agreed with the giver stays theirs, unless they no
    longer work here; what they offered of the whole client and nobody answered is withdrawn.
    Memberships are not touched: see ``make_owner``.
    """
    pass_on_all(session, {client_id: giver}, taker, now)


def pass_on_all(session: Session, givers: Mapping[int, int], taker: int, now: datetime) -> None:
    """``pass_on`` for many clients: ``givers`` says whose each client (the key) was."""
    if not givers:
        return
    name = the(session, Associate, taker).name
    gone = _gone(session, set(givers.values()))
    clients = list(givers)
    for start in range(0, len(clients), AT_ONCE):
        some = clients[start : start + AT_ONCE]
        for follow_up in _theirs(session, _open_follow_ups(some), givers):
            follow_up.associate_id = taker
        for right in _theirs(session, _unsolved(some), givers):
            right.associate_id = taker
        for promise in _theirs(session, _open_promises(some), givers):
            assert promise.id is not None, "a read row has an id"
            session.add(
                PromiseStep(
                    promise_id=promise.id,
                    what=Happened.PASSED_ON,
                    word=name,
                    associate_id=promise.associate_id,
                    at=now,
                )
            )
            promise.associate_id = taker
        for day in _theirs(session, _ahead(some, now), givers):
            if day.associate_id in gone:
                day.associate_id = taker
        for offer in session.scalars(_unanswered(some)):
            if offer.from_id == givers[offer.client_id]:
                offer.state, offer.ended_at = HandOffState.WITHDRAWN, now
        session.flush()


def make_owner(
    session: Session, clients: Sequence[int], taker: int, now: datetime, why: Mapping[int, str]
) -> int:
    """Make ``taker`` the owner of these clients, with what is open; answer how many that changed.

    The membership of the owner before ends at ``now``, and a new one begins; none is removed.
    ``why`` is kept with the new one, by the associate who owned the client before, 0 for nobody.
    One who owns a client already stays their owner, since when they were.
    """
    givers: dict[int, int] = {}
    begun = 0
    for start in range(0, len(clients), AT_ONCE):
        some = list(dict.fromkeys(clients[start : start + AT_ONCE]))
        owners = {row.client_id: row for row in session.scalars(owners_of(some))}
        for row in owners.values():
            if row.associate_id != taker:
                givers[row.client_id] = row.associate_id
                row.until = now
        # The index that allows one owner only wants the end of the old before the new begins.
        session.flush()
        for client_id in some:
            before = owners.get(client_id)
            if before is not None and before.associate_id == taker:
                continue
            giver = 0 if before is None else before.associate_id
            session.add(
                BookMembership(
                    client_id=client_id,
                    associate_id=taker,
                    role=BookRole.OWNER,
                    since=now,
                    why=why.get(giver, ""),
                )
            )
            begun += 1
        session.flush()
    pass_on_all(session, givers, taker, now)
    return begun


def owners_of(clients: Sequence[int]) -> Select[BookMembership]:
    """The memberships of those who own these clients now."""
    return select(BookMembership).where(
        col(BookMembership.client_id).in_(clients),
        col(BookMembership.role) == BookRole.OWNER,
        col(BookMembership.until).is_(None),
    )


def _theirs(session: Session, asked: Select[Row], givers: Mapping[int, int]) -> list[Row]:
    """The rows of these that are the work of whoever gives the client."""
    rows: list[Any] = list(session.scalars(asked))
    return [row for row in rows if row.associate_id == givers[row.client_id]]


def _open_follow_ups(clients: Sequence[int]) -> Select[FollowUp]:
    return select(FollowUp).where(
        col(FollowUp.client_id).in_(clients), col(FollowUp.state) == FollowUpState.OPEN
    )


def _open_promises(clients: Sequence[int]) -> Select[Promise]:
    return select(Promise).where(
        col(Promise.client_id).in_(clients),
        col(Promise.state).in_((PromiseState.OPEN, PromiseState.READY)),
    )


def _unsolved(clients: Sequence[int]) -> Select[MadeRight]:
    return select(MadeRight).where(
        col(MadeRight.client_id).in_(clients), col(MadeRight.state) != RightState.SOLVED
    )


def _ahead(clients: Sequence[int], now: datetime) -> Select[Appointment]:
    return select(Appointment).where(
        col(Appointment.client_id).in_(clients),
        col(Appointment.starts_at) >= now,
        col(Appointment.cancelled_at).is_(None),
        col(Appointment.visit_id).is_(None),
    )


def _unanswered(clients: Sequence[int]) -> Select[HandOff]:
    return select(HandOff).where(
        col(HandOff.client_id).in_(clients),
        col(HandOff.department_id).is_(None),
        col(HandOff.state) == HandOffState.OFFERED,
    )


def _gone(session: Session, associates: set[int]) -> set[int]:
    """Which of these no longer work here."""
    asked = select(col(Associate.id)).where(
        col(Associate.id).in_(associates), col(Associate.active).is_(False)
    )
    return {key for key in session.scalars(asked) if key is not None}
