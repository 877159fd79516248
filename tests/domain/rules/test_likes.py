"""Are likes read as they are said quickly, and known again in another form of the word?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.likes import Held, Said, conflicts, meet, read_likes, same_thing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("emerald", [("like", "emerald")]),
        ("emerald, silk", [("like", "emerald"), ("like", "silk")]),
        (
            "likes: emerald, silk; avoids: wool",
            [("like", "emerald"), ("like", "silk"), ("avoid", "wool")],
        ),
        ("navy\navoids  logos , ", [("like", "navy"), ("avoid", "logos")]),
        ("liebt Seide; vermeidet: Wolle", [("like", "Seide"), ("avoid", "Wolle")]),
        ("houdt van zijde; vermijdt wol", [("like", "zijde"), ("avoid", "wol")]),
        ("silk, Silk", [("like", "silk")]),
        ("likely suspects", [("like", "likely suspects")]),
        (" ;, ", []),
    ],
)
def test_what_is_said_quickly_is_read(text: str, said: list[tuple[str, str]]) -> None:
    assert read_likes(text, "like") == tuple(Said(*one) for one in said)


def test_what_begins_with_no_such_word_is_of_the_side_it_was_typed_on() -> None:
    assert read_likes("wool", "avoid") == (Said("avoid", "wool"),)
    assert read_likes("wool; likes silk", "avoid")[1] == Said("like", "silk")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("logo", "Logos"),
        ("a low heel", "low heels"),
        ("Schuh", "Schuhe"),
        ("Absatz", "Absätze"),
        ("schoen", "schoenen"),
        ("rok", "rokken"),
        ("dress", "dresses"),
        ("Perle", "Perlen"),
        ("wool", "WOOL"),
        ("heels, low", "low heel"),
    ],
)
def test_forms_of_one_word_are_one_thing(one: str, other: str) -> None:
    assert same_thing(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("wool", "wool on skin"), ("linen", "line"), ("navy", "grey"), ("silk", "satin"), ("", "a")],
)
def test_other_things_are_not(one: str, other: str) -> None:
    assert not same_thing(one, other)


words = st.text(alphabet="abcdeinrsSE äü,", max_size=12)


@given(words, words)
def test_being_the_same_thing_goes_both_ways(one: str, other: str) -> None:
    assert same_thing(one, one)
    assert same_thing(one, other) == same_thing(other, one)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_and_each_thing_once(text: str) -> None:
    said = read_likes(text, "avoid")
    assert all(one.what.strip() for one in said)
    assert len({(one.kind, one.what) for one in said}) == len(said)


def test_a_conflict_is_of_one_person_in_a_department_where_both_count() -> None:
    rows = [
        Held(1, "like", "logos"),
        Held(2, "avoid", "logo", department_id=7),
        Held(3, "avoid", "logo", member_id=5),
        Held(4, "like", "wool", department_id=7),
        Held(5, "avoid", "wool", department_id=8),
        Held(6, "avoid", "navy"),
    ]
    assert [(one.like.id, one.avoid.id) for one in conflicts(rows)] == [(1, 2)]
    assert meet(rows[0], rows[1])
    assert not meet(rows[3], rows[4])
