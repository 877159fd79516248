"""Is every promise in sight of whoever has to keep it, the worrying ones first?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clientele.domain.promises import PromiseKind
from clientele.domain.rules.promises import Standing
from clientele.services.promises import EndPromise, MakePromise, end_promise, make_promise
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.promises import (
    PromiseBook,
    PromiseCounts,
    PromiseRow,
    open_promises,
    open_promises_of_client,
    promise,
    promise_book,
)
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day, a_day, local


@pytest.fixture
def day(store: Store, clock: FixedClock) -> Day:
    """Five promises of R. Okafor."""
    return a_day(store, clock.now())


def book(store: Store, whose: WhoseBook, now: datetime) -> PromiseBook:
    """What the page shows."""
    with store.read() as session:
        return promise_book(session, whose, now=now)


def mine(day: Day) -> WhoseBook:
    """R. Okafor's own."""
    return WhoseBook(Book.MINE, day.okafor, day.departments["Men's Suits"])


def words(rows: tuple[PromiseRow, ...]) -> list[str]:
    """What was promised, in order."""
    return [row.what for row in rows]


def test_the_worrying_ones_first_then_by_day(store: Store, clock: FixedClock, day: Day) -> None:
    found = book(store, mine(day), clock.now())
    assert [(row.what, row.standing) for row in found.open] == [
        ("a price for the lining", Standing.LATE),
        ("trousers hemmed", Standing.AT_RISK),
        ("navy jacket taken in", Standing.READY),
        ("size 7 loafer from the downtown store", Standing.ON_ITS_WAY),
        ("cashmere crew, camel, L", Standing.ON_ITS_WAY),
    ]
    assert found.counts == PromiseCounts(open=5, at_risk=2, kept=0, on_the_day=0, broken=0)
    assert found.ended == ()


def test_a_row_is_known_by_the_promise_not_by_the_client(
    store: Store, clock: FixedClock, day: Day
) -> None:
    found = {row.what: row for row in book(store, mine(day), clock.now()).open}
    assert {row.id for row in found.values()} == set(day.promises.values())
    hemmed = found["trousers hemmed"]
    assert hemmed.id == day.promises["hemmed"]
    assert hemmed.named.client_id == day.clients["Daniel"]
    assert (hemmed.associate_id, hemmed.associate) == (day.okafor, "R. Okafor")
    assert hemmed.department == "Alterations"
    with store.read() as session:
        one = promise(session, day.promises["hemmed"], now=clock.now())
        assert one == hemmed
        assert promise(session, 9_999, now=clock.now()) is None


def test_standing_moves_with_the_clock(store: Store, clock: FixedClock, day: Day) -> None:
    def standing(now: datetime) -> Standing | None:
        rows = book(store, mine(day), now).open
        return next(row.standing for row in rows if row.id == day.promises["hemmed"])

    assert standing(local(TODAY, 14, 30)) is Standing.AT_RISK
    assert standing(local(TODAY, 14, 31)) is Standing.LATE


def test_mine_the_departments_and_the_stores(store: Store, clock: FixedClock, day: Day) -> None:
    tomorrow = TODAY + timedelta(days=1)
    sportswear, shoes = day.departments["Women's Sportswear"], day.departments["Shoes"]
    with store.write() as session:
        for what, department in (("for her own", None), ("for Shoes", shoes)):
            made = MakePromise(
                day.clients["Tom"],
                day.sato,
                PromiseKind.HOLD,
                what,
                tomorrow,
                department_id=department,
            )
            make_promise(session, made, now=clock.now())
    now = clock.now()
    assert words(book(store, WhoseBook(Book.MINE, day.sato), now).open) == [
        "for her own",
        "for Shoes",
    ]
    of_shoes = WhoseBook(Book.DEPARTMENT, day.okafor, shoes)
    assert words(book(store, of_shoes, now).open) == ["for Shoes"]
    of_sportswear = WhoseBook(Book.DEPARTMENT, day.okafor, sportswear)
    assert words(book(store, of_sportswear, now).open) == ["for her own"]
    assert len(book(store, WhoseBook(Book.STORE, day.sato), now).open) == 7
    with store.write() as session:
        end_promise(session, EndPromise(day.promises["hemmed"]), now=now)
    assert book(store, of_shoes, now).counts.kept == 0
    alterations = WhoseBook(Book.DEPARTMENT, day.sato, day.departments["Alterations"])
    assert book(store, alterations, now).counts.kept == 1


def test_what_ended_stays_a_week_and_is_counted_a_year(
    store: Store, clock: FixedClock, day: Day
) -> None:
    def end(name: str, *, kept: bool) -> None:
        with store.write() as session:
            end_promise(session, EndPromise(day.promises[name], kept), now=clock.now())

    end("hemmed", kept=True)
    clock.advance(timedelta(hours=1))
    end("late", kept=True)
    clock.advance(timedelta(hours=1))
    end("camel", kept=False)
    found = book(store, mine(day), clock.now())
    assert [(row.what, row.standing) for row in found.ended] == [
        ("cashmere crew, camel, L", None),
        ("a price for the lining", None),
        ("trousers hemmed", None),
    ]
    assert found.counts == PromiseCounts(open=2, at_risk=0, kept=2, on_the_day=1, broken=1)
    assert len(book(store, mine(day), clock.now() + timedelta(days=7)).ended) == 3
    later = book(store, mine(day), clock.now() + timedelta(days=8))
    assert later.ended == ()
    assert later.counts.kept == 2
    assert book(store, mine(day), clock.now() + timedelta(days=366)).counts.kept == 0


def test_of_a_client_by_day_whoever_made_them(store: Store, clock: FixedClock, day: Day) -> None:
    with store.read() as session:
        found = open_promises_of_client(session, day.clients["Daniel"], now=clock.now())
        assert words(found) == ["trousers hemmed", "navy jacket taken in"]
        cut = open_promises(session, mine(day), now=clock.now(), limit=2)
        assert len(cut) == 2
