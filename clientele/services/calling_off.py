"""What of many messages that were queued at once can still be called off? All that has not gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from clientele.domain.contacting import WAITING
from clientele.domain.tables import metadata
from clientele.services.images import RowImage

PIECE = 500
"""Messages of one statement."""


def that_wait(session: Session, images: Sequence[RowImage]) -> tuple[RowImage, ...]:
    """The images without the messages that have gone, where several were queued.

    One alone, or all of them gone, is left as it is: going back is refused then, and says so. One
    that was tried and waits again is called off like the others.
    """
    made = [one for one in images if one.table == "message" and one.before is None]
    if len(made) < 2:
        return tuple(images)
    now_there = _rows(session, [one.key[0] for one in made])
    waiting = {key for key, row in now_there.items() if row["state"] in WAITING}
    if not waiting:
        return tuple(images)
    mine = {id(one) for one in made}
    return tuple(
        replace(one, after=now_there[one.key[0]]) if id(one) in mine else one
        for one in images
        if id(one) not in mine or one.key[0] in waiting
    )


def _rows(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    message: Table = metadata.tables["message"]
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), PIECE):
        some = ids[start : start + PIECE]
        for row in session.execute(select(message).where(message.c.id.in_(some))).mappings():
            found[row["id"]] = dict(row)
    return found
