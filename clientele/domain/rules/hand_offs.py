"""Who is responsible while a client is handed to a colleague? A table of states and moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Loan:
    """An accepted hand-off with a last day, in the store's zone: of one department, or whole."""

    to_id: int
    until_on: date
    department_id: int | None = None

    def on(self, day: date) -> bool:
        """Whether it still holds on ``day``; after its last day it has ended by itself."""
        return day <= self.until_on


@dataclass(frozen=True, slots=True)
class Knows:
    """An associate who is at home with a client in one department: a membership that is open."""

    department_id: int
    associate_id: int


def after(state: str, move: HandOffMove) -> HandOffState | None:
    """The state that a move leads to, or None where it is not one that can be made."""
    return MOVES.get((HandOffState(state), move))


def whose_move(move: HandOffMove, *, from_id: int, to_id: int) -> int:
    """The associate whose move it is."""
    return {"from": from_id, "to": to_id}[MAY[move]]


def may_give(
    mine: Iterable[int], *, owner: int | None, knows: Iterable[int], served_by: int | None
) -> int | None:
    """In whose name a part of a client can be handed over by whoever does the work of ``mine``.

    The owner's before all. ``knows`` are the associates who are at home with the client in the
    department that is handed over, and ``served_by`` the associate of the visit it comes from;
    both are left empty for the whole client, which is the owner's alone. None: it is not theirs.
    """
    there = set(mine)
    return next((one for one in (owner, *knows, served_by) if one in there), None)


def responsible(*, state: str, from_id: int, to_id: int, until_on: date | None, today: date) -> int:
    """The associate who is responsible for what is handed over, on ``today`` of the store.

    Only an accepted hand-off moves anything; one with a last day ends by itself after it.
    """
    over = until_on is not None and until_on < today
    return to_id if state == HandOffState.ACCEPTED and not over else from_id


def for_the_whole(owner: int | None, loans: Iterable[Loan], today: date) -> int | None:
    """Who is responsible for a client: whom they are lent to, else their owner (None: nobody's).

    ``loans`` in the order in which they were accepted; there is never more than one at a time.
    """
    lent = [loan.to_id for loan in loans if loan.department_id is None and loan.on(today)]
    return lent[-1] if lent else owner


def for_a_department(
    department_id: int,
    owner: int | None,
    knows: Iterable[Knows],
    loans: Iterable[Loan],
    today: date,
) -> int | None:
    """Who is responsible for what a client needs in one department.

    Whom that part is lent to; else the one who came to know the client there last (``knows``, the
    oldest first); else whoever is responsible for the whole.
    """
    there = tuple(loans)
    lent = [loan for loan in there if loan.department_id == department_id and loan.on(today)]
    if lent:
        return lent[-1].to_id
    known = [one.associate_id for one in knows if one.department_id == department_id]
    return known[-1] if known else for_the_whole(owner, there, today)
