"""The client at hand while one works through a list: who they are, what was said last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.store.queries.client import ClientPage, client_page
from clientele.store.queries.story import StoryEntry, Told, story

LAST = 4
_NEVER_SAID = 20
"""As many sensitive notes in a row are passed over for the last ones that may be spoken of."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """The client and the last contacts, purchases and notes, the newest first.

    The last note and the last purchase are among them, however much was said since.
    Without sensitive notes: this stands beside the telephone, and what is read there is said.
    """

    client: ClientPage
    last: tuple[StoryEntry, ...]


def at_hand(session: Session, client_id: int, *, now: datetime) -> AtHand | None:
    """What one wants to know before calling a client at ``now`` (aware); None if not there."""
    client = client_page(session, client_id, now=now)
    if client is None:
        return None
    told = story(
        session,
        client_id,
        kinds=(Told.CONTACT, Told.PURCHASE, Told.NOTE),
        limit=LAST + _NEVER_SAID,
    )
    spoken = _spoken(told)
    last = spoken[:LAST]
    for kind in (Told.NOTE, Told.PURCHASE):
        if len(told) > LAST and not any(one.kind == kind for one in last):
            older = [one for one in spoken if one.kind == kind]
            if not older:
                older = _spoken(story(session, client_id, kinds=(kind,), limit=1 + _NEVER_SAID))
            last = [*last, *older[:1]]
    return AtHand(client, tuple(sorted(last, key=lambda one: one.at, reverse=True)))


def _spoken(told: Iterable[StoryEntry]) -> list[StoryEntry]:
    return [one for one in told if (one.kind, one.state) != (Told.NOTE, "sensitive")]
