"""Is every follow-up in one part of the page, on the right day, with what the client allows?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientele.domain.client import Channel
from clientele.services.clients import AddContactPoint, add_contact_point
from clientele.services.consents import SayConsent, say_consent
from clientele.services.follow_ups import (
    DoFollowUp,
    DropFollowUp,
    NewFollowUp,
    do_follow_up,
    drop_follow_up,
    new_follow_up,
)
from clientele.store.queries.follow_ups import (
    FollowUpBook,
    FollowUpCounts,
    FollowUpRow,
    When,
    due_soon,
    follow_up_book,
    follow_ups,
    open_of_client,
)
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """Five follow-ups: one overdue, two today, two ahead."""
    return staged_saturday


def book(store: Store, who: int, today: date = TODAY) -> FollowUpBook:
    """All that an associate has."""
    with store.read() as session:
        return follow_up_book(session, who, today=today)


def names(rows: tuple[FollowUpRow, ...]) -> list[str]:
    """Given names in order."""
    return [row.named.given_name for row in rows]


def test_each_stands_in_one_part_in_the_order_of_its_day(store: Store, day: Day) -> None:
    found = book(store, day.okafor)
    assert {when: names(rows) for when, rows in found.parts.items()} == {
        When.OVERDUE: ["Marta"],
        When.DUE: ["James", "Aisha"],
        When.UPCOMING: ["Tom", "Samuel"],
        When.DONE: [],
        When.GIVEN: [],
    }
    assert found.counts == FollowUpCounts(overdue=1, due=2, upcoming=2, done=0)
    assert book(store, day.sato).counts == FollowUpCounts(0, 0, 0, 0)


def test_tomorrow_what_was_due_is_overdue(store: Store, day: Day) -> None:
    found = book(store, day.okafor, TODAY + timedelta(days=1))
    assert names(found.parts[When.OVERDUE]) == ["Marta", "James", "Aisha"]
    assert found.counts.due == 0


def test_what_was_done_stands_under_done_for_thirty_days_from_then(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        old = NewFollowUp(
            day.clients["Tom"], day.okafor, Channel.CALL, "long ago", TODAY - timedelta(days=90)
        )
        long_ago = new_follow_up(session, old, now=clock.now()).subject
        assert long_ago is not None
        do_follow_up(
            session, DoFollowUp(long_ago, day.okafor, "at last", reached=False), now=clock.now()
        )
        clock.advance(timedelta(minutes=1))
        what = DropFollowUp(day.follow_ups["James"], day.okafor, "came in")
        drop_follow_up(session, what, now=clock.now())
    found = book(store, day.okafor)
    assert [row.outcome for row in found.parts[When.DONE]] == ["came in", "at last"]
    assert found.counts.done == 2
    assert book(store, day.okafor, TODAY + timedelta(days=30)).counts.done == 2
    assert book(store, day.okafor, TODAY + timedelta(days=31)).counts.done == 0


def test_soon_is_overdue_today_and_two_days_ahead(store: Store, day: Day) -> None:
    with store.read() as session:
        assert names(due_soon(session, day.okafor, today=TODAY)) == [
            "Marta",
            "James",
            "Aisha",
            "Tom",
        ]
        assert names(due_soon(session, day.okafor, today=TODAY - timedelta(days=1))) == [
            "Marta",
            "James",
            "Aisha",
        ]


def test_the_newest_consent_counts_and_silence_is_neither(
    store: Store, clock: FixedClock, day: Day
) -> None:
    rows = {row.named.given_name: row for row in book(store, day.okafor).parts[When.DUE]}
    assert (rows["Aisha"].allowed, rows["Aisha"].refused) == ((), (Channel.CALL,))
    assert (rows["James"].allowed, rows["James"].refused) == ((), ())
    clock.advance(timedelta(minutes=1))
    with store.write() as session:
        what = SayConsent(day.clients["Aisha"], Channel.CALL, True, day.okafor, "asked to be rung")
        say_consent(session, what, now=clock.now())
    rows = {row.named.given_name: row for row in book(store, day.okafor).parts[When.DUE]}
    assert (rows["Aisha"].allowed, rows["Aisha"].refused) == ((Channel.CALL,), ())


def test_the_first_number_and_address_are_the_ones_to_use(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        what = AddContactPoint(day.clients["Marta"], "+44 20 7946 0000", "work")
        add_contact_point(session, what, now=clock.now())
    marta = book(store, day.okafor).parts[When.OVERDUE][0]
    assert marta.phone == "020 555 0142"
    assert marta.email == "marta@lindqvist.example"


def test_a_long_list_is_cut_and_still_counted(store: Store, day: Day) -> None:
    with store.read() as session:
        cut = follow_ups(session, day.okafor, When.UPCOMING, today=TODAY, limit=1)
    assert names(cut) == ["Tom"]
    assert book(store, day.okafor).counts.upcoming == 2


def test_of_a_client_all_that_is_open_whoever_does_it(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        what = NewFollowUp(
            day.clients["Marta"], day.sato, Channel.TEXT, "scarf", TODAY - timedelta(days=5)
        )
        new_follow_up(session, what, now=clock.now())
        do_follow_up(session, DoFollowUp(day.follow_ups["Tom"], day.okafor), now=clock.now())
    with store.read() as session:
        assert [row.reason for row in open_of_client(session, day.clients["Marta"])] == [
            "scarf",
            "fit check on boots bought 5 Nov",
        ]
        assert open_of_client(session, day.clients["Tom"]) == ()
