"""Is what was told kept once, and forgotten only when nothing can bring it back?"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.reminding import KEEP
from clientele.domain.tables import FollowUp, ToldReminder
from clientele.services.reminders import (
    ForgetTold,
    Remember,
    Remembered,
    forget_told,
    remember,
)
from clientele.store.queries.reminders import Wanted, look
from clientele.store.queries.reminders_told import still_open, thing_of
from clientele.store.session import Store
from tests.a_day import TODAY, Day, a_day, local

NOW = local(TODAY, 9, 30)
DAY = timedelta(days=1)


def kept(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.scalars(select(col(ToldReminder.key))))


def keep(store: Store, *keys: str, now: datetime = NOW) -> Remembered:
    with store.write() as session:
        return remember(session, Remember(keys), now=now)


def forget(store: Store, now: datetime) -> None:
    with store.write() as session:
        forget_told(session, ForgetTold(), now=now)


def done(store: Store, follow_up: int, now: datetime) -> None:
    with store.write() as session:
        chosen = update(FollowUp).where(col(FollowUp.id) == follow_up)
        session.execute(chosen.values(state=FollowUpState.DONE, done_at=now))


def tell_all(store: Store, day: Day) -> None:
    with store.read() as session:
        found = look(session, Wanted(day.okafor), now=NOW)
    keep(store, *found.telling.remember)


def test_only_what_is_new_may_be_shown(store: Store) -> None:
    changes = keep(store, "a", "b", "a")
    assert changes.new == ("a", "b")
    assert keep(store, "b", "c").new == ("c",)
    assert keep(store, "a").new == ()
    assert kept(store) == {"a", "b", "c"}
    assert not changes, "no page has to look again for it"
    assert changes.undo is None


def test_many_at_once_are_kept(store: Store) -> None:
    many = tuple(f"follow-up:{number}" for number in range(1200))
    assert keep(store, *many).new == many
    assert keep(store, *many).new == ()


def test_what_is_open_or_was_closed_lately_is_never_forgotten(store: Store) -> None:
    day = a_day(store, NOW - 14 * DAY)
    tell_all(store, day)
    keys = kept(store)
    assert len(keys) == 5
    late = NOW + KEEP + DAY
    forget(store, late)
    assert kept(store) == keys
    done(store, day.follow_ups["Marta"], late - DAY)
    forget(store, late)
    assert kept(store) == keys
    forget(store, late + KEEP)
    gone = keys - kept(store)
    assert {thing_of(key) for key in gone} == {("follow-up", day.follow_ups["Marta"])}


def test_what_is_gone_from_the_book_is_forgotten_once_it_is_old(store: Store) -> None:
    keep(store, "follow-up:999:on time:1:2026-11-21", "appointment:8:on time:1:x", "of another day")
    forget(store, NOW + KEEP)
    assert len(kept(store)) == 3
    keep(store, "promise:5:on time:1:2027-01-19", now=NOW + KEEP)
    forget(store, NOW + KEEP + DAY)
    assert kept(store) == {"promise:5:on time:1:2027-01-19"}


def test_a_key_says_what_it_is_about() -> None:
    assert thing_of("hold:12:on time:3:2026-11-21") == ("hold", 12)
    for other in ("", "list", "follow-up:", "follow-up:x:1", "visit:3:a", "follow-up:²"):
        assert thing_of(other) is None


def test_what_is_done_is_not_open(store: Store) -> None:
    day = a_day(store, NOW - 14 * DAY)
    things = {("follow-up", day.follow_ups["Marta"]), ("promise", day.promises["late"])}
    asked = {thing for key in things if (thing := thing_of(f"{key[0]}:{key[1]}"))}
    with store.read() as session:
        assert still_open(session, asked) == asked
    done(store, day.follow_ups["Marta"], NOW)
    with store.read() as session:
        assert {id for _, id in still_open(session, asked)} == {day.promises["late"]}
