"""Buttons: at least 36 px high, named, with their key where they have one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Property, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from clientele.ui.theme import Space
from clientele.ui.widgets.layouts import Flow


class Pressable(QPushButton):
    """A button that Return presses as well as Space, when it has the keyboard."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses; with Ctrl it is another's, such as a form's primary button."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        returns = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if returns and held == Qt.KeyboardModifier.NoModifier:
            self.click()
        else:
            super().keyPressEvent(event)


class Button(Pressable):
    """A button. ``kind``: plain, primary, quiet (no frame), link, danger.

    ``key`` is only shown, in the tool tip; the key itself is declared in ``ui.actions``. A click
    leaves the focus where it was, so that a word being typed is not torn off; Tab reaches it.
    """

    def __init__(
        self,
        words: str,
        on_click: Callable[[], object] | None = None,
        *,
        kind: str = "plain",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setProperty("kind", kind)
        self.setProperty("closed", "")
        self._when_open = (kind, "")
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if key:
            self.set_key(key)
        if on_click is not None:
            self.clicked.connect(lambda _=False: on_click())

    def set_key(self, key: str) -> None:
        """Show the key beside the name in the tool tip."""
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{self.accessibleName()}  {shown}")

    def set_words(self, words: str) -> None:
        """Another text, on screen and for a screen reader."""
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)

    def set_closed(self, why: str) -> None:
        """Show it closed, with why; empty: as it was. It can still be pressed, to be told more."""
        if why == self.property("closed"):
            return
        if not self.property("closed"):
            self._when_open = (self.property("kind"), self.toolTip())
        kind, tip = self._when_open if not why else ("closed", why)
        self.setProperty("closed", why)
        self.setProperty("kind", kind)
        self.setToolTip(tip)
        self.setAccessibleDescription(why)
        self.style().unpolish(self)
        self.style().polish(self)


class Choice(QWidget):
    """One of a few, as chips: mine, department, store. Emits ``chosen(value)``."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str]],
        *,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``options`` are (value, words); the first is chosen. Many of them need ``wraps``."""
        super().__init__(parent)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TIGHT)
        flow = Flow(down=0) if wraps else None
        if flow is not None:
            row.addWidget(flow)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        for value, words in options:
            button = ChoiceButton(words)
            button.setAccessibleName(f"{name}: {words}")
            button.clicked.connect(lambda _=False, chosen=value: self.chosen.emit(chosen))
            self._group.addButton(button)
            self._buttons[value] = button
            if flow is not None:
                flow.add(button)
            else:
                row.addWidget(button)
        if options:
            self._buttons[options[0][0]].setChecked(True)

    @property
    def value(self) -> str:
        """What is chosen."""
        return next((value for value, at in self._buttons.items() if at.isChecked()), "")

    def choose(self, value: str) -> None:
        """Choose without telling; an empty value leaves nothing chosen."""
        if value:
            self._buttons[value].setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def button(self, value: str) -> QPushButton:
        """The chip of an option."""
        return self._buttons[value]

    def take_keyboard(self) -> None:
        """Put the keyboard onto what is chosen, or else onto the first."""
        button = self._buttons.get(self.value) or next(iter(self._buttons.values()), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def offer(self, values: Collection[str]) -> None:
        """Show only these of the options; the others are there again when they are offered."""
        for value, button in self._buttons.items():
            button.setVisible(value in values)

    def set_words(self, value: str, words: str) -> None:
        """Say an option otherwise, such as with another count."""
        button = self._buttons[value]
        button.setText(words.replace("&", "&&"))
        button.setAccessibleName(f"{self.accessibleName()}: {words}")


class ChoiceButton(Pressable):
    """A chip that can be chosen: as high as a finger needs, painted as low as a chip."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setCheckable(True)
        self.setProperty("choice", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip behind the words, and a ring where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        high = self.fontMetrics().height() + 6
        place = QRectF(1, (self.height() - high) / 2, self.width() - 2, high)
        ground = palette.midlight() if not self.isChecked() else palette.alternateBase()
        painter.setBrush(self._ground if self.isChecked() else ground)
        painter.setPen(palette.accent().color() if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(place, high / 2, high / 2)
        painter.end()
        super().paintEvent(event)

    def _get_ground(self) -> QColor:
        return self._ground

    def _set_ground(self, colour: QColor) -> None:
        self._ground = colour

    _ground = QColor(Qt.GlobalColor.transparent)
    ground = Property(QColor, _get_ground, _set_ground)
    """The colour of a chosen chip, given by the style sheet."""
