"""Is a size read from one line, as it is said on the floor?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.size_line import SizeLine, read_size_line
from clientele.domain.rules.wishing import Person

PEOPLE = (Person(7, "Mai Tran", "daughter"), Person(8, "Julia", "fiancée"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("coat UK 12, sleeves −2 cm", ("Coat", "UK 12", "UK", "sleeves −2 cm", "", None)),
        ("ring 6 for Mai", ("Ring", "6", "US", "", "", 7)),
        ("for his fiancée, dress M", ("Dress", "M", "", "", "", 8)),
        ("schuh 42 weit", ("Shoe", "42", "EU", "weit", "", None)),
        ("oxford 10½ D wide, in Arden", ("Shoe · oxford", "10½ D", "", "wide", "Arden", None)),
        ("Suit 42R", ("Suit", "42R", "UK", "", "", None)),
        ("coat, UK 12, Max Mara", ("Coat", "UK 12", "UK", "", "Max Mara", None)),
        ("size 7½ B loafer", ("Shoe · loafer", "7½ B", "", "", "", None)),
        ("jeans 32/34", ("Trousers", "32/34", "", "", "", None)),
        ("hemd 15,5", ("Shirt", "15½", "UK", "", "", None)),
        ("dog collar 14", ("Dog collar", "14", "", "", "", None)),
        ("belt 95 cm", ("Belt", "95", "EU", "", "", None)),
        ("coat", ("Coat", "", "", "", "", None)),
        ("", ("", "", "", "", "", None)),
    ],
)  # fmt: skip
def test_a_line_is_read(text: str, expected: tuple[str, str, str, str, str, int | None]) -> None:
    read = read_size_line(text, PEOPLE, ("Max Mara",))
    assert (read.category, read.value, read.system, read.fit, read.brand, read.member) == expected


def test_a_system_is_chosen_where_several_have_the_number() -> None:
    assert read_size_line("trousers 12").choices == ("UK", "US")
    read = read_size_line("trousers 12", system="US")
    assert (read.value, read.system, read.choices) == ("US 12", "US", ("UK", "US"))
    assert read_size_line("coat UK 12", system="US").value == "UK 12"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(text: str) -> None:
    assert isinstance(read_size_line(text, PEOPLE, ("Max Mara", "")), SizeLine)
