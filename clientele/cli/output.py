"""How do results reach stdout, and words to the person stderr?"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from typing import Any


def say(text: str) -> None:
    """A message to whoever typed the command."""
    print(harmless(text), file=sys.stderr, flush=True)


def result(text: str) -> None:
    """A result, as text."""
    print(harmless(text))


def as_json(value: object) -> None:
    """A result as JSON: instants and days in ISO form, data classes as objects."""
    print(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A result as columns under a head."""
    lines = [[harmless(cell).replace("\n", " ") for cell in row] for row in (head, *rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell + " " * (room - width(cell)) for cell, room in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def harmless(text: str) -> str:
    """``text`` without signs that command a terminal: names and items come from other files."""
    return "".join(
        "\ufffd" if unicodedata.category(sign) == "Cc" and sign != "\n" else sign for sign in text
    )


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
