"""A scanner is told from a hand by the distance of its keys alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.scanned import (
    GAP,
    SHORTEST,
    Burst,
    is_article_number,
    looks_like_code,
)

CODES = st.from_regex(r"[0-9A-Z][0-9A-Za-z./-]{2,14}[0-9]", fullmatch=True)


def typed(text: str, gaps: list[int], start: int = 1000) -> tuple[str, str]:
    """What is left to the field in front of Return, and what was taken for a scan."""
    burst, at, let_through = Burst(), start, ""
    for place, character in enumerate([*text, "\n"]):
        at += gaps[place] if place < len(gaps) else 0
        if burst.late(at):
            let_through += burst.let_go()
        if character == "\n":
            scanned = burst.finish(at)
            return (let_through + burst.let_go() if not scanned else let_through), scanned
        if not burst.press(character, at):
            let_through += burst.let_go() + character
    raise AssertionError


@given(CODES, st.lists(st.integers(0, GAP), min_size=20, max_size=20))
def test_what_a_scanner_types_is_a_scan_at_any_speed_of_scanners(
    code: str, gaps: list[int]
) -> None:
    assert typed(code, [GAP + 1, *gaps]) == ("", code)


@given(
    st.text(st.sampled_from("0123456789ABCxyz -.,"), max_size=20),
    st.lists(st.integers(GAP + 1, 400), min_size=21, max_size=21),
)
def test_what_a_hand_types_arrives_letter_for_letter(text: str, gaps: list[int]) -> None:
    assert typed(text, gaps) == (text, "")


@given(
    st.text(st.sampled_from("0123456789ABCxyz -.,"), max_size=20),
    st.lists(st.integers(0, 400), min_size=21, max_size=21),
)
def test_no_letter_is_ever_lost_or_turned_round(text: str, gaps: list[int]) -> None:
    left, scanned = typed(text, gaps)
    assert left + scanned == text


def test_a_code_in_the_middle_of_fast_typing_is_no_scan() -> None:
    assert typed("x4006381333931", [500, *[5] * 20]) == ("x4006381333931", "")


def test_return_that_comes_late_belongs_to_the_hand() -> None:
    assert typed("88213", [500, 5, 5, 5, 5, GAP + 1]) == ("88213", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4006381333931", True),
        ("88213-01", True),
        ("A-2291", True),
        ("12.5", True),
        ("ABCDEF", False),
        ("-2291", False),
        ("123", False),
        ("88213 01", False),
        ("", False),
    ],
)
def test_a_code_is_one_word_with_a_digit(text: str, code: bool) -> None:
    assert looks_like_code(text) is code
    assert not code or len(text) >= SHORTEST


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("4006381333931", True),
        ("4006381333932", False),
        ("96385074", True),
        ("036000291452", True),
        ("10012345678902", True),
        ("4111111111111111", False),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", False),
        ("", False),
    ],
)
def test_an_article_number_has_its_check_digit(text: str, right: bool) -> None:
    assert is_article_number(text) is right
