"""Is what a follow-up is for told, and are days offered on which somebody is there?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from clientele.domain.client import Channel
from clientele.domain.contacting import ReachPolicy
from clientele.domain.history import Purchase, PurchaseLine
from clientele.domain.plans import Occasion, OccasionKind
from clientele.domain.rules.due_days import Soon
from clientele.domain.rules.policy_texts import Practice, practice_json
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.tables import Absence, FollowUp, Wish
from clientele.store.queries.follow_up_source import Behind, behind
from clientele.store.queries.snooze_days import snooze_days
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A Saturday."""
    return staged_saturday


def of(store: Store, clock: FixedClock, day: Day, **said: Any) -> Behind | None:
    """What a follow-up for Tom is for."""
    with store.write() as session:
        row = FollowUp(
            client_id=day.clients["Tom"],
            associate_id=day.okafor,
            channel=Channel.CALL,
            reason="because",
            due_on=TODAY,
            created_at=clock.now(),
            **said,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        key = row.id
    with store.read() as session:
        return behind(session, key)


def kept(store: Store, *rows: Any) -> int:
    """The id of the first of these rows."""
    with store.write() as session:
        session.add_all(rows)
        session.flush()
        key: int = rows[0].id
        return key


def test_a_purchase_by_its_link_or_its_source(store: Store, clock: FixedClock, day: Day) -> None:
    ticket = Purchase(
        client_id=day.clients["Tom"],
        sold_at=clock.now(),
        sold_on=TODAY,
        currency="EUR",
        total=100,
    )
    key = kept(store, ticket)
    with store.write() as session:
        session.add(
            PurchaseLine(
                purchase_id=key,
                department_id=day.departments["Shoes"],
                item="boots",
                amount=100,
            )
        )
    wanted = Behind(Source.PURCHASE, key, day.clients["Tom"], "boots", TODAY)
    assert of(store, clock, day, purchase_id=key) == wanted
    assert of(store, clock, day, source="purchase", source_id=key) == wanted


def test_promise_appointment_wish_and_occasion(store: Store, clock: FixedClock, day: Day) -> None:
    promise = next(iter(day.promises.values()))
    told = of(store, clock, day, source="promise", source_id=promise)
    assert told is not None
    assert (told.source, told.id) == (Source.PROMISE, promise)
    assert told.what
    fitting = day.appointments["Eleanor"]
    told = of(store, clock, day, source="appointment", source_id=fitting)
    assert told is not None
    assert (told.what, told.on) == ("coat fitting", TODAY)
    tom = day.clients["Tom"]
    wish = kept(store, Wish(client_id=tom, item="scarf", wished_at=clock.now()))
    assert of(store, clock, day, source="wish", source_id=wish) == Behind(
        Source.WISH, wish, tom, "scarf", TODAY
    )
    feast = Occasion(client_id=tom, kind=OccasionKind.WEDDING, month=1, day=5, year=2020)
    feast_id = kept(store, feast)
    told = of(store, clock, day, source="occasion", source_id=feast_id)
    assert told is not None
    assert (told.kind, told.on) == (OccasionKind.WEDDING, date(2027, 1, 5))


def test_nothing_stands_behind_a_plain_one_or_what_is_gone(
    store: Store, clock: FixedClock, day: Day
) -> None:
    assert of(store, clock, day) is None
    for source in ("purchase", "promise", "occasion", "appointment", "wish", "made_right"):
        assert of(store, clock, day, source=source, source_id=9999) is None


def test_closed_days_and_days_away_are_passed_over(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.read() as session:
        plain = snooze_days(session, day.okafor, today=TODAY)
    assert [one.soon for one in plain][:3] == [Soon.TOMORROW, Soon.NEXT_MONDAY, Soon.THREE_DAYS]
    policy = practice_json(Practice(closed_weekdays=frozenset({6})))
    with store.write() as session:
        session.add(ReachPolicy(body=policy, updated_at=clock.now()))
        session.add(
            Absence(
                associate_id=day.okafor,
                cover_id=day.sato,
                away_from=TODAY + timedelta(days=2),
                back_on=TODAY + timedelta(days=4),
                created_at=clock.now(),
            )
        )
    with store.read() as session:
        mine = snooze_days(session, day.okafor, today=TODAY)
        theirs = snooze_days(session, day.sato, today=TODAY)
    # Sunday is closed; Monday and Tuesday Okafor is away.
    assert mine[0].on == TODAY + timedelta(days=4)
    assert mine[0].moved
    assert theirs[0].on == TODAY + timedelta(days=2)
    assert theirs[0].soon == Soon.NEXT_MONDAY


def test_days_before_the_occasion_of_the_one_client(
    store: Store, clock: FixedClock, day: Day
) -> None:
    tom, sam = day.clients["Tom"], day.clients["Samuel"]
    feast = Occasion(client_id=tom, kind=OccasionKind.OTHER, title="feast", month=12, day=9)
    kept(store, feast)
    with store.read() as session:
        alone = snooze_days(session, day.okafor, today=TODAY, clients=[tom])
        both = snooze_days(session, day.okafor, today=TODAY, clients=[tom, sam])
    assert [one.on for one in alone if one.occasion_on] == [date(2026, 12, 2)]
    assert not any(one.occasion_on for one in both)
