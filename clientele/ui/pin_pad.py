"""What is one's name tapped on, and one's PIN typed with? Tiles and digits, large for fingers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clientele.domain.rules.names import initials
from clientele.domain.rules.pin_rules import LONGEST, SHORTEST
from clientele.store.queries.team import AssociateTile
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import Avatar, label
from clientele.ui.widgets.buttons import Button


class Tile(QPushButton):
    """An associate to choose."""

    def __init__(self, who: AssociateTile) -> None:
        super().__init__()
        self.who = who
        self.setProperty("tile", True)
        self.setCheckable(True)
        self.setAccessibleName(f"{who.name}, {who.department}" if who.department else who.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP, Space.SMALL, Space.GAP, Space.SMALL)
        row.setSpacing(12)
        row.addWidget(Avatar(initials(who.name), 40))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(label(who.name, "strong"))
        words.addWidget(label(who.department, "sub"))
        words.addStretch(1)
        row.addLayout(words, 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(px(220), px(72))


class PinPad(QWidget):
    """Digits for fingers and for the keyboard. Emits ``entered(pin)``; forgets it at once."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("PIN"))
        self.field.setPlaceholderText(self.tr("PIN"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(LONGEST)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
        )
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.setProperty("pin", True)
        self.field.textEdited.connect(self._only_digits)
        self.field.returnPressed.connect(self._enter)
        column.addWidget(self.field)
        grid = QGridLayout()
        grid.setSpacing(Space.SMALL)
        for number in range(1, 10):
            grid.addWidget(self._digit(str(number)), (number - 1) // 3, (number - 1) % 3)
        back = self._key("⌫", self.tr("Delete a digit"))
        back.clicked.connect(self.field.backspace)
        grid.addWidget(back, 3, 0)
        grid.addWidget(self._digit("0"), 3, 1)
        clear = self._key("C", self.tr("Clear"))
        clear.clicked.connect(self.clear)
        grid.addWidget(clear, 3, 2)
        column.addLayout(grid)
        self.button = Button(self.tr("Sign in"), self._enter, kind="primary")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.button)

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()

    def add(self, digits: str) -> None:
        """Type digits into the field, wherever the keyboard is."""
        room = LONGEST - len(self.field.text())
        self.field.setText(self.field.text() + "".join(d for d in digits if d.isdigit())[:room])

    def _digit(self, digit: str) -> QPushButton:
        button = self._key(digit, digit)
        button.clicked.connect(lambda _=False: self.add(digit))
        return button

    def _key(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("digit", True)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _only_digits(self, text: str) -> None:
        digits = "".join(letter for letter in text if letter in "0123456789")
        if digits != text:
            self.field.setText(digits)

    def _enter(self) -> None:
        pin = self.field.text()
        self.clear()
        if len(pin) >= SHORTEST:
            self.entered.emit(pin)
        else:
            self.entered.emit("")
