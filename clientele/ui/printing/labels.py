"""How do a tag and a claim slip look on paper? Small labels, each with the bars of the tag.

The tag goes on the garment, the slip with the client. Both are set in memory at 62 × 100 mm, which
label printers take and office printers put in a corner of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageSize, QPainter, QPixmap

from clientele.ui.printing.pdf import made_pdf
from clientele.ui.printing.printer import Pages
from clientele.ui.theme import interface_family

WIDTH, HEIGHT, EDGE = 62.0, 100.0, 4.0
"""Of a label and of its blank edge, in millimetres."""

BARS_HIGH = 15.0
QUIET = 10
"""Modules of blank at both sides of the bars (ISO/IEC 15417)."""

NO_MARGINS = QMarginsF(0, 0, 0, 0)
PAPER = QPageSize(QSizeF(WIDTH, HEIGHT), QPageSize.Unit.Millimeter, "Clientele")

_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on a label: how high in millimetres, and whether they are bold."""

    words: str
    size: float = 3.2
    bold: bool = False
    air: float = 1.0
    """Above it, in millimetres."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label: its lines from the top, and what its bars hold and say beneath."""

    lines: tuple[Line, ...]
    code: str
    tag: str


def labels_pdf(labels: Sequence[Label], title: str) -> bytes:
    """The labels as a PDF, a page each."""
    return made_pdf(partial(draw_labels, labels), title, PAPER, NO_MARGINS)


def label_pages(labels: Sequence[Label], title: str) -> Pages:
    """The labels for a printer, a page each."""
    return Pages(
        title,
        "labels",
        PAPER,
        pdf=lambda: labels_pdf(labels, title),
        fit=lambda: partial(draw_labels, labels),
        margins=NO_MARGINS,
    )


def draw_labels(labels: Sequence[Label], device: QPagedPaintDevice) -> None:
    """Paint the labels onto the pages of a printer or PDF, one each."""
    painter = QPainter(device)
    for at, label in enumerate(labels):
        if at:
            device.newPage()
        draw_label(painter, label, device.logicalDpiX() / 25.4)
    painter.end()


def picture(label: Label, per_mm: float) -> QPixmap:
    """A label as it is printed, to be looked at; ``per_mm`` pixels for each millimetre."""
    made = QPixmap(round(WIDTH * per_mm), round(HEIGHT * per_mm))
    made.fill(QColor("white"))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    draw_label(painter, label, per_mm)
    painter.end()
    return made


def draw_label(painter: QPainter, label: Label, per_mm: float) -> None:
    """Paint one label; what is too long for it is set smaller, never cut."""
    painter.setPen(QColor("black"))
    foot = HEIGHT - EDGE - BARS_HIGH - 6.5
    lines = label.lines
    while _height(painter, lines, per_mm) > foot - EDGE and lines[0].size > 0.8:
        lines = tuple(replace(line, size=line.size * 0.94, air=line.air * 0.9) for line in lines)
    top = EDGE * per_mm
    for line in lines:
        top += line.air * per_mm
        place = QRectF(EDGE * per_mm, top, (WIDTH - 2 * EDGE) * per_mm, foot * per_mm)
        painter.setFont(_font(line, per_mm))
        painter.drawText(place, _WRAPPED, line.words)
        top += painter.boundingRect(place, _WRAPPED, line.words).height()
    if label.code:
        _draw_bars(painter, label, per_mm)


def modules(code: str) -> str:
    """The bars of Code 128 as ones and their gaps as noughts, without the blank at the sides."""
    from barcode.codex import Code128

    return str(Code128(code).build()[0])


def _draw_bars(painter: QPainter, label: Label, per_mm: float) -> None:
    bars = modules(label.code)
    # Whole dots of the device: a bar that is blurred over two is read by few scanners.
    dots = max(int(WIDTH * per_mm / (len(bars) + 2 * QUIET)), 1)
    left = round((WIDTH * per_mm - dots * len(bars)) / 2)
    top = round((HEIGHT - EDGE - BARS_HIGH - 5) * per_mm)
    high = round(BARS_HIGH * per_mm)
    for at, bar in enumerate(bars):
        if bar == "1":
            painter.fillRect(left + at * dots, top, dots, high, QColor("black"))
    below = QRectF(0, top + high + 0.8 * per_mm, WIDTH * per_mm, 5 * per_mm)
    painter.setFont(_font(Line("", 3.6, bold=True), per_mm))
    painter.drawText(
        below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), label.tag
    )


def _height(painter: QPainter, lines: Sequence[Line], per_mm: float) -> float:
    """How high the lines are together, in millimetres."""
    whole = 0.0
    place = QRectF(0, 0, (WIDTH - 2 * EDGE) * per_mm, HEIGHT * 10 * per_mm)
    for line in lines:
        painter.setFont(_font(line, per_mm))
        high = painter.boundingRect(place, _WRAPPED, line.words).height()
        whole += line.air + high / per_mm
    return whole


def _font(line: Line, per_mm: float) -> QFont:
    font = QFont(interface_family())
    font.setPixelSize(max(round(line.size * per_mm), 1))
    font.setWeight(QFont.Weight.DemiBold if line.bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("calt"), 0)
    return font
