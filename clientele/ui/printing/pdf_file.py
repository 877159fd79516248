"""Where does the PDF go? A file that is chosen in the system's own dialog, written beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clientele.ui.background import Background
from clientele.ui.printing.pdf import save


class PdfFile(QObject):
    """Emits ``saved(sentence)`` once the file is there, else ``failed(sentence)``."""

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._background = Background(self)

    def ask(self, name: str, then: Callable[[Path], None]) -> None:
        """Ask where the file goes; ``name`` is the one it is offered under, without “.pdf”."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        offered = Path(folder) / f"{name.replace('/', ' ')}.pdf"
        dialog = QFileDialog(self._over, self.tr("Save as PDF"), str(offered))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def write(self, path: Path, make: Callable[[], bytes]) -> None:
        """Make the PDF and write it, both beside the window's own thread."""

        def written(_: None) -> None:
            self.saved.emit(self.tr("Saved as {name}.").format(name=path.name))

        def failed(error: Exception, sentence: str) -> None:
            if isinstance(error, OSError):
                words = self.tr(
                    "“{name}” could not be written: {why}. Choose another folder and try again."
                )
                sentence = words.format(name=path.name, why=error.strerror)
            self.failed.emit(sentence)

        self._background.run(lambda: save(make(), path), written, failed)
