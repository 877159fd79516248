"""What always holds of the entries that a note offers, whatever is written in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.rules.quick_note import LONGEST, offers
from clientele.domain.rules.quick_note_people import Person
from tests.domain.rules.quick_note_sentences import TUNED
from tests.domain.rules.test_quick_note import TODAY, told

PIECES = [
    piece for said in TUNED.values() for text, _ in said for piece in (text, *text.split(", "))
]
CARDS = ("4111 1111 1111 1111", "4111111111111111", "5500-0000-0000-0004", "340000000000009")

pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), min_size=1, max_size=6)
joined = st.tuples(pieces, st.sampled_from([", ", " ", ". ", "\n", "; ", " and ", "", "? "]))
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@settings(max_examples=150, deadline=None)
@given(joined, days, st.sampled_from(["NL", "US", "DE", "GB", ""]))
def test_any_text_is_read_and_each_offer_says_where(
    parts: tuple[list[str], str], today: date, region: str
) -> None:
    text = parts[1].join(parts[0])
    for offer in offers(text, today=today, region=region):
        assert 0 <= offer.start < offer.end <= len(text)
        assert 0 < len(offer.said.strip()) <= offer.end - offer.start
        if offer.fields.get("due"):
            assert date.fromisoformat(offer.fields["due"]) >= today


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_no_text_is_too_wild(text: str) -> None:
    offers(text, today=TODAY, region="NL")


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=" \t\n\r\u00a0.,;", max_size=50))
def test_nothing_is_offered_where_nothing_is_said(text: str) -> None:
    assert offers(text, today=TODAY) == ()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CARDS), st.sampled_from(PIECES), st.sampled_from(PIECES))
def test_a_card_number_is_never_offered(card: str, before: str, after: str) -> None:
    for text in (
        f"{before} {card} {after}",
        f"card {card}, {after}",
        f"size {card}",
        f"tel {card}",
    ):
        for offer in offers(text, today=TODAY, region="US"):
            for value in offer.fields.values():
                digits = "".join(filter(str.isdecimal, value))
                assert len(digits) < 13 or digits[-4:] not in card
            assert not any(group in offer.said for group in card.replace("-", " ").split())


def test_a_long_note_is_read_in_a_moment_and_only_so_far() -> None:
    text = "likes navy, " * 2000
    assert all(offer.end <= LONGEST for offer in offers(text, today=TODAY))


def kept(text: str, **more: object) -> set[str]:
    return {told(offer) for offer in offers(text, today=TODAY, **more)}  # type: ignore[arg-type]


def test_who_is_known_is_not_offered_again_but_what_is_said_of_them_is() -> None:
    people = (Person("Eva", "daughter"), Person("Mark Marsh", "husband"))
    assert kept("daughter wears 38", people=people) == {"size clothing 38 ~eva"}
    assert kept("Eva loves green", people=people) == {"like green ~eva"}
    assert kept("husband hates brown", people=people) == {"avoid brown ~mark marsh"}
    assert kept("daughter Mia loves green", people=people) == {
        "person mia, daughter",
        "like green ~mia",
    }


def test_a_day_with_a_stroke_is_read_as_where_the_store_is() -> None:
    assert kept("wedding on 5/12", region="US") == {"occasion wedding --05-12"}
    assert kept("wedding on 5/12", region="NL") == {"occasion wedding --12-05"}


def test_what_is_promised_for_a_day_gone_is_not_offered() -> None:
    assert kept("hold the coat until 20.11.2026") == set()
    assert kept("hold the coat until 22.11.2026") == {"promise hold 2026-11-22"}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("call tomorrow", 1),
        ("call next friday", 5),
        ("call next sunday", 7),
        ("in zwei wochen anrufen", 14),
        ("heute in drei Wochen anrufen", 21),
        ("volgende week dinsdag bellen", 2),
        ("vrijdag over een week bellen", 12),
        ("übermorgen anrufen", 2),
        ("call in 10 days", 10),
        ("call at the weekend", 6),
    ],
)
def test_days_are_read_as_they_are_said(text: str, due: int) -> None:
    assert [one.fields.get("due") for one in offers(text, today=TODAY)] == [
        (TODAY + timedelta(days=due)).isoformat()
    ]


def test_a_like_said_of_one_department_is_of_that_one() -> None:
    (offer,) = offers("no wool in Men's Suits", today=TODAY, departments=("Men's Suits",))
    assert offer.fields["department"] == "Men's Suits"


def test_the_words_of_an_offer_can_be_marked_in_the_note() -> None:
    text = "Came in. Fiancée likes Emerald, ring size 6"
    assert [text[one.start : one.end] for one in offers(text, today=TODAY)] == [
        "Fiancée",
        "likes Emerald",
        "ring size 6",
    ]
