"""A list of rows under the hand and the keyboard."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clientele.ui.delegates.row import FEW, RowDelegate
from clientele.ui.delegates.row_layout import Style, lay_out
from clientele.ui.models.rows import ChipSpec, Initials, Row, RowAction
from clientele.ui.theme import Scheme, Space, Theme, Tone
from clientele.ui.widgets.row_list import RowList
from tests.ui.at_work import broken

DONE = RowAction("done", "Done", "D")
CALL = RowAction("call", "Call", "C")
SNOOZE = RowAction("snooze", "Snooze", "S", shown=False)
ROWS = [
    Row(11, "Marta Lindqvist", "· fit check", sub="call 555-0142", actions=(CALL, DONE, SNOOZE)),
    Row(12, "James Whitfield", "· thank-you note", actions=(DONE,)),
    Row(13, "Grace Hwang", section="Kept this week"),
]


@pytest.fixture
def rows(theme: Theme, qtbot: QtBot) -> Iterator[RowList]:
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    made = RowList(theme, "Follow-ups due")
    column.addWidget(made)
    column.addStretch(1)
    ground.resize(640, 480)
    made.set_rows(ROWS)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    made.setFocus()
    yield made
    ground.close()


def keys(rows: RowList, *pressed: Qt.Key) -> None:
    for key in pressed:
        QTest.keyClick(rows, key)


def test_j_and_k_move_and_step_over_headings(rows: RowList) -> None:
    assert rows.current_key() == 11
    keys(rows, Qt.Key.Key_J, Qt.Key.Key_J)
    assert rows.current_key() == 13
    keys(rows, Qt.Key.Key_J)
    assert rows.current_key() == 13
    keys(rows, Qt.Key.Key_K)
    assert rows.current_key() == 12
    keys(rows, Qt.Key.Key_Up)
    assert rows.current_key() == 11


def test_return_opens_the_current_row(rows: RowList, qtbot: QtBot) -> None:
    keys(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.opened) as opened:
        keys(rows, Qt.Key.Key_Return)
    assert opened.args == [12]


def test_a_letter_acts_on_the_current_row_even_without_a_button(
    rows: RowList, qtbot: QtBot
) -> None:
    acted: list[tuple[object, str]] = []
    rows.acted.connect(lambda key, name: acted.append((key, name)))
    keys(rows, Qt.Key.Key_S, Qt.Key.Key_D)
    keys(rows, Qt.Key.Key_J, Qt.Key.Key_S)
    assert acted == [(11, "snooze"), (11, "done")]


def test_a_letter_with_ctrl_is_not_the_lists(rows: RowList) -> None:
    acted: list[str] = []
    rows.acted.connect(lambda _key, name: acted.append(name))
    QTest.keyClick(rows, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert acted == []


def test_a_click_on_a_button_acts_and_elsewhere_opens(rows: RowList, qtbot: QtBot) -> None:
    heard: list[tuple[object, str]] = []
    rows.acted.connect(lambda key, name: heard.append((key, name)))
    rows.opened.connect(lambda key: heard.append((key, "opened")))
    done = rows.button_rect(11, "done")
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(rows.viewport(), left, pos=done.center())
    QTest.mouseClick(rows.viewport(), left, pos=QPoint(100, done.center().y()))
    assert heard == [(11, "done"), (11, "opened")]


def test_a_press_that_slips_off_the_button_does_nothing(rows: RowList) -> None:
    heard: list[object] = []
    rows.acted.connect(lambda key, _name: heard.append(key))
    rows.opened.connect(heard.append)
    done = rows.button_rect(11, "done").center()
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=done)
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=done + QPoint(-300, 0))
    assert heard == []


def test_buttons_are_large_enough_for_a_finger(rows: RowList) -> None:
    for name in ("call", "done"):
        place = rows.button_rect(11, name)
        assert min(place.width(), place.height()) >= Space.TARGET


def test_the_current_row_stays_when_others_come_and_its_neighbour_takes_over(
    rows: RowList,
) -> None:
    rows.set_current(12)
    rows.set_rows([Row(7, "new"), *ROWS])
    assert rows.current_key() == 12
    rows.set_rows([Row(7, "new"), ROWS[0], ROWS[2]])
    assert rows.current_key() == 13
    rows.set_rows([Row(7, "new")])
    assert rows.current_key() == 7


def test_there_is_always_a_current_row(rows: RowList) -> None:
    """Qt with a screen reader crashes on a list without one."""
    rows.set_rows([])
    assert rows.current_key() is None
    rows.set_rows([Row(1, "a", section="Late")])
    assert rows.current_key() == 1


def test_a_list_that_hugs_is_as_high_as_its_rows_at_any_width(rows: RowList, qtbot: QtBot) -> None:
    assert rows.height() == rows.height_for_rows(rows.viewport().width())
    wide = rows.height()
    long = Row(20, "A name", "· " + "and a reason that goes on " * 4)
    rows.set_rows([long, *ROWS])
    qtbot.waitUntil(lambda: rows.height() > wide)
    ground = rows.parentWidget()
    assert ground is not None
    ground.resize(320, 700)
    qtbot.waitUntil(lambda: rows.height() == rows.height_for_rows(rows.viewport().width()))
    assert rows.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_row_grows_with_the_text_and_keeps_its_parts_apart(
    theme: Theme, qtbot: QtBot, scale: float
) -> None:
    theme.switch(Scheme.LIGHT, scale)
    row = Row(
        1,
        "Eleanor Marsh",
        "· coat fitting at eleven",
        sub="last in 12 Sep, Shoes and Women's Sportswear",
        lead=Initials("EM"),
        chips=(ChipSpec("prefers “Nell”", Tone.GREEN), ChipSpec("yours since 2021")),
        trailing="$486.00",
        actions=(CALL, DONE),
    )
    laid = lay_out(row, 480, theme, Style())
    places = [place for _, place in laid.buttons] + [place for _, place in laid.chips]
    assert laid.avatar is not None
    assert laid.trailing is not None
    places += [laid.avatar, laid.trailing]
    for at, one in enumerate(places):
        assert 0 <= one.left() <= one.right() <= 480
        assert one.bottom() <= laid.height
        for other in places[at + 1 :]:
            assert not one.intersects(other)
    for text in laid.texts:
        layout = broken(text)
        for line in range(layout.lineCount()):
            assert text.at.x() + layout.lineAt(line).naturalTextWidth() <= 480


def test_a_long_text_is_cut_after_two_lines(theme: Theme) -> None:
    row = Row(1, "Name", "word " * 200, sub="word " * 200)
    laid = lay_out(row, 400, theme, Style())
    assert [text.set.lines for text in laid.texts] == [2, 2]
    assert all(text.set.words.endswith("…") for text in laid.texts)


def test_rows_of_an_even_list_are_equally_high(theme: Theme) -> None:
    style = Style(even=True)
    rows = [Row(1, "a"), Row(2, "b " * 90, sub="c " * 90), Row(3, "d", sub="e", lead=Initials("X"))]
    assert len({lay_out(row, 400, theme, style).height for row in rows[1:]}) == 1


def test_rows_that_are_gone_are_not_kept_for_ever(rows: RowList, qtbot: QtBot) -> None:
    for count in range(200):
        rows.set_rows([Row(11, f"Marie {count}"), Row(12, f"Marie {count}", "too")])
        rows.height_for_rows(400)
    gc.collect()
    kept = [one for one in gc.get_objects() if isinstance(one, Row) and "Marie" in one.title]
    assert 2 <= len(kept) <= FEW
    painter = rows.itemDelegate()
    assert isinstance(painter, RowDelegate)
    here = rows.model().index(0, 0)
    assert painter.laid(here, 400) is painter.laid(here, 400)


def test_a_text_beyond_the_first_plane_keeps_its_fonts(theme: Theme) -> None:
    laid = lay_out(Row(1, "Nell 🎩", "· thanks", aside="today"), 400, theme, Style())
    layout = broken(laid.texts[0])
    units = len(layout.text().encode("utf-16-le")) // 2
    spans = layout.formats()
    assert sum(span.length for span in spans) == units
