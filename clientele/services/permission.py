"""The gate as verbs pass it: no row says that a client was or will be reached unless it allows.

A verb asks inside its own write, in which nobody else writes: what is allowed is allowed still
when its rows are there. What took place although it was not allowed is written as what it is, since
it happened and counts (docs/decisions/0037-the-gate.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.rules.permission_answers import Allowed, Refused, Wish, against
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.tables import ContactMade
from clientele.services.rows import new_id
from clientele.store.queries.permission import answer, believed
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
    """
    found = answer(session, client_id, wish, at=at, without=without)
    if isinstance(found, Refused):
        raise NotToBeReached(found, Formats("en", str(store_facts(session).zone)))
    return found


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A contact that is said to have reached the client just now."""

    client_id: int
    by: int
    wish: Wish
    summary: str = ""
    follow_up_id: int | None = None


def write_contact(
    session: Session, what: Outgoing, *, now: datetime, although: bool = False
) -> int:
    """Write down that a client was reached, and answer the id of the contact.

    ``although``: it took place although the gate does not allow it. Then it is written down with
    why it was not (``ContactMade.against``); where it is allowed after all it is one like others.

    Raises:
        NotToBeReached: it is not allowed, and nobody said that it took place all the same.
        NotThere: as ``require``.
    """
    wish = believed(session, what.client_id, what.wish)
    found = answer(session, what.client_id, wish, at=now)
    if isinstance(found, Refused) and not although:
        raise NotToBeReached(found, Formats("en", str(store_facts(session).zone)))
    return new_id(
        session,
        ContactMade(
            client_id=what.client_id,
            associate_id=what.by,
            follow_up_id=what.follow_up_id,
            channel=wish.channel,
            purpose=wish.purpose,
            for_promise=wish.for_promise,
            summary=what.summary,
            took_place_at=now,
            against=against(found),
        ),
    )
