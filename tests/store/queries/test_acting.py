"""Does a cover find the work of who is away among their own, for as long and no longer?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from clientele.domain.tables import Absence, Associate
from clientele.services.hand_offs import Answer, Offer, accept, offer
from clientele.services.rows import new_id
from clientele.store.queries.acting import acting_for, covering
from clientele.store.queries.clients import Book, WhoseBook, client_ids, count_books, first_ids
from clientele.store.queries.counts import RailCounts, rail_counts
from clientele.store.queries.follow_ups import FollowUpCounts, follow_up_book
from clientele.store.queries.promises import promise_book
from clientele.store.queries.today import today_page
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day

BACK = TODAY + timedelta(days=3)


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A day on which R. Okafor has much to do and L. Sato little."""
    return staged_saturday


@dataclass(frozen=True)
class Sight:
    """What an associate finds on their pages."""

    expected: set[str]
    due: int
    follow_ups: FollowUpCounts
    promises: set[str]
    occasions: set[str]
    clients: set[int]
    rail: RailCounts


def sight(session: Session, who: int, now: datetime) -> Sight:
    page = today_page(session, who, now=now)
    mine = covering(session, WhoseBook(Book.MINE, who), page.day)
    clients = client_ids(session, mine)
    assert count_books(session, mine).mine == len(clients)
    assert list(first_ids(session, mine, 2)) == list(clients[:2])
    return Sight(
        expected={one.named.name for one in page.expected},
        due=page.follow_ups_due,
        follow_ups=follow_up_book(session, who, today=page.day).counts,
        promises={one.what for one in promise_book(session, mine, now=now).open},
        occasions={one.named.name for one in page.occasions},
        clients=set(clients),
        rail=rail_counts(session, who, now=now),
    )


def away(store: Store, who: int, cover: int, away_from: date, back_on: date) -> None:
    with store.write() as session:
        session.add(
            Absence(associate_id=who, cover_id=cover, away_from=away_from, back_on=back_on,
                    created_at=datetime.fromisoformat("2026-11-01T09:00:00+00:00"))
        )  # fmt: skip


def test_the_cover_has_both_and_the_absent_one_keeps_sight_of_theirs(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.read() as session:
        theirs, own = (sight(session, who, clock.now()) for who in (day.okafor, day.sato))
    away(store, day.okafor, day.sato, TODAY, BACK)
    with store.read() as session:
        still, both = (sight(session, who, clock.now()) for who in (day.okafor, day.sato))
    assert still == theirs
    assert both.expected == own.expected | theirs.expected
    assert both.due == own.due + theirs.due > own.due
    assert both.follow_ups.upcoming == own.follow_ups.upcoming + theirs.follow_ups.upcoming
    assert both.promises == own.promises | theirs.promises > own.promises
    assert both.occasions == own.occasions | theirs.occasions > own.occasions
    assert both.clients == own.clients | theirs.clients > own.clients
    assert both.rail.clients == len(both.clients)
    assert both.rail.follow_ups == both.due
    assert both.rail.promises == len(both.promises)


@pytest.mark.parametrize(
    ("away_from", "back_on"),
    [(TODAY + timedelta(days=1), BACK), (TODAY - timedelta(days=9), TODAY)],
    ids=["not away yet", "back today"],
)
def test_before_and_after_everything_is_the_owner_s(
    store: Store, clock: FixedClock, day: Day, away_from: date, back_on: date
) -> None:
    with store.read() as session:
        before = sight(session, day.sato, clock.now())
    away(store, day.okafor, day.sato, away_from, back_on)
    with store.read() as session:
        assert sight(session, day.sato, clock.now()) == before


def test_what_is_covered_says_whose_it_is(store: Store, clock: FixedClock, day: Day) -> None:
    away(store, day.okafor, day.sato, TODAY, BACK)
    with store.read() as session:
        page = today_page(session, day.sato, now=clock.now())
        waiting = promise_book(session, WhoseBook(Book.MINE, day.sato), now=clock.now()).open
    assert {(one.associate_id, one.associate) for one in page.expected} == {
        (day.okafor, "R. Okafor")
    }
    assert (day.okafor, "R. Okafor") in {(one.associate_id, one.associate) for one in waiting}
    assert (day.okafor, "R. Okafor") in {
        (one.associate_id, one.associate) for one in page.follow_ups
    }


def test_a_cover_who_is_away_as_well_is_covered_in_turn(store: Store, day: Day) -> None:
    with store.write() as session:
        third = new_id(
            session,
            Associate(name="C. Third", created_at=datetime.fromisoformat("2026-11-01T09:00+00:00")),
        )
    away(store, day.okafor, day.sato, TODAY, BACK)
    away(store, day.sato, third, TODAY, TODAY + timedelta(days=1))
    with store.read() as session:
        assert acting_for(session, third, TODAY) == (third, *sorted((day.okafor, day.sato)))
        assert acting_for(session, day.sato, TODAY) == (day.sato,)
        tomorrow = TODAY + timedelta(days=1)
        assert acting_for(session, third, tomorrow) == (third,)
        assert acting_for(session, day.sato, tomorrow) == (day.sato, day.okafor)


@pytest.mark.parametrize("book", list(Book))
def test_the_three_books_are_counted_alike_whichever_is_listed(
    store: Store, day: Day, book: Book
) -> None:
    sportswear = day.departments["Women's Sportswear"]
    with store.read() as session:
        before = count_books(session, WhoseBook(Book.MINE, day.sato, sportswear))
    away(store, day.okafor, day.sato, TODAY, BACK)
    with store.read() as session:
        whose = covering(session, WhoseBook(book, day.sato, sportswear), TODAY)
        after = count_books(session, whose)
    assert after.mine > before.mine
    assert (after.department, after.store) == (before.department, before.store)


def test_a_client_who_is_lent_counts_in_the_rail_as_on_the_page(
    store: Store, clock: FixedClock, day: Day
) -> None:
    client = day.clients["Eleanor"]
    lent = Offer(client, day.sato, day.okafor, until_on=TODAY)
    with store.read() as session:
        before = rail_counts(session, day.sato, now=clock.now()).clients
    with store.write() as session:
        key = offer(session, lent, now=clock.now()).subject or 0
        accept(session, Answer(key, day.sato), now=clock.now())
    with store.read() as session:
        assert rail_counts(session, day.sato, now=clock.now()).clients == before + 1
        there = sight(session, day.sato, clock.now())
    assert client in there.clients
    assert there.rail.clients == len(there.clients)
