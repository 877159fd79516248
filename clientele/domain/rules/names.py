"""How names are shown, sorted and shortened."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
        "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
    }
)  # fmt: skip
"""Letters that carry no accent and are written plainly; ``store.folding`` folds the same ones."""


def folded(text: str) -> str:
    """``text`` in lower case and without accents: “Müller” and “muller” fold to one."""
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return (
        "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold().strip()
    )


def sort_name(given_name: str, family_name: str, reference: str = "") -> str:
    """The key of every list: family name, then given name, both folded.

    A client known only by a number sorts after all names, numbers in their own order.
    """
    name = f"{folded(family_name)} {folded(given_name)}".strip()
    if name:
        return name
    return f"\U0010ffff{reference.rjust(12, '0')}" if reference else "\U0010ffff"


def full_name(given_name: str, family_name: str) -> str:
    """Given and family name as they are said; empty where neither is known."""
    return f"{given_name} {family_name}".strip()


def initials(name: str) -> str:
    """One or two letters for the round mark beside a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "·"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
