"""Is what was copied gone after a minute, however it was copied?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from clientele.ui.clipboard import KEPT, MARK, NOT_REMEMBERED, Copied, Watch, copy

NAME = "Brömpfkratz"


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Watch]:
    """The program's own watch, as the window has it."""
    clipboard().clear()
    watch = Watch()
    yield watch
    watch.stop()
    clipboard().clear()


def clipboard() -> QClipboard:
    return QGuiApplication.clipboard()


def pass_a_minute(watch: Watch) -> None:
    """What the timer of what was copied does at its end."""
    copied = watch.copied
    assert copied is not None
    assert copied.timer.isActive()
    assert copied.timer.interval() == KEPT == 60_000
    copied.timer.timeout.emit()


def test_what_a_field_copies_goes_as_well(watch: Watch, qtbot: QtBot) -> None:
    field = QLineEdit(NAME)
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    qtbot.waitUntil(lambda: clipboard().mimeData().hasFormat(MARK))
    assert clipboard().text() == NAME
    for kind in NOT_REMEMBERED:
        assert clipboard().mimeData().hasFormat(kind)
    pass_a_minute(watch)
    assert clipboard().text() == ""


def test_what_is_cut_from_a_note_goes_as_well(watch: Watch, qtbot: QtBot) -> None:
    note = QPlainTextEdit(NAME)
    qtbot.addWidget(note)
    note.selectAll()
    note.cut()
    qtbot.waitUntil(lambda: clipboard().mimeData().hasFormat(MARK))
    assert clipboard().text() == NAME
    pass_a_minute(watch)
    assert clipboard().text() == ""


def test_what_was_copied_by_a_button_is_watched_once(watch: Watch) -> None:
    copied = copy(NAME)
    QApplication.processEvents()
    assert watch.copied is None
    assert clipboard().text() == NAME
    copied.take_away()
    assert clipboard().text() == ""


def test_what_was_copied_since_stays(qapp: QApplication) -> None:
    first = copy(NAME)
    data = QMimeData()
    data.setText("of somebody else")
    clipboard().setMimeData(data)
    first.take_away()
    assert clipboard().text() == "of somebody else"
    clipboard().clear()


def test_what_others_put_there_is_left_alone(qapp: QApplication) -> None:
    watch = Watch(is_ours=lambda: False)
    data = QMimeData()
    data.setText("of another program")
    clipboard().setMimeData(data)
    QApplication.processEvents()
    assert watch.copied is None
    assert not clipboard().mimeData().hasFormat(MARK)
    watch.stop()
    clipboard().clear()


def test_the_program_s_end_takes_it_away(watch: Watch, qapp: QApplication) -> None:
    assert isinstance(copy(NAME), Copied)
    qapp.aboutToQuit.emit()
    assert clipboard().text() == ""
