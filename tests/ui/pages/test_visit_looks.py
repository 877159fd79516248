"""A visit fits the usual terminal, is cut at no width and no size of letters, has names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from clientele.services.colleagues import BringIn, bring_in
from clientele.services.company import AddCompanion, SayFittingRoom, add_companion, say_fitting_room
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.visit import VisitPage
from clientele.ui.theme import Scheme, Theme
from tests.a11y.test_names import nameless
from tests.ui.pages.tran import Tran


@pytest.fixture
def page(visit_shown: VisitPage, store: Store, tran: Tran, clock: FixedClock) -> VisitPage:
    with store.write() as session:
        now = clock.now()
        say_fitting_room(session, SayFittingRoom(tran.visit, "3"), now=now)
        add_companion(session, AddCompanion(tran.visit, "Mai"), now=now)
    visit_shown.make_due()
    return visit_shown


def cut(of: QWidget) -> list[str]:
    """Words that do not have the room that they need, or stand outside of what holds them."""
    found = []
    for one in of.findChildren(QWidget):
        if not isinstance(one, QLabel | QLineEdit | QPushButton) or not one.isVisible():
            continue
        text = one.text() or (one.placeholderText() if isinstance(one, QLineEdit) else "")
        wraps = isinstance(one, QLabel) and one.wordWrap()
        needs = one.fontMetrics().horizontalAdvance(text.replace("&&", "&"))
        place = QRect(one.mapTo(of, QPoint(0, 0)), one.size())
        if not of.rect().contains(place) or (not wraps and one.width() < needs):
            found.append(f"{text}: {one.width()} of {needs}")
    return found


def test_a_usual_visit_fits_the_usual_terminal(
    page: VisitPage, window: MainWindow, settle: Callable[[], None]
) -> None:
    settle()
    assert (window.width(), window.height()) == (1366, 768)
    assert page.verticalScrollBar().maximum() == 0
    assert cut(page.header) == []
    assert cut(page.route) == []


@pytest.mark.parametrize(("width", "scale"), [(1024, 1.0), (1024, 1.5), (1366, 1.5), (1366, 2.0)])
def test_nothing_is_cut_in_header_and_route(
    page: VisitPage,
    window: MainWindow,
    theme: Theme,
    width: int,
    scale: float,
    settle: Callable[[], None],
) -> None:
    theme.switch(Scheme.LIGHT, scale)
    window.resize(width, 768)
    settle()
    assert cut(page.header) == []
    assert cut(page.route) == []


def test_everything_in_a_visit_has_a_name(
    page: VisitPage,
    store: Store,
    tran: Tran,
    clock: FixedClock,
    settle: Callable[[], None],
) -> None:
    with store.write() as session:
        bring_in(session, BringIn(tran.visit, tran.silva), now=clock.now())
    page.make_due()
    settle()
    row = page.shown._in_order()[0]
    row.edit_words()
    page.route.bring_in()
    page.header.company.ask()
    settle()
    sheets = [page.route.colleagues, page.header.company.sheet]
    assert all(sheets)
    for place in (page, *sheets):
        assert place is not None
        assert nameless(place) == []
