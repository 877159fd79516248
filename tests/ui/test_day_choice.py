"""Is a day chosen with a click or typed, and said back in words?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clientele.domain.rules.due_days import Soon
from clientele.system.formats import Formats
from clientele.ui.theme import Theme
from clientele.ui.widgets.day_choice import DayChoice

SATURDAY = date(2026, 11, 21)


@pytest.fixture
def choice(theme: Theme, qtbot: QtBot) -> Iterator[DayChoice]:
    """Tomorrow, in three days, next week."""
    made = DayChoice(
        Formats("en", "Europe/Amsterdam"),
        "When",
        SATURDAY,
        (Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_WEEK),
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitActive(made)
    yield made
    made.close()


def test_the_first_is_chosen_and_said(choice: DayChoice) -> None:
    assert choice.day == date(2026, 11, 22)
    assert choice.words.text() == "Sunday 22 November"
    assert choice.choice.value == Soon.TOMORROW


def test_one_click(choice: DayChoice, qtbot: QtBot) -> None:
    button = next(one for one in choice.findChildren(QPushButton) if one.text() == "Next week")
    with qtbot.waitSignal(choice.chosen) as chosen:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen.args == [date(2026, 11, 28)]
    assert choice.words.text() == "Saturday 28 November"


def test_typed_takes_the_chip_away_and_emptied_brings_it_back(choice: DayChoice) -> None:
    choice.field.setFocus()
    QTest.keyClicks(choice.field, "3 dec")
    assert (choice.day, choice.choice.value) == (date(2026, 12, 3), "")
    assert choice.words.text() == "Thursday 3 December"
    choice.field.selectAll()
    QTest.keyClick(choice.field, Qt.Key.Key_Delete)
    assert (choice.day, choice.choice.value) == (date(2026, 11, 22), Soon.TOMORROW)


def test_what_is_no_day_is_none_and_said(choice: DayChoice) -> None:
    choice.field.setFocus()
    QTest.keyClicks(choice.field, "soonish")
    assert choice.day is None
    assert "“soonish” is not a day" in choice.words.text()


def test_shown_from_the_book_without_telling(choice: DayChoice, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_day(date(2026, 11, 24))
        assert (choice.choice.value, choice.typed) == (Soon.THREE_DAYS, "")
        choice.set_day(date(2026, 12, 25))
    assert (choice.choice.value, choice.typed) == ("", "25 Dec 2026")
    assert choice.day == date(2026, 12, 25)


def test_a_chip_looks_the_same_however_the_keyboard_came_to_it(choice: DayChoice) -> None:
    chip = choice.findChildren(QPushButton)[1]
    chip.setFocus()
    looks = []
    for by_key in (False, True):
        choice.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, by_key)
        looks.append(choice.grab().toImage())
    assert looks[0] == looks[1]
    chip.clearFocus()
    assert choice.grab().toImage() != looks[0]
