"""How is a notification shown on a Linux desktop? By its server, or in a sandbox by the portal.

Both are services of the session's D-Bus: org.freedesktop.Notifications (Desktop Notifications
Specification 1.2), which gives a number to each notification and tells when it was closed, and
org.freedesktop.portal.Notification, which takes our own key and tells of clicks alone.
"""

from __future__ import annotations

import html
import os
from collections.abc import Callable
from dataclasses import dataclass

from jeepney import DBusAddress, Message
from PySide6.QtCore import QObject, Signal

from clientele.ui.notice import APP_NAME, Notice
from clientele.ui.session_bus import SessionBus, call_to, interface_of, is_error, member_of

SERVER = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.freedesktop.Notifications",
)
PORTAL = DBusAddress(
    "/org/freedesktop/portal/desktop",
    bus_name="org.freedesktop.portal.Desktop",
    interface="org.freedesktop.portal.Notification",
)
DESKTOP_FILE = "clientele"
DEFAULT = "default"
"""The action that stands for a click on the notification itself."""

Failed = Callable[[Notice], None]


@dataclass(slots=True)
class _Shown:
    """What became of one key; ``next`` and ``gone`` are wishes while the server has it in hand."""

    id: int = 0
    in_hand: bool = False
    next: Notice | None = None
    gone: bool = False


class ByServer(QObject):
    """Shows by the desktop's notification server."""

    clicked = Signal(str)

    def __init__(self, bus: SessionBus, failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._failed = failed
        self._shown: dict[str, _Shown] = {}
        self._has_markup: bool | None = None
        self._before: list[Notice] = []
        bus.heard.connect(self._hear)

    def start(self) -> None:
        """The bus is open."""
        for member in ("ActionInvoked", "NotificationClosed", "ActivationToken"):
            self._bus.listen(SERVER, member)
        self._bus.listen_to_owner(SERVER.bus_name)

    def show(self, notice: Notice) -> None:
        """Show it, in place of the one with the same key."""
        if self._has_markup is None:
            self._before.append(notice)
            if len(self._before) == 1:
                self._bus.call(call_to(SERVER, "GetCapabilities"), self._learn)
            return
        one = self._shown.setdefault(notice.key, _Shown())
        one.gone = False
        if one.in_hand:
            one.next = notice
            return
        one.in_hand = True
        message = self._notify(notice, one.id, has_markup=self._has_markup)
        self._bus.call(message, lambda answer: self._answered(notice, answer))

    def withdraw(self, key: str) -> None:
        """Take it from the screen, and from the list of the desktop."""
        self._before = [notice for notice in self._before if notice.key != key]
        one = self._shown.get(key)
        if one is None:
            return
        if one.in_hand:
            one.gone, one.next = True, None
            return
        del self._shown[key]
        self._bus.call(call_to(SERVER, "CloseNotification", "u", one.id))

    def _learn(self, answer: Message | None) -> None:
        """Only some servers read the text as markup; for the others it must stay as it is."""
        waiting, self._before = self._before, []
        if answer is None or is_error(answer):
            for notice in waiting:
                self._failed(notice)
            return
        self._has_markup = "body-markup" in answer.body[0]
        for notice in waiting:
            self.show(notice)

    def _notify(self, notice: Notice, replaces: int, *, has_markup: bool) -> Message:
        body = html.escape(notice.body, quote=False) if has_markup else notice.body
        hints = {
            "desktop-entry": ("s", DESKTOP_FILE),
            "urgency": ("y", 2 if notice.urgent else 1),
        }
        return call_to(
            SERVER,
            "Notify",
            "susssasa{sv}i",
            APP_NAME,
            replaces,
            DESKTOP_FILE,
            notice.title,
            body,
            [DEFAULT, notice.open_label],
            hints,
            -1,
        )

    def _answered(self, notice: Notice, answer: Message | None) -> None:
        one = self._shown.get(notice.key, _Shown())
        one.in_hand = False
        latest = one.next or notice
        if answer is None or is_error(answer):
            self._shown.pop(notice.key, None)
            if not one.gone:
                self._failed(latest)
            return
        one.id = answer.body[0]
        if one.gone:
            self.withdraw(notice.key)
        elif one.next is not None:
            one.next = None
            self.show(latest)

    def _hear(self, message: Message) -> None:
        member, body = member_of(message), message.body
        if member == "NameOwnerChanged" and body[0] == SERVER.bus_name:
            # Another server: it counts anew, and may read markup or not.
            self._shown = {key: one for key, one in self._shown.items() if one.in_hand}
            self._has_markup = None
            return
        if interface_of(message) != SERVER.interface:
            return
        key = next((key for key, one in self._shown.items() if one.id == body[0]), None)
        if key is None:
            return
        if member == "ActivationToken":
            allow_to_rise(body[1])
        elif member == "NotificationClosed" and not self._shown[key].in_hand:
            del self._shown[key]
        elif member == "ActionInvoked" and body[1] == DEFAULT:
            self.clicked.emit(key)


class ByPortal(QObject):
    """Shows by the portal, which is all that a sandbox lets through."""

    clicked = Signal(str)

    def __init__(self, bus: SessionBus, failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._failed = failed
        bus.heard.connect(self._hear)

    def start(self) -> None:
        """The bus is open."""
        self._bus.listen(PORTAL, "ActionInvoked")

    def show(self, notice: Notice) -> None:
        """Show it, in place of the one with the same key."""
        content = {
            "title": ("s", notice.title),
            "body": ("s", notice.body),
            "priority": ("s", "high" if notice.urgent else "normal"),
            "default-action": ("s", DEFAULT),
        }
        message = call_to(PORTAL, "AddNotification", "sa{sv}", notice.key, content)
        self._bus.call(message, lambda answer: self._failed(notice) if is_error(answer) else None)

    def withdraw(self, key: str) -> None:
        """Take it from the screen, and from the list of the desktop."""
        self._bus.call(call_to(PORTAL, "RemoveNotification", "s", key))

    def _hear(self, message: Message) -> None:
        if interface_of(message) == PORTAL.interface and member_of(message) == "ActionInvoked":
            key, _, details = message.body
            for _, detail in details:
                if isinstance(detail, dict) and "activation-token" in detail:
                    allow_to_rise(detail["activation-token"][1])
            self.clicked.emit(key)


def allow_to_rise(token: str) -> None:
    """On Wayland a window may come to the front by a token alone; Qt reads it from there."""
    os.environ["XDG_ACTIVATION_TOKEN"] = token
