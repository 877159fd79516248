"""The bar at the top: the one search box, what is begun from anywhere, the menu of commands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from clientele.ui.actions import FIND, NEW_CLIENT
from clientele.ui.more_menu import MoreMenu
from clientele.ui.theme import Space, Theme, px
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.search_box import SearchBox

WIDEST_SEARCH = 473


class TopBar(QFrame):
    """Emits ``new_client`` and ``start_visit``; ``search`` is the box, ``menu`` the commands."""

    new_client = Signal()
    start_visit = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("topBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PAGE_X, Space.SMALL, Space.PAGE_X, Space.SMALL + 1)
        row.setSpacing(12)
        self.search = SearchBox(
            theme,
            self.tr("Find a client or a command"),
            self.tr("Find a client: name, phone, e-mail, “navy 42R”…"),
            FIND.shown_key,
            short_hint=self.tr("Find a client…"),
        )
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.search, 3)
        row.addStretch(2)
        self.new_button = Button(NEW_CLIENT.label, self.new_client.emit, key=NEW_CLIENT.key)
        row.addWidget(self.new_button)
        self.start_button = Button(
            self.tr("Start visit"), self.start_visit.emit, kind="primary", key="Ctrl+Return"
        )
        row.addWidget(self.start_button)
        self.menu = MoreMenu(self)
        self.more = Button(self.tr("More"), kind="quiet")
        self.more.setMenu(self.menu)
        row.addWidget(self.more)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.search.setMaximumWidth(px(WIDEST_SEARCH))
        self.search.ensurePolished()
        self.search.updateGeometry()  # the layout still knows its height in the text size before
        high = max(Space.TARGET, self.search.sizeHint().height())
        self.setMinimumHeight(high + 2 * Space.SMALL + 2)
