"""A session bus of a test's own, and on it a desktop's notification server or portal.

The services are as strict as real ones: a call whose types are not those of the interface is
answered with an error.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import Proxy, open_dbus_connection

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""Nothing is started by the bus itself: what is not there is not there."""

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


@contextmanager
def a_bus(folder: Path) -> Iterator[str]:
    """A message bus that nobody else is on; gives its address."""
    socket = folder / "bus"
    config = folder / "bus.conf"
    config.write_text(CONFIG.format(socket=socket), encoding="utf-8")
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.wait(10)
        daemon.stdout.close()


class Service:
    """One service on that bus, on a thread of its own. ``calls`` are what it was asked."""

    def __init__(
        self, bus: str, address: DBusAddress, *, capabilities: tuple[str, ...] = ()
    ) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.held = threading.Event()
        """Cleared, it keeps whoever calls ``Notify`` waiting."""
        self.held.set()
        self.caller = ""
        """The address of the program that called last."""
        self._next = 0
        self._address = address
        self._capabilities = list(capabilities)
        self._connection = open_dbus_connection(bus)
        taken = Proxy(message_bus, self._connection).RequestName(address.bus_name)
        assert taken == (1,)
        self._serving = True
        self._thread = threading.Thread(target=self._serve, name="a desktop's service")
        self._thread.start()

    def __enter__(self) -> Service:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._serving = False
        self.held.set()
        self._thread.join(10)
        self._connection.close()

    def named(self, method: str) -> list[tuple[Any, ...]]:
        """What was asked by this method."""
        return [body for name, body in self.calls if name == method]

    def signal(self, name: str, signature: str, *body: object, to: str | None = None) -> None:
        """Say something to whoever listens, or to one alone."""
        message = new_signal(self._address, name, signature, body)
        if to is not None:
            message.header.fields[HeaderFields.destination] = to
        self._connection.send(message)

    def _serve(self) -> None:
        while self._serving:
            try:
                message = self._connection.receive(timeout=0.02)
            except TimeoutError:
                continue
            except OSError:  # the bus has gone
                return
            if message.header.message_type is MessageType.method_call:
                answer = self._answer(message)
                with suppress(OSError):
                    self._connection.send(answer)

    def _answer(self, message: Message) -> Message:
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
