"""What the search box shows: by name, misspelt, by number, by what was bought, commands, nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    return [
        Scene("search-name", typed(place, "ma")),
        Scene("search-misspelt", typed(place, "elanor mrsh")),
        Scene("search-number", typed(place, "555")),
        Scene("search-bought", typed(place, "navy 42")),
        Scene("search-command", typed(place, "lock")),
        Scene("search-nobody", typed(place, "Zwaantje Qvist")),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On a new book."""
    return [Scene("search", typed(place, "da"))]


def typed(place: Workplace, words: str) -> Callable[[], None]:
    """How to come to the answer to these words."""

    def enter() -> None:
        window = place.window
        window.show_page(place.today)
        settle(place)
        search = window.top_bar.search
        search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        search.setText(words)
        settle(place)

    return enter
