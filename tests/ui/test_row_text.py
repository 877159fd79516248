"""Is a line that is drawn the quick way what Qt's own layout makes of it?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from clientele.ui.delegates.row_text import (
    Lines,
    Marks,
    OneLine,
    Part,
    RowText,
    as_qt_does,
    set_text,
)
from clientele.ui.theme import Role, Theme


def picture(text: RowText) -> QImage:
    image = QImage(420, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    text.spread(30)
    text.draw(painter, QPointF(4, 2))
    painter.end()
    return image


NAME = ("Eleanor Marsh", " · coat fitting at eleven", " today")
ABROAD = ("Žofie Ångström-Müller", " €1.240,00 – “no”")


def parts_of(theme: Theme, words: tuple[str, ...]) -> list[Part]:
    fonts = (theme.font(Role.STRONG), theme.font(Role.BASE), theme.font(Role.SMALL))
    return [Part(one, font, QColor("red")) for one, font in zip(words, fonts, strict=False)]


@pytest.mark.parametrize("words", [NAME, ABROAD])
def test_one_line_looks_as_qt_sets_it(theme: Theme, words: tuple[str, ...]) -> None:
    parts = parts_of(theme, words)
    quick, slow = set_text(parts, 400, 1), Lines(as_qt_does(parts, 400, 1, None))
    assert isinstance(quick, OneLine)
    assert (quick.words, quick.lines) == ("".join(words), 1)
    assert quick.last_width == slow.last_width
    assert picture(quick) == picture(slow)


@pytest.mark.parametrize(
    ("width", "shown"),
    [(160, "Eleanor Marsh · coat fit…"), (100, "Eleanor Mars…"), (1, "…")],
)
def test_what_has_no_room_is_cut(theme: Theme, width: float, shown: str) -> None:
    cut = set_text(parts_of(theme, NAME), width, 1)
    assert cut.words == shown
    assert cut.last_width <= max(width, 20)


def test_what_was_looked_for_stands_on_a_ground_of_its_own(theme: Theme) -> None:
    marks = Marks(("muller", "1.240"), QColor("yellow"))
    parts = parts_of(theme, ABROAD)
    quick, slow = set_text(parts, 400, 1, marks), Lines(as_qt_does(parts, 400, 1, marks))
    there, wanted = marked(picture(quick)), marked(picture(slow))
    assert len(there) > 50
    assert len(there ^ wanted) <= 2, "Qt rounds the ends to whole pixels"


def marked(image: QImage) -> set[int]:
    """Where from left to right the ground is yellow."""
    yellow = QColor("yellow")
    return {
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == yellow for y in range(image.height()))
    }


@pytest.mark.parametrize("words", ["Nell 🎩", "עדנה", "หมวก", "two\nlines", "a\u202eb"])
def test_what_is_not_plainly_from_left_to_right_is_left_to_qt(theme: Theme, words: str) -> None:
    assert isinstance(set_text([Part(words, theme.font(Role.BASE))], 400, 1), Lines)
