"""A person's hand: it clicks on what it can read and types where the keyboard is.

It knows no page and no widget by name in the program, only what stands on the screen, so a test
written with it says what an associate does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from clientele.ui.models.rows import ROW_ROLE, Row
from clientele.ui.widgets.row_list import RowList

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
TEXT = Qt.ItemDataRole.AccessibleTextRole


class Hand:
    """Works the window that ``window()`` answers; counts what it did in ``actions``."""

    def __init__(self, qtbot: QtBot, window: Callable[[], QWidget]) -> None:
        self._qtbot = qtbot
        self._window = window
        self.actions = 0

    # looking

    def sees(self, words: str) -> bool:
        """Whether these words stand anywhere on the screen."""
        return any(words in text for text in self._texts())

    def wait_for(self, words: str) -> None:
        """Wait until these words can be read."""
        self.until(lambda: self.sees(words), words)

    def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait until something is so; what is read instead is told when it never is."""
        try:
            self._qtbot.waitUntil(lambda: bool(true()), timeout=20_000)
        except Exception as error:
            shown = " | ".join(dict.fromkeys(self._texts()))
            keyboard = QApplication.focusWidget()
            raise AssertionError(
                f"never came: {what!r}; the keyboard is at {keyboard!r} in "
                f"{QApplication.activeWindow()!r}; on the screen: {shown}"
            ) from error

    # doing

    def press(self, words: str) -> None:
        """Click on a button that says ``words``, or begins with them and an ellipsis follows."""
        button = self._one(
            QAbstractButton,
            lambda one: _says(one, words) and one.isEnabled(),
            words,
        )
        self.actions += 1
        QTest.mouseClick(button, LEFT)

    def into(self, name: str) -> None:
        """Click into the field of this name."""
        field = self._one(
            QWidget, lambda one: _is_field(one) and one.accessibleName() == name, name
        )
        self.actions += 1
        QTest.mouseClick(field, LEFT, pos=QPoint(8, field.height() // 2))
        self.until(field.hasFocus, f"the keyboard is in {name}")

    def write(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        QTest.keyClicks(self._keyboard(), text)

    def key(self, keys: str) -> None:
        """Press a key, such as ``Ctrl+K``, where the keyboard is."""
        combination = QKeySequence(keys)[0]  # type: ignore[index]
        self.actions += 1
        QTest.keyClick(self._keyboard(), combination.key(), combination.keyboardModifiers())

    def click_row(self, words: str) -> None:
        """Click on the row of a list that says ``words``."""
        view, index = self._row(words)
        self.actions += 1
        place = QPoint(view.visualRect(index).left() + 60, view.visualRect(index).top() + 12)
        QTest.mouseClick(view.viewport(), LEFT, pos=place)

    def press_on_row(self, words: str, button: str) -> None:
        """Press the button that says ``button`` on the row of a list that says ``words``."""
        view, index = self._row(words)
        row = index.data(ROW_ROLE)
        assert isinstance(view, RowList)
        assert isinstance(row, Row)
        (name,) = [one.name for one in row.actions if one.label == button]
        self.actions += 1
        place = view.button_rect(row.key, name).center()
        QTest.mouseClick(view.viewport(), LEFT, pos=place)

    def choose_file(self, words: str, path: Path) -> None:
        """Press the button that opens the choice of a file, and choose one there.

        The choice is the system's own dialog, another one on each desktop: what is pressed in it
        is not the program's, so only its answer is given.
        """
        self.press(words)
        self.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), words)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        self.actions += 1
        dialog.selectFile(str(path))
        dialog.fileSelected.emit(str(path))
        dialog.close()
        self.come_to_front()

    # how it finds things

    def come_to_front(self) -> None:
        """What a window manager does when a dialog closes, and the offscreen platform does not."""
        self._window().activateWindow()
        self._qtbot.waitActive(self._window())

    def _keyboard(self) -> QWidget:
        return QApplication.focusWidget() or self._window()

    def _visible(self, kind: type[W]) -> list[W]:
        window = self._window()
        return [one for one in window.findChildren(kind) if one.isVisible()]

    def _one(self, kind: type[W], fits: Callable[[W], bool], what: str) -> W:
        self.until(lambda: any(fits(one) for one in self._visible(kind)), what)
        return next(one for one in self._visible(kind) if fits(one))

    def _row(self, words: str) -> tuple[QAbstractItemView, QModelIndex]:
        self.until(lambda: self._find_row(words) is not None, words)
        found = self._find_row(words)
        assert found is not None
        return found

    def _find_row(self, words: str) -> tuple[QAbstractItemView, QModelIndex] | None:
        for view in self._visible(QAbstractItemView):
            for index in _first_rows(view):
                if words in str(index.data(TEXT) or index.data() or ""):
                    return view, index
        return None

    def _texts(self) -> list[str]:
        texts = [label.text() for label in self._visible(QLabel)]
        texts += [button.text() for button in self._visible(QAbstractButton)]
        texts += [field.text() for field in self._visible(QLineEdit)]
        texts += [field.toPlainText() for field in self._visible(QPlainTextEdit)]
        for view in self._visible(QAbstractItemView):
            for index in _first_rows(view):
                texts.append(str(index.data(TEXT) or index.data() or ""))
        return [text for text in texts if text]


def _says(button: QAbstractButton, words: str) -> bool:
    """Whether a button says these words; a tile is known by what stands beside the initials."""
    labels = [one.text() for one in button.findChildren(QLabel)]
    return words in (button.text().replace("&&", "&"), *labels[1:2])


def _is_field(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit)


def _first_rows(view: QAbstractItemView) -> list[QModelIndex]:
    """The first rows of a list; one that was never used has no model."""
    model: QAbstractItemModel | None = view.model()
    return [] if model is None else [model.index(at, 0) for at in range(min(model.rowCount(), 200))]
