"""Is a promise kept in the book until it is kept to the client?"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from clientele.domain.errors import NotThere
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promise_tags import tag_of
from clientele.domain.tables import Draft, Promise
from clientele.services.changes import Changes, Kind
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.promise_words import (
    AskAboutPromise,
    MovePromise,
    PassPromise,
    TagPrinted,
    WordOnPromise,
    ask_about_promise,
    move_promise,
    pass_promise,
    tag_printed,
    word_on_promise,
)
from clientele.services.promises import (
    DayNotYet,
    EndPromise,
    MakePromise,
    NothingReady,
    NotReadyAfterAll,
    PromiseEnded,
    PromiseWithoutWords,
    ReachStep,
    StepNotAhead,
    end_promise,
    make_promise,
    not_ready_after_all,
    reach_step,
)
from clientele.services.undo import undo
from clientele.store.queries.promise_history import promise_history
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import Day
from tests.as_kept import as_kept

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A day with promises."""
    return staged_saturday


def the_promise(store: Store, key: int) -> Promise:
    """The row as it stands."""
    return as_kept(store, Promise, key)


def history(store: Store, key: int) -> list[tuple[str, str, str]]:
    """What happened to it: what, the word, by whom."""
    with store.read() as session:
        return [(one.what, one.word, one.associate) for one in promise_history(session, key)]


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
    assert changes.kinds == {Kind.PROMISE, Kind.PROMISE_STEP}
    assert changes.clients == {day.clients["Tom"]}
    assert changes.subject is not None
    assert history(store, changes.subject) == [("taken in", "", "R. Okafor")]
    made = the_promise(store, changes.subject)
    assert (made.what, made.due_on, made.due_time) == ("strap mended", TUESDAY, time(17, 0))
    assert (made.tag, made.step) == (tag_of(PromiseKind.REPAIR, changes.subject), "taken in")
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
    assert kept.step == "collected"
    assert history(store, key)[-1][:2] == ("kept", "she was told")
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
    assert history(store, key)[-1] == ("broken", "sold", "R. Okafor")


def test_a_word_heard_breaks_the_silence_and_is_kept(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.promises["hemmed"]
    type_and_say = WordOnPromise(key, " rush, by noon ", day.okafor, f"asking {key}")
    with store.write() as session:
        type_draft(session, TypeDraft(day.okafor, f"asking {key}", "rush"), now=clock.now())
        changes = word_on_promise(session, type_and_say, now=clock.now())
        assert session.get(Draft, (day.okafor, f"asking {key}")) is None
    heard = the_promise(store, key)
    assert (heard.state, heard.last_word_at) == (PromiseState.OPEN, clock.now())
    assert history(store, key)[-1] == ("heard", "rush, by noon", "R. Okafor")
    take_back(store, changes, clock)
    assert the_promise(store, key).last_word_at == clock.now() - timedelta(days=3)
    assert history(store, key) == [("fitted", "", "R. Okafor")]


def test_asking_is_no_word_yet(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["hemmed"]
    before = the_promise(store, key).last_word_at
    with store.write() as session:
        what = AskAboutPromise(key, day.okafor, "is it on the rail?")
        changes = ask_about_promise(session, what, now=clock.now())
    assert the_promise(store, key).last_word_at == before
    assert history(store, key)[-1] == ("asked", "is it on the rail?", "R. Okafor")
    take_back(store, changes, clock)
    assert len(history(store, key)) == 1


def reach(store: Store, clock: FixedClock, what: ReachStep) -> Changes:
    """Take a promise a step on."""
    with store.write() as session:
        return reach_step(session, what, now=clock.now())


def test_step_by_step_until_it_is_collected(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["hemmed"]

    def take(step: str, word: str, state: PromiseState) -> Changes:
        clock.advance(timedelta(hours=1))
        changes = reach(store, clock, ReachStep(key, step, day.sato, word))
        row = the_promise(store, key)
        assert (row.step, row.state, row.last_word_at) == (step, state, clock.now())
        return changes

    take("sent", "rush", PromiseState.OPEN)
    take("ready", "", PromiseState.READY)
    changes = take("collected", " he was told ", PromiseState.KEPT)
    row = the_promise(store, key)
    assert (row.ended_at, row.ending) == (clock.now(), "he was told")
    assert history(store, key) == [
        ("fitted", "", "R. Okafor"),
        ("sent", "rush", "L. Sato"),
        ("ready", "", "L. Sato"),
        ("collected", "he was told", "L. Sato"),
    ]
    take_back(store, changes, clock)
    again = the_promise(store, key)
    assert (again.step, again.state, again.ended_at, again.ending) == ("ready", "ready", None, "")
    assert len(history(store, key)) == 3


def test_steps_may_be_passed_over_but_lead_forward_only(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.promises["loafer"]
    reach(store, clock, ReachStep(key, "arrived", day.okafor))
    assert the_promise(store, key).state == PromiseState.READY
    for step in ("arrived", "asked for", "put aside", "nonsense"):
        with pytest.raises(StepNotAhead):
            reach(store, clock, ReachStep(key, step, day.okafor))
    assert the_promise(store, key).step == "arrived"


def test_a_step_of_an_earlier_day_stands_on_that_day(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.promises["hemmed"]
    today = date(2026, 11, 21)
    for wrong in (today + timedelta(days=1), today - timedelta(days=4)):
        with pytest.raises(DayNotYet):
            reach(store, clock, ReachStep(key, "sent", day.okafor, on=wrong))
    reach(store, clock, ReachStep(key, "sent", day.okafor, on=today - timedelta(days=2)))
    with store.read() as session:
        last = promise_history(session, key)[-1]
    assert (last.what, last.at.date()) == ("sent", date(2026, 11, 19))
    assert the_promise(store, key).last_word_at == clock.now()


def test_not_ready_after_all_is_the_one_way_back(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["ready"]
    with store.write() as session:
        what = NotReadyAfterAll(key, day.sato, "a button is missing")
        changes = not_ready_after_all(session, what, now=clock.now())
    row = the_promise(store, key)
    assert (row.step, row.state) == ("sent", PromiseState.OPEN)
    assert history(store, key)[-1] == ("not yet", "a button is missing", "L. Sato")
    with pytest.raises(NothingReady), store.write() as session:
        not_ready_after_all(session, what, now=clock.now())
    take_back(store, changes, clock)
    assert the_promise(store, key).state == PromiseState.READY


def test_an_older_promise_says_only_by_its_state_how_far_it_is(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.promises["camel"]
    with store.write() as session:
        old = session.get(Promise, key)
        assert old is not None
        old.state, old.step, old.tag = PromiseState.READY, "", ""
    with pytest.raises(StepNotAhead):
        reach(store, clock, ReachStep(key, "arrived", day.okafor))
    with store.write() as session:
        not_ready_after_all(session, NotReadyAfterAll(key, day.okafor), now=clock.now())
    assert the_promise(store, key).step == "confirmed"
    with store.write() as session:
        changes = tag_printed(session, TagPrinted(key, day.okafor), now=clock.now())
    assert the_promise(store, key).tag == tag_of(PromiseKind.SPECIAL_ORDER, key)
    assert history(store, key)[-1] == ("printed", "", "R. Okafor")
    take_back(store, changes, clock)
    assert the_promise(store, key).tag == ""


def test_a_colleague_has_it_in_hand_and_gives_it_back(
    store: Store, clock: FixedClock, day: Day
) -> None:
    key = day.promises["hemmed"]

    def pass_to(colleague: int | None, word: str = "") -> Changes:
        with store.write() as session:
            what = PassPromise(key, colleague, day.okafor, word)
            return pass_promise(session, what, now=clock.now())

    pass_to(day.sato, "rush")
    row = the_promise(store, key)
    assert (row.colleague_id, row.associate_id) == (day.sato, day.okafor)
    assert history(store, key)[-1] == ("passed on", "L. Sato · rush", "R. Okafor")
    changes = pass_to(None)
    assert the_promise(store, key).colleague_id is None
    assert history(store, key)[-1][1] == "R. Okafor"
    take_back(store, changes, clock)
    assert the_promise(store, key).colleague_id == day.sato
    pass_to(day.okafor)
    assert the_promise(store, key).colleague_id is None, "whoever promised has it anyway"


def test_who_does_the_work_and_what_is_measured(store: Store, clock: FixedClock, day: Day) -> None:
    def make(**more: Any) -> Promise:
        what = MakePromise(
            day.clients["Tom"],
            day.okafor,
            more.pop("kind", PromiseKind.ALTERATION),
            "hem",
            TUESDAY,
            **more,
        )
        with store.write() as session:
            key = make_promise(session, what, now=clock.now()).subject
        assert key is not None
        return the_promise(store, key)

    made = make(garment=" navy suit 42R ", measurements=" leg 81 cm ", colleague_id=day.sato)
    assert (made.garment, made.measurements) == ("navy suit 42R", "leg 81 cm")
    assert (made.colleague_id, made.step) == (day.sato, "fitted")
    assert make(colleague_id=day.okafor).colleague_id is None
    assert make(step="").step == ""
    assert make(kind=PromiseKind.TRANSFER).step == ""
    held = make(kind=PromiseKind.HOLD, visit_id=None)
    assert (held.step, held.state, held.tag[0]) == ("put aside", PromiseState.OPEN, "H")
    arrived = make(kind=PromiseKind.TRANSFER, step="arrived")
    assert arrived.state == PromiseState.READY
    assert len({made.tag, held.tag, arrived.tag}) == 3
    with pytest.raises(NotThere):
        make(colleague_id=9_999)


def test_another_day_is_agreed(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["hemmed"]
    with store.write() as session:
        changes = move_promise(
            session, MovePromise(key, TUESDAY, why="fabric", by=day.okafor), now=clock.now()
        )
    moved = the_promise(store, key)
    assert (moved.due_on, moved.due_time, moved.last_word_at) == (TUESDAY, None, clock.now())
    with store.read() as session:
        last = promise_history(session, key)[-1]
    assert (last.what, last.word, last.moved_from) == ("moved", "fabric", date(2026, 11, 21))
    take_back(store, changes, clock)
    assert the_promise(store, key).due_time == time(14, 30)
    assert len(history(store, key)) == 1


def test_what_has_ended_stays_as_it_is(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.promises["loafer"]
    with store.write() as session:
        end_promise(session, EndPromise(key), now=clock.now())
    again: list[tuple[Any, Any]] = [
        (end_promise, EndPromise(key, kept=False)),
        (reach_step, ReachStep(key, "collected", day.okafor)),
        (not_ready_after_all, NotReadyAfterAll(key, day.okafor)),
        (word_on_promise, WordOnPromise(key)),
        (ask_about_promise, AskAboutPromise(key, day.okafor)),
        (move_promise, MovePromise(key, TUESDAY)),
        (pass_promise, PassPromise(key, day.sato, day.okafor)),
    ]
    for verb, what in again:
        with pytest.raises(PromiseEnded), store.write() as session:
            verb(session, what, now=clock.now())
    assert the_promise(store, key).state == PromiseState.KEPT
