"""Whose is a key that a text field and the window both want? The rule of the window's keys.

A field would keep Ctrl+K (delete to the end, on some platforms) and Ctrl+Z for itself. Keys that
carry Ctrl are the window's, except undo while the field has something of its own to undo, and
Ctrl+Right while there are words to the right of the caret. A key without Ctrl is never taken from
a field, and a list's letters work only in the list.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from clientele.ui.actions import NEXT_DEPARTMENT, UNDO, Action


class KeyRule(QObject):
    """Stands before whichever widget has the focus, and before no other."""

    def __init__(self, actions: Iterable[Action], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = {
            _combined(action.key): action for action in actions if "Ctrl" in action.key
        }
        self._at: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field from claiming a key that is the window's."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        action = self._actions.get(event.keyCombination().toCombined())
        if action is None or (action is UNDO and _can_undo(watched)):
            return False
        if action is NEXT_DEPARTMENT and _words_ahead(watched):
            return False
        event.ignore()
        return True

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if self._at is not None and isValid(self._at):
            self._at.removeEventFilter(self)
        self._at = now
        if now is not None:
            now.installEventFilter(self)


def _combined(key: str) -> int:
    return QKeySequence(key)[0].toCombined()  # type: ignore[index, no-any-return]


def _can_undo(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isUndoAvailable()
    return False


def _words_ahead(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.cursorPosition() < len(field.text())
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return not field.textCursor().atEnd()
    return False
