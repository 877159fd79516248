"""Signing in: the right PIN, wrong ones, and the waits between them."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher

from clientele.domain.rules.rights import NOBODY
from clientele.domain.tables import Associate, metadata
from clientele.services import pins
from clientele.services.pins import PinRefused
from clientele.services.sign_in import (
    LONGEST_WAIT,
    MOST_TRIES,
    ChoosePin,
    CountTry,
    NoPinYet,
    PinLocked,
    SignIn,
    TryNotCounted,
    WaitForPin,
    choose_pin,
    count_try,
    sign_in,
)
from clientele.services.team import (
    AddAssociate,
    ResetPin,
    add_associate,
    reset_pin,
)
from clientele.store.session import Store
from clientele.system.clock import FixedClock

PIN = "2468"


def add(store: Store, clock: FixedClock, pin: str = PIN) -> int:
    with store.write() as session:
        what = AddAssociate("R. Okafor", "Men's Suits", pin)
        subject = add_associate(session, what, now=clock.now()).subject
    assert subject is not None
    return subject


def count(store: Store, clock: FixedClock, who: int) -> int | None:
    with store.write(acting=NOBODY) as session:
        return count_try(session, CountTry(who), now=clock.now()).subject


def attempt(store: Store, clock: FixedClock, who: int, pin: str) -> bool:
    assert count(store, clock, who) is not None
    with store.write(acting=NOBODY) as session:
        return sign_in(session, SignIn(who, pin), now=clock.now()).subject == who


def kept(store: Store, who: int) -> Associate:
    with store.read() as session:
        row = session.get(Associate, who)
        assert row is not None
        return row


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
    for _ in range(MOST_TRIES - 1):
        attempt(store, clock, who, "0000")
        clock.advance(LONGEST_WAIT)
    assert attempt(store, clock, who, PIN)


@pytest.mark.parametrize(
    "back", [timedelta(seconds=11), timedelta(minutes=30), timedelta(days=400)]
)
def test_where_the_clock_was_set_back_the_wait_begins_anew(
    store: Store, clock: FixedClock, back: timedelta
) -> None:
    who = add(store, clock)
    for _ in range(4):
        attempt(store, clock, who, "0000")
        clock.advance(timedelta(seconds=10))
    clock.advance(-back)
    assert count(store, clock, who) is None, "neither sooner nor in a year"
    clock.advance(timedelta(seconds=9))
    with pytest.raises(WaitForPin):
        count(store, clock, who)
    clock.advance(timedelta(seconds=1))
    assert attempt(store, clock, who, PIN)


def test_ten_wrong_tries_in_a_row_lock_the_pin_until_a_manager_gives_one(
    store: Store, clock: FixedClock
) -> None:
    who = add(store, clock)
    for _ in range(MOST_TRIES):
        assert not attempt(store, clock, who, "0000")
        clock.advance(LONGEST_WAIT)
    clock.advance(timedelta(days=3))
    with pytest.raises(PinLocked, match="a manager gives a new one"):
        attempt(store, clock, who, PIN)
    with store.write() as session:
        reset_pin(session, ResetPin(who, "8642"), now=clock.now())
    assert not attempt(store, clock, who, PIN)
    assert attempt(store, clock, who, "8642")


def test_the_right_pin_before_the_tenth_try_begins_the_count_anew(
    store: Store, clock: FixedClock
) -> None:
    who = add(store, clock)
    for pin in (*["0000"] * 9, PIN, *["0000"] * 9, PIN):
        attempt(store, clock, who, pin)
        clock.advance(LONGEST_WAIT)
    assert kept(store, who).pin_locked_at is None


def test_a_program_that_is_killed_before_it_compares_has_lost_the_try(
    store: Store, clock: FixedClock
) -> None:
    who = add(store, clock)
    for number in range(1, MOST_TRIES + 1):
        assert count(store, clock, who) == number
        clock.advance(LONGEST_WAIT)
    assert count(store, clock, who) is None
    with pytest.raises(PinLocked):
        count(store, clock, who)


def test_no_pin_is_compared_without_a_try_that_was_counted(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    for pin in (PIN, "0000"):
        with store.write() as session, pytest.raises(TryNotCounted):
            sign_in(session, SignIn(who, pin), now=clock.now())
    assert count(store, clock, who) == 1
    for number in range(2):
        with store.write() as session:
            if number:
                with pytest.raises(TryNotCounted):
                    sign_in(session, SignIn(who, "0000"), now=clock.now())
            else:
                assert sign_in(session, SignIn(who, "0000"), now=clock.now()).subject is None


def test_a_given_pin_opens_nothing_until_an_own_one_was_chosen(
    store: Store, clock: FixedClock
) -> None:
    who = add(store, clock)
    with store.write() as session:
        reset_pin(session, ResetPin(who, "8642"), now=clock.now())
    count(store, clock, who)
    with store.write(acting=NOBODY) as session:
        tried = sign_in(session, SignIn(who, "8642"), now=clock.now())
    assert (tried.subject, tried.must_choose, tried.undo) == (who, True, None)
    assert choose(store, clock, who, "8642", "975310") == who
    count(store, clock, who)
    with store.write(acting=NOBODY) as session:
        assert not sign_in(session, SignIn(who, "975310"), now=clock.now()).must_choose


def choose(store: Store, clock: FixedClock, who: int, old: str, new: str) -> int | None:
    count(store, clock, who)
    with store.write(acting=NOBODY) as session:
        return choose_pin(session, ChoosePin(who, old, new), now=clock.now()).subject


def test_ones_own_pin_is_changed_with_the_old_one(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    assert choose(store, clock, who, "1357", "975310") is None
    assert kept(store, who).wrong_pins == 1
    assert choose(store, clock, who, PIN, "975310") == who
    assert not attempt(store, clock, who, PIN)
    assert attempt(store, clock, who, "975310")


@pytest.mark.parametrize("new", ["12", "7777", PIN])
def test_a_pin_that_is_refused_changes_nothing(store: Store, clock: FixedClock, new: str) -> None:
    who = add(store, clock)
    with pytest.raises(PinRefused, match="not changed"):
        choose(store, clock, who, PIN, new)
    clock.advance(LONGEST_WAIT)
    assert attempt(store, clock, who, PIN)


def test_nothing_that_is_said_or_kept_of_a_try_holds_the_pin(
    store: Store, clock: FixedClock
) -> None:
    who = add(store, clock)
    count(store, clock, who)
    what = (SignIn(who, "864213"), ChoosePin(who, "864213", "864214"))
    assert "8642" not in repr(what)
    with store.write() as session:
        tried = sign_in(session, what[0], now=clock.now())
    assert "8642" not in repr(tried)
    with store.read() as session:
        for table in metadata.sorted_tables:
            if not table.name.startswith("client_"):
                assert "8642" not in str(session.execute(table.select()).all())


def test_whoever_has_no_pin_is_answered_no_sooner(store: Store, clock: FixedClock) -> None:
    """Measured in work, not in time: a PIN is stretched in either case."""
    able, unable = add(store, clock), add(store, clock, pin="")
    stretched: list[str] = []
    hasher = PasswordHasher()

    def verify(kept: str, pin: str) -> bool:
        stretched.append(kept)
        return hasher.verify(kept, pin)

    with patch.object(pins, "_HASHER") as watched:
        watched.verify, watched.hash = verify, hasher.hash
        pins._nobodys.cache_clear()
        assert not attempt(store, clock, able, "0000")
        with pytest.raises(NoPinYet):
            attempt(store, clock, unable, "0000")
    assert len(stretched) == 2
    assert stretched[0].rsplit("$", 2)[0] == stretched[1].rsplit("$", 2)[0], "the same work"


def test_the_right_pin_forgets_wrong_tries(store: Store, clock: FixedClock) -> None:
    who = add(store, clock)
    for pin in ("0000", "0000", PIN, "0000", "0000"):
        attempt(store, clock, who, pin)
    assert attempt(store, clock, who, PIN)


def test_somebody_without_a_pin_is_told_so(store: Store, clock: FixedClock) -> None:
    who = add(store, clock, pin="")
    with pytest.raises(NoPinYet, match=r"R\. Okafor has no PIN yet"):
        attempt(store, clock, who, "0000")


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "\uff11\uff12\uff13\uff14", "12 4"])
def test_a_pin_that_cannot_be_kept_is_refused(store: Store, clock: FixedClock, pin: str) -> None:
    with pytest.raises(PinRefused, match="4 to 8 digits"):
        add(store, clock, pin)
    with store.read() as session:
        assert session.query(Associate).count() == 0
