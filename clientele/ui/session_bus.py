"""How does the window talk on the session's D-Bus without waiting for it? Linux only.

By jeepney, which writes each value in the type that a service asks for. Qt's own module cannot: in
PySide6 6.12 a number goes out as int32 or uint16 and never as the uint32 that a notification's id
is. The connection is made on a thread of its own; then a watched socket says when to read.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import MessageFlag
from jeepney.wrappers import new_method_call
from PySide6.QtCore import QObject, QSocketNotifier, Signal

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds that a message may wait for a bus that does not take it."""

Answer = Callable[[Message | None], None]
"""Takes the answer to a call; None where the bus is gone."""


class SessionBus(QObject):
    """One connection. ``opened`` or ``lost`` tells how it went; ``heard`` hands on signals."""

    opened = Signal()
    lost = Signal()
    heard = Signal(object)
    _connected = Signal(object)

    def __init__(self, address: str = "SESSION", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection: DBusConnection | None = None
        self._reader: QSocketNotifier | None = None
        self._answers: dict[int, Answer] = {}
        self._ended = False
        self._connected.connect(self._take)
        self._opening = threading.Thread(
            target=self._open, args=(address,), name="session bus", daemon=True
        )
        self._opening.start()

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self._connection is not None

    @property
    def has_ended(self) -> bool:
        """Whether it could not be opened, was lost or was closed; it does not open again."""
        return self._ended

    def call(self, message: Message, answer: Answer | None = None) -> None:
        """Send a call, and have its answer brought, an error too; without ``answer``: no matter."""
        if self._connection is None:
            if answer is not None:
                answer(None)
            return
        serial = next(self._connection.outgoing_serial)
        if answer is None:
            message.header.flags |= MessageFlag.no_reply_expected
        else:
            self._answers[serial] = answer
        try:
            self._connection.send(message, serial=serial)
        except OSError:
            self._lose()

    def listen(self, to: DBusAddress, member: str) -> None:
        """Have this signal of a service brought by ``heard``."""
        rule = MatchRule(
            type="signal",
            sender=to.bus_name,
            interface=to.interface,
            path=to.object_path,
            member=member,
        )
        self.call(message_bus.AddMatch(rule))

    def listen_to_owner(self, name: str) -> None:
        """Have it brought by ``heard`` that another program answers to this name, or none."""
        rule = MatchRule(
            type="signal",
            sender=message_bus.bus_name,
            interface=message_bus.interface,
            path=message_bus.object_path,
            member="NameOwnerChanged",
        )
        rule.add_arg_condition(0, name)
        self.call(message_bus.AddMatch(rule))

    def close(self) -> None:
        """Send nothing any more, and hear nothing."""
        self._ended = True
        self._answers.clear()
        self._opening.join(PATIENCE)
        self._drop()

    def _open(self, address: str) -> None:
        """On its own thread: a bus that does not answer keeps nobody waiting."""
        try:
            made: DBusConnection | None = open_dbus_connection(address, auth_timeout=PATIENCE)
        except Exception:
            # No bus, an address of another kind, a refusal: in each case there is none for us.
            log.info("no session bus", exc_info=True)
            made = None
        try:
            self._connected.emit(made)
        except RuntimeError:  # the window is gone
            if made is not None:
                made.close()

    def _take(self, connection: DBusConnection | None) -> None:
        if self._ended:
            if connection is not None:
                connection.close()
            return
        if connection is None:
            self._ended = True
            self.lost.emit()
            return
        connection.sock.settimeout(PATIENCE)
        self._connection = connection
        self._reader = QSocketNotifier(connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._read)
        self.opened.emit()

    def _read(self) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            data = connection.sock.recv(65536)
        except TimeoutError:
            return
        except OSError:
            data = b""
        if not data:
            self._lose()
            return
        connection.parser.add_data(data)
        while (message := connection.parser.get_next_message()) is not None:
            self._deal_with(message)

    def _deal_with(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            self.heard.emit(message)
            return
        serial = message.header.fields.get(HeaderFields.reply_serial)
        answer = self._answers.pop(serial, None)
        if answer is not None:
            answer(message)

    def _lose(self) -> None:
        self._ended = True
        self._drop()
        waiting, self._answers = list(self._answers.values()), {}
        for answer in waiting:
            answer(None)
        self.lost.emit()

    def _drop(self) -> None:
        if self._reader is not None:
            self._reader.setEnabled(False)
            self._reader.deleteLater()
            self._reader = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def call_to(address: DBusAddress, method: str, signature: str = "", *body: object) -> Message:
    """A call of ``method`` there, with values of the types that ``signature`` names."""
    return new_method_call(address, method, signature or None, body)


def is_error(message: Message | None) -> bool:
    """Whether a call came to nothing."""
    return message is None or message.header.message_type is MessageType.error


def member_of(message: Message) -> str:
    """Which signal it is."""
    return str(message.header.fields.get(HeaderFields.member, ""))


def interface_of(message: Message) -> str:
    """Of which interface a signal is."""
    return str(message.header.fields.get(HeaderFields.interface, ""))
