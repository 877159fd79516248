"""Does the client's own word decide, and the newest no before all?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.consent import Said, agreed, objection, refusals
from tests.examples import examples

MONDAY = datetime(2026, 11, 16, 10, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
CHANNELS, PURPOSES = list(Channel), list(Purpose)

rows = st.builds(
    Said,
    st.sampled_from([None, *CHANNELS]),
    st.sampled_from([None, *PURPOSES]),
    st.booleans(),
    st.sampled_from([MONDAY + timedelta(hours=one) for one in range(6)]),
)
channels, purposes = st.sampled_from(CHANNELS), st.sampled_from(PURPOSES)


def test_silence_is_neither_yes_nor_no() -> None:
    for channel, purpose in product(Channel, Purpose):
        assert agreed([], channel, purpose) is None


def test_a_row_without_a_purpose_speaks_of_all_of_them() -> None:
    for purpose in Purpose:
        assert agreed([Said(Channel.TEXT, None, True, MONDAY)], Channel.TEXT, purpose) is True
        assert agreed([Said(Channel.TEXT, None, False, MONDAY)], Channel.TEXT, purpose) is False
        assert agreed([Said(Channel.TEXT, None, False, MONDAY)], Channel.CALL, purpose) is None


def test_the_newest_word_of_one_kind_counts() -> None:
    yes, no = Said(Channel.CALL, None, True, TUESDAY), Said(Channel.CALL, None, False, MONDAY)
    assert agreed([yes, no], Channel.CALL, Purpose.SERVICE) is True
    later = Said(Channel.CALL, None, False, WEDNESDAY)
    assert agreed([yes, no, later], Channel.CALL, Purpose.SERVICE) is False


def test_of_two_words_at_one_instant_the_no_counts() -> None:
    both = [Said(Channel.EMAIL, Purpose.NEWS, one, MONDAY) for one in (True, False)]
    assert agreed(both, Channel.EMAIL, Purpose.NEWS) is False


def test_a_refused_channel_closes_what_was_allowed_narrowly_before() -> None:
    said = [
        Said(Channel.TEXT, Purpose.NEWS, True, MONDAY),
        Said(Channel.TEXT, None, False, TUESDAY),
    ]
    assert agreed(said, Channel.TEXT, Purpose.NEWS) is False


def test_a_later_narrow_yes_opens_a_refused_channel_for_that_alone() -> None:
    said = [
        Said(Channel.TEXT, None, False, MONDAY),
        Said(Channel.TEXT, Purpose.NEWS, True, TUESDAY),
    ]
    assert agreed(said, Channel.TEXT, Purpose.NEWS) is True
    assert agreed(said, Channel.TEXT, Purpose.SERVICE) is False


def test_a_general_yes_does_not_lift_a_refusal_of_news() -> None:
    said = [
        Said(Channel.EMAIL, Purpose.NEWS, False, MONDAY),
        Said(Channel.EMAIL, None, True, TUESDAY),
        Said(None, Purpose.NEWS, True, TUESDAY),
        Said(None, None, True, TUESDAY),
    ]
    assert agreed(said, Channel.EMAIL, Purpose.NEWS) is False
    assert agreed(said, Channel.EMAIL, Purpose.SERVICE) is True
    named = Said(Channel.EMAIL, Purpose.NEWS, True, WEDNESDAY)
    assert agreed([*said, named], Channel.EMAIL, Purpose.NEWS) is True


def test_an_objection_closes_news_on_every_channel_and_leaves_service() -> None:
    said = [Said(one, Purpose.NEWS, True, MONDAY) for one in Channel]
    said += [Said(one, None, True, WEDNESDAY) for one in Channel]
    said.append(objection(TUESDAY))
    for channel in Channel:
        assert agreed(said, channel, Purpose.NEWS) is False
        assert agreed(said, channel, Purpose.SERVICE) is True


def test_after_an_objection_a_yes_to_news_opens_its_channel_alone() -> None:
    said = [objection(MONDAY), Said(Channel.EMAIL, Purpose.NEWS, True, TUESDAY)]
    assert agreed(said, Channel.EMAIL, Purpose.NEWS) is True
    assert agreed(said, Channel.TEXT, Purpose.NEWS) is False


def test_where_the_yes_must_be_named_a_general_one_is_none() -> None:
    general = [Said(Channel.EMAIL, None, True, MONDAY)]
    assert agreed(general, Channel.EMAIL, Purpose.NEWS) is True
    assert agreed(general, Channel.EMAIL, Purpose.NEWS, named=True) is None
    named = [*general, Said(Channel.EMAIL, Purpose.NEWS, True, MONDAY)]
    assert agreed(named, Channel.EMAIL, Purpose.NEWS, named=True) is True


def test_every_refusal_that_stands_is_told_once_the_newest_first() -> None:
    old = Said(Channel.EMAIL, Purpose.NEWS, False, MONDAY)
    again = Said(Channel.EMAIL, Purpose.NEWS, False, TUESDAY)
    both = objection(WEDNESDAY)
    lifted = Said(Channel.EMAIL, None, False, MONDAY)
    yes = Said(Channel.EMAIL, None, True, TUESDAY)
    found = refusals([old, both, again, lifted, yes], Channel.EMAIL, Purpose.NEWS)
    assert found == (both, again)


def test_instants_are_compared_and_not_what_clocks_showed() -> None:
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    # 02:30 came twice on that night; the yes is the second, an hour after the no at 02:45.
    no = Said(Channel.CALL, None, False, datetime(2026, 10, 25, 2, 45, tzinfo=berlin))
    yes = Said(Channel.CALL, None, True, datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=1))
    assert agreed([no, yes], Channel.CALL, Purpose.SERVICE) is True


def test_a_moment_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="2026"):
        Said(Channel.CALL, None, True, MONDAY.replace(tzinfo=None))


@settings(max_examples=examples(300))
@given(st.lists(rows, max_size=8), channels, purposes)
def test_the_newest_word_wins_if_it_is_a_no(
    said: list[Said], channel: Channel, purpose: Purpose
) -> None:
    there = [one for one in said if one.covers(channel, purpose)]
    if there and not min(there, key=lambda one: (-one.at.timestamp(), one.allowed)).allowed:
        assert agreed(said, channel, purpose) is False


@settings(max_examples=examples(300))
@given(st.lists(rows, max_size=8), rows, channels, purposes)
def test_one_more_refusal_never_opens_anything(
    said: list[Said], more: Said, channel: Channel, purpose: Purpose
) -> None:
    no = Said(more.channel, more.purpose, False, more.at)
    before, after = agreed(said, channel, purpose), agreed([*said, no], channel, purpose)
    assert after == before or after is False


@settings(max_examples=examples(200))
@given(st.lists(rows, max_size=8), rows)
def test_what_one_word_gave_one_word_of_the_same_breadth_takes_away(
    said: list[Said], given_one: Said
) -> None:
    yes = Said(given_one.channel, given_one.purpose, True, MONDAY + timedelta(days=1))
    no = Said(given_one.channel, given_one.purpose, False, MONDAY + timedelta(days=2))
    for channel, purpose in product(Channel, Purpose):
        if yes.covers(channel, purpose):
            assert agreed([*said, yes, no], channel, purpose) is False


@settings(max_examples=examples(200))
@given(
    st.lists(rows, max_size=8).flatmap(lambda one: st.tuples(st.just(one), st.permutations(one)))
)
def test_the_order_of_the_rows_changes_nothing(both: tuple[list[Said], list[Said]]) -> None:
    for channel, purpose in product(Channel, Purpose):
        first, second = (refusals(one, channel, purpose) for one in both)
        assert first == second
        assert agreed(both[0], channel, purpose) == agreed(both[1], channel, purpose)
