"""On a bus of a test's own, a desktop's notification server or portal.

The services are as strict as real ones: a call whose types are not those of the interface is
answered with an error.
"""

from __future__ import annotations

import threading
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

KNOWN = {
    "org.freedesktop.Notifications": {
        "GetCapabilities": "",
        "Notify": "susssasa{sv}i",
        "CloseNotification": "u",
    },
    "org.freedesktop.portal.Notification": {
        "AddNotification": "sa{sv}",
        "RemoveNotification": "s",
    },
}


class Service(OnABus):
    """One service of a desktop."""

    def __init__(
        self, bus: str, address: DBusAddress, *, capabilities: tuple[str, ...] = ()
    ) -> None:
        self.held = threading.Event()
        """Cleared, it keeps whoever calls ``Notify`` waiting."""
        self.held.set()
        self.caller = ""
        """The address of the program that called last."""
        self._next = 0
        self._address = address
        self._capabilities = list(capabilities)
        super().__init__(bus, address.bus_name)

    def __exit__(self, *error: object) -> None:
        self.held.set()
        super().__exit__(*error)

    def named(self, method: str) -> list[tuple[Any, ...]]:
        """What was asked by this method."""
        return [body for name, body in self.calls if name == method]

    def signal(self, name: str, signature: str, *body: object, to: str | None = None) -> None:
        """Say something to whoever listens, or to one alone."""
        message = new_signal(self._address, name, signature, body)
        if to is not None:
            message.header.fields[HeaderFields.destination] = to
        self._connection.send(message)

    def _answer(self, message: Message) -> None:
        self._connection.send(self._answer_to(message))

    def _answer_to(self, message: Message) -> Message:
        fields = message.header.fields
        interface, method = fields[HeaderFields.interface], fields[HeaderFields.member]
        wanted = KNOWN.get(interface, {}).get(method)
        if interface != self._address.interface or fields.get(HeaderFields.signature, "") != wanted:
            return new_error(message, "org.freedesktop.DBus.Error.InvalidArgs")
        self.caller = fields[HeaderFields.sender]
        self.calls.append((method, message.body))
        if method == "GetCapabilities":
            return new_method_return(message, "as", (self._capabilities,))
        if method == "Notify":
            self.held.wait(10)
            self._next += 1
            return new_method_return(message, "u", (message.body[1] or self._next,))
        return new_method_return(message)
