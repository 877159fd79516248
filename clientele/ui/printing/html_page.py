"""How does simple HTML come onto pages of paper, to be printed or saved as PDF?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageSize, QTextDocument

from clientele.ui.printing.pdf import made_pdf, page_font
from clientele.ui.printing.printer import Pages

POINTS = 11


def html_pages(html: str, title: str, paper: QPageSize, about: str) -> Pages:
    """What a printer is given; ``about`` says what it is, without a client's name."""
    return Pages(
        title,
        about,
        paper,
        pdf=lambda: html_pdf(html, title, paper),
        fit=lambda: partial(draw_html, html),
    )


def html_pdf(html: str, title: str, paper: QPageSize) -> bytes:
    """The pages as a PDF. Works without a display."""
    return made_pdf(partial(draw_html, html), title, paper)


def draw_html(html: str, device: QPagedPaintDevice) -> None:
    """Set the HTML on the pages of a printer or PDF."""
    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    document.setDefaultFont(page_font(POINTS))
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setPageSize(QSizeF(device.width(), device.height()))
    document.print_(device)
