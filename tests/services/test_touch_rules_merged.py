"""When two clients become one: is each occasion still asked for once, and does nothing get lost?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from clientele.domain.plans import FollowUpState, OccasionKind
from clientele.domain.rules.touch_rules import Trigger
from clientele.domain.tables import Occasion
from clientele.services.follow_ups import DoFollowUp, do_follow_up
from clientele.services.merging import Merge, merge_clients
from tests.services.floor import Floor
from tests.services.ruling import a_manager, another, follow_ups, reachable, ruled, run, states

OPEN, ENDED = FollowUpState.OPEN, FollowUpState.ENDED
AHEAD = date(2026, 11, 21) + timedelta(days=12)
BORN = {"birth_month": AHEAD.month, "birth_day": AHEAD.day}


@pytest.fixture
def manager(floor: Floor) -> int:
    """Who may change rules; Daniel can be reached and is Okafor's."""
    reachable(floor, floor.daniel, floor.okafor)
    return a_manager(floor)


def test_two_who_become_one_are_asked_for_once(floor: Floor, manager: int) -> None:
    gone, stays = another(floor, "Daniel T", **BORN), another(floor, "Daniel Tran", **BORN)
    ruled(floor, manager, Trigger.OCCASION)
    run(floor)
    before = states(floor)
    assert len(before) == 2
    merged = floor.do(merge_clients, Merge(gone, stays, by=floor.okafor))
    for _ in range(2):
        run(floor)
        assert sorted(state for state, _ in states(floor)) == [ENDED, OPEN]
    floor.undo(merged)
    run(floor)
    assert states(floor) == before


def test_what_was_done_for_one_of_two_is_not_asked_for_the_other(
    floor: Floor, manager: int
) -> None:
    gone, stays = another(floor, "Daniel T", **BORN), another(floor, "Daniel Tran", **BORN)
    ruled(floor, manager, Trigger.OCCASION)
    run(floor)
    theirs = next(one.id or 0 for one in follow_ups(floor) if one.client_id == gone)
    floor.do(do_follow_up, DoFollowUp(theirs, floor.okafor, reached=False))
    floor.do(merge_clients, Merge(gone, stays, by=floor.okafor))
    run(floor)
    assert sorted(state for state, _ in states(floor)) == [FollowUpState.DONE, ENDED]


def test_an_occasion_of_both_that_was_thought_of_is_not_asked_for_again(
    floor: Floor, manager: int
) -> None:
    gone, stays = another(floor, "Daniel T"), another(floor, "Daniel Tran")
    ruled(floor, manager, Trigger.OCCASION)
    same: dict[str, Any] = {
        "kind": OccasionKind.ANNIVERSARY,
        "month": AHEAD.month,
        "day": AHEAD.day,
    }
    floor.add(Occasion(client_id=gone, every_year=True, **same))
    run(floor)
    (made,) = follow_ups(floor)
    floor.do(do_follow_up, DoFollowUp(made.id or 0, floor.okafor, reached=False))
    kept = floor.add(Occasion(client_id=stays, every_year=True, **same))
    floor.do(merge_clients, Merge(gone, stays, by=floor.okafor))
    run(floor)
    (one,) = follow_ups(floor)
    assert (one.state, one.source_id) == (FollowUpState.DONE, kept)
