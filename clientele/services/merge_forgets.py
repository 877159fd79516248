"""What was removed since a merge is no longer the merge's to take back: its number may be reused.

SQLite gives the number of a removed row to the next one. Where a table does not say when a row
began, only the moment of its removal can tell the two apart; so the merge forgets the row then.
What stood in the forgotten row's place later counts as added since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from clientele.domain.tables import metadata
from clientele.services.changes import fold
from clientele.services.images import RowImage
from clientele.services.verb import changes_of

CLIENT, MERGE = metadata.tables["client"], metadata.tables["client_merge"]

Node = tuple[str, int]


def forget_removed(session: Session, images: Iterable[RowImage]) -> tuple[RowImage, ...]:
    """Let the merges forget the rows that these images remove; answers what was written for it.

    ``images`` are of one verb, already written. They are undone together, and then the merge
    knows of the row again.
    """
    removed = [image for image in fold(tuple(images)) if _is_removed(image)]
    if not removed:
        return ()
    nodes = {(image.table, int(image.key[0])) for image in removed}
    clients = set(changes_of(session, removed, None).clients)
    for image in removed:
        clients |= _named_by(image)
    asked = select(MERGE.c.id, MERGE.c.moved).where(MERGE.c.kept_id.in_(clients))
    written = []
    for key, moved in session.execute(asked).all():
        left = _without(moved, nodes)
        if left != moved:
            session.execute(update(MERGE).where(MERGE.c.id == key).values(moved=left))
            written.append(RowImage(MERGE.name, (key,), {"moved": moved}, {"moved": left}))
    return tuple(written)


def _is_removed(image: RowImage) -> bool:
    key = metadata.tables[image.table].primary_key.columns.keys()
    return image.after is None and image.before is not None and key == ["id"]


def _named_by(image: RowImage) -> set[int]:
    """The clients whom a row names, as the one that a member of a household is."""
    return {
        key
        for column in metadata.tables[image.table].columns
        if any(foreign.column is CLIENT.c.id for foreign in column.foreign_keys)
        and (key := (image.before or {}).get(column.name)) is not None
    }


def _without(moved: str, nodes: set[Node]) -> str:
    """The record of a merge without what it says of rows that were there on both sides of it."""
    said: dict[str, Any] = json.loads(moved)
    rows = [
        row
        for row in said["rows"]
        if row[2] is None or row[3] is None or (row[0], row[1][0]) not in nodes
    ]
    own = {
        table: [key for key in keys if (table, key) not in nodes]
        for table, keys in said["own"].items()
    }
    if len(rows) == len(said["rows"]) and own == said["own"]:
        return moved
    return json.dumps({**said, "rows": rows, "own": own}, ensure_ascii=False, separators=(",", ":"))
