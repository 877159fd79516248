"""Amounts and quantities as people and programs write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.exchange.numbers import DecimalMark, MarkSearch, Numbers
from clientele.exchange.unreadable import Unreadable

READ = {
    "0.50": 50,
    "12": 1200,
    "1,234.56": 123456,
    "1.234,56": 123456,
    "$1,234.56": 123456,
    "-$27.00": -2700,
    "$-27.00": -2700,
    "(27.00)": -2700,
    "27.00-": -2700,
    "−27,5": -2750,
    "1 234,50 €": 123450,
    "1\u202f234,50\xa0€": 123450,
    "1'234.50": 123450,
    "CHF 1’234.50": 123450,
    "EUR 9,99": 999,
    "9.60 kr.": 960,
    "CA$5": 500,
    "12,-": 1200,
    "1.234.567": 123456700,
    "1,234,567.8": 123456780,
    ".5": 50,
    "+3.10": 310,
    "9.600000000000001": 960,
    "9.599999999": 960,
    "  7.25 ": 725,
    "0.000": 0,
}


@pytest.mark.parametrize("text", READ)
@pytest.mark.parametrize("mark", [".", ","])
def test_amounts_that_say_what_they_are(text: str, mark: str) -> None:
    assert Numbers(2, mark)[text] == READ[text]


def test_one_thousand_or_one_and_a_bit_is_the_columns_to_say() -> None:
    assert Numbers(2, ".")["1,234"] == 123400
    assert Numbers(3, ",", what="quantity")["1,234"] == 1234
    assert Numbers(2, ",")["1.234"] == 123400
    assert Numbers(3, ".", what="quantity")["1.234"] == 1234


def test_currencies_without_and_with_three_decimals() -> None:
    assert Numbers(0)["1,500"] == 1500
    assert Numbers(0)["¥1,500"] == 1500
    assert Numbers(3)["1.250"] == 1250


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "there is no amount"),
        ("  ", "there is no amount"),
        ("free", "“free” is not an amount"),
        ("1a2", "“1a2” is not an amount"),
        ("12 34", "“12 34” is not an amount"),
        ("(5.00", "“(5.00” is not an amount"),
        ("1.2.3,4,5", "is not an amount"),
        ("12.345678", "“12.345678” has more than 2 decimals"),
        ("9" * 20, "is too large"),
        ("x" * 60, "…” is not an amount"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        Numbers(2)[text]
    assert reason in problem.value.reason


def test_the_column_decides() -> None:
    cases: dict[tuple[str, ...], DecimalMark] = {
        (): DecimalMark("."),
        ("5", "7", ""): DecimalMark("."),
        ("1,234", "12,50"): DecimalMark(","),
        ("1.234", "1.234.567"): DecimalMark(","),
        ("1.234", "0.99"): DecimalMark("."),
        ("1,234", "1.234,00 €"): DecimalMark(","),
        ("1,234", "5,678"): DecimalMark(".", doubtful=True),
        ("1.234",): DecimalMark(",", doubtful=True),
    }
    for values, mark in cases.items():
        search = MarkSearch()
        search.look(values)
        assert search.found() == mark, values
        assert search.settled is not mark.doubtful


@settings(deadline=None)
@given(st.integers(-(10**11), 10**11), st.sampled_from([0, 2, 3]), st.sampled_from(".,"))
def test_what_is_written_with_either_mark_is_read(minor: int, decimals: int, mark: str) -> None:
    grouped = f"{Decimal(minor).scaleb(-decimals):,.{decimals}f}"
    if mark == ",":
        grouped = grouped.translate(str.maketrans(".,", ",."))
    assert Numbers(decimals, mark)[grouped] == minor
    plain = f"{Decimal(minor).scaleb(-decimals):.{decimals}f}"
    assert Numbers(decimals, ".")[plain] == minor


def test_the_memory_of_values_is_bounded() -> None:
    numbers = Numbers(2)
    for value in range(100_000):
        assert numbers[f"{value}.00"] == value * 100
    assert len(numbers) <= 1 << 15
