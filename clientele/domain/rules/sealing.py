"""The seals of the audit trail: each covers its entry and, through the seal before it, all earlier.

Nothing here is secret. Whoever has the key of the book can work out seals too; what they cannot
do is change a seal that a backup has kept (``store.audit_check.continues``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise

VERSION = 1
"""Of the form of ``canonical``; it is part of what is sealed."""


_written = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """What is sealed: all columns of an entry but the seal."""

    id: int
    at: datetime
    who: str
    associate_id: int | None
    act: str
    subject: str
    subject_id: int | None
    client_id: int | None
    clients: int
    detail: str


def canonical(entry: Entry) -> bytes:
    """The entry as bytes that no other entry has: a JSON list in the order of the columns.

    Instants are UTC to the microsecond, whatever the database hands back.
    """
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return _written(
        [
            VERSION,
            entry.id,
            at,
            entry.who,
            entry.associate_id,
            entry.act,
            entry.subject,
            entry.subject_id,
            entry.client_id,
            entry.clients,
            entry.detail,
        ]
    ).encode("ascii")


def seal(previous: str, entry: Entry) -> str:
    """The seal of ``entry``, which follows the one sealed ``previous`` (empty for the first)."""
    return sha256(previous.encode("ascii") + b"\n" + canonical(entry)).hexdigest()


def as_ranges(ids: frozenset[int]) -> str:
    """Numbers in order, those that follow each other as one: ``3-9 12 40-41``."""
    if not ids:
        return ""
    found = sorted(ids)
    ends = [at for at, (one, other) in enumerate(pairwise(found)) if other != one + 1]
    starts = [0, *(end + 1 for end in ends)]
    return " ".join(
        str(found[start]) if start == end else f"{found[start]}-{found[end]}"
        for start, end in zip(starts, [*ends, len(found) - 1], strict=True)
    )


def in_ranges(number: int, ranges: str) -> bool:
    """Whether ``number`` is among those that ``as_ranges`` wrote."""
    for part in ranges.split():
        first, _, last = part.partition("-")
        if int(first) <= number <= int(last or first):
            return True
    return False
