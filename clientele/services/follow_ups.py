"""Follow-ups: new, done with an outcome, snoozed, dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.plans import FollowUpState
from clientele.domain.tables import Client, ContactMade, FollowUp
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


class FollowUpWithoutReason(Refusal):
    """Nothing says why."""

    template = "A follow-up needs a reason. What you typed is still there; add a few words."


class NotOpenAnyMore(Refusal):
    """It was done or dropped, perhaps at another terminal."""

    template = "This follow-up is no longer open. Nothing was changed; it stands under Done."


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """What to do for a client, by whom (``associate_id``), on which day of the store's zone."""

    client_id: int
    associate_id: int
    channel: str
    reason: str
    due_on: date
    visit_id: int | None = None
    purchase_id: int | None = None
    draft: str = ""
    """The place of the draft that it was typed in, of ``associate_id``; it is cleared."""


@dataclass(frozen=True, slots=True)
class EditFollowUp:
    """One field (channel, reason) of an open follow-up as it stands now."""

    follow_up_id: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class DoFollowUp:
    """It was done; ``outcome`` in a few words, ``reached`` when the client was contacted."""

    follow_up_id: int
    by: int
    outcome: str = ""
    reached: bool = True
    draft: str = ""
    """The place of the draft that the outcome was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class SnoozeFollowUp:
    """Another day of the store's zone."""

    follow_up_id: int
    until: date


@dataclass(frozen=True, slots=True)
class DropFollowUp:
    """It will not be done, and why."""

    follow_up_id: int
    by: int
    why: str = ""
    draft: str = ""


@verb
def new_follow_up(session: Session, what: NewFollowUp, /, *, now: datetime) -> int | None:
    """Add a follow-up and answer its id.

    Raises:
        FollowUpWithoutReason: the reason is empty.
    """
    if not what.reason.strip():
        raise FollowUpWithoutReason
    the(session, Client, what.client_id)
    forget_draft(session, what.associate_id, what.draft)
    return new_id(
        session,
        FollowUp(
            client_id=what.client_id,
            associate_id=what.associate_id,
            visit_id=what.visit_id,
            purchase_id=what.purchase_id,
            channel=what.channel,
            reason=what.reason.strip(),
            due_on=what.due_on,
            created_at=now,
        ),
    )


@verb
def edit_follow_up(session: Session, what: EditFollowUp, /, *, now: datetime) -> int | None:
    """Keep one field as it is typed."""
    if what.field not in ("channel", "reason"):
        raise ValueError(what.field)
    row = _open(session, what.follow_up_id)
    setattr(row, what.field, what.value)
    return row.id


@verb
def do_follow_up(session: Session, what: DoFollowUp, /, *, now: datetime) -> int | None:
    """Done: the outcome is kept and, where the client was reached, stands in the story.

    Raises:
        NotOpenAnyMore: it was done or dropped already.
    """
    row = _open(session, what.follow_up_id)
    row.state, row.outcome, row.done_at = FollowUpState.DONE, what.outcome.strip(), now
    forget_draft(session, what.by, what.draft)
    if what.reached:
        session.add(
            ContactMade(
                client_id=row.client_id,
                associate_id=what.by,
                follow_up_id=row.id,
                channel=row.channel,
                summary=f"{row.reason}: {row.outcome}" if row.outcome else row.reason,
                took_place_at=now,
            )
        )
    return row.id


@verb
def snooze_follow_up(session: Session, what: SnoozeFollowUp, /, *, now: datetime) -> int | None:
    """Put it off to another day.

    Raises:
        NotOpenAnyMore: it was done or dropped already.
    """
    row = _open(session, what.follow_up_id)
    row.due_on = what.until
    return row.id


@verb
def drop_follow_up(session: Session, what: DropFollowUp, /, *, now: datetime) -> int | None:
    """It will not be done.

    Raises:
        NotOpenAnyMore: it was done or dropped already.
    """
    row = _open(session, what.follow_up_id)
    row.state, row.outcome, row.done_at = FollowUpState.DROPPED, what.why.strip(), now
    forget_draft(session, what.by, what.draft)
    return row.id


def _open(session: Session, key: int) -> FollowUp:
    row = the(session, FollowUp, key)
    if row.state != FollowUpState.OPEN:
        raise NotOpenAnyMore
    return row
