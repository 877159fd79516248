"""Follow-ups: new, changed, done with an outcome, snoozed, given to a colleague, dropped.

Where one repeats, whatever ends this one makes the next in the same step, so that one Undo takes
both back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.follow_up_purpose import purpose_of
from clientele.domain.rules.permission_answers import Wish
from clientele.domain.rules.repeat_rules import next_after_doing, read_rule
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.tables import Client, FollowUp
from clientele.services.drafts import forget_draft
from clientele.services.permission import Outgoing, write_contact
from clientele.services.rows import colleague, new_id, the
from clientele.services.verb import verb
from clientele.store.queries.reading import store_facts


class FollowUpWithoutReason(Refusal):
    """Nothing says why."""

    template = "A follow-up needs a reason. What you typed is still there; add a few words."


class NotOpenAnyMore(Refusal):
    """It was done or dropped, perhaps at another terminal."""

    template = "This follow-up is no longer open. Nothing was changed; it stands under Done."


class AlreadyGone(Refusal):
    """Put off to a day that is over."""

    template = "That day has gone by. It was not put off; choose today or a day to come."


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
    purpose: str = ""
    """``Purpose``; empty: the usual one for what it is for."""
    repeat: str = ""
    """An RRULE (``rules.repeating``), reckoned from ``due_on``; empty: once."""
    template: str = ""
    source: str = ""
    """What it is for (``rules.touch_rules_facts.Source``), with its id."""
    source_id: int | None = None
    given_by: int | None = None
    """Who asks the colleague ``associate_id`` to do it."""


@dataclass(frozen=True, slots=True)
class ChangeFollowUp:
    """All that can be said anew of an open follow-up; what a rule made is an associate's then."""

    follow_up_id: int
    by: int
    channel: str
    reason: str
    due_on: date
    purpose: str = ""
    repeat: str = ""
    draft: str = ""


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
    channel: str = ""
    """On which they were contacted, where it is another than was meant."""
    although: bool = False
    """It took place although the gate does not allow it (``services.permission``)."""


@dataclass(frozen=True, slots=True)
class SnoozeFollowUp:
    """Another day of the store's zone."""

    follow_up_id: int
    until: date


@dataclass(frozen=True, slots=True)
class DropFollowUp:
    """It will not be done, and why; ``again``: one that repeats comes back on its next day."""

    follow_up_id: int
    by: int
    why: str = ""
    draft: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class GiveFollowUp:
    """Let a colleague do it; ``by`` sees what becomes of it."""

    follow_up_id: int
    to: int
    by: int


@verb
def new_follow_up(session: Session, what: NewFollowUp, /, *, now: datetime) -> int | None:
    """Add a follow-up and answer its id.

    Raises:
        FollowUpWithoutReason: the reason is empty.
        NotARepeat, TooOften: ``repeat`` is no rule by which something is due on days.
        ColleagueGone: it was to be done by one who no longer works here.
    """
    if not what.reason.strip():
        raise FollowUpWithoutReason
    the(session, Client, what.client_id)
    given_by = what.given_by if what.given_by != what.associate_id else None
    if given_by is not None:
        colleague(session, what.associate_id)
    if what.repeat:
        read_rule(what.repeat)
    forget_draft(session, given_by or what.associate_id, what.draft)
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
            purpose=purpose_of(
                what.purpose,
                what.source,
                purchase_id=what.purchase_id,
                visit_id=what.visit_id,
            ),
            template=what.template,
            repeat=what.repeat,
            repeat_from=what.due_on if what.repeat else None,
            source=what.source,
            source_id=what.source_id,
            given_by_id=given_by,
        ),
    )


@verb
def edit_follow_up(session: Session, what: EditFollowUp, /, *, now: datetime) -> int | None:
    """Keep one field as it is typed."""
    if what.field not in ("channel", "reason"):
        raise ValueError(what.field)
    row = open_one(session, what.follow_up_id)
    setattr(row, what.field, what.value)
    take_in_hand(row)
    return row.id


@verb
def change_follow_up(session: Session, what: ChangeFollowUp, /, *, now: datetime) -> int | None:
    """Say it anew. Another rule to repeat by, or another day with it, is reckoned from that day.

    Raises:
        FollowUpWithoutReason, NotARepeat, TooOften: as for a new one.
        NotOpenAnyMore: it was done or dropped already.
    """
    row = open_one(session, what.follow_up_id)
    if not what.reason.strip():
        raise FollowUpWithoutReason
    if what.repeat:
        read_rule(what.repeat)
    if what.repeat != row.repeat or (what.repeat and row.due_on != what.due_on):
        row.repeat, row.repeat_from = what.repeat, what.due_on if what.repeat else None
    row.channel, row.reason, row.due_on = what.channel, what.reason.strip(), what.due_on
    row.purpose = what.purpose or row.purpose
    take_in_hand(row)
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def do_follow_up(session: Session, what: DoFollowUp, /, *, now: datetime) -> int | None:
    """Done: the outcome is kept and, where the client was reached, stands in the story.

    One that repeats is there again on its next day, unless this was the last time.

    Raises:
        NotOpenAnyMore: it was done or dropped already.
        NotToBeReached: they may not be reached so now, and nobody said that they were all the same.
    """
    row, outcome = open_one(session, what.follow_up_id), what.outcome.strip()
    if what.reached:
        about = purpose_of(
            row.purpose, row.source, purchase_id=row.purchase_id, visit_id=row.visit_id
        )
        promised = row.source == Source.PROMISE
        wish = Wish(Channel(what.channel or row.channel), about, for_promise=promised)
        summary = f"{row.reason}: {outcome}" if outcome else row.reason
        contact = Outgoing(row.client_id, what.by, wish, summary, row.id)
        write_contact(session, contact, now=now, although=what.although)
    row.state, row.outcome, row.done_at = FollowUpState.DONE, outcome, now
    forget_draft(session, what.by, what.draft)
    next_one(session, row, now)
    return row.id


@verb
def snooze_follow_up(session: Session, what: SnoozeFollowUp, /, *, now: datetime) -> int | None:
    """Put it off to another day; its repeats are reckoned as before.

    Raises:
        NotOpenAnyMore: it was done or dropped already.
        AlreadyGone: that day lies behind.
    """
    row = open_one(session, what.follow_up_id)
    put_off(session, row, what.until, now)
    return row.id


@verb
def drop_follow_up(session: Session, what: DropFollowUp, /, *, now: datetime) -> int | None:
    """It will not be done; one that repeats ends, or comes again (``again``).

    Raises:
        NotOpenAnyMore: it was done or dropped already.
    """
    row = open_one(session, what.follow_up_id)
    row.state, row.outcome, row.done_at = FollowUpState.DROPPED, what.why.strip(), now
    forget_draft(session, what.by, what.draft)
    if what.again:
        next_one(session, row, now)
    return row.id


@verb
def give_follow_up(session: Session, what: GiveFollowUp, /, *, now: datetime) -> int | None:
    """Make it a colleague's; whoever gives it goes on seeing it.

    Raises:
        NotOpenAnyMore: it was done or dropped already.
        ColleagueGone: they no longer work here.
    """
    row = open_one(session, what.follow_up_id)
    colleague(session, what.to)
    give(row, what.to, what.by)
    return row.id


def open_one(session: Session, key: int) -> FollowUp:
    """The follow-up, which is still open.

    Raises:
        NotThere, NotOpenAnyMore: it is not.
    """
    row = the(session, FollowUp, key)
    if row.state != FollowUpState.OPEN:
        raise NotOpenAnyMore
    return row


def put_off(session: Session, row: FollowUp, until: date, now: datetime) -> None:
    """Another day of the store, for one that is open.

    Raises:
        AlreadyGone: that day lies behind.
    """
    if until < store_facts(session).day_of(now):
        raise AlreadyGone
    row.due_on = until
    take_in_hand(row)


def give(row: FollowUp, to: int, by: int) -> None:
    """A colleague's from now on, or one's own again."""
    row.associate_id = to
    row.given_by_id = by if by != to else None
    take_in_hand(row)


def take_in_hand(row: FollowUp) -> None:
    """What a rule made and an associate changes is theirs: no rule moves or ends it any more."""
    if row.rule_id is not None:
        row.in_hand = True


def next_one(session: Session, row: FollowUp, now: datetime) -> FollowUp | None:
    """The next of one that repeats, written; None where it is once or this was the last time.

    It is nobody's rule any more: what repeats is the associate's own plan.
    """
    if not row.repeat:
        return None
    store = store_facts(session)
    due_on = next_after_doing(
        read_rule(row.repeat),
        row.repeat_from or row.due_on,
        due_on=row.due_on,
        done_on=store.day_of(now),
        zone=store.zone,
    )
    if due_on is None:
        return None
    following = FollowUp(
        client_id=row.client_id,
        associate_id=row.associate_id,
        visit_id=row.visit_id,
        purchase_id=row.purchase_id,
        channel=row.channel,
        reason=row.reason,
        due_on=due_on,
        created_at=now,
        purpose=row.purpose,
        template=row.template,
        repeat=row.repeat,
        repeat_from=row.repeat_from or row.due_on,
        source=row.source,
        source_id=row.source_id,
        given_by_id=row.given_by_id,
    )
    session.add(following)
    return following
