"""Whose book a client is in: taken, given, one or many at once, and who else knows them.

A membership is never removed: it ends, so that the past can be told. Each says why it began.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole, Channel
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.follow_up_purpose import usual_purpose
from clientele.domain.rules.giving import may_arrange, may_give
from clientele.domain.tables import Associate, BookMembership, Client, FollowUp
from clientele.services import book_refusals as refusals
from clientele.services.book_refusals import OwnedByAnother
from clientele.services.passing_on import AT_ONCE, make_owner, owners_of
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.queries.reading import store_facts

__all__ = [
    "AskForHandOff",
    "EndKnowing",
    "GiveClients",
    "KnowInDepartment",
    "OwnedByAnother",
    "TakeIntoBook",
    "TakeMany",
    "ask_for_hand_off",
    "end_knowing",
    "give_clients",
    "know_in_department",
    "take_into_book",
    "take_many",
]


MOST = 20_000
"""Clients that change hands in one step, which takes some seconds, and its way back as well."""


@dataclass(frozen=True, slots=True)
class TakeIntoBook:
    """Become the owner of a client whom nobody owns, or whose owner no longer works here."""

    client_id: int
    by: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class TakeMany:
    """Become the owner of those of these clients whom nobody owns."""

    clients: tuple[int, ...]
    by: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class GiveClients:
    """Give one client or many to a colleague for good, with all that is open for them."""

    clients: tuple[int, ...]
    to_id: int
    by: int
    why: str = ""
    """In words; empty: who gave them."""


@dataclass(frozen=True, slots=True)
class KnowInDepartment:
    """Say that an associate knows a client in a department; None is the associate's own."""

    client_id: int
    associate_id: int
    by: int
    department_id: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class EndKnowing:
    """Say that an associate no longer is the one who knows a client in a department."""

    membership_id: int
    by: int


@dataclass(frozen=True, slots=True)
class AskForHandOff:
    """Ask the owner of a client to hand them over; ``reason`` is what the owner will read."""

    client_id: int
    by: int
    reason: str


@verb
def take_into_book(session: Session, what: TakeIntoBook, /, *, now: datetime) -> int | None:
    """Take a client whom no colleague owns into one's book; one that is there already stays.

    Of an owner who no longer works here, what is open goes along.

    Raises:
        OwnedByAnother: an associate who works here owns the client.
    """
    the(session, Client, what.client_id)
    owner = session.scalars(owners_of([what.client_id])).first()
    if owner is not None and owner.associate_id == what.by:
        return owner.id
    if owner is not None:
        before = the(session, Associate, owner.associate_id)
        if before.active:
            since = owner.since.astimezone(store_facts(session).zone).year
            raise OwnedByAnother(owner=before.name, since=since)
    _take(session, [what.client_id], what.by, what.why, now)
    taken = session.scalars(owners_of([what.client_id])).one()
    return taken.id


@verb
def take_many(session: Session, what: TakeMany, /, *, now: datetime) -> int | None:
    """Take those of these clients whom no colleague owns; the others stay with their owners.

    Raises:
        NobodyChosen, TooMany: there are none, or more than ``MOST``.
        AllOwned: each has an owner, or is one's own already.
    """
    _refuse_too_many(what.clients)
    working = _working(session)
    owned = {key for key, owner in _owners(session, what.clients) if owner in working}
    free = [key for key in _there(session, what.clients) if key not in owned]
    if not free:
        raise refusals.AllOwned
    _take(session, free, what.by, what.why, now)
    return None


@verb
def give_clients(session: Session, what: GiveClients, /, *, now: datetime) -> int | None:
    """Make a colleague the owner of all these clients at once: one step, one way back.

    Raises:
        NobodyChosen, TooMany: there are none, or more than ``MOST``.
        ColleagueLeft: the colleague no longer works here.
        NotYoursToGive, NobodysToGive: one of them is not ``by``'s to give; then none is given.
        AlreadyTheirs: the colleague owns all of them.
    """
    _refuse_too_many(what.clients)
    clients = _there(session, what.clients)
    if not clients:
        raise refusals.NobodyChosen
    giver, taker = the(session, Associate, what.by), the(session, Associate, what.to_id)
    if not taker.active:
        raise refusals.ColleagueLeft(name=taker.name)
    owners = dict(_owners(session, clients))
    _refuse_what_is_not_theirs(session, giver, clients, owners)
    why = what.why.strip() or f"handed over by {giver.name}"
    whose = dict.fromkeys({0, *owners.values()}, why)
    if not make_owner(session, clients, what.to_id, now, whose):
        raise refusals.AlreadyTheirs(name=taker.name)
    return None


@verb
def know_in_department(session: Session, what: KnowInDepartment, /, *, now: datetime) -> int | None:
    """Write down who knows a client in a department beside the owner; once is enough.

    Raises:
        ColleagueLeft: the associate no longer works here.
        WithoutDepartment: no department is named, and the associate belongs to none.
        OwnsAlready: they are the owner.
        NotYoursToArrange: ``by`` is neither they, nor the owner, nor a manager.
    """
    the(session, Client, what.client_id)
    who = the(session, Associate, what.associate_id)
    where = what.department_id or who.department_id
    if not who.active:
        raise refusals.ColleagueLeft(name=who.name)
    if where is None:
        raise refusals.WithoutDepartment(name=who.name)
    owner = dict(_owners(session, [what.client_id])).get(what.client_id)
    if owner == who.id:
        raise refusals.OwnsAlready(name=who.name)
    _refuse_to_arrange(session, what.by, who, owner, where)
    known = session.scalars(
        select(BookMembership).where(
            col(BookMembership.client_id) == what.client_id,
            col(BookMembership.associate_id) == what.associate_id,
            col(BookMembership.department_id) == where,
            col(BookMembership.role) == BookRole.DEPARTMENT,
            col(BookMembership.until).is_(None),
        )
    ).first()
    if known is not None:
        return known.id
    return new_id(
        session,
        BookMembership(
            client_id=what.client_id,
            associate_id=what.associate_id,
            department_id=where,
            role=BookRole.DEPARTMENT,
            since=now,
            why=what.why.strip(),
        ),
    )


@verb
def end_knowing(session: Session, what: EndKnowing, /, *, now: datetime) -> int | None:
    """End what an associate is to a client in a department; it stays in the past.

    Raises:
        EndedAlready: it ended before.
        NotYoursToArrange: ``by`` is neither they, nor the owner, nor a manager.
    """
    row = the(session, BookMembership, what.membership_id)
    if row.role != BookRole.DEPARTMENT:
        raise ValueError(row.role)
    if row.until is not None:
        raise refusals.EndedAlready
    who = the(session, Associate, row.associate_id)
    owner = dict(_owners(session, [row.client_id])).get(row.client_id)
    _refuse_to_arrange(session, what.by, who, owner, row.department_id)
    row.until = now
    return row.id


@verb
def ask_for_hand_off(session: Session, what: AskForHandOff, /, *, now: datetime) -> int | None:
    """Put the wish among the owner's follow-ups for today, once; answer its id.

    Raises:
        NobodyToAsk: nobody owns the client, or one does oneself.
    """
    owner = dict(_owners(session, [what.client_id])).get(what.client_id)
    if owner is None or owner == what.by:
        raise refusals.NobodyToAsk
    asked = session.scalars(
        select(FollowUp).where(
            col(FollowUp.client_id) == what.client_id,
            col(FollowUp.associate_id) == owner,
            col(FollowUp.state) == FollowUpState.OPEN,
            col(FollowUp.reason) == what.reason.strip(),
        )
    ).first()
    if asked is not None:
        return asked.id
    return new_id(
        session,
        FollowUp(
            client_id=what.client_id,
            associate_id=owner,
            channel=Channel.CALL,
            reason=what.reason.strip(),
            due_on=store_facts(session).day_of(now),
            created_at=now,
            purpose=usual_purpose(),
            given_by_id=what.by,
        ),
    )


def _take(session: Session, clients: Sequence[int], by: int, why: str, now: datetime) -> None:
    names = {
        key: f"taken over from {name}"
        for key, name in session.execute(select(col(Associate.id), col(Associate.name)))
        if key is not None
    }
    make_owner(session, clients, by, now, {**names, 0: why.strip()})


def _refuse_what_is_not_theirs(
    session: Session, giver: Associate, clients: Sequence[int], owners: dict[int, int]
) -> None:
    asked = select(col(Associate.id), col(Associate.department_id))
    departments: dict[int | None, int | None] = {row[0]: row[1] for row in session.execute(asked)}
    assert giver.id is not None, "a read row has an id"
    others = []
    for client_id in clients:
        owner = owners.get(client_id)
        if not may_give(
            by=giver.id,
            role=giver.role,
            department=giver.department_id,
            owner=owner,
            of_department=departments.get(owner),
        ):
            others.append(owner)
    named = [owner for owner in others if owner is not None]
    if named:
        first = the(session, Associate, named[0])
        raise refusals.NotYoursToGive(count=len(others), owner=first.name)
    if others:
        raise refusals.NobodysToGive(count=len(others))


def _refuse_to_arrange(
    session: Session, by: int, who: Associate, owner: int | None, where: int | None
) -> None:
    asks = the(session, Associate, by)
    assert who.id is not None, "a read row has an id"
    if not may_arrange(
        by=by,
        role=asks.role,
        department=asks.department_id,
        owner=owner,
        who=who.id,
        where=where,
    ):
        raise refusals.NotYoursToArrange(name=who.name)


def _refuse_too_many(clients: Sequence[int]) -> None:
    if not clients:
        raise refusals.NobodyChosen
    if len(clients) > MOST:
        raise refusals.TooMany(most=MOST, count=len(clients))


def _there(session: Session, clients: Sequence[int]) -> list[int]:
    """These clients once each, without any that were removed meanwhile, perhaps elsewhere."""
    wanted = list(dict.fromkeys(clients))
    there: set[int | None] = set()
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        there.update(session.scalars(select(col(Client.id)).where(col(Client.id).in_(some))))
    return [key for key in wanted if key in there]


def _owners(session: Session, clients: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Client and owner of those of these clients that have one."""
    for start in range(0, len(clients), AT_ONCE):
        for row in session.scalars(owners_of(clients[start : start + AT_ONCE])):
            yield row.client_id, row.associate_id


def _working(session: Session) -> frozenset[int]:
    asked = select(col(Associate.id)).where(col(Associate.active).is_(True))
    return frozenset(key for key in session.scalars(asked) if key is not None)
