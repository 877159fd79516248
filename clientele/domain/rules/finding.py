"""Does a text say what somebody looks for, however it is written, and where?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from clientele.domain.rules.names import folded

LONGEST = 200
"""Signs of what is typed that are looked at."""


def asked_words(typed: str) -> tuple[str, ...]:
    """The words that must all be found, folded: “Müller  navy” is (“muller”, “navy”)."""
    return tuple(dict.fromkeys(as_found(typed[:LONGEST]).split()))


def as_found(text: str) -> str:
    """``text`` as it is compared: in lower case and without accents."""
    return text.lower() if text.isascii() else folded(text)


def says(text: str, words: tuple[str, ...]) -> bool:
    """Whether each of ``words`` (from ``asked_words``) is in ``text``, even inside one of its."""
    plain = as_found(text)
    return all(word in plain for word in words)


def places(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where in ``text`` any of ``words`` stands: first position and length, in order."""
    if text.isascii():
        whole: str = text.lower()
        origin: Sequence[int] = range(len(text))
    else:
        whole, origin = _letter_by_letter(text)
    if not any(word and word in whole for word in words):
        return ()
    marked: set[int] = set()
    for word in words:
        at = whole.find(word) if word else -1
        while at >= 0:
            marked.update(range(origin[at], origin[at + len(word) - 1] + 1))
            at = whole.find(word, at + len(word))
    found: list[tuple[int, int]] = []
    for at in sorted(marked):
        if found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((at, 1))
    return tuple(found)


def _letter_by_letter(text: str) -> tuple[str, Sequence[int]]:
    """A text as it is compared, and from which letter each of its signs comes."""
    plain = [_one(letter) for letter in text]
    whole = "".join(plain)
    if len(whole) == len(text) and all(plain):
        return whole, range(len(text))
    return whole, [at for at, signs in enumerate(plain) for _ in signs]


@lru_cache(maxsize=1_024)
def _one(letter: str) -> str:
    """A letter as it is compared; a blank stays, which ``folded`` would strip."""
    return letter.lower() if letter.isascii() or letter.isspace() else folded(letter)
