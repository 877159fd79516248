"""The gate as verbs pass it: no row says that a client was or will be reached unless it allows.

A verb asks inside its own write, in which nobody else writes: what is allowed is allowed still
when its rows are there (docs/decisions/0037-the-gate.md).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.rules.permission_answers import Allowed, Refused, Wish
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.store.queries.permission import answer
from clientele.store.queries.reading import store_facts
from clientele.system.formats import Formats


def require(
    session: Session, client_id: int, wish: Wish, *, at: datetime, without: int | None = None
) -> Allowed:
    """Go on only where the wish may be done at the instant ``at`` (aware).

    ``without`` is the id of the message that is asked about, which does not stand in its own way.

    Raises:
        NotToBeReached: it may not; its ``answer`` says why, what instead and when.
        NotThere: the client is not in the book.
        UnknownPolicy: the store's policy cannot be read, so nobody may be reached.
    """
    found = answer(session, client_id, wish, at=at, without=without)
    if isinstance(found, Refused):
        raise NotToBeReached(found, Formats("en", str(store_facts(session).zone)))
    return found
