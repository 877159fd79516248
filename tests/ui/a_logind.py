"""A service that plays logind on a bus of a test's own: sleep, inhibitors, one session."""

from __future__ import annotations

import os
import select
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    new_error,
    new_method_return,
    new_signal,
)

from tests.ui.a_bus import OnABus

NAME = "org.freedesktop.login1"
OURS = "/org/freedesktop/login1/session/_37"
THEIRS = "/org/freedesktop/login1/session/_38"
ASKED = {"Inhibit": "ssss", "GetSession": "s", "GetSessionByPID": "u", "Get": "ss"}


class Logind(OnABus):
    """``in_session``: whether a program's session is known."""

    def __init__(self, bus: str, *, in_session: bool = True) -> None:
        self._in_session = in_session
        self._inhibitors: list[int] = []
        super().__init__(bus, NAME, enable_fds=True)

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        for inhibitor in self._inhibitors:
            os.close(inhibitor)

    @property
    def waits(self) -> bool:
        """Whether somebody holds up the sleep: the other end of a pipe is still open."""
        poll = select.poll()
        for inhibitor in self._inhibitors:
            poll.register(inhibitor, select.POLLIN)
        gone = {fd for fd, event in poll.poll(0) if event & select.POLLHUP}
        return bool(set(self._inhibitors) - gone)

    def prepare_for_sleep(self, begins: bool) -> None:
        """About to sleep, or awake again."""
        self._say("/org/freedesktop/login1", NAME + ".Manager", "PrepareForSleep", "b", begins)

    def lock(self, session: str = OURS) -> None:
        """Ask a session to lock."""
        self._say(session, NAME + ".Session", "Lock", None)

    def change(self, session: str = OURS, **changed: bool) -> None:
        """Say of a session what is otherwise now."""
        values = {name: ("b", value) for name, value in changed.items()}
        about: tuple[Any, ...] = (NAME + ".Session", values, [])
        where = "org.freedesktop.DBus.Properties"
        self._say(session, where, "PropertiesChanged", "sa{sv}as", *about)

    def _say(
        self, path: str, interface: str, name: str, signature: str | None, *body: object
    ) -> None:
        address = DBusAddress(path, NAME, interface)
        self._connection.send(new_signal(address, name, signature, body))

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        method = fields[HeaderFields.member]
        self.calls.append((method, message.body))
        if fields.get(HeaderFields.signature, "") != ASKED.get(method):
            answer = new_error(message, "org.freedesktop.DBus.Error.InvalidArgs")
        elif method == "Inhibit":
            ours, theirs = os.pipe()
            self._inhibitors.append(ours)
            self._connection.send(new_method_return(message, "h", (theirs,)))
            os.close(theirs)
            return
        elif method == "Get":
            answer = new_method_return(message, "v", (("(so)", ("37", OURS)),))
        elif self._in_session:
            answer = new_method_return(message, "o", (OURS,))
        else:
            answer = new_error(message, NAME + ".NoSessionForPID")
        self._connection.send(answer)
