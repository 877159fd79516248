"""Which printer? The system's own dialog, then a page for each client.

Where a printing system takes its work from standard input (CUPS), the pages go there straight
from memory; Qt would put them into a temporary file first. They are set beside the window's own
thread; only a printer that Qt drives itself is drawn to from it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, Qt, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QWidget

from clientele.services.brief_choice import BriefSheet, Say
from clientele.ui.background import Background
from clientele.ui.printing.brief_document import (
    MARGINS,
    SetBrief,
    briefs_pdf,
    draw,
    fitted,
)


class PrintBriefs(QObject):
    """Asks for a printer and prints. Emits ``told(sentence)`` when there is something to say."""

    told = Signal(str)

    def __init__(
        self,
        sheets: Sequence[BriefSheet],
        title: str,
        paper: QPageSize,
        say: Say,
        background: Background,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._sheets, self._title = tuple(sheets), title
        self._paper, self._say = paper, say
        self._background, self._over = background, parent

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
        sheets, title, paper, say = self._sheets, self._title, self._paper, self._say
        if line_printer is None or printer.outputFileName():

            def set_up(chosen: list[SetBrief]) -> None:
                draw(chosen, printer, say)
                self._ended(0)

            self._background.run(
                lambda: [fitted(sheet, paper, say) for sheet in sheets], set_up, self._failed
            )
            return
        arguments = ["-d", printer.printerName(), "-n", str(printer.copyCount()), "-t", "brief"]

        def send(content: bytes) -> None:
            process = QProcess(self)
            process.finished.connect(lambda code, _: self._ended(code))
            process.start(line_printer, [*arguments, "-"])
            process.write(content)
            process.closeWriteChannel()

        self._background.run(lambda: briefs_pdf(sheets, title, paper, say), send, self._failed)

    def _failed(self, _: Exception, sentence: str) -> None:
        self.told.emit(sentence)

    def _ended(self, code: int) -> None:
        self.told.emit(
            self.tr("%n brief(s) on the way to the printer.", "", len(self._sheets))
            if code == 0
            else self.tr("The printer did not take it. Nothing was printed; try again.")
        )
