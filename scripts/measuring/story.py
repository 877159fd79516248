"""How fast is the story of a client with thousands of entries: read on, gone back in, searched?"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from scripts.measuring import bare
from scripts.measuring.books import BUSY
from scripts.measuring.results import Samples

if TYPE_CHECKING:
    from scripts.measuring.window import Window

NOBODY_SAID = "qqzzq"
"""Looks through the whole story."""


def telling(window: Window, yardstick: bare.Bare, rounds: int) -> list[Samples]:
    """Each from the wish to painted rows, on the page of the busiest client."""
    card = window.place.client.story
    window.place.open_client(BUSY)
    window.until(window.desk.idle)
    years = [int(action.text()) for action in card.filter.year.popup.actions()]

    def timed(wish: Callable[[], object]) -> tuple[float, float]:
        with bare.hearing() as said:
            begun = time.perf_counter()
            wish()
            window.until(window.desk.idle)
            card.list.viewport().repaint()
            took = (time.perf_counter() - begun) * 1000
        return took, yardstick.milliseconds(said)

    def look_for(words: str) -> None:
        card.filter.field.setText(words)
        card.filter.search(words)

    on: list[tuple[float, float]] = []
    back: list[tuple[float, float]] = []
    found: list[tuple[float, float]] = []
    for at in range(rounds):
        on.append(timed(card.model.want_older))
        back.append(timed(partial(card.filter.year_asked.emit, years[at % len(years)])))
    for _ in range(max(2, rounds // 4)):
        found.append(timed(partial(look_for, NOBODY_SAID)))
        look_for("")
        window.until(window.desk.idle)
    return [
        Samples(name, "ms", [ours for ours, _ in both], bare.NAME, [its for _, its in both])
        for name, both in (
            ("story's next page to painted", on),
            ("story gone to a year, painted", back),
            ("story looked through for a word nobody said", found),
        )
    ]
