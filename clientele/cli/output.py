"""How do results reach stdout, and words to the person stderr?"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from typing import Any

TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
"""Overrides, embeddings and isolates of the direction, and other ends of lines. The marks that
names in Arabic and Hebrew need are none of them."""


def say(text: str) -> None:
    """A message to whoever typed the command."""
    print(harmless(text), file=sys.stderr, flush=True)


def result(text: str) -> None:
    """A result, as text."""
    print(harmless(text))


def as_json(value: object) -> None:
    """A result as JSON: instants and days in ISO form, data classes as objects."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, indent=2)
    print("".join(f"\\u{ord(sign):04x}" if _commands(sign) else sign for sign in text))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A result as columns under a head."""
    lines = [[harmless(cell).replace("\n", " ") for cell in row] for row in (head, *rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell + " " * (room - width(cell)) for cell, room in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def harmless(text: str) -> str:
    """``text`` without signs that command a terminal: names and items come from other files."""
    return "".join("\ufffd" if _commands(sign) else sign for sign in text)


def _commands(sign: str) -> bool:
    """Whether a sign does something to a terminal, or turns around what follows it."""
    return sign in TURNS or (unicodedata.category(sign) == "Cc" and sign != "\n")


def width(text: str) -> int:
    """How many places a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)
