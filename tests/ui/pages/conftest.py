"""Daniel Tran's visit on its page, and waiting until a page has settled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.services.clients import NewClient, new_client
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.visit import VisitPage
from tests.staging import staged
from tests.ui.conftest import Team
from tests.ui.pages.marsh import eleanor
from tests.ui.pages.one_client import Book
from tests.ui.pages.tran import Tran, daniel

staged_tran = staged("tran", lambda store, now, said: daniel(store, now, said["team"].okafor.id))
staged_nell = staged("nell", lambda store, now, said: eleanor(store, said["team"].okafor, now))


@pytest.fixture
def tran(team: Team, staged_tran: Tran) -> Tran:
    return staged_tran


@pytest.fixture
def visit_shown(tran: Tran, desk: Desk, window: MainWindow, qtbot: QtBot) -> VisitPage:
    """The visit as it stands, with the keyboard in the item box."""
    made = VisitPage(desk)
    window.add_page(made, actions.VISIT)
    made.show_visit(tran.visit)
    made.take_keyboard()
    qtbot.waitUntil(lambda: made.visit is not None and desk.idle())
    return made


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    """Wait until everything asked and done has come back, and what that asked in turn."""

    def wait() -> None:
        for _ in range(4):
            qtbot.waitUntil(desk.idle)
            QApplication.processEvents()

    return wait


@pytest.fixture
def nell(team: Team, staged_nell: int) -> int:
    """Eleanor Marsh, with everything there is to know."""
    return staged_nell


@pytest.fixture
def client_shown(desk: Desk, nell: int, window: MainWindow, qtbot: QtBot) -> ClientPage:
    """Her page in the window."""
    made = ClientPage(desk)
    window.add_page(made, actions.CLIENTS)
    made.show_client(nell)
    window.show_page(made)
    qtbot.waitUntil(desk.idle)
    return made


@pytest.fixture
def six(store: Store, clock: FixedClock, team: Team) -> list[int]:
    """Six clients of R. Okafor in the order of their names."""
    names = ("Abel", "Baker", "Cole", "Dean", "Eden", "Ford")
    with store.write() as session:
        return [
            new_client(session, NewClient(team.okafor.id, "Ann", name), now=clock.now()).subject
            or 0
            for name in names
        ]


@pytest.fixture
def book(store: Store, desk: Desk, clock: FixedClock, qtbot: QtBot) -> Book:
    """A look into the book behind the window."""
    return Book(store, desk, clock, qtbot)
