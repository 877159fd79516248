"""A list of rows: J/K or arrows move, Return opens, one letter acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from clientele.ui.delegates.row import RowDelegate
from clientele.ui.delegates.row_layout import Style
from clientele.ui.models.rows import ROW_ROLE, Index, Key, Row, RowAction, RowsModel
from clientele.ui.theme import Theme, set_words
from clientele.ui.widgets.touch import SLIP, scroll_with_a_finger


class RowList(QListView):
    """Rows with buttons.

    ``hug=True`` makes it as high as its rows, for cards on a page that scrolls; otherwise it
    scrolls by itself. A ``model`` of its own (one that pages through very many rows) answers
    ``ROW_ROLE``; otherwise rows are handed in by ``set_rows``.

    Emits ``opened(key)`` on Return or a click, ``acted(key, name)`` for a button or its letter,
    and ``moved(key)`` when another row becomes the current one. With ``click_opens=False`` a
    click only chooses, as beside a panel that shows the row, and a second click opens.
    ``came`` says that it came into sight, ``went`` that it goes out of it with the keyboard in it.
    """

    opened = Signal(object)
    acted = Signal(object, str)
    moved = Signal(object)
    came = Signal()
    went = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        hug: bool = True,
        style: Style | None = None,
        keeps_current: bool = False,
        click_opens: bool = True,
        model: QAbstractItemModel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_words(self, name)
        self.setProperty("keepsCurrent", keeps_current)
        self._hug = hug
        self._click_opens = click_opens
        self._pressed_at = QPointF()
        self._rows = model if isinstance(model, RowsModel) else RowsModel(self)
        self._painter = RowDelegate(theme, self, style)
        self.setModel(model or self._rows)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(self._painter.style_of_rows.even)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        if not hug:
            scroll_with_a_finger(self)
        if hug:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._measure_again)

    # rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the current row stays the current one, or its neighbour takes over."""
        current = self.current_key()
        at = self.currentIndex().row()
        self._rows.set_rows(rows)
        place = self._rows.position(current) if current is not None else -1
        if place < 0:
            place = self._nearest(max(at, 0))
        if place >= 0 and place != self.currentIndex().row():
            self.setCurrentIndex(self._rows.index(place))
        self._measure_again()

    def rows(self) -> list[Row]:
        """The rows that are shown."""
        return self._rows.rows()

    def current_row(self) -> Row | None:
        """The row the keyboard acts on."""
        item = self.currentIndex().data(ROW_ROLE)
        return item if isinstance(item, Row) else None

    def current_key(self) -> Key | None:
        """The key of the current row."""
        row = self.current_row()
        return None if row is None else row.key

    def set_current(self, key: Key) -> None:
        """Make the row with this key the current one and bring it into sight."""
        place = self._rows.position(key)
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place))
            self.scrollTo(self._rows.index(place))

    # size

    def height_for_rows(self, width: int) -> int:
        """How high all rows together are at a width."""
        if self._painter.style_of_rows.even:
            return self._painter.even_height() * self.model().rowCount()
        heights = 0
        for at in range(self.model().rowCount()):
            laid = self._painter.laid(self.model().index(at, 0), width)
            heights += laid.height if laid else 0
        return heights

    def hasHeightForWidth(self) -> bool:
        """A list that hugs its rows is as high as they are."""
        return self._hug

    def heightForWidth(self, width: int) -> int:
        """The height of all rows."""
        return self.height_for_rows(width) if self._hug else -1

    def sizeHint(self) -> QSize:
        """All rows at the present width, or some rows of a list that scrolls."""
        if self._hug:
            return QSize(240, self.height_for_rows(max(self.width(), 240)))
        return QSize(240, 240)

    def minimumSizeHint(self) -> QSize:
        """A few letters wide; as high as the rows only through the height for the width."""
        return QSize(160, 0 if self._hug else 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap otherwise."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def _measure_again(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    # keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J, K and arrows move, Return opens, a letter acts."""
        self._by_keyboard(True)
        key, plain = event.key(), event.modifiers() in (NONE, Qt.KeyboardModifier.KeypadModifier)
        if plain and key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self._step(1, event)
        elif plain and key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self._step(-1, event)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (row := self.current_row()) is not None:
                self.opened.emit(row.key)
        elif plain and (act := self._by_letter(event.text())) is not None:
            self.acted.emit(self.current_key(), act.name)
        elif key in PAGING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _by_letter(self, letter: str) -> RowAction | None:
        row = self.current_row()
        if row is None or not letter:
            return None
        return next((act for act in row.actions if act.key.lower() == letter.lower()), None)

    def _step(self, by: int, event: QKeyEvent) -> None:
        at = self.currentIndex().row() + by
        while 0 <= at < self.model().rowCount():
            place = self.model().index(at, 0)
            if place.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentIndex(place)
                self._bring_into_sight()
                return
            at += by
        event.ignore()

    def _bring_into_sight(self) -> None:
        """Scroll the page around the list, which may be higher than what is seen of it."""
        area = self.visualRect(self.currentIndex())
        parent = self.parentWidget()
        while parent is not None:
            if hasattr(parent, "ensureVisible") and hasattr(parent, "widget"):
                inner = parent.widget()
                top = self.mapTo(inner, area.topLeft())
                bottom = self.mapTo(inner, area.bottomLeft())
                parent.ensureVisible(0, bottom.y(), 0, 24)
                parent.ensureVisible(0, top.y(), 0, 24)
                return
            parent = parent.parentWidget()

    def _nearest(self, at: int) -> int:
        count = self._rows.rowCount()
        order = [*range(min(at, count), count), *range(min(at, count) - 1, -1, -1)]
        return next((place for place in order if isinstance(self._rows.item(place), Row)), -1)

    def showEvent(self, event: QShowEvent) -> None:
        """It can take the keyboard now."""
        super().showEvent(event)
        self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the page say where the keyboard goes, before Qt gives it to whatever is next."""
        super().hideEvent(event)
        if self.hasFocus():
            self.went.emit()
        page = self.parentWidget()
        while page is not None and not hasattr(page, "take_keyboard"):
            page = page.parentWidget()
        if self.hasFocus() and page is not None and page.isVisible():
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is, when it was the keyboard that came here."""
        super().focusInEvent(event)
        self._by_keyboard(event.reason() in KEYBOARD)
        self.viewport().update()

    def _by_keyboard(self, yes: bool) -> None:
        self.setProperty("byKeyboard", yes)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the page which row the keyboard acts on."""
        super().currentChanged(current, previous)
        item = current.data(ROW_ROLE)
        if isinstance(item, Row):
            self.moved.emit(item.key)

    # mouse and touch

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would hit."""
        self._hover(event.position())
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a button, or choose the row."""
        super().mousePressEvent(event)
        self._by_keyboard(False)
        if event.button() is Qt.MouseButton.LeftButton:
            index, act = self._under(event.position())
            self._painter.pressed = (index.row(), act.name if act else "")
            self._pressed_at = event.globalPosition()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act when the button is let go where it was pressed, open when it was the row."""
        super().mouseReleaseEvent(event)
        pressed, self._painter.pressed = self._painter.pressed, None
        self.viewport().update()
        index, act = self._under(event.position())
        item = index.data(ROW_ROLE) if index.isValid() else None
        if not isinstance(item, Row) or pressed != (index.row(), act.name if act else ""):
            return
        if (event.globalPosition() - self._pressed_at).manhattanLength() > SLIP:
            return
        if act is not None:
            self.acted.emit(item.key, act.name)
        elif event.button() is Qt.MouseButton.LeftButton and self._click_opens:
            self.opened.emit(item.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click on a row that the first one only chose opens it."""
        index, act = self._under(event.position())
        item = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(item, Row) and act is None and not self._click_opens:
            self.opened.emit(item.key)
            return
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        self._painter.hovered = None
        self.viewport().update()
        super().leaveEvent(event)

    def button_rect(self, key: Key, name: str) -> QRect:
        """Where a row's button is on the viewport, empty when there is none."""
        index = self._rows.index(max(self._rows.position(key), 0))
        area = self.visualRect(index)
        laid = self._painter.laid(index, area.width())
        for act, place in laid.buttons if laid else []:
            if act.name == name:
                return place.translated(QPointF(area.topLeft())).toRect()
        return QRect()

    def _under(self, point: QPointF) -> tuple[QModelIndex, RowAction | None]:
        index = self.indexAt(point.toPoint())
        area = self.visualRect(index)
        laid = self._painter.laid(index, area.width()) if index.isValid() else None
        return index, laid.action_at(point - QPointF(area.topLeft())) if laid else None

    def _hover(self, point: QPointF) -> None:
        index, act = self._under(point)
        row = isinstance(index.data(ROW_ROLE), Row) if index.isValid() else False
        now = (index.row(), act.name if act else "") if row else None
        if now != self._painter.hovered:
            self._painter.hovered = now
            hand = Qt.CursorShape.PointingHandCursor if row else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)
            self.viewport().update()


NONE = Qt.KeyboardModifier.NoModifier
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
PAGING = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End)
