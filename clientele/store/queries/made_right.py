"""Problems and how they are made right: the open ones, one with its history, the month's review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.recovery import RightState
from clientele.domain.rules.made_right import UNSOLVED
from clientele.domain.tables import (
    Associate,
    Client,
    Department,
    FollowUp,
    MadeRight,
    MadeRightStep,
)
from clientele.store.prepared import Prepared, given
from clientele.store.queries.acting import acting_for
from clientele.store.queries.cards import may_have
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, associate_names, name_columns
from clientele.store.queries.owned import OwnedLine, owning
from clientele.store.queries.reading import Named, store_facts


@dataclass(frozen=True, slots=True)
class RightStepRow:
    """One step: a ``Decision`` or the client's word; ``cost`` in the store's minor units."""

    id: int
    what: str
    word: str
    cost: int
    associate_id: int | None
    associate: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MadeRightRow:
    """A problem as one line, with all that was done about it, the oldest step first."""

    id: int
    named: Named
    associate_id: int
    associate: str
    department: str
    goods: str
    problem: str
    sold_here: bool
    purchase_line_id: int | None
    state: str
    opened_at: datetime
    solved_at: datetime | None
    ask_on: date | None
    """When it will be asked whether it is solved; None where no follow-up is open."""
    asked_at: datetime | None
    """When that was asked; None while it was not."""
    currency: str
    steps: tuple[RightStepRow, ...]

    @property
    def cost(self) -> int:
        """What it cost the store so far, in minor units: always the sum of the steps."""
        return sum(step.cost for step in self.steps)

    @property
    def about(self) -> str:
        """What it is about in a few words: the goods, or what is wrong."""
        return self.goods or self.problem


def open_made_rights(
    session: Session, whose: WhoseBook, *, now: datetime, limit: int = 200
) -> tuple[MadeRightRow, ...]:
    """Problems that no client called solved yet: those with nothing decided first, then by age.

    “Mine” are also those of absent colleagues whom one covers on the day of ``now`` (aware).
    """
    return _rows(
        session,
        *_whose(session, whose, now),
        col(MadeRight.state).in_(UNSOLVED),
        order=((col(MadeRight.state) == RightState.DECIDED), col(MadeRight.opened_at)),
        limit=limit,
    )


def solved_since(
    session: Session, whose: WhoseBook, *, since: datetime, now: datetime, limit: int = 50
) -> tuple[MadeRightRow, ...]:
    """Problems that clients called solved since an instant, the latest first."""
    return _rows(
        session,
        *_whose(session, whose, now),
        col(MadeRight.state) == RightState.SOLVED,
        col(MadeRight.solved_at) >= since,
        order=(col(MadeRight.solved_at).desc(),),
        limit=limit,
    )


@dataclass(frozen=True, slots=True)
class RightsListed:
    """What is not solved yet, and what was solved lately."""

    open: tuple[MadeRightRow, ...]
    solved: tuple[MadeRightRow, ...]


def rights_listed(
    session: Session, whose: WhoseBook, *, since: datetime, now: datetime
) -> RightsListed:
    """What the page shows: what is open, and what was solved since an instant."""
    return RightsListed(
        open_made_rights(session, whose, now=now),
        solved_since(session, whose, since=since, now=now),
    )


def to_decide(session: Session, associate_id: int, *, now: datetime) -> tuple[MadeRightRow, ...]:
    """Where an associate has decided nothing yet, or the client said it was not enough."""
    found = open_made_rights(session, WhoseBook(Book.MINE, associate_id), now=now)
    return tuple(row for row in found if row.state == RightState.OPEN)


def made_right(session: Session, made_right_id: int) -> MadeRightRow | None:
    """One problem, or None if it is not there."""
    rows = _rows(session, ident(MadeRight.id) == made_right_id, order=(), limit=1)
    return rows[0] if rows else None


def open_made_rights_of_client(session: Session, client_id: int) -> tuple[MadeRightRow, ...]:
    """What is not solved yet for a client, whoever has it, the oldest first."""
    if not may_have(session, client_id, MadeRight):
        return ()
    return _read(session, _OF_CLIENT.rows(session, client_id=client_id))


def could_be_about(
    session: Session, client_id: int, *, wanted: int | None = None, limit: int = 5
) -> tuple[OwnedLine, ...]:
    """What the client has from this store, each article once, the newest first.

    Only what was paid in the store's currency, since that is what money back is given in. The
    line ``wanted`` is among them, however old it is.
    """
    currency = store_facts(session).currency
    latest: dict[str, OwnedLine] = {}
    for line in reversed(owning(session, client_id).lines):
        if line.left <= 0 or not line.item or line.currency != currency:
            continue
        if line.id == wanted or len(latest) < limit:
            latest.setdefault(line.article, line)
    return tuple(latest.values())


def asked_by(session: Session, follow_up_id: int) -> int | None:
    """The unsolved problem about which this follow-up asks, or None."""
    key: int | None = session.scalar(
        select(ident(MadeRight.id)).where(
            col(MadeRight.follow_up_id) == follow_up_id,
            col(MadeRight.state) == RightState.DECIDED,
        )
    )
    return key


def made_rights_between(
    session: Session, whose: WhoseBook, *, since: datetime, until: datetime, now: datetime
) -> tuple[MadeRightRow, ...]:
    """Those opened before ``until`` and not solved before ``since``, the oldest first."""
    unsolved = col(MadeRight.solved_at).is_(None)
    return _rows(
        session,
        *_whose(session, whose, now),
        col(MadeRight.opened_at) < until,
        unsolved | (col(MadeRight.solved_at) >= since) | (col(MadeRight.opened_at) >= since),
        order=(col(MadeRight.opened_at),),
        limit=2_000,
    )


def _whose(session: Session, whose: WhoseBook, now: datetime) -> tuple[ColumnElement[bool], ...]:
    if whose.book == Book.MINE:
        today = store_facts(session).day_of(now)
        mine = acting_for(session, whose.associate_id, today)
        return (col(MadeRight.associate_id).in_(mine),)
    if whose.book == Book.DEPARTMENT:
        own = select(ident(Associate.id)).where(col(Associate.department_id) == whose.department_id)
        here = col(MadeRight.department_id) == whose.department_id
        nowhere = col(MadeRight.department_id).is_(None) & col(MadeRight.associate_id).in_(own)
        return (here | nowhere,)
    return ()


def _rows(
    session: Session, *where: ColumnElement[bool], order: tuple[Any, ...], limit: int
) -> tuple[MadeRightRow, ...]:
    return _read(session, session.execute(_asked(*where, order=order).limit(limit)).all())


def _asked(*where: ColumnElement[bool], order: tuple[Any, ...]) -> Select[Any]:
    return (
        select(
            *name_columns(),
            ident(MadeRight.id).label("made_right_id"),
            col(MadeRight.goods),
            col(MadeRight.problem),
            col(MadeRight.sold_here),
            col(MadeRight.purchase_line_id),
            col(MadeRight.state),
            col(MadeRight.opened_at),
            col(MadeRight.solved_at),
            col(FollowUp.state).label("asking"),
            col(FollowUp.due_on),
            col(FollowUp.done_at),
            ident(Associate.id).label("associate_id"),
            col(Associate.name).label("associate"),
            col(Department.name).label("department"),
        )
        .join(Client, ident(Client.id) == col(MadeRight.client_id))
        .join(Associate, ident(Associate.id) == col(MadeRight.associate_id))
        .outerjoin(Department, ident(Department.id) == col(MadeRight.department_id))
        .outerjoin(FollowUp, ident(FollowUp.id) == col(MadeRight.follow_up_id))
        .where(*where)
        .order_by(*order, ident(MadeRight.id))
    )


def _read(session: Session, rows: Sequence[Any]) -> tuple[MadeRightRow, ...]:
    if not rows:
        return ()
    currency = store_facts(session).currency
    steps = _steps(session, [row.made_right_id for row in rows])
    return tuple(
        MadeRightRow(
            id=row.made_right_id,
            named=Named(*row[:NAME_WIDTH]),
            associate_id=row.associate_id,
            associate=row.associate,
            department=row.department or "",
            goods=row.goods,
            problem=row.problem,
            sold_here=row.sold_here,
            purchase_line_id=row.purchase_line_id,
            state=row.state,
            opened_at=row.opened_at,
            solved_at=row.solved_at,
            ask_on=row.due_on if row.asking == FollowUpState.OPEN else None,
            asked_at=row.done_at if row.asking == FollowUpState.DONE else None,
            currency=currency,
            steps=tuple(steps[row.made_right_id]),
        )
        for row in rows
    )


def _steps(session: Session, ids: Iterable[int]) -> dict[int, list[RightStepRow]]:
    people = associate_names(session)
    found: dict[int, list[RightStepRow]] = defaultdict(list)
    for key, of, what, word, cost, by, at in session.execute(
        select(
            ident(MadeRightStep.id),
            col(MadeRightStep.made_right_id),
            col(MadeRightStep.what),
            col(MadeRightStep.word),
            col(MadeRightStep.cost),
            col(MadeRightStep.associate_id),
            col(MadeRightStep.at),
        )
        .where(col(MadeRightStep.made_right_id).in_(list(ids)))
        .order_by(col(MadeRightStep.at), ident(MadeRightStep.id))
    ):
        found[of].append(RightStepRow(key, what, word, cost, by, people.get(by or 0, ""), at))
    return found


_OF_CLIENT = Prepared(
    _asked(
        col(MadeRight.client_id) == given("client_id"),
        col(MadeRight.state).in_(UNSOLVED),
        order=(col(MadeRight.opened_at),),
    ).limit(50),
    named=True,
)
