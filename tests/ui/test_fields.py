"""Fields that are saved as they are typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clientele.ui.theme import Theme
from clientele.ui.widgets.fields import Field, FlatEdit, FlatText, Pause, TextField


@pytest.fixture
def ground(theme: Theme, qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.resize(300, 300)
    yield made
    made.close()


def enter(ground: QWidget, field: FlatEdit | TextField | Field, qtbot: QtBot) -> list[str]:
    """Show the field, put the keyboard into it, and collect what it tells."""
    layout = ground.layout()
    assert layout is not None
    layout.addWidget(field)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    field.setFocus()
    typed: list[str] = []
    field.typed.connect(typed.append)
    return typed


@pytest.mark.parametrize("kind", [FlatEdit, FlatText])
def test_every_key_is_told(
    ground: QWidget, qtbot: QtBot, kind: type[FlatEdit] | type[FlatText]
) -> None:
    field = kind("Preferred name", "Nel")
    typed = enter(ground, field, qtbot)
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "ly")
    assert typed == ["Nell", "Nelly"]


@pytest.mark.parametrize("kind", [FlatEdit, FlatText])
def test_esc_brings_back_what_stood_there(
    ground: QWidget, qtbot: QtBot, kind: type[FlatEdit] | type[FlatText]
) -> None:
    field = kind("Preferred name", "Nell")
    typed = enter(ground, field, qtbot)
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.value == "Nell"
    assert typed[-1] == "Nell"


@pytest.mark.parametrize("kind", [FlatEdit, FlatText])
def test_a_value_from_the_book_never_overwrites_what_is_being_typed(
    ground: QWidget, qtbot: QtBot, kind: type[FlatEdit] | type[FlatText]
) -> None:
    field = kind("Preferred name", "Nell")
    typed = enter(ground, field, qtbot)
    field.set_value("Ellie")
    assert field.value == "Ellie"
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "!")
    field.set_value("Nell")
    assert field.value == "Ellie!"
    field.clearFocus()
    field.set_value("Nell")
    assert field.value == "Nell"
    assert typed == ["Ellie!"]


def test_a_field_of_several_lines_grows_with_its_text(ground: QWidget, qtbot: QtBot) -> None:
    field = TextField("Quick note")
    enter(ground, field, qtbot)
    low = field.height()
    QTest.keyClicks(field, "wants a gift for his fiancee, she likes emerald " * 4)
    assert field.height() > low
    assert field.verticalScrollBar().maximum() == 0
    high = field.height()
    ground.resize(600, 300)
    qtbot.waitUntil(lambda: field.height() < high)


def test_words_go_on_where_they_stopped(ground: QWidget, qtbot: QtBot) -> None:
    field = TextField("Quick note", "likes emerald")
    enter(ground, field, qtbot)
    QTest.keyClicks(field, ",")
    assert field.value == "likes emerald,"
    field.clearFocus()
    field.set_value("ring size 6")
    field.setFocus()
    QTest.keyClicks(field, "½")
    assert field.value == "ring size 6½"


def test_tab_leaves_a_field_of_several_lines(ground: QWidget, qtbot: QtBot) -> None:
    field, other = TextField("Quick note"), FlatEdit("Item")
    enter(ground, field, qtbot)
    enter(ground, other, qtbot)
    field.setFocus()
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert other.hasFocus()


def test_what_is_wrong_is_said_to_a_screen_reader_too(ground: QWidget, qtbot: QtBot) -> None:
    field = FlatEdit("E-mail", "nell@")
    enter(ground, field, qtbot)
    field.set_wrong("An e-mail address has something after the @.")
    assert field.accessibleDescription() == "An e-mail address has something after the @."
    field.set_wrong("")
    assert field.accessibleDescription() == ""


def test_a_pause_tells_of_the_newest_text_only(ground: QWidget, qtbot: QtBot) -> None:
    pause = Pause(ground, milliseconds=10)
    told: list[str] = []
    pause.paused.connect(told.append)
    for text in ("m", "ma", "mar"):
        pause.typed(text)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["mar"]


def test_ctrl_return_is_the_forms_and_not_return_as_well(ground: QWidget, qtbot: QtBot) -> None:
    field = Field("The till's reference")
    enter(ground, field, qtbot)
    pressed: list[str] = []
    field.returnPressed.connect(lambda: pressed.append("Return"))
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert pressed == ["Return"]
