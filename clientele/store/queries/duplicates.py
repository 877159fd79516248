"""Whether a client who is being entered may be there already; and the pairs that were found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.lists import PairState
from clientele.domain.rules.contact_points import kind_of, normalised
from clientele.domain.rules.duplicates import (
    WORTH_A_LOOK,
    Facts,
    Reason,
    compare,
    reasons_of,
)
from clientele.domain.tables import Client, ClientMerge, DuplicateLook, DuplicatePair
from clientele.store.queries.client_rows import ClientRow, rows_of
from clientele.store.queries.columns import ident
from clientele.store.queries.duplicate_facts import facts_of
from clientele.store.queries.duplicate_neighbours import neighbours
from clientele.store.queries.merged import HEAD, gone_name
from clientele.store.queries.reading import store_facts


@dataclass(frozen=True, slots=True)
class Alike:
    """A client who is there already, how likely it is the same one (0 to 100), and why."""

    row: ClientRow
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two clients who may be one, as they are looked at."""

    id: int
    score: int
    reasons: tuple[Reason, ...]
    first: ClientRow
    second: ClientRow
    facts: tuple[Facts, Facts]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The likeliest pairs, how many there are, and how far the book was looked through."""

    rows: tuple[PairRow, ...]
    count: int
    looked_at: datetime | None = None
    """When the book was looked through; None: never to its end."""
    under_way: bool = False
    """A look was stopped and can be gone on with."""


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge that can be undone."""

    id: int
    kept: ClientRow
    gone_id: int
    gone: str
    """The name of the one who went; empty where none was known."""
    merged_at: datetime
    by: int | None


def alike(
    session: Session,
    *,
    given_name: str,
    family_name: str,
    phone: str = "",
    email: str = "",
    preferred_name: str = "",
    limit: int = 4,
) -> tuple[Alike, ...]:
    """Clients who are likely the one that is being typed, the likeliest first."""
    facts = typed_facts(session, given_name, family_name, phone, email, preferred_name)
    return alike_to(session, facts, limit=limit)


def typed_facts(
    session: Session, given: str, family: str, phone: str, email: str, preferred: str = ""
) -> Facts:
    """What was typed so far, as it is compared. Digits of an extension are nobody's own."""
    country = store_facts(session).country
    points = {"phone": set[str](), "email": set[str]()}
    for text in filter(None, (phone.strip(), email.strip())):
        kind = kind_of(text)
        normal = normalised(kind, text, country)
        if len(normal) >= 5:
            points[kind].add(normal)
    return Facts(
        given.strip(),
        family.strip(),
        preferred.strip(),
        frozenset(points["phone"]),
        frozenset(points["email"]),
    )


def alike_to(session: Session, facts: Facts, *, limit: int = 4) -> tuple[Alike, ...]:
    """Clients who are likely the one of whom this is known."""
    near = facts_of(session, neighbours(session, facts))
    verdicts = {key: compare(facts, other) for key, other in near.items()}
    likely = [key for key, verdict in verdicts.items() if verdict.score >= WORTH_A_LOOK]
    likely.sort(key=lambda key: (-verdicts[key].score, key))
    rows = rows_of(session, likely[:limit])
    return tuple(
        Alike(rows[key], verdicts[key].score, verdicts[key].reasons)
        for key in likely[:limit]
        if key in rows
    )


def like_client(session: Session, client_id: int) -> set[int]:
    """Other clients who are worth comparing with this one."""
    facts = facts_of(session, (client_id,)).get(client_id)
    return set() if facts is None else neighbours(session, facts) - {client_id}


def changed_since(session: Session, since: datetime) -> list[int]:
    """The clients of whom anything was written since then."""
    asked = select(ident(Client.id)).where(col(Client.updated_at) >= since)
    return list(session.scalars(asked.order_by(ident(Client.id))))


def brought_by(session: Session, batch_id: int) -> list[int]:
    """The clients whom a file brought, without those known by a number only."""
    return list(
        session.scalars(
            select(ident(Client.id))
            .where(
                col(Client.import_batch_id) == batch_id,
                (col(Client.given_name) != "") | (col(Client.family_name) != ""),
            )
            .order_by(ident(Client.id))
        )
    )


def count_clients(session: Session) -> int:
    """How many clients the book has."""
    return session.scalar(select(func.count()).select_from(Client)) or 0


def count_likely(session: Session, batch_id: int) -> int:
    """How many of the clients whom a file brought are perhaps somebody else in the book."""
    both = (col(DuplicatePair.first_id), col(DuplicatePair.second_id))
    asked = (
        select(func.count(ident(Client.id).distinct()))
        .join(DuplicatePair, ident(Client.id).in_(both))
        .where(col(Client.import_batch_id) == batch_id, col(DuplicatePair.state) == PairState.FOUND)
    )
    return session.scalar(asked) or 0


def count_pairs(session: Session) -> int:
    """How many pairs wait to be looked at."""
    return (
        session.scalar(
            select(func.count())
            .select_from(DuplicatePair)
            .where(col(DuplicatePair.state) == PairState.FOUND)
        )
        or 0
    )


def pairs(session: Session, *, limit: int = 50) -> Pairs:
    """The pairs to look at, the surest first."""
    found = session.execute(
        select(
            ident(DuplicatePair.id),
            col(DuplicatePair.score),
            col(DuplicatePair.reasons),
            col(DuplicatePair.first_id),
            col(DuplicatePair.second_id),
        )
        .where(col(DuplicatePair.state) == PairState.FOUND)
        .order_by(col(DuplicatePair.score).desc(), ident(DuplicatePair.id))
        .limit(limit)
    ).all()
    ids = {key for *_, first, second in found for key in (first, second)}
    rows, facts = rows_of(session, sorted(ids)), facts_of(session, ids)
    look = session.execute(
        select(col(DuplicateLook.begun_at), col(DuplicateLook.ended_at))
        .order_by(ident(DuplicateLook.id).desc())
        .limit(1)
    ).first()
    return Pairs(
        tuple(
            PairRow(
                key,
                score,
                reasons_of(reasons),
                rows[first],
                rows[second],
                (facts[first], facts[second]),
            )
            for key, score, reasons, first, second in found
            if first in rows and second in rows
        ),
        count_pairs(session) if len(found) == limit else len(found),
        looked_at=_ended(look),
        under_way=look is not None and look[1] is None,
    )


def merges(
    session: Session, *, limit: int = 20, client_id: int | None = None
) -> tuple[MergeRow, ...]:
    """The latest merges; of one client all of theirs."""
    head = HEAD
    asked = (
        select(
            ident(ClientMerge.id), col(ClientMerge.kept_id), col(ClientMerge.gone_id), head,
            col(ClientMerge.merged_at), col(ClientMerge.associate_id),
        )
        .order_by(ident(ClientMerge.id).desc())
        .limit(limit)
    )  # fmt: skip
    if client_id is not None:
        asked = asked.where(col(ClientMerge.kept_id) == client_id)
    found = session.execute(asked).all()
    rows = rows_of(session, [row[1] for row in found])
    return tuple(
        MergeRow(key, rows[kept], gone_id, gone_name(text), merged_at, by)
        for key, kept, gone_id, text, merged_at, by in found
        if kept in rows
    )


def _ended(look: Any) -> datetime | None:
    """When the book was last looked through: to its end, or what was written since."""
    return None if look is None or look[1] is None else max(look[0], look[1])
