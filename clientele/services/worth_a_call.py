"""Whom it is worth calling: worked out for all once a day, for one after a change, set aside.

Going through everybody is slow work for a thread of its own; it only reads until the foremost of
each book are known, and writes those in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.errors import Refusal
from clientele.domain.rules.returning import Learnt
from clientele.domain.rules.returning_learnt import learn
from clientele.domain.rules.rights import PROGRAM, Right
from clientele.domain.rules.worth_a_call import MOST_OF_ALL, Because, Judge
from clientele.domain.rules.worth_a_call_texts import learnt_text
from clientele.domain.rules.worth_departments import Course, course_of
from clientele.domain.tables import (
    BookMembership,
    Client,
    WorthAside,
    WorthCall,
    WorthDay,
    WorthRun,
)
from clientele.services.acting import require
from clientele.services.changes import Changes, Kind
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.errors import Cancelled
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts
from clientele.store.queries.worth_a_call import Weighed, judge_of, weighed
from clientele.store.queries.worth_facts import days_of, departments_of
from clientele.store.queries.worth_many import Pools, foremost, sample
from clientele.store.session import Store

KEPT: Final = 60
"""So many of each book are kept: a day's number, and others for those who are set aside."""

_FIRST: Final = 80
"""So many of each book are looked at closely before it is said whether they are enough."""

_CLOSELY: Final = 500
"""Clients who are looked at closely in one reading."""


class NotThatMany(Refusal):
    """A day holds one client at least."""

    template = "A day can hold 1 to {most} clients. Nothing was changed; type another number."


@dataclass(frozen=True, slots=True)
class Worked:
    """How many clients were gone through, and how many are worth a call."""

    clients: int
    kept: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Not to be shown until a day of the store (None: never again), for one reason or for all."""

    client_id: int
    by: int
    reason: str = ""
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class ShowAgain:
    """What was set aside may be shown again."""

    aside_id: int


@dataclass(frozen=True, slots=True)
class DayHolds:
    """How many clients a day of whoever says so can hold."""

    by: int
    most: int


@dataclass(frozen=True, slots=True)
class WrittenOf:
    """Clients of whom something was written."""

    clients: frozenset[int]


@verb
def set_aside(session: Session, what: SetAside, /, *, now: datetime) -> int | None:
    """Set a client aside and answer the id of that.

    Raises:
        NotThere: the client is not in the book.
        ValueError: there is no such reason.
    """
    if what.reason:
        Because(what.reason)
    the(session, Client, what.client_id)
    return new_id(
        session,
        WorthAside(
            client_id=what.client_id,
            associate_id=what.by,
            reason=what.reason,
            until_on=what.until_on,
            said_at=now,
        ),
    )


@verb
def show_again(session: Session, what: ShowAgain, /, *, now: datetime) -> int | None:
    """Forget that somebody was set aside.

    Raises:
        NotThere: it was forgotten already.
    """
    row = the(session, WorthAside, what.aside_id)
    session.delete(row)
    return row.client_id


@verb
def day_holds(session: Session, what: DayHolds, /, *, now: datetime) -> int | None:
    """Keep how many clients a day can hold.

    Raises:
        NotThatMany: less than one, or more than anybody can call.
    """
    if not 1 <= what.most <= MOST_OF_ALL:
        raise NotThatMany(most=MOST_OF_ALL)
    asked = select(WorthDay).where(col(WorthDay.associate_id) == what.by)
    row = session.scalars(asked).one_or_none()
    if row is None:
        return new_id(session, WorthDay(associate_id=what.by, most=what.most))
    row.most = what.most
    return row.id


def worth_again(session: Session, what: WrittenOf, /, *, now: datetime) -> Changes:
    """Work out anew whether it is worth calling these few clients; for all of a book: ``work_out``.

    Only the rows that become others are written, and there is no way back: they follow from the
    book. Does nothing where the clients were never gone through.
    """
    require(session, Right.BY_ITSELF)
    session.flush()
    judge = judge_of(session, now=now)
    if judge is None:
        return Changes()
    asked = select(ident(Client.id)).where(ident(Client.id).in_(what.clients))
    ids = sorted(session.scalars(asked))
    owners = _owners(session, ids)
    before = _kept(session, ids)
    after = {
        one.client_id: (owners.get(one.client_id), one.value, _kinds(one))
        for one in weighed(session, judge, ids, now=now, until=None)
        if _is_foremost(session, one, owners.get(one.client_id))
    }
    others = sorted(
        key for key in before.keys() | after.keys() if before.get(key) != after.get(key)
    )
    if not others:
        return Changes()
    session.execute(delete(WorthCall).where(col(WorthCall.client_id).in_(others)))
    rows = [_row(key, *after[key], now) for key in others if key in after]
    if rows:
        session.execute(insert(WorthCall), rows)
    return Changes({Kind.WORTH_CALL.value: frozenset(others)}, frozenset(others))


def work_out(
    store: Store,
    *,
    now: datetime,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Worked:
    """Go through all clients, learn anew, and keep the foremost of each book.

    ``progress`` hears from 0 to 1 how far it is.

    Raises:
        Cancelled: ``cancelled`` answered true; the book is as it was.
    """

    def went_on(share: float) -> None:
        if cancelled():
            raise Cancelled
        progress(share)

    with store.read(acting=PROGRAM) as session:
        today = store_facts(session).day_of(now)
        learnt, course = _learn(session, today)
    judge = Judge(today, learnt, course)
    pools, clients = foremost(store, judge, now=now, went_on=lambda share: went_on(share * 0.7))
    rows = _closely(store, judge, pools, now, lambda share: went_on(0.7 + share * 0.3))
    with store.write(acting=PROGRAM) as session:
        session.execute(delete(WorthCall))
        # Somebody may have been erased meanwhile.
        ids = [row["client_id"] for row in rows]
        there = set()
        for start in range(0, len(ids), _CLOSELY):
            some = ids[start : start + _CLOSELY]
            there |= set(
                session.scalars(select(ident(Client.id)).where(ident(Client.id).in_(some)))
            )
        rows = [row for row in rows if row["client_id"] in there]
        if rows:
            session.execute(insert(WorthCall), rows)
        session.execute(delete(WorthRun))
        session.add(
            WorthRun(
                worked_on=today,
                worked_at=now,
                learnt=learnt_text(learnt, course),
                clients=clients,
            )
        )
    progress(1.0)
    return Worked(clients, len(rows))


def _learn(session: Session, today: date) -> tuple[Learnt, Course]:
    """What the past of some clients teaches: who comes back, and what they take up next."""
    ids = sample(session)
    known = days_of(session, ids)
    learnt = learn([known[key] for key in ids if key in known], today)
    return learnt, course_of(departments_of(session, ids).values())


def _closely(
    store: Store, judge: Judge, pools: Pools, now: datetime, went_on: Callable[[float], None]
) -> list[dict[str, object]]:
    """The rows of the foremost, each looked at closely."""
    owner_of = {key: owner for owner, keys in pools.items() for key in keys}
    by_book: dict[int | None, list[Weighed]] = {owner: [] for owner in pools}
    # Whoever comes after the first of a book is looked at only where these did not fill it.
    for part, first in ((0.6, slice(0, _FIRST)), (1.0, slice(_FIRST, None))):
        ids = [
            key
            for owner, keys in pools.items()
            if len(by_book[owner]) < KEPT
            for key in keys[first]
        ]
        for start in range(0, len(ids), _CLOSELY):
            some = ids[start : start + _CLOSELY]
            with store.read(acting=PROGRAM) as session:
                for one in weighed(session, judge, some, now=now, until=None):
                    by_book[owner_of[one.client_id]].append(one)
            went_on(part * min((start + _CLOSELY) / len(ids), 1.0))
    rows: list[dict[str, object]] = []
    for owner, book in by_book.items():
        book.sort(key=lambda one: (-one.value, one.client_id))
        rows += [_row(one.client_id, owner, one.value, _kinds(one), now) for one in book[:KEPT]]
    return rows


def _row(
    client: int, owner: int | None, value: int, kinds: str, now: datetime
) -> dict[str, object]:
    return {
        "client_id": client,
        "associate_id": owner,
        "value": value,
        "reasons": kinds,
        "worked_at": now,
    }


def _kept(session: Session, ids: Sequence[int]) -> dict[int, tuple[int | None, int, str]]:
    asked = select(
        col(WorthCall.client_id),
        col(WorthCall.associate_id),
        col(WorthCall.value),
        col(WorthCall.reasons),
    ).where(col(WorthCall.client_id).in_(ids))
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(asked)}


def _kinds(one: Weighed) -> str:
    return ",".join(reason.because.value for reason in one.reasons)


def _is_foremost(session: Session, one: Weighed, owner: int | None) -> bool:
    """Whether this client is among the first of the book as far as it is kept."""
    before = session.scalar(
        select(func.count())
        .select_from(WorthCall)
        .where(
            col(WorthCall.associate_id) == owner
            if owner is not None
            else col(WorthCall.associate_id).is_(None),
            col(WorthCall.value) > one.value,
            col(WorthCall.client_id) != one.client_id,
        )
    )
    return (before or 0) < KEPT


def _owners(session: Session, ids: Sequence[int]) -> dict[int, int]:
    asked = select(col(BookMembership.client_id), col(BookMembership.associate_id)).where(
        col(BookMembership.client_id).in_(ids),
        col(BookMembership.role) == BookRole.OWNER.value,
        col(BookMembership.until).is_(None),
    )
    return {row[0]: row[1] for row in session.execute(asked)}
