"""How long is a text message, and in which alphabet?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.text_length import (
    BASIC,
    EXTENDED,
    Alphabet,
    TextLength,
    plain,
    text_length,
)

GSM, UCS = Alphabet.GSM, Alphabet.UCS


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", TextLength(GSM, 0, 0, 160)),
        ("a" * 160, TextLength(GSM, 160, 1, 0)),
        ("a" * 161, TextLength(GSM, 161, 2, 145)),
        ("a" * 306, TextLength(GSM, 306, 2, 0)),
        ("a" * 307, TextLength(GSM, 307, 3, 152)),
        ("ä" * 160, TextLength(GSM, 160, 1, 0)),
        ("€" * 80, TextLength(GSM, 160, 1, 0)),
        ("€" * 81, TextLength(GSM, 162, 2, 143)),
        ("ë" * 70, TextLength(UCS, 70, 1, 0, ("ë",))),
        ("ë" * 71, TextLength(UCS, 71, 2, 63, ("ë",))),
        ("Zoë, ’s", TextLength(UCS, 7, 1, 63, ("ë", "’"))),
        ("🙂" * 35, TextLength(UCS, 70, 1, 0, ("🙂",))),
        ("🙂" * 36, TextLength(UCS, 72, 2, 61, ("🙂",))),
    ],
)
def test_units_and_parts(text: str, length: TextLength) -> None:
    assert text_length(text) == length


def test_an_escape_stays_with_its_character() -> None:
    assert text_length("a" * 152 + "€" + "a" * 152).parts == 3
    assert text_length("a" * 153 + "€" + "a" * 151).parts == 2


def test_the_alphabet_has_as_many_as_the_standard() -> None:
    assert (len(BASIC), len(EXTENDED)) == (127, 9)  # the escape is none, nor is the page break
    assert not BASIC & EXTENDED


def test_what_a_phone_does_not_write_is_written_plainly() -> None:
    assert (
        plain("It’s “486,00\u00a0€” – at 2:30\u202fPM…\r\n") == 'It\'s "486,00 €" - at 2:30 PM...\n'
    )
    assert plain("Zoe\u0308 van ’t Hek") == "Zoë van 't Hek"


@given(st.text())
def test_every_text_has_a_length(text: str) -> None:
    length = text_length(text)
    room = {GSM: 153, UCS: 67}[length.alphabet]
    assert length.units >= len(text)
    assert (length.parts == 0) == (text == "")
    assert length.parts <= 1 or (length.parts - 1) * (room - 1) < length.units
    assert length.left >= 0
    assert (length.alphabet is UCS) == bool(length.because)


@given(st.text(st.sampled_from("aé€’–\u00a0ß\n"), max_size=700))
def test_plain_never_takes_more_parts_than_before_but_for_dots(text: str) -> None:
    assert text_length(plain(text)).alphabet is GSM
    assert text_length(plain(text)).parts <= text_length(text).parts
