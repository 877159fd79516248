"""What did a client say of being reached, in which words, and what may be done at this moment?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.consent import Said, kept_word
from clientele.domain.rules.permission import Known, Policy
from clientele.domain.tables import Associate, Consent
from clientele.store.prepared import Prepared, given
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import names_of
from clientele.store.queries.permission import known, policy
from clientele.store.queries.reading import Named


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that the client said, as it is kept (``Consent``), and who wrote it down."""

    id: int
    channel: str
    purpose: str
    allowed: bool
    said_at: datetime
    how: str
    words: str
    associate: str | None

    @property
    def said(self) -> Said | None:
        """The word as the rules weigh it."""
        return kept_word(self.channel, self.purpose, self.allowed, self.said_at)


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """All that the client said, the newest first, and what the gate knows."""

    words: tuple[Word, ...]
    known: Known
    policy: Policy
    named: Named


def consent_page(session: Session, client_id: int, *, now: datetime) -> ConsentPage | None:
    """The client's words at ``now`` (aware); None where the client is not in the book."""
    facts = known(session, [client_id], now=now).get(client_id)
    if facts is None:
        return None
    words = tuple(Word(*row) for row in _WORDS.rows(session, client_id=client_id))
    named = names_of(session, [client_id])[client_id]
    return ConsentPage(words, facts, policy(session), named)


_WORDS = Prepared(
    select(
        ident(Consent.id),
        col(Consent.channel),
        col(Consent.purpose),
        col(Consent.allowed),
        col(Consent.said_at),
        col(Consent.how),
        col(Consent.words),
        col(Associate.name),
    )
    .outerjoin(Associate, ident(Associate.id) == col(Consent.associate_id))
    .where(col(Consent.client_id) == given("client_id"))
    .order_by(col(Consent.said_at).desc(), ident(Consent.id).desc())
)
