"""Are the right appointments on the days that are asked for, and the right reasons told?"""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from clientele.domain.contacting import ReachPolicy
from clientele.domain.rules.appointments import Booked, ConflictKind, Outcome
from clientele.domain.rules.policy_texts import Practice, practice_json
from clientele.domain.rules.quiet_hours import DayHours
from clientele.domain.tables import Absence, Appointment
from clientele.services.appointment_outcomes import CancelAppointment, cancel_appointment
from clientele.store.queries.appointments import (
    appointment,
    conflicts_of,
    of_client,
    span,
)
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day, local


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    return staged_saturday


def seen(store: Store, whose: WhoseBook, first: date = TODAY, days: int = 1) -> list[int]:
    with store.read() as session:
        return [row.id for row in span(session, whose, first, days).rows]


def add(store: Store, **values: object) -> int:
    with store.write() as session:
        row = Appointment(**values)  # type: ignore[arg-type]
        session.add(row)
        session.flush()
        return row.id or 0


def test_mine_my_departments_and_the_stores(store: Store, day: Day) -> None:
    suits, sports = day.departments["Men's Suits"], day.departments["Women's Sportswear"]
    tom = day.clients["Tom"]
    hers = add(store, client_id=tom, associate_id=day.sato, starts_at=local(TODAY, 10))
    here = add(
        store, client_id=tom, associate_id=day.sato, department_id=suits,
        starts_at=local(TODAY, 12),
    )  # fmt: skip
    mine = [day.appointments[who] for who in ("Eleanor", "Daniel", "Priya")]
    assert seen(store, WhoseBook(Book.MINE, day.okafor, suits)) == mine
    department = seen(store, WhoseBook(Book.DEPARTMENT, day.okafor, suits))
    assert set(department) == {*mine, here}
    assert set(seen(store, WhoseBook(Book.DEPARTMENT, day.sato, sports))) == {hers, here}
    assert seen(store, WhoseBook(Book.STORE, day.sato, sports)) == [hers, mine[0], here, *mine[1:]]


def test_what_goes_over_midnight_is_on_both_days_and_its_end_is_not(store: Store, day: Day) -> None:
    whose = WhoseBook(Book.MINE, day.sato)
    night = add(
        store, client_id=1, associate_id=day.sato, starts_at=local(TODAY, 23, 30),
        ends_at=local(TODAY + timedelta(days=1), 0, 30),
    )  # fmt: skip
    until = add(
        store, client_id=1, associate_id=day.sato, starts_at=local(TODAY, 22),
        ends_at=local(TODAY + timedelta(days=1), 0),
    )  # fmt: skip
    short = add(store, client_id=1, associate_id=day.sato, starts_at=local(TODAY, 23, 45))
    assert seen(store, whose) == [until, night, short]
    assert seen(store, whose, TODAY + timedelta(days=1)) == [night, short]
    assert seen(store, whose, TODAY - timedelta(days=1)) == []
    assert seen(store, whose, TODAY - timedelta(days=6), 7) == [until, night, short]


def test_called_off_is_not_shown_and_still_there(store: Store, clock: FixedClock, day: Day) -> None:
    key = day.appointments["Eleanor"]
    with store.write() as session:
        cancel_appointment(session, CancelAppointment(key), now=local(TODAY, 8))
        one = appointment(session, key)
    assert one is not None
    assert one.called_off
    assert not one.booked.takes_time
    assert key not in seen(store, WhoseBook(Book.MINE, day.okafor))


def test_a_clients_past_and_what_is_ahead(store: Store, day: Day) -> None:
    key = day.appointments["Eleanor"]
    old = add(
        store, client_id=day.clients["Eleanor"], associate_id=day.sato,
        starts_at=local(date(2026, 1, 5), 10), outcome=Outcome.DID_NOT_COME,
    )  # fmt: skip
    with store.read() as session:
        before = of_client(session, day.clients["Eleanor"], now=local(TODAY, 10))
        after = of_client(session, day.clients["Eleanor"], now=local(TODAY, 12))
    assert ([row.id for row in before.ahead], [row.id for row in before.past]) == ([key], [old])
    assert ([row.id for row in after.ahead], [row.id for row in after.past]) == ([], [key, old])
    assert after.past[1].outcome is Outcome.DID_NOT_COME


def test_all_reasons_against_a_time(store: Store, clock: FixedClock, day: Day) -> None:
    closed = Practice(closed_weekdays=frozenset({TODAY.weekday()}))
    with store.write() as session:
        session.add(ReachPolicy(body=practice_json(closed), updated_at=clock.now()))
        session.add(
            Absence(
                associate_id=day.okafor, cover_id=day.sato, away_from=TODAY,
                back_on=TODAY + timedelta(days=1), created_at=clock.now(),
            )
        )  # fmt: skip
    tran = day.clients["Daniel"]
    wanted = Booked(None, day.okafor, tran, local(TODAY, 16, 30), local(TODAY, 17))
    elsewhere = Booked(None, day.sato, tran, local(TODAY, 15), local(TODAY, 15, 30))
    with store.read() as session:
        told = conflicts_of(session, wanted)
        hers = conflicts_of(session, elsewhere)
        shown = span(session, WhoseBook(Book.MINE, day.okafor), TODAY - timedelta(days=1), 3)
    assert [one.kind for one in told] == [
        ConflictKind.ASSOCIATE_BUSY,
        ConflictKind.STORE_CLOSED,
        ConflictKind.ASSOCIATE_AWAY,
    ]
    assert told[0].other is not None
    assert told[0].other.id == day.appointments["Priya"]
    assert (told[2].associate, told[2].day, told[2].cover) == ("R. Okafor", TODAY, "L. Sato")
    assert hers[0].kind is ConflictKind.CLIENT_ELSEWHERE
    assert shown.closed == shown.away == {TODAY}
    assert shown.shut[TODAY] == ((0, 24 * 60),)


def test_outside_the_opening_hours_the_store_is_closed(
    store: Store, clock: FixedClock, day: Day
) -> None:
    said = DayHours(time(10), time(18))
    kept = Practice(opens=tuple(said if at == TODAY.weekday() else None for at in range(7)))
    with store.write() as session:
        session.add(ReachPolicy(body=practice_json(kept), updated_at=clock.now()))
    tom = day.clients["Tom"]

    def against(hour: int, on: date = TODAY) -> list[ConflictKind]:
        wanted = Booked(None, day.sato, tom, local(on, hour), local(on, hour, 45))
        with store.read() as session:
            return [one.kind for one in conflicts_of(session, wanted)]

    assert against(9) == against(18) == [ConflictKind.STORE_CLOSED]
    assert against(12) == against(9, TODAY + timedelta(days=1)) == []
    with store.read() as session:
        found = span(session, WhoseBook(Book.MINE, day.sato), TODAY, 2)
    assert found.closed == set()
    assert found.shut == {
        TODAY: ((0, 600), (1080, 1440)),
        TODAY + timedelta(days=1): (),
    }


def test_those_of_a_colleague_whom_i_cover_are_mine_on_that_day(
    store: Store, clock: FixedClock, day: Day
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with store.write() as session:
        session.add(
            Absence(
                associate_id=day.okafor, cover_id=day.sato, away_from=tomorrow,
                back_on=tomorrow + timedelta(days=1), created_at=clock.now(),
            )
        )  # fmt: skip
    theirs = add(store, client_id=1, associate_id=day.okafor, starts_at=local(tomorrow, 10))
    assert seen(store, WhoseBook(Book.MINE, day.sato), TODAY, 3) == [theirs]
    assert len(seen(store, WhoseBook(Book.MINE, day.okafor), TODAY, 3)) == 4
