"""A scanner's keys come through the native window, as the platform sends them, with their times."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.rules.scanned import GAP
from clientele.domain.tables import Promise
from clientele.services.shown_items import item_draft
from clientele.services.visits import note_draft
from clientele.store.session import Store
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.visit import VisitPage
from tests.ui.conftest import Team
from tests.ui.pages.tran import SAID, Tran
from tests.ui.pages.visit_hand import click, of, typed_at

FAST, SLOW = 5, 120
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Presses keys on the native window at times that the test decides."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.at = 10_000

    def type(self, text: str, gap: int) -> None:
        for character in text:
            self.at += gap
            if character == "\n":
                self._send(Qt.Key.Key_Return, "\r", NONE)
            else:
                shift = SHIFT if character.isupper() else NONE
                if shift is SHIFT:
                    self._send(Qt.Key.Key_Shift, "", NONE)
                self._send(Qt.Key(ord(character.upper())), character, shift)

    def _send(self, key: Qt.Key, text: str, held: Qt.KeyboardModifier) -> None:
        native = self._window.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text)
            event.setTimestamp(self.at)
            QCoreApplication.sendEvent(native, event)


@pytest.fixture
def keyboard(visit_shown: VisitPage, window: MainWindow) -> Keyboard:
    return Keyboard(window)


@pytest.fixture
def page(visit_shown: VisitPage) -> VisitPage:
    return visit_shown


def items(store: Store, tran: Tran) -> list[str]:
    return [item.sku or item.item for item in of(store, tran.visit).items]


@pytest.mark.parametrize("where", ["note", "here for", "row", "search", "box"])
def test_a_scan_goes_to_the_item_box_wherever_the_keyboard_is(
    page: VisitPage,
    window: MainWindow,
    keyboard: Keyboard,
    store: Store,
    tran: Tran,
    where: str,
    settle: Callable[[], None],
) -> None:
    {
        "note": page.note.box,
        "here for": page.header.here_for,
        "row": page.shown._in_order()[0],
        "search": window.top_bar.search,
        "box": page.shown.box,
    }[where].setFocus()
    if where == "box":
        QTest.keyClicks(page.shown.box, "Belt")
    before = page.header.here_for.value
    keyboard.type("4006381333931\n", FAST)
    settle()
    assert items(store, tran)[-1] == "4006381333931"
    assert (page.note.box.value, typed_at(store, tran.okafor, note_draft(tran.visit))) == (
        SAID,
        SAID,
    )
    assert page.header.here_for.value == before
    assert window.top_bar.search.text() == ""
    assert page.visit_id == tran.visit
    assert page.shown.box.value == ("Belt" if where == "box" else "")


def test_what_a_hand_types_stays_where_it_is_typed_and_in_its_order(
    page: VisitPage, keyboard: Keyboard, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    page.note.box.setFocus()
    page.note.box.selectAll()
    keyboard.type("Ring Size 6, 42R on 5 Dec", SLOW)
    keyboard.type("\n", SLOW)
    keyboard.type("x", SLOW)
    settle()
    assert page.note.box.value == "Ring Size 6, 42R on 5 Dec\nx"
    assert len(items(store, tran)) == 4


def test_two_keys_that_fall_together_are_not_turned_round(
    page: VisitPage, keyboard: Keyboard, settle: Callable[[], None]
) -> None:
    page.note.box.setFocus()
    page.note.box.selectAll()
    keyboard.type("size 4", SLOW)
    keyboard.type("2R ", FAST)
    keyboard.type("and so on", FAST)
    settle()
    assert page.note.box.value == "size 42R and so on"


def test_a_key_that_is_held_back_is_let_go_by_itself(
    page: VisitPage, keyboard: Keyboard, qtbot: QtBot
) -> None:
    page.note.box.setFocus()
    page.note.box.selectAll()
    keyboard.type("6", SLOW)
    assert page.note.box.value == SAID
    qtbot.waitUntil(lambda: page.note.box.value == "6")


def test_a_click_elsewhere_lets_go_first(page: VisitPage, keyboard: Keyboard) -> None:
    page.note.box.setFocus()
    page.note.box.selectAll()
    keyboard.type("6", SLOW)
    page.scanner.let_go()
    assert page.note.box.value == "6"


def test_a_scanned_tag_opens_the_promise(
    page: VisitPage,
    keyboard: Keyboard,
    store: Store,
    tran: Tran,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    from clientele.domain.rules.promise_tags import tag_of

    with store.write() as session:
        promise = session.query(Promise).one()
        promise.tag = tag_of(promise.kind, 229)
        tag, key = promise.tag, promise.id
    page.note.box.setFocus()
    with qtbot.waitSignal(page.open_promise) as opened:
        keyboard.type(f"{tag}\n", FAST)
        settle()
    assert opened.args == [key]
    assert len(items(store, tran)) == 4
    assert page.note.box.value == SAID


def test_two_scans_in_a_row_are_two_items(
    page: VisitPage, keyboard: Keyboard, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    keyboard.type("4006381333931\n", FAST)
    keyboard.type("88213777\n", FAST + GAP)
    keyboard.type("88213778\n", FAST)
    keyboard.at += 200
    keyboard.type("4006381333948\n", FAST)
    settle()
    assert "4006381333931" in items(store, tran)
    assert "4006381333948" in items(store, tran)


def test_a_form_takes_a_scan_itself(
    page: VisitPage, keyboard: Keyboard, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    click(page.header.company.add_button)
    settle()
    sheet = page.header.company.sheet
    assert sheet is not None
    sheet.other.setFocus()
    keyboard.type("4006381333931", FAST)
    settle()
    assert sheet.other.value == "4006381333931"
    assert len(items(store, tran)) == 4


def test_nothing_is_scanned_under_the_lock(
    page: VisitPage,
    window: MainWindow,
    keyboard: Keyboard,
    store: Store,
    tran: Tran,
    team: Team,
    settle: Callable[[], None],
) -> None:
    window.lock()
    keyboard.type("4006381333931\n", FAST)
    settle()
    window.lock_screen.opened.emit(team.okafor)
    settle()
    assert len(items(store, tran)) == 4


def test_an_article_number_with_the_form_of_a_card_number_is_taken(
    page: VisitPage, keyboard: Keyboard, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    keyboard.type(f"{CARDLIKE}\n", FAST)
    settle()
    assert items(store, tran)[-1] == CARDLIKE
    page.shown.box.setFocus()
    QTest.keyClicks(page.shown.box, CARDLIKE)
    settle()
    assert not page.shown.box.property("wrong")
    assert CARDLIKE not in typed_at(store, tran.okafor, item_draft(tran.visit))
    QTest.keyClick(page.shown.box, Qt.Key.Key_Return)
    settle()
    assert items(store, tran)[-2:] == [CARDLIKE, CARDLIKE]


CARDLIKE = "36006381334098"
"""A case of an article (GTIN-14); its check digit is right, and it passes for a Diners number."""
