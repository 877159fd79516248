"""Who is with the client, where, and what may still change? Tables of states and moves.

Three small machines: the visit, each of its stops, and the colleague at a stop. A move that is not
in its table is refused and changes nothing. Nothing here touches who owns the client.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class VisitState(StrEnum):
    """How far a visit has come."""

    ARRIVED = "arrived"
    GREETED = "greeted"
    LEFT = "left"


class VisitMove(StrEnum):
    """What can happen to a visit; CHANGE is anything said, shown, planned or walked."""

    GREET = "greet"
    CHANGE = "change"
    LEAVE = "leave"


VISIT_MOVES: dict[tuple[VisitState, VisitMove], VisitState] = {
    (VisitState.ARRIVED, VisitMove.GREET): VisitState.GREETED,
    (VisitState.ARRIVED, VisitMove.CHANGE): VisitState.ARRIVED,
    (VisitState.ARRIVED, VisitMove.LEAVE): VisitState.LEFT,
    (VisitState.GREETED, VisitMove.GREET): VisitState.GREETED,
    (VisitState.GREETED, VisitMove.CHANGE): VisitState.GREETED,
    (VisitState.GREETED, VisitMove.LEAVE): VisitState.LEFT,
}
"""What becomes of it. From ``LEFT`` nothing leads on: an ended visit changes no more."""


class StopState(StrEnum):
    """A stop on the route."""

    PLANNED = "planned"
    HERE = "here"
    BEEN = "been"
    GONE = "gone"
    """Taken off the route: there is no row any more."""


class StopMove(StrEnum):
    """What can happen to a stop."""

    BEGIN = "begin"
    END = "end"
    REMOVE = "remove"
    REORDER = "reorder"


STOP_MOVES: dict[tuple[StopState, StopMove], StopState] = {
    (StopState.PLANNED, StopMove.BEGIN): StopState.HERE,
    (StopState.PLANNED, StopMove.REMOVE): StopState.GONE,
    (StopState.PLANNED, StopMove.REORDER): StopState.PLANNED,
    (StopState.HERE, StopMove.END): StopState.BEEN,
}
"""What becomes of it. Going back to a department is another stop: one that was made stays made."""


class Help(StrEnum):
    """The colleague at a stop."""

    NOBODY = "nobody"
    ASKED = "asked"
    JOINED = "joined"
    ALONE = "alone"
    """The colleague is with the client; the visit's associate stepped away meanwhile."""


class HelpMove(StrEnum):
    """What can happen with a colleague at a stop."""

    BRING_IN = "bring in"
    JOIN = "join"
    LEAVE_WITH = "leave with"
    COME_BACK = "come back"
    GO = "go"


HELP_MOVES: dict[tuple[Help, HelpMove], Help] = {
    (Help.NOBODY, HelpMove.BRING_IN): Help.ASKED,
    (Help.ASKED, HelpMove.BRING_IN): Help.ASKED,
    (Help.ASKED, HelpMove.JOIN): Help.JOINED,
    (Help.ASKED, HelpMove.LEAVE_WITH): Help.ALONE,
    (Help.ASKED, HelpMove.GO): Help.NOBODY,
    (Help.JOINED, HelpMove.BRING_IN): Help.ASKED,
    (Help.JOINED, HelpMove.LEAVE_WITH): Help.ALONE,
    (Help.JOINED, HelpMove.GO): Help.NOBODY,
    (Help.ALONE, HelpMove.COME_BACK): Help.JOINED,
    (Help.ALONE, HelpMove.BRING_IN): Help.ASKED,
    (Help.ALONE, HelpMove.GO): Help.NOBODY,
}
"""What becomes of it. A colleague who had joined and goes ends the stop as it was, and another in
the same department begins, so that it stays written down who was there."""

HELP_AT: dict[StopState, frozenset[HelpMove]] = {
    StopState.PLANNED: frozenset({HelpMove.BRING_IN, HelpMove.GO}),
    StopState.HERE: frozenset(HelpMove),
    StopState.BEEN: frozenset(),
    StopState.GONE: frozenset(),
}
"""Where a colleague's move makes sense: nobody joins before the client is there, or after."""


def visit_state(greeted_at: datetime | None, left_at: datetime | None) -> VisitState:
    """The state of a visit by its moments."""
    if left_at is not None:
        return VisitState.LEFT
    return VisitState.ARRIVED if greeted_at is None else VisitState.GREETED


def stop_state(started_at: datetime | None, ended_at: datetime | None) -> StopState:
    """The state of a stop by its moments."""
    if started_at is None:
        return StopState.PLANNED
    return StopState.HERE if ended_at is None else StopState.BEEN


def help_state(colleague_id: int | None, joined_at: datetime | None, alone: bool) -> Help:
    """The state of the colleague at a stop."""
    if colleague_id is None:
        return Help.NOBODY
    if joined_at is None:
        return Help.ASKED
    return Help.ALONE if alone else Help.JOINED


def with_client(associate_id: int, colleague_id: int | None, state: Help) -> tuple[int, ...]:
    """The associates who are with the client now: never nobody."""
    if colleague_id is None or state in (Help.NOBODY, Help.ASKED):
        return (associate_id,)
    return (colleague_id,) if state is Help.ALONE else (associate_id, colleague_id)
