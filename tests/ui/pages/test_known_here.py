"""What matters in a department, on the visit page and as a sheet; sensitive notes in the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clientele.domain.tables import Note
from clientele.services.notes import KeepNote, keep_note
from clientele.services.preferences import AddPreference, add_preference
from clientele.services.visits import GoTo, go_to
from clientele.store.queries.for_department import for_department
from clientele.store.queries.notes import note_marks, sensitive_notes
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.dialogs.edit_note import EditNoteSheet
from clientele.ui.dialogs.for_department import ForDepartmentSheet
from clientele.ui.dialogs.note_size import NoteSizeSheet
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.visit import VisitPage
from clientele.ui.widgets.known_here import KnownHere
from tests.ui.conftest import Team
from tests.ui.pages.tran import Tran, daniel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tran(store: Store, clock: FixedClock, team: Team) -> Tran:
    return daniel(store, clock.now(), team.okafor.id)


@pytest.fixture
def page(tran: Tran, desk: Desk, window: MainWindow, qtbot: QtBot) -> VisitPage:
    made = VisitPage(desk)
    window.add_page(made, actions.VISIT)
    made.show_visit(tran.visit)
    qtbot.waitUntil(lambda: made.visit is not None and desk.idle())
    return made


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    def wait() -> None:
        for _ in range(3):
            qtbot.waitUntil(desk.idle)
            QApplication.processEvents()

    return wait


def words(known: KnownHere) -> str:
    shown = [one for one in known.findChildren(QLabel) if one.isVisible()]
    return "\n".join(one.text() for one in shown)


def test_what_fits_with_its_evidence_and_what_was_said_elsewhere(page: VisitPage) -> None:
    known = page.department.known
    text = words(known)
    assert "<b>10½ D</b>, wide toe box · kept" in text
    assert "Said elsewhere" in text
    assert "Getting married on 5 December." in text
    assert "you · 7 Nov" in text
    assert "How did the honeymoon plans turn out?" not in text
    assert not known.nothing.isVisible()


def test_where_nothing_is_known_a_size_can_be_noted(
    page: VisitPage, desk: Desk, tran: Tran, settle: Callable[[], None], window: MainWindow
) -> None:
    desk.do(go_to, GoTo(tran.visit, tran.accessories))
    settle()
    known = page.department.known
    QTest.mouseClick(known.note_size, LEFT)
    sheet = window.findChild(NoteSizeSheet)
    assert sheet is not None
    settle()
    QTest.mouseClick(sheet.act, LEFT)
    assert "Nothing was written yet" in sheet.banner.sentence.text()
    QTest.keyClicks(sheet.words, "belt 95 cm")
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    settle()
    assert "<b>95</b> · tried on 21 Nov" in words(known)
    desk.undo()
    settle()
    assert "<b>95</b>" not in words(known)


def test_a_half_written_size_is_a_draft(
    page: VisitPage, desk: Desk, tran: Tran, settle: Callable[[], None], window: MainWindow
) -> None:
    first = NoteSizeSheet(desk, window.content, tran.daniel, tran.shoes)
    first.open_sheet()
    QTest.keyClicks(first.words, "10½")
    settle()
    first.close_sheet()
    second = NoteSizeSheet(desk, window.content, tran.daniel, tran.shoes)
    settle()
    assert second.words.value == "10½"
    second.close_sheet()
    settle()


def test_the_colleague_who_is_brought_in_sees_the_same(
    desk: Desk, tran: Tran, window: MainWindow, settle: Callable[[], None]
) -> None:
    sheet = ForDepartmentSheet(desk, window.content, tran.daniel, tran.shoes, tran.visit)
    sheet.open_sheet()
    settle()
    assert sheet.title.text() == "For Men's Shoes"
    assert "wide toe box" in words(sheet.known)
    assert "Getting married on 5 December." in words(sheet.known)
    likes = AddPreference(tran.daniel, "like", "brogues", desk.me.id, department_id=tran.shoes)
    desk.do(add_preference, likes)
    settle()
    assert "brogues" in words(sheet.known)
    sheet.close_sheet()
    settle()


def test_a_quick_note_can_be_sensitive(
    page: VisitPage, desk: Desk, store: Store, tran: Tran, settle: Callable[[], None]
) -> None:
    card = page.note
    card.box.setFocus()
    card.box.selectAll()
    QTest.keyClicks(card.box, "wedding called off")
    settle()
    QTest.mouseClick(card.sensitive, LEFT, pos=card.sensitive.rect().center())
    if not card.sensitive.isChecked():
        card.sensitive.click()
    QTest.mouseClick(card.keep_button, LEFT)
    settle()
    with store.read() as session:
        found = sensitive_notes(session, tran.daniel)
    assert [note.words for note in found] == ["wedding called off"]
    assert not card.sensitive.isChecked()
    assert "called off" not in words(page.department.known)


def test_the_marks_of_a_note_take_each_other_away(
    desk: Desk, store: Store, clock: FixedClock, tran: Tran, team: Team, window: MainWindow,
    settle: Callable[[], None],
) -> None:  # fmt: skip
    with store.write() as session:
        what = KeepNote(tran.daniel, "mother died", team.okafor.id, say_first=True)
        key = keep_note(session, what, now=clock.now()).subject or 0
    sheet = EditNoteSheet(desk, window.content, key, "mother died", say_first_now=True)
    sheet.open_sheet()
    settle()
    sheet.sensitive.click()
    settle()
    assert (sheet.first.isChecked(), sheet.sensitive.isChecked()) == (False, True)
    with store.read() as session:
        marks = note_marks(session, key)
    assert marks is not None
    assert (marks.say_first, marks.sensitive) == (False, True)
    sheet.first.click()
    settle()
    assert (sheet.first.isChecked(), sheet.sensitive.isChecked()) == (True, False)
    sheet.close_sheet()
    settle()


def test_a_long_story_is_read_in_time(store: Store, clock: FixedClock, tran: Tran) -> None:
    """Two hundred notes of a paragraph each."""
    with store.write() as session:
        for number in range(200):
            session.add(
                Note(
                    client_id=tran.daniel,
                    body=f"Came in {number}. Wants a coat for Ghent. " * 8,
                    written_at=clock.now() - timedelta(days=number),
                )
            )
    with store.read() as session:
        found = for_department(session, tran.daniel, tran.shoes, now=clock.now())
    assert len(found.heard) <= 3
