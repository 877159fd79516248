"""Which printer? The system's own dialog, then the pages.

Where a printing system takes its work from standard input (CUPS), the pages go there straight
from memory; Qt would put them into a temporary file first. They are set beside the window's own
thread; only a printer that Qt drives itself is drawn to from it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QMarginsF, QObject, QProcess, Qt, Signal
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize
from PySide6.QtWidgets import QWidget

from clientele.ui.background import Background
from clientele.ui.printing.pdf import MARGINS

Draw = Callable[[QPagedPaintDevice], None]


@dataclass(frozen=True, slots=True)
class Pages:
    """What is printed. ``pdf`` and ``fit`` are called beside the window's own thread."""

    title: str
    about: str
    """What the waiting line of the printing system shows to everybody: “brief”, no name."""
    paper: QPageSize
    pdf: Callable[[], bytes]
    fit: Callable[[], Draw]
    """Answers what draws the pages onto a printer of Qt's own."""
    margins: QMarginsF = field(default_factory=lambda: MARGINS)
    """In millimetres."""


class Printing(QObject):
    """Asks for a printer and prints.

    Emits ``printed`` once the pages are on their way, else ``told(sentence)`` with what to do.
    """

    printed = Signal()
    told = Signal(str)

    def __init__(self, pages: Pages, over: QWidget) -> None:
        super().__init__(over)
        self._pages, self._over = pages, over
        self._background = Background(self)

    def ask(self) -> None:
        """Open the dialog; with no printer say what to do instead."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self.told.emit(
                self.tr("No printer is set up on this terminal. Save it as PDF instead.")
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(self._pages.paper)
        printer.setPageMargins(self._pages.margins, QPageLayout.Unit.Millimeter)
        printer.setDocName(self._pages.title)
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

            def fitted(draw: Draw) -> None:
                draw(printer)
                self._ended(0)

            self._background.run(self._pages.fit, fitted, self._failed)
            return
        copies = str(printer.copyCount())
        arguments = ["-d", printer.printerName(), "-n", copies, "-t", self._pages.about, "-"]

        def send(content: bytes) -> None:
            process = QProcess(self)
            process.finished.connect(lambda code, _: self._ended(code))
            process.start(line_printer, arguments)
            process.write(content)
            process.closeWriteChannel()

        self._background.run(self._pages.pdf, send, self._failed)

    def _failed(self, _: Exception, sentence: str) -> None:
        self.told.emit(sentence)

    def _ended(self, code: int) -> None:
        if code == 0:
            self.printed.emit()
            return
        self.told.emit(self.tr("The printer did not take it. Nothing was printed; try again."))
