"""Fields that look like text until they are used, and are saved as they are typed."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from clientele.ui.widgets.basics import restyle

FLAT_FRAME = 2 * (1 + 2)
BOXED_FRAME = 2 * (1 + 6)
"""Border and padding above and below, as the style sheet gives them, in pixels."""


class Field(QLineEdit):
    """A one-line field with a name. ``typed(text)`` on each change by the user.

    Esc brings back what stood there when the field was entered; in a form it closes the form and
    takes nothing back. ``set_value`` shows a value from
    the book and never overwrites what is being typed. ``flat`` looks like text until used.
    """

    typed = Signal(str)
    left = Signal()

    own_return = False
    """Whether Return is the field's alone, where what it stands in would open or close with it."""

    def __init__(
        self,
        name: str,
        value: str = "",
        *,
        hint: str = "",
        flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(value, parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._at_entry = value
        self._dirty = False
        if flat:
            self.setProperty("flat", True)
        self.textEdited.connect(self._on_edited)

    @property
    def value(self) -> str:
        """What stands in the field."""
        return self.text()

    def set_value(self, value: str) -> None:
        """Show a value from the book, unless somebody is typing here."""
        if self.hasFocus() and self._dirty:
            return
        if value != self.text():
            self.setText(value)
        self._at_entry = value

    def set_wrong(self, why: str) -> None:
        """Mark the field and say why, or with an empty text unmark it."""
        self.setProperty("wrong", bool(why))
        self.setAccessibleDescription(why)
        self.setToolTip(why)
        restyle(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember what stood here."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._at_entry, self._dirty = self.text(), False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is saved already; tell that the field was left."""
        super().focusOutEvent(event)
        self._dirty = False
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to what stood here; Ctrl+Return is the form's alone, not Return as well."""
        if event.key() == Qt.Key.Key_Escape and self._dirty and not _in_form(self):
            self._dirty = False
            self.setText(self._at_entry)
            self.typed.emit(self._at_entry)
            return
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ctrl:
            event.ignore()
            return
        super().keyPressEvent(event)
        if self.own_return and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def _on_edited(self, text: str) -> None:
        self._dirty = True
        self.typed.emit(text)


class FlatEdit(Field):
    """A ``Field`` that looks like text until it is hovered or used."""

    def __init__(
        self, name: str, value: str = "", *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, value, hint=hint, flat=True, parent=parent)


class TextField(QPlainTextEdit):
    """A field of several lines that grows with its text. Signals and ways as ``Field``."""

    typed = Signal(str)
    left = Signal()

    def __init__(
        self,
        name: str,
        value: str = "",
        *,
        hint: str = "",
        flat: bool = False,
        lines: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("flat" if flat else "boxed", True)
        if flat:
            self.document().setDocumentMargin(0)
        self._lines = lines
        self._at_entry = value
        self._dirty = False
        self._showing = True
        self.setPlainText(value)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._showing = False
        self.textChanged.connect(self._on_changed)
        self._grow()

    @property
    def value(self) -> str:
        """What stands in the field."""
        return self.toPlainText()

    def set_value(self, value: str) -> None:
        """Show a value from the book, unless somebody is typing here."""
        if self.hasFocus() and self._dirty:
            return
        self._show(value)
        self._at_entry = value

    def set_wrong(self, why: str) -> None:
        """Mark the field and say why, or with an empty text unmark it."""
        self.setProperty("wrong", bool(why))
        self.setAccessibleDescription(why)
        self.setToolTip(why)
        restyle(self)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(240, self._high())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return QSize(80, self._high())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._grow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember what stood here."""
        super().focusInEvent(event)
        self._at_entry, self._dirty = self.toPlainText(), False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is saved already; tell that the field was left."""
        super().focusOutEvent(event)
        self._dirty = False
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to what stood here."""
        if event.key() == Qt.Key.Key_Escape and self._dirty and not _in_form(self):
            self._dirty = False
            self._show(self._at_entry)
            self.typed.emit(self._at_entry)
            return
        super().keyPressEvent(event)

    def _show(self, value: str) -> None:
        if value != self.toPlainText():
            self._showing = True
            self.setPlainText(value)
            self.moveCursor(QTextCursor.MoveOperation.End)  # words go on where they stopped
            self._showing = False
            self._grow()

    def _on_changed(self) -> None:
        self._grow()
        if not self._showing:
            self._dirty = True
            self.typed.emit(self.toPlainText())

    def _high(self) -> int:
        line = self.fontMetrics().lineSpacing()
        frame = FLAT_FRAME if self.property("flat") else BOXED_FRAME
        words = self._high_of_words()
        air = round(2 * self.document().documentMargin())
        return max(words, self._lines * line) + air + frame

    def _high_of_words(self) -> int:
        block, high = self.document().firstBlock(), 0.0
        while block.isValid():
            high += self.blockBoundingRect(block).height()
            block = block.next()
        return ceil(high)

    def _grow(self) -> None:
        high = self._high()
        if high != self.minimumHeight():
            self.setFixedHeight(high)


class FlatText(TextField):
    """A ``TextField`` that looks like text until it is hovered or used."""

    def __init__(
        self, name: str, value: str = "", *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, value, hint=hint, flat=True, lines=1, parent=parent)


class Pause(QObject):
    """Tells of the newest text a moment after the last key, for what costs a question each time.

    Not for saving: what is typed is handed on at once, and the writer keeps only the newest.
    """

    paused = Signal(str)

    def __init__(self, parent: QObject, milliseconds: int = 120) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(lambda: self.paused.emit(self._text))

    def typed(self, text: str) -> None:
        """A key was typed; this is the text now."""
        self._text = text
        self._timer.start()


def _in_form(field: QWidget) -> bool:
    """Whether a form holds this field: what is typed there is a draft, kept when it is closed."""
    above = field.parentWidget()
    while above is not None and above.objectName() != "scrim":
        above = above.parentWidget()
    return above is not None
