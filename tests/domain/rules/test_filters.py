"""Is a filter kept exactly as it was built, and one that cannot be read refused?"""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.filter_texts import (
    LONGEST,
    MOST_PARTS,
    VERSION,
    UnknownFilter,
    filter_json,
    filter_of,
)
from clientele.domain.rules.filters import SHAPES, Condition, Filter, Group, Match, Value, What

numbers = st.none() | st.integers(-(1 << 63) + 1, (1 << 63) - 1)
days = st.none() | st.dates()
conditions = st.builds(
    Condition,
    st.sampled_from(What),
    words=st.text(max_size=LONGEST) | st.sampled_from(["", "3", "12", "yes"]),
    about=numbers,
    least=numbers,
    most=numbers,
    first=days,
    last=days,
    turned=st.booleans(),
).filter(lambda condition: condition.whole)
groups = st.builds(
    Group, st.sampled_from(Match), st.lists(conditions, min_size=1, max_size=4).map(tuple)
)
filters = st.builds(
    Filter, st.sampled_from(Match), st.lists(conditions | groups, max_size=8).map(tuple)
)
VIP = Condition(What.TAG, about=1)
SHOES = Condition(What.BOUGHT_IN, about=3, turned=True)


@given(filters)
def test_what_was_built_is_read_back_and_written_the_same(asked: Filter) -> None:
    text = filter_json(asked)
    assert filter_of(text) == asked
    assert filter_json(filter_of(text)) == text


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["version", "match", "parts", "is", "words", "x"]), inner),
    max_leaves=12,
))  # fmt: skip
def test_anything_else_is_a_filter_or_refused_and_never_an_accident(whatever: object) -> None:
    try:
        read = filter_of(json.dumps(whatever))
    except UnknownFilter:
        return
    assert filter_of(filter_json(read)) == read


def test_every_condition_has_a_shape_and_every_shape_a_condition() -> None:
    assert set(SHAPES) == set(What)
    assert {shape.value for shape in SHAPES.values()} == set(Value)


@pytest.mark.parametrize(
    "part",
    [
        {"is": "moon phase", "words": "full"},
        {"is": "tag"},
        {"is": "tag", "about": 1, "colour": "red"},
        {"is": "tag", "about": "1"},
        {"is": "bought", "words": "v" * (LONGEST + 1)},
        {"is": "spent", "least": "much"},
        {"is": "spent", "least": True},
        {"is": "spent", "least": 1 << 70},
        {"is": "birthday in", "words": "13"},
        {"is": "birthday in", "words": "²"},
        {"is": "last bought", "least": 400_000},
        {"is": "last bought on", "first": "2026-02-30"},
        {"is": "bought in", "about": None},
        {"is": "mine", "not": False},
        {"match": "any", "parts": []},
        {"match": "some", "parts": [{"is": "mine"}]},
        {"match": "any", "parts": [{"match": "all", "parts": [{"is": "mine"}]}]},
        "mine",
    ],
)
def test_a_part_that_is_unknown_is_refused(part: object) -> None:
    whole = {"version": VERSION, "match": "all", "parts": [{"is": "mine"}, part]}
    with pytest.raises(UnknownFilter):
        filter_of(json.dumps(whole))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"version":2,"match":"all","parts":[]}', '{"version":1,"match":"all"}',
     '{"version":1,"match":"all","parts":[],"limit":3}', "[" * 100_000],
)  # fmt: skip
def test_another_version_or_a_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(UnknownFilter) as refused:
        filter_of(text)
    assert "make the list anew" in refused.value.sentence


def test_more_conditions_than_anybody_reads_are_refused() -> None:
    many = Filter(parts=(Group(Match.ANY, (VIP,) * MOST_PARTS), VIP))
    with pytest.raises(UnknownFilter):
        filter_of(filter_json(many))


def test_parts_are_added_changed_taken_out_and_never_stand_twice() -> None:
    asked = Filter().with_part(VIP).with_part(SHOES).with_part(VIP)
    assert asked.parts == (VIP, SHOES)
    either = Group(Match.ANY, (SHOES, VIP))
    assert asked.with_part(either, 1).parts == (VIP, either)
    assert asked.with_part(either, 1).conditions() == (VIP, SHOES, VIP)
    assert asked.without(0).parts == (SHOES,)


def test_a_condition_is_whole_only_with_all_that_it_needs() -> None:
    assert not Condition(What.BOUGHT, words="  ").whole
    assert not Condition(What.SPENT).whole
    assert not Condition(What.FIELD_NUMBER, least=3).whole
    assert not Condition(What.BIRTHDAY_WITHIN).whole
    assert Condition(What.HOUSEHOLD).whole
    assert Condition(What.REFERRED).whole
    assert Condition(What.LAST_BOUGHT_ON, last=date(2026, 1, 1)).whole
