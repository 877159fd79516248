"""A total equals its lines, shares add up to the cent, and what comes back nets to nothing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.credit import shares
from clientele.domain.rules.ticket import (
    MarkDownTooLarge,
    as_percent,
    gross,
    line_amount,
    mirrored,
    paid_for,
    percent_off,
    to_pay,
    total,
)

AMOUNT = st.integers(0, 10**12)
PRICE = st.integers(0, 10**9)
QUANTITY = st.integers(1, 10**6)
PARTS = st.dictionaries(st.integers(1, 40), st.integers(1, 9), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("price", "quantity", "mark_down", "amount"),
    [
        (28500, 1000, 0, 28500),
        (28500, 2000, 0, 57000),
        (28500, 1000, 2850, 25650),
        (999, 1500, 0, 1499),  # 14.985 is 14.99
        (1, 500, 0, 1),
        (1, 499, 0, 0),
        (28500, 1000, 28500, 0),
        (0, 1000, 0, 0),
    ],
)
def test_a_line(price: int, quantity: int, mark_down: int, amount: int) -> None:
    assert line_amount(price, quantity, mark_down) == amount


def test_a_mark_down_is_never_more_than_the_line() -> None:
    with pytest.raises(MarkDownTooLarge, match="The mark-down on “Oxford” is more than the price"):
        line_amount(28500, 1000, 28501, item="Oxford")


@pytest.mark.parametrize(
    ("price", "quantity", "mark_down"), [(-1, 1000, 0), (1, 0, 0), (1, -1000, 0), (1, 1000, -1)]
)
def test_what_is_no_line(price: int, quantity: int, mark_down: int) -> None:
    with pytest.raises(ValueError, match=r"above|below"):
        line_amount(price, quantity, mark_down)


@given(PRICE, QUANTITY, st.data())
def test_a_line_lies_between_nothing_and_its_price(
    price: int, quantity: int, data: st.DataObject
) -> None:
    whole = gross(price, quantity)
    assert abs(whole * 1000 - price * quantity) <= 500
    off = data.draw(st.integers(0, whole))
    assert 0 <= line_amount(price, quantity, off) <= whole
    assert line_amount(price, quantity, off) + off == whole


@given(st.lists(st.tuples(PRICE, QUANTITY, st.booleans())), st.lists(AMOUNT))
def test_a_total_equals_its_lines(lines: list[tuple[int, int, bool]], ahead: list[int]) -> None:
    amounts = [gross(price, many) * (-1 if back else 1) for price, many, back in lines]
    whole = total(amounts)
    assert whole == sum(amounts)
    assert to_pay(whole, ahead) + sum(ahead) == whole


@given(AMOUNT, st.integers(0, 100))
def test_a_percentage_is_known_again(whole: int, percent: int) -> None:
    off = percent_off(whole, percent)
    assert 0 <= off <= whole
    if whole >= 100:
        assert as_percent(whole, off) == percent
    for wrong in (-1, 101):
        with pytest.raises(ValueError, match="from 0 to 100"):
            percent_off(whole, wrong)


@pytest.mark.parametrize(
    ("whole", "off", "percent"),
    [(28500, 2850, 10), (28500, 2849, None), (0, 0, None), (28500, 28500, 100), (28500, 0, 0)],
)
def test_a_mark_down_as_a_percentage(whole: int, off: int, percent: int | None) -> None:
    assert as_percent(whole, off) == percent


@given(st.integers(-(10**12), 10**12), PARTS)
def test_shares_add_up_and_are_fair_to_the_cent(amount: int, parts: dict[int, int]) -> None:
    found = shares(amount, parts)
    assert sum(found.values()) == amount
    assert found.keys() == parts.keys()
    whole = sum(parts.values())
    assert all(abs(found[one] * whole - amount * parts[one]) < whole for one in parts)


@given(AMOUNT, PARTS)
def test_who_has_more_parts_has_no_smaller_share(amount: int, parts: dict[int, int]) -> None:
    found = shares(amount, parts)
    by_parts = sorted(parts, key=lambda one: parts[one])
    for fewer, more in combinations(by_parts, 2):
        assert parts[fewer] == parts[more] or found[fewer] <= found[more]


@given(AMOUNT, PARTS)
def test_more_to_share_gives_nobody_a_cent_less_than_one(
    amount: int, parts: dict[int, int]
) -> None:
    less, more = shares(amount, parts), shares(amount + 1, parts)
    assert all(more[one] >= less[one] - 1 for one in parts)


@given(AMOUNT, QUANTITY, st.data())
def test_pieces_that_come_back_one_by_one_give_back_all_that_was_paid(
    amount: int, quantity: int, data: st.DataObject
) -> None:
    left, there, given_back = amount, quantity, 0
    while there:
        back = data.draw(st.integers(max(1, there // 3), there))
        what = paid_for(left, there, back)
        given_back += (back_amount := line_amount(what.price, back, what.mark_down))
        left, there = left - back_amount, there - back
        assert left >= 0
        assert what.mark_down <= -(-back // 1000), "a correction of rounding, and no more"
    assert given_back == amount


def test_a_third_of_a_hundred() -> None:
    first = paid_for(10000, 3000, 1000)
    assert (first.price, first.mark_down) == (3333, 0)
    all_three = paid_for(10000, 3000, 3000)
    assert (all_three.price, all_three.mark_down) == (3334, 2)
    for wrong in (0, 3001):
        with pytest.raises(ValueError, match="of what was bought"):
            paid_for(10000, 3000, wrong)


@given(AMOUNT, PARTS, st.data())
def test_a_full_return_nets_to_nothing_for_everyone(
    amount: int, parts: dict[int, int], data: st.DataObject
) -> None:
    credited = shares(amount, parts)
    left = amount
    while left:
        back = data.draw(st.integers(max(1, left // 3), left))
        taken = mirrored(back, credited)
        assert sum(taken.values()) == -back
        for one, given_up in taken.items():
            credited[one] += given_up
            assert credited[one] >= 0
        left -= back
    assert set(credited.values()) == {0}


def test_what_credited_nobody_is_mirrored_to_nobody() -> None:
    assert mirrored(5000, {}) == {}
    assert mirrored(5000, {1: 0}) == {}
    assert mirrored(6000, {1: 2500, 2: 2500}) == {1: -3000, 2: -3000}
