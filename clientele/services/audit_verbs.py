"""What is entered into the trail though it changes nothing: who saw whom, and what was taken out.

And what keeps the trail small: entries that are too old are let go, oldest first, so that the
seals of the rest still follow from each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from clientele.domain.rules.acts import ActKind, acts_of
from clientele.domain.rules.rights import PROGRAM, SET_UP, Acting, Right, associate
from clientele.services.acting import acting, needs, require
from clientele.services.audit import ENTRY, SEAL, record
from clientele.services.verb import lasting, verb
from clientele.store.session import Store
from clientele.system.where import kind_of_place

KEPT_FOR = timedelta(days=731)
"""Two years: see docs/decisions/0040-audit.md."""

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SeeClient:
    """A client is on the screen. ``act`` is one of ``ActKind.SAW``."""

    client_id: int
    by: int
    act: str = "see_client"


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Something left the book: ``act`` is one of ``ActKind.EXPORTED``, ``rows`` how many."""

    act: str
    by: int
    place: str | Path
    """What kind of place it went to, or where: of that only the kind is entered."""
    clients: tuple[int, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class WindowLocked:
    """The window was locked while ``associate_id`` was signed in."""

    associate_id: int


@dataclass(frozen=True, slots=True)
class LetTrailGo:
    """Entries that are older than this are not kept."""

    kept_for: timedelta = KEPT_FOR


@lasting
@verb
def see_client(session: Session, what: SeeClient, /, *, now: datetime) -> int | None:
    """Enter that somebody saw a client: once for each associate, client and hour."""
    who = acting(session)
    seen = (
        select(ENTRY.c.id)
        .where(
            ENTRY.c.client_id == what.client_id,
            ENTRY.c.who == who.who.value,
            ENTRY.c.associate_id.is_not_distinct_from(who.associate_id),
            ENTRY.c.act.in_(acts_of(ActKind.SAW)),
            ENTRY.c.at > now - AN_HOUR,
            ENTRY.c.at <= now,
        )
        .limit(1)
    )
    if session.connection().execute(seen).first() is None:
        clients = (what.client_id,)
        record(session, what.act, subject="client", subject_id=clients[0], clients=clients, now=now)
    return None


@lasting
@verb
def say_taken_out(session: Session, what: TakenOut, /, *, now: datetime) -> int | None:
    """Enter that something leaves the book. Before it does, where that can be done.

    Raises:
        NotAllowed: clients go into a file, and the role does not take any out.
    """
    if what.act.startswith("export_client"):
        require(session, Right.EXPORT)
    place = kind_of_place(what.place) if isinstance(what.place, Path) else what.place
    taken_out(session, what.act, place, clients=what.clients, rows=what.rows, now=now)
    return None


@lasting
@verb
@needs(Right.OPEN)
def say_locked(session: Session, what: WindowLocked, /, *, now: datetime) -> int | None:
    """Enter that a window was locked."""
    record(session, "lock", now=now, acting=associate(what.associate_id))
    return None


@lasting
@verb
@needs(Right.BY_ITSELF)
def let_trail_go(session: Session, what: LetTrailGo, /, *, now: datetime) -> int | None:
    """Let go of what is too old; answers how many entries. That it was done is an entry itself.

    Only from the oldest on, and none after the first that is to be kept, whatever the clock said.
    """
    connection = session.connection()
    end = connection.execute(select(SEAL)).first()
    if end is None:
        return 0
    young = select(func.min(ENTRY.c.id)).where(ENTRY.c.at >= now - what.kept_for)
    first = connection.execute(young).scalar() or end.last_id
    before = select(ENTRY.c.seal).where(ENTRY.c.id == first - 1)
    sealed = connection.execute(before).scalar()
    if first <= end.first_id or sealed is None:
        return 0
    gone: Any = connection.execute(delete(ENTRY).where(ENTRY.c.id < first))
    connection.execute(update(SEAL).values(first_id=first, before=sealed))
    record(session, "let_trail_go", detail={"rows": gone.rowcount}, now=now, acting=PROGRAM)
    return int(gone.rowcount)


def taken_out(
    session: Session,
    act: str,
    place: str,
    *,
    clients: tuple[int, ...] = (),
    rows: int = 0,
    now: datetime,
) -> None:
    """Enter it in a write that is under way."""
    detail = {"place": place, "rows": rows or len(clients)}
    record(session, act, clients=clients, detail=detail, now=now)


def file_taken_out(
    store: Store, act: str, path: Path, *, rows: int, now: datetime, acting: Acting = SET_UP
) -> None:
    """Enter that a file was written, in a write of its own."""
    with store.write(acting=acting) as session:
        taken_out(session, act, kind_of_place(path), rows=rows, now=now)
