"""Does Today say who comes and what is worth knowing, on the store's day and no other?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clientele.domain.rules.appointments import Outcome
from clientele.services.appointment_outcomes import (
    CancelAppointment,
    SayOutcome,
    cancel_appointment,
    say_outcome,
)
from clientele.services.appointments import ExpectClient, expect_client
from clientele.services.visits import Leave, StartVisit, leave, start_visit
from clientele.store.queries.brief import brief
from clientele.store.queries.expected import expected_clients
from clientele.store.queries.today import Expected, TodayPage, today_page
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day, local


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A day to look at."""
    return staged_saturday


def page(store: Store, who: int, now: datetime) -> TodayPage:
    """What the page of an associate shows."""
    with store.read() as session:
        return today_page(session, who, now=now)


def expected(store: Store, day: Day, now: datetime) -> dict[str, Expected]:
    """Who R. Okafor expects, by given name."""
    return {one.named.given_name: one for one in page(store, day.okafor, now).expected}


def test_who_comes_in_the_order_of_their_times(store: Store, clock: FixedClock, day: Day) -> None:
    found = page(store, day.okafor, clock.now())
    assert found.day == TODAY
    assert [one.named.given_name for one in found.expected] == ["Eleanor", "Daniel", "Priya"]
    nell = found.expected[0]
    assert (nell.starts_at, nell.about) == (local(TODAY, 11), "coat fitting")
    assert (nell.last_on, nell.last_departments) == (
        date(2026, 9, 12),
        ("Shoes", "Women's Sportswear"),
    )
    assert nell.named.preferred_name == "Nell"
    assert nell.occasion is not None
    assert (nell.occasion.relation, nell.occasion.on) == ("husband", date(2026, 11, 27))
    assert not nell.arrived


def test_first_visit_with_you_is_told_by_visits_and_tickets(
    store: Store, clock: FixedClock, day: Day
) -> None:
    found = expected(store, day, clock.now())
    assert {name: one.first_with_you for name, one in found.items()} == {
        "Eleanor": False,
        "Daniel": False,
        "Priya": True,
    }
    assert found["Daniel"].ready == ("alteration",)
    assert found["Eleanor"].ready == ()


def test_a_purchase_of_today_is_not_the_last_time(
    store: Store, clock: FixedClock, day: Day
) -> None:
    a_week_before = local(date(2026, 11, 7), 10)
    with store.write() as session:
        what = ExpectClient(day.clients["Daniel"], day.okafor, local(date(2026, 11, 7), 16))
        expect_client(session, what, now=clock.now())
    found = expected(store, day, a_week_before)
    assert found["Daniel"].last_on is None
    assert found["Daniel"].first_with_you


def test_who_is_here_and_who_was_here(store: Store, clock: FixedClock, day: Day) -> None:
    clock.set(local(TODAY, 10, 55))
    what = StartVisit(day.clients["Eleanor"], day.okafor, day.departments["Men's Suits"])
    with store.write() as session:
        visit_id = start_visit(session, what, now=clock.now()).subject
    here = expected(store, day, clock.now())["Eleanor"]
    assert (here.visit_id, here.arrived, here.left) == (visit_id, True, False)
    assert visit_id is not None
    with store.write() as session:
        leave(session, Leave(visit_id, day.okafor), now=clock.now())
    assert expected(store, day, clock.now())["Eleanor"].left


def test_who_does_not_come_is_not_expected(store: Store, clock: FixedClock, day: Day) -> None:
    with store.write() as session:
        what = CancelAppointment(day.appointments["Daniel"])
        cancel_appointment(session, what, now=clock.now())
    assert list(expected(store, day, clock.now())) == ["Eleanor", "Priya"]
    clock.set(local(TODAY, 11, 30))
    with store.write() as session:
        missed = SayOutcome(day.appointments["Eleanor"], Outcome.DID_NOT_COME)
        say_outcome(session, missed, now=clock.now())
        assert expected_clients(session, day.okafor, TODAY) == (day.clients["Priya"],)
        told = brief(session, day.clients["Eleanor"], now=clock.now())
    assert told is not None
    assert told.expected_at is None
    assert list(expected(store, day, clock.now())) == ["Priya"]


def test_the_day_is_the_stores_from_midnight_to_midnight(
    store: Store, clock: FixedClock, day: Day
) -> None:
    for at in (local(TODAY, 0), local(TODAY, 23, 59), local(TODAY + timedelta(days=1), 0)):
        with store.write() as session:
            expect_client(session, ExpectClient(1, day.sato, at), now=clock.now())
    utc_evening_before = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("UTC"))
    seen = page(store, day.sato, utc_evening_before)
    assert seen.day == TODAY
    assert [one.starts_at for one in seen.expected] == [local(TODAY, 0), local(TODAY, 23, 59)]
    assert len(page(store, day.sato, utc_evening_before + timedelta(days=1)).expected) == 1


def test_what_is_due_and_promised_is_ones_own(store: Store, clock: FixedClock, day: Day) -> None:
    mine = page(store, day.okafor, clock.now())
    assert [row.named.given_name for row in mine.follow_ups] == ["Marta", "James", "Aisha", "Tom"]
    assert mine.follow_ups_due == 3
    assert [row.named.given_name for row in mine.promises][:2] == ["James", "Daniel"]
    assert [one.on for one in mine.occasions] == [date(2026, 11, 27), date(2026, 12, 5)]
    theirs = page(store, day.sato, clock.now())
    assert (theirs.follow_ups, theirs.promises, theirs.occasions) == ((), (), ())
    assert theirs.follow_ups_due == 0


def test_a_day_with_nothing_in_it(store: Store, clock: FixedClock, day: Day) -> None:
    empty = page(store, day.okafor, clock.now() - timedelta(days=60))
    assert empty.expected == ()
    assert empty.follow_ups == ()
