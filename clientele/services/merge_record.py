"""What a merge keeps of itself: images of rows, whose rows they were, and when each began.

SQLite gives the number of a removed row to the next one. So that an undo long after does not take
a new row for one that was moved, the moment at which a moved row began is kept beside its image.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from clientele.domain.base import UtcDateTime
from clientele.domain.rules.names import full_name
from clientele.domain.tables import metadata
from clientele.services.image_text import as_text, from_text
from clientele.services.images import RowImage
from clientele.services.merge_rows import CLIENT, columns_to

BORN = ("created_at", "written_at", "promised_at", "opened_at", "arrived_at", "sold_at", "said_at",
        "since", "offered_at", "paid_at", "took_place_at", "wished_at", "taken_at")  # fmt: skip
"""When a row began, which nobody writes again."""

_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Record:
    """A merge as it can be taken back."""

    images: tuple[RowImage, ...]
    own: dict[str, frozenset[int]]
    """Rows, by table, that were the client's who stayed."""
    born: dict[tuple[str, int], str]


def ids_of(session: Session, client_id: int) -> dict[str, list[int]]:
    """The ids of all rows that say whose they are, by table."""
    found: dict[str, list[int]] = {}
    for column in columns_to(CLIENT):
        table = column.table
        if column.name == "client_id" and "id" in table.c:
            asked = select(table.c.id).where(column == client_id).order_by(table.c.id)
            found[table.name] = list(session.scalars(asked))
    return found


def record(session: Session, images: Iterable[RowImage], own: dict[str, list[int]]) -> str:
    """All that ``read_record`` needs, as text."""
    images = tuple(images)
    changed: dict[str, set[int]] = {}
    for image in images:
        if image.before is not None and image.after is not None:
            changed.setdefault(image.table, set()).add(image.key[0])
    born = {table: _born_in(session, table, keys) for table, keys in changed.items()}
    (gone,) = (image.before for image in images if image.table == "client" and image.after is None)
    assert gone is not None
    name = full_name(gone["given_name"], gone["family_name"])
    return json.dumps({"gone": name, "rows": json.loads(as_text(images)), "own": own, "born": born},
                      ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def read_record(text: str) -> Record:
    """What ``record`` wrote."""
    said: dict[str, Any] = json.loads(text)
    return Record(
        from_text(json.dumps(said["rows"])),
        {table: frozenset(ids) for table, ids in said["own"].items()},
        {
            (table, int(key)): moment
            for table, rows in said["born"].items()
            for key, moment in rows.items()
        },
    )


def born_at(session: Session, table: str, key: int) -> str:
    """When a row began; empty where its table does not say, or it is gone."""
    return _born_in(session, table, {key}).get(str(key), "")


def _born_in(session: Session, name: str, keys: set[int]) -> dict[str, str]:
    table = metadata.tables[name]
    column = _birth(table)
    if column is None:
        return {}
    wanted = sorted(keys)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        piece = wanted[start : start + _AT_ONCE]
        for key, moment in session.execute(select(table.c.id, column).where(table.c.id.in_(piece))):
            if moment is not None:
                found[str(key)] = moment.isoformat()
    return found


def _birth(table: Table) -> Any:
    names = (name for name in BORN if name in table.c)
    found = next(names, None) if "id" in table.c else None
    return table.c[found] if found and isinstance(table.c[found].type, UtcDateTime) else None
