"""How clients can be reached, and what they allow."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.consent import Said, agreed, kept_word
from clientele.domain.rules.contact_points import shown
from clientele.domain.tables import Consent, ContactPoint
from clientele.store.prepared import Prepared, among
from clientele.store.queries.cards import points_on_cards
from clientele.store.queries.columns import ident


def first_points(session: Session, ids: list[int], country: str) -> dict[tuple[int, str], str]:
    """The preferred number and e-mail address of each client, by (client id, kind), for people.

    ``country`` (ISO 3166 alpha-2) is the store's: its own numbers are shown without their code.
    Read from the clients' cards, where these are up to date.
    """
    first: dict[tuple[int, str], str] = {}
    left = set(ids)
    for client_id, points in points_on_cards(session, ids):
        left.discard(client_id)
        for kind, value, normal in json.loads(points):
            if (client_id, kind) not in first:
                first[client_id, kind] = shown(kind, value, normal, country)
    for key, kind, value, normal in _FIRST.rows(session, ids=list(left)) if left else ():
        first[key, kind] = shown(kind, value, normal, country)
    return first


def said_of(session: Session, ids: list[int]) -> dict[int, list[Said]]:
    """What each client allowed and refused, the oldest first; who said nothing is not there."""
    said: dict[int, list[Said]] = {}
    for client_id, channel, purpose, allowed, at in _CONSENTS.rows(session, ids=ids):
        word = kept_word(channel, purpose, allowed, at)
        if word is not None:
            said.setdefault(client_id, []).append(word)
    return said


def consents(session: Session, ids: list[int], purpose: Purpose) -> dict[int, dict[str, bool]]:
    """Whether each client agreed to a purpose (True) or refused it, by channel.

    By all that they said (``rules.consent``); a channel of which they said nothing is missing.
    """
    return {
        key: {
            channel.value: yes
            for channel in Channel
            if (yes := agreed(said, channel, purpose)) is not None
        }
        for key, said in said_of(session, ids).items()
    }


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
    select(
        col(Consent.client_id),
        col(Consent.channel),
        col(Consent.purpose),
        col(Consent.allowed),
        col(Consent.said_at),
    )
    .where(col(Consent.client_id).in_(among("ids")))
    .order_by(col(Consent.said_at), ident(Consent.id))
)
