"""Is what is to be done for a client kept, done, put off and undone?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clientele.domain.client import Channel
from clientele.domain.errors import CardNumberFound, NotThere
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.tables import ContactMade, Draft, FollowUp
from clientele.services.changes import Changes, Kind
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.follow_ups import (
    DoFollowUp,
    DropFollowUp,
    EditFollowUp,
    FollowUpWithoutReason,
    NewFollowUp,
    NotOpenAnyMore,
    SnoozeFollowUp,
    do_follow_up,
    drop_follow_up,
    edit_follow_up,
    new_follow_up,
    snooze_follow_up,
)
from clientele.services.undo import undo
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import Day

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A day with follow-ups."""
    return staged_saturday


def rows(store: Store) -> dict[int, tuple[str, date, str]]:
    """State, day and outcome by id."""
    with store.read() as session:
        return {
            row.id: (row.state, row.due_on, row.outcome)
            for row in session.execute(
                select(
                    FollowUp.id,  # type: ignore[call-overload]
                    FollowUp.state,
                    FollowUp.due_on,
                    FollowUp.outcome,
                )
            )
        }


def contacts(store: Store) -> list[tuple[int, str, str]]:
    """Client, channel and summary of every contact."""
    with store.read() as session:
        found = session.scalars(select(ContactMade)).all()
        return [(row.client_id, row.channel, row.summary) for row in found]


def take_back(store: Store, changes: Changes, clock: FixedClock) -> None:
    """Undo."""
    assert changes.undo is not None
    with store.write() as session:
        undo(session, changes.undo, now=clock.now())


def test_a_new_follow_up_is_kept_and_clears_the_words_it_was_typed_in(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        type_draft(session, TypeDraft(day.okafor, "new follow-up", "ask"), now=clock.now())
    what = NewFollowUp(
        day.clients["Eleanor"],
        day.okafor,
        Channel.CALL,
        "  ask about Lisbon ",
        TUESDAY,
        draft="new follow-up",
    )
    with store.write() as session:
        changes = new_follow_up(session, what, now=clock.now())
    assert changes.kinds == {Kind.FOLLOW_UP, Kind.DRAFT}
    assert changes.clients == {day.clients["Eleanor"]}
    assert changes.subject is not None
    with store.read() as session:
        kept = session.get(FollowUp, changes.subject)
        assert kept is not None
        assert (kept.reason, kept.due_on, kept.state) == ("ask about Lisbon", TUESDAY, "open")
        assert kept.created_at == clock.now()
        assert session.scalars(select(Draft)).all() == []
    take_back(store, changes, clock)
    assert changes.subject not in rows(store)
    with store.read() as session:
        assert [draft.body for draft in session.scalars(select(Draft))] == ["ask"]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_kept(
    store: Store, clock: FixedClock, day: Day, reason: str
) -> None:
    before = rows(store)
    what = NewFollowUp(day.clients["Tom"], day.okafor, Channel.CALL, reason, TUESDAY)
    with pytest.raises(FollowUpWithoutReason), store.write() as session:
        new_follow_up(session, what, now=clock.now())
    assert rows(store) == before


def test_for_nobody_nothing_is_kept(store: Store, clock: FixedClock, day: Day) -> None:
    what = NewFollowUp(9_999, day.okafor, Channel.CALL, "call", TUESDAY)
    with pytest.raises(NotThere), store.write() as session:
        new_follow_up(session, what, now=clock.now())


def test_done_with_an_outcome_stands_in_the_story_until_it_is_undone(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.follow_ups["Marta"]
    with store.write() as session:
        what = DoFollowUp(key, day.okafor, " boots fit ")
        changes = do_follow_up(session, what, now=clock.now())
    assert rows(store)[key][0] == FollowUpState.DONE
    assert rows(store)[key][2] == "boots fit"
    told = "fit check on boots bought 5 Nov: boots fit"
    assert contacts(store) == [(day.clients["Marta"], Channel.CALL, told)]
    take_back(store, changes, clock)
    assert rows(store)[key] == (FollowUpState.OPEN, date(2026, 11, 19), "")
    assert contacts(store) == []


def test_who_was_not_reached_was_not_contacted(store: Store, clock: FixedClock, day: Day) -> None:
    with store.write() as session:
        what = DoFollowUp(day.follow_ups["Tom"], day.okafor, "no answer", reached=False)
        do_follow_up(session, what, now=clock.now())
    assert rows(store)[day.follow_ups["Tom"]][0] == FollowUpState.DONE
    assert contacts(store) == []


def test_put_off_to_another_day_and_back(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.follow_ups["Marta"]
    with store.write() as session:
        changes = snooze_follow_up(session, SnoozeFollowUp(key, TUESDAY), now=clock.now())
    assert rows(store)[key] == (FollowUpState.OPEN, TUESDAY, "")
    take_back(store, changes, clock)
    assert rows(store)[key][1] == date(2026, 11, 19)


def test_dropped_with_the_reason_why(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.follow_ups["Marta"]
    with store.write() as session:
        drop_follow_up(session, DropFollowUp(key, day.okafor, "was in today"), now=clock.now())
    assert rows(store)[key][0] == FollowUpState.DROPPED
    assert rows(store)[key][2] == "was in today"
    assert contacts(store) == []


def test_what_was_done_elsewhere_is_not_done_again(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.follow_ups["Marta"]
    with store.write() as session:
        do_follow_up(session, DoFollowUp(key, day.sato, "sato called"), now=clock.now())
    again: list[tuple[Any, Any]] = [
        (do_follow_up, DoFollowUp(key, day.okafor, "again")),
        (snooze_follow_up, SnoozeFollowUp(key, TUESDAY)),
        (drop_follow_up, DropFollowUp(key, day.okafor)),
        (edit_follow_up, EditFollowUp(key, "reason", "else")),
    ]
    for verb, what in again:
        with pytest.raises(NotOpenAnyMore), store.write() as session:
            verb(session, what, now=clock.now())
    assert rows(store)[key][2] == "sato called"


def test_a_reason_is_kept_as_it_is_typed(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.follow_ups["Marta"]
    with store.write() as session:
        edit_follow_up(session, EditFollowUp(key, "reason", "new words"), now=clock.now())
        with pytest.raises(ValueError, match="due_on"):
            edit_follow_up(session, EditFollowUp(key, "due_on", "x"), now=clock.now())
    with store.read() as session:
        row = session.get(FollowUp, key)
        assert row is not None
        assert row.reason == "new words"


def test_a_card_number_is_never_an_outcome(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.follow_ups["Marta"]
    what = DoFollowUp(key, day.okafor, "paid with 4111 1111 1111 1111")
    with pytest.raises(CardNumberFound), store.write() as session:
        do_follow_up(session, what, now=clock.now())
    assert rows(store)[key][0] == FollowUpState.OPEN


def how_made(store: Store) -> list[tuple[str, str, str]]:
    """Channel, purpose and what spoke against it, of each contact."""
    with store.read() as session:
        made = session.scalars(select(ContactMade)).all()
        return [(one.channel, one.purpose, one.against) for one in made]


def test_nobody_is_said_to_be_reached_in_a_way_that_is_not_allowed(
    store: Store, clock: FixedClock, day: Day
) -> None:
    done = DoFollowUp(day.follow_ups["Aisha"], day.okafor, "told her")
    with store.write() as session, pytest.raises(NotToBeReached) as stopped:
        do_follow_up(session, done, now=clock.now())
    assert "does not want to be reached by telephone" in stopped.value.sentence
    assert rows(store)[done.follow_up_id][0] == FollowUpState.OPEN
    assert how_made(store) == []


def test_what_took_place_all_the_same_is_kept_as_that(
    store: Store, clock: FixedClock, day: Day
) -> None:
    clock.advance(timedelta(hours=12))
    done = DoFollowUp(day.follow_ups["Aisha"], day.okafor, "she rang off", although=True)
    with store.write() as session:
        do_follow_up(session, done, now=clock.now())
    assert how_made(store) == [("call", "service", "no,hours")]


def test_another_channel_than_was_meant_is_the_one_that_is_kept(
    store: Store, clock: FixedClock, day: Day
) -> None:
    done = DoFollowUp(day.follow_ups["Marta"], day.okafor, channel="email", although=True)
    with store.write() as session:
        do_follow_up(session, done, now=clock.now())
    assert how_made(store) == [("email", "service", "")]
