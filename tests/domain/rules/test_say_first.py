"""What is said first: the table holds whatever else is known."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.say_first import (
    ASKED_FOR,
    ORDER,
    Because,
    Reason,
    asks,
    first,
    note_says,
)

TODAY = date(2026, 11, 21)
DAYS = st.integers(0, 400).map(lambda ago: TODAY - timedelta(days=ago))
REASONS = st.lists(
    st.builds(Reason, st.sampled_from(Because), DAYS, st.integers(1, 50)), max_size=8, unique=True
)


def row_of(because: Because) -> int:
    return next(at for at, row in enumerate(ORDER) if because in row)


def test_every_reason_stands_in_exactly_one_row() -> None:
    assert sorted(one for row in ORDER for one in row) == sorted(Because)


@given(REASONS)
def test_something_is_said_whenever_there_is_anything(reasons: list[Reason]) -> None:
    chosen = first(reasons)
    assert (chosen is None) == (not reasons)
    if chosen is None:
        return
    assert chosen in reasons
    assert row_of(chosen.because) == min(row_of(one.because) for one in reasons)
    of_its_row = [one for one in reasons if row_of(one.because) == row_of(chosen.because)]
    assert chosen.since == max(one.since for one in of_its_row)


@given(REASONS.filter(lambda reasons: len(reasons) < 6))
def test_the_order_in_which_they_are_found_is_of_no_matter(reasons: list[Reason]) -> None:
    assert {first(order) for order in permutations(reasons)} == {first(reasons)}


@given(REASONS, st.builds(Reason, st.sampled_from(Because), DAYS, st.integers(1, 50)))
def test_what_is_owed_is_never_pushed_aside(reasons: list[Reason], other: Reason) -> None:
    chosen = first(reasons)
    if chosen is not None and chosen.because in ORDER[0] and other.because not in ORDER[0]:
        assert first([*reasons, other]) == chosen


@given(st.text(), st.booleans(), st.booleans(), DAYS)
def test_a_sensitive_note_says_nothing(words: str, marked: bool, said: bool, day: date) -> None:
    found = note_says(words, marked=marked, sensitive=True, said=said, written=day, today=TODAY)
    assert found is None


@given(st.text(min_size=1).filter(str.strip), st.booleans(), DAYS)
def test_a_mark_holds_until_the_client_was_here(words: str, said: bool, day: date) -> None:
    found = note_says(words, marked=True, sensitive=False, said=said, written=day, today=TODAY)
    assert (found is Because.MARKED) is not said


def test_a_question_grows_old() -> None:
    def of(ago: timedelta) -> Because | None:
        return note_says(
            "How was Italy?",
            marked=False,
            sensitive=False,
            said=False,
            written=TODAY - ago,
            today=TODAY,
        )

    assert of(ASKED_FOR) is Because.ASKS
    assert of(ASKED_FOR + timedelta(days=1)) is Because.NEWEST


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("How was Italy?", True),
        ("Ask about the hem", True),
        ("Frag nach dem Urlaub", True),
        ("Vraag naar de bruiloft", True),
        ("likes emerald", False),
        ("walks a task at a time", False),
        ("", False),
    ],
)
def test_a_note_that_asks(words: str, yes: bool) -> None:
    assert asks(words) is yes
