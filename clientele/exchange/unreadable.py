"""A value that cannot be read, and why, in words that help to correct the row."""

from __future__ import annotations


class Unreadable(Exception):
    """One cell is wrong; ``reason`` goes beside its row into the rejects file."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def quoted(text: str) -> str:
    """The text of a cell as it stands in a reason, cut to a readable length."""
    text = " ".join(text.split())
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
