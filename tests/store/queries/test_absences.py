"""Does an associate hear for whom they answer, until when, and what is to be done for them?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientele.domain.tables import Associate
from clientele.services.absences import SayAway, say_away
from clientele.services.rows import new_id
from clientele.store.queries.absences import (
    Covered,
    Meanwhile,
    absences_from,
    meanwhile,
    standing_in,
)
from clientele.store.queries.today import today_page
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.a_day import TODAY, Day


@pytest.fixture
def day(staged_saturday: Day) -> Day:
    return staged_saturday


def on(number: int) -> date:
    return TODAY + timedelta(days=number)


def away(store: Store, clock: FixedClock, who: int, cover: int, first: int, back: int) -> None:
    what = SayAway(who, cover, on(first), on(back), by=who, why="holiday")
    with store.write() as session:
        say_away(session, what, now=clock.now())


def third(store: Store, clock: FixedClock) -> int:
    with store.write() as session:
        return new_id(session, Associate(name="T. Third", created_at=clock.now()))


def test_what_is_to_be_done_for_whom_and_until_when(
    store: Store, clock: FixedClock, day: Day
) -> None:
    away(store, clock, day.okafor, day.sato, -1, 4)
    with store.read() as session:
        theirs = today_page(session, day.okafor, now=clock.now())
        cover, own = (standing_in(session, who, TODAY) for who in (day.sato, day.okafor))
        later = standing_in(session, day.sato, on(4))
    assert cover.covered == (
        Covered(day.okafor, "R. Okafor", on(3), theirs.follow_ups_due, len(theirs.promises)),
    )
    assert theirs.follow_ups_due > 0
    assert (cover.away, cover.answers) == (None, "")
    assert own.covered == ()
    assert own.away is not None
    assert (own.away.last_day, own.away.cover, own.answers) == (on(3), "L. Sato", "L. Sato")
    assert (later.covered, later.away) == ((), None)


def test_in_a_chain_each_answers_only_while_the_other_is_away(
    store: Store, clock: FixedClock, day: Day
) -> None:
    last = third(store, clock)
    away(store, clock, day.sato, last, 0, 2)
    away(store, clock, day.okafor, day.sato, 0, 5)
    with store.read() as session:
        found = standing_in(session, last, TODAY)
        own = standing_in(session, day.okafor, TODAY)
        between = standing_in(session, day.sato, TODAY)
    assert [(one.associate, one.last_day) for one in found.covered] == [
        ("L. Sato", on(1)),
        ("R. Okafor", on(1)),
    ]
    assert own.answers == "T. Third"
    assert between.covered == ()


def test_who_is_away_now_and_soon(store: Store, clock: FixedClock, day: Day) -> None:
    away(store, clock, day.okafor, day.sato, 5, 9)
    away(store, clock, day.sato, day.okafor, 0, 2)
    with store.read() as session:
        assert [
            (row.associate, row.cover, row.away_from, row.back_on, row.why)
            for row in absences_from(session, TODAY)
        ] == [
            ("L. Sato", "R. Okafor", TODAY, on(2), "holiday"),
            ("R. Okafor", "L. Sato", on(5), on(9), "holiday"),
        ]
        assert [row.associate for row in absences_from(session, on(2))] == ["R. Okafor"]


def test_when_the_cover_would_be_away_as_well(store: Store, clock: FixedClock, day: Day) -> None:
    last = third(store, clock)
    away(store, clock, day.sato, last, 2, 4)
    away(store, clock, last, day.okafor, 6, 9)
    with store.read() as session:
        assert meanwhile(session, day.okafor, day.sato, on(0), on(2)) == ()
        assert meanwhile(session, day.okafor, day.sato, on(0), on(6)) == (
            Meanwhile(on(2), on(3), "T. Third"),
        )
        assert meanwhile(session, day.okafor, last, on(5), on(8)) == (Meanwhile(on(6), on(7), ""),)
