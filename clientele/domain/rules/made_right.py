"""How does a problem stand, and did we do too little? Never whether we did too much.

What was done is a list of steps; everything here is read off it. Costs are added up and never
compared: no rule below knows an amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from clientele.domain.recovery import Decision, RightState
from clientele.domain.rules.cover import Away, acting


class RightMove(StrEnum):
    """What can be done about a problem."""

    DECIDE = "decide"
    SOLVED = "solved"
    NOT_SOLVED = "not solved"


MOVES: dict[tuple[RightState, RightMove], RightState] = {
    (RightState.OPEN, RightMove.DECIDE): RightState.DECIDED,
    (RightState.DECIDED, RightMove.DECIDE): RightState.DECIDED,
    (RightState.DECIDED, RightMove.SOLVED): RightState.SOLVED,
    (RightState.DECIDED, RightMove.NOT_SOLVED): RightState.OPEN,
    (RightState.SOLVED, RightMove.NOT_SOLVED): RightState.OPEN,
}
"""What becomes of it; a move that is not here is refused. Only the client's word solves it."""

UNSOLVED = (RightState.OPEN, RightState.DECIDED)
"""In these it is somebody's to do something about."""

ASK_AFTER = 3
"""Days of the store after a decision until the client is asked whether it is truly solved."""

WITHIN = timedelta(days=1)
"""How long a client may be left without anything decided."""

ASKED_WITHIN = timedelta(days=7)
"""How long after a decision somebody should have asked."""

LONG = timedelta(days=10)
"""What takes longer, from the day it was heard to the client's word, took too long."""

AWAY_FOR = 60
"""A client who has not been back for so many days since may be telling us something."""


@dataclass(frozen=True, slots=True)
class RightStep:
    """One thing that was done: a ``Decision``, or the client's word, at an aware instant."""

    what: str
    at: datetime

    @property
    def move(self) -> RightMove:
        """Which move it was."""
        if self.what in (RightMove.SOLVED, RightMove.NOT_SOLVED):
            return RightMove(self.what)
        return RightMove.DECIDE


@dataclass(frozen=True, slots=True)
class Problem:
    """What the review looks at. There is no amount in it, on purpose.

    ``asked_at``: when the client was asked whether it is solved, if ever. ``back_at``: when the
    client was first in or bought again after the last step. ``goods``: what it is about, empty
    where it is not about an article.
    """

    opened_at: datetime
    steps: tuple[RightStep, ...] = ()
    goods: str = ""
    sold_here: bool = True
    receipt: bool = False
    asked_at: datetime | None = None
    back_at: datetime | None = None

    @property
    def state(self) -> RightState:
        """How it stands after its steps."""
        return stands(step.move for step in self.steps)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in words: an English template, which may count with ``%n``, and the count."""

    template: str
    count: int = -1


def after(state: RightState, move: RightMove) -> RightState | None:
    """What becomes of a problem by a move, or None where there is no such move."""
    return MOVES.get((state, move))


def stands(moves: Iterable[RightMove]) -> RightState:
    """How a problem stands after ``moves``; those that are refused change nothing."""
    state = RightState.OPEN
    for move in moves:
        state = after(state, move) or state
    return state


def answers(owner: int, day: date, absences: Iterable[Away] = ()) -> int:
    """Who answers on ``day`` for a problem that ``owner`` has: one person, whatever its state."""
    return acting(owner, day, absences)


NOTHING_DECIDED = "Nothing was decided for %n day(s)."
NOTHING_FOLLOWED = "The client said it was not solved, and nothing followed for %n day(s)."
NOBODY_ASKED = "Nobody asked whether it is truly solved, for %n day(s)."
TOOK_LONG = "It took %n day(s)."
TAKES_LONG = "It has been waiting for %n day(s)."
ONLY_SORRY = "We said sorry and did nothing about the goods."
NOT_BACK = "The client has not been back for %n day(s) since."

ON_THE_SPOT = "Decided on the spot."
NEVER_SOLD = "Goods that we never sold."
NO_RECEIPT = "No receipt was asked for."
MORE_THAN_ASKED = "More was done than was asked."

WORDS = (
    NOTHING_DECIDED,
    NOTHING_FOLLOWED,
    NOBODY_ASKED,
    TOOK_LONG,
    TAKES_LONG,
    ONLY_SORRY,
    NOT_BACK,
    ON_THE_SPOT,
    NEVER_SOLD,
    NO_RECEIPT,
    MORE_THAN_ASKED,
)
"""Every template, for the window to translate."""


def too_little(problem: Problem, *, now: datetime) -> tuple[Reason, ...]:
    """Why we did too little for this client, as far as can be told at ``now``; empty if we did not.

    All instants are aware. A day is 24 hours here: nobody waits shorter because it is a Sunday.
    """
    reasons = [*_waited(problem, now), *_not_asked(problem, now)]
    end = problem.steps[-1].at if problem.state is RightState.SOLVED else now
    if end - problem.opened_at > LONG:
        words = TOOK_LONG if problem.state is RightState.SOLVED else TAKES_LONG
        reasons.append(_days(words, end - problem.opened_at))
    if _only_sorry(problem, now):
        reasons.append(Reason(ONLY_SORRY))
    since = not_back_since(problem)
    if since is not None and (now - since).days >= AWAY_FOR:
        reasons.append(_days(NOT_BACK, now - since))
    return tuple(reasons)


def praised(problem: Problem, *, zone: tzinfo) -> tuple[Reason, ...]:
    """What is to be read out: done at once, for goods we never sold, without a receipt, and more.

    ``zone`` is the store's, in which “on the spot” means the same day. Empty while nothing but an
    apology was given, and while the client says that it is not solved.
    """
    if problem.state is RightState.OPEN:
        return ()
    decided = [step for step in problem.steps if step.move is RightMove.DECIDE]
    given = [step for step in decided if step.what != Decision.APOLOGY]
    if not given:
        return ()
    reasons = []
    if _day(given[0].at, zone) == _day(problem.opened_at, zone):
        reasons.append(Reason(ON_THE_SPOT))
    if not problem.sold_here:
        reasons.append(Reason(NEVER_SOLD))
    if problem.goods.strip() and not problem.receipt:
        reasons.append(Reason(NO_RECEIPT))
    if _more_than_asked(problem.steps):
        reasons.append(Reason(MORE_THAN_ASKED))
    return tuple(reasons)


def not_back_since(problem: Problem) -> datetime | None:
    """Since when the client has not been back after it ended, or None: back, or not ended yet."""
    if problem.state is not RightState.SOLVED or problem.back_at is not None:
        return None
    return problem.steps[-1].at


def _waited(problem: Problem, now: datetime) -> list[Reason]:
    """Each time the client waited for a decision: at first, and after saying it is not solved."""
    reasons = []
    since: datetime | None = problem.opened_at
    words = NOTHING_DECIDED
    for step in problem.steps:
        if step.move is RightMove.DECIDE:
            if since is not None and step.at - since > WITHIN:
                reasons.append(_days(words, step.at - since))
            since = None
        elif step.move is RightMove.NOT_SOLVED:
            since, words = step.at, NOTHING_FOLLOWED
    if since is not None and now - since > WITHIN:
        reasons.append(_days(words, now - since))
    return reasons


def _not_asked(problem: Problem, now: datetime) -> list[Reason]:
    if problem.state is not RightState.DECIDED:
        return []
    decided = problem.steps[-1].at
    asked = problem.asked_at is not None and problem.asked_at >= decided
    if asked or now - decided <= ASKED_WITHIN:
        return []
    return [_days(NOBODY_ASKED, now - decided)]


def _only_sorry(problem: Problem, now: datetime) -> bool:
    """Whether an apology is all there was for goods, and the client did not say it is enough.

    Only where goods are named: for a long wait or a rude word, sorry may be all there is to give.
    On the same day more may still come.
    """
    if not problem.goods.strip() or problem.state is RightState.SOLVED:
        return False
    decided = [step for step in problem.steps if step.move is RightMove.DECIDE]
    sorry = bool(decided) and all(step.what == Decision.APOLOGY for step in decided)
    return sorry and now - decided[-1].at > WITHIN


def _more_than_asked(steps: Sequence[RightStep]) -> bool:
    """Whether two different things were given without the client having to come back for one."""
    given: set[str] = set()
    for step in steps:
        if step.move is RightMove.NOT_SOLVED:
            given.clear()
        elif step.move is RightMove.DECIDE and step.what != Decision.APOLOGY:
            given.add(step.what)
            if len(given) > 1:
                return True
    return False


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def _days(template: str, length: timedelta) -> Reason:
    return Reason(template, length.days)
