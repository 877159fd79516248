"""When a promise is at risk: ahead of its time, and when nothing was heard for too long."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from clientele.domain.promises import PromiseKind, PromiseState

SILENCE = 2
"""Without a word for so many days of the store, a promise near its day is at risk."""

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


def silent_days(last_word_at: datetime, local_now: datetime) -> int:
    """How many days of the store ago anything was last heard; ``local_now`` is in its zone."""
    return (local_now.date() - last_word_at.astimezone(local_now.tzinfo).date()).days


def standing(
    *,
    kind: str,
    state: str,
    due_on: date,
    due_time: time | None,
    last_word_at: datetime,
    local_now: datetime,
) -> Standing:
    """How an open promise stands at ``local_now``, an aware instant in the store's zone.

    Without a time of day it may be kept until the day is over.
    """
    today = local_now.date()
    over = due_on < today or (
        due_on == today and due_time is not None and due_time < local_now.time()
    )
    if state == PromiseState.READY:
        return Standing.READY
    if over:
        return Standing.LATE
    near = due_on - today <= AHEAD.get(PromiseKind(kind), timedelta(days=1))
    if near and silent_days(last_word_at, local_now) >= SILENCE:
        return Standing.AT_RISK
    return Standing.DUE_TODAY if due_on == today else Standing.ON_ITS_WAY
