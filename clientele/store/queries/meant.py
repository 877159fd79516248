"""Which one client or associate does a word on the command line mean?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, Client, ClientReference
from clientele.store.asked import plain
from clientele.store.queries.called import alike
from clientele.store.queries.columns import ident
from clientele.store.search import search


def clients_meant(session: Session, text: str, *, limit: int = 10) -> tuple[int, ...]:
    """The client of that reference, else of that id, else whom a search finds: none or several."""
    text = plain(text).strip()
    of_reference = session.scalar(
        select(col(ClientReference.client_id)).where(col(ClientReference.reference) == text)
    )
    if of_reference is not None:
        return (of_reference,)
    if text.isascii() and text.isdigit() and len(text) < 19:
        of_id = session.scalar(select(ident(Client.id)).where(ident(Client.id) == int(text)))
        if of_id is not None:
            return (of_id,)
    return search(session, text, limit=limit).ids


def associate_meant(session: Session, name: str) -> int | None:
    """The active associate of that name in whatever case, or None."""
    rows = session.execute(
        select(ident(Associate.id), col(Associate.name))
        .where(col(Associate.active))
        .order_by(col(Associate.pin_hash).is_(None), ident(Associate.id))
    )
    wanted = plain(name).strip()
    return next((key for key, said in rows if alike(said, wanted)), None)
