"""How does the desktop tell what is due? One door to the notifications of each platform.

Linux: the desktop's notification server, or in a sandbox the portal before it; then the tray.
Windows and macOS: the tray, whose messages Qt hands to the platform's own centre. Where nothing
of it is there, ``unshown`` says so, and the window tells in its own way.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from clientele.ui.notice import APP_NAME, Notice


class Way(Protocol):
    """A way to show."""

    def show(self, notice: Notice) -> None:
        """Show it, in place of the one with the same key."""

    def withdraw(self, key: str) -> None:
        """Take it away, where the platform can."""


class Notifier(QObject):
    """Shows notices and tells which was clicked. ``close`` it before the program ends.

    Make it after the first frame: what it needs on Linux takes tens of milliseconds to load.

    ``clicked(key)``: a notice, or with an empty key the icon in the tray. ``unshown(notice)``:
    there is no way to show it.
    """

    clicked = Signal(str)
    unshown = Signal(object)

    def __init__(
        self,
        icon: QIcon,
        *,
        platform: str = sys.platform,
        sandboxed: bool | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ways: list[Way] = []
        self._by: dict[str, Way] = {}
        self._early: list[Notice] | None = None
        self._bus: QObject | None = None
        self._close_bus: Callable[[], None] = lambda: None
        if platform == "linux":
            self._open_bus(is_sandboxed() if sandboxed is None else sandboxed)
        self._tray = ByTray(icon, self)
        self._tray.clicked.connect(self.clicked)

    def show(self, notice: Notice) -> None:
        """Show a notice, in place of the one with the same key."""
        if self._early is not None:
            self._early = [one for one in self._early if one.key != notice.key] + [notice]
            return
        self._show_by(notice, [*self._ways, *self._tray.there()])

    def withdraw(self, key: str) -> None:
        """Take a notice away; one that is not there does no harm."""
        if self._early is not None:
            self._early = [one for one in self._early if one.key != key]
        way = self._by.pop(key, None)
        if way is not None:
            way.withdraw(key)

    def withdraw_all(self) -> None:
        """Take every notice away, as when the window is locked."""
        for key in [*self._by, *(notice.key for notice in self._early or ())]:
            self.withdraw(key)

    def stay_in_tray(self, menu: QMenu) -> bool:
        """Stand in the tray with a menu from now on; False where the desktop has none."""
        return self._tray.stay(menu)

    def close(self) -> None:
        """Withdraw everything and let the bus go."""
        self.withdraw_all()
        self._close_bus()
        self._ways, self._early = [], None
        self._tray.hide()

    def _open_bus(self, sandboxed: bool) -> None:
        from clientele.ui.notifying_by_bus import ByPortal, ByServer
        from clientele.ui.session_bus import SessionBus

        bus = SessionBus(parent=self)
        server, portal = ByServer(bus, self._failed, self), ByPortal(bus, self._failed, self)
        for way in (server, portal):
            way.clicked.connect(self.clicked)
            bus.opened.connect(way.start)
        self._ways = [portal, server] if sandboxed else [server, portal]
        self._early = []
        bus.opened.connect(self._begin)
        bus.lost.connect(self._do_without_bus)
        self._bus, self._close_bus = bus, bus.close

    def _begin(self) -> None:
        early, self._early = self._early or [], None
        for notice in early:
            self.show(notice)

    def _do_without_bus(self) -> None:
        for way in self._ways:
            self._by = {key: by for key, by in self._by.items() if by is not way}
        self._ways = []
        self._begin()

    def _show_by(self, notice: Notice, ways: list[Way]) -> None:
        if not ways:
            self._by.pop(notice.key, None)
            self.unshown.emit(notice)
            return
        before = self._by.get(notice.key)
        if before is not None and before is not ways[0]:
            before.withdraw(notice.key)
        self._by[notice.key] = ways[0]
        ways[0].show(notice)

    def _failed(self, notice: Notice) -> None:
        """It could not be shown that way; the next may do."""
        ways = [*self._ways, *self._tray.there()]
        by = self._by.pop(notice.key, None)
        if by is not None:
            self._show_by(notice, ways[ways.index(by) + 1 :] if by in ways else ways)


class ByTray(QObject):
    """Shows by the icon in the tray, which Windows and macOS pass to their own centre.

    Qt shows one at a time and can take none back; a click belongs to the latest.
    """

    clicked = Signal(str)

    def __init__(self, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tray: QSystemTrayIcon | None = None
        self._latest = ""

    def there(self) -> list[Way]:
        """This way, or none where the desktop has no tray."""
        there = QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()
        return [self] if there else []

    def show(self, notice: Notice) -> None:
        """Show it over the icon."""
        tray = self._made()
        tray.show()
        self._latest = notice.key
        tray.showMessage(notice.title, notice.body, self._icon)

    def stay(self, menu: QMenu) -> bool:
        """Show the icon with a menu, where the desktop has a tray."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        tray = self._made()
        tray.setContextMenu(menu)
        tray.show()
        return True

    def withdraw(self, key: str) -> None:
        """A click on it leads to the program alone."""
        if key == self._latest:
            self._latest = ""

    def hide(self) -> None:
        """Leave the tray."""
        if self._tray is not None:
            self._tray.hide()

    def _made(self) -> QSystemTrayIcon:
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._icon, self)
            self._tray.setToolTip(APP_NAME)
            self._tray.messageClicked.connect(lambda: self.clicked.emit(self._latest))
            self._tray.activated.connect(self._chosen)
        return self._tray

    def _chosen(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.clicked.emit("")


def is_sandboxed() -> bool:
    """Whether the program runs in a Flatpak or Snap, where the portal is the only way out."""
    return Path("/.flatpak-info").exists() or "SNAP" in os.environ
