"""Does what may never happen not happen, whatever is in the book and whatever hour it is?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from clientele.domain.tables import Client
from clientele.services.worth_a_call import DayHolds, SetAside, day_holds, set_aside
from tests.services.floor import Floor
from tests.services.worth import ZONE, Callers


@pytest.fixture
def callers(floor: Floor) -> Callers:
    """Clients to be made on the floor."""
    return Callers(floor)


PAST = st.lists(st.integers(0, 800), max_size=7, unique=True)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    people=st.lists(
        st.tuples(PAST, st.sampled_from([True, False, None]), st.booleans(), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    most=st.integers(1, 4),
    aside=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["", "wish", "rhythm"])), max_size=3
    ),
    hours=st.integers(-9, 13),
)
def test_whatever_is_in_the_book(
    callers: Callers,
    people: list[tuple[list[int], bool | None, bool, bool]],
    most: int,
    aside: list[tuple[int, str]],
    hours: int,
) -> None:
    """Never more than a day's number, nobody who was set aside or may not be reached; one order.

    What is worked out for all is what each client's change says by itself.
    """
    floor = callers.floor
    _clear(callers)
    ids = []
    for past, consent, has_wish, has_phone in people:
        phone = "+31205550118" if has_phone else ""
        ids.append(callers.client("C", past, consent=consent, phone=phone))
        if has_wish:
            callers.wish(ids[-1])
    floor.do(day_holds, DayHolds(floor.okafor, most))
    away = {(ids[at], reason) for at, reason in aside if at < len(ids)}
    for key, reason in away:
        floor.do(set_aside, SetAside(key, floor.okafor, reason))
    callers.work_out()
    kept_all = callers.values()
    callers.again(*ids)
    assert callers.values() == kept_all
    floor.clock.advance(timedelta(hours=hours))
    try:
        book = callers.book()
        assert len(book.rows) <= most
        assert book == callers.book()
        by_id = dict(zip(ids, people, strict=True))
        for row in book.rows:
            _, consent, _, has_phone = by_id[row.named.client_id]
            found = {one.because.value for one in row.reasons}
            assert has_phone
            assert consent is not False
            assert found
            assert consent or found == {"wish"}
            assert not {(row.named.client_id, reason) for reason in ("", *found)} & away
            local = row.reach.at.astimezone(ZONE)
            assert 8 <= local.hour < 21
            assert row.reach.at >= floor.clock.now()
            assert local.date() == floor.clock.now().astimezone(ZONE).date()
    finally:
        floor.clock.advance(timedelta(hours=-hours))


def _clear(callers: Callers) -> None:
    with callers.floor.store.write() as session:
        for one in session.scalars(select(Client)):
            session.delete(one)
