"""After a visit: what is planned for the client, what could be, and how they may be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, ContactKind, Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.permission import is_open
from clientele.domain.rules.permission_answers import Wish
from clientele.domain.rules.reaching import Way, ways
from clientele.domain.tables import FollowUp
from clientele.store.queries.contact_points import consents, first_points
from clientele.store.queries.follow_ups import FollowUpRow, open_of_client
from clientele.store.queries.permission import known, policy
from clientele.store.queries.reading import store_facts


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Open follow-ups of a client, the ways to reach them, and what was planned for each ticket."""

    planned: tuple[FollowUpRow, ...]
    ways: tuple[Way, ...]
    taken_up: frozenset[tuple[int, str]]
    """Purchase id and reason of every follow-up there is for a ticket of the visit, done or not."""


def afterwards(session: Session, visit_id: int, client_id: int, *, now: datetime) -> Afterwards:
    """What comes after a visit of a client, as the book stands at ``now`` (aware).

    A way is open where the gate has nothing against it that lasts; hours and limits are asked
    when the day has come.
    """
    points = first_points(session, [client_id], store_facts(session).country)
    said = consents(session, [client_id], Purpose.SERVICE).get(client_id, {})
    taken_up = session.execute(
        select(col(FollowUp.purchase_id), col(FollowUp.reason)).where(
            col(FollowUp.client_id) == client_id,
            col(FollowUp.purchase_id).is_not(None),
            or_(col(FollowUp.visit_id) == visit_id, col(FollowUp.state) == FollowUpState.OPEN),
        )
    )
    rules = policy(session)
    closed = [
        channel
        for facts in known(session, [client_id], now=now).values()
        for channel in Channel
        if not is_open(Wish(channel, Purpose.SERVICE), facts, rules)
    ]
    return Afterwards(
        planned=open_of_client(session, client_id),
        ways=ways(
            points.get((client_id, ContactKind.PHONE), ""),
            points.get((client_id, ContactKind.EMAIL), ""),
            [channel for channel, yes in said.items() if yes],
            closed,
        ),
        taken_up=frozenset((key, reason) for key, reason in taken_up if key is not None),
    )
