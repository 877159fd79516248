"""Signing in: the right PIN, wrong ones, and the waits between them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.tables import Associate
from clientele.services.pins import PinRefused
from clientele.services.sign_in import LONGEST_WAIT, NoPinYet, SignIn, WaitForPin, sign_in
from clientele.services.team import AddAssociate, ChangePin, add_associate, change_pin
from clientele.store.session import Store
from clientele.system.clock import FixedClock

PIN = "2468"


def add(store: Store, clock: FixedClock, pin: str = PIN) -> int:
    with store.write() as session:
        what = AddAssociate("R. Okafor", "Men's Suits", pin)
        subject = add_associate(session, what, now=clock.now()).subject
    assert subject is not None
    return subject


def attempt(store: Store, clock: FixedClock, who: int, pin: str) -> bool:
    with store.write() as session:
        return sign_in(session, SignIn(who, pin), now=clock.now()).subject == who


def test_the_right_pin_opens(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    assert attempt(store, clock, who, PIN)
    assert not attempt(store, clock, who, "1111")


def test_the_pin_is_kept_only_as_argon2id(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    with store.read() as session:
        row = session.get(Associate, who)
        assert row is not None
        assert row.pin_hash is not None
        assert row.pin_hash.startswith("$argon2id$")
        assert PIN not in row.pin_hash


def test_each_wrong_try_after_the_third_doubles_the_wait(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    waits = []
    for _ in range(3 + 4):
        assert not attempt(store, clock, who, "0000")
        with store.read() as session:
            row = session.get(Associate, who)
            assert row is not None
            assert row.pin_again_at is not None
            waits.append(row.pin_again_at - clock.now())
        clock.advance(waits[-1])
    assert [wait.total_seconds() for wait in waits] == [0, 0, 5, 10, 20, 40, 80]


def test_a_try_within_the_wait_is_refused_even_with_the_right_pin(
    store: Store, clock: FixedClock
) -> None:
    who = add(store, clock)
    for _ in range(3):
        attempt(store, clock, who, "0000")
    with pytest.raises(WaitForPin) as refused:
        attempt(store, clock, who, PIN)
    assert "5 s" in refused.value.sentence
    clock.advance(timedelta(seconds=5))
    assert attempt(store, clock, who, PIN)


def test_the_wait_survives_a_restart(store: Store, clock: FixedClock) -> None:
    from clientele.store.session import open_store
    from tests.conftest import DATA_KEY

    who = add(store, clock)
    for _ in range(3):
        attempt(store, clock, who, "0000")
    store.close()
    again = open_store(store.path, DATA_KEY)
    with pytest.raises(WaitForPin):
        attempt(again, clock, who, PIN)
    again.close()


def test_no_wait_is_longer_than_a_quarter_of_an_hour(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    for _ in range(14):
        attempt(store, clock, who, "0000")
        clock.advance(LONGEST_WAIT)
    assert attempt(store, clock, who, PIN)


def test_a_clock_that_was_set_back_does_not_lock_somebody_out(
    store: Store, clock: FixedClock
) -> None:
    who = add(store, clock)
    for _ in range(4):
        attempt(store, clock, who, "0000")
        clock.advance(timedelta(seconds=10))
    clock.advance(-timedelta(days=400))
    assert attempt(store, clock, who, PIN)


def test_the_right_pin_forgets_wrong_tries(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    for pin in ("0000", "0000", PIN, "0000", "0000"):
        attempt(store, clock, who, pin)
    assert attempt(store, clock, who, PIN)


def test_somebody_without_a_pin_is_told_so(store: Store, clock: FixedClock) -> None:
    who = add(store, clock, pin="")
    with pytest.raises(NoPinYet, match=r"R\. Okafor has no PIN yet"):
        attempt(store, clock, who, "0000")


def test_a_new_pin_counts_at_once_and_the_old_one_no_more(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    with store.write() as session:
        change_pin(session, ChangePin(who, "97531"), now=clock.now())
    assert not attempt(store, clock, who, PIN)
    assert attempt(store, clock, who, "97531")


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "\uff11\uff12\uff13\uff14", "12 4"])
def test_a_pin_that_cannot_be_kept_is_refused(store: Store, clock: FixedClock, pin: str) -> None:
    with pytest.raises(PinRefused, match="4 to 8 digits"):
        add(store, clock, pin)
    with store.read() as session:
        assert session.query(Associate).count() == 0
