"""How does a brief look on paper? One page, A4 or US Letter, and never a page more.

What has no room is left out whole, the least weighty first, and the foot says how much that was.
Everything is set in memory: nothing of a client goes into a temporary file.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from clientele.services.brief_choice import BriefSheet, Say
from clientele.services.brief_words import brief_sheet
from clientele.store.queries.brief import Brief
from clientele.system.formats import Formats
from clientele.ui.printing.brief_html import html_of, style_of

MARGINS = QMarginsF(16, 14, 16, 12)
"""Millimetres: left, top, right, bottom."""

RESOLUTION = 300
SIZES = (11.0, 10.0, 9.0)
"""Points of running text, the largest first; below the smallest nobody reads standing."""

LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "CL", "CO", "PH", "PR", "VE", "CR", "GT", "PA"})
"""Where paper is Letter (CLDR, paperSize)."""

A4 = QPageSize(QPageSize.PageSizeId.A4)
LETTER = QPageSize(QPageSize.PageSizeId.Letter)

_running: QGuiApplication | None = None


def paper_of(country: str) -> QPageSize:
    """The paper of a country (ISO 3166 alpha-2)."""
    return LETTER if country.upper() in LETTER_COUNTRIES else A4


@dataclass(frozen=True, slots=True)
class SetBrief:
    """What is printed, and how large its running text is in points."""

    sheet: BriefSheet
    size: float


def fitted(sheet: BriefSheet, paper: QPageSize = A4, say: Say = str) -> SetBrief:
    """As much of ``sheet`` as one page of ``paper`` holds, as large as it may be."""
    ensure_application()
    writer = _writer(QBuffer(QByteArray()), paper)

    def fits(some: BriefSheet, size: float) -> bool:
        return _document(SetBrief(some, size), writer, say).pageCount() == 1

    for size in SIZES:
        if fits(sheet, size):
            return SetBrief(sheet, size)
    return SetBrief(sheet.fitting(lambda some: fits(some, SIZES[-1])), SIZES[-1])


def brief_pdf(sheet: BriefSheet, paper: QPageSize = A4, say: Say = str) -> bytes:
    """The brief as a PDF of exactly one page."""
    return briefs_pdf([sheet], sheet.title, paper, say)


def briefs_pdf(
    sheets: Sequence[BriefSheet], title: str, paper: QPageSize = A4, say: Say = str
) -> bytes:
    """Briefs as one PDF, a page each, in their order. May run beside the window's own thread.

    Fitting takes a tenth of a second and more for each; Qt's text documents and PDF writers are
    reentrant, and these belong to whoever calls.
    """
    ensure_application()
    chosen = [fitted(sheet, paper, say) for sheet in sheets]
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, paper)
    writer.setTitle(title)
    writer.setCreator("Clientele")
    draw(chosen, writer, say)
    buffer.close()
    return bytes(data.data())


def write_brief_pdf(
    brief: Brief,
    path: Path,
    formats: Formats,
    *,
    now: datetime,
    me: int | None = None,
    paper: QPageSize = A4,
    say: Say = str,
) -> None:
    """Write a brief to ``path``, readable by this user alone. Works without a display.

    ``now`` is an aware instant, ``me`` the associate who is said “you”. Raises ``OSError`` where
    the file cannot be written.
    """
    sheet = brief_sheet(brief, formats, now=now, me=me, say=say)
    save(brief_pdf(sheet, paper, say), path)


_PDF = b"%PDF"


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
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def draw(chosen: Sequence[SetBrief], device: QPagedPaintDevice, say: Say = str) -> None:
    """Paint what was fitted onto pages of a printer or PDF, one for each."""
    painter = QPainter(device)
    for at, one in enumerate(chosen):
        if at:
            device.newPage()
        _document(one, device, say).drawContents(painter)
    painter.end()


def ensure_application() -> None:
    """Fonts need a running application; the command line has none, and no display either."""
    global _running  # noqa: PLW0603 - Qt allows one application, which must be kept
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _running = QGuiApplication(["clientele"])


def _writer(device: QIODevice, paper: QPageSize) -> QPdfWriter:
    writer = QPdfWriter(device)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(paper)
    writer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
    return writer


def _document(chosen: SetBrief, device: QPagedPaintDevice, say: Say) -> QTextDocument:
    from clientele.ui.theme import interface_family

    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(device)
    font = QFont(interface_family())
    font.setPointSizeF(chosen.size)
    # Some fonts draw the colon of 14:30 by a letterless glyph, which cannot be searched or copied.
    font.setFeature(QFont.Tag("calt"), 0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(style_of(chosen.size))
    document.setHtml(html_of(chosen.sheet, say))
    document.setPageSize(QSizeF(device.width(), device.height()))
    return document
