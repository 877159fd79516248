"""How does a PDF come about? Set in memory on the country's paper, written for this user alone.

Nothing of a client goes into a temporary file.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QMarginsF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
)

from clientele.system.paths import private

MARGINS = QMarginsF(16, 14, 16, 12)
"""Of a page that is read, in millimetres: left, top, right, bottom."""

RESOLUTION = 300

LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "CL", "CO", "PH", "PR", "VE", "CR", "GT", "PA"})
"""Where paper is Letter (CLDR, paperSize)."""

A4 = QPageSize(QPageSize.PageSizeId.A4)
LETTER = QPageSize(QPageSize.PageSizeId.Letter)

_PDF = b"%PDF"
_running: QGuiApplication | None = None


def paper_of(country: str) -> QPageSize:
    """The paper of a country (ISO 3166 alpha-2)."""
    return LETTER if country.upper() in LETTER_COUNTRIES else A4


def made_pdf(
    draw: Callable[[QPagedPaintDevice], None],
    title: str,
    paper: QPageSize,
    margins: QMarginsF = MARGINS,
) -> bytes:
    """What ``draw`` paints, as a PDF. Works without a display, and beside the window's thread.

    ``margins`` are in millimetres. Qt's text documents and PDF writers are reentrant; those of
    one PDF belong to whoever calls.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = pdf_writer(buffer, paper, margins)
    writer.setTitle(title)
    writer.setCreator("Clientele")
    draw(writer)
    buffer.close()
    return bytes(data.data())


def pdf_writer(device: QIODevice, paper: QPageSize, margins: QMarginsF = MARGINS) -> QPdfWriter:
    """What paints a PDF onto ``device``; ``margins`` in millimetres."""
    ensure_application()
    # Qt ages the fonts of each thread by a timer, for which Python's threads have no dispatcher;
    # an event loop brings one with it, and what is not run costs nothing.
    QEventLoop()
    writer = QPdfWriter(device)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(paper)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    return writer


def page_font(points: float) -> QFont:
    """The font of what is printed."""
    from clientele.ui.theme import interface_family

    font = QFont(interface_family())
    font.setPointSizeF(points)
    # Some fonts draw the colon of 14:30 by a letterless glyph, which cannot be searched or copied.
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def save(content: bytes, path: Path) -> None:
    """Write what was made in memory to a file; a new one is for this user alone.

    Raises ``OSError``, also where another kind of file, such as the book itself, would be lost.
    """
    if path.exists():
        with path.open("rb+") as there:
            if there.read(len(_PDF)) not in (b"", _PDF):
                raise FileExistsError(errno.EEXIST, "it is a file of another kind", path.name)
            there.seek(0)
            there.write(content)
            there.truncate()
        return
    with open(path, "xb", opener=private) as file:
        file.write(content)


def ensure_application() -> None:
    """Fonts need a running application; the command line has none, and no display either."""
    global _running  # noqa: PLW0603 - Qt allows one application, which must be kept
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _running = QGuiApplication(["clientele"])
