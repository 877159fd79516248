"""Are sizes read as they are said, and converted no further than a chart can say?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.size_systems import (
    Sized,
    System,
    about,
    are_comparable,
    could_be,
    garment_of,
    in_full,
    next_to,
    parse_size,
    place,
    show,
    systems,
    wider,
)

EXTRAS = {
    "suit": ("", "S", "R", "L"),
    "drop": ("", "6"),
    "sleeve": ("", "34"),
    "inseam": ("", "32"),
    "width": ("", "B", "D", "EE", "narrow"),
    "cup": ("A", "B", "DD"),
    "": ("",),
}


@st.composite
def sizes(draw: st.DrawFn) -> Sized:
    system = draw(st.sampled_from(list(systems().values())))
    value = draw(st.sampled_from(system.values))
    return Sized(
        system.key, system.label.upper(), value, draw(st.sampled_from(EXTRAS[system.extra]))
    )


def _of(size: Sized) -> System:
    return systems()[size.system]


@pytest.mark.parametrize(
    ("said", "family", "system", "value", "extra"),
    [
        ("42R", "men", "suit_uk", "42", "R"),
        ("42 regular", "", "suit_uk", "42", "R"),
        ("UK 12", "women", "women_uk", "12", ""),
        ("12 UK", "women", "women_uk", "12", ""),
        ("EU 52", "men", "suit_eu", "52", ""),
        ("7½ B", "shoes", "", "7½", "B"),
        ("US women 7 1/2 B", "shoes", "shoe_us_women", "7½", "B"),
        ("size 7", "shoes", "", "7", ""),
        ("Gr. 38", "collar", "collar_cm", "38", ""),
        ("maat 42", "shoes", "shoe_eu", "42", ""),
        ("M", "women", "women_letters", "M", ""),
        ("2XL", "men", "men_letters", "XXL", ""),
        ("34/32", "trousers", "waist_in", "34", "32"),
        ("W34 L32", "", "waist_in", "34", "32"),
        ("15½", "collar", "collar_in", "15½", ""),
        ("34B", "bra", "", "34", "B"),
        ("75B", "", "", "75", "B"),
        ("N½", "ring", "ring_uk", "N½", ""),
        ("6", "ring", "ring_us", "6", ""),
        ("kids 128", "", "kids_eu", "128", ""),
    ],
)
def test_what_is_said_on_the_floor(
    said: str, family: str, system: str, value: str, extra: str
) -> None:
    read = parse_size(said, family)
    assert read is not None
    assert (read.system, read.value, read.extra) == (system, value, extra)


@pytest.mark.parametrize("said", ["", "navy", "501", "three", "£42", "ring the bell", "0"])
def test_what_is_no_size(said: str) -> None:
    assert parse_size(said, "trousers") is None


def test_a_number_that_two_systems_have_is_of_none() -> None:
    assert parse_size("52", "men") == Sized("", "", "52")


@pytest.mark.parametrize(
    ("said", "system"),
    [("UK 12", "women_uk"), ("US 8", "women_us"), ("12", ""), ("36", "waist_in"), ("EU 50", "")],
)
def test_trousers_are_sized_by_the_waist_or_as_other_clothes(said: str, system: str) -> None:
    read = parse_size(said, "trousers")
    assert read is not None
    assert read.system == system


def test_a_number_of_several_systems_says_which_they_are() -> None:
    read = parse_size("12", "trousers")
    assert read is not None
    assert [one.system for one in could_be(read, "trousers")] == ["women_uk", "women_us"]
    assert could_be(Sized("women_uk", "UK", "12"), "women") == ()


def test_a_waist_and_a_bust_are_not_compared() -> None:
    waist, bust = parse_size("34/32", "trousers"), parse_size("UK 12", "trousers")
    assert waist is not None
    assert bust is not None
    assert not are_comparable(waist, bust)


@given(sizes())
def test_what_is_shown_is_read_as_the_same(size: Sized) -> None:
    family = _of(size).family
    assert parse_size(show(size, family), family) == size
    assert parse_size(in_full(size), family) == size


@given(sizes())
def test_there_and_back_is_within_one_step(size: Sized) -> None:
    for one in about(size):
        back = next(other.size for other in about(one.size) if other.size.system == size.system)
        steps = [
            after - before
            for system in (_of(size), _of(one.size))
            for before, after in zip(system.measures, system.measures[1:], strict=False)
        ]
        assert abs(place(back) - place(size)) <= max(steps)


@given(sizes(), st.integers(1, 4))
def test_a_larger_size_is_nowhere_a_smaller_one(size: Sized, steps: int) -> None:
    larger = next_to(size, steps)
    if larger is None:
        return
    assert place(larger) > place(size)
    there = {one.size.system: place(one.size) for one in about(larger)}
    for one in about(size):
        assert there.get(one.size.system, 1e9) >= place(one.size)


@given(sizes())
def test_up_and_down_again(size: Sized) -> None:
    larger = next_to(size, 1)
    assert larger is None or next_to(larger, -1) == size


def test_each_conversion_names_its_source() -> None:
    size = parse_size("UK 12", "women")
    assert size is not None
    found = {in_full(one.size): one.source for one in about(size)}
    assert set(found) == {"US 8", "EU 40", "FR 40", "DE 38", "IT 44", "M"}
    assert all(found.values())


def test_known_pairs() -> None:
    def others(said: str, family: str) -> set[str]:
        size = parse_size(said, family)
        assert size is not None
        return {in_full(one.size) for one in about(size)}

    assert "EU 52" in others("42R", "men")
    assert "UK 8" in others("EU 42", "shoes")
    assert "US 7" in others("N½", "ring")
    assert others("UK 36DD", "bra") == set(), "cups part after D"


def test_measures_rise() -> None:
    for system in systems().values():
        assert list(system.measures) == sorted(set(system.measures)), system.key
        assert len(system.values) == len(system.measures) == len(set(system.values)), system.key
        assert system.source


def test_wider() -> None:
    size = parse_size("10 D", "shoes")
    assert size is not None
    assert wider(size, 1) == Sized("", "", "10", "E")
    assert wider(Sized("", "", "10"), 1) is None


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Cap-toe oxford", "Shoe · oxford"),
        ("Oxford shirt", "Shirt"),
        ("Oberhemd weiß", "Shirt"),
        ("Jurk", "Dress"),
        ("Chelsea-Stiefel", "Shoe · boot"),
    ],
)
def test_garments(words: str, category: str) -> None:
    found = garment_of(words)
    assert found is not None
    assert found.category == category


def test_no_garment() -> None:
    assert garment_of("Foundation, 2N1") is None
