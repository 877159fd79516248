"""Several follow-ups at once: done, put off, given to a colleague, not done. One step, one Undo.

What somebody ended meanwhile, perhaps at another terminal, stays as it is; the others are changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.plans import FollowUpState
from clientele.domain.tables import FollowUp
from clientele.services.drafts import forget_draft
from clientele.services.follow_ups import give, next_one, put_off
from clientele.services.rows import colleague
from clientele.services.verb import verb

AT_ONCE = 500
"""Rows of one statement; SQLite allows 32,766 bound values."""


class NoneOpenAnyMore(Refusal):
    """All of them were ended meanwhile, or none was chosen."""

    template = "None of these follow-ups is open any more. Nothing was changed; choose others."


@dataclass(frozen=True, slots=True)
class DoFollowUps:
    """These were done; nobody is said to have been reached, which is said of each by itself."""

    ids: tuple[int, ...]
    by: int
    outcome: str = ""
    draft: str = ""
    """The place of the draft that the outcome was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class SnoozeFollowUps:
    """Another day of the store for these."""

    ids: tuple[int, ...]
    until: date


@dataclass(frozen=True, slots=True)
class DropFollowUps:
    """These will not be done, and why; those that repeat end with it."""

    ids: tuple[int, ...]
    by: int
    why: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class GiveFollowUps:
    """These are a colleague's from now on; ``by`` goes on seeing them."""

    ids: tuple[int, ...]
    to: int
    by: int


@verb
def do_follow_ups(session: Session, what: DoFollowUps, /, *, now: datetime) -> int | None:
    """Done, with one outcome for all; those that repeat are there again on their next day.

    No contact is written into a story.

    Raises:
        NoneOpenAnyMore: none of them is open.
    """
    for row in _open(session, what.ids):
        row.state, row.outcome, row.done_at = FollowUpState.DONE, what.outcome.strip(), now
        next_one(session, row, now)
    forget_draft(session, what.by, what.draft)
    return None


@verb
def snooze_follow_ups(session: Session, what: SnoozeFollowUps, /, *, now: datetime) -> int | None:
    """Put them off.

    Raises:
        NoneOpenAnyMore, AlreadyGone: see there.
    """
    for row in _open(session, what.ids):
        put_off(session, row, what.until, now)
    return None


@verb
def drop_follow_ups(session: Session, what: DropFollowUps, /, *, now: datetime) -> int | None:
    """They will not be done.

    Raises:
        NoneOpenAnyMore: none of them is open.
    """
    for row in _open(session, what.ids):
        row.state, row.outcome, row.done_at = FollowUpState.DROPPED, what.why.strip(), now
    forget_draft(session, what.by, what.draft)
    return None


@verb
def give_follow_ups(session: Session, what: GiveFollowUps, /, *, now: datetime) -> int | None:
    """Let a colleague do them.

    Raises:
        NoneOpenAnyMore, ColleagueGone: see there.
    """
    colleague(session, what.to)
    for row in _open(session, what.ids):
        give(row, what.to, what.by)
    return None


def _open(session: Session, ids: tuple[int, ...]) -> Iterator[FollowUp]:
    """Those of them that are open, in their order."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, FollowUp] = {}
    for start in range(0, len(wanted), AT_ONCE):
        asked = select(FollowUp).where(
            col(FollowUp.id).in_(wanted[start : start + AT_ONCE]),
            col(FollowUp.state) == FollowUpState.OPEN,
        )
        found |= {row.id: row for row in session.scalars(asked) if row.id is not None}
    if not found:
        raise NoneOpenAnyMore
    return (found[key] for key in wanted if key in found)
