"""What fits, out of what was kept, brought back, tried on and told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.preferences import Evidence
from clientele.domain.rules.size_evidence import AGAINST, Fit, Proof, fit_of, weigh, worn_in

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
IDS = count(1)


def _proof(
    value: str,
    evidence: Evidence,
    days: int,
    *,
    brand: str = "",
    category: str = "Suit",
    family: str = "men",
    why: str = "",
    member: int | None = None,
) -> Proof:
    at = NOW - timedelta(days=days)
    return Proof(
        "size", next(IDS), member, category, brand, value, evidence, at, family=family, why=why
    )


@pytest.mark.parametrize(
    ("why", "fit"),
    [
        ("too small", Fit.SMALL),
        ("ist ihr zu klein", Fit.SMALL),
        ("te krap over de borst", Fit.SMALL),
        ("zu groß", Fit.LARGE),
        ("te groot", Fit.LARGE),
        ("a size too big", Fit.LARGE),
        ("too narrow at the toe", Fit.NARROW),
        ("zu schmal", Fit.NARROW),
        ("te breed", Fit.WIDE),
        ("slips at the heel", Fit.LARGE),
        ("not too small", None),
        ("niet te klein, maar saai", None),
        ("sleeves too long", None),
        ("Ärmel zu kurz", None),
        ("goes with nothing at home", None),
        ("", None),
    ],
)
def test_reasons(why: str, fit: Fit | None) -> None:
    assert fit_of(why) is fit


@pytest.mark.parametrize(
    ("words", "size", "category", "value"),
    [
        ("Loafer, navy, 7 B", "", "Shoe · loafer", "7 B"),
        ("Linen blazer, camel, 12", "", "Blazer", "12"),
        ("Oxford shirt, white, 15½/34", "", "Shirt", "15½/34"),
        ("Silk dress size 12", "", "Dress", "12"),
        ("Two-button suit", "42 regular", "Suit", "42R"),
        ("Dress", "one size", "Dress", "one size"),
    ],
)
def test_articles(words: str, size: str, category: str, value: str) -> None:
    found = worn_in(words, size)
    assert found is not None
    assert (found[0].category, found[1]) == (category, value)


@pytest.mark.parametrize("words", ["Foundation, 2N1", "Small tote, camel", "Suit, navy"])
def test_articles_without_a_size(words: str) -> None:
    assert worn_in(words) is None


def test_brought_back_as_too_small_suggests_the_next() -> None:
    kept = _proof("42R", Evidence.KEPT, 200)
    back = _proof("42R", Evidence.RETURNED_TOO_SMALL, 60, why="too small")
    (worn,) = weigh([kept, back], NOW)
    assert worn.value == "42R"
    assert worn.against == (back,)
    assert worn.suggestion is not None
    assert (worn.suggestion.value, worn.suggestion.because) == ("44R", back)


def test_too_narrow_suggests_a_width() -> None:
    back = _proof(
        "10 D", Evidence.TRIED_TOO_SMALL, 3, category="Shoe", family="shoes", why="too narrow"
    )
    (worn,) = weigh([back], NOW)
    assert worn.suggestion is not None
    assert worn.suggestion.value == "10 E"


def test_the_same_size_kept_again_is_no_second_size() -> None:
    back = _proof("42R", Evidence.RETURNED_TOO_SMALL, 60, why="too small")
    (worn,) = weigh([back, _proof("42R", Evidence.KEPT, 30)], NOW)
    assert (worn.suggestion, worn.rival) == (None, None)


def test_kept_again_afterwards_settles_it() -> None:
    back = _proof("42R", Evidence.RETURNED_TOO_SMALL, 60, why="too small")
    kept = _proof("44R", Evidence.KEPT, 30)
    (worn,) = weigh([back, kept], NOW)
    assert (worn.value, worn.against, worn.suggestion) == ("44R", (), None)


def test_kept_weighs_more_than_told_and_what_is_told_anew_more_than_what_is_old() -> None:
    kept, told = _proof("42R", Evidence.KEPT, 60), _proof("44R", Evidence.TOLD_US, 5)
    (worn,) = weigh([kept, told], NOW)
    assert (worn.value, worn.against, worn.rival) == ("42R", (told,), told)
    old = _proof("42R", Evidence.KEPT, 600)
    (worn,) = weigh([old, told], NOW)
    assert (worn.value, worn.against) == ("44R", (old,))


def test_the_same_in_another_system_is_no_conflict() -> None:
    kept, told = _proof("42R", Evidence.KEPT, 60), _proof("EU 52", Evidence.TOLD_US, 5)
    (worn,) = weigh([kept, told], NOW)
    assert worn.against == ()


def test_trousers_by_the_waist_and_as_dresses_are_no_conflict() -> None:
    waist = _proof("34/32", Evidence.KEPT, 60, category="Trousers", family="trousers")
    dress = _proof("UK 12", Evidence.KEPT, 30, category="Trousers", family="trousers")
    (worn,) = weigh([waist, dress], NOW)
    assert (worn.value, worn.against) == ("UK 12", ())


def test_trousers_for_women_are_read_from_their_article() -> None:
    garment, value = worn_in("Trousers, navy, 12") or (None, "")
    assert garment is not None
    assert (garment.category, value) == ("Trousers", "12")


def test_a_maker_who_cuts_otherwise_stands_beside() -> None:
    general = _proof("UK 12", Evidence.KEPT, 60, category="Dress", family="women")
    arden = _proof("UK 14", Evidence.KEPT, 30, category="Dress", family="women", brand="Arden")
    (worn,) = weigh([general, arden], NOW)
    assert worn.value == "UK 12"
    assert [(one.brand, one.value) for one in worn.brands] == [("Arden", "UK 14")]
    assert worn.against == ()


def test_each_person_for_themselves() -> None:
    mine, hers = _proof("42R", Evidence.KEPT, 60), _proof("38R", Evidence.KEPT, 5, member=3)
    assert {worn.member_id: worn.value for worn in weigh([mine, hers], NOW)} == {
        None: "42R",
        3: "38R",
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["40R", "42R", "44R", "EU 52", "odd"]),
            st.sampled_from(list(Evidence)),
            st.integers(0, 2000),
            st.sampled_from(["", "Vane"]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.randoms(),
)
def test_nothing_is_lost_and_the_order_of_reading_is_nothing(rows, random) -> None:  # type: ignore[no-untyped-def]
    proofs = [
        Proof(
            "size", key, None, "Suit", brand, value, evidence, NOW - timedelta(days=days),
            family="men", why="too small" if evidence in AGAINST else "",
        )
        for key, (value, evidence, days, brand) in enumerate(rows)
    ]  # fmt: skip
    (worn,) = weigh(proofs, NOW)
    seen = {*worn.proofs, *(proof for one in worn.brands for proof in one.proofs)}
    assert seen == set(proofs)
    assert worn.best in worn.proofs
    shuffled = list(proofs)
    random.shuffle(shuffled)
    assert weigh(shuffled, NOW) == (worn,)
