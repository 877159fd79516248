"""Columns that scroll by themselves, words that are marked, and what of a choice is on offer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clientele.ui.delegates.row_layout import Style, lay_out
from clientele.ui.models.rows import Row
from clientele.ui.theme import Theme, Tone
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.layouts import Columns
from clientele.ui.widgets.own_scroll import OwnScroll
from tests.ui.at_work import broken


def high(least: int) -> QWidget:
    made = QWidget()
    made.setMinimumHeight(least)
    return made


def columns(ground: QWidget) -> Columns:
    made = Columns(ground)
    made.set_main_at_least(400)
    side, main = made.column(300, scrolls=True), made.column()
    side.addWidget(high(900))
    main.addWidget(high(200))
    return made


def test_a_column_beside_scrolls_and_makes_nothing_higher(theme: Theme, qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    both = columns(ground)
    both.resize(1000, 500)
    ground.resize(1000, 500)
    ground.show()
    assert both.heightForWidth(1000) == 200
    scroll = both.findChild(OwnScroll)
    assert scroll is not None
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 400)
    assert scroll.height() == 500
    inside = scroll.widget()
    assert inside is not None
    assert inside.width() == 300, "the bar stands in the gap"


def test_a_folded_column_is_as_high_and_wide_as_it_can_be(theme: Theme, qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    both = columns(ground)
    wide = both.heightForWidth(600)
    assert wide >= 1100
    both.resize(600, wide)
    ground.show()
    scroll = both.findChild(OwnScroll)
    assert scroll is not None
    inside = scroll.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.width() == 600)
    assert scroll.verticalScrollBar().maximum() == 0
    card = inside.findChild(QWidget)
    assert card is not None
    card.setMinimumHeight(1200)
    qtbot.waitUntil(lambda: both.heightForWidth(600) >= 1400)


def test_words_that_were_looked_for_are_marked_where_they_stand(theme: Theme) -> None:
    row = Row(
        1, "Note", "· 😀 for Mr Müller", body="Müllers coat", sub="12 Sep", marked=("muller",)
    )
    laid = lay_out(row, 600, theme, Style())
    ground = theme.tone(Tone.AMBER)[1]
    marked = []
    for layout in map(broken, laid.texts):
        whole = layout.text().encode("utf-16-le")
        for span in layout.formats():
            if span.format.background().color() == ground:
                piece = whole[2 * span.start : 2 * (span.start + span.length)]
                marked.append(piece.decode("utf-16-le"))
    assert marked == ["Müller", "Müller"]
    plain = lay_out(Row(1, "Note", "· Müller"), 600, theme, Style())
    assert all(
        span.format.background().color() != ground
        for layout in map(broken, plain.texts)
        for span in layout.formats()
    )


def test_only_what_there_is_can_be_chosen(theme: Theme, qtbot: QtBot) -> None:
    choice = Choice("What", [("all", "All"), ("notes", "Notes")], wraps=True)
    qtbot.addWidget(choice)
    choice.show()
    choice.offer(["all"])
    assert [button.isVisible() for button in choice._buttons.values()] == [True, False]
    choice.offer(["all", "notes"])
    assert all(button.isVisible() for button in choice._buttons.values())
