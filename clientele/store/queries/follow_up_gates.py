"""May the clients of these follow-ups be reached, each about what the follow-up is for?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.follow_up_purpose import purpose_of
from clientele.domain.rules.permission import Reachable
from clientele.domain.rules.touch_rules_facts import Source
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.store.queries.permission import known, policy, promised


def gates(session: Session, rows: Sequence[FollowUpRow], *, now: datetime) -> dict[int, Reachable]:
    """What the gate knows, by follow-up, of those that are open; ``now`` is aware."""
    there = [row for row in rows if row.state == FollowUpState.OPEN]
    clients = sorted({row.named.client_id for row in there})
    if not clients:
        return {}
    asks, facts = policy(session), known(session, clients, now=now)
    of_promise = {row.named.client_id for row in there if row.source == Source.PROMISE}
    waits = promised(session, sorted(of_promise))
    return {
        row.id: Reachable(
            facts[row.named.client_id],
            asks,
            purpose_of(row.purpose, row.source, purchase_id=row.purchase_id, visit_id=row.visit_id),
            for_promise=row.source == Source.PROMISE and row.named.client_id in waits,
        )
        for row in there
        if row.named.client_id in facts
    }
