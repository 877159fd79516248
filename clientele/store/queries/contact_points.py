"""How clients can be reached, and what they allow."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.contact_points import shown
from clientele.domain.tables import Consent, ContactPoint
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident


def first_points(session: Session, ids: list[int], country: str) -> dict[tuple[int, str], str]:
    """The preferred number and e-mail address of each client, by (client id, kind), for people.

    ``country`` (ISO 3166 alpha-2) is the store's: its own numbers are shown without their code.
    """
    rows = _FIRST.rows(session, ids=ids)
    return {(key, kind): shown(kind, value, normal, country) for key, kind, value, normal in rows}


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
