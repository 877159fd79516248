"""Are there offers to keep or drop in the sample store, and few enough to be calm?"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlmodel import col

from clientele.domain.known import OfferState
from clientele.domain.tables import Client, NoteOffer
from clientele.store.session import Store


def test_a_few_offers_wait_for_those_who_were_in_lately(sample: Store) -> None:
    with sample.read() as session:
        rows = session.execute(
            select(col(Client.given_name), col(NoteOffer.state)).join(
                Client, col(Client.id) == col(NoteOffer.client_id)
            )
        ).all()
    waiting = Counter(name for name, state in rows if state == OfferState.OFFERED)
    assert waiting["Eleanor"] == 2
    assert waiting["James"] >= 3
    assert sum(waiting.values()) == len(rows) <= 20
