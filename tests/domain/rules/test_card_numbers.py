"""No card number passes, however it is written; what only looks like one does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.card_numbers import found_in, masked

CARDS = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111\u00a01111\u00a01111\u00a01111",
    "4111.1111.1111.1111",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "3782 822463 10005",
    "30569309025904",
    "6011111111111117",
    "3530111333300000",
    "6759649826438453",
    "6212345678901232",
    "4222222222222",
    "4111  1111  1111  1111",
    "4111 - 1111 - 1111 - 1111",
    "4111/1111/1111/1111",
    "4111_1111_1111_1111",
    "4111\n1111\n1111\n1111",
    "4111\u200b1111\u200b1111\u200b1111",
    "411\u00ad11111\u20091111\u202f1111",
    "4111\x001111\x001111\x001111",
    "3782*822463*10005",
    "\uff14\uff11\uff11\uff11 1111 1111 1111",
    "٤١١١١١١١١١١١١١١١",
    "4111      1111      1111      1111",
    "3782\t\t\t\t822463\r\n\r\n10005",
]


@pytest.mark.parametrize("card", CARDS)
def test_a_card_number_is_found_wherever_it_stands(card: str) -> None:
    for text in (
        card,
        f"paid with {card}, wants the bag too",
        f"{card} 12/27",
        f"{card} 123",
        f"27 {card}",
        f"1234 {card}",
        f"no.{card}",
        f";{card}=27121010000012345678?",
        f"%B{card}^TRAN/DANIEL^27121010000000000?",
    ):
        assert found_in(text), text
        assert not found_in(masked(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wedding 5 Dec, ring 6",
        "4111 1111 1111 1112",
        "4006381333931",
        "+49 30 1234567 and +31 20 624 1111",
        "0412-8831",
        "DE89 3704 0044 0532 0130 00",
        "0.4111111111111111",
        "1234567890123456",
        "sizes 41, 42, 43, 44, 45, 46, 47, 48",
        "2026-11-21 10:00:00, 2026-11-22 11:30:00",
    ],
)
def test_what_is_no_card_number_passes(text: str) -> None:
    assert not found_in(text)
    assert masked(text) == text


def test_the_last_four_digits_stay() -> None:
    assert (
        masked("4111 1111 1111 1111 12/27 and 378282246310005.") == "•••• 1111 12/27 and •••• 0005."
    )


@given(st.text(max_size=20), st.text(max_size=20))
def test_words_around_do_not_hide_it(before: str, after: str) -> None:
    digits = any(letter.isdecimal() or letter in ". -–" for letter in before[-1:] + after[:1])
    assert digits or found_in(f"{before}4111111111111111{after}")
