"""Flows that wrap, columns that fold, and cards that are as high as they need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clientele.ui.theme import Space, Theme
from clientele.ui.widgets.basics import Chip, label
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.fields import FlatText
from clientele.ui.widgets.layouts import Columns, Flow, Stack


@pytest.fixture
def ground(theme: Theme, qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1138, 680)
    yield made
    made.close()


def test_chips_go_on_in_the_next_line(ground: QWidget, qtbot: QtBot) -> None:
    flow = Flow(ground, across=4, down=6)
    chips = [Chip(word) for word in ("navy", "camel", "silk", "low heel", "quiet fitting room")]
    flow.set_widgets(chips)
    ground.show()
    flow.resize(160, flow.heightForWidth(160))
    lines = sorted({chip.y() for chip in chips})
    assert len(lines) > 1
    assert all(chip.geometry().right() < 160 for chip in chips)
    places = [chip.geometry() for chip in chips]
    assert not any(a.intersects(b) for a in places for b in places if a is not b)
    assert flow.heightForWidth(160) == max(place.bottom() for place in places) + 1
    assert flow.heightForWidth(2000) < flow.heightForWidth(160)


def test_what_has_a_size_of_its_own_keeps_it(ground: QWidget, qtbot: QtBot) -> None:
    flow = Flow(ground, across=12, down=12)
    tiles = [QWidget() for _ in range(5)]
    for tile in tiles:
        tile.setFixedSize(220, 72)
    flow.set_widgets(tiles)
    ground.show()
    flow.resize(500, 400)
    assert [(tile.x(), tile.y()) for tile in tiles] == [
        (0, 0), (232, 0), (0, 84), (232, 84), (0, 168)
    ]  # fmt: skip


def test_a_hidden_chip_takes_no_room(ground: QWidget, qtbot: QtBot) -> None:
    flow = Flow(ground, across=4)
    chips = [Chip("navy"), Chip("camel"), Chip("silk")]
    flow.set_widgets(chips)
    ground.show()
    flow.resize(400, 30)
    before = chips[2].x()
    chips[1].hide()
    qtbot.waitUntil(lambda: chips[2].x() < before)


def columns_in(ground: QWidget) -> tuple[Columns, list[Stack], list[Card]]:
    columns = Columns(ground)
    stacks = [columns.column(322, above=True), columns.column(), columns.column(300)]
    columns.set_main_at_least(460)
    cards = [Card("Say this first"), Card("Story", fill=True), Card("Open")]
    for stack, card in zip(stacks, cards, strict=True):
        card.add(label("some words that are long enough for two lines " * 2))
        stack.addWidget(card)
    ground.show()
    return columns, stacks, cards


@pytest.mark.parametrize(
    ("width", "order"),
    [
        (1138, [(0, 322), (336, 488), (838, 300)]),
        (928, [(0, 322), (336, 592), (336, 592)]),
        (700, [(0, 700), (0, 700), (0, 700)]),
    ],
)
def test_side_columns_fold_from_the_right(
    ground: QWidget, width: int, order: list[tuple[int, int]]
) -> None:
    columns, stacks, _ = columns_in(ground)
    columns.resize(width, 900)
    places = [stack.parentWidget().geometry() for stack in stacks]  # type: ignore[union-attr]
    assert [(place.x(), place.width()) for place in places] == order
    assert not any(a.intersects(b) for a in places for b in places if a is not b)


def test_what_is_folded_above_stands_above_and_the_rest_below(ground: QWidget) -> None:
    columns, stacks, _ = columns_in(ground)
    columns.resize(600, 900)
    tops = [stack.parentWidget().y() for stack in stacks]  # type: ignore[union-attr]
    assert tops == sorted(tops)


def test_only_what_fills_takes_the_height_that_is_left(ground: QWidget, qtbot: QtBot) -> None:
    columns, _, cards = columns_in(ground)
    columns.resize(1138, 680)
    qtbot.waitUntil(lambda: cards[1].height() == 680)
    for card in (cards[0], cards[2]):
        assert card.height() == card.heightForWidth(card.width()) < 120


def test_cards_share_no_height_that_is_left_over(ground: QWidget, qtbot: QtBot) -> None:
    columns = Columns(ground)
    side = columns.column(322)
    columns.column()
    cards = [Card("Say this first"), Card("Household"), Card("Likes")]
    cards[0].add(FlatText("Say this first", "How did the Italy trip go?"))
    cards[1].add(label("birthday 27 Nov and a good deal more that is known of him " * 2))
    flow = Flow()
    flow.set_widgets([Chip("navy"), Chip("camel")])
    cards[2].add(flow)
    for card in cards:
        side.addWidget(card)
    ground.show()
    columns.resize(1138, 680)
    qtbot.waitUntil(lambda: all(card.height() == card.heightForWidth(322) for card in cards))
    assert cards[1].y() == cards[0].geometry().bottom() + 1 + Space.GAP


def test_a_hidden_widget_of_a_card_takes_no_room(ground: QWidget, qtbot: QtBot) -> None:
    card = Card("Open")
    empty, words = label("Nothing is open."), label("more")
    empty.hide()
    card.add(empty)
    card.add(words)
    card.setParent(ground)
    ground.show()
    low = card.heightForWidth(300)
    empty.show()
    qtbot.waitUntil(lambda: card.heightForWidth(300) > low + Space.SMALL)
    empty.hide()
    qtbot.waitUntil(lambda: card.heightForWidth(300) == low)
