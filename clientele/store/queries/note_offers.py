"""Which entries do the notes about a client offer, that nobody has kept or dropped yet?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.known import OfferState
from clientele.domain.tables import Associate, Note, NoteOffer
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer that waits: what it would become (``rules.quick_note.Offer``), and its note."""

    id: int
    note_id: int
    kind: str
    said: str
    fields: Mapping[str, str]
    note: str
    written_at: datetime
    associate_id: int | None
    associate: str


def offers_waiting(
    session: Session, client_id: int, *, visit_id: int | None = None, limit: int = 50
) -> tuple[OfferRow, ...]:
    """The offers of a client that wait, those of the newest note first, as they were said.

    With ``visit_id`` only those of notes written in that visit.
    """
    of = col(NoteOffer.client_id) == client_id
    if visit_id is not None:
        of = and_(of, col(Note.visit_id) == visit_id)
    return _waiting(session, of, limit)


def offers_of_note(session: Session, note_id: int, *, limit: int = 50) -> tuple[OfferRow, ...]:
    """The offers of one note that wait, as they were said."""
    return _waiting(session, col(NoteOffer.note_id) == note_id, limit)


def _waiting(session: Session, of: ColumnElement[bool], limit: int) -> tuple[OfferRow, ...]:
    rows = session.execute(
        select(
            ident(NoteOffer.id),
            col(NoteOffer.note_id),
            col(NoteOffer.kind),
            col(NoteOffer.said),
            col(NoteOffer.fields),
            col(Note.body),
            col(Note.written_at),
            col(Note.associate_id),
            func.coalesce(col(Associate.name), ""),
        )
        .join(Note, ident(Note.id) == col(NoteOffer.note_id))
        .outerjoin(Associate, ident(Associate.id) == col(Note.associate_id))
        .where(of, col(NoteOffer.state) == OfferState.OFFERED)
        .order_by(
            col(Note.written_at).desc(),
            col(NoteOffer.note_id).desc(),
            col(NoteOffer.position),
            ident(NoteOffer.id),
        )
        .limit(limit)
    )
    return tuple(OfferRow(*row[:4], json.loads(row[4]), *row[5:]) for row in rows)
