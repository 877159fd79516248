"""How clients can be reached, and what they allow."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.contact_points import shown
from clientele.domain.tables import Consent, ContactPoint
from clientele.store.prepared import Prepared, among
from clientele.store.queries.cards import cards_of
from clientele.store.queries.columns import ident


def first_points(session: Session, ids: list[int], country: str) -> dict[tuple[int, str], str]:
    """The preferred number and e-mail address of each client, by (client id, kind), for people.

    ``country`` (ISO 3166 alpha-2) is the store's: its own numbers are shown without their code.
    Read from the clients' cards, where these are up to date.
    """
    first: dict[tuple[int, str], str] = {}
    left = set(ids)
    for card in cards_of(session, ids):
        left.discard(card.client_id)
        for kind, value, normal in json.loads(card.points):
            if (card.client_id, kind) not in first:
                first[card.client_id, kind] = shown(kind, value, normal, country)
    for key, kind, value, normal in _FIRST.rows(session, ids=list(left)):
        first[key, kind] = shown(kind, value, normal, country)
    return first


def consents(session: Session, ids: list[int]) -> dict[int, dict[str, bool]]:
    """What each client allowed (True) or refused (False) last, by channel; silence is neither."""
    said: dict[int, dict[str, bool]] = {}
    for client_id, channel, allowed in _CONSENTS.rows(session, ids=ids):
        said.setdefault(client_id, {})[channel] = allowed
    return said


_FIRST = Prepared(
    select(
        col(ContactPoint.client_id),
        col(ContactPoint.kind),
        col(ContactPoint.value),
        col(ContactPoint.normalised),
    )
    .where(col(ContactPoint.client_id).in_(among("ids")))
    .order_by(col(ContactPoint.position).desc(), ident(ContactPoint.id).desc())
)
_CONSENTS = Prepared(
    select(col(Consent.client_id), col(Consent.channel), col(Consent.allowed))
    .where(col(Consent.client_id).in_(among("ids")))
    .order_by(col(Consent.said_at), ident(Consent.id))
)
