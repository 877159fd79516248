"""What should not be forgotten while a client is here: open promises, and days that are coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from clientele.store.queries.occasions import OccasionAhead, of_clients
from clientele.store.queries.promises import PromiseRow, open_promises_of_client

AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class InMind:
    """Open promises, and occasions within a month."""

    promises: tuple[PromiseRow, ...]
    occasions: tuple[OccasionAhead, ...]


def in_mind(session: Session, client_id: int, *, now: datetime, today: date) -> InMind:
    """What is open with a client at ``now``, and what comes from ``today`` on."""
    ahead = of_clients(session, [client_id], today=today, ahead=AHEAD)
    return InMind(
        open_promises_of_client(session, client_id, now=now), tuple(ahead.get(client_id, ()))
    )
