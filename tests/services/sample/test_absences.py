"""Is somebody away in the sample, whatever the day, and does whoever signed in cover?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clientele.services.absences import SayAway, say_away
from clientele.store.queries.absences import absences_from, standing_in
from clientele.store.session import Store
from tests.services.sample.looking import AMSTERDAM, NOW, filled


@pytest.mark.parametrize(
    "now", [NOW, datetime(2028, 2, 28, 23, 50, tzinfo=AMSTERDAM)], ids=["today", "another day"]
)
def test_one_is_away_and_covered_and_another_will_be(store: Store, now: datetime) -> None:
    by = filled(store, now)
    today = now.date()
    with store.read() as session:
        there = absences_from(session, today)
        standing = standing_in(session, by, today)
    assert [(one.associate, one.away_from <= today) for one in there] == [
        ("Henrik Dahlby", True),
        ("Sofie Terlinden", False),
    ]
    [covered] = standing.covered
    assert (covered.associate, covered.last_day) == ("Henrik Dahlby", today + timedelta(days=3))
    assert standing.away is None


def test_it_is_an_absence_that_could_have_been_said(store: Store) -> None:
    by = filled(store)
    with store.read() as session:
        there = absences_from(session, NOW.date())
    for one in there:
        again = SayAway(one.associate_id, one.cover_id, one.back_on + timedelta(days=30),
                        one.back_on + timedelta(days=31), by=one.associate_id)  # fmt: skip
        with store.write() as session:
            say_away(session, again, now=NOW)
    assert by
