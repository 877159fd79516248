"""On which way was a client last reached? What they answer is most likely an answer to that."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import ContactMade
from clientele.store.prepared import Prepared, given
from clientele.store.queries.columns import ident


def last_reached_on(session: Session, client_id: int) -> str | None:
    """The channel of the latest contact that went out to them; None where there was none."""
    found: list[str] = _LAST.column(session, client_id=client_id)
    return found[0] if found else None


_LAST = Prepared(
    select(col(ContactMade.channel))
    .where(
        col(ContactMade.client_id) == given("client_id"),
        col(ContactMade.incoming).is_(False),
    )
    .order_by(col(ContactMade.took_place_at).desc(), ident(ContactMade.id).desc())
    .limit(1)
)
