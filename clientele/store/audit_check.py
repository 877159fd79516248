"""Is the audit trail as it was written: nothing changed, removed, slipped in or put elsewhere?

Every entry is sealed together with the seal before it (``domain.rules.sealing``), and one row says
where the chain begins and ends. Whoever has the key of the book could write all of it anew; then
the last seal that a backup holds is no longer in the chain, which ``continues`` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, String, func, select, type_coerce

from clientele.domain.rules.sealing import Entry, seal
from clientele.domain.tables import metadata
from clientele.store.errors import Cancelled
from clientele.store.session import Store

_ENTRY = metadata.tables["audit_entry"]
_SEAL = metadata.tables["audit_seal"]
_AT_ONCE = 2_000
"""Entries between two questions whether to go on."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What became of the trail: whole, or where it is first broken."""

    whole: bool
    template: str
    """English, with ``{named}`` values, as in ``Refusal``."""
    values: dict[str, int] = field(default_factory=dict)
    """Counts, numbers of entries and parts of instants: nothing of a client."""
    broken_at: int | None = None
    """The first entry with which something is wrong."""
    since: datetime | None = None
    """When it was entered, or the last whole one before it; None where nobody can tell."""

    @property
    def sentence(self) -> str:
        """The template, filled in."""
        return self.template.format(**self.values)


class Continues(StrEnum):
    """Whether a chain goes on from a seal that was seen earlier."""

    YES = "yes"
    LET_GO = "let go"
    """That entry is older than what is kept: nobody can tell any more."""
    NO = "no"
    """The chain was written anew, or is that of an older copy of the book."""


WHOLE = "The audit trail is whole: {count} entries, each as it was written."
WHOLE_OF_ONE = "The audit trail is whole: its one entry is as it was written."
CHANGED = (
    "The audit trail is broken at entry {entry}, of {when} UTC: it or the one before it is not as "
    "it was written. Restore a backup to compare, and keep this one."
)
GONE = (
    "{count} entries are missing from the audit trail before entry {entry}, of {when} UTC. "
    "Restore a backup to compare, and keep this one."
)
END_GONE = (
    "The last {count} entries are missing from the audit trail, from entry {entry} on, after "
    "{when} UTC. Restore a backup to compare, and keep this one."
)
ADDED = (
    "The audit trail has {count} entries that nobody sealed, from entry {entry} on, of {when} UTC. "
    "Restore a backup to compare, and keep this one."
)
ENDS = (
    "What says where the audit trail begins and ends was changed. "
    "Restore a backup to compare, and keep this one."
)


def check_chain(connection: Connection, *, leave: Callable[[], bool] = lambda: False) -> Chain:
    """Work out every seal anew, from the oldest entry that is kept to the newest.

    ``leave`` is asked now and then; true ends with ``Cancelled``. Changes nothing.
    """
    ends = connection.execute(select(_SEAL)).all()
    count = connection.execute(select(func.count()).select_from(_ENTRY)).scalar_one()
    if not ends and not count:
        return Chain(True, WHOLE, {"count": 0})
    if len(ends) != 1:
        return Chain(False, ENDS, broken_at=1)
    end = ends[0]
    previous, expected, seen = str(end.before), int(end.first_id), None
    for row in _rows(connection, leave):
        at = _instant(row.at)
        if row.id != expected or row.id > end.last_id:
            return _misplaced(connection, end, row.id, expected, at or seen)
        if at is None or _seal(previous, row, at) != row.seal:
            return _broken(CHANGED, row.id, at or seen)
        previous, expected, seen = row.seal, expected + 1, at
    if expected <= end.last_id:
        return _broken(END_GONE, expected, seen, count=end.last_id - expected + 1)
    if expected != end.last_id + 1 or previous != end.last_seal:
        return Chain(False, ENDS, broken_at=expected - 1, since=seen)
    return Chain(True, WHOLE_OF_ONE if count == 1 else WHOLE, {"count": count})


def _misplaced(
    connection: Connection, end: Any, entry: int, expected: int, at: datetime | None
) -> Chain:
    """What an entry means that does not stand where the next one should."""
    if entry > end.last_id:
        added = select(func.count()).select_from(_ENTRY).where(_ENTRY.c.id > end.last_id)
        return _broken(ADDED, entry, at, count=int(connection.execute(added).scalar_one()))
    if entry > expected:
        return _broken(GONE, entry, at, count=entry - expected)
    return Chain(False, ENDS, broken_at=entry, since=at)


def last_seal(connection: Connection) -> tuple[int, str]:
    """The number and seal of the newest entry, for a backup to be known by; 0 and "" for none."""
    end = connection.execute(select(_SEAL.c.last_id, _SEAL.c.last_seal)).first()
    return (0, "") if end is None else (int(end.last_id), str(end.last_seal))


def continues(store: Store, id: int, sealed: str) -> Continues:
    """Whether the trail of ``store`` goes on from entry ``id``, whose seal was ``sealed``.

    Ask with what ``last_seal`` answered of a backup. That the chain is whole in itself is to be
    checked beside it.
    """
    if id == 0:
        return Continues.YES
    with store.read() as session:
        connection = session.connection()
        found = connection.execute(select(_ENTRY.c.seal).where(_ENTRY.c.id == id)).scalar()
        if found is not None:
            return Continues.YES if found == sealed else Continues.NO
        end = connection.execute(select(_SEAL.c.first_id, _SEAL.c.before)).first()
    if end is None or id >= end.first_id:
        return Continues.NO
    if id == end.first_id - 1:
        return Continues.YES if end.before == sealed else Continues.NO
    return Continues.LET_GO


def _rows(connection: Connection, leave: Callable[[], bool]) -> Iterator[Any]:
    """All entries in order; instants as they stand there, whatever that is."""
    columns = [
        type_coerce(column, String).label("at") if column.name == "at" else column
        for column in _ENTRY.columns
    ]
    last = -1 << 62
    while True:
        if leave():
            raise Cancelled
        asked = select(*columns).where(_ENTRY.c.id > last).order_by(_ENTRY.c.id).limit(_AT_ONCE)
        some = connection.execute(asked).all()
        yield from some
        if len(some) < _AT_ONCE:
            return
        last = some[-1].id


def _instant(said: object) -> datetime | None:
    try:
        at = said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _seal(previous: str, row: Any, at: datetime) -> str:
    """The seal that the row should have; empty where what stands there cannot be an entry."""
    try:
        return seal(
            previous,
            Entry(
                row.id, at, row.who, row.associate_id, row.act, row.subject, row.subject_id,
                row.client_id, row.clients, row.detail,
            ),
        )  # fmt: skip
    except (TypeError, ValueError):
        return ""


def _broken(template: str, entry: int, at: datetime | None, **counts: int) -> Chain:
    if at is None:
        return Chain(False, template.replace(", of {when} UTC", "").replace(
            ", after {when} UTC", ""), {"entry": entry, **counts}, entry)  # fmt: skip
    moment = {name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute")}
    when = "{year}-{month:02}-{day:02} {hour:02}:{minute:02}"
    return Chain(
        False, template.replace("{when}", when), {"entry": entry, **counts, **moment}, entry, at
    )
