"""How does a problem stand, and did we do too little? Never whether we did too much."""

from __future__ import annotations

from enum import StrEnum

from clientele.domain.recovery import RightState


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
