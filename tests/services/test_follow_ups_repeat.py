"""Does what repeats come again in the same step, is it changed, and given to a colleague?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.repeat_rules import NotARepeat, TooOften
from clientele.domain.rules.repeating import Every, Repeat, rule_text
from clientele.domain.tables import Associate, ContactMade, FollowUp, TouchRule
from clientele.services.changes import Changes
from clientele.services.consents import SayConsent, say_consent
from clientele.services.follow_ups import (
    AlreadyGone,
    ChangeFollowUp,
    DoFollowUp,
    DropFollowUp,
    FollowUpWithoutReason,
    GiveFollowUp,
    NewFollowUp,
    SnoozeFollowUp,
    change_follow_up,
    do_follow_up,
    drop_follow_up,
    give_follow_up,
    new_follow_up,
    snooze_follow_up,
)
from clientele.services.rows import ColleagueGone
from clientele.services.undo import undo
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day
from tests.as_kept import as_kept

WEEKLY = "FREQ=WEEKLY;BYDAY=SA"


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A Saturday with follow-ups."""
    return staged_saturday


def make(store: Store, clock: FixedClock, day: Day, repeat: str, due: date = TODAY) -> int:
    """A follow-up for Eleanor that repeats."""
    what = NewFollowUp(
        day.clients["Eleanor"], day.okafor, Channel.CALL, "a hello", due, repeat=repeat
    )
    yes = SayConsent(what.client_id, Channel.CALL, True, day.okafor)
    with store.write() as session:
        say_consent(session, yes, now=clock.now() - timedelta(days=1))
        key = new_follow_up(session, what, now=clock.now()).subject
    assert key is not None
    return key


def dues(store: Store, day: Day) -> list[tuple[date, str]]:
    """Day and state of Eleanor's, in the order in which they were made."""
    with store.read() as session:
        asked = (
            select(FollowUp)
            .where(col(FollowUp.client_id) == day.clients["Eleanor"])
            .order_by(col(FollowUp.id))
        )
        return [(row.due_on, row.state) for row in session.scalars(asked)]


def done(store: Store, clock: FixedClock, day: Day, key: int) -> Changes:
    """Done now."""
    with store.write() as session:
        return do_follow_up(session, DoFollowUp(key, day.okafor, "spoke"), now=clock.now())


def test_done_is_there_again_next_week_and_one_undo_takes_both_back(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = make(store, clock, day, WEEKLY)
    changes = done(store, clock, day, key)
    assert dues(store, day) == [
        (TODAY, FollowUpState.DONE),
        (TODAY + timedelta(days=7), FollowUpState.OPEN),
    ]
    assert changes.undo is not None
    with store.write() as session:
        undo(session, changes.undo, now=clock.now())
    assert dues(store, day) == [(TODAY, FollowUpState.OPEN)]


def test_put_off_and_done_late_stays_on_its_own_day(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = make(store, clock, day, WEEKLY)
    with store.write() as session:
        snooze_follow_up(session, SnoozeFollowUp(key, TODAY + timedelta(days=3)), now=clock.now())
    assert as_kept(store, FollowUp, key).repeat_from == TODAY
    clock.advance(timedelta(days=9))
    done(store, clock, day, key)
    assert dues(store, day)[-1] == (TODAY + timedelta(days=14), FollowUpState.OPEN)


def test_the_last_time_makes_none(store: Store, clock: FixedClock, day: Day) -> None:
    key = make(store, clock, day, f"{WEEKLY};COUNT=2")
    done(store, clock, day, key)
    clock.advance(timedelta(days=7))
    done(store, clock, day, key + 1)
    assert [state for _, state in dues(store, day)] == [FollowUpState.DONE] * 2


def test_what_comes_again_keeps_everything_but_the_outcome(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = make(store, clock, day, rule_text(Repeat(Every.MONTH, day=21)))
    with store.write() as session:
        give_follow_up(session, GiveFollowUp(key, day.sato, day.okafor), now=clock.now())
    done(store, clock, day, key)
    old, new = as_kept(store, FollowUp, key), as_kept(store, FollowUp, key + 1)
    assert new.due_on == date(2026, 12, 21)
    for name in ("client_id", "associate_id", "given_by_id", "channel", "reason", "purpose"):
        assert getattr(new, name) == getattr(old, name)
    assert (new.repeat, new.repeat_from, new.outcome) == (old.repeat, TODAY, "")


@pytest.mark.parametrize("again", [True, False])
def test_not_this_time_and_never_again(
    store: Store, clock: FixedClock, day: Day, again: bool
) -> None:
    key = make(store, clock, day, WEEKLY)
    with store.write() as session:
        what = DropFollowUp(key, day.okafor, "on holiday", again=again)
        drop_follow_up(session, what, now=clock.now())
    states = [state for _, state in dues(store, day)]
    assert states == [FollowUpState.DROPPED, *([FollowUpState.OPEN] if again else [])]


def test_what_is_no_repeat_is_refused(store: Store, clock: FixedClock, day: Day) -> None:
    with pytest.raises(NotARepeat):
        make(store, clock, day, "every now and then")
    with pytest.raises(TooOften):
        make(store, clock, day, "FREQ=HOURLY")
    assert dues(store, day) == []


def change(store: Store, clock: FixedClock, day: Day, key: int, **said: object) -> None:
    """Say it anew."""
    values: dict[str, object] = {"channel": Channel.CALL, "reason": "a hello", "due_on": TODAY}
    what = ChangeFollowUp(key, day.okafor, **{**values, **said})  # type: ignore[arg-type]
    with store.write() as session:
        change_follow_up(session, what, now=clock.now())


def test_another_rule_is_reckoned_from_the_day_that_is_said_with_it(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = make(store, clock, day, WEEKLY)
    monday = TODAY + timedelta(days=2)
    change(store, clock, day, key, due_on=monday, repeat="FREQ=DAILY;INTERVAL=3")
    done(store, clock, day, key)
    assert dues(store, day)[-1][0] == monday + timedelta(days=3)
    change(store, clock, day, key + 1, due_on=monday, purpose=Purpose.SERVICE)
    once = as_kept(store, FollowUp, key + 1)
    assert (once.repeat, once.repeat_from, once.purpose) == ("", None, Purpose.SERVICE)
    with pytest.raises(FollowUpWithoutReason):
        change(store, clock, day, key + 1, reason=" ")


def test_the_purpose_is_what_it_is_for(store: Store, clock: FixedClock, day: Day) -> None:
    plain = make(store, clock, day, "")
    with store.write() as session:
        what = NewFollowUp(
            day.clients["Tom"],
            day.okafor,
            Channel.CALL,
            "trousers are ready",
            TODAY,
            source="promise",
            source_id=1,
        )
        service = new_follow_up(session, what, now=clock.now()).subject
    assert as_kept(store, FollowUp, plain).purpose == Purpose.NEWS
    assert service is not None
    assert as_kept(store, FollowUp, service).purpose == Purpose.SERVICE
    done(store, clock, day, plain)
    with store.read() as session:
        assert [one.purpose for one in session.scalars(select(ContactMade))] == [Purpose.NEWS]


def of_rule(store: Store, clock: FixedClock, key: int) -> None:
    """Say that a rule made it."""
    with store.write() as session:
        rule = TouchRule(body="{}", created_at=clock.now(), updated_at=clock.now())
        session.add(rule)
        session.flush()
        row = session.get(FollowUp, key)
        assert row is not None
        row.rule_id = rule.id


@pytest.mark.parametrize("how", ["snooze", "change", "give"])
def test_what_a_rule_made_is_in_hand_once_it_was_touched(
    store: Store, clock: FixedClock, day: Day, how: str
) -> None:
    key = make(store, clock, day, "")
    of_rule(store, clock, key)
    assert not as_kept(store, FollowUp, key).in_hand
    with store.write() as session:
        if how == "snooze":
            later = SnoozeFollowUp(key, TODAY + timedelta(days=1))
            snooze_follow_up(session, later, now=clock.now())
        elif how == "give":
            give_follow_up(session, GiveFollowUp(key, day.sato, day.okafor), now=clock.now())
    if how == "change":
        change(store, clock, day, key, reason="a longer hello")
    assert as_kept(store, FollowUp, key).in_hand


def test_no_follow_up_is_put_off_into_the_past(store: Store, clock: FixedClock, day: Day) -> None:
    key = make(store, clock, day, "")
    yesterday = SnoozeFollowUp(key, TODAY - timedelta(days=1))
    with pytest.raises(AlreadyGone), store.write() as session:
        snooze_follow_up(session, yesterday, now=clock.now())
    assert as_kept(store, FollowUp, key).due_on == TODAY


def test_given_to_a_colleague_and_taken_back(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.follow_ups["Tom"]
    with store.write() as session:
        given = give_follow_up(session, GiveFollowUp(key, day.sato, day.okafor), now=clock.now())
    row = as_kept(store, FollowUp, key)
    assert (row.associate_id, row.given_by_id) == (day.sato, day.okafor)
    assert given.undo is not None
    with store.write() as session:
        undo(session, given.undo, now=clock.now())
    row = as_kept(store, FollowUp, key)
    assert (row.associate_id, row.given_by_id) == (day.okafor, None)
    with store.write() as session:
        give_follow_up(session, GiveFollowUp(key, day.sato, day.okafor), now=clock.now())
        give_follow_up(session, GiveFollowUp(key, day.okafor, day.okafor), now=clock.now())
    assert as_kept(store, FollowUp, key).given_by_id is None


def test_nobody_who_left_is_given_anything(store: Store, clock: FixedClock, day: Day) -> None:
    with store.write() as session:
        sato = session.get(Associate, day.sato)
        assert sato is not None
        sato.active = False
    given = GiveFollowUp(day.follow_ups["Tom"], day.sato, day.okafor)
    with pytest.raises(ColleagueGone), store.write() as session:
        give_follow_up(session, given, now=clock.now())
    asked = NewFollowUp(
        day.clients["Tom"], day.sato, Channel.CALL, "a hello", TODAY, given_by=day.okafor
    )
    with pytest.raises(ColleagueGone), store.write() as session:
        new_follow_up(session, asked, now=clock.now())
