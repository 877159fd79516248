"""Is a tag short, unique, and does a slip of the finger lead nowhere?"""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clientele.domain.promises import PromiseKind
from clientele.domain.rules.promise_tags import LETTERS, read_tag, scanned, tag_of

KINDS = st.sampled_from(PromiseKind)
NUMBERS = st.integers(1, 99_999_999)


def test_a_letter_for_each_kind() -> None:
    assert set(LETTERS) == set(PromiseKind)
    assert len(set(LETTERS.values())) == len(LETTERS)
    # Damm's own example: 572 is checked by 4.
    assert tag_of(PromiseKind.ALTERATION, 572) == "A-5724"


@pytest.mark.parametrize("text", ["A-5724", "a5724", " A 5724\r", "a\u20115724", "A\u20105724"])
def test_however_it_is_typed(text: str) -> None:
    assert read_tag(text) == "A-5724"


@pytest.mark.parametrize(
    "text", ["", "A", "A-", "A-5", "A-5723", "5724", "AB-5724", "X-5724", "A-5724 x", "A-٥٧٢٤"]
)
def test_what_is_no_tag(text: str) -> None:
    assert read_tag(text) is None


@given(kind=KINDS, number=NUMBERS)
def test_a_tag_reads_as_itself_and_as_its_bars(kind: PromiseKind, number: int) -> None:
    tag = tag_of(kind, number)
    assert read_tag(tag) == read_tag(scanned(tag)) == tag
    assert scanned(tag).isalnum()


@given(kind=KINDS, one=NUMBERS, other=NUMBERS)
def test_no_two_alike(kind: PromiseKind, one: int, other: int) -> None:
    assert (tag_of(kind, one) == tag_of(kind, other)) == (one == other)


@given(kind=KINDS, number=NUMBERS, data=st.data())
def test_one_wrong_digit_or_two_that_changed_places_is_no_tag(
    kind: PromiseKind, number: int, data: st.DataObject
) -> None:
    letter, digits = tag_of(kind, number).split("-")
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from("0123456789"))
    typed = digits[:at] + wrong + digits[at + 1 :]
    assert (read_tag(letter + typed) is None) == (typed != digits)
    at = data.draw(st.integers(0, len(digits) - 2))
    assume(digits[at] != digits[at + 1])
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    assert read_tag(letter + swapped) is None
