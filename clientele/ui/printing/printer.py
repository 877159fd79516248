"""Which printer? The system's own dialog, then one page.

Where a printing system takes its work from standard input (CUPS), the page goes there straight
from memory; Qt would put it into a temporary file first.
"""

from __future__ import annotations

import shutil
import sys

from PySide6.QtCore import QObject, QProcess, Qt, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QWidget

from clientele.services.brief_choice import BriefSheet, Say
from clientele.ui.printing.brief_document import MARGINS, brief_pdf, draw, fitted


class PrintBrief(QObject):
    """Asks for a printer and prints. Emits ``told(sentence)`` when there is something to say."""

    told = Signal(str)

    def __init__(self, sheet: BriefSheet, paper: QPageSize, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet, self._paper, self._say = sheet, paper, say
        self._over = parent

    def ask(self) -> None:
        """Open the dialog; with no printer say what to do instead."""
        from PySide6.QtGui import QPageLayout
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self.told.emit(
                self.tr("No printer is set up on this terminal. Save the brief as PDF instead.")
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(self._paper)
        printer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
        printer.setDocName(self.tr("Brief"))
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
            draw(fitted(self._sheet, self._paper, self._say), printer, self._say)
            self.told.emit(self.tr("The brief is printing."))
            return
        content = brief_pdf(self._sheet, self._paper, self._say)
        process = QProcess(self)
        process.finished.connect(lambda code, _: self._ended(code))
        arguments = ["-d", printer.printerName(), "-n", str(printer.copyCount()), "-t", "brief"]
        process.start(line_printer, [*arguments, "-"])
        process.write(content)
        process.closeWriteChannel()

    def _ended(self, code: int) -> None:
        self.told.emit(
            self.tr("The brief is printing.")
            if code == 0
            else self.tr("The printer did not take the brief. Nothing was printed; try again.")
        )
