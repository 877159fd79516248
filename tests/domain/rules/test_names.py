"""How names are shown, sorted and shortened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.names import folded, full_name, initials, sort_name


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Müller", "muller"),
        ("SØREN", "soren"),
        ("Łukasz", "lukasz"),
        ("Weiß", "weiss"),
        ("Æbelø", "aebelo"),
        ("García-Œuvre", "garcia-oeuvre"),
        ("  Ng ", "ng"),
        ("Ёлка", "елка"),
        ("", ""),
    ],
)
def test_letters_fold_to_plain_ones(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_lists_go_by_family_name_and_numbers_come_last_in_their_order() -> None:
    names = [
        sort_name("", "", "10"),
        sort_name("Zoë", "Abel"),
        sort_name("", ""),
        sort_name("Ada", ""),
        sort_name("", "", "9"),
        sort_name("Ann", "abel"),
    ]
    order = sorted(range(6), key=lambda at: names[at])
    assert order == [5, 1, 3, 2, 4, 0]


@pytest.mark.parametrize(
    ("given_name", "family_name", "name"),
    [("Eleanor", "Marsh", "Eleanor Marsh"), ("", "Marsh", "Marsh"), ("", "", "")],
)
def test_a_whole_name(given_name: str, family_name: str, name: str) -> None:
    assert full_name(given_name, family_name) == name


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Eleanor Marsh", "EM"),
        ("Ludwig van Beethoven", "LB"),
        ("nell", "N"),
        ("R. Okafor", "RO"),
        ("Anna-Maria van der Berg", "AB"),
        ("李 明", "李明"),
        ("(Nell) marsh", "M"),
        ("", "·"),
        ("– –", "·"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
