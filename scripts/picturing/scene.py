"""A scene: how to come to a picture, and how to put everything away afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from clientele.store.search import search
from clientele.ui.widgets.page import Page
from clientele.ui.widgets.sheet import Sheet
from clientele.ui.workplace import Workplace


@dataclass
class Scene:
    """One picture: its name, how to come there, and of what it is where not of the window.

    ``leave`` brings back what ``enter`` changed for all pictures that follow.
    """

    name: str
    enter: Callable[[], object]
    of: QWidget | None = None
    leave: Callable[[], object] | None = None


def client(place: Workplace, name: str) -> int:
    """The id of a client by name."""
    with place.store.read() as session:
        return search(session, name, limit=1).ids[0]


def over(place: Workplace, page: Page, sheet: Callable[[], Sheet]) -> Callable[[], None]:
    """How to come to a form that is open over a page."""

    def enter() -> None:
        place.window.show_page(page)
        settle(place)
        sheet().open_sheet()

    return enter


def put_away(place: Workplace) -> None:
    """Close forms and results, and take the lock off."""
    window = place.window
    for sheet in window.findChildren(Sheet):
        sheet.close_sheet()
    window.top_bar.search.close_results()
    window.top_bar.search.clear()
    window.toast.dismiss()
    if window.is_locked:
        window.lock_screen.opened.emit(place.desk.me)
    settle(place)


def settle(place: Workplace) -> None:
    """Let everything be read and painted."""
    pause()
    while not place.desk.idle():
        pause()
    pause(120)


def pause(milliseconds: int = 30) -> None:
    """Let the window live for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
