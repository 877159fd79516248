"""What the audit trail says, newest first, page by page, with the names as they are today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.acts import ACTS, ActKind, acts_of, kind_of
from clientele.domain.rules.sealing import in_ranges
from clientele.domain.tables import AuditEntry, Client, ClientMerge
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import associate_names, names_of
from clientele.store.queries.reading import Named, store_facts

PAGE = 100
_AT_ONCE = 400
"""Entries that are looked through for one client among many, in one go."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries: each part that is named narrows it."""

    client_id: int | None = None
    associate_id: int | None = None
    kind: ActKind | None = None
    since: date | None = None
    """The first day, as the store's clocks show it."""
    until: date | None = None
    """The last day."""
    before: tuple[datetime, int] | None = None
    """Only older ones than the one with this instant and number."""
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, ready to be worded."""

    id: int
    at: datetime
    who: str
    associate_id: int | None
    associate: str
    """Empty where it was nobody of the team, or somebody who is no longer in the book."""
    act: str
    kind: ActKind
    clients: int
    named: Named | None
    """The client, where it is one who is in the book; a merged one as who was kept."""
    others: tuple[Named, ...] = ()
    """The first of several clients, as far as they are in the book."""
    erased: bool = False
    """It was one client, who is no longer in the book."""
    other: str = ""
    """The associate whom it is about, if it is about one."""
    columns: tuple[str, ...] = ()
    """Of the client's own row, which columns changed."""
    rows: int | None = None
    place: str = ""
    tables: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trail:
    """One page."""

    lines: tuple[Line, ...]
    more: bool
    """Whether there are older ones."""

    @property
    def next(self) -> tuple[datetime, int] | None:
        """What the following page is asked with."""
        return (self.lines[-1].at, self.lines[-1].id) if self.more and self.lines else None


def trail(session: Session, asked: Asked) -> Trail:
    """The newest entries that are asked for; days are the store's."""
    rows = _found(session, asked)
    more = len(rows) > asked.limit
    return Trail(_worded(session, rows[: asked.limit]), more)


def _found(session: Session, asked: Asked) -> list[Any]:
    """One more than asked for, if there is one."""
    entry = AuditEntry.__table__.c  # type: ignore[attr-defined]
    columns = [column for column in entry if column.name != "seal"]
    wanted = asked.limit + 1
    if asked.client_id is None:
        statement = select(*columns).where(*_narrowed(session, asked))
        return list(session.execute(_newest(statement, asked.before).limit(wanted)))
    same = _all_of(session, asked.client_id)
    concerned = or_(
        col(AuditEntry.client_id).in_(same),
        and_(col(AuditEntry.client_id).is_(None), col(AuditEntry.clients) > 1),
    )
    statement = select(*columns).where(concerned, *_narrowed(session, asked))
    found: list[Any] = []
    before = asked.before
    while len(found) < wanted:
        some = list(session.execute(_newest(statement, before).limit(_AT_ONCE)))
        found += [row for row in some if row.client_id is not None or _names_one(row, same)]
        if len(some) < _AT_ONCE:
            break
        before = (some[-1].at, some[-1].id)
    return found[:wanted]


def _newest(statement: Any, before: tuple[datetime, int] | None) -> Any:
    at, key = col(AuditEntry.at), ident(AuditEntry.id)
    if before is not None:
        statement = statement.where(tuple_(at, key) < tuple_(*before))
    return statement.order_by(at.desc(), key.desc())


def _narrowed(session: Session, asked: Asked) -> list[ColumnElement[bool]]:
    at, act = col(AuditEntry.at), col(AuditEntry.act)
    narrowed: list[ColumnElement[bool]] = []
    if asked.associate_id is not None:
        narrowed.append(col(AuditEntry.associate_id) == asked.associate_id)
    if asked.kind is ActKind.CHANGED:
        others = [name for name in ACTS if kind_of(name) is not ActKind.CHANGED]
        narrowed.append(act.not_in(others))
    elif asked.kind is not None:
        narrowed.append(act.in_(acts_of(asked.kind)))
    if asked.since is not None:
        narrowed.append(at >= store_facts(session).begins(asked.since))
    if asked.until is not None:
        narrowed.append(at < store_facts(session).span(asked.until)[1])
    return narrowed


def _all_of(session: Session, client_id: int) -> frozenset[int]:
    """The client and all who were merged into them, whose entries still name them."""
    found, look = {client_id}, {client_id}
    while look:
        gone = select(col(ClientMerge.gone_id)).where(col(ClientMerge.kept_id).in_(look))
        look = set(session.scalars(gone)) - found
        found |= look
    return frozenset(found)


def _names_one(row: Any, ids: frozenset[int]) -> bool:
    ranges = _detail(row.detail).get("clients", "")
    return any(in_ranges(one, ranges) for one in ids)


def _worded(session: Session, rows: Sequence[Any]) -> tuple[Line, ...]:
    details = [_detail(row.detail) for row in rows]
    several = [_first(detail.get("clients", "")) for detail in details]
    ids = {row.client_id for row in rows if row.client_id is not None}
    ids.update(*several)
    known = _known(session, ids)
    people = associate_names(session)
    return tuple(
        _line(row, detail, few, known, people)
        for row, detail, few in zip(rows, details, several, strict=True)
    )


def _line(
    row: Any,
    detail: dict[str, Any],
    few: Sequence[int],
    known: dict[int, tuple[Named, datetime]],
    people: dict[int, str],
) -> Line:
    def named(client_id: int | None) -> Named | None:
        # The number of a client who was taken away may be another's by now.
        found = known.get(client_id or 0)
        return found[0] if found is not None and found[1] <= row.at else None

    tables = detail.get("tables", {})
    changed = tables.get("client", [0, 0, 0])
    return Line(
        id=row.id,
        at=row.at,
        who=row.who,
        associate_id=row.associate_id,
        associate=people.get(row.associate_id, ""),
        act=row.act,
        kind=kind_of(row.act),
        clients=row.clients,
        named=named(row.client_id),
        others=tuple(one for one in map(named, few) if one is not None),
        erased=row.client_id is not None and named(row.client_id) is None,
        other=people.get(row.subject_id, "") if row.subject == "associate" else "",
        columns=tuple(str(changed[3]).split()) if len(changed) > 3 else (),
        rows=detail.get("rows"),
        place=detail.get("place", ""),
        tables=tables,
    )


def _known(session: Session, ids: set[int]) -> dict[int, tuple[Named, datetime]]:
    """Name and beginning of these clients; of a merged one those of who was kept."""
    moved: dict[int, int] = {}
    look = set(ids)
    while look:
        asked = select(col(ClientMerge.gone_id), col(ClientMerge.kept_id)).where(
            col(ClientMerge.gone_id).in_(look)
        )
        step = {gone: kept for gone, kept in session.execute(asked) if gone not in moved}
        moved |= step
        look = set(step.values()) - moved.keys()
    ends: dict[int, int] = {}
    for one in ids:
        last = one
        while last in moved:
            last = moved[last]
        ends[one] = last
    wanted = set(ends.values())
    names = names_of(session, sorted(wanted))
    begun = dict(
        session.execute(
            select(ident(Client.id), col(Client.created_at)).where(ident(Client.id).in_(wanted))
        ).all()
    )
    # Who was merged was there before who was kept.
    ever = datetime.min.replace(tzinfo=UTC)
    return {
        one: (names[end], begun[end] if one == end else ever)
        for one, end in ends.items()
        if end in names
    }


def _first(ranges: str, many: int = 2) -> tuple[int, ...]:
    """The first few of what ``as_ranges`` wrote."""
    found: list[int] = []
    for part in ranges.split()[:many]:
        first, _, last = part.partition("-")
        found += range(int(first), min(int(last or first), int(first) + many - 1) + 1)
    return tuple(found[:many])


def _detail(text: str) -> dict[str, Any]:
    """What the entry says; nothing where somebody wrote other words over it."""
    try:
        said = json.loads(text) if text else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
