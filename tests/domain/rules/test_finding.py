"""Is found what is looked for, however it is written?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.finding import as_found, asked_words, places, says


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Muller", "coat for Mr Müller"),
        ("müller", "MULLER & SONS"),
        ("strasse", "Hauptstraße 4"),
        ("navy 42", "Suit, navy, 42R"),
        ("42r suit", "Suit, navy, 42R"),
        ("", "anything"),
    ],
)
def test_found(typed: str, text: str) -> None:
    assert says(text, asked_words(typed))


def test_not_found() -> None:
    assert not says("Suit, navy", asked_words("navy coat"))


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("muller", "Mr Müller, Müllers", ["Müller", "Müller"]),
        ("strasse", "die Straße dort", ["Straße"]),
        ("na navy", "a navy suit", ["navy"]),
        ("zz", "a navy suit", []),
    ],
)
def test_where_it_stands(typed: str, text: str, marked: list[str]) -> None:
    found = places(text, asked_words(typed))
    assert [text[at : at + length] for at, length in found] == marked


@given(st.text(max_size=40), st.text(max_size=6))
def test_what_is_marked_is_what_was_looked_for(text: str, typed: str) -> None:
    words = asked_words(typed)
    found = places(text, words)
    for at, length in found:
        assert 0 <= at < at + length <= len(text)
        assert any(word in as_found(text[at : at + length]) for word in words)
    assert list(found) == sorted(found)
