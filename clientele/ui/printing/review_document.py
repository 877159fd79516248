"""How does the month's review look on paper? A page or two, in words to be read out."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QObject,
    QProcess,
    Signal,
)
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from clientele.store.queries.right_review import Review, Reviewed
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.right_words import done_words, reasons_words
from clientele.ui.printing.brief_document import MARGINS, RESOLUTION

STYLE = """
body { font-size: 11pt; }
h1 { font-size: 17pt; margin-bottom: 2pt; }
h2 { font-size: 12pt; margin-top: 16pt; margin-bottom: 4pt; }
p { margin-top: 5pt; margin-bottom: 0; }
.small { color: #5A5F68; font-size: 9.5pt; }
"""


def review_html(review: Review, store: str, formats: Formats) -> str:
    """The review as simple HTML; no amount stands in any order but that of the days."""
    translate = QCoreApplication.translate
    title = translate("ReviewDocument", "Made right in {month}").format(
        month=formats.month_year(review.month)
    )
    heard = translate("ReviewDocument", "%n problem(s) heard", "", review.heard)
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="small">{escape(" · ".join(part for part in (store, heard) if part))}</p>',
        f"<h2>{escape(translate('ReviewDocument', 'Well done'))}</h2>",
    ]
    parts += [_entry(one, formats, praise=True) for one in review.well_done]
    if not review.well_done:
        parts.append(f"<p>{escape(nothing_to_praise())}</p>")
    parts.append(f"<h2>{escape(translate('ReviewDocument', 'Where we did too little'))}</h2>")
    parts += [_entry(one, formats, praise=False) for one in review.too_little]
    if not review.too_little:
        parts.append(f"<p>{escape(nothing_too_little())}</p>")
    return f"<html><head><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>"


def nothing_too_little() -> str:
    """What is said where nobody was let down."""
    return QCoreApplication.translate(
        "ReviewDocument", "Nowhere, as far as the book can tell. Thank you all."
    )


def nothing_to_praise() -> str:
    """What is said where nothing stands out."""
    return QCoreApplication.translate(
        "ReviewDocument", "Nothing was decided in this month; there may have been nothing to mend."
    )


def review_pdf(html: str, title: str, paper: QPageSize) -> bytes:
    """The review as a PDF, set in memory: nothing of a client goes into a temporary file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(paper)
    writer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("Clientele")
    _draw(html, writer)
    buffer.close()
    return bytes(data.data())


class PrintReview(QObject):
    """Asks for a printer and prints. Emits ``told(sentence)`` when there is something to say."""

    told = Signal(str)

    def __init__(self, html: str, title: str, paper: QPageSize, over: QWidget) -> None:
        super().__init__(over)
        self._html, self._title, self._paper, self._over = html, title, paper, over

    def ask(self) -> None:
        """Open the dialog; with no printer say so."""
        from PySide6.QtCore import Qt
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self.told.emit(self.tr("No printer is set up on this terminal. Nothing was printed."))
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
        import shutil
        import sys

        from PySide6.QtPrintSupport import QPrinter

        assert isinstance(printer, QPrinter)
        line_printer = shutil.which("lp") if sys.platform.startswith("linux") else None
        if line_printer is None or printer.outputFileName():
            _draw(self._html, printer)
            self._ended(0)
            return
        process = QProcess(self)
        process.finished.connect(lambda code, _: self._ended(code))
        arguments = ["-d", printer.printerName(), "-n", str(printer.copyCount()), "-t", "review"]
        process.start(line_printer, [*arguments, "-"])
        process.write(review_pdf(self._html, self._title, self._paper))
        process.closeWriteChannel()

    def _ended(self, code: int) -> None:
        self.told.emit(
            self.tr("The review is on the way to the printer.")
            if code == 0
            else self.tr("The printer did not take it. Nothing was printed; try again.")
        )


def _entry(one: Reviewed, formats: Formats, *, praise: bool) -> str:
    row = one.row
    day = formats.day(formats.local_day(row.opened_at))
    about = f"{shown_name(row.named)}, {day}: {row.about}"
    told = [row.problem if row.goods else "", done_words(row, formats), row.associate]
    words = reasons_words(one.praised if praise else one.too_little)
    small = " · ".join(part for part in told if part)
    return (
        f"<p><b>{escape(about)}</b><br/>{escape(words)}<br/>"
        f'<span class="small">{escape(small)}</span></p>'
    )


def _draw(html: str, device: QPagedPaintDevice) -> None:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setPageSize(device.pageLayout().paintRectPixels(device.logicalDpiX()).size().toSizeF())
    document.print_(device)
