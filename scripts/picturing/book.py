"""The book: whose client, who is away, what was handed over."""

from __future__ import annotations

from pathlib import Path

from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    return [*bare(place)]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return []
