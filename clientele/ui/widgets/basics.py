"""Small pieces: labels by their role, chips, avatars, key caps, lines, share bars."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.emptying import empty


def label(words: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """A text. Roles: title, strong, sub (small, second ink), hint, label (second ink), figure."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setIndent(0)
    if role:
        made.setProperty("words", role)
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Chip(QLabel):
    """A small rounded word in a tone."""

    def __init__(self, words: str, tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setProperty("chip", True)
        self.setProperty("tone", tone.value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        """Say the same in another tone."""
        self.setProperty("tone", tone.value)
        restyle(self)


AVATARS = (34, 40, 44, 52)
"""The sizes of avatars that the style sheet knows, in pixels at a text scale of one."""


class Avatar(QLabel):
    """A client's or an associate's initials in a circle, of the nearest size in ``AVATARS``."""

    def __init__(self, initials: str, size: int = 34, parent: QWidget | None = None) -> None:
        super().__init__(initials, parent)
        self.setIndent(0)
        self.setProperty("avatar", str(min(AVATARS, key=lambda one: abs(one - size))))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class KeyCap(QLabel):
    """A key, as a hint beside what it does."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(re.sub(r"\+(?=.)", " ", key), parent)
        self.setIndent(0)
        self.setProperty("keycap", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Line(QFrame):
    """A hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", True)
        self.setFixedHeight(1)


class Bar(QWidget):
    """What part of the whole something is: a name, an amount, a bar, as in “Across the store”."""

    def __init__(self, name: str, amount: str, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(3)
        words = QHBoxLayout()
        self._name, self._amount = label(""), label("", wrap=False)
        words.addWidget(self._name, 1)
        words.addWidget(self._amount, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(words)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        column.addWidget(self._bar)
        self.say(name, amount, share)

    def say(self, name: str, amount: str, share: float) -> None:
        """Something else, and its part of the whole (0 to 1)."""
        self._name.setText(name)
        self._amount.setText(amount)
        self._bar.setValue(round(min(max(share, 0.0), 1.0) * 1000))
        self._bar.setAccessibleName(f"{name}, {amount}")


class LabelledRows(QWidget):
    """Rows of a name in second ink and a value, as in “Sizes and fit”."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)

    def add(self, name: str, value: str | QWidget, *, strong: str = "") -> None:
        """A row; ``strong`` goes in bold before the value."""
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(label(name, "label"), 42, Qt.AlignmentFlag.AlignTop)
        if isinstance(value, str):
            shown = label("")
            if strong:
                shown.setTextFormat(Qt.TextFormat.RichText)
                shown.setText(f"<b>{_plain(strong)}</b>{_plain(value)}")
            else:
                shown.setText(value)
            row.addWidget(shown, 58, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(value, 58, Qt.AlignmentFlag.AlignTop)
            if not value.accessibleName():
                value.setAccessibleName(name)
        self._rows.addLayout(row)

    def clear(self) -> None:
        """Take all rows out."""
        empty(self._rows)


def _plain(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
