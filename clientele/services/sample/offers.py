"""What do the newest notes about those in the cast offer? It waits, as after a busy week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Note
from clientele.services.note_offers import write_offers

LATELY = timedelta(days=21)
"""Offers of earlier notes were kept or dropped long ago."""


def write_waiting_offers(session: Session, clients: Collection[int], *, now: datetime) -> None:
    """Write the offers of the notes that were lately written about these clients."""
    notes = session.scalars(
        select(Note)
        .where(col(Note.client_id).in_(clients), col(Note.written_at) > now - LATELY)
        .order_by(col(Note.id))
    )
    for note in notes.all():
        write_offers(session, note, now=now)
