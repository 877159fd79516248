"""A session bus of a test's own, and what every service that a test plays on it does alike."""

from __future__ import annotations

import subprocess
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from jeepney import Message, MessageType, message_bus
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


class OnABus(ABC):
    """Has a name on a bus and answers on a thread of its own, which begins here.

    So whoever plays one has ready what it answers with before calling this. ``calls`` are what it
    was asked.
    """

    def __init__(self, bus: str, name: str, *, enable_fds: bool = False) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._connection = open_dbus_connection(bus, enable_fds=enable_fds)
        assert Proxy(message_bus, self._connection).RequestName(name) == (1,)
        self._serving = True
        self._thread = threading.Thread(target=self._serve, name=name)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._serving = False
        self._thread.join(10)
        self._connection.close()

    def _serve(self) -> None:
        while self._serving:
            try:
                message = self._connection.receive(timeout=0.02)
            except TimeoutError:
                continue
            except OSError:  # the bus has gone
                return
            if message.header.message_type is MessageType.method_call:
                with suppress(OSError):
                    self._answer(message)

    @abstractmethod
    def _answer(self, message: Message) -> None:
        """Send back what this service says to that, an error too."""
