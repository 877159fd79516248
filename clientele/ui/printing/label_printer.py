"""Which printer takes the labels? The system's own dialog, then a label a page.

As with a brief, where the printing system reads from standard input (CUPS) the pages go there
straight from memory.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QObject, QProcess, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.ui.printing.labels import PAPER, Label, draw_labels, labels_pdf


class PrintLabels(QObject):
    """Emits ``printed`` once the printer has them, else ``told(sentence)`` with what to do."""

    printed = Signal()
    told = Signal(str)

    def __init__(self, labels: Sequence[Label], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels, self._title, self._over = tuple(labels), title, parent

    def ask(self) -> None:
        """Open the dialog; with no printer say what to do instead."""
        from PySide6.QtGui import QPageLayout
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self.told.emit(
                self.tr("No printer is set up on this terminal. Save the labels as PDF instead.")
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(PAPER)
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
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
            draw_labels(self._labels, printer)
            self._ended(0)
            return
        process = QProcess(self)
        process.finished.connect(lambda code, _: self._ended(code))
        arguments = ["-d", printer.printerName(), "-n", str(printer.copyCount()), "-t", "labels"]
        process.start(line_printer, [*arguments, "-"])
        process.write(labels_pdf(self._labels, self._title))
        process.closeWriteChannel()

    def _ended(self, code: int) -> None:
        if code == 0:
            self.printed.emit()
            return
        self.told.emit(self.tr("The printer did not take it. Nothing was printed; try again."))
