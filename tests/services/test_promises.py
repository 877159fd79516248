"""Is a promise kept in the book until it is kept to the client?"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.tables import Draft, Promise
from clientele.services.changes import Changes, Kind
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.promises import (
    EndPromise,
    MakePromise,
    MovePromise,
    PromiseEnded,
    PromiseWithoutWords,
    WordOnPromise,
    end_promise,
    make_promise,
    move_promise,
    word_on_promise,
)
from clientele.services.undo import undo
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import Day, a_day

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def day(store: Store, clock: FixedClock) -> Day:
    """A day with promises."""
    return a_day(store, clock.now())


def the_promise(store: Store, key: int) -> Promise:
    """The row as it stands."""
    with store.read() as session:
        row = session.get(Promise, key)
        assert row is not None
        session.expunge(row)
        return row


def take_back(store: Store, changes: Changes, clock: FixedClock) -> None:
    """Undo."""
    assert changes.undo is not None
    with store.write() as session:
        undo(session, changes.undo, now=clock.now())


def test_a_promise_is_kept_with_its_day_time_and_department(
    store: Store, clock: FixedClock, day: Day
) -> None:
    what = MakePromise(
        day.clients["Tom"],
        day.okafor,
        PromiseKind.REPAIR,
        " strap mended ",
        TUESDAY,
        time(17, 0),
        day.departments["Shoes"],
    )
    with store.write() as session:
        changes = make_promise(session, what, now=clock.now())
    assert changes.kinds == {Kind.PROMISE}
    assert changes.subject is not None
    made = the_promise(store, changes.subject)
    assert (made.what, made.due_on, made.due_time) == ("strap mended", TUESDAY, time(17, 0))
    assert (made.state, made.promised_at, made.last_word_at) == ("open", clock.now(), clock.now())
    take_back(store, changes, clock)
    with store.read() as session:
        assert session.get(Promise, changes.subject) is None


def test_a_promise_says_what_and_to_whom(store: Store, clock: FixedClock, day: Day) -> None:
    for client, words, refusal in (
        (day.clients["Tom"], " ", PromiseWithoutWords),
        (9_999, "hem", NotThere),
    ):
        what = MakePromise(client, day.okafor, PromiseKind.REPAIR, words, TUESDAY)
        with pytest.raises(refusal), store.write() as session:
            make_promise(session, what, now=clock.now())


def test_kept_with_a_word_and_taken_back(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["loafer"]
    clock.advance(timedelta(hours=2))
    with store.write() as session:
        changes = end_promise(session, EndPromise(key, word=" she was told "), now=clock.now())
    kept = the_promise(store, key)
    assert (kept.state, kept.ending) == (PromiseState.KEPT, "she was told")
    assert kept.ended_at == kept.last_word_at == clock.now()
    take_back(store, changes, clock)
    again = the_promise(store, key)
    assert (again.state, again.ended_at, again.ending) == (PromiseState.OPEN, None, "")
    assert again.last_word_at == clock.now() - timedelta(hours=2)


def test_broken_with_the_words_of_its_draft(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["loafer"]
    with store.write() as session:
        type_draft(session, TypeDraft(day.okafor, f"breaking {key}", "sold"), now=clock.now())
        what = EndPromise(key, kept=False, word="sold", by=day.okafor, draft=f"breaking {key}")
        end_promise(session, what, now=clock.now())
        assert session.get(Draft, (day.okafor, f"breaking {key}")) is None
    assert the_promise(store, key).state == PromiseState.BROKEN


def test_a_word_heard_is_told_from_being_ready(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["hemmed"]
    with store.write() as session:
        word_on_promise(session, WordOnPromise(key), now=clock.now())
    heard = the_promise(store, key)
    assert (heard.state, heard.last_word_at) == (PromiseState.OPEN, clock.now())
    with store.write() as session:
        word_on_promise(session, WordOnPromise(key, ready=True), now=clock.now())
    assert the_promise(store, key).state == PromiseState.READY
    with store.write() as session:
        word_on_promise(session, WordOnPromise(key), now=clock.now())
    assert the_promise(store, key).state == PromiseState.READY, "a later word takes nothing back"


def test_another_day_is_agreed(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["hemmed"]
    with store.write() as session:
        changes = move_promise(session, MovePromise(key, TUESDAY), now=clock.now())
    moved = the_promise(store, key)
    assert (moved.due_on, moved.due_time, moved.last_word_at) == (TUESDAY, None, clock.now())
    take_back(store, changes, clock)
    assert the_promise(store, key).due_time == time(14, 30)


def test_what_has_ended_stays_as_it_is(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["loafer"]
    with store.write() as session:
        end_promise(session, EndPromise(key), now=clock.now())
    again: list[tuple[Any, Any]] = [
        (end_promise, EndPromise(key, kept=False)),
        (word_on_promise, WordOnPromise(key, ready=True)),
        (move_promise, MovePromise(key, TUESDAY)),
    ]
    for verb, what in again:
        with pytest.raises(PromiseEnded), store.write() as session:
            verb(session, what, now=clock.now())
    assert the_promise(store, key).state == PromiseState.KEPT
