"""What was measured of a client before? Of earlier alterations, and the sizes that fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Promise
from clientele.store.queries.columns import ident
from clientele.store.queries.wearing import newest, sizes_of

MOST = 2
"""How many earlier measurements are offered, and how many sizes."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Words to be taken over, and when they were written; None for a size, which is kept anew."""

    words: str
    garment: str = ""
    at: datetime | None = None


def measured_before(session: Session, client_id: int) -> tuple[Measured, ...]:
    """Measurements of the latest alterations, each once, then the client's own newest sizes."""
    rows = session.execute(
        select(col(Promise.measurements), col(Promise.garment), col(Promise.promised_at))
        .where(col(Promise.client_id) == client_id, col(Promise.measurements) != "")
        .order_by(col(Promise.promised_at).desc(), ident(Promise.id).desc())
        .limit(20)
    )
    found: dict[str, Measured] = {}
    for words, garment, at in rows:
        found.setdefault(words.casefold(), Measured(words, garment, at))
    own = tuple(size for size in sizes_of(session, client_id) if size.member_id is None)
    sizes = [f"{size.category} {size.value}" for size in newest(own)]
    return (*list(found.values())[:MOST], *(Measured(words) for words in sizes[:MOST]))
