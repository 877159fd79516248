"""Is what a store's own field says kept in one form, and refused where it is none?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.errors import Refusal
from clientele.domain.known import CustomKind
from clientele.domain.rules.custom_values import (
    Kept,
    NeitherYesNorNo,
    NotAChoice,
    NotADate,
    NotANumber,
    choices_of,
    read_value,
)


@pytest.mark.parametrize(
    ("text", "value", "number"),
    [
        ("12", "12", 12_000),
        (" 12,5 ", "12.5", 12_500),
        ("12.50", "12.5", 12_500),
        ("1.500", "1500", 1_500_000),
        ("1,500", "1500", 1_500_000),
        ("1 500,25", "1500.25", 1_500_250),
        ("1.234.567,5", "1234567.5", 1_234_567_500),
        ("0.125", "0.125", 125),
        ("-3", "-3", -3_000),
        ("0", "0", 0),
    ],
)
def test_a_number_is_kept_in_digits_and_in_thousandths(text: str, value: str, number: int) -> None:
    assert read_value(CustomKind.NUMBER, text) == Kept(value, number)


@pytest.mark.parametrize("text", ["twelve", "1.2.3", "1,23,4", "12.3456", "1e5", "٣", "9" * 14])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        read_value(CustomKind.NUMBER, text)
    assert text in refused.value.sentence


@given(st.integers(-(10**14), 10**14))
def test_a_number_reads_back_as_it_was_kept(thousandths: int) -> None:
    text = f"{Decimal(thousandths) / 1000:f}"
    kept = read_value(CustomKind.NUMBER, text.replace(".", ","))
    grouped = abs(thousandths) >= 1000 and len(text.partition(".")[2]) == 3
    if not grouped:  # 1,500 is read as fifteen hundred
        assert kept == Kept(text, thousandths)


def test_a_date_needs_its_year() -> None:
    assert read_value(CustomKind.DATE, "27 Nov 2026") == Kept("2026-11-27")
    assert read_value(CustomKind.DATE, "29.2.2028") == Kept("2028-02-29")
    for text in ("27 Nov", "Nov 2026", "29.2.2027", "soon"):
        with pytest.raises(NotADate):
            read_value(CustomKind.DATE, text)


def test_an_answer_is_yes_or_no_in_the_languages_of_the_window() -> None:
    assert [read_value(CustomKind.YES_NO, text) for text in ("Ja", "yes", "NEIN", "nee")] == [
        Kept("yes"),
        Kept("yes"),
        Kept("no"),
        Kept("no"),
    ]
    with pytest.raises(NeitherYesNorNo):
        read_value(CustomKind.YES_NO, "perhaps")


def test_a_choice_is_one_of_its_words_as_the_store_writes_it() -> None:
    words = choices_of("Gold\n silver \n\nGOLD\nBlack")
    assert words == ("Gold", "silver", "Black")
    assert read_value(CustomKind.CHOICE, "SILVER", words) == Kept("silver")
    with pytest.raises(NotAChoice) as refused:
        read_value(CustomKind.CHOICE, "bronze", words)
    assert "Gold, silver, Black" in refused.value.sentence


def test_a_text_is_kept_as_typed_and_nothing_is_nothing() -> None:
    assert read_value(CustomKind.TEXT, " two  words ") == Kept(" two  words ")
    for kind in CustomKind:
        assert read_value(kind, "  ") is None


@given(st.sampled_from(list(CustomKind)), st.text(max_size=20))
def test_whatever_is_typed_is_kept_so_that_it_reads_the_same_or_is_refused(
    kind: CustomKind, text: str
) -> None:
    try:
        kept = read_value(kind, text, ("Gold", "Silver"))
    except Refusal:
        return
    if kept is not None:
        assert read_value(kind, kept.value, ("Gold", "Silver")) == kept
        assert (kept.number is not None) is (kind is CustomKind.NUMBER)
