"""How do the icons of the one family get onto buttons? Drawn from its font, a few sizes each.

The font and its list of names are files of the package qtawesome, which is not imported itself: it
loads six other families and a layer over every binding of Qt, for half a second and thirty
megabytes of a program that shows a handful of icons.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

SIZES = (16, 20, 24, 32, 40, 48, 64)
"""In pixels; one between them is made from the next larger one."""

SHARE = 0.875
"""How much of the height a sign takes, as the family is meant to be set."""


def icon(name: str, colour: QColor) -> QIcon:
    """The icon of this name in the family, in a colour. Raises ``KeyError`` for an unknown one."""
    family, signs = _family()
    sign = chr(int(signs[name], 16))
    made = QIcon()
    for size in SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        font = QFont(family)
        font.setPixelSize(round(size * SHARE))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRect(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, sign)
        painter.end()
        made.addPixmap(picture)
    return made


@lru_cache(maxsize=1)
def _family() -> tuple[str, dict[str, str]]:
    """The name of the font and the signs by name, loaded once."""
    package = find_spec("qtawesome")
    assert package is not None
    assert package.origin is not None
    fonts = Path(package.origin).parent / "fonts"
    (font,) = fonts.glob("phosphor-[0-9]*.ttf")
    (names,) = fonts.glob("phosphor-charmap-[0-9]*.json")
    key = QFontDatabase.addApplicationFont(str(font))
    signs: dict[str, str] = json.loads(names.read_text("utf-8"))
    return QFontDatabase.applicationFontFamilies(key)[0], signs
