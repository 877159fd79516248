"""Where is a client who became one with another?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import ClientMerge


def where_now(session: Session, client_id: int) -> int | None:
    """Into whom a client went who is not there any more."""
    return session.scalar(
        select(col(ClientMerge.kept_id)).where(col(ClientMerge.gone_id) == client_id)
    )
