"""Is the next touch of a client known, whatever it is, or said that nothing is planned?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientele.domain.client import Channel
from clientele.domain.plans import OccasionKind
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.next_touch import Planned, TouchKind
from clientele.domain.tables import Absence
from clientele.services.clients import NewClient, new_client
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.household import AddOccasion, add_occasion
from clientele.services.promises import MakePromise, make_promise
from clientele.store.queries.next_touch import Next, next_touch_of, next_touches
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A Saturday with follow-ups, promises and appointments."""
    return staged_saturday


def found(store: Store, day: Day, who: str, today: date = TODAY) -> Next:
    """The next touch of one."""
    with store.read() as session:
        return next_touch_of(session, day.clients[who], today=today)


def test_one_overdue_leads_with_its_own_day_and_name(store: Store, day: Day) -> None:
    marta = found(store, day, "Marta")
    assert marta.next.planned == Planned.OVERDUE
    assert marta.next.overdue_days == 2
    assert marta.by == "R. Okafor"
    assert marta.next.touch is not None
    assert (marta.next.touch.kind, marta.next.touch.channel) == (TouchKind.FOLLOW_UP, Channel.CALL)
    assert marta.next.touch.what == "fit check on boots bought 5 Nov"


def test_an_appointment_of_today_has_its_time_and_is_over_tomorrow(store: Store, day: Day) -> None:
    priya = found(store, day, "Priya")
    assert priya.next.touch is not None
    assert (priya.next.planned, priya.next.touch.kind) == (Planned.TODAY, TouchKind.APPOINTMENT)
    assert priya.next.touch.at is not None
    assert f"{priya.next.touch.at:%H:%M}" == "16:00"
    later = found(store, day, "Priya", TODAY + timedelta(days=1)).next
    assert later.touch is None or later.touch.kind != TouchKind.APPOINTMENT


def test_nothing_planned_is_said_and_so_is_an_occasion_alone(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        anna = new_client(session, NewClient(day.okafor, "Anna"), now=clock.now()).subject
    assert anna is not None
    with store.read() as session:
        assert next_touch_of(session, anna, today=TODAY).next.planned == Planned.NOTHING
    with store.write() as session:
        for ahead in (20, 6):
            on = TODAY + timedelta(days=ahead)
            when = PartialDate(on.month, on.day)
            what = AddOccasion(anna, when, OccasionKind.OTHER, f"opera {ahead}")
            add_occasion(session, what, now=clock.now())
    with store.read() as session:
        told = next_touch_of(session, anna, today=TODAY)
    assert told.next.touch is not None
    assert told.next.touch.kind == TouchKind.OCCASION
    assert told.next.touch.on == TODAY + timedelta(days=6)
    assert told.occasion is not None
    assert told.occasion.title == "opera 6"
    assert (told.next.others, told.by) == (0, "R. Okafor")


def test_on_a_day_away_it_is_whoever_covers(store: Store, clock: FixedClock, day: Day) -> None:
    with store.write() as session:
        session.add(
            Absence(
                associate_id=day.okafor,
                cover_id=day.sato,
                away_from=TODAY + timedelta(days=5),
                back_on=TODAY + timedelta(days=12),
                created_at=clock.now(),
            )
        )
    assert found(store, day, "Samuel").by == "L. Sato"
    assert found(store, day, "Tom").by == "R. Okafor"


def test_a_promise_goes_before_our_own_plan_and_many_are_answered_at_once(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        due = TODAY + timedelta(days=2)
        what = MakePromise(day.clients["Tom"], day.sato, PromiseKind.REPAIR, "heel", due)
        make_promise(session, what, now=clock.now())
        plan = NewFollowUp(day.clients["Tom"], day.okafor, Channel.CALL, "a hello", due)
        new_follow_up(session, plan, now=clock.now())
    with store.read() as session:
        all_of_them = next_touches(session, list(day.clients.values()), today=TODAY)
        alone = next_touch_of(session, day.clients["Tom"], today=TODAY)
    assert set(all_of_them) == set(day.clients.values())
    tom = all_of_them[day.clients["Tom"]]
    assert tom == alone
    assert tom.next.touch is not None
    assert (tom.next.touch.kind, tom.by, tom.next.others) == (TouchKind.PROMISE, "L. Sato", 2)
