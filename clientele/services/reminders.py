"""Keeping what was told, so that of two programs on one book only one tells, and forgetting it.

These are no verbs: nobody undoes them, and no page has to look again because of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.reminding import forgettable
from clientele.domain.rules.rights import Right
from clientele.domain.tables import ToldReminder
from clientele.services.acting import require
from clientele.services.changes import Changes
from clientele.store.queries.reminders_told import kept_things, old_told, thing_of

AT_A_TIME = 500
"""How many keys go into one statement."""


@dataclass(frozen=True, slots=True)
class Remember:
    """These keys are about to be told."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForgetTold:
    """What was told long ago of things that are over is forgotten."""


@dataclass(frozen=True, slots=True)
class Remembered(Changes):
    """Which keys were new: these may be shown, the others somebody else has told."""

    new: tuple[str, ...] = ()


def remember(session: Session, what: Remember, /, *, now: datetime) -> Remembered:
    """Keep these keys, and answer which of them were not kept before, in their order.

    Show those alone, and only once this is committed: what is told twice is worse than what is
    not, because everything stands on its page as well.
    """
    require(session, Right.BY_ITSELF)
    keys = tuple(dict.fromkeys(what.keys))
    known: set[str] = set()
    for start in range(0, len(keys), AT_A_TIME):
        some = keys[start : start + AT_A_TIME]
        found = select(col(ToldReminder.key)).where(col(ToldReminder.key).in_(some))
        known |= set(session.scalars(found))
    new = tuple(key for key in keys if key not in known)
    if new:  # at once, because a first start may tell of thousands; keys hold no typed words
        session.execute(insert(ToldReminder), [{"key": key, "told_at": now} for key in new])
    return Remembered(new=new)


def forget_told(session: Session, what: ForgetTold, /, *, now: datetime) -> Changes:
    """Forget what need not be kept any longer. Once, as the program opens (``forgettable``)."""
    require(session, Right.BY_ITSELF)
    told = old_told(session, now=now)
    things = {thing for key in told if (thing := thing_of(key)) is not None}
    gone = sorted(forgettable(told, kept_things(session, things, now=now), now))
    for start in range(0, len(gone), AT_A_TIME):
        some = gone[start : start + AT_A_TIME]
        session.execute(delete(ToldReminder).where(col(ToldReminder.key).in_(some)))
    return Changes()
