"""A visit, its ticket, and the forms over it."""

from __future__ import annotations

from pathlib import Path

from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    daniel = client(place, "Daniel Tran")
    return [Scene("visit", lambda: place.start_visit(daniel))]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("visit", lambda: place.window.show_page(place.visit))]
