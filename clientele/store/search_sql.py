"""What does the search ask the database? The questions, with places for what is bound."""

from __future__ import annotations

from typing import Final


def _asking(index: str) -> str:
    return (
        f"SELECT group_concat(rowid) FROM (SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ?)"
    )


NAMES: Final = _asking("client_words")
KNOWN: Final = _asking("client_known")
REACH: Final = _asking("client_reach")
KNOWN_OF: Final = (
    "SELECT rowid FROM client_known WHERE client_known MATCH ? "
    "AND rowid IN (SELECT value FROM json_each(?))"
)
REFERENCE: Final = "SELECT client_id FROM client_reference WHERE reference IN (?, ?)"
FAMILY: Final = (
    "SELECT id FROM client WHERE sort_name >= ? AND sort_name < ? ORDER BY sort_name, id LIMIT ?"
)
MINE: Final = (
    "SELECT client_id FROM book_membership WHERE associate_id = ? AND until IS NULL "
    "AND client_id IN (SELECT value FROM json_each(?))"
)
ORDER: Final = (
    "SELECT id, sort_name FROM client WHERE id IN (SELECT value FROM json_each(?)) "
    "ORDER BY sort_name, id"
)
