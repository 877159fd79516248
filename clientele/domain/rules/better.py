"""Of two clients who become one: whose name, birthday or language is the better one to keep?"""

from __future__ import annotations

from clientele.domain.rules.alike_names import words_of
from clientele.domain.rules.names import folded
from clientele.domain.rules.nicknames import same_by_nickname

Birthday = tuple[int | None, int | None, int | None]


def better_text(one: str, other: str, *, other_newer: bool) -> bool:
    """Whether ``other`` says more than ``one``; where neither does, whether it is the newer.

    A name in full before an initial or a nickname, with its accents before without, and as it is
    written before all in capitals.
    """
    rank, rank_ = _text(one), _text(other)
    if same_by_nickname(folded(one), folded(other)) and len(one.strip()) != len(other.strip()):
        return len(other.strip()) > len(one.strip())
    return other_newer if rank == rank_ else rank_ > rank


def _text(text: str) -> tuple[int, ...]:
    bare = text.strip()
    if not bare:
        return (0,)
    words = words_of(bare)
    whole = sum(len(word) > 1 for word in words)
    written = bare != bare.upper() and bare != bare.lower()
    accents = sum(not letter.isascii() for letter in bare)
    spelled = sum(folded(letter) != letter.lower() for letter in bare)
    return (1, whole, len("".join(words)) > 3, written, accents + spelled)


def better_birthday(one: Birthday, other: Birthday, *, other_newer: bool) -> bool:
    """Whether ``other`` says more of a birthday (month, day, year) than ``one``."""
    known, known_ = (sum(part is not None for part in parts) for parts in (one, other))
    return other_newer if known == known_ else known_ > known
