"""How is text folded in SQL, so that the indexes hold the words that a question is folded to?

Accents are taken off by the tokenizer; letters that carry none and are written plainly (ø, ß …)
are replaced here as ``domain.rules.names.folded`` does. A name with ä, ö, ü or their like is held
in both of its spellings: Müller is found as “muller” and as “mueller”.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import ucd_3_2_0 as _OLD

from clientele.domain.rules.names import folded

FOLDED_LETTERS: Final = {
    "ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
}  # fmt: skip

TWO_LETTERS: Final = {
    "ä": "ae", "Ä": "ae", "ö": "oe", "Ö": "oe", "ü": "ue", "Ü": "ue", "å": "aa", "Å": "aa",
    "ø": "oe", "Ø": "oe",
}  # fmt: skip
"""Letters that are also written as two: in German passports, in e-mail addresses, by old tills."""

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_TWO = str.maketrans(TWO_LETTERS)


def replaced(text: str, pairs: dict[str, str]) -> str:
    """The SQL of ``text`` with every letter of ``pairs`` replaced."""
    for letter, plain in pairs.items():
        text = f"replace({text}, '{letter}', '{plain}')"
    return text


def with_umlauts(text: str) -> str:
    """The SQL of a name as it is folded, and once more with its umlauts written as two letters."""
    plain, double = replaced(text, FOLDED_LETTERS), replaced(text, FOLDED_LETTERS | TWO_LETTERS)
    return f"{plain} || CASE WHEN {double} = {plain} THEN '' ELSE ' ' || {double} END"


def words_of(text: str) -> list[str]:
    """The words of ``text`` as the indexes hold them, folded; none of them can be syntax.

    A letter is what SQLite's tokenizer takes for one: its Unicode is older than Python's, and a
    sign that only one of them calls a letter would break a word in two.
    """
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    apart = "".join(letter if _OLD.category(letter)[0] in "LN" else " " for letter in folded(text))
    return apart.split()


def spellings(name: str) -> set[str]:
    """The words of a name in all the spellings that the index of names holds."""
    return {*words_of(name), *words_of(name.translate(_TWO))}
