"""How are the words of a row set? In one line the quick way, in several by Qt's layout.

Qt's layout shapes a text, breaks it and can be asked about every letter, and takes three times as
long as drawing words of one font after another. A list of results is one-line texts only, and is
set anew at each key press.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Final, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from clientele.domain.rules.finding import places

ELLIPSIS = "…"
LONG = 100_000.0
"""Pixels in which no text is broken."""

_QUICK: Final = re.compile("[ -~\u00a0-\u058f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Letters that stand one after the other from left to right, each drawn as itself."""


class RowText(Protocol):
    """A text that was set. ``lines`` may be none; ``last_width`` is that of the last one."""

    @property
    def lines(self) -> int:
        """How many lines it takes."""

    @property
    def last_width(self) -> float:
        """How far the words of the last line reach."""

    @property
    def words(self) -> str:
        """What can be read, with the ellipsis where it was cut."""

    def spread(self, line: int) -> None:
        """Give each line this height, its words in the middle of it."""

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw it from its top left corner, in the painter's colour where a part has none."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text in one font; without a colour it takes that of the painter."""

    words: str
    font: QFont
    colour: QColor | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """Words to be shown on a ground of their own wherever they stand."""

    words: tuple[str, ...]
    ground: QColor

    def on(self, text: str) -> list[QTextLayout.FormatRange]:
        """The places in a text, as its layout counts."""
        spans = []
        for at, length in places(text, self.words):
            span = QTextLayout.FormatRange()
            span.start, span.length = _units(text[:at]), _units(text[at : at + length])
            look = QTextCharFormat()
            look.setBackground(self.ground)
            span.format = look
            spans.append(span)
        return spans


def _units(text: str) -> int:
    """How long a text is as Qt counts: in halves of a pair of surrogates."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def set_text(
    parts: list[Part], width: float, max_lines: int, marks: Marks | None = None
) -> RowText:
    """Set text in several fonts, cut with an ellipsis where it needs more lines than allowed."""
    if max_lines == 1 and all(_QUICK.fullmatch(part.words) for part in parts):
        return OneLine(parts, max(width, 1.0), marks)
    return Lines(as_qt_does(parts, width, max_lines, marks))


class Lines:
    """A text set by Qt's layout."""

    def __init__(self, layout: QTextLayout) -> None:
        self.layout = layout
        self.lines = layout.lineCount()

    @property
    def words(self) -> str:
        return self.layout.text()

    @property
    def last_width(self) -> float:
        if not self.lines:
            return 0.0
        return self.layout.lineAt(self.lines - 1).naturalTextWidth()

    def spread(self, line: int) -> None:
        for number in range(self.lines):
            at: QTextLine = self.layout.lineAt(number)
            at.setPosition(QPointF(0, number * line + (line - at.height()) / 2))

    def draw(self, painter: QPainter, at: QPointF) -> None:
        self.layout.draw(painter, at)


class OneLine:
    """Parts drawn one after the other."""

    def __init__(self, parts: list[Part], width: float, marks: Marks | None) -> None:
        self._drawn: list[tuple[float, Part]] = []
        x, self._ascent, self._height, self._top = 0.0, 0.0, 0.0, 0.0
        for part in parts:
            metrics = QFontMetricsF(part.font)
            self._ascent = max(self._ascent, metrics.ascent())
            self._height = max(self._height, float(ceil(metrics.height())))
            wide = metrics.horizontalAdvance(part.words)
            if x + wide > width:
                x = self._cut(part, x, width)
                break
            self._drawn.append((x, part))
            x += wide
        self.last_width = x
        self.words = "".join(part.words for _, part in self._drawn)
        self._marks = self._marked(marks) if marks else []
        self._ground = marks.ground if marks else None

    def _cut(self, part: Part, x: float, width: float) -> float:
        """Draw as much of a part as has room, with an ellipsis; answers where that ends."""
        metrics, words = QFontMetricsF(part.font), part.words
        if self._drawn and x + metrics.horizontalAdvance(ELLIPSIS) > width:
            x, part = self._drawn.pop()
            metrics, words = QFontMetricsF(part.font), part.words + ELLIPSIS
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - x) or ELLIPSIS
        self._drawn.append((x, replace(part, words=words)))
        return x + metrics.horizontalAdvance(words)

    @property
    def lines(self) -> int:
        return 1 if self._drawn else 0

    def spread(self, line: int) -> None:
        self._top = (line - self._height) / 2

    def draw(self, painter: QPainter, at: QPointF) -> None:
        top = at.y() + self._top
        for x, wide in self._marks:
            painter.fillRect(QRectF(at.x() + x, top, wide, self._height), self._ground)
        pen = painter.pen()
        for x, part in self._drawn:
            painter.setFont(part.font)
            if part.colour is not None:
                painter.setPen(part.colour)
            painter.drawText(QPointF(at.x() + x, top + self._ascent), part.words)
            if part.colour is not None:
                painter.setPen(pen)

    def _marked(self, marks: Marks) -> list[tuple[float, float]]:
        """From where and how wide the ground of each marked word is."""
        found = []
        for at, length in places(self.words, marks.words):
            start = 0
            for x, part in self._drawn:
                end = start + len(part.words)
                first, last = max(at, start), min(at + length, end)
                if first < last:
                    advance = QFontMetricsF(part.font).horizontalAdvance
                    left = advance(part.words[: first - start])
                    found.append((x + left, advance(part.words[: last - start]) - left))
                start = end
        return found


def as_qt_does(parts: list[Part], width: float, max_lines: int, marks: Marks | None) -> QTextLayout:
    """Cut with an ellipsis where it needs more lines than allowed."""
    layout, fits = _set(parts, width, max_lines, marks)
    if fits:
        return layout
    if max_lines == 1:
        return _one_line(parts, width, marks)
    whole = sum(len(part.words) for part in parts)
    low, high = 0, whole
    while low < high:
        middle = (low + high + 1) // 2
        if _set(_cut(parts, middle), width, max_lines, marks)[1]:
            low = middle
        else:
            high = middle - 1
    return _set(_cut(parts, low), width, max_lines, marks)[0]


def _one_line(parts: list[Part], width: float, marks: Marks | None) -> QTextLayout:
    """What fits into a line before an ellipsis, found from one that is not broken at all."""
    endless, _ = _set(parts, LONG, 1, None)
    room = width - QFontMetricsF(parts[-1].font).horizontalAdvance(ELLIPSIS)
    place: Any = endless.lineAt(0).xToCursor(room, QTextLine.CursorPosition.CursorOnCharacter)
    units = "".join(part.words for part in parts).encode("utf-16-le", "surrogatepass")
    length = len(units[: 2 * int(place)].decode("utf-16-le", "ignore"))
    while True:
        layout, fits = _set(_cut(parts, length), width, 1, marks)
        if fits or length <= 0:
            return layout
        length -= 1


def _cut(parts: list[Part], length: int) -> list[Part]:
    kept: list[Part] = []
    for part in parts:
        if length <= 0:
            break
        kept.append(replace(part, words=part.words[:length]))
        length -= len(part.words)
    if not kept:
        return [replace(parts[0], words=ELLIPSIS)]
    kept[-1] = replace(kept[-1], words=kept[-1].words.rstrip() + ELLIPSIS)
    return kept


def _set(
    parts: list[Part], width: float, max_lines: int, marks: Marks | None
) -> tuple[QTextLayout, bool]:
    whole = "".join(part.words for part in parts)
    layout = QTextLayout(whole)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if parts:
        layout.setFont(parts[0].font)
    formats, start = [], 0
    for part in parts:
        span = QTextLayout.FormatRange()
        span.start, span.length = start, _units(part.words)
        look = QTextCharFormat()
        look.setFont(part.font)
        if part.colour is not None:
            look.setForeground(part.colour)
        span.format = look
        formats.append(span)
        start += span.length
    if marks is not None:
        formats += marks.on(whole)
    layout.setFormats(formats)
    layout.beginLayout()
    lines, fits = 0, True
    while (line := layout.createLine()).isValid():
        lines += 1
        if lines > max_lines:
            fits = False
            break
        line.setLineWidth(max(width, 1.0))
    layout.endLayout()
    return layout, fits
