"""Does what is bought leave the list, and only that? Is a wish read as it was meant?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.wishing import (
    Article,
    Person,
    TypedWish,
    is_it,
    parse_wish,
    same_gift,
)

PEOPLE = (
    Person(1, "Julia", "fiancée"),
    Person(2, "Ines Marsh", "daughter"),
    Person(3, "Bo", "son"),
)
WORDS = st.lists(
    st.sampled_from(
        ("emerald", "silk", "scarf", "navy", "loafer", "camel", "coat", "wool", "tote")
    ),
    min_size=2,
    max_size=5,
    unique=True,
)
SIZES = st.sampled_from(("", "7 B", "42", "10½ D", "M", "XL", "UK 12"))
SAME = [
    (Article("Loafer", "navy, 7 B"), Article("Loafer, navy, 7 B")),
    (Article("Emerald silk scarf"), Article("Silk scarf, emerald")),
    (Article("emerald silk scarf", "Hermès"), Article("EMERALD SILK SCARF", brand="Hermes")),
    (Article("Derby shoe", "7½"), Article("Derby shoe, 7.5")),
    (Article("Wool coat"), Article("Wool coat, camel, 12")),
    (Article("Wool coat", "camel, UK 12"), Article("Wool coat")),
    (Article("Coat", sku="4711"), Article("Something else", sku="4711")),
    (Article("Coat", sku="AB-1"), Article("Coat", sku="ab-1")),
    (Article("Scarf"), Article("scarf")),
]
OTHER = [
    (Article("Loafer", "navy, 7 B"), Article("Loafer, navy, 8 B")),
    (Article("Loafer", "navy, 7 B"), Article("Loafer, black, 7 B")),
    (Article("Loafer", "navy, 7 B"), Article("Loafer, navy, 7 E")),
    (Article("Scarf"), Article("Wool scarf")),
    (Article("Emerald silk scarf"), Article("Silk scarf")),
    (Article("Coat", sku="4711"), Article("Coat", sku="4712")),
    (Article(""), Article("")),
    (Article("42"), Article("42")),
    (Article("Scarf"), Article("")),
]


@pytest.mark.parametrize(("wished", "bought"), SAME)
def test_what_was_wished_for_is_known_again(wished: Article, bought: Article) -> None:
    assert is_it(wished, bought)


@pytest.mark.parametrize(("wished", "bought"), OTHER)
def test_what_says_something_else_stays_on_the_list(wished: Article, bought: Article) -> None:
    assert not is_it(wished, bought)


@given(WORDS, SIZES, st.randoms())
def test_order_and_case_of_words_are_all_the_same(
    words: list[str], size: str, chance: object
) -> None:
    mixed = sorted(words, key=lambda word: chance.random())  # type: ignore[attr-defined]
    assert is_it(Article(" ".join(words), size), Article(" ".join(mixed).upper(), size))


@given(WORDS, SIZES.filter(bool), SIZES.filter(bool))
def test_another_size_is_another_article(words: list[str], one: str, other: str) -> None:
    item = " ".join(words)
    assert is_it(Article(item, one), Article(f"{item}, {other}")) == (one == other)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "emerald silk scarf, Hermès, for Julia, 420",
            TypedWish("emerald silk scarf", "Hermès", "", 42000, 1),
        ),
        ("loafer, navy, 42", TypedWish("loafer", "navy, 42")),
        ("scarf, for his daughter", TypedWish("scarf", member=2)),
        ("scarf, for Ines 99.50", TypedWish("scarf", price=9950, member=2)),
        ("Schal, für Julia, 120 €", TypedWish("Schal", price=12000, member=1)),
        ("sjaal, voor Bo", TypedWish("sjaal", member=3)),
        ("scarf, for Robert", TypedWish("scarf", "for Robert")),
        ("scarf for the winter", TypedWish("scarf for the winter")),
        ("for Julia", TypedWish("for Julia")),
        ("4006381333931", TypedWish("4006381333931", sku="4006381333931")),
        ("", TypedWish("")),
        ("coat, 007", TypedWish("coat", "007")),
    ],
)
def test_a_wish_is_read_as_it_is_said(text: str, read: TypedWish) -> None:
    assert parse_wish(text, "EUR", PEOPLE) == read


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_a_wish(text: str) -> None:
    read = parse_wish(text, "EUR", PEOPLE)
    assert read.member is None or read.member in {one.id for one in PEOPLE}


def test_two_of_one_name_are_not_guessed_between() -> None:
    twice = (Person(1, "Julia"), Person(2, "Julia"))
    assert parse_wish("scarf, for Julia", "EUR", twice) == TypedWish("scarf", "for Julia")


def test_nobody_is_given_the_same_twice_in_another_size() -> None:
    assert same_gift(Article("Emerald scarf"), Article("emerald silk scarf, Hermès"))
    assert same_gift(Article("Loafer, navy, 7 B"), Article("Loafer, navy, 8 B"))
    assert not same_gift(Article("Scarf"), Article("Wool scarf"))
    assert not same_gift(Article("Emerald scarf"), Article("Emerald earrings"))
    assert not same_gift(Article(""), Article(""))
    assert same_gift(Article("x", sku="1"), Article("y", sku="1"))


@pytest.mark.parametrize(
    ("text", "currency", "item", "price"),
    [
        ("silk scarf €1,200", "EUR", "silk scarf", 120_000),
        ("silk scarf, 1,200", "EUR", "silk scarf", 120_000),
        ("silk scarf, 1.200,50", "EUR", "silk scarf", 120_050),
        ("silk scarf 12,50", "EUR", "silk scarf", 1_250),
        ("silk scarf,420", "EUR", "silk scarf", 42_000),
        ("kimono ¥15,000", "JPY", "kimono", 15_000),
        ("kimono, 150,000", "JPY", "kimono", 150_000),
        ("kimono, 15000", "JPY", "kimono", 15_000),
        ("bisht 12.500", "KWD", "bisht", 12_500),
        ("bisht, 12,500 KWD", "KWD", "bisht", 12_500),
        ("bisht 12.50", "KWD", "bisht", 12_500),
        ("bisht, 150", "KWD", "bisht", 150_000),
    ],
)
def test_a_comma_in_a_price_parts_no_words(text: str, currency: str, item: str, price: int) -> None:
    typed = parse_wish(text, currency)
    assert (typed.item, typed.detail, typed.price) == (item, "", price)
