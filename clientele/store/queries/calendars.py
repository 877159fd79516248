"""What the book knows of other calendars: what leaves for them, what came, whom they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.names import folded
from clientele.domain.tables import (
    Appointment,
    AppointmentImport,
    Client,
    ContactPoint,
    StoreProfile,
)
from clientele.store.queries.appointments import AppointmentRow, appointments_where
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import names_of
from clientele.store.queries.reading import Named
from clientele.store.search import search

AT_ONCE = 500
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Outward:
    """An appointment with what calendars want to know of it besides."""

    row: AppointmentRow
    uid: str
    """Empty for one made before appointments had a UID."""
    series: str
    """The key under which it came, where it is one of a series; else empty."""
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What another calendar said of an appointment when it was last taken from there."""

    key: str
    uid: str
    appointment_id: int
    sequence: int
    stamped_at: datetime | None
    starts_at: datetime
    print: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Whom an appointment of another calendar is with, and by what that is known."""

    client_id: int | None = None
    by: str = ""
    """``email``, ``phone``, ``name``; empty where nobody is sure."""
    candidates: tuple[Named, ...] = ()
    """Who it may be, the likeliest first."""


def book_of(session: Session) -> str:
    """A text that no other book has, and that never changes: when the book was made, exactly."""
    made = session.scalar(select(col(StoreProfile.created_at)).order_by(ident(StoreProfile.id)))
    return "" if made is None else made.isoformat()


def outward(
    session: Session,
    *,
    ids: Sequence[int] = (),
    associate_id: int = 0,
    since: datetime | None = None,
) -> tuple[Outward, ...]:
    """These appointments, or all of an associate that begin at ``since`` (aware) or later.

    Those that were called off are among them, so that calendars take them off.
    """
    if since is None:
        asked: tuple[Any, ...] = (ident(Appointment.id).in_(ids),)
    else:
        asked = (
            col(Appointment.associate_id) == associate_id,
            col(Appointment.starts_at) >= since,
        )
    made = session.scalars(select(col(StoreProfile.created_at))).one()
    more = {
        row[0]: row[1:]
        for row in session.execute(
            select(
                ident(Appointment.id),
                col(Appointment.uid),
                col(Appointment.recurrence),
                col(AppointmentImport.key),
                col(Appointment.sequence),
                col(Appointment.changed_at),
            )
            .outerjoin(
                AppointmentImport, col(AppointmentImport.appointment_id) == ident(Appointment.id)
            )
            .where(*asked)
        )
    }
    return tuple(
        Outward(row, uid, key or "" if recurrence else "", sequence, changed_at or made)
        for row in appointments_where(session, *asked)
        for uid, recurrence, key, sequence, changed_at in (more[row.id],)
    )


def taken(session: Session, uids: Iterable[str]) -> tuple[Taken, ...]:
    """What was taken from other calendars under these UIDs."""
    found: list[Taken] = []
    for piece in _pieces(uids):
        rows = session.execute(
            select(
                col(AppointmentImport.key),
                col(AppointmentImport.uid),
                col(AppointmentImport.appointment_id),
                col(AppointmentImport.sequence),
                col(AppointmentImport.stamped_at),
                col(AppointmentImport.starts_at),
                col(AppointmentImport.print),
                col(AppointmentImport.cancelled),
            ).where(col(AppointmentImport.uid).in_(piece))
        )
        found += [Taken(*row) for row in rows]
    return tuple(found)


def own_uids(session: Session, uids: Iterable[str]) -> dict[str, int]:
    """Which of these UIDs the book gave itself, and to which appointment."""
    found: dict[str, int] = {}
    for piece in _pieces(uids):
        rows = session.execute(
            select(col(Appointment.uid), ident(Appointment.id))
            .outerjoin(
                AppointmentImport, col(AppointmentImport.appointment_id) == ident(Appointment.id)
            )
            .where(col(Appointment.uid).in_(piece), ident(AppointmentImport.id).is_(None))
        )
        found.update((uid, key) for uid, key in rows)
    return found


def of_keys(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """The appointments that came under these keys."""
    found: dict[str, int] = {}
    for piece in _pieces(keys):
        rows = session.execute(
            select(col(AppointmentImport.key), col(AppointmentImport.appointment_id)).where(
                col(AppointmentImport.key).in_(piece)
            )
        )
        found.update((key, number) for key, number in rows)
    return found


def without_uid(session: Session, ids: Iterable[int]) -> set[int]:
    """Those of these appointments that have no UID of their own: they left by their number."""
    found: set[int] = set()
    for piece in _pieces(ids):
        asked = select(ident(Appointment.id)).where(
            ident(Appointment.id).in_(piece), col(Appointment.uid) == ""
        )
        found.update(session.scalars(asked))
    return found


def standing(session: Session, ids: Iterable[int]) -> dict[int, Outward]:
    """These appointments as they stand, by id."""
    return {one.row.id: one for piece in _pieces(ids) for one in outward(session, ids=piece)}


def matched(
    session: Session, emails: Sequence[str], phones: Sequence[str], names: Sequence[str]
) -> Match:
    """Whom these addresses, numbers (E.164) and names mean; sure only where it is one client."""
    for by, wanted in (("email", emails), ("phone", phones)):
        if wanted:
            found = session.scalars(
                select(col(ContactPoint.client_id))
                .where(col(ContactPoint.normalised).in_(list(wanted)[:50]))
                .distinct()
                .limit(CANDIDATES)
            ).all()
            if found:
                return _match(session, list(found), by)
    alike: list[int] = []
    for name in names[:CANDIDATES]:
        ids = list(search(session, name, limit=CANDIDATES).ids)
        exact = [key for key, one in names_of(session, ids).items() if folded(name) in _said(one)]
        if exact:
            return _match(session, exact, "name")
        alike += [key for key in ids if key not in alike]
    return _match(session, alike[:CANDIDATES], "")


def all_names(session: Session, client_id: int) -> tuple[str, ...]:
    """All ways in which a client is called: full, preferred with the family name, each alone."""
    row = session.execute(
        select(col(Client.given_name), col(Client.family_name), col(Client.preferred_name)).where(
            ident(Client.id) == client_id
        )
    ).first()
    if row is None:
        return ()
    given, family, preferred = row
    whole = [f"{first} {family}".strip() for first in (given, preferred) if first]
    turned = [f"{family}, {given}"] if family and given else []
    return tuple(one for one in (*whole, *turned, family, given, preferred) if one)


def _said(named: Named) -> set[str]:
    preferred = f"{named.preferred_name} {named.family_name}".strip()
    return {folded(named.name), folded(preferred)}


def _match(session: Session, ids: list[int], by: str) -> Match:
    names = names_of(session, ids) if ids else {}
    people = tuple(names[key] for key in ids if key in names)
    sure = by != "" and len(people) == 1
    return Match(people[0].client_id if sure else None, by if sure else "", people)


def _pieces(keys: Iterable[Any]) -> Iterator[list[Any]]:
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]
