"""Are several follow-ups done, put off, given away or dropped in one step with one Undo?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.tables import ContactMade, FollowUp
from clientele.services.follow_ups import DropFollowUp, drop_follow_up
from clientele.services.follow_ups_many import (
    DoFollowUps,
    DropFollowUps,
    GiveFollowUps,
    NoneOpenAnyMore,
    SnoozeFollowUps,
    do_follow_ups,
    drop_follow_ups,
    give_follow_ups,
    snooze_follow_ups,
)
from clientele.services.undo import undo
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day, a_day

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def day(store: Store, clock: FixedClock) -> Day:
    """Five follow-ups, of which one repeats."""
    made = a_day(store, clock.now())
    with store.write() as session:
        row = session.get(FollowUp, made.follow_ups["James"])
        assert row is not None
        row.repeat, row.repeat_from = "FREQ=DAILY", TODAY
    return made


def kept(store: Store) -> list[tuple[Any, ...]]:
    """All follow-ups as they stand."""
    with store.read() as session:
        asked = select(
            col(FollowUp.id),
            col(FollowUp.state),
            col(FollowUp.due_on),
            col(FollowUp.associate_id),
            col(FollowUp.outcome),
        ).order_by(col(FollowUp.id))
        return [tuple(row) for row in session.execute(asked)]


@pytest.mark.parametrize("what", ["done", "put off", "given", "dropped"])
def test_all_at_once_and_back_in_one_step(
    store: Store, clock: FixedClock, day: Day, what: str
) -> None:
    before = kept(store)
    ids = tuple(day.follow_ups.values())
    doing: dict[str, tuple[Any, Any]] = {
        "done": (do_follow_ups, DoFollowUps(ids, day.okafor, "told them at the till")),
        "put off": (snooze_follow_ups, SnoozeFollowUps(ids, TUESDAY)),
        "given": (give_follow_ups, GiveFollowUps(ids, day.sato, day.okafor)),
        "dropped": (drop_follow_ups, DropFollowUps(ids, day.okafor, "sale is over")),
    }
    verb, asked = doing[what]
    with store.write() as session:
        changes = verb(session, asked, now=clock.now())
    after = kept(store)
    mine = after[: len(ids)]
    if what == "put off":
        assert {row[2] for row in mine} == {TUESDAY}
    elif what == "given":
        assert {row[3] for row in mine} == {day.sato}
    else:
        state = FollowUpState.DONE if what == "done" else FollowUpState.DROPPED
        assert {row[1] for row in mine} == {state}
        assert {row[4] for row in mine} == {asked.outcome if what == "done" else asked.why}
    again = [row[2] for row in after[len(ids) :]]
    assert again == ([TODAY + timedelta(days=1)] if what == "done" else [])
    with store.write() as session:
        undo(session, changes.undo, now=clock.now())
    assert kept(store) == before


def test_nothing_is_said_to_have_reached_anybody(store: Store, clock: FixedClock, day: Day) -> None:
    with store.write() as session:
        what = DoFollowUps(tuple(day.follow_ups.values()), day.okafor)
        do_follow_ups(session, what, now=clock.now())
        assert session.scalar(select(func.count()).select_from(ContactMade)) == 0


def test_what_was_ended_meanwhile_stays_and_where_all_were_it_is_said(
    store: Store, clock: FixedClock, day: Day
) -> None:
    gone, left = day.follow_ups["Tom"], day.follow_ups["Marta"]
    with store.write() as session:
        drop_follow_up(session, DropFollowUp(gone, day.okafor, "moved away"), now=clock.now())
        changes = do_follow_ups(session, DoFollowUps((gone, left), day.okafor), now=clock.now())
    assert changes.ids["follow_up"] == {left}
    with pytest.raises(NoneOpenAnyMore), store.write() as session:
        do_follow_ups(session, DoFollowUps((gone, left), day.okafor), now=clock.now())
