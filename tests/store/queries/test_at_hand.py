"""Is the client at hand shown with what was last, and a typed text answered with rows?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.tables import ContactMade
from clientele.services.follow_ups import DoFollowUp, do_follow_up
from clientele.services.notes import KeepNote, keep_note
from clientele.store.queries.at_hand import LAST, at_hand
from clientele.store.queries.found import found_rows
from clientele.store.queries.story import Told
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import Day


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    """Clients with a past."""
    return staged_saturday


def test_the_newest_of_what_was_bought_noted_and_said(
    store: Store, clock: FixedClock, day: Day
) -> None:
    with store.write() as session:
        do_follow_up(session, DoFollowUp(day.follow_ups["James"], day.okafor), now=clock.now())
    with store.read() as session:
        nell = at_hand(session, day.clients["Eleanor"], now=clock.now())
        james = at_hand(session, day.clients["James"], now=clock.now())
        nobody = at_hand(session, 9_999, now=clock.now())
    assert nell is not None
    assert [entry.kind for entry in nell.last] == [Told.PURCHASE, Told.NOTE]
    assert nell.client.say_first is not None
    assert james is not None
    assert [entry.kind for entry in james.last] == [Told.CONTACT]
    assert nobody is None


def test_only_the_last_few(store: Store, clock: FixedClock, day: Day) -> None:
    for number in range(LAST + 2):
        with store.write() as session:
            what = KeepNote(day.clients["Tom"], f"note {number}", day.okafor)
            keep_note(session, what, now=clock.now() + timedelta(minutes=number))
    with store.read() as session:
        tom = at_hand(session, day.clients["Tom"], now=clock.now())
    assert tom is not None
    assert [entry.words for entry in tom.last] == [f"note {LAST + 1 - at}" for at in range(LAST)]


def test_what_is_never_to_be_said_is_not_beside_the_telephone(
    store: Store, clock: FixedClock, day: Day
) -> None:
    tom = day.clients["Tom"]
    for number in range(LAST + 2):
        with store.write() as session:
            what = KeepNote(tom, f"note {number}", day.okafor, sensitive=number > 0)
            keep_note(session, what, now=clock.now() + timedelta(minutes=number))
    with store.read() as session:
        shown = at_hand(session, tom, now=clock.now())
    assert shown is not None
    assert [entry.words for entry in shown.last] == ["note 0"]


def test_found_rows_come_in_the_order_of_the_search(store: Store, day: Day) -> None:
    with store.read() as session:
        found = found_rows(session, "ma", associate_id=day.okafor)
        assert [row.named.given_name for row in found] == ["Marta", "Eleanor"]
        assert found_rows(session, "ma", limit=1) == found[:1]
        assert found_rows(session, "") == ()


def test_the_last_note_and_purchase_are_there_however_much_was_said_since(
    store: Store, clock: FixedClock, day: Day
) -> None:
    nell = day.clients["Eleanor"]
    with store.write() as session:
        for number in range(LAST + 30):
            session.add(
                ContactMade(
                    client_id=nell,
                    associate_id=day.okafor,
                    channel="call",
                    summary=f"call {number}",
                    took_place_at=clock.now() + timedelta(minutes=number),
                )
            )
    with store.read() as session:
        hand = at_hand(session, nell, now=clock.now() + timedelta(hours=2))
    assert hand is not None
    assert [entry.kind for entry in hand.last] == [
        *([Told.CONTACT] * LAST),
        Told.PURCHASE,
        Told.NOTE,
    ]
