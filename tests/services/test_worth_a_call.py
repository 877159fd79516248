"""Is it worked out for a whole store whom it is worth calling, and anew after each change?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import Channel
from clientele.domain.plans import FollowUpState
from clientele.domain.recovery import RightState
from clientele.domain.tables import (
    Appointment,
    Client,
    Consent,
    ContactMade,
    FollowUp,
    MadeRight,
    Promise,
    TouchRule,
    Visit,
    WorthCall,
    WorthRun,
)
from clientele.services.touch_rules import put_in_starting_rules
from clientele.services.worth_a_call import (
    DayHolds,
    NotThatMany,
    SetAside,
    ShowAgain,
    day_holds,
    set_aside,
    show_again,
    work_out,
)
from clientele.store.errors import Cancelled
from clientele.store.queries import worth_many
from clientele.store.queries.clients import Book
from tests.services.floor import Floor
from tests.services.worth import OVERDUE, TODAY, Callers


@pytest.fixture
def callers(floor: Floor) -> Callers:
    """Clients to be made on the floor."""
    return Callers(floor)


def kinds(callers: Callers, client: int) -> list[str]:
    """The reasons for which a client is shown."""
    rows = {row.named.client_id: row for row in callers.book().rows}
    return [one.because.value for one in rows[client].reasons] if client in rows else []


def kept(callers: Callers, client: int, days: int = 3) -> int:
    """A promise that was kept so many days ago."""
    at = callers.floor.clock.now() - timedelta(days)
    return callers.floor.add(
        Promise(
            client_id=client,
            associate_id=callers.floor.okafor,
            kind="alteration",
            what="trousers hemmed",
            due_on=TODAY,
            state="kept",
            promised_at=at,
            last_word_at=at,
            ended_at=at,
        )
    )


def test_each_reason_stands_with_the_rows_behind_it(callers: Callers) -> None:
    late = callers.client("Late", OVERDUE)
    season = callers.client("Season", (360,))
    near = TODAY + timedelta(3)
    birthday = callers.client("Birthday", born=date(1980, near.month, near.day))
    arrived, promised = callers.client("Wish"), callers.client("Promise")
    wish_id, promise_id = callers.wish(arrived), kept(callers, promised)
    callers.work_out()
    found = {row.named.client_id: row.reasons[0] for row in callers.book().rows}
    assert {key: one.because.value for key, one in found.items()} == {
        late: "rhythm", season: "season", birthday: "occasion", arrived: "wish",
        promised: "promise",
    }  # fmt: skip
    assert [(TODAY - day).days for day in found[late].days] == list(OVERDUE)
    assert [(TODAY - day).days for day in found[season].days] == [360]
    things = {key: one.thing for key, one in found.items() if one.thing}
    assert things[birthday].on == near
    assert (things[arrived].id, things[arrived].words) == (wish_id, "Silk scarf, emerald")
    assert (things[promised].id, things[promised].words) == (promise_id, "trousers hemmed")


def test_a_new_department_is_counted_from_the_store_itself(callers: Callers) -> None:
    floor = callers.floor
    for at in range(30):
        key = callers.client(f"One{at}", (400,), department=floor.suits, owner=floor.silva)
        if at < 20:
            callers.bought(key, 300, department=floor.shoes)
    new = callers.client("New", (100,), department=floor.suits)
    callers.work_out()
    (row,) = callers.book().rows
    following = row.reasons[0].following
    assert row.named.client_id == new
    assert following is not None
    assert (row.next_department, following.took, following.of) == ("Men's Shoes", 20, 31)


def test_where_there_is_not_enough_data_that_is_said(callers: Callers) -> None:
    callers.work_out()
    book = callers.book()
    assert (book.rows, book.learnt, book.clients) == ((), False, 1)
    callers.wish(callers.client("New", (3,)))
    callers.work_out()
    (row,) = callers.book().rows
    lacking = [(one.because.value, one.days) for one in row.lacking]
    assert lacking == [("rhythm", 3), ("season", 0), ("department", 0)]


def test_before_anything_was_worked_out_nobody_is_shown(callers: Callers) -> None:
    key = callers.client("Late", OVERDUE)
    callers.again(key)
    assert callers.book().worked_on is None
    assert callers.book().rows == ()
    assert callers.floor.ask(lambda session: session.scalars(select(WorthCall)).all()) == []


def test_a_returned_article_is_no_buying_day(callers: Callers) -> None:
    key = callers.client("Late", OVERDUE)
    callers.bought(key, 2, amount=-5_000)
    callers.work_out()
    assert kinds(callers, key) == ["rhythm"]
    callers.bought(key, 2)
    callers.again(key)
    assert kinds(callers, key) == []


@pytest.mark.parametrize("consent", [False, None])
def test_nobody_is_shown_for_news_who_did_not_say_yes(
    callers: Callers, consent: bool | None
) -> None:
    key = callers.client("Late", OVERDUE, consent=consent)
    callers.wish(key)
    callers.work_out()
    assert kinds(callers, key) == ([] if consent is False else ["wish"])


def test_nobody_is_shown_whom_nothing_reaches(callers: Callers) -> None:
    key = callers.client("Late", OVERDUE, phone="")
    callers.work_out()
    assert kinds(callers, key) == []


def test_the_channel_and_the_hour_are_shown(callers: Callers) -> None:
    callers.client("Late", OVERDUE)
    callers.work_out()
    (row,) = callers.book().rows
    assert (row.reach.channel, row.reach.now) == (Channel.CALL, True)
    callers.floor.clock.advance(timedelta(hours=-4))
    (row,) = callers.book().rows
    assert not row.reach.now
    assert row.reach.at.astimezone(callers.floor.clock.now().tzinfo) > callers.floor.clock.now()
    callers.floor.clock.advance(timedelta(hours=15, minutes=30))
    assert callers.book().rows == (), "it is too late for today"


@pytest.mark.parametrize("what", ["follow-up", "appointment", "visit", "problem"])
def test_nobody_is_shown_with_whom_something_is_going_on(callers: Callers, what: str) -> None:
    key, floor, now = callers.client("Late", OVERDUE), callers.floor, callers.floor.clock.now()
    callers.work_out()
    assert kinds(callers, key) == ["rhythm"]
    rows: dict[str, Any] = {
        "follow-up": FollowUp(client_id=key, associate_id=floor.silva, channel="call", reason="x",
                              due_on=TODAY + timedelta(9), created_at=now),
        "appointment": Appointment(client_id=key, associate_id=floor.okafor,
                                   starts_at=now + timedelta(3)),
        "visit": Visit(client_id=key, associate_id=floor.silva, arrived_at=now),
        "problem": MadeRight(client_id=key, associate_id=floor.silva, problem="Torn", opened_at=now,
                             state=RightState.DECIDED),
    }  # fmt: skip
    made = floor.add(rows[what])
    assert kinds(callers, key) == []
    callers.again(key)
    assert _kept(callers) == set()
    if what == "follow-up":
        with floor.store.write() as session:
            row = session.get(FollowUp, made)
            assert row is not None
            row.state = FollowUpState.DROPPED
        callers.again(key)
        assert kinds(callers, key) == ["rhythm"]


@pytest.mark.parametrize(
    ("source", "due", "in_hand", "expected"),
    [
        ("rhythm", 3, False, ["wish"]),
        ("birthday", 3, False, ["wish", "rhythm"]),
        ("birthday", 0, False, ["wish"]),
        ("wish", 0, False, []),
        ("rhythm", 15, False, ["wish", "rhythm"]),
        ("birthday", 3, True, []),
    ],
    ids=["the same", "another", "another, due", "the wish itself", "long after", "in hand"],
)
def test_what_a_rule_planned_is_no_reason_besides_and_hides_no_other_thing(
    callers: Callers, source: str, due: int, in_hand: bool, expected: list[str]
) -> None:
    key, floor, now = callers.client("Late", OVERDUE), callers.floor, callers.floor.clock.now()
    callers.wish(key)
    with floor.store.write() as session:
        put_in_starting_rules(session, "EUR", "en", now)
        rule = session.scalars(select(col(TouchRule.id))).first()
    callers.work_out()
    assert kinds(callers, key) == ["wish", "rhythm"]
    floor.add(FollowUp(client_id=key, associate_id=floor.silva, channel="call", reason="x",
                       due_on=TODAY + timedelta(due), created_at=now, rule_id=rule,
                       in_hand=in_hand, source=source, source_id=key))  # fmt: skip
    assert kinds(callers, key) == expected
    callers.again(key)
    assert kinds(callers, key) == expected


def test_whoever_was_reached_rests_and_a_day_is_never_fuller_than_it_can_be(
    callers: Callers,
) -> None:
    floor = callers.floor
    keys = [callers.client(f"C{at}", OVERDUE) for at in range(5)]
    floor.do(day_holds, DayHolds(floor.okafor, 3))
    callers.work_out()
    assert [row.named.client_id for row in callers.book().rows] == keys[:3]
    now = floor.clock.now()
    floor.add(ContactMade(client_id=keys[0], associate_id=floor.okafor, channel="call",
                          took_place_at=now))  # fmt: skip
    book = callers.book()
    assert ([row.named.client_id for row in book.rows], book.done) == (keys[1:3], 1)
    for key in keys[1:3]:
        floor.add(ContactMade(client_id=key, associate_id=floor.okafor, channel="call",
                              took_place_at=now))  # fmt: skip
    book = callers.book()
    assert (book.rows, book.done, book.most) == ((), 3, 3)


def test_a_day_can_hold_any_number_but_none(callers: Callers) -> None:
    floor = callers.floor
    for most in (0, 41):
        with pytest.raises(NotThatMany):
            floor.do(day_holds, DayHolds(floor.okafor, most))
    floor.do(day_holds, DayHolds(floor.okafor, 5))
    changed = floor.do(day_holds, DayHolds(floor.okafor, 40))
    assert callers.book().most == 40
    floor.undo(changed)
    assert callers.book().most == 5
    assert callers.book(by=floor.silva).most == 12


def test_who_was_set_aside_stays_away_until_the_day(callers: Callers) -> None:
    floor = callers.floor
    key, other = callers.client("Late", OVERDUE), callers.client("Other", OVERDUE)
    callers.work_out()
    until = TODAY + timedelta(7)
    changed = floor.do(set_aside, SetAside(key, floor.okafor, until_on=until))
    callers.again(key)
    assert kinds(callers, key) == []
    assert kinds(callers, other) == ["rhythm"]
    (aside,) = callers.book().asides
    assert (aside.named.client_id, aside.reason, aside.until_on) == (key, "", until)
    floor.clock.advance(timedelta(7))
    callers.work_out()
    assert kinds(callers, key) == ["rhythm"]
    assert callers.book().asides == ()
    floor.clock.advance(timedelta(-1))
    assert kinds(callers, key) == []
    floor.undo(changed)
    callers.again(key)
    assert kinds(callers, key) == ["rhythm"]


def test_not_for_this_reason_leaves_the_others(callers: Callers) -> None:
    floor, key = callers.floor, callers.client("Late", OVERDUE)
    callers.wish(key)
    callers.work_out()
    assert kinds(callers, key) == ["wish", "rhythm"]
    aside = floor.new(set_aside, SetAside(key, floor.okafor, reason="rhythm"))
    callers.again(key)
    assert kinds(callers, key) == ["wish"]
    floor.clock.advance(timedelta(40))
    callers.work_out()
    assert kinds(callers, key) == ["wish"], "for good"
    floor.do(show_again, ShowAgain(aside))
    callers.again(key)
    assert kinds(callers, key) == ["wish", "rhythm"]
    with pytest.raises(ValueError, match="weather"):
        floor.do(set_aside, SetAside(key, floor.okafor, reason="weather"))


def test_each_book_has_its_own_and_nobodys_are_the_stores(callers: Callers) -> None:
    floor = callers.floor
    callers.client("Mine", OVERDUE)
    callers.client("Theirs", OVERDUE, owner=floor.silva)
    callers.client("Nobodys", OVERDUE, owner=None)
    callers.work_out()
    assert callers.names() == ["Mine"]
    assert callers.names(Book.DEPARTMENT) == ["Mine"]
    assert callers.names(Book.STORE) == ["Mine", "Theirs", "Nobodys"]


def test_a_change_of_consent_owner_or_name_is_seen_at_once(callers: Callers) -> None:
    floor, key = callers.floor, callers.client("Late", OVERDUE)
    callers.work_out()
    assert kinds(callers, key) == ["rhythm"]
    floor.add(Consent(client_id=key, channel="", allowed=False, said_at=floor.clock.now()))
    assert kinds(callers, key) == [], "even before it is worked out anew"


def test_whoever_is_erased_is_gone(callers: Callers) -> None:
    key = callers.client("Late", OVERDUE)
    callers.work_out()
    with callers.floor.store.write() as session:
        session.delete(session.get(Client, key))
    assert _kept(callers) == set()
    callers.again(key)
    assert _kept(callers) == set()


def test_what_was_stopped_leaves_the_book_as_it_was(callers: Callers) -> None:
    key = callers.client("Late", OVERDUE)
    callers.work_out()
    before = callers.floor.ask(lambda session: session.scalars(select(WorthRun)).one().worked_at)
    callers.floor.clock.advance(timedelta(hours=1))
    with pytest.raises(Cancelled):
        work_out(callers.floor.store, now=callers.floor.clock.now(), cancelled=lambda: True)
    after = callers.floor.ask(lambda session: session.scalars(select(WorthRun)).one().worked_at)
    assert (before, _kept(callers)) == (after, {key})


def test_progress_goes_from_nothing_to_all(callers: Callers) -> None:
    for at in range(4):
        callers.client(f"C{at}", OVERDUE)
    heard: list[float] = []
    work_out(callers.floor.store, now=callers.floor.clock.now(), progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_pieces_of_any_size_say_the_same(callers: Callers, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(9):
        key = callers.client(f"C{at}", (63 + at, 105 + at, 150, 190, 231))
        if at % 3 == 0:
            callers.wish(key, at)
    callers.work_out()
    whole = callers.values()
    monkeypatch.setattr(worth_many, "RANGE", 4)
    monkeypatch.setattr(worth_many, "TICKETS", 7)
    callers.work_out()
    assert callers.values() == whole
    assert len(whole) == 9


def _kept(callers: Callers) -> set[int]:
    return {row[0] for row in callers.values()}
