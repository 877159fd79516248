"""Finding words in text: alone, as a beginning, or inside a longer one."""

from __future__ import annotations

import re


def begins(*words: str) -> re.Pattern[str]:
    """Finds words that begin so."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.IGNORECASE)


def whole(*words: str) -> re.Pattern[str]:
    """Finds these words alone."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def inside(*words: str) -> re.Pattern[str]:
    """Finds these words anywhere, also as a part of a longer one."""
    return re.compile("|".join(words), re.IGNORECASE)
