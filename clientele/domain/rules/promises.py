"""When a promise is at risk: ahead of its time, and when nothing was heard for too long."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from clientele.domain.promises import PromiseKind, PromiseState

SILENCE = timedelta(days=2)
"""Without a word for this long, a promise near its day is at risk."""

AHEAD = {
    PromiseKind.ALTERATION: timedelta(days=1),
    PromiseKind.SPECIAL_ORDER: timedelta(days=4),
    PromiseKind.TRANSFER: timedelta(days=2),
    PromiseKind.HOLD: timedelta(days=1),
    PromiseKind.REPAIR: timedelta(days=2),
    PromiseKind.CALL_BACK: timedelta(0),
    PromiseKind.REQUEST: timedelta(days=1),
}
"""How long before its day each kind still leaves time to put things right."""


class Standing(StrEnum):
    """How an open promise stands today."""

    LATE = "late"
    AT_RISK = "at risk"
    DUE_TODAY = "today"
    ON_ITS_WAY = "on its way"
    READY = "ready"


def standing(
    *,
    kind: str,
    state: str,
    due_on: date,
    due_time: time | None,
    last_word_at: datetime,
    now: datetime,
    local_now: datetime,
) -> Standing:
    """How an open promise stands at ``now``, which is ``local_now`` in the store's zone."""
    today = local_now.date()
    over = due_on < today or (
        due_on == today and due_time is not None and due_time < local_now.time()
    )
    if state == PromiseState.READY:
        return Standing.READY
    if over:
        return Standing.LATE
    near = due_on - today <= AHEAD.get(PromiseKind(kind), timedelta(days=1))
    if near and now - last_word_at >= SILENCE:
        return Standing.AT_RISK
    return Standing.DUE_TODAY if due_on == today else Standing.ON_ITS_WAY
