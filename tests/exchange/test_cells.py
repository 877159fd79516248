"""Text survives a spreadsheet, and what would run in one does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.exchange.cells import Texts, guarded, pieces
from clientele.exchange.unreadable import Unreadable


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-cmd|x", "+cmd", "'=1", "''@x",
                                  "-2+3+cmd|' /C calc'!A0", "+ HYPERLINK(\"http://x\")",
                                  "-1\n+SUM(A1)"])  # fmt: skip
def test_what_a_spreadsheet_would_run_is_kept_as_text(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert Texts("item")[guarded(text)] == text


@pytest.mark.parametrize(
    "text", ["-5 cm", "+31 6 1", "+31(0)20 1", "- (two)", "'t Zand", "Coat", "", "a=b"]
)
def test_plain_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text
    assert Texts("item")[text] == text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), st.booleans())
def test_any_text_comes_back(text: str, identifier: bool) -> None:
    text = text.strip()
    assert Texts("item", identifier=identifier)[guarded(text, identifier=identifier)] == text


def test_identifiers_lose_the_apostrophe_of_shopify() -> None:
    assert Texts("sku", identifier=True)["'0012"] == "0012"
    assert Texts("item")["'0012"] == "'0012"


def test_card_numbers_are_refused_and_article_numbers_are_not() -> None:
    for text in ("4111111111111111", "card 4111-1111-1111-1111 x"):
        with pytest.raises(Unreadable, match="item holds what looks like a card number"):
            Texts("item")[text]
    assert Texts("sku", identifier=True)["30569309025904"] == "30569309025904"


def test_pieces() -> None:
    assert pieces("a ::: b:::a :::") == ["a", "b"]
    assert pieces("a, b;c ::: d", more=",;") == ["a", "b", "c", "d"]
    assert pieces(" ") == []
