"""How does simple HTML come onto paper? As a PDF in memory, or through the system's own dialog.

Where a printing system takes its work from standard input (CUPS), the page goes there straight
from memory; Qt would put it into a temporary file first.
"""

from __future__ import annotations

import shutil
import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QProcess, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from clientele.ui.printing.brief_document import MARGINS, RESOLUTION, ensure_application


def html_pdf(html: str, title: str, paper: QPageSize) -> bytes:
    """The pages as a PDF. Works without a display."""
    ensure_application()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(paper)
    writer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("Clientele")
    draw_html(html, writer)
    buffer.close()
    return bytes(data.data())


def draw_html(html: str, device: QPagedPaintDevice) -> None:
    """Set the HTML on the pages of a printer or PDF."""
    from clientele.ui.theme import interface_family

    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    font = QFont(interface_family())
    # Some fonts draw the colon of 14:30 by a letterless glyph, which cannot be searched or copied.
    font.setFeature(QFont.Tag("calt"), 0)
    font.setPointSizeF(11)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setPageSize(QSizeF(device.width(), device.height()))
    document.print_(device)


class PrintHtml(QObject):
    """Asks for a printer and prints. Emits ``told(sentence)`` when there is something to say."""

    told = Signal(str)

    def __init__(self, html: str, title: str, paper: QPageSize, over: QWidget) -> None:
        super().__init__(over)
        self._html, self._title, self._paper, self._over = html, title, paper, over

    def ask(self) -> None:
        """Open the dialog; with no printer say what to do instead."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self.told.emit(
                self.tr("No printer is set up on this terminal. Save it as PDF instead.")
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(self._paper)
        printer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
        printer.setDocName(self._title)
        dialog = QPrintDialog(printer, self._over)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, False)
        dialog.accepted.connect(lambda: self._print(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _print(self, printer: object) -> None:
        from PySide6.QtPrintSupport import QPrinter

        assert isinstance(printer, QPrinter)
        line_printer = shutil.which("lp") if sys.platform.startswith("linux") else None
        if line_printer is None or printer.outputFileName():
            draw_html(self._html, printer)
            self._ended(0)
            return
        process = QProcess(self)
        process.finished.connect(lambda code, _: self._ended(code))
        arguments = ["-d", printer.printerName(), "-n", str(printer.copyCount()), "-t", "ticket"]
        process.start(line_printer, [*arguments, "-"])
        process.write(html_pdf(self._html, self._title, self._paper))
        process.closeWriteChannel()

    def _ended(self, code: int) -> None:
        self.told.emit(
            self.tr("It is on the way to the printer.")
            if code == 0
            else self.tr("The printer did not take it. Nothing was printed; try again.")
        )
