"""Promises: the page, the forms, what is printed."""

from __future__ import annotations

from pathlib import Path

from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    nell = client(place, "Eleanor Marsh")

    def new_promise() -> NewPromiseSheet:
        return NewPromiseSheet(place.desk, place.window.content, client_id=nell)

    return [*bare(place), Scene("new-promise", over(place, place.today, new_promise))]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("promises", lambda: place.window.show_page(place.promises))]
