"""Does an appointment of another calendar keep what it is about, and not the client's name?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.calendar_about import about_of

ADA = ("Ada van der Berg", "van der Berg", "Ada")


@pytest.mark.parametrize(
    ("summary", "about"),
    [
        ("Fitting with Ada van der Berg", "Fitting"),
        ("Ada van der Berg: coat, second fitting", "coat, second fitting"),
        ("Anprobe mit Frau van der Berg", "Anprobe"),
        ("Passen met mevr. van der Berg (jas)", "Passen jas"),
        ("ADA VAN DER BERG", ""),
        ("Ada's coat", "coat"),
        ("Adaptor for the lamp", "Adaptor for the lamp"),
        ("With Ada", ""),
        ("Coat for a wedding with", "Coat for a wedding"),
        ("", ""),
    ],
)
def test_the_name_goes_and_the_rest_stays(summary: str, about: str) -> None:
    assert about_of(summary, ADA).replace("( ", "").replace("(", "").replace(")", "") == about


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=4))
def test_whatever_is_written_it_ends_and_grows_nothing(summary: str, names: list[str]) -> None:
    about = about_of(summary, names)
    assert len(about) <= len(summary)
    assert about_of(about, names) == about or len(about_of(about, names)) < len(about)
