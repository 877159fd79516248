"""A card: one question, its noun as the title, and the answer. With an empty state and a banner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label, restyle
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Stack
from clientele.ui.widgets.row_list import RowList


class Card(QFrame):
    """A title, a hint at its right, and what is added below.

    ``fill=True`` lets it take what height is left over. A ``RowList`` is added edge to edge,
    because its rows bring their own air.
    """

    def __init__(
        self, title: str = "", hint: str = "", *, fill: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "plain")
        vertical = QSizePolicy.Policy.Expanding if fill else QSizePolicy.Policy.Preferred
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, Space.CARD_Y, 0, Space.CARD_Y)
        outer.setSpacing(0)
        self.title = label(title, "strong")
        self.hint = label(hint, "hint", wrap=False)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(Space.CARD_X, 2, Space.CARD_X, Space.SMALL + 1)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.hint)
        self.body = Stack(gap=Space.SMALL, spare=fill)
        if title:
            outer.addLayout(self._head)
            self.setAccessibleName(title)
        else:
            for unused in (self.title, self.hint):
                unused.setParent(self)
                unused.hide()
        outer.addLayout(self.body, 1 if fill else 0)

    def set_title(self, title: str, hint: str | None = None) -> None:
        """Another title, and another hint if given."""
        self.title.setText(title)
        self.setAccessibleName(title)
        if hint is not None:
            self.hint.setText(hint)

    def set_hint(self, hint: str) -> None:
        """Another hint."""
        self.hint.setText(hint)

    def add_beside_title(self, widget: QWidget) -> None:
        """Put a button or a key cap at the right of the title."""
        self._head.addWidget(widget)

    def add(self, widget: QWidget, *, edge: bool = False, stretch: int = 0) -> None:
        """Put a widget below, with the card's air at both sides unless ``edge``."""
        if edge or isinstance(widget, RowList):
            self.body.addWidget(widget, stretch)
            return
        inset = Inset(widget)
        inset.setSizePolicy(widget.sizePolicy())
        self.body.addWidget(inset, stretch)

    def set_tone(self, tone: Tone | None) -> None:
        """Fill the card, for what is broken; None is as usual."""
        self.setProperty("card", "red" if tone is Tone.RED else "plain")
        restyle(self)


class Inset(QWidget):
    """A widget with a card's air at its sides; hidden and shown with it."""

    def __init__(self, inner: QWidget, air: int = Space.CARD_X) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(air, 0, air, 0)
        row.addWidget(inner)
        self._inner = inner
        if inner.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and inner.isHidden():
            self.hide()
        inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave no gap where the widget is hidden."""
        if event.type() in (QEvent.Type.HideToParent, QEvent.Type.ShowToParent):
            self.setVisible(event.type() is QEvent.Type.ShowToParent)
        return False


class EmptyState(QWidget):
    """What will appear here, and the one action that starts it."""

    def __init__(
        self,
        sentence: str,
        action: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        column.setSpacing(Space.ROW)
        self.sentence = label(sentence, "label")
        column.addWidget(self.sentence)
        self.button: Button | None = None
        if action:
            self.button = Button(action, on_click)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)


class Banner(QFrame):
    """A sentence that stays until it is no longer true, with an action where there is one."""

    def __init__(
        self,
        sentence: str = "",
        tone: Tone = Tone.AMBER,
        action: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("tone", tone.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        self.sentence = label(sentence)
        self.sentence.setMinimumHeight(Space.TARGET)
        row.addWidget(self.sentence, 1)
        if action:
            row.addWidget(Button(action, on_click))

    def say(self, sentence: str, tone: Tone | None = None) -> None:
        """Show a sentence; an empty one hides the banner."""
        self.sentence.setText(sentence)
        if tone is not None:
            self.setProperty("tone", tone.value)
            restyle(self)
            restyle(self.sentence)
        self.setVisible(bool(sentence))
