"""To what did these clients agree, and what did they refuse? For many lines of a list at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.consent import agreed
from clientele.domain.tables import Consent
from clientele.store.prepared import Prepared, among
from clientele.store.queries.contact_points import said_of

YesNo = tuple[tuple[str, ...], tuple[str, ...]]
"""The channels that were allowed, and those that were refused."""

NOTHING: YesNo = ((), ())


def agreed_by(session: Session, ids: list[int]) -> Callable[[int, Purpose], YesNo]:
    """What answers, for one of these clients and a purpose, what was allowed and what refused.

    By ``rules.consent``, whose weighing is needed only where somebody ever said no: without one
    any yes that covers a subject is a yes, whenever it was said.
    """
    yes: dict[int, tuple[tuple[str, str], ...]] = {}
    refusing: set[int] = set()
    for client_id, channel, purpose, allowed in _WORDS.rows(session, ids=ids):
        if allowed:
            yes[client_id] = (*yes.get(client_id, ()), (channel or "", purpose))
        else:
            refusing.add(client_id)
    said = said_of(session, sorted(refusing)) if refusing else {}
    known: dict[Any, YesNo] = {}

    def answer(client_id: int, purpose: Purpose) -> YesNo:
        if client_id in refusing:
            words = {one.value: agreed(said[client_id], one, purpose) for one in Channel}
            return (
                tuple(one for one, there in words.items() if there is True),
                tuple(one for one, there in words.items() if there is False),
            )
        theirs = yes.get(client_id)
        if theirs is None:
            return NOTHING
        there = known.get((theirs, purpose))
        if there is None:
            covered = {channel for channel, about in theirs if about in ("", purpose)}
            channels = (one.value for one in Channel if "" in covered or one.value in covered)
            there = known[theirs, purpose] = (tuple(channels), ())
        return there

    return answer


_WORDS = Prepared(
    select(
        col(Consent.client_id), col(Consent.channel), col(Consent.purpose), col(Consent.allowed)
    ).where(col(Consent.client_id).in_(among("ids")))
)
