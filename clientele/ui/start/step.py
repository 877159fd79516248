"""One screen of the start: a title, a sentence, fields, buttons; what is wrong stands on top."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from clientele.ui.theme import Space, Tone, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Banner


class Step(QWidget):
    """A card in the middle of an otherwise empty window. Return presses the primary button."""

    def __init__(self, *, width: int = 560) -> None:
        super().__init__()
        self._primary: Button | None = None
        self.heading = label("", "title")
        self.sentence = label("", "label")
        self._count = label("", "sub", wrap=False)
        self.banner = Banner(tone=Tone.AMBER)
        self.banner.hide()
        self._form = QWidget()
        self.body = QVBoxLayout(self._form)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.ROW)
        self._pressed: list[Button] = []
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(Space.SMALL)
        self._buttons.addStretch(1)
        self._place(self._card(), px(width))

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("card", "plain")
        inside = QVBoxLayout(card)
        side = Space.PAGE_X + Space.SMALL
        inside.setContentsMargins(side, Space.PAGE_X + Space.TIGHT, side, Space.PAGE_X)
        inside.setSpacing(Space.GAP)
        for part in (self.heading, self.sentence, self.banner, self._form):
            inside.addWidget(part)
        inside.addLayout(self._buttons)
        return card

    def _place(self, card: QFrame, width: int) -> None:
        """The card in the middle, scrolling where the window is too low for it."""
        column = QWidget()
        column.setFixedWidth(width)
        words = QVBoxLayout(column)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(Space.GAP)
        brand = QHBoxLayout()
        brand.addWidget(label("Clientele", "strong"), 1)
        brand.addWidget(self._count)
        words.addLayout(brand)
        words.addWidget(card)
        ground = QWidget()
        ground.setProperty("surface", "page")
        centre = QVBoxLayout(ground)
        centre.setContentsMargins(Space.PAGE_X, Space.PAGE_Y, Space.PAGE_X, Space.PAGE_Y)
        centre.addStretch(2)
        # Stretches at both sides, not an alignment: the height is then asked at the right width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column)
        middle.addStretch(1)
        centre.addLayout(middle)
        centre.addStretch(3)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setProperty("surface", "page")
        area.setWidget(ground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def set_words(self, title: str, sentence: str, count: str = "") -> None:
        """What this step is about, and which of how many it is."""
        self.setAccessibleName(title)
        self.heading.setText(title)
        self.sentence.setText(sentence)
        self._count.setText(count)

    def add_field(self, name: str, field: QWidget, hint: str = "") -> None:
        """A field under its name, with a hint below."""
        words = label(name, "label")
        words.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TIGHT)
        column.addWidget(words)
        column.addWidget(field)
        if hint:
            column.addWidget(label(hint, "sub"))
        self.body.addWidget(holder)

    def add_side_by_side(self, *fields: tuple[str, QWidget]) -> None:
        """Short fields in one row."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.ROW)
        for name, field in fields:
            column = QVBoxLayout()
            column.setSpacing(Space.TIGHT)
            words = label(name, "label")
            words.setBuddy(field)
            field.setAccessibleName(name)
            column.addWidget(words)
            column.addWidget(field)
            row.addLayout(column, 1)
        self.body.addWidget(holder)

    def add_button(
        self, words: str, on_click: Callable[[], object], *, primary: bool = False
    ) -> Button:
        """A button at the bottom right; Return presses the primary one."""
        button = Button(words, on_click, kind="primary" if primary else "plain")
        if primary:
            self._primary = button
        self._buttons.addWidget(button)
        self._pressed.append(button)
        return button

    def say(self, sentence: str) -> None:
        """What is wrong, above the fields; empty when nothing is."""
        self.banner.say(sentence)

    def set_primary(self, button: Button | None) -> None:
        """Which button Return presses from now on."""
        self._primary = button

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is in the first field, or on the button that goes on where there is none."""
        super().showEvent(event)
        fields = (one for one in self._form.findChildren(QLineEdit) if one.isVisibleTo(self))
        first: QWidget | None = next(fields, self._primary)
        if first is not None and first.isVisibleTo(self):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While something slow runs, nothing can be pressed twice."""
        for widget in (self._form, *self._pressed):
            widget.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._primary is not None and self._primary.isEnabled():
                self._primary.click()
            return
        super().keyPressEvent(event)
