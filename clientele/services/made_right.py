"""Making it right: a problem opened, decided in the client's favour, and solved by their word.

Whoever decides asks nobody: there is no approval and no receipt in any of these. Whose it is
changes only together with the client (``passing_on``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.money import parse_price
from clientele.domain.plans import FollowUpState
from clientele.domain.recovery import Decision, RightState
from clientele.domain.rules.made_right import ASK_AFTER, RightMove, after
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.tables import (
    Associate,
    Client,
    FollowUp,
    MadeRight,
    MadeRightStep,
    VisitStop,
)
from clientele.services.drafts import forget_draft
from clientele.services.follow_ups import DoFollowUp, do_follow_up
from clientele.services.rows import new_id, profile, the
from clientele.services.verb import verb

LONGEST = 60
"""How much of what it is about stands in the follow-up's reason, in letters."""


class ProblemWithoutWords(Refusal):
    """Nothing says what it is about."""

    template = (
        "What is it about? Say which goods, or what is wrong; a word is enough. "
        "What you typed is still there."
    )


class AlreadySolved(Refusal):
    """The client has said that it is solved."""

    template = (
        "The client has said that this is solved. Nothing was changed; "
        "if it is not after all, press “Not solved after all” first."
    )


class NothingDecided(Refusal):
    """The client cannot have called solved what nobody did anything about."""

    template = (
        "Nothing was decided about this yet. What you typed is still there; "
        "say first what you did for the client."
    )


class CostBelowNothing(Refusal):
    """A cost with a minus."""

    template = (
        "A cost cannot be below nothing. What you typed is still there; write it like 127.00."
    )


@dataclass(frozen=True, slots=True)
class OpenMadeRight:
    """A problem of a client; it is ``by``'s until the client says that it is solved.

    With a ``decision`` (``recovery.Decision``) it is decided in the same step. ``cost`` is in the
    store's currency: minor units, or as it was typed (“127.00”). ``sold_here`` is whether the
    store sells such goods.
    """

    client_id: int
    by: int
    goods: str = ""
    problem: str = ""
    sold_here: bool = True
    purchase_line_id: int | None = None
    visit_id: int | None = None
    department_id: int | None = None
    """None: where the visit is now, or else ``by``'s own."""
    decision: str = ""
    word: str = ""
    cost: int | str = 0
    ask: str = "Is it truly solved?"
    """The reason of the follow-up, in the associate's language."""
    ask_in: int = ASK_AFTER
    """In how many days of the store."""
    draft: str = ""
    """The place of the draft that it was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class Decide:
    """What is done for the client, and its cost as in ``OpenMadeRight``; as often as it takes."""

    made_right_id: int
    by: int
    decision: str
    word: str = ""
    cost: int | str = 0
    ask: str = "Is it truly solved?"
    ask_in: int = ASK_AFTER
    draft: str = ""


@dataclass(frozen=True, slots=True)
class ClientSays:
    """The client's word: solved, or not."""

    made_right_id: int
    by: int
    solved: bool
    word: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class AskedIfSolved:
    """The follow-up was done, and what the client said to it."""

    done: DoFollowUp
    made_right_id: int
    solved: bool


@dataclass(frozen=True, slots=True)
class EditMadeRight:
    """One field (goods, problem) as it stands now."""

    made_right_id: int
    field: str
    value: str


@verb
def open_made_right(session: Session, what: OpenMadeRight, /, *, now: datetime) -> int | None:
    """Write down a problem, with what was decided if anything was, and answer its id.

    Raises:
        ProblemWithoutWords: neither goods nor problem say anything.
        NotAnAmount, CostBelowNothing: the cost cannot be read, or is negative.
    """
    goods, problem = what.goods.strip(), what.problem.strip()
    if not goods and not problem:
        raise ProblemWithoutWords
    cost = _minor(session, what.cost)
    the(session, Client, what.client_id)
    forget_draft(session, what.by, what.draft)
    row = MadeRight(
        client_id=what.client_id,
        associate_id=what.by,
        visit_id=what.visit_id,
        department_id=what.department_id or _department(session, what),
        purchase_line_id=what.purchase_line_id,
        goods=goods,
        problem=problem,
        sold_here=what.sold_here,
        opened_at=now,
    )
    if not what.decision:
        return new_id(session, row)
    row.state = RightState.DECIDED
    # The follow-up first: on the way back it goes after what refers to it.
    row.follow_up_id = _plan(session, row, what.ask, what.ask_in, now)
    key = new_id(session, row)
    _add_step(session, key, Decision(what.decision), what.word, what.by, now, cost=cost)
    return key


@verb
def decide(session: Session, what: Decide, /, *, now: datetime) -> int | None:
    """Decide in the client's favour. Whether it is truly solved will be asked, once.

    Raises:
        AlreadySolved: the client said so.
        NotAnAmount, CostBelowNothing: the cost cannot be read, or is negative.
    """
    cost = _minor(session, what.cost)
    row = the(session, MadeRight, what.made_right_id)
    decided = _moved(row, RightMove.DECIDE)
    forget_draft(session, what.by, what.draft)
    planned = _open_follow_up(session, row)
    if planned is None:
        # Before anything else of the row: on the way back it goes after what refers to it.
        row.follow_up_id = _plan(session, row, what.ask, what.ask_in, now)
    else:
        planned.due_on = max(planned.due_on, _day(session, now, what.ask_in))
    row.state = decided
    decision = Decision(what.decision)
    _add_step(session, what.made_right_id, decision, what.word, what.by, now, cost=cost)
    return row.id


@verb
def client_says(session: Session, what: ClientSays, /, *, now: datetime) -> int | None:
    """Keep the client's word. The follow-up that was to ask for it is done with that.

    Raises:
        AlreadySolved: it was solved already, and is said to be so again.
        NothingDecided: nothing was decided, so that there is nothing to say a word about.
    """
    row = the(session, MadeRight, what.made_right_id)
    _say(session, row, what, now)
    planned = _open_follow_up(session, row)
    if planned is not None:
        planned.state, planned.done_at = FollowUpState.DONE, now
        planned.outcome = what.word.strip()
    return row.id


@verb
def asked_if_solved(session: Session, what: AskedIfSolved, /, *, now: datetime) -> int | None:
    """Do the follow-up that asks, and keep the answer as the client's word, in one step.

    Raises:
        NotOpenAnyMore: the follow-up was done or dropped.
        AlreadySolved, NothingDecided: as for ``client_says``.
    """
    do_follow_up(session, what.done, now=now)
    row = the(session, MadeRight, what.made_right_id)
    said = ClientSays(what.made_right_id, what.done.by, what.solved, what.done.outcome)
    _say(session, row, said, now)
    return row.id


@verb
def edit_made_right(session: Session, what: EditMadeRight, /, *, now: datetime) -> int | None:
    """Keep one field as it is typed."""
    if what.field not in ("goods", "problem"):
        raise ValueError(what.field)
    row = the(session, MadeRight, what.made_right_id)
    setattr(row, what.field, what.value)
    return row.id


def _department(session: Session, what: OpenMadeRight) -> int | None:
    """Where it was heard: at the stop that goes on, else in the associate's own department."""
    if what.visit_id is not None:
        here = session.scalar(
            select(col(VisitStop.department_id)).where(
                col(VisitStop.visit_id) == what.visit_id,
                col(VisitStop.started_at).is_not(None),
                col(VisitStop.ended_at).is_(None),
            )
        )
        if here is not None:
            return here
    return the(session, Associate, what.by).department_id


def _say(session: Session, row: MadeRight, what: ClientSays, now: datetime) -> None:
    move = RightMove.SOLVED if what.solved else RightMove.NOT_SOLVED
    row.state = _moved(row, move)
    row.solved_at = now if what.solved else None
    forget_draft(session, what.by, what.draft)
    _add_step(session, what.made_right_id, move, what.word, what.by, now)


def _moved(row: MadeRight, move: RightMove) -> RightState:
    moved = after(RightState(row.state), move)
    if moved is None:
        raise AlreadySolved if row.state == RightState.SOLVED else NothingDecided
    return moved


def _add_step(
    session: Session,
    made_right_id: int,
    what: str,
    word: str,
    by: int,
    now: datetime,
    *,
    cost: int = 0,
) -> None:
    session.add(
        MadeRightStep(
            made_right_id=made_right_id,
            what=str(what),
            word=word.strip(),
            cost=cost,
            associate_id=by,
            at=now,
        )
    )
    session.flush()


def _minor(session: Session, cost: int | str) -> int:
    if isinstance(cost, str):
        cost = parse_price(cost, profile(session).currency) or 0
    if cost < 0:
        raise CostBelowNothing
    return cost


def _open_follow_up(session: Session, row: MadeRight) -> FollowUp | None:
    if row.follow_up_id is None:
        return None
    planned = session.get(FollowUp, row.follow_up_id)
    return planned if planned is not None and planned.state == FollowUpState.OPEN else None


def _plan(session: Session, row: MadeRight, ask: str, ask_in: int, now: datetime) -> int:
    """The follow-up that asks, for whoever the problem belongs to; answers its id."""
    about = row.goods or row.problem
    about = about if len(about) <= LONGEST else f"{about[: LONGEST - 1].rstrip()}…"
    return new_id(
        session,
        FollowUp(
            client_id=row.client_id,
            associate_id=row.associate_id,
            visit_id=row.visit_id,
            channel=Channel.CALL,
            reason=f"{ask.strip()} ({about})",
            due_on=_day(session, now, ask_in),
            created_at=now,
            purpose=Purpose.SERVICE,
            source=Source.MADE_RIGHT,
            source_id=row.id,
        ),
    )


def _day(session: Session, now: datetime, ahead: int) -> date:
    zone = ZoneInfo(profile(session).time_zone)
    return now.astimezone(zone).date() + timedelta(days=ahead)
