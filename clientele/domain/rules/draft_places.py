"""Which client do the words of a draft belong to, by the place where they stand?"""

from __future__ import annotations

import re
from typing import Final

PHRASES: Final = (
    "note of client",
    "size of client",
    "new promise to",
    "new follow-up for",
    "making right for",
    "hand over",
    "paid ahead by",
    "expecting",
    "wish of",
    "gift of",
    "message to",
)
"""What stands before a client's id; a test reads the window's own places for more of them."""

_CLIENT: Final = re.compile(f"^({'|'.join(map(re.escape, PHRASES))}) (\\d+)(?!\\d)")


def client_of(place: str) -> int | None:
    """The client that a place names; None where it names none."""
    found = _CLIENT.match(place)
    return int(found[2]) if found else None


def place_of(place: str, client_id: int) -> str:
    """The same place for another client."""
    return _CLIENT.sub(lambda found: f"{found[1]} {client_id}", place)
