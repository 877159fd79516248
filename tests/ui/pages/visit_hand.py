"""Hands and eyes for tests of the visit page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from clientele.store.queries.team import draft
from clientele.store.queries.visit import VisitPage as Visit
from clientele.store.queries.visit import visit_page
from clientele.store.session import Store
from clientele.ui.pages.visit import VisitPage

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


def of(store: Store, visit: int) -> Visit:
    with store.read() as session:
        found = visit_page(session, visit)
    assert found is not None
    return found


def typed_at(store: Store, by: int, place: str) -> str:
    with store.read() as session:
        return draft(session, by, place)


def titles(page: VisitPage) -> list[str]:
    return [row.title.text() for row in page.shown._in_order()]
