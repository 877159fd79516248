"""The rail at the left: the pages with their counts, and who is signed in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from clientele.ui.actions import LOCK, Action
from clientele.ui.desk import Me
from clientele.ui.theme import Space, Theme, px
from clientele.ui.widgets.basics import KeyCap, label
from clientele.ui.widgets.buttons import Button

WIDE = 188
ICON = 18

LONGEST_TOLD = 24 * 60
"""A terminal that locks later than that, in minutes, was told never to lock by itself."""


class NavButton(QPushButton):
    """A page in the rail."""

    def __init__(self, action: Action) -> None:
        super().__init__(action.label)
        self.action = action
        self.setProperty("nav", True)
        self.setCheckable(True)
        self.setAccessibleName(action.label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{action.label}  {action.shown_key}")
        self.setIconSize(QSize(px(ICON), px(ICON)))
        self._count = QLabel("", self)
        self._count.setProperty("nav", "count")
        self._narrow = False

    def set_count(self, count: int | None, words: str) -> None:
        """The number at the right; None for none. ``words`` is how it is written."""
        self._count.setText("" if count is None else words)
        self.setAccessibleName(f"{self.action.label}, {words}" if count else self.action.label)
        self._place()

    def set_narrow(self, narrow: bool) -> None:
        """Only the icon, or the name beside it."""
        self._narrow = narrow
        self.setText("" if narrow else self.action.label)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The count stays at the right."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._count.setVisible(bool(self._count.text()) and not self._narrow)
        self._count.adjustSize()
        x = self.width() - self._count.width() - Space.ROW
        self._count.move(x, (self.height() - self._count.height()) // 2)


class Rail(QFrame):
    """Emits ``chosen(Action)`` for a page and ``lock`` for the lock."""

    chosen = Signal(object)
    lock = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Pages"))
        self._theme = theme
        self._narrow = False
        self._icons = False
        self._buttons: dict[Action, NavButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROW, Space.CARD_Y, Space.ROW, Space.CARD_Y)
        column.setSpacing(2)
        self._brand = label("Clientele", "brand", wrap=False)
        self._brand.setContentsMargins(Space.ROW, 5, 0, 16)
        column.addWidget(self._brand)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(2)
        column.addLayout(self._pages)
        column.addStretch(1)
        column.addWidget(self._made_me())
        theme.changed.connect(self._on_theme)
        self.set_narrow(False)

    def add(self, action: Action) -> None:
        """A page at the end of the rail."""
        button = NavButton(action)
        button.clicked.connect(lambda _=False: self.chosen.emit(action))
        self._group.addButton(button)
        self._buttons[action] = button
        self._pages.addWidget(button)
        button.set_narrow(self._narrow)
        if self._icons:
            self.load_icons()

    def has(self, action: Action) -> bool:
        """Whether there is such a page."""
        return action in self._buttons

    def mark(self, action: Action | None) -> None:
        """The page that is shown; None for one that has no place in the rail."""
        self._group.setExclusive(False)
        for page, button in self._buttons.items():
            button.setChecked(page is action)
        self._group.setExclusive(True)

    def set_count(self, action: Action, count: int | None, words: str | None = None) -> None:
        """The number beside a page; nothing for None."""
        if action in self._buttons:
            self._buttons[action].set_count(count, str(count) if words is None else words)

    def button(self, action: Action) -> NavButton:
        """The button of a page; KeyError when there is none."""
        return self._buttons[action]

    def set_me(self, me: Me | None) -> None:
        """Who is signed in."""
        self._name.setText("" if me is None else me.name)
        self._place_of_me.setText("" if me is None else me.department)
        self._place_of_me.setVisible(bool(self._place_of_me.text()) and not self._narrow)

    def set_minutes_left(self, minutes: int) -> None:
        """How long it is until the window locks by itself."""
        soon = minutes <= LONGEST_TOLD
        self._left.setText(self.tr("Locks in %n min", "", minutes) if soon else "")

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or names beside them."""
        self._narrow = narrow
        self.setFixedWidth(px(ICON) + 2 * Space.ROW + 2 * Space.ROW + 1 if narrow else px(WIDE))
        self._brand.setText("C" if narrow else "Clientele")
        for button in self._buttons.values():
            button.set_narrow(narrow)
        self._who.setContentsMargins(0 if narrow else Space.ROW, 0, 0, 0)
        for widget in (self._name, self._place_of_me, self._left, self._cap):
            widget.setVisible(not narrow)

    def load_icons(self) -> None:
        """Give the pages their icons; after the first frame, since the family loads slowly."""
        self._icons = True
        for action, button in self._buttons.items():
            if action.icon:
                button.setIcon(self._theme.icon(action.icon))
        self._lock.setIcon(self._theme.icon(LOCK.icon))

    def _made_me(self) -> QFrame:
        me = QFrame()
        me.setObjectName("me")
        column = QVBoxLayout(me)
        column.setContentsMargins(0, Space.ROW, 0, 0)
        column.setSpacing(1)
        self._name = label("", "strong")
        self._place_of_me = label("", "sub")
        self._left = label("", "sub", wrap=False)
        self._cap = KeyCap(LOCK.shown_key)
        self._lock = Button(LOCK.label, self.lock.emit, kind="icon", key=LOCK.key)
        self._lock.setText("")
        self._lock.setFixedWidth(Space.TARGET)
        self._lock.setIconSize(QSize(px(ICON), px(ICON)))
        who = self._who = QVBoxLayout()
        who.setSpacing(1)
        who.addWidget(self._name)
        who.addWidget(self._place_of_me)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addLayout(who, 1)
        top.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(top)
        line = QHBoxLayout()
        line.setSpacing(Space.SMALL)
        line.setContentsMargins(Space.ROW, 0, 0, 0)
        line.addWidget(self._left)
        line.addWidget(self._cap)
        line.addStretch(1)
        column.addLayout(line)
        return me

    def _on_theme(self) -> None:
        for button in self._buttons.values():
            button.setIconSize(QSize(px(ICON), px(ICON)))
        if self._icons:
            self.load_icons()
        self.set_narrow(self._narrow)
