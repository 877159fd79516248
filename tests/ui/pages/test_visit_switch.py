"""Three visits at once: one key goes on, each keeps its words, through lock and crash."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.services.clients import NewClient, new_client
from clientele.services.visits import StartVisit, note_draft, start_visit
from clientele.store.queries.team import draft
from clientele.store.queries.visit import open_visits
from clientele.store.session import Store, open_store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.theme import Theme
from clientele.ui.widgets.page import Page
from clientele.ui.workplace import Workplace
from tests.conftest import DATA_KEY
from tests.ui.conftest import Team
from tests.ui.pages.tran import SAID, Tran

F2 = Qt.Key.Key_F2


@pytest.fixture
def three(store: Store, clock: FixedClock, tran: Tran) -> list[int]:
    """Daniel's visit, Noor's, and An's, in the order in which they came."""
    made = [tran.visit]
    for given, family in (("Noor", "Haddad"), ("An", "Vos")):
        clock.advance(timedelta(minutes=1))
        with store.write() as session:
            who = new_client(session, NewClient(tran.okafor, given, family), now=clock.now())
            what = StartVisit(who.subject or 0, tran.okafor, tran.suits)
            made.append(start_visit(session, what, now=clock.now()).subject or 0)
    return made


@pytest.fixture
def place(
    store: Store,
    clock: FixedClock,
    theme: Theme,
    team: Team,
    three: list[int],
    qtbot: QtBot,
) -> Workplace:
    made = Workplace(store, clock, Formats("en", "Europe/Amsterdam"), theme, lock_minutes=0)
    made.desk.sign(team.okafor)
    qtbot.addWidget(made.window, before_close_func=lambda _: made.stop())
    made.window.resize(1366, 768)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(made.desk.idle)
    return made


@pytest.fixture
def calm(place: Workplace, qtbot: QtBot) -> Callable[[], None]:
    def wait() -> None:
        for _ in range(4):
            qtbot.waitUntil(place.desk.idle)
            QApplication.processEvents()

    return wait


def test_f2_goes_from_anywhere_to_the_visits_and_on(
    place: Workplace, three: list[int], calm: Callable[[], None]
) -> None:
    window, page = place.window, place.visit
    assert window.current_page() is place.today
    seen = []
    for _ in range(4):
        QTest.keyClick(window, F2)
        calm()
        assert window.current_page() is page
        assert page.shown.box.hasFocus(), "where a scanner writes"
        seen.append(page.visit_id)
    assert seen == [*three, three[0]]
    window.show_page(place.clients)
    QTest.keyClick(window, F2)
    calm()
    assert (window.current_page() is page, page.visit_id) == (True, three[0])


def test_the_strip_says_who_where_and_how_long(
    place: Workplace, three: list[int], clock: FixedClock, calm: Callable[[], None]
) -> None:
    QTest.keyClick(place.window, F2)
    calm()
    words = [button.text() for button in place.visit.switch.buttons.values()]
    assert words == [
        "1  Daniel Tran · Men's Shoes · 26 min",
        "2  Noor Haddad · Men's Suits · 1 min",
        "3  An Vos · Men's Suits · just now",
    ]
    clock.advance(timedelta(minutes=4))
    place.visit._tick()
    assert place.visit.switch.buttons[three[2]].text().endswith("· 4 min")


def test_each_keeps_its_words_through_lock_and_crash(
    place: Workplace,
    three: list[int],
    store: Store,
    tran: Tran,
    team: Team,
    tmp_path: Path,
    calm: Callable[[], None],
) -> None:
    window, page = place.window, place.visit
    typed = {three[0]: SAID, three[1]: "hers", three[2]: "likes tea"}
    for visit in three:
        QTest.keyClick(window, F2)
        calm()
        page.note.box.setFocus()
        if visit != three[0]:
            QTest.keyClicks(page.note.box, typed[visit])
    assert place.desk.flush()
    # A crash: the book as it lies on the disk at this moment, opened anew.
    after = tmp_path / "after.book"
    shutil.copyfile(store.path, after)
    wal = store.path.with_name(store.path.name + "-wal")
    if wal.exists():
        shutil.copyfile(wal, after.with_name(after.name + "-wal"))
    again = open_store(after, DATA_KEY)
    try:
        with again.read() as session:
            assert [row.id for row in open_visits(session)] == three
            for visit in three:
                assert draft(session, tran.okafor, note_draft(visit)) == typed[visit]
    finally:
        again.close()
    window.lock()
    calm()
    window.lock_screen.opened.emit(team.okafor)
    calm()
    for visit in three:
        QTest.keyClick(window, F2)
        calm()
        assert page.visit_id == visit
        assert page.note.box.value == typed[visit]


def test_the_header_hands_over_as_the_window_does(
    place: Workplace, three: list[int], calm: Callable[[], None]
) -> None:
    from clientele.ui import actions

    done: list[str] = []
    place.window.on_anywhere(actions.HAND_OVER, lambda: done.append("hand over"))
    QTest.keyClick(place.window, F2)
    calm()
    header = place.visit.header
    QTest.mouseClick(header.hand_over_button, Qt.MouseButton.LeftButton)
    assert done == ["hand over"]


def test_the_header_makes_it_right_for_the_client_of_the_visit(
    place: Workplace, three: list[int], calm: Callable[[], None]
) -> None:
    from clientele.ui.dialogs.make_right import MakeRightSheet

    QTest.keyClick(place.window, F2)
    calm()
    QTest.mouseClick(place.visit.header.right_button, Qt.MouseButton.LeftButton)
    (form,) = [one for one in place.window.findChildren(MakeRightSheet) if one.isVisible()]
    assert form.client.client_id == place.visit.client_at_hand()


@pytest.mark.parametrize("where", ["today", "clients", "promises"])
def test_a_colleague_who_takes_over_the_terminal_has_the_keyboard_on_the_page(
    place: Workplace, team: Team, where: str, calm: Callable[[], None]
) -> None:
    window = place.window
    page: Page = getattr(place, where)
    window.show_page(page)
    calm()
    for who in (team.sato, team.okafor):
        window.lock()
        calm()
        window.lock_screen.opened.emit(who)
        calm()
        assert window.current_page() is page
        at = QApplication.focusWidget()
        assert at is not None
        assert at is page or page.isAncestorOf(at), "not on a button of the rail"


def test_another_visit_opened_from_elsewhere_has_the_keyboard_too(
    place: Workplace, three: list[int], calm: Callable[[], None]
) -> None:
    for visit in (three[0], three[2]):
        place.window.show_page(place.today)
        calm()
        place.open_visit(visit)
        calm()
        assert (place.visit.visit_id, place.visit.shown.box.hasFocus()) == (visit, True)
    place.visit.ask_who()
    calm()
    place.window.show_page(place.today)
    calm()
    place.open_visit(three[1])
    calm()
    assert place.visit.shown.box.hasFocus()
