"""How does a line on the client page become a row of the book? By being typed, letter by letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from clientele.services.changes import Changes
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.theme import Space, px
from clientele.ui.widgets.fields import Field, FlatEdit, TextField

T = TypeVar("T")
Edit = TypeVar("Edit", bound=Field | TextField)


class HugEdit(FlatEdit):
    """A ``FlatEdit`` as wide as its words, so that what follows stands close."""

    def __init__(
        self,
        name: str,
        value: str = "",
        *,
        hint: str = "",
        words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, value, hint=hint, parent=parent)
        self.setProperty("hug", True)
        if words:
            self.setProperty("words", words)
        self._hint: QSize | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._resize)

    def sizeHint(self) -> QSize:
        """As wide as the text, or the hint where there is none."""
        if self._hint is None:
            self.ensurePolished()
            shown = self.text() or self.placeholderText()
            air = PILL_AIR if self.property("pill") else AIR
            width = self.fontMetrics().horizontalAdvance(shown) + air
            self._hint = QSize(max(width, px(24)), super().sizeHint().height())
        return self._hint

    def event(self, event: QEvent) -> bool:
        """Another look or property, another size."""
        if event.type() in OTHER_SIZE:
            self._hint = None
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """A narrow card cuts it, with the caret still in sight."""
        return QSize(min(self.sizeHint().width(), px(60)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the beginning of a text that does not fit, unless it is being typed."""
        super().resizeEvent(event)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def _resize(self) -> None:
        self._hint = None
        self.updateGeometry()
        parent = self.parentWidget()
        if parent is not None:
            QApplication.postEvent(parent, QEvent(QEvent.Type.LayoutRequest))


OTHER_SIZE = frozenset(
    {
        QEvent.Type.StyleChange,
        QEvent.Type.FontChange,
        QEvent.Type.Polish,
        QEvent.Type.DynamicPropertyChange,
        QEvent.Type.Show,
    }
)
"""After these a field may be wider or higher with the same words."""

SPARE = 8
"""So many lines are kept at hand for the next client."""

AIR = 10
"""Frame, padding and caret of such a field, in pixels at any text size."""

PILL_AIR = 18
"""The same of a chip that is typed into."""

INSET = 4
"""How far its text stands from its left edge: what is above it and has none is moved as far."""


class AsTyped(QWidget):
    """A line of fields. ``key`` is the id of its row, None until something is typed.

    Subclasses make fields with ``field`` and say how a row is begun, edited and removed. Emits
    ``became(id)`` when the row is there, ``dropped`` when a line was left empty before it was.
    """

    became = Signal(int)
    dropped = Signal()

    def __init__(self, desk: Desk, key: int | None) -> None:
        super().__init__()
        self.desk = desk
        self.key = key
        self.fields: dict[str, Field | TextField] = {}
        self._sent: dict[str, str] | None = None
        self._optional: list[QWidget] = []
        self._area: QScrollArea | None = None

    # for subclasses

    def begin(self, values: Mapping[str, str], then: Callable[[Changes], None]) -> None:
        """Write a new row with these values."""
        raise NotImplementedError

    def edit(self, name: str, value: str) -> None:
        """Write what stands in one field now."""
        raise NotImplementedError

    def remove(self) -> None:
        """Take the row away, with a toast that offers Undo."""
        raise NotImplementedError

    def become(self, client_id: int, key: int) -> bool:
        """Stand for another row, of another client; False when this line cannot."""
        return False

    def is_bare(self) -> bool:
        """Whether nothing stands here that would be a row."""
        return not any(value.strip() for value in self.values().values())

    # fields

    def field(self, name: str, made: Edit, *, optional: bool = False) -> Edit:
        """Keep what is typed into a field; an ``optional`` one is hidden while empty and unused."""
        made.typed.connect(partial(self._typed, name))
        made.left.connect(self._left)
        made.installEventFilter(self)
        self.fields[name] = made
        if optional:
            self.show_in_use(made)
        return made

    def show_in_use(self, widget: QWidget) -> None:
        """Show a widget only while the line is used, or when it has words."""
        widget.hide()
        self._optional.append(widget)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.value for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show what the book says, except where somebody is typing."""
        for name, value in values.items():
            self.fields[name].set_value(value)
        self._reveal()

    @property
    def is_at_rest(self) -> bool:
        """Whether all that was typed here is written or on its way, and nothing is marked wrong."""
        if self.key is None or self._sent is not None or self.is_bare() or self.in_use():
            return False
        return not any(field.property("cardNumber") for field in self.fields.values())

    def can_be_used(self) -> list[QWidget]:
        """What the Tab key goes to, in its order."""
        stops = self.findChildren(QWidget)
        return [one for one in stops if one.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def in_use(self) -> bool:
        """Whether the keyboard is in this line."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def stay_in_sight(self) -> None:
        """Scroll the page to this line, now and whenever it grows while the keyboard is here."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            self._area = parent
            parent.verticalScrollBar().rangeChanged.connect(self._bring_into_sight)
            QTimer.singleShot(0, self, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        if self._area is not None and self.in_use():
            self._area.ensureWidgetVisible(self, 0, Space.PAGE_Y)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Show what belongs to a line in use."""
        if event.type() is QEvent.Type.FocusIn:
            QTimer.singleShot(0, self, self._reveal)
        return False

    def _reveal(self) -> None:
        used = self.in_use()
        for widget in self._optional:
            words = widget.value if isinstance(widget, Field | TextField) else ""
            widget.setVisible(used or bool(words))

    def _typed(self, name: str, value: str) -> None:
        if self.key is not None:
            if not self.is_bare():
                self.edit(name, to_keep(self.desk, self.fields[name], value))
        elif self._sent is None and not self.is_bare():
            self._sent = self.values()
            kept = {
                of: to_keep(self.desk, self.fields[of], words) for of, words in self._sent.items()
            }
            self.begin(kept, self._begun)

    def _begun(self, changes: Changes) -> None:
        sent, self._sent = self._sent or {}, None
        if changes.subject is None:
            return
        self.key = changes.subject
        self.became.emit(self.key)
        for name, value in self.values().items():
            if value != sent.get(name, "") and not self.is_bare():
                self.edit(name, to_keep(self.desk, self.fields[name], value))

    def _left(self) -> None:
        self.desk.seal()
        QTimer.singleShot(0, self, self.settle)

    def settle(self) -> None:
        """Once the keyboard is elsewhere, a line without words is none."""
        if self.in_use():
            return
        self._reveal()
        if not self.is_bare():
            return
        if self.key is not None:
            self.remove()
        elif self._sent is None:
            self.dropped.emit()


class Lines(QWidget, Generic[T]):
    """Lines under one another, one for each row; a line in use stays whatever is shown."""

    def __init__(
        self, make: Callable[[int | None], AsTyped], gap: int = 2, *, air: int = 0
    ) -> None:
        super().__init__()
        self._make = make
        self._lines: list[AsTyped] = []
        self._aside: list[AsTyped] = []
        self._of = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(air, 0, air, 0)
        self._column.setSpacing(gap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setVisible(False)

    def show_rows(
        self, rows: Sequence[T], key: Callable[[T], int], fill: Callable[[AsTyped, T], None]
    ) -> None:
        """Show these rows in their order, each in the line that it had."""
        by_key = {line.key: line for line in self._lines if line.key is not None}
        wanted = []
        for row in rows:
            line = by_key.pop(key(row), None) or self._again(key(row)) or self._added(key(row))
            fill(line, row)
            wanted.append(line)
        for line in self._lines:
            if line not in wanted and (line.key is None or line.in_use()):
                wanted.append(line)
        self._replace(wanted)
        for line in self._aside:
            line.hide()
        for line in self._aside[SPARE:]:
            line.deleteLater()
        del self._aside[SPARE:]

    def of_client(self, client_id: int) -> None:
        """The rows of another client come next: lines are for those, as many as can be."""
        self._of = client_id
        for line in self._lines:
            if line.is_at_rest:
                self._aside.append(line)
            else:
                line.hide()
                line.deleteLater()
        self._lines = []

    def new_line(self) -> AsTyped:
        """An empty line at the end, with the keyboard in its first field."""
        line = next((line for line in self._lines if line.key is None), None)
        if line is None:
            line = self._added(None)
            self._replace([*self._lines, line])
        first = next(iter(line.fields.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        line.stay_in_sight()
        return line

    def lines(self) -> list[AsTyped]:
        """The lines in their order."""
        return list(self._lines)

    def clear(self) -> None:
        """Take all lines out, as when another client is shown."""
        self._replace([])

    def _again(self, key: int) -> AsTyped | None:
        """A line that another client has no more use for."""
        line = next((line for line in self._aside if line.become(self._of, key)), None)
        if line is not None:
            self._aside.remove(line)
            line.show()
        return line

    def _added(self, key: int | None) -> AsTyped:
        line = self._make(key)
        line.dropped.connect(partial(self._drop, line))
        self._column.addWidget(line)
        return line

    def _put(self, line: AsTyped, at: int) -> bool:
        if self._column.indexOf(line) == at:
            return False
        self._column.insertWidget(at, line)
        return True

    def _drop(self, line: AsTyped) -> None:
        self._replace([other for other in self._lines if other is not line])

    def _replace(self, wanted: list[AsTyped]) -> None:
        for line in self._lines:
            if line not in wanted:
                line.hide()
                line.deleteLater()
        if wanted != [line for line in self._lines if line in wanted]:
            moved = [at for at, line in enumerate(wanted) if self._put(line, at)]
            if moved:
                in_order = [field for line in wanted for field in line.can_be_used()]
                for before, after in pairwise(in_order):
                    QWidget.setTabOrder(before, after)
        self._lines = wanted
        self.setVisible(bool(wanted))
        self.updateGeometry()


def joined(*parts: str) -> str:
    """The parts that say something, with dots between."""
    return " · ".join(part for part in parts if part)


def listed(words: Iterable[str]) -> str:
    """Words with commas between."""
    return ", ".join(words)


CARD_AIR = Space.CARD_X - INSET
"""The air at the sides of lines in a card, so that their texts stand under its title."""
