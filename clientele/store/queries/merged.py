"""Where is a client who became one with another, and what does the story say of it?"""

from __future__ import annotations

import json

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, ClientMerge
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.story_entry import StoryEntry, Told

HEAD = func.substr(col(ClientMerge.moved), 1, 1_000)
"""As much of a merge's record as says who went."""


def where_now(session: Session, client_id: int) -> int | None:
    """Into whom a client went who is not there any more."""
    return session.scalar(
        select(col(ClientMerge.kept_id)).where(col(ClientMerge.gone_id) == client_id)
    )


def merged(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Merges; ``words`` is the name of the one who went, empty where none was known."""
    return [
        StoryEntry(
            kind=Told.MERGED,
            id=key,
            at=at,
            associate_id=by,
            associate=name or "",
            words=gone_name(head),
        )
        for key, at, by, name, head in _MERGES.rows(session, keys=keys)
    ]


def gone_name(head: str) -> str:
    """The name with which the record of a merge begins (``services.merge_record``)."""
    begins = '{"gone":'
    if not head.startswith(begins):
        return ""
    name, _ = json.JSONDecoder().raw_decode(head[len(begins) :])
    return str(name)


_MERGES = Prepared(
    select(
        ident(ClientMerge.id),
        col(ClientMerge.merged_at),
        col(ClientMerge.associate_id),
        col(Associate.name),
        HEAD,
    )
    .outerjoin(Associate, ident(Associate.id) == col(ClientMerge.associate_id))
    .where(ident(ClientMerge.id).in_(among("keys")))
)
