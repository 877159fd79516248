"""Does what a rule made end with its reason, and stay what an associate made their own?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from clientele.domain.client import Channel
from clientele.domain.plans import FollowUpState, Occasion
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.expiring import Because
from clientele.domain.tables import Appointment, FollowUp, TouchRule, Wish
from clientele.services.follow_ups_expiry import ExpireFollowUps, expire_follow_ups
from clientele.services.promises import EndPromise, MakePromise, end_promise, make_promise
from clientele.services.undo import undo
from clientele.services.wishes import DropWish, drop_wish
from clientele.store.queries.follow_up_reasons import gone, reasons_of
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day
from tests.as_kept import as_kept


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """A Saturday."""
    return staged_saturday


def made(store: Store, clock: FixedClock, day: Day, *, own: bool = False, **said: Any) -> int:
    """A follow-up that a rule made (or an associate, where it is one's ``own``)."""
    values: dict[str, Any] = {
        "client_id": day.clients["Tom"],
        "associate_id": day.okafor,
        "channel": Channel.CALL,
        "reason": "because",
        "due_on": TODAY,
        "created_at": clock.now() - timedelta(days=1),
    }
    with store.write() as session:
        rule = TouchRule(body="{}", created_at=clock.now(), updated_at=clock.now())
        session.add(rule)
        session.flush()
        row = FollowUp(**{**values, **said}, rule_id=None if own else rule.id)
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def look(store: Store, at: datetime) -> None:
    """The day's first look."""
    with store.write() as session:
        assert expire_follow_ups(session, ExpireFollowUps(), now=at).undo is None


def stands(store: Store, key: int) -> tuple[str, str]:
    """State and outcome."""
    row = as_kept(store, FollowUp, key)
    return row.state, row.outcome


OPEN = (FollowUpState.OPEN, "")


def test_too_late_is_the_day_after_its_last(store: Store, clock: FixedClock, day: Day) -> None:
    key = made(store, clock, day, expires_on=TODAY + timedelta(days=2))
    hands = made(store, clock, day, expires_on=TODAY + timedelta(days=2), in_hand=True)
    own = made(store, clock, day, expires_on=TODAY + timedelta(days=2), own=True)
    look(store, clock.now() + timedelta(days=2))
    assert stands(store, key) == OPEN
    look(store, clock.now() + timedelta(days=3))
    assert stands(store, key) == (FollowUpState.EXPIRED, Because.TOO_LATE)
    assert stands(store, hands) == stands(store, own) == OPEN
    assert as_kept(store, FollowUp, key).done_at == clock.now() + timedelta(days=3)


@pytest.mark.parametrize(
    ("month", "dom", "over"),
    [(11, 23, date(2026, 11, 24)), (11, None, date(2026, 12, 1))],
)
def test_an_occasion_is_over_the_day_after(
    store: Store, clock: FixedClock, day: Day, month: int, dom: int | None, over: date
) -> None:
    with store.write() as session:
        feast = Occasion(
            client_id=day.clients["Tom"], kind="other", title="feast", month=month, day=dom
        )
        session.add(feast)
        session.flush()
        feast_id = feast.id
    before = made(store, clock, day, source="occasion", source_id=feast_id)
    after = made(
        store, clock, day, source="occasion", source_id=feast_id, due_on=over + timedelta(days=2)
    )
    ahead = (over - TODAY).days
    look(store, clock.now() + timedelta(days=ahead - 1))
    assert stands(store, before) == OPEN
    look(store, clock.now() + timedelta(days=ahead))
    assert stands(store, before) == (FollowUpState.EXPIRED, Because.OCCASION_OVER)
    look(store, clock.now() + timedelta(days=ahead + 5))
    assert stands(store, after) == OPEN


def test_an_appointment_is_over_the_day_after(store: Store, clock: FixedClock, day: Day) -> None:
    key = made(store, clock, day, source="appointment", source_id=day.appointments["Eleanor"])
    look(store, clock.now())
    assert stands(store, key) == OPEN
    look(store, clock.now() + timedelta(days=1))
    assert stands(store, key) == (FollowUpState.EXPIRED, Because.APPOINTMENT_OVER)
    assert as_kept(store, Appointment, day.appointments["Eleanor"]).cancelled_at is None


def wish(store: Store, clock: FixedClock, day: Day) -> int:
    """Something Tom wishes for."""
    with store.write() as session:
        row = Wish(client_id=day.clients["Tom"], item="scarf", wished_at=clock.now())
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def test_with_the_wish_it_ends_at_once_and_one_undo_brings_both_back(
    store: Store, clock: FixedClock, day: Day
) -> None:
    wish_id = wish(store, clock, day)
    key = made(store, clock, day, source="wish", source_id=wish_id)
    other = made(store, clock, day, source="wish", source_id=wish_id + 1)
    own = made(store, clock, day, source="wish", source_id=wish_id, own=True)
    with store.write() as session:
        dropped = drop_wish(session, DropWish(wish_id, day.okafor, "found one"), now=clock.now())
    assert stands(store, key) == (FollowUpState.EXPIRED, Because.WISH_ENDED)
    assert stands(store, other) == stands(store, own) == OPEN
    with store.read() as session:
        reasons = reasons_of(session, (own, other))
        told = gone(session, reasons, today=TODAY)
    assert {at: one.because for at, one in told.items()} == {own: Because.WISH_ENDED}
    assert dropped.undo is not None
    with store.write() as session:
        undo(session, dropped.undo, now=clock.now())
    assert stands(store, key) == OPEN
    assert as_kept(store, Wish, wish_id).state == "open"


def test_with_the_hold_it_ends_and_not_with_another_promise(
    store: Store, clock: FixedClock, day: Day
) -> None:
    keys = {}
    for kind in (PromiseKind.HOLD, PromiseKind.REPAIR):
        with store.write() as session:
            what = MakePromise(day.clients["Tom"], day.okafor, kind, "a coat", TODAY)
            promise = make_promise(session, what, now=clock.now()).subject
        assert promise is not None
        keys[kind] = made(store, clock, day, source="promise", source_id=promise)
        with store.write() as session:
            end_promise(session, EndPromise(promise, by=day.okafor), now=clock.now())
    look(store, clock.now())
    assert stands(store, keys[PromiseKind.HOLD]) == (FollowUpState.EXPIRED, Because.HOLD_ENDED)
    assert stands(store, keys[PromiseKind.REPAIR]) == OPEN
