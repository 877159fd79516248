"""Whose words are the better ones to keep of two clients who become one?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.better import better_birthday, better_text
from clientele.domain.rules.draft_places import PHRASES, client_of, place_of


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("", "Jon"),
        ("E.", "Eleanor"),
        ("Ellie", "Eleanor"),
        ("MARSH", "Marsh"),
        ("marsh", "Marsh"),
        ("Muller", "Müller"),
        ("Anna", "Anna Maria"),
    ],
)
def test_what_says_more_is_kept_whichever_is_newer(worse: str, better: str) -> None:
    for newer in (True, False):
        assert better_text(worse, better, other_newer=newer)
        assert not better_text(better, worse, other_newer=newer)


@given(st.text(max_size=8), st.text(max_size=8), st.booleans())
def test_it_does_not_matter_who_stands_first(one: str, other: str, newer: bool) -> None:
    chosen = other if better_text(one, other, other_newer=newer) else one
    again = one if better_text(other, one, other_newer=not newer) else other
    assert chosen == again


def test_a_whole_birthday_is_kept() -> None:
    assert better_birthday((11, 27, None), (11, 27, 1968), other_newer=False)
    assert not better_birthday((11, 27, 1968), (11, 27, None), other_newer=True)
    assert better_birthday((11, 27, None), (11, 28, None), other_newer=True)


@given(st.sampled_from(PHRASES), st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_place_names_its_client_and_no_other(phrase: str, one: int, other: int) -> None:
    for place in (f"{phrase} {one}", f"{phrase} {one} in 3", f"{phrase} {one}, sensitive"):
        assert client_of(place) == one
        assert client_of(place_of(place, other)) == other
        assert place_of(place_of(place, other), one) == place


def test_other_places_name_no_client() -> None:
    for place in ("new client", "note of visit 12", "receipt of visit 3", "wish 4"):
        assert client_of(place) is None
