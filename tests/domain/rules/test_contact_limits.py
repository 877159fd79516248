"""Does the whole store together leave a client in peace?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.contact_limits import (
    LIMITS,
    Contact,
    Limit,
    is_free,
    next_free,
    reached,
)
from tests.examples import examples

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEKLY, NEWS_DAILY = Limit(2, 7), Limit(1, 1, Purpose.NEWS)


def contact(at: datetime, purpose: Purpose = Purpose.SERVICE, who: str = "Ingrid") -> Contact:
    """A contact by e-mail."""
    return Contact(at, Channel.EMAIL, purpose, who, "Shoes")


def test_a_store_begins_with_two_a_week_and_news_once_a_day() -> None:
    assert set(LIMITS) == {WEEKLY, NEWS_DAILY}


def test_the_third_within_a_week_waits_whoever_made_the_others() -> None:
    first, second = contact(NOW - 6 * DAY), replace(contact(NOW - DAY), who="Tom", department="Men")
    assert reached(LIMITS, [first], Purpose.SERVICE, NOW) == ()
    (found,) = reached(LIMITS, [second, first], Purpose.SERVICE, NOW)
    assert found.limit == WEEKLY
    assert found.contacts == (first, second)
    assert found.until == first.at + 7 * DAY


def test_contacts_of_one_moment_are_told_in_one_order() -> None:
    written = contact(NOW - HOUR)
    there = [replace(written, planned=True), written, replace(written, who="Ada")]
    orders = [reached(LIMITS, one, Purpose.SERVICE, NOW) for one in (there, there[::-1])]
    assert orders[0] == orders[1] != ()


def test_a_week_is_over_to_the_moment() -> None:
    there = [contact(NOW - 7 * DAY), contact(NOW)]
    assert reached(LIMITS, there, Purpose.SERVICE, NOW) == ()
    assert reached(LIMITS, there, Purpose.SERVICE, NOW - timedelta(microseconds=1)) != ()


def test_news_come_once_a_day_and_service_does_not_wait_for_them() -> None:
    there = [contact(NOW - 23 * HOUR, Purpose.NEWS)]
    (found,) = reached(LIMITS, there, Purpose.NEWS, NOW)
    assert (found.limit, found.until) == (NEWS_DAILY, NOW + HOUR)
    assert reached(LIMITS, there, Purpose.SERVICE, NOW) == ()
    assert reached(LIMITS, [contact(NOW - HOUR)], Purpose.NEWS, NOW) == ()


def test_both_limits_are_told_where_both_are_used_up() -> None:
    there = [contact(NOW - 2 * HOUR, Purpose.NEWS), contact(NOW - 3 * DAY)]
    found = reached(LIMITS, there, Purpose.NEWS, NOW)
    assert [one.limit for one in found] == [NEWS_DAILY, WEEKLY]
    assert next_free(LIMITS, there, Purpose.NEWS, NOW) == NOW + 4 * DAY


def test_answers_and_open_promises_do_not_use_up_the_limit() -> None:
    answer = replace(contact(NOW - HOUR), is_reply=True)
    promise = replace(contact(NOW - HOUR), for_promise=True)
    assert reached(LIMITS, [answer, promise] * 3, Purpose.SERVICE, NOW) == ()


def test_news_count_whatever_they_are_called() -> None:
    there = [replace(contact(NOW - HOUR, Purpose.NEWS), is_reply=True, for_promise=True)]
    assert reached(LIMITS, there, Purpose.NEWS, NOW) != ()
    assert not is_free(Purpose.NEWS, NOW, answers=NOW - HOUR, for_promise=True)


def test_service_about_an_open_promise_is_never_stopped() -> None:
    assert is_free(Purpose.SERVICE, NOW, for_promise=True)
    assert not is_free(Purpose.SERVICE, NOW)


def test_the_client_s_own_message_can_be_answered_for_a_week() -> None:
    assert is_free(Purpose.SERVICE, NOW, answers=NOW - 7 * DAY + HOUR)
    assert not is_free(Purpose.SERVICE, NOW, answers=NOW - 7 * DAY)


def test_what_a_clock_that_was_set_back_puts_before_a_message_does_not_answer_it() -> None:
    wrote = NOW + timedelta(minutes=5)
    assert not is_free(Purpose.SERVICE, NOW, answers=wrote)
    assert is_free(Purpose.SERVICE, wrote, answers=wrote)


def test_what_is_planned_does_not_keep_from_an_earlier_contact() -> None:
    planned = [replace(contact(NOW + one * HOUR), planned=True) for one in (1, 2)]
    assert reached(LIMITS, planned, Purpose.SERVICE, NOW) == ()
    (found,) = reached(LIMITS, planned, Purpose.SERVICE, NOW + 2 * HOUR)
    assert found.until == NOW + HOUR + 7 * DAY


def test_a_contact_counts_though_the_clock_was_set_back_since() -> None:
    ahead = [contact(NOW + HOUR), contact(NOW + HOUR)]
    assert reached(LIMITS, ahead, Purpose.SERVICE, NOW) != ()
    far = [contact(NOW + 365 * DAY), contact(NOW + 365 * DAY)]
    assert reached(LIMITS, far, Purpose.SERVICE, NOW) == ()


def test_a_day_with_23_hours_is_no_shorter_a_limit() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    sent = datetime(2026, 3, 28, 12, tzinfo=berlin)
    there = [contact(sent, Purpose.NEWS)]
    next_noon = datetime(2026, 3, 29, 12, tzinfo=berlin)
    assert reached(LIMITS, there, Purpose.NEWS, next_noon) != ()
    free = next_free(LIMITS, there, Purpose.NEWS, next_noon)
    assert free == datetime(2026, 3, 29, 13, tzinfo=berlin).astimezone(UTC)


@pytest.mark.parametrize(("most", "days"), [(0, 7), (1, 0)])
def test_a_limit_leaves_room_for_one(most: int, days: int) -> None:
    with pytest.raises(ValueError, match="0"):
        Limit(most, days)


contacts = st.lists(
    st.builds(
        Contact,
        st.integers(-10 * 24, 10 * 24).map(lambda one: NOW + one * HOUR),
        st.sampled_from(Channel),
        st.sampled_from(Purpose),
        st.sampled_from(["Ingrid", "Tom"]),
        is_reply=st.booleans(),
        for_promise=st.booleans(),
        planned=st.booleans(),
    ),
    max_size=8,
)
limits = st.lists(
    st.builds(Limit, st.integers(1, 3), st.integers(1, 7), st.sampled_from([None, *Purpose])),
    max_size=3,
)
purposes = st.sampled_from(Purpose)


@settings(max_examples=examples(150), deadline=None)
@given(limits, contacts, purposes)
def test_the_first_free_moment_is_free_and_no_earlier_one_is(
    limits: list[Limit], there: list[Contact], purpose: Purpose
) -> None:
    found = next_free(limits, there, purpose, NOW)
    assert found >= NOW
    assert reached(limits, there, purpose, found) == ()
    probe = NOW
    while probe < found:
        assert reached(limits, there, purpose, probe) != ()
        probe += HOUR


@settings(max_examples=examples(150))
@given(limits, contacts, contacts, purposes)
def test_one_more_contact_never_makes_room(
    limits: list[Limit], there: list[Contact], more: list[Contact], purpose: Purpose
) -> None:
    before = {one.limit for one in reached(limits, there, purpose, NOW)}
    after = {one.limit for one in reached(limits, there + more, purpose, NOW)}
    assert before <= after
    assert next_free(limits, there, purpose, NOW) <= next_free(limits, there + more, purpose, NOW)
