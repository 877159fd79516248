"""Follow-ups: due, overdue, upcoming, done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import ContactKind
from clientele.domain.plans import FollowUpState
from clientele.domain.tables import Associate, Client, FollowUp
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.acting import acting_for
from clientele.store.queries.columns import ident
from clientele.store.queries.contact_points import consents, first_points
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, store_facts

SOON = timedelta(days=2)
"""How far ahead of its day a follow-up already stands on Today."""

LATELY = timedelta(days=30)
"""How long what was done stays in sight."""


class When(StrEnum):
    """The parts of the follow-ups page."""

    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up as one line: what, for whom, when, how, and what the client allows."""

    id: int
    named: Named
    channel: str
    reason: str
    due_on: date
    state: str
    outcome: str
    done_at: datetime | None
    phone: str
    email: str
    allowed: tuple[str, ...]
    """Channels that the client allowed last."""
    refused: tuple[str, ...]
    associate_id: int = 0
    associate: str = ""
    """Whose it is; a colleague who is away has it shown to who covers."""


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """How many there are of each; ``done`` counts the last 30 days."""

    overdue: int
    due: int
    upcoming: int
    done: int


@dataclass(frozen=True, slots=True)
class FollowUpBook:
    """An associate's follow-ups and those they cover, in their parts, and how many of each."""

    counts: FollowUpCounts
    parts: dict[When, tuple[FollowUpRow, ...]]


def follow_up_book(session: Session, associate_id: int, *, today: date) -> FollowUpBook:
    """All that an associate has to do or covers, and what was done in the last 30 days."""
    return FollowUpBook(
        count_follow_ups(session, associate_id, today=today),
        {when: follow_ups(session, associate_id, when, today=today) for when in When},
    )


def follow_ups(
    session: Session, associate_id: int, when: When, *, today: date, limit: int = 200
) -> tuple[FollowUpRow, ...]:
    """The follow-ups of one part that are an associate's on ``today``, covered ones too.

    The next first; those done, the latest first.
    """
    part = _part(session, when, today)
    order = (
        (col(FollowUp.done_at).desc(), ident(FollowUp.id).desc())
        if when == When.DONE
        else (col(FollowUp.due_on), ident(FollowUp.id))
    )
    return _rows(session, _whose(session, associate_id, today), *part, order=order, limit=limit)


def due_soon(
    session: Session, associate_id: int, *, today: date, limit: int = 50
) -> tuple[FollowUpRow, ...]:
    """What stands on Today: overdue, due today, and due within two days."""
    mine = acting_for(session, associate_id, today)
    return _read(session, _SOON.rows(session, mine=mine, until=today + SOON, limit=limit))


def open_of_client(session: Session, client_id: int) -> tuple[FollowUpRow, ...]:
    """All open follow-ups of a client, whoever does them, the next first."""
    return _read(session, _OF_CLIENT.rows(session, client_id=client_id, limit=50))


def count_follow_ups(session: Session, associate_id: int, *, today: date) -> FollowUpCounts:
    """How many follow-ups an associate has or covers in each part."""
    theirs = _whose(session, associate_id, today)

    def count(when: When) -> int:
        counted = (
            select(func.count()).select_from(FollowUp).where(theirs, *_part(session, when, today))
        )
        return session.scalar(counted) or 0

    return FollowUpCounts(*(count(when) for when in When))


def _whose(session: Session, associate_id: int, today: date) -> ColumnElement[bool]:
    return col(FollowUp.associate_id).in_(acting_for(session, associate_id, today))


def _part(session: Session, when: When, today: date) -> tuple[ColumnElement[bool], ...]:
    is_open = col(FollowUp.state) == FollowUpState.OPEN
    if when == When.OVERDUE:
        return (is_open, col(FollowUp.due_on) < today)
    if when == When.DUE:
        return (is_open, col(FollowUp.due_on) == today)
    if when == When.UPCOMING:
        return (is_open, col(FollowUp.due_on) > today)
    lately = store_facts(session).begins(today - LATELY)
    return (col(FollowUp.state) != FollowUpState.OPEN, col(FollowUp.done_at) >= lately)


def _rows(
    session: Session,
    *where: ColumnElement[bool],
    order: tuple[Any, ...],
    limit: int,
) -> tuple[FollowUpRow, ...]:
    return _read(session, session.execute(_asked(*where, order=order).limit(limit)).all())


def _asked(*where: ColumnElement[bool], order: tuple[Any, ...]) -> Select[Any]:
    return (
        select(
            *name_columns(),
            ident(FollowUp.id),
            col(FollowUp.channel),
            col(FollowUp.reason),
            col(FollowUp.due_on),
            col(FollowUp.state),
            col(FollowUp.outcome),
            col(FollowUp.done_at),
            ident(Associate.id),
            col(Associate.name),
        )
        .join(Client, ident(Client.id) == col(FollowUp.client_id))
        .join(Associate, ident(Associate.id) == col(FollowUp.associate_id))
        .where(*where)
        .order_by(*order)
    )


def _read(session: Session, rows: Sequence[Any]) -> tuple[FollowUpRow, ...]:
    clients = sorted({row[0] for row in rows})
    points = first_points(session, clients, store_facts(session).country)
    said = consents(session, clients)
    return tuple(
        FollowUpRow(
            id=row[NAME_WIDTH],
            named=Named(*row[:NAME_WIDTH]),
            channel=row[NAME_WIDTH + 1],
            reason=row[NAME_WIDTH + 2],
            due_on=row[NAME_WIDTH + 3],
            state=row[NAME_WIDTH + 4],
            outcome=row[NAME_WIDTH + 5],
            done_at=row[NAME_WIDTH + 6],
            phone=points.get((row[0], ContactKind.PHONE), ""),
            email=points.get((row[0], ContactKind.EMAIL), ""),
            allowed=_of(said.get(row[0]), True),
            refused=_of(said.get(row[0]), False),
            associate_id=row[NAME_WIDTH + 7],
            associate=row[NAME_WIDTH + 8],
        )
        for row in rows
    )


def _of(said: dict[str, bool] | None, wanted: bool) -> tuple[str, ...]:
    """The channels of which this was said last; most clients said nothing yet."""
    return () if said is None else tuple(channel for channel, yes in said.items() if yes is wanted)


_IN_ORDER = (col(FollowUp.due_on), ident(FollowUp.id))
_SOON = Prepared(
    _asked(
        col(FollowUp.associate_id).in_(among("mine")),
        col(FollowUp.state) == FollowUpState.OPEN,
        col(FollowUp.due_on) <= given("until"),
        order=_IN_ORDER,
    ).limit(given("limit"))
)
_OF_CLIENT = Prepared(
    _asked(
        col(FollowUp.client_id) == given("client_id"),
        col(FollowUp.state) == FollowUpState.OPEN,
        order=_IN_ORDER,
    ).limit(given("limit"))
)
