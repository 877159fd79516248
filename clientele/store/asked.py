"""What does a text in the one box ask for? Words, digits of a number, pieces of an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clientele.store.folding import words_of

LONGEST = 200
"""Signs of a text that are looked at: each word more costs a question more."""

MOST_WORDS: Final = 12
"""Words of a text that are looked at."""

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""NUL ends a full-text question half way; a half of a pair of surrogates is no character."""
_DIGITS = re.compile(r"[+(]?\d[\d\-/.() ]*")
_PIECE = re.compile(r"@|\w[._]\w")


@dataclass(frozen=True, slots=True)
class Asked:
    """A text taken apart: words, digits of a number, pieces of an e-mail address."""

    words: tuple[str, ...] = ()
    digits: str = ""
    pieces: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.digits or self.pieces)


def plain(typed: str) -> str:
    """``typed`` without what SQLite cannot be asked for, and no longer than anybody means."""
    return _NO_TEXT.sub(" ", typed[:LONGEST])


def read_text(typed: str) -> Asked:
    """Take a text apart.

    Digits are a number once there are three; a word with an @, a dot or an underscore in it is a
    piece of an e-mail address; all else are words.
    """
    typed = " ".join(plain(typed).split())
    if _DIGITS.fullmatch(typed):
        digits = "".join(filter(str.isdigit, typed))
        return Asked(digits=digits) if len(digits) >= 3 else Asked(words=(digits,))
    words: list[str] = []
    pieces: list[str] = []
    digits = ""
    for token in typed.split(" "):
        if _DIGITS.fullmatch(token) and sum(map(str.isdigit, token)) >= 3:
            digits += "".join(filter(str.isdigit, token))
        elif len(token) >= 3 and _PIECE.search(token):
            pieces.append(token.strip(",;").lower())
        else:
            words += words_of(token)
    return Asked(tuple(words[:MOST_WORDS]), digits, tuple(pieces))
