"""Who is responsible while a client is handed to a colleague? A table of states and moves."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from clientele.domain.client import HandOffState


class HandOffMove(StrEnum):
    """What can be done with a hand-off."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    GIVE_BACK = "give back"


MOVES: dict[tuple[HandOffState, HandOffMove], HandOffState] = {
    (HandOffState.OFFERED, HandOffMove.ACCEPT): HandOffState.ACCEPTED,
    (HandOffState.OFFERED, HandOffMove.DECLINE): HandOffState.DECLINED,
    (HandOffState.OFFERED, HandOffMove.WITHDRAW): HandOffState.WITHDRAWN,
    (HandOffState.ACCEPTED, HandOffMove.GIVE_BACK): HandOffState.GIVEN_BACK,
}
"""What becomes of it; a move that is not here is refused and changes nothing."""

MAY: dict[HandOffMove, str] = {
    HandOffMove.ACCEPT: "to",
    HandOffMove.DECLINE: "to",
    HandOffMove.WITHDRAW: "from",
    HandOffMove.GIVE_BACK: "to",
}
"""Whose move it is: of whom it was offered to, or of whom offered it (or who covers for them)."""


def responsible(*, state: str, from_id: int, to_id: int, until_on: date | None, today: date) -> int:
    """The associate who is responsible for what is handed over, on ``today`` of the store.

    Only an accepted hand-off moves anything; one with a last day ends by itself after it.
    """
    over = until_on is not None and until_on < today
    return to_id if state == HandOffState.ACCEPTED and not over else from_id
