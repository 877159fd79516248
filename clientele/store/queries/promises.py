"""Promises: those in sight until they are kept, and those that ended lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.promises import Happened, PromiseState
from clientele.domain.rules.promise_steps import reached
from clientele.domain.rules.promises import Standing, missing_step, standing, urgency, worries
from clientele.domain.tables import Associate, Client, Department, Promise, PromiseStep
from clientele.store.prepared import Prepared, given
from clientele.store.queries.acting import covering
from clientele.store.queries.cards import may_have
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, StoreFacts, store_facts

OPEN = (PromiseState.OPEN, PromiseState.READY)

LATELY = timedelta(days=7)
"""How long a promise that ended stays in sight."""


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise as one line: what, to whom, until when, by whom, and how it stands."""

    id: int
    named: Named
    kind: str
    what: str
    due_on: date
    due_time: time | None
    state: str
    standing: Standing | None
    """None once it has ended."""
    promised_at: datetime
    last_word_at: datetime
    ended_at: datetime | None
    ending: str
    associate_id: int
    associate: str
    department: str
    garment: str = ""
    measurements: str = ""
    tag: str = ""
    step: str = ""
    """The last step that was reached; an older promise that is ready is at its kind's step."""
    step_at: datetime | None = None
    """When that step was reached, as far as it was written down."""
    word: str = ""
    """What was last said with a step or a word of its own."""
    missing: str = ""
    """The step that should have been reached by now and was not."""
    colleague_id: int | None = None
    colleague: str = ""
    """Who has the work in hand, if not whoever promised."""
    asked_at: datetime | None = None
    """When it was last asked about, if no word came since."""
    printed: int = 0
    """How often the tag was printed."""


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """How many are open, at risk or late, and how those of the last 365 days ended."""

    open: int
    at_risk: int
    kept: int
    on_the_day: int
    broken: int


@dataclass(frozen=True, slots=True)
class PromiseBook:
    """Promises in sight, those that ended in the last seven days, and the counts of a year."""

    counts: PromiseCounts
    open: tuple[PromiseRow, ...]
    ended: tuple[PromiseRow, ...]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Only promises of one kind, or those which the associate has in hand for others."""

    kind: str = ""
    in_hand: bool = False


ALL = Narrowed()


def promise_book(
    session: Session, whose: WhoseBook, *, now: datetime, narrowed: Narrowed = ALL
) -> PromiseBook:
    """The promises of an associate, a department or the store at ``now`` (aware).

    An associate's own are with those that they have in hand for others, and with those of the
    colleagues whom they cover on that day; the counts of the year are of their own alone.
    """
    store = store_facts(session)
    week_ago = store.begins(store.day_of(now) - LATELY)
    return PromiseBook(
        count_promises(session, whose, now=now, narrowed=narrowed),
        open_promises(session, whose, now=now, narrowed=narrowed),
        ended_promises(session, whose, since=week_ago, now=now, narrowed=narrowed),
    )


def open_promises(
    session: Session,
    whose: WhoseBook,
    *,
    now: datetime,
    limit: int = 200,
    narrowed: Narrowed = ALL,
) -> tuple[PromiseRow, ...]:
    """Open promises: the late ones lead, those at risk follow, then by day and time."""
    whose = covering(session, whose, store_facts(session).day_of(now))
    rows = _rows(
        session,
        *_whose(whose, narrowed),
        col(Promise.state).in_(OPEN),
        order=(col(Promise.due_on), col(Promise.due_time), ident(Promise.id)),
        now=now,
        limit=limit,
    )
    return tuple(sorted(rows, key=lambda row: urgency(row.standing)))


def ended_promises(
    session: Session,
    whose: WhoseBook,
    *,
    since: datetime,
    now: datetime,
    limit: int = 50,
    narrowed: Narrowed = ALL,
) -> tuple[PromiseRow, ...]:
    """Promises that ended since an instant, the latest first."""
    whose = covering(session, whose, store_facts(session).day_of(now))
    return _rows(
        session,
        *_whose(whose, narrowed),
        col(Promise.state).not_in(OPEN),
        col(Promise.ended_at) >= since,
        order=(col(Promise.ended_at).desc(), ident(Promise.id).desc()),
        now=now,
        limit=limit,
    )


def open_promises_of_client(
    session: Session, client_id: int, *, now: datetime
) -> tuple[PromiseRow, ...]:
    """All open promises to a client, whoever made them, by day."""
    if not may_have(session, client_id, Promise):
        return ()
    return _read(session, _OF_CLIENT.rows(session, client_id=client_id), now)


def promise(session: Session, promise_id: int, *, now: datetime) -> PromiseRow | None:
    """One promise, or None if it is not there."""
    rows = _rows(
        session, ident(Promise.id) == promise_id, order=(ident(Promise.id),), now=now, limit=1
    )
    return rows[0] if rows else None


def count_promises(
    session: Session, whose: WhoseBook, *, now: datetime, narrowed: Narrowed = ALL
) -> PromiseCounts:
    """How an associate's, department's or store's promises stand."""
    rows = open_promises(session, whose, now=now, limit=10_000, narrowed=narrowed)
    year_ago = now - timedelta(days=365)
    zone = store_facts(session)
    ended = session.execute(
        select(col(Promise.state), col(Promise.due_on), col(Promise.ended_at))
        .join(Associate, ident(Associate.id) == col(Promise.associate_id))
        .where(
            *_whose(whose, narrowed, in_hand_too=False),
            col(Promise.state).not_in(OPEN),
            col(Promise.ended_at) >= year_ago,
        )
    ).all()
    kept = [(due_on, ended_at) for state, due_on, ended_at in ended if state == PromiseState.KEPT]
    return PromiseCounts(
        open=len(rows),
        at_risk=sum(worries(row.standing) for row in rows),
        kept=len(kept),
        on_the_day=sum(at is not None and zone.day_of(at) <= due_on for due_on, at in kept),
        broken=len(ended) - len(kept),
    )


def _whose(
    whose: WhoseBook, narrowed: Narrowed, *, in_hand_too: bool = True
) -> tuple[ColumnElement[bool], ...]:
    wanted: list[ColumnElement[bool]] = []
    if narrowed.kind:
        wanted.append(col(Promise.kind) == narrowed.kind)
    in_hand = col(Promise.colleague_id).in_(whose.associates)
    if narrowed.in_hand:
        wanted.append(in_hand)
    elif whose.book == Book.MINE:
        promised = col(Promise.associate_id).in_(whose.associates)
        wanted.append(or_(promised, in_hand) if in_hand_too else promised)
    elif whose.book == Book.DEPARTMENT:
        department = func.coalesce(col(Promise.department_id), col(Associate.department_id))
        wanted.append(department == whose.department_id)
    return tuple(wanted)


def _rows(
    session: Session,
    *where: ColumnElement[bool],
    order: tuple[Any, ...],
    now: datetime,
    limit: int,
) -> tuple[PromiseRow, ...]:
    return _read(session, session.execute(_asked(*where, order=order).limit(limit)), now)


def _asked(*where: ColumnElement[bool], order: tuple[Any, ...]) -> Select[Any]:
    colleague = aliased(Associate)
    return (
        select(
            *name_columns(),
            ident(Promise.id).label("promise_id"),
            col(Promise.kind),
            col(Promise.what),
            col(Promise.due_on),
            col(Promise.due_time),
            col(Promise.state),
            col(Promise.promised_at),
            col(Promise.last_word_at),
            col(Promise.ended_at),
            col(Promise.ending),
            ident(Associate.id).label("associate_id"),
            col(Associate.name).label("associate"),
            col(Department.name).label("department"),
            col(Promise.garment),
            col(Promise.measurements),
            col(Promise.tag),
            col(Promise.step),
            col(Promise.colleague_id),
            col(colleague.name).label("colleague"),
            _step_at().label("step_at"),
            _word().label("word"),
            _asked_at().label("asked_at"),
            _printed().label("printed"),
        )
        .join(Client, ident(Client.id) == col(Promise.client_id))
        .join(Associate, ident(Associate.id) == col(Promise.associate_id))
        .outerjoin(colleague, ident(colleague.id) == col(Promise.colleague_id))
        .outerjoin(Department, ident(Department.id) == col(Promise.department_id))
        .where(*where)
        .order_by(*order)
    )


def _read(session: Session, rows: Iterable[Any], now: datetime) -> tuple[PromiseRow, ...]:
    facts = store_facts(session)
    return tuple(
        PromiseRow(
            id=row.promise_id,
            named=Named(*row[:NAME_WIDTH]),
            kind=row.kind,
            what=row.what,
            due_on=row.due_on,
            due_time=row.due_time,
            state=row.state,
            standing=_standing(row, facts, now) if row.state in OPEN else None,
            missing=_missing(row, facts, now) if row.state == PromiseState.OPEN else "",
            promised_at=row.promised_at,
            last_word_at=row.last_word_at,
            ended_at=row.ended_at,
            ending=row.ending,
            associate_id=row.associate_id,
            associate=row.associate,
            department=row.department or "",
            garment=row.garment,
            measurements=row.measurements,
            tag=row.tag,
            step=reached(row.kind, row.state, row.step),
            step_at=row.step_at,
            word=row.word or "",
            colleague_id=row.colleague_id,
            colleague=row.colleague or "",
            asked_at=_unanswered(row.asked_at, row.last_word_at),
            printed=row.printed,
        )
        for row in rows
    )


def _standing(row: Any, facts: StoreFacts, now: datetime) -> Standing:
    return standing(
        kind=row.kind,
        state=row.state,
        step=reached(row.kind, row.state, row.step),
        due_on=row.due_on,
        due_time=row.due_time,
        last_word_at=row.last_word_at,
        local_now=now.astimezone(facts.zone),
        promised_at=row.promised_at,
    )


def _missing(row: Any, facts: StoreFacts, now: datetime) -> str:
    return missing_step(
        kind=row.kind,
        step=row.step,
        due_on=row.due_on,
        due_time=row.due_time,
        local_now=now.astimezone(facts.zone),
        promised_at=row.promised_at,
    )


def _unanswered(asked_at: datetime | None, last_word_at: datetime) -> datetime | None:
    return asked_at if asked_at is not None and asked_at > last_word_at else None


def _step_at() -> Any:
    return (
        select(func.max(col(PromiseStep.at)))
        .where(
            col(PromiseStep.promise_id) == ident(Promise.id),
            col(PromiseStep.what) == col(Promise.step),
        )
        .scalar_subquery()
    )


def _word() -> Any:
    silent = (Happened.ASKED, Happened.PRINTED, Happened.MOVED, Happened.PASSED_ON)
    return (
        select(col(PromiseStep.word))
        .where(
            col(PromiseStep.promise_id) == ident(Promise.id),
            col(PromiseStep.word) != "",
            col(PromiseStep.what).not_in(silent),
        )
        .order_by(col(PromiseStep.at).desc(), ident(PromiseStep.id).desc())
        .limit(1)
        .scalar_subquery()
    )


def _asked_at() -> Any:
    return (
        select(func.max(col(PromiseStep.at)))
        .where(
            col(PromiseStep.promise_id) == ident(Promise.id),
            col(PromiseStep.what) == Happened.ASKED,
        )
        .scalar_subquery()
    )


def _printed() -> Any:
    return (
        select(func.count())
        .where(
            col(PromiseStep.promise_id) == ident(Promise.id),
            col(PromiseStep.what) == Happened.PRINTED,
        )
        .scalar_subquery()
    )


_OF_CLIENT = Prepared(
    _asked(
        col(Promise.client_id) == given("client_id"),
        col(Promise.state).in_(OPEN),
        order=(col(Promise.due_on), col(Promise.due_time), ident(Promise.id)),
    ).limit(50),
    named=True,
)
