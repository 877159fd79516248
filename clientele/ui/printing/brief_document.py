"""How does a brief look on paper? One page, A4 or US Letter, and never a page more.

What has no room is left out whole, the least weighty first, and the foot says how much that was.
Everything is set in memory: nothing of a client goes into a temporary file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageSize, QPainter, QTextDocument

from clientele.services.brief_choice import BriefSheet, Say
from clientele.ui.printing.brief_html import html_of, style_of
from clientele.ui.printing.pdf import A4, made_pdf, page_font, pdf_writer
from clientele.ui.printing.printer import Draw, Pages

SIZES = (11.0, 10.0, 9.0)
"""Points of running text, the largest first; below the smallest nobody reads standing."""


@dataclass(frozen=True, slots=True)
class SetBrief:
    """What is printed, and how large its running text is in points."""

    sheet: BriefSheet
    size: float


def fitted(sheet: BriefSheet, paper: QPageSize = A4, say: Say = str) -> SetBrief:
    """As much of ``sheet`` as one page of ``paper`` holds, as large as it may be."""
    writer = pdf_writer(QBuffer(QByteArray()), paper)

    def fits(some: BriefSheet, size: float) -> bool:
        return _document(SetBrief(some, size), writer, say).pageCount() == 1

    *larger, smallest = SIZES
    for size in larger:
        if fits(sheet, size):
            return SetBrief(sheet, size)
    return SetBrief(sheet.fitting(lambda some: fits(some, smallest)), smallest)


def brief_pdf(sheet: BriefSheet, paper: QPageSize = A4, say: Say = str) -> bytes:
    """The brief as a PDF of exactly one page."""
    return briefs_pdf([sheet], sheet.title, paper, say)


def briefs_pdf(
    sheets: Sequence[BriefSheet], title: str, paper: QPageSize = A4, say: Say = str
) -> bytes:
    """Briefs as one PDF, a page each, in their order. May run beside the window's own thread.

    Fitting takes a tenth of a second and more for each.
    """
    chosen = [fitted(sheet, paper, say) for sheet in sheets]
    return made_pdf(lambda device: draw(chosen, device, say), title, paper)


def brief_pages(
    sheets: Sequence[BriefSheet], title: str, paper: QPageSize = A4, say: Say = str
) -> Pages:
    """Briefs for a printer, a page each, in their order."""

    def fit() -> Draw:
        chosen = [fitted(sheet, paper, say) for sheet in sheets]
        return lambda device: draw(chosen, device, say)

    return Pages(title, "brief", paper, pdf=lambda: briefs_pdf(sheets, title, paper, say), fit=fit)


def printed_words(count: int) -> str:
    """What is said once ``count`` briefs are on their way: “3 briefs on the way …”."""
    return QCoreApplication.translate(
        "BriefDocument", "%n brief(s) on the way to the printer.", "", count
    )


def draw(chosen: Sequence[SetBrief], device: QPagedPaintDevice, say: Say = str) -> None:
    """Paint what was fitted onto pages of a printer or PDF, one for each."""
    painter = QPainter(device)
    for at, one in enumerate(chosen):
        if at:
            device.newPage()
        _document(one, device, say).drawContents(painter)
    painter.end()


def _document(chosen: SetBrief, device: QPagedPaintDevice, say: Say) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(device)
    document.setDefaultFont(page_font(chosen.size))
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(style_of(chosen.size))
    document.setHtml(html_of(chosen.sheet, say))
    document.setPageSize(QSizeF(device.width(), device.height()))
    return document
