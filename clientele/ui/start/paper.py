"""The paper with the recovery key, printed straight to the printer and kept nowhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_recovery_key(parent: QWidget, recovery_key: str, book: Path) -> bool:
    """Ask for a printer and print; answers whether it was sent to one."""
    printer = QPrinter()
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    document(recovery_key, book).print_(printer)
    return True


def document(recovery_key: str, book: Path) -> QTextDocument:
    """The page: the key, whose it is, and what to do with it."""

    def words(text: str) -> str:
        return QCoreApplication.translate("Paper", text)

    paper = QTextDocument()
    paper.setHtml(
        f"<h2>Clientele</h2><p>{words('Recovery key of the book')} {book.name}</p>"
        f"<p style='font-size:16pt'><b>{recovery_key}</b></p>"
        f"<p>{words('It opens the book and every copy of it. Keep it where you keep what is')} "
        f"{words('valuable, apart from the computer. Who has it can read the book.')}</p>"
    )
    return paper
