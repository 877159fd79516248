"""To which days may a follow-up be put off? The natural ones on which somebody is there for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.rules.policy_texts import Practice
from clientele.domain.rules.snoozing import LOOK_AHEAD, Snooze, There, snoozes
from clientele.store.queries.acting import away_between
from clientele.store.queries.occasions import of_clients
from clientele.store.queries.permission import practice

NEAR = timedelta(days=31)
"""An occasion this near is a reason to put something off to the days before it."""


def snooze_days(
    session: Session, associate_id: int, *, today: date, clients: Sequence[int] = ()
) -> tuple[Snooze, ...]:
    """The days to offer for what ``associate_id`` does, the store's closed days passed over.

    With one client the days before their next occasion are among them.
    """
    occasions = of_clients(session, list(clients), today=today, ahead=NEAR) if clients else {}
    near = occasions.get(clients[0], []) if len(clients) == 1 else []
    return snoozes(
        today,
        occasion_on=near[0].on if near else None,
        there=there(session, associate_id, today=today),
    )


def there(session: Session, associate_id: int, *, today: date) -> There:
    """Whether an associate is there on a day: the store is open, and they are not away."""
    try:
        store = practice(session)
    except Refusal:  # what is written of a store's days by a newer version hides no day
        store = Practice()
    end = today + timedelta(days=2 * LOOK_AHEAD)
    away = [one for one in away_between(session, today, end) if one.associate_id == associate_id]
    return lambda day: (
        day.weekday() not in store.closed_weekdays
        and day not in store.closed_on
        and not any(one.on(day) for one in away)
    )
