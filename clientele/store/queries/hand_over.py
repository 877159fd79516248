"""What does somebody need who hands a client over? Who could take them, what, with which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.promises import PromiseState
from clientele.domain.tables import BookMembership, Note, Promise, Visit
from clientele.store.queries.acting import acting_for, away_on
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import names_of
from clientele.store.queries.reading import Named
from clientele.store.queries.responsible import Responsible, responsible_for
from clientele.store.queries.team import DepartmentName, departments

OPEN_SHOWN = 2
"""How many open promises are offered as words for the note."""

PROMISES_SHOWN = 4
"""How many are offered to go along."""


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise whose work could go along."""

    id: int
    what: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """One client as somebody who hands them over sees them."""

    named: Named
    now: Responsible
    whole: bool
    """Whether the whole client is theirs to hand over."""
    departments: tuple[DepartmentName, ...]
    """Those whose part they may hand over, in the store's order."""
    knowing: tuple[int, ...]
    """Colleagues who know the client, the last who came to know them first."""
    away: dict[int, date]
    """Who is away today, and the day on which they are back."""
    words: tuple[str, ...]
    """What could stand in the note: what they are here for, the last note, what is open."""
    promises: tuple[OpenPromise, ...] = ()
    """What they promised the client and have in hand themselves, the first that is due first."""


def hand_over(
    session: Session, client_id: int, *, by: int, today: date, visit_id: int | None = None
) -> HandOver | None:
    """What ``by`` may hand over of a client on a day of the store; None if they are not there."""
    named = names_of(session, [client_id]).get(client_id)
    if named is None:
        return None
    mine = acting_for(session, by, today)
    now = responsible_for(session, client_id, today)
    whole = now.owner_id in mine
    visit = session.execute(
        select(col(Visit.associate_id), col(Visit.here_for))
        .where(
            col(Visit.client_id) == client_id,
            col(Visit.left_at).is_(None) if visit_id is None else ident(Visit.id) == visit_id,
        )
        .order_by(col(Visit.arrived_at).desc())
    ).first()
    serves = visit_id is not None and visit is not None and visit[0] in mine
    known = session.execute(
        select(col(BookMembership.associate_id), col(BookMembership.department_id))
        .where(col(BookMembership.client_id) == client_id, col(BookMembership.until).is_(None))
        .order_by(col(BookMembership.since).desc(), ident(BookMembership.id).desc())
    ).all()
    at_home = {department for associate, department in known if associate in mine}
    return HandOver(
        named=named,
        now=now,
        whole=whole,
        departments=tuple(
            one for one in departments(session) if whole or serves or one.id in at_home
        ),
        knowing=tuple(dict.fromkeys(associate for associate, _ in known)),
        away={one.associate_id: one.back_on for one in away_on(session, today)},
        words=_words(session, client_id, visit[1] if visit is not None else ""),
        promises=_promises(session, client_id, mine),
    )


def _promises(session: Session, client_id: int, mine: tuple[int, ...]) -> tuple[OpenPromise, ...]:
    rows = session.execute(
        select(ident(Promise.id), col(Promise.what))
        .where(
            col(Promise.client_id) == client_id,
            col(Promise.associate_id).in_(mine),
            col(Promise.colleague_id).is_(None),
            col(Promise.state) == PromiseState.OPEN,
        )
        .order_by(col(Promise.due_on), ident(Promise.id))
        .limit(PROMISES_SHOWN)
    )
    return tuple(OpenPromise(*row) for row in rows)


def _words(session: Session, client_id: int, here_for: str) -> tuple[str, ...]:
    note = session.scalar(
        select(col(Note.body))
        .where(col(Note.client_id) == client_id, col(Note.sensitive).is_(False))
        .order_by(col(Note.written_at).desc(), ident(Note.id).desc())
        .limit(1)
    )
    open_ = session.scalars(
        select(col(Promise.what))
        .where(
            col(Promise.client_id) == client_id,
            col(Promise.state).in_((PromiseState.OPEN, PromiseState.READY)),
        )
        .order_by(col(Promise.due_on), ident(Promise.id))
        .limit(OPEN_SHOWN)
    )
    found = (here_for.strip(), (note or "").strip(), *(what.strip() for what in open_))
    return tuple(dict.fromkeys(words for words in found if words))
