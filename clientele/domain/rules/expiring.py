"""When has a follow-up passed by itself, and why?

One that a rule made ends as expired when nothing is left of its reason, and stays in the book with
it. What an associate wrote, put off or changed is theirs: it never ends by itself, but the window
may say that its reason is gone and offer to drop it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clientele.domain.plans import FollowUpState

DAY = timedelta(days=1)


class Because(StrEnum):
    """Why it passed; of several on one day the first that stands here is told."""

    WISH_ENDED = "wish ended"
    """What was wished for was bought, or is no longer wanted."""
    HOLD_ENDED = "hold ended"
    OCCASION_OVER = "occasion over"
    APPOINTMENT_OVER = "appointment over"
    TOO_LATE = "too late"
    """It was due for so long that it would be odd by now."""


OVER_AFTER = frozenset({Because.OCCASION_OVER, Because.APPOINTMENT_OVER})
"""The day itself still counts: it is over the day after."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Something that a follow-up is for, and the day of the store on which that is or ended.

    For an occasion or appointment its day, for a wish or hold the day on which it ended.
    """

    because: Because
    on: date


@dataclass(frozen=True, slots=True)
class Expiry:
    """The first day on which nothing is left of a reason, and which one that is."""

    on: date
    because: Because


def reason_gone(
    due_on: date, *, expires_on: date | None = None, passings: Iterable[Passing] = ()
) -> Expiry | None:
    """When the reason of a follow-up is gone, whoever made it; None: it stays.

    ``expires_on``: the last day on which it is worth doing, as its rule says (so many days after
    its day); never before it is due. A follow-up that is due after an occasion is about what came
    of it, so that one's end is none of its reasons.
    """
    found = [
        Expiry(one.on + DAY if one.because in OVER_AFTER else one.on, one.because)
        for one in passings
        if one.because not in OVER_AFTER or due_on <= one.on
    ]
    if expires_on is not None:
        found.append(Expiry(max(expires_on, due_on) + DAY, Because.TOO_LATE))
    order = list(Because)
    return min(found, key=lambda one: (one.on, order.index(one.because)), default=None)


def expiry(
    due_on: date, *, own: bool, expires_on: date | None = None, passings: Iterable[Passing] = ()
) -> Expiry | None:
    """When a follow-up expires by itself (see ``reason_gone``); None: never.

    ``own``: an associate wrote it, or has put off or changed one that a rule made.
    """
    return None if own else reason_gone(due_on, expires_on=expires_on, passings=passings)


def state_on(day: date, state: str, expires: Expiry | None) -> FollowUpState:
    """How a follow-up of ``state`` stands on a day of the store, with the expiry it has.

    Only an open one expires. The program may not have run for weeks: it expired on
    ``expires.on`` all the same.
    """
    there = FollowUpState(state)
    if there == FollowUpState.OPEN and expires is not None and day >= expires.on:
        return FollowUpState.EXPIRED
    return there
