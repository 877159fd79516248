"""Money is read as it is typed and kept as whole minor units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.money import NotAnAmount, exponent, parse_price, plain, to_minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("285", "EUR", 28500),
        ("285.5", "EUR", 28550),
        ("285,50", "EUR", 28550),
        ("1.285,50", "EUR", 128550),
        ("1,285.50", "EUR", 128550),
        ("1 285.50", "EUR", 128550),
        ("1.285", "EUR", 128500),
        ("1.285", "KWD", 1285),
        ("1,285", "JPY", 1285),
        ("€ 285", "EUR", 28500),
        ("285.", "EUR", 28500),
        (".5", "EUR", 50),
        ("-27.00", "EUR", -2700),
        ("0", "EUR", 0),
        ("", "EUR", None),
        (" € ", "EUR", None),
        ("1,234,567.80", "EUR", 123456780),
        ("12,34,567", "INR", 123456700),
        ("1500.00", "JPY", 1500),
        ("1,285", "KWD", 1285),
    ],
)
def test_a_price_as_typed(text: str, currency: str, minor: int | None) -> None:
    assert parse_price(text, currency) == minor


@pytest.mark.parametrize(
    "text", ["abc", "1e5", "nan", "Infinity", ".", "-", "12x", "9" * 30, "1-2"]
)
def test_what_is_no_price(text: str) -> None:
    with pytest.raises(NotAnAmount, match="not an amount") as refused:
        parse_price(text, "EUR")
    assert text in refused.value.sentence


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("12.50", "JPY"),
        ("1.5", "JPY"),
        ("0.005", "EUR"),
        ("12.3456", "EUR"),
        ("1.2.3", "EUR"),
        ("12,34.56", "EUR"),
        ("1,285,00", "EUR"),
        ("1.2345", "KWD"),
        ("9,999,999,999.99", "KWD"),
        ("10,000,000,000", "EUR"),
        ("1000000000000", "JPY"),
    ],
)
def test_what_would_be_another_sum_than_meant(text: str, currency: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_price(text, currency)


@given(st.text(max_size=40), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_any_text_is_a_price_or_refused(text: str, currency: str) -> None:
    try:
        minor = parse_price(text, currency)
    except NotAnAmount:
        return
    assert minor is None or abs(minor) < 10**12


@given(st.integers(1 - 10**12, 10**12 - 1), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_plain_and_back(minor: int, currency: str) -> None:
    assert to_minor(Decimal(plain(minor, currency)), currency) == minor
    # Without decimals “1.285” would mean thousands, so only a full form comes back as it was.
    assert parse_price(plain(minor, currency), currency) == minor


def test_halves_go_to_even() -> None:
    assert to_minor(Decimal("0.125"), "EUR") == 12
    assert to_minor(Decimal("0.135"), "EUR") == 14
    assert (exponent("EUR"), exponent("JPY"), exponent("KWD")) == (2, 0, 3)
