"""A form over the page, not a dialog: nothing stops, and what was typed is kept as a draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from clientele.ui.theme import Space, Tone, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Banner
from clientele.ui.widgets.layouts import Stack, ground_of


class Sheet(QWidget):
    """A titled form in the middle of the window, with the page dimmed beneath.

    Put fields into ``body`` and buttons with ``add_button``. Esc, the cross and a click beside it
    close it; the widget lives on with everything that was typed, so opening it again goes on.
    Emits ``closed``. Ctrl+Return presses the primary button.
    """

    closed = Signal()

    def __init__(self, owner: QWidget, title: str, *, width: int = 480) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setObjectName("scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._width = width
        self._back_to: QWidget | None = None
        self._primary: Button | None = None
        self.frame = QFrame(self)
        self.frame.setObjectName("sheet")
        self.frame.setAccessibleName(title)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(Space.PAGE_X, Space.CARD_Y, Space.PAGE_X, Space.CARD_Y)
        column.setSpacing(Space.GAP)
        head = QHBoxLayout()
        self.title = label(title, "strong")
        head.addWidget(self.title, 1)
        self.cross = Button(self.tr("Close"), self.close_sheet, kind="quiet", key="Esc")
        head.addWidget(self.cross)
        column.addLayout(head)
        self.banner = Banner(tone=Tone.AMBER)
        self.banner.hide()
        column.addWidget(self.banner)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setMinimumHeight(1)  # a form of one line is as low as that line
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget()
        self._inner.setProperty("surface", "clear")
        self._inner.installEventFilter(self)
        self.body = Stack(self._inner, gap=Space.ROW)
        self._area.setWidget(self._inner)
        column.addWidget(self._area, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(Space.SMALL)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self.close_sheet)
        self.hide()

    def add_field(self, name: str, field: QWidget) -> None:
        """A field under its name."""
        words = label(name, "label")
        words.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(words)
        column.addWidget(field)
        self.body.addWidget(holder)

    def add_button(
        self, words: str, on_click: Callable[[], object], *, primary: bool = False
    ) -> Button:
        """A button at the bottom right; the primary one also answers Ctrl+Return."""
        button = Button(words, on_click, kind="primary" if primary else "plain")
        if primary:
            self._primary = button
            button.set_key("Ctrl+Return")
        self._buttons.addWidget(button)
        return button

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Show it over the window and put the keyboard into it."""
        self._back_to = QApplication.focusWidget()
        ground = ground_of(self._owner)
        if self.parentWidget() is not ground:
            self.setParent(ground)
            ground.installEventFilter(self)
            self._owner.destroyed.connect(self.deleteLater)
        self._place()
        self.show()
        self.raise_()
        target = focus or self._first_field() or self.cross
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Hide it; what was typed stays in it. The keyboard goes back to where it was."""
        if self.isHidden():
            return
        back, self._back_to = self._back_to, None
        self.hide()
        if back is not None:
            if not isValid(back):  # a page that was read anew meanwhile has other buttons
                back = self._owner
            if back.isVisible():
                back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def say(self, sentence: str, tone: Tone = Tone.AMBER) -> None:
        """A sentence above the fields, such as a refusal; an empty one goes away."""
        self.banner.say(sentence, tone)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Ctrl+Return is the primary button; no key reaches the page beneath."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self._primary is not None
            and self._primary.isEnabled()
        ):
            self._primary.click()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Return is this form's while it is open, not the window's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            returns = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if returns:
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the form closes it."""
        if not self.frame.geometry().contains(event.position().toPoint()):
            self.close_sheet()
        event.accept()

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tab goes round within the form, not into the page beneath."""
        inside = [
            widget
            for widget in self.frame.findChildren(QWidget)
            if widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not inside:
            return False
        ordered = _in_tab_order(self, set(inside))
        now = QApplication.focusWidget()
        at = ordered.index(now) if now in ordered else -1
        target = ordered[(at + (1 if next_one else -1)) % len(ordered)]
        reason = Qt.FocusReason.TabFocusReason if next_one else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the whole window whatever its size; be as high as what is in the form by now."""
        grown = QEvent.Type.LayoutRequest if watched is self._inner else QEvent.Type.Resize
        if event.type() is grown and not self.isHidden():
            self._place()
        return False

    def _first_field(self) -> QWidget | None:
        for widget in _in_tab_order(self, set(self._inner.findChildren(QWidget))):
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
            if takes and widget.isVisibleTo(self):
                return _chosen_of(widget)
        return None

    def _place(self) -> None:
        over = ground_of(self._owner)
        self.setGeometry(over.rect())
        width = min(px(self._width), over.width() - 2 * Space.PAGE_X)
        body_width = width - 2 * Space.PAGE_X - 2
        self.frame.ensurePolished()
        body = self.body.heightForWidth(body_width) if self.body.hasHeightForWidth() else -1
        wanted = body if body >= 0 else self._inner.sizeHint().height()
        area = self._area.sizeHint().expandedTo(self._area.minimumSizeHint())
        rest = self.frame.sizeHint().height() - area.height()
        height = min(wanted + rest + 4, over.height() - 2 * Space.PAGE_Y)
        x, y = (over.width() - width) // 2, max((over.height() - height) // 3, Space.PAGE_Y)
        self.frame.setGeometry(x, y, width, height)


def _chosen_of(widget: QWidget) -> QWidget:
    """Of chips of which one is chosen that one, otherwise the widget itself."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return (group.checkedButton() if group is not None else None) or widget


def _in_tab_order(start: QWidget, among: set[QWidget]) -> list[QWidget]:
    ordered, widget = [], start.nextInFocusChain()
    while widget is not None and widget is not start:
        if widget in among:
            ordered.append(widget)
        widget = widget.nextInFocusChain()
    return ordered
