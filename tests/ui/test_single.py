"""A second start brings the first window to the front."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.ui.single import FrontDoor, door_of, knock


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.clientele"


@pytest.fixture
def door(book: Path, qapp: QApplication) -> Iterator[FrontDoor]:
    made = FrontDoor(book)
    yield made
    made.close()
    made.deleteLater()


def test_a_knock_is_heard(book: Path, door: FrontDoor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(door.knocked):
        assert knock(book)


def test_each_knock_is_heard(book: Path, door: FrontDoor, qtbot: QtBot) -> None:
    heard: list[bool] = []
    door.knocked.connect(lambda: heard.append(True))
    for _ in range(3):
        assert knock(book)
    qtbot.waitUntil(lambda: len(heard) == 3)


def test_nobody_answers_for_another_book(book: Path, door: FrontDoor) -> None:
    assert not knock(book.with_name("other.clientele"))


def test_nobody_answers_once_the_program_has_ended(book: Path, door: FrontDoor) -> None:
    door.close()
    assert not knock(book)


def test_a_door_left_standing_by_a_killed_program_is_taken_over(
    book: Path, door: FrontDoor, qtbot: QtBot
) -> None:
    second = FrontDoor(book)
    with qtbot.waitSignal(second.knocked):
        assert knock(book)
    second.close()
    second.deleteLater()


def test_the_name_of_the_door_tells_nothing_of_the_path(book: Path) -> None:
    assert "book" not in door_of(book)
    assert door_of(book) == door_of(book.parent / "." / "book.clientele")
