"""Follow-ups: due, overdue, upcoming, done, and those that a colleague was asked to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.client import ContactKind, Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.expiring import Because
from clientele.domain.rules.follow_up_purpose import purpose_of
from clientele.domain.tables import Associate, Client, FollowUp
from clientele.store.prepared import Prepared, among, given
from clientele.store.queries.acting import acting_for
from clientele.store.queries.agreed import YesNo, agreed_by
from clientele.store.queries.columns import ident
from clientele.store.queries.contact_points import first_points
from clientele.store.queries.follow_up_reasons import gone, reasons_of
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, store_facts

SOON = timedelta(days=2)
"""How far ahead of its day a follow-up already stands on Today."""

LATELY = timedelta(days=30)
"""How long what was done stays in sight."""

Giver = aliased(Associate)
PHONE, EMAIL = ContactKind.PHONE.value, ContactKind.EMAIL.value


class When(StrEnum):
    """The parts of the follow-ups page."""

    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    DONE = "done"
    GIVEN = "given"
    """Open ones that a colleague was asked to do."""


OPEN_PARTS = (When.OVERDUE, When.DUE, When.UPCOMING, When.GIVEN)


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
    """Channels on which the client agreed to what it is about."""
    refused: tuple[str, ...]
    associate_id: int = 0
    associate: str = ""
    """Whose it is; a colleague who is away has it shown to who covers."""
    purpose: str = ""
    template: str = ""
    repeat: str = ""
    repeat_from: date | None = None
    expires_on: date | None = None
    rule_id: int | None = None
    in_hand: bool = False
    source: str = ""
    source_id: int | None = None
    given_by_id: int | None = None
    given_by: str = ""
    """Who asked for it, where that is another than whose it is."""
    visit_id: int | None = None
    purchase_id: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """How many there are of each; ``done`` counts the last 30 days."""

    overdue: int
    due: int
    upcoming: int
    done: int
    given: int = 0


@dataclass(frozen=True, slots=True)
class FollowUpBook:
    """An associate's follow-ups and those they cover, in their parts, and how many of each.

    ``gone``: of which open ones the reason is gone, and why; they are kept until somebody decides.
    """

    counts: FollowUpCounts
    parts: dict[When, tuple[FollowUpRow, ...]]
    gone: Mapping[int, Because] = field(default_factory=dict)


def follow_up_book(session: Session, associate_id: int, *, today: date) -> FollowUpBook:
    """All that an associate has to do or covers, and what was done in the last 30 days."""
    parts = {when: follow_ups(session, associate_id, when, today=today) for when in When}
    reasons = reasons_of(session, [row.id for when in OPEN_PARTS for row in parts[when]])
    ended = gone(session, reasons, today=today)
    return FollowUpBook(
        count_follow_ups(session, associate_id, today=today),
        parts,
        {key: expiry.because for key, expiry in ended.items()},
    )


def follow_ups(
    session: Session, associate_id: int, when: When, *, today: date, limit: int = 200
) -> tuple[FollowUpRow, ...]:
    """The follow-ups of one part that are an associate's on ``today``, covered ones too.

    The next first; those done, the latest first.
    """
    part = _part(session, associate_id, when, today)
    order = (
        (col(FollowUp.done_at).desc(), ident(FollowUp.id).desc())
        if when == When.DONE
        else (col(FollowUp.due_on), ident(FollowUp.id))
    )
    return _rows(session, *part, order=order, limit=limit)


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

    def count(when: When) -> int:
        part = _part(session, associate_id, when, today)
        return session.scalar(select(func.count()).select_from(FollowUp).where(*part)) or 0

    return FollowUpCounts(*(count(when) for when in When))


def _whose(session: Session, associate_id: int, today: date) -> ColumnElement[bool]:
    return col(FollowUp.associate_id).in_(acting_for(session, associate_id, today))


def _part(
    session: Session, associate_id: int, when: When, today: date
) -> tuple[ColumnElement[bool], ...]:
    is_open = col(FollowUp.state) == FollowUpState.OPEN
    theirs = _whose(session, associate_id, today)
    given_away = col(FollowUp.given_by_id) == associate_id
    if when == When.OVERDUE:
        return (theirs, is_open, col(FollowUp.due_on) < today)
    if when == When.DUE:
        return (theirs, is_open, col(FollowUp.due_on) == today)
    if when == When.UPCOMING:
        return (theirs, is_open, col(FollowUp.due_on) > today)
    if when == When.GIVEN:
        mine = acting_for(session, associate_id, today)
        return (given_away, is_open, col(FollowUp.associate_id).not_in(mine))
    lately = store_facts(session).begins(today - LATELY)
    ended = (col(FollowUp.state) != FollowUpState.OPEN, col(FollowUp.done_at) >= lately)
    return (or_(theirs, given_away), *ended)


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
            col(FollowUp.purpose),
            col(FollowUp.template),
            col(FollowUp.repeat),
            col(FollowUp.repeat_from),
            col(FollowUp.expires_on),
            col(FollowUp.rule_id),
            col(FollowUp.in_hand),
            col(FollowUp.source),
            col(FollowUp.source_id),
            col(FollowUp.given_by_id),
            func.coalesce(col(Giver.name), ""),
            col(FollowUp.visit_id),
            col(FollowUp.purchase_id),
        )
        .join(Client, ident(Client.id) == col(FollowUp.client_id))
        .join(Associate, ident(Associate.id) == col(FollowUp.associate_id))
        .outerjoin(Giver, ident(Giver.id) == col(FollowUp.given_by_id))
        .where(*where)
        .order_by(*order)
    )


def _read(session: Session, rows: Sequence[Any]) -> tuple[FollowUpRow, ...]:
    clients = sorted({row[0] for row in rows})
    points = first_points(session, clients, store_facts(session).country)
    said = agreed_by(session, clients)
    return tuple(_row(row, points, said) for row in rows)


def _row(
    row: Any, points: Mapping[tuple[int, str], str], said: Callable[[int, Purpose], YesNo]
) -> FollowUpRow:
    (
        key, channel, reason, due_on, state, outcome, done_at, associate_id, associate,
        purpose, template, repeat, repeat_from, expires_on, rule_id, in_hand,
        source, source_id, given_by_id, given_by, visit_id, purchase_id,
    ) = row[NAME_WIDTH:]  # fmt: skip
    about = purpose_of(purpose, source, purchase_id=purchase_id, visit_id=visit_id)
    allowed, refused = said(row[0], about)
    # By place: with names a hundred rows take half as long again.
    return FollowUpRow(
        key, Named(*row[:NAME_WIDTH]), channel, reason, due_on, state, outcome, done_at,
        points.get((row[0], PHONE), ""), points.get((row[0], EMAIL), ""), allowed, refused,
        associate_id, associate, purpose, template, repeat, repeat_from, expires_on, rule_id,
        in_hand, source, source_id, given_by_id, given_by, visit_id, purchase_id,
    )  # fmt: skip


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
