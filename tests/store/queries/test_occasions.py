"""Is a day that matters seen ahead of time, on its day, in every year?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate
from clientele.services.clients import NewClient, SetBirthday, new_client, set_birthday
from clientele.services.household import AddOccasion, add_occasion
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.occasions import OccasionAhead, occasions_ahead, of_clients
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A husband's birthday on 27 November, a wedding on 5 December."""
    return staged_saturday


def ahead(store: Store, day: Day, today: date = TODAY) -> list[OccasionAhead]:
    """What is ahead in R. Okafor's book."""
    with store.read() as session:
        return list(occasions_ahead(session, WhoseBook(Book.MINE, day.okafor), today=today))


def add(store: Store, clock: FixedClock, what: AddOccasion) -> None:
    """Write an occasion."""
    with store.write() as session:
        add_occasion(session, what, now=clock.now())


def birthday(store: Store, clock: FixedClock, client: int, when: PartialDate) -> None:
    """Write a client's own birthday."""
    with store.write() as session:
        set_birthday(session, SetBirthday(client, when), now=clock.now())


def test_of_the_household_and_of_the_client(store: Store, clock: FixedClock, day: Day) -> None:
    birthday(store, clock, day.clients["Tom"], PartialDate(11, 21, 1986))
    found = ahead(store, day)
    assert [(one.on, one.member, one.relation, one.kind, one.years) for one in found] == [
        (TODAY, "", "", OccasionKind.BIRTHDAY, 40),
        (date(2026, 11, 27), "Robert Marsh", "husband", OccasionKind.BIRTHDAY, 58),
        (date(2026, 12, 5), "", "", OccasionKind.WEDDING, 0),
    ]
    assert found[1].named.client_id == day.clients["Eleanor"]


def test_fourteen_days_ahead_and_not_one_more(store: Store, day: Day) -> None:
    assert len(ahead(store, day, date(2026, 11, 13))) == 1
    assert ahead(store, day, date(2026, 11, 12)) == []
    assert len(ahead(store, day, date(2026, 11, 27))) == 2
    assert len(ahead(store, day, date(2026, 11, 28))) == 1


def test_over_the_new_year(store: Store, clock: FixedClock, day: Day) -> None:
    birthday(store, clock, day.clients["Tom"], PartialDate(1, 3))
    found = ahead(store, day, date(2026, 12, 28))
    assert [(one.on, one.years) for one in found] == [(date(2027, 1, 3), None)]


def test_a_limit_keeps_the_next_also_over_the_new_year(
    store: Store, clock: FixedClock, day: Day
) -> None:
    for name, when in (("Tom", (1, 2)), ("Samuel", (12, 31)), ("Aisha", (1, 5))):
        birthday(store, clock, day.clients[name], PartialDate(*when))
    with store.read() as session:
        found = occasions_ahead(
            session, WhoseBook(Book.MINE, day.okafor), today=date(2026, 12, 29), limit=2
        )
    assert [one.named.given_name for one in found] == ["Samuel", "Tom"]


def test_a_wedding_of_one_year_does_not_come_again(store: Store, day: Day) -> None:
    assert ahead(store, day, date(2027, 12, 1)) == []
    assert len(ahead(store, day, date(2027, 11, 27))) == 1


def test_the_29th_of_february_in_a_common_year(store: Store, clock: FixedClock, day: Day) -> None:
    birthday(store, clock, day.clients["Tom"], PartialDate(2, 29, 1988))
    assert [one.on for one in ahead(store, day, date(2027, 2, 28))] == [date(2027, 2, 28)]
    assert ahead(store, day, date(2027, 3, 1)) == []
    assert [one.on for one in ahead(store, day, date(2028, 2, 20))] == [date(2028, 2, 29)]


def test_a_month_alone_is_seen_from_two_weeks_before_it(
    store: Store, clock: FixedClock, day: Day
) -> None:
    what = AddOccasion(day.clients["Tom"], PartialDate(6, None), title="moving house")
    add(store, clock, what)
    assert [one.on for one in ahead(store, day, date(2027, 5, 20))] == [date(2027, 6, 1)]
    assert [one.on for one in ahead(store, day, date(2027, 6, 15))] == [date(2027, 6, 15)]


def test_only_of_ones_own_book(store: Store, clock: FixedClock, day: Day) -> None:
    with store.write() as session:
        theirs = new_client(
            session,
            NewClient(day.sato, "Grace", "Hwang", birthday=PartialDate(11, 22)),
            now=clock.now(),
        ).subject
    assert theirs not in {one.named.client_id for one in ahead(store, day)}
    with store.read() as session:
        everybody = WhoseBook(Book.STORE, day.okafor)
        assert theirs in {
            one.named.client_id for one in occasions_ahead(session, everybody, today=TODAY)
        }


def test_of_these_clients_the_next_first(store: Store, clock: FixedClock, day: Day) -> None:
    nell = day.clients["Eleanor"]
    birthday(store, clock, nell, PartialDate(11, 24))
    with store.read() as session:
        found = of_clients(
            session, [nell, day.clients["Tom"]], today=TODAY, ahead=timedelta(days=30)
        )
    assert {key: [one.on.day for one in days] for key, days in found.items()} == {nell: [24, 27]}
