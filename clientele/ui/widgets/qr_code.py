"""How does a phone read what is on the screen? A QR code, sharp at every scale and in every theme.

Always dark on white, with its quiet zone: many readers do not see one that is light on dark. Each
module is a whole number of the screen's own pixels.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clientele.ui.theme import px

QUIET = 4
"""Modules of white on every side (ISO/IEC 18004)."""

SIDE = 200
"""How large it is at least, in pixels at a text scale of one."""

LEAST = 3
"""Pixels of a module, however many there are: a camera has to tell them apart."""


class QrCode(QWidget):
    """Shows ``text`` as a code; ``name`` says what it is for, to whom the code itself says nothing.

    The text never stands in the accessible name: it may be a client's.
    """

    def __init__(self, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.modules: tuple[bytes, ...] = ()
        """Rows of modules from the top, 1 is dark; without the quiet zone."""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text; an empty one shows nothing. The shortest code that holds it."""
        self.modules = modules_of(text) if text else ()
        self.update()

    def sizeHint(self) -> QSize:
        """A square without a rest: each module as many whole pixels as the usual size asks for."""
        across = len(self.modules) + 2 * QUIET
        side = across * max(ceil(px(SIDE) / across), LEAST)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White, and the dark modules on it."""
        if not self.modules:
            return
        across = len(self.modules) + 2 * QUIET
        ratio = self.devicePixelRatioF()
        side = min(self.width(), self.height())
        module = max(int(side * ratio) // across, 1) / ratio
        left = int((self.width() - across * module) / 2 * ratio) / ratio
        top = int((self.height() - across * module) / 2 * ratio) / ratio
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        whole = QRectF(left, top, across * module, across * module)
        painter.fillRect(whole, Qt.GlobalColor.white)
        for down, row in enumerate(self.modules, QUIET):
            for along, dark in enumerate(row, QUIET):
                if dark:
                    place = QRectF(left + along * module, top + down * module, module, module)
                    painter.fillRect(place, Qt.GlobalColor.black)
        painter.end()


def modules_of(text: str) -> tuple[bytes, ...]:
    """The modules of the code for a text, never of a Micro QR code.

    Raises:
        ValueError: it is longer than any code holds (about 2,300 characters).
    """
    import segno

    return tuple(bytes(row) for row in segno.make_qr(text, encoding="utf-8").matrix)
