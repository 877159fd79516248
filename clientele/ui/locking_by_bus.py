"""When does a Linux desktop say that nobody is there? By logind and by its screen saver.

logind (org.freedesktop.login1, on the system's bus) tells of sleep and waits for whoever holds a
delaying inhibitor, five seconds as it is set up; the lock is on the screen before that is let go.
It also asks a session to lock, and tells when its screen is another user's. Desktops without it
say on the session's bus that the screen saver began.
"""

from __future__ import annotations

import logging
import os
import threading
from contextlib import suppress

from jeepney import DBusAddress, HeaderFields, Message
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QObject, Signal

from clientele.ui.session_bus import SessionBus, call_to, interface_of, is_error, member_of

log = logging.getLogger(__name__)

NAME = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", NAME, NAME + ".Manager")
PROPERTIES = "org.freedesktop.DBus.Properties"
SESSION = NAME + ".Session"

SAVERS = (
    DBusAddress(
        "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "org.freedesktop.ScreenSaver"
    ),
    DBusAddress("/ScreenSaver", "org.freedesktop.ScreenSaver", "org.freedesktop.ScreenSaver"),
    DBusAddress("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "org.gnome.ScreenSaver"),
)

PATIENCE = 2.0
"""Seconds in which logind has to answer for the inhibitor."""


class ByLogin(QObject):
    """Hears logind. ``missing``: there is none here."""

    sleeps = Signal()
    away = Signal()
    missing = Signal()
    _held = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = ""
        self._inhibitor = -1
        self._stopped = False
        self._asking: threading.Thread | None = None
        self._held.connect(self._hold)
        self._bus = SessionBus("SYSTEM", self)
        self._bus.heard.connect(self._hear)
        self._bus.opened.connect(self._begin)
        self._bus.lost.connect(self.missing)

    @property
    def holds(self) -> bool:
        """Whether the computer waits with its sleep until ``let_sleep``."""
        return self._inhibitor >= 0

    @property
    def session(self) -> str:
        """The path of our session, once logind has told it."""
        return self._session

    def let_sleep(self) -> None:
        """Hold up the sleep no longer."""
        inhibitor, self._inhibitor = self._inhibitor, -1
        if inhibitor >= 0:
            with suppress(OSError):
                os.close(inhibitor)

    def stop(self) -> None:
        """Hear nothing any more."""
        self._stopped = True
        self.let_sleep()
        self._bus.close()
        if self._asking is not None:
            self._asking.join(PATIENCE)
        self.let_sleep()

    def _begin(self) -> None:
        self._bus.listen(MANAGER, "PrepareForSleep")
        self._inhibit()
        named = os.environ.get("XDG_SESSION_ID", "")
        asked = (
            call_to(MANAGER, "GetSession", "s", named)
            if named
            else call_to(MANAGER, "GetSessionByPID", "u", os.getpid())
        )
        self._bus.call(asked, self._told_session)

    def _told_session(self, answer: Message | None) -> None:
        if answer is not None and not is_error(answer):
            self._listen_to(answer.body[0])
            return
        # Started by the user's own systemd a program is in no session: the one on the screen then.
        own = DBusAddress("/org/freedesktop/login1/user/self", NAME, PROPERTIES)
        self._bus.call(call_to(own, "Get", "ss", NAME + ".User", "Display"), self._told_display)

    def _told_display(self, answer: Message | None) -> None:
        if answer is None or is_error(answer):
            self.missing.emit()
            return
        _, (_, path) = answer.body[0]
        self._listen_to(path)

    def _listen_to(self, path: str) -> None:
        self._session = path
        self._bus.listen(DBusAddress(path, NAME, SESSION), "Lock")
        self._bus.listen(DBusAddress(path, NAME, PROPERTIES), "PropertiesChanged")

    def _hear(self, message: Message) -> None:
        member, interface = member_of(message), interface_of(message)
        if (interface, member) == (MANAGER.interface, "PrepareForSleep"):
            if message.body[0]:
                self.sleeps.emit()
            else:
                self._inhibit()
            return
        if message.header.fields.get(HeaderFields.path) != self._session:
            return
        if (interface, member) == (SESSION, "Lock"):
            self.away.emit()
        elif (interface, member) == (PROPERTIES, "PropertiesChanged"):
            changed = {name: value for name, (_, value) in message.body[1].items()}
            if changed.get("LockedHint") is True or changed.get("Active") is False:
                self.away.emit()

    def _inhibit(self) -> None:
        """Ask for the inhibitor, on a thread of its own: a file comes with the answer."""
        if self.holds or self._stopped:
            return
        self._asking = threading.Thread(target=self._ask, name="inhibitor", daemon=True)
        self._asking.start()

    def _ask(self) -> None:
        asked = call_to(
            MANAGER,
            "Inhibit",
            "ssss",
            "sleep",
            "Clientele",
            "Locks its window",
            "delay",
        )
        try:
            with open_dbus_connection("SYSTEM", enable_fds=True, auth_timeout=PATIENCE) as bus:
                answer = bus.send_and_get_reply(asked, timeout=PATIENCE)
                if is_error(answer):
                    return
                held = answer.body[0].to_raw_fd()
        except Exception:
            # No logind, or one that does not answer: the lock is put up all the same.
            log.info("no inhibitor of sleep", exc_info=True)
            return
        try:
            self._held.emit(held)
        except RuntimeError:  # the window is gone
            os.close(held)

    def _hold(self, held: int) -> None:
        if self._stopped or self.holds:
            os.close(held)
        else:
            self._inhibitor = held


class ByScreenSaver(QObject):
    """Hears the screen saver of the desktop, which locks the screen where it is set up so."""

    sleeps = Signal()
    away = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = SessionBus(parent=self)
        self._bus.heard.connect(self._hear)
        self._bus.opened.connect(self._begin)

    @property
    def is_open(self) -> bool:
        """Whether it hears."""
        return self._bus.is_open

    def let_sleep(self) -> None:
        """A screen saver waits for nobody."""

    def stop(self) -> None:
        """Hear nothing any more."""
        self._bus.close()

    def _begin(self) -> None:
        for saver in SAVERS:
            self._bus.listen(saver, "ActiveChanged")

    def _hear(self, message: Message) -> None:
        savers = {saver.interface for saver in SAVERS}
        began = member_of(message) == "ActiveChanged" and message.body[0] is True
        if began and interface_of(message) in savers:
            self.away.emit()
