"""When is a promise at risk? Ahead of its time by its kind, and when nothing was heard too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promise_steps import place_of

SILENCE = 2
"""Without a word for so many days of the store, a promise near its day is at risk."""

EVENING = time(18)
"""Until when a promise without a time of day is reckoned to be kept, on its day."""


@dataclass(frozen=True, slots=True)
class Care:
    """What a kind of promise needs so that its day can be kept."""

    ahead: int
    """From so many days before its day on, silence is a risk: there is just time to act."""
    needs: tuple[tuple[str, timedelta], ...] = ()
    """Steps, and how long before it is due each must have been reached at the latest."""
    silence: int | None = None
    """So many days without a word are too many, however far its day is; None: no matter."""
    collect: int | None = None
    """So many days after it was ready, and after its day, the client has not come."""
    ask_after: int | None = None
    """So many days after it was kept, it is worth asking how it turned out."""


CARE = {
    PromiseKind.ALTERATION: Care(
        ahead=1,
        needs=(("sent", timedelta(days=1)), ("ready", timedelta(hours=4))),
        silence=7,
        collect=7,
        ask_after=3,
    ),
    PromiseKind.SPECIAL_ORDER: Care(
        ahead=4,
        needs=(
            ("ordered", timedelta(days=6)),
            ("confirmed", timedelta(days=4)),
            ("arrived", timedelta(days=1)),
        ),
        silence=7,
        collect=7,
        ask_after=7,
    ),
    PromiseKind.TRANSFER: Care(
        ahead=2,
        needs=(("on its way", timedelta(days=2)), ("arrived", timedelta(hours=4))),
        silence=4,
        collect=5,
        ask_after=7,
    ),
    PromiseKind.HOLD: Care(ahead=1, collect=0),
    PromiseKind.REPAIR: Care(
        ahead=2,
        needs=(("sent", timedelta(days=3)), ("ready", timedelta(hours=4))),
        silence=7,
        collect=7,
        ask_after=14,
    ),
    PromiseKind.CALL_BACK: Care(ahead=0),
    PromiseKind.REQUEST: Care(ahead=1, needs=(("taken on", timedelta(days=1)),), silence=5),
}
"""By kind. A need of whole days holds from the beginning of that day of the store."""


class Standing(StrEnum):
    """How an open promise stands today."""

    LATE = "late"
    AT_RISK = "at risk"
    DUE_TODAY = "today"
    ON_ITS_WAY = "on its way"
    READY = "ready"
    WAITING = "waiting"
    """Ours is done, and the client has not come for long."""


def silent_days(last_word_at: datetime, local_now: datetime) -> int:
    """How many days of the store ago anything was last heard; ``local_now`` is in its zone."""
    return (local_now.date() - last_word_at.astimezone(local_now.tzinfo).date()).days


def missing_step(
    *,
    kind: str,
    step: str,
    due_on: date,
    due_time: time | None,
    local_now: datetime,
    promised_at: datetime | None = None,
) -> str:
    """The first step that should have been reached by ``local_now`` and was not; or empty.

    Nothing is missing in the first half of its time (from ``promised_at``, aware): what was
    promised at short notice is not at risk as it is promised.
    """
    at = place_of(kind, step)
    for needed, before in CARE[PromiseKind(kind)].needs:
        if place_of(kind, needed) > at and local_now.astimezone(UTC) >= _needed_at(
            before, due_on, due_time, local_now.tzinfo, promised_at
        ):
            return needed
    return ""


def standing(
    *,
    kind: str,
    state: str,
    step: str = "",
    due_on: date,
    due_time: time | None,
    last_word_at: datetime,
    local_now: datetime,
    promised_at: datetime | None = None,
) -> Standing:
    """How an open promise stands at ``local_now``, an aware instant in the store's zone.

    Without a time of day it may be kept until the day is over. A hold that was put aside is never
    late: it is the client who did not come.
    """
    care = CARE[PromiseKind(kind)]
    today = local_now.date()
    silent = silent_days(last_word_at, local_now)
    held = kind == PromiseKind.HOLD and step != ""
    if state == PromiseState.READY or held:
        if due_on < today and care.collect is not None and silent >= care.collect:
            return Standing.WAITING
        if state == PromiseState.READY:
            return Standing.READY
        return Standing.DUE_TODAY if due_on <= today else Standing.ON_ITS_WAY
    if _is_over(due_on, due_time, local_now):
        return Standing.LATE
    near = (due_on - today).days <= care.ahead and silent >= SILENCE
    long_silent = care.silence is not None and silent >= care.silence
    if near or long_silent:
        return Standing.AT_RISK
    if missing_step(
        kind=kind,
        step=step,
        due_on=due_on,
        due_time=due_time,
        local_now=local_now,
        promised_at=promised_at,
    ):
        return Standing.AT_RISK
    return Standing.DUE_TODAY if due_on == today else Standing.ON_ITS_WAY


def worries(standing: Standing | None) -> bool:
    """Whether it is late or at risk."""
    return standing in (Standing.LATE, Standing.AT_RISK)


def urgency(standing: Standing | None) -> int:
    """The order in a list: what is late leads, what is at risk follows, then the rest by day."""
    return {Standing.LATE: 0, Standing.AT_RISK: 1}.get(standing or Standing.READY, 2)


def ask_on(kind: str, kept_on: date) -> date | None:
    """The day on which to ask how it turned out; None where there is nothing to ask."""
    days = CARE[PromiseKind(kind)].ask_after
    return None if days is None else kept_on + timedelta(days=days)


def _is_over(due_on: date, due_time: time | None, local_now: datetime) -> bool:
    if due_time is None:
        return due_on < local_now.date()
    due = datetime.combine(due_on, due_time, local_now.tzinfo)
    return due.astimezone(UTC) < local_now.astimezone(UTC)


def _needed_at(
    before: timedelta,
    due_on: date,
    due_time: time | None,
    zone: tzinfo | None,
    promised_at: datetime | None,
) -> datetime:
    due = datetime.combine(due_on, due_time or EVENING, zone).astimezone(UTC)
    needed = due - before
    if before >= timedelta(days=1):
        needed = datetime.combine(due_on - before, time(), zone).astimezone(UTC)
    if promised_at is None:
        return needed
    return max(promised_at.astimezone(UTC) + (due - promised_at) / 2, needed)
