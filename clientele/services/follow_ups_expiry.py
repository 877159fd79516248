"""Follow-ups that a rule made end by themselves when nothing is left of their reason.

At the day's first look, and at once when the wish or hold that one was for ends. What an associate
wrote or took in hand stays; the window says that its reason is gone and offers to drop it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseState
from clientele.domain.rules.rights import Right
from clientele.domain.tables import FollowUp
from clientele.domain.wishes import WishState
from clientele.services.acting import needs
from clientele.services.images import RowImage
from clientele.services.verb import lasting, verb
from clientele.store.queries.follow_up_reasons import Reason, gone, may_expire
from clientele.store.queries.reading import store_facts

ENDED = {
    "wish": (WishState.BOUGHT, WishState.DROPPED),
    "promise": (PromiseState.KEPT, PromiseState.BROKEN),
}
"""The tables of what a follow-up may be for that ends by a word, and the states it ends in."""


@dataclass(frozen=True, slots=True)
class ExpireFollowUps:
    """The day's first look: everything of which the reason is gone by now."""


@lasting
@verb
@needs(Right.BY_ITSELF)
def expire_follow_ups(session: Session, what: ExpireFollowUps, /, *, now: datetime) -> int | None:
    """End what a rule made and is over; the reason stays with each (``rules.expiring.Because``)."""
    _expire(session, may_expire(session, today=store_facts(session).day_of(now)), now)
    return None


def expire_with(session: Session, images: Iterable[RowImage], now: datetime) -> None:
    """Within a verb: end what was for a wish or hold that these images end; one Undo for both."""
    ids: dict[str, set[int]] = {}
    for image in images:
        states = ENDED.get(image.table)
        if states and image.after is not None and image.after.get("state") in states:
            ids.setdefault(image.table, set()).add(image.key[0])
    if ids:
        today = store_facts(session).day_of(now)
        wishes, promises = sorted(ids.get("wish", ())), sorted(ids.get("promise", ()))
        asked = may_expire(session, today=today, wishes=wishes, promises=promises)
        _expire(session, asked, now)


def _expire(session: Session, asked: tuple[Reason, ...], now: datetime) -> None:
    today = store_facts(session).day_of(now)
    for key, expiry in gone(session, asked, today=today).items():
        row = session.get(FollowUp, key)
        if row is not None and row.state == FollowUpState.OPEN:
            row.state, row.outcome, row.done_at = FollowUpState.EXPIRED, str(expiry.because), now
