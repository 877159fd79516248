"""A real mail server for tests: it keeps what it takes, and fails where it is told to.

It runs in a thread of its own at a port of 127.0.0.1, speaks TLS with certificates made for the
test, and can drop the line, fall silent, answer as it likes or stand still at every step of a
letter. A test waits for what it did (``reached``, ``hung_up``), never for time to pass.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as AS_SENT
from enum import StrEnum
from typing import Any, AnyStr

import trustme
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE = 10.0
"""Seconds until a test fails that waits for something which never happens."""


class At(StrEnum):
    """Where trouble may come, in the order of the way."""

    GREETING = "greeting"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # before it says that it may begin
    BODY = "body"  # after the first lines of the letter
    DOT = "dot"  # the letter was taken, the answer is due
    LOST_DOT = "lost dot"  # the letter was all there, and is thrown away


class Does(StrEnum):
    """What trouble it is."""

    DROP = "drop"
    FALL_SILENT = "fall silent"
    STAND_STILL = "stand still"  # until the test says ``go_on``
    SAY = "say"
    ADD = "add"  # go on as usual, and say this too, in one breath with the answer


class Certificate(StrEnum):
    """What it shows when TLS begins."""

    GOOD = "good"
    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    OTHER_NAME = "other name"
    UNKNOWN_ISSUER = "unknown issuer"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens where. ``words`` are sent as they are, with CR LF behind them."""

    at: At
    does: Does
    words: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that the server is answerable for."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    signed_in: str

    @property
    def letter(self) -> EmailMessage:
        """As the reader's program sees it."""
        read = message_from_bytes(self.raw, policy=AS_SENT)
        assert isinstance(read, EmailMessage)
        return read

    @property
    def text(self) -> str:
        """What the reader reads, with line breaks as in Python."""
        return str(self.letter.get_content()).replace("\r\n", "\n")

    @property
    def message_id(self) -> str:
        """What it is recognised by."""
        return str(self.letter["Message-ID"])


@dataclass
class MailServer:
    """``with MailServer(ca) as server:`` … ``server.taken``. Ended at the end of the block."""

    ca: trustme.CA
    security: str = "starttls"  # "tls", "starttls", or "plain" for none at all
    certificate: Certificate = Certificate.GOOD
    user: str = "store"
    password: str = "open sesame"
    ways: tuple[str, ...] = ("PLAIN", "LOGIN")
    trouble: Trouble | None = None
    size_limit: int = 40_000_000

    host: str = "localhost"
    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    in_tls: list[bool] = field(default_factory=list)  # for each command
    left_over: bytes = b""  # came last on a line, and was read by nobody
    reached: threading.Event = field(default_factory=threading.Event)  # where the trouble is
    hung_up: threading.Event = field(default_factory=threading.Event)  # a line ended

    def __enter__(self) -> MailServer:
        self._loop = asyncio.new_event_loop()
        self._lines: list[_Line] = []
        self._going_on = asyncio.Event()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), name="mail server")
        self._thread.start()
        assert started.wait(PATIENCE), "the mail server did not start"
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def go_on(self) -> None:
        """End of standing still."""
        self._loop.call_soon_threadsafe(self._going_on.set)

    def times_taken(self, message_id: str) -> int:
        """How often a letter arrived."""
        return sum(one.message_id == message_id for one in self.taken)

    def _run(self, started: threading.Event) -> None:
        context = self._context()
        self.server_context = None if self.security == "plain" else context
        how: dict[str, Any] = {}
        if self.security == "tls":
            how = {"ssl": context, "ssl_handshake_timeout": PATIENCE}
        begin = self._loop.create_server(lambda: _Line(self), "127.0.0.1", 0, **how)
        server = self._loop.run_until_complete(begin)
        self.port = server.sockets[0].getsockname()[1]
        self._loop.call_soon(started.set)
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._end(server))
            self._loop.close()

    async def _end(self, server: asyncio.Server) -> None:
        """Hang up everywhere, and wait until it is done."""
        closed = asyncio.ensure_future(server.wait_closed())
        await asyncio.wait([closed], timeout=0)  # Python 3.11 waits only if asked before closing
        server.close()
        for line in self._lines:
            line.drop()
        await closed
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issuer = trustme.CA() if self.certificate is Certificate.UNKNOWN_ISSUER else self.ca
        name = "elsewhere.example" if self.certificate is Certificate.OTHER_NAME else self.host
        first, last = datetime(2001, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)
        if self.certificate is Certificate.EXPIRED:
            last = datetime(2002, 1, 1, tzinfo=UTC)
        elif self.certificate is Certificate.NOT_YET_VALID:
            first = datetime(2119, 1, 1, tzinfo=UTC)
        issuer.issue_cert(name, not_before=first, not_after=last).configure_cert(context)
        return context


class _Line(SMTP):
    """One connection. The names of its methods are those of the package and of the commands."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._added = ""
        super().__init__(
            _Handler(server),
            hostname="mail.example",
            ident="for tests",
            loop=server._loop,
            tls_context=server.server_context if server.security == "starttls" else None,
            auth_require_tls=server.security == "starttls",
            auth_callback=self._knows,
            auth_exclude_mechanism=[one for one in ("PLAIN", "LOGIN") if one not in server.ways],
            data_size_limit=server.size_limit,
        )
        server._lines.append(self)

    def _knows(self, mechanism: str, user: bytes, password: bytes) -> bool:
        return (user.decode(), password.decode()) == (self.server.user, self.server.password)

    def connection_lost(self, error: Exception | None) -> None:
        self.server.left_over = bytes(self._reader._buffer)  # type: ignore[attr-defined]
        super().connection_lost(error)
        self.server.hung_up.set()

    async def push(self, status: AnyStr) -> None:
        if not self._added or isinstance(status, bytes):
            await super().push(status)
            return
        both, self._added = f"{status}\r\n{self._added}", ""
        await super().push(both)

    def drop(self) -> None:
        """Hang up without a word."""
        for transport in (self.transport, self._original_transport):
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()

    async def meets(self, at: At) -> bool:
        """Whether trouble is there; what is said to a whole letter is said by the caller."""
        trouble = self.server.trouble
        if trouble is None or trouble.at is not at:
            return False
        match trouble.does:
            case Does.SAY if at not in (At.DOT, At.LOST_DOT):
                await self.push(trouble.words)
            case Does.DROP:
                self.drop()
            case Does.ADD:
                self._added = trouble.words
                return False
        self.server.reached.set()
        match trouble.does:
            case Does.DROP | Does.FALL_SILENT:
                await self.server._loop.create_future()  # until the line ends
            case Does.STAND_STILL:
                await self.server._going_on.wait()
                return False
        return True

    async def _note(self, at: At, words: str, usual: Coroutine[Any, Any, None]) -> None:
        self.server.commands.append(words)
        self.server.in_tls.append(self.server.security == "tls" or self._tls_protocol is not None)
        try:
            if not await self.meets(at):
                await usual
        finally:
            usual.close()

    async def _handle_client(self) -> None:
        try:
            if not await self.meets(At.GREETING):
                await super()._handle_client()
        except ConnectionError:
            return  # the package passes it on to a task that nobody asks

    async def smtp_EHLO(self, arg: str) -> None:
        await self._note(At.EHLO, f"EHLO {arg}", super().smtp_EHLO(arg))

    async def smtp_STARTTLS(self, arg: str) -> None:
        await self._note(At.STARTTLS, "STARTTLS", super().smtp_STARTTLS(arg))

    async def smtp_AUTH(self, arg: str) -> None:
        await self._note(At.AUTH, f"AUTH {arg.split(maxsplit=1)[0]}", super().smtp_AUTH(arg))

    async def smtp_MAIL(self, arg: str) -> None:
        if self.server.user and not (self.session and self.session.authenticated):
            await self.push("530 5.7.0 Authentication required")
            return
        await self._note(At.MAIL, f"MAIL {arg}", super().smtp_MAIL(arg))

    async def smtp_RCPT(self, arg: str) -> None:
        await self._note(At.RCPT, f"RCPT {arg}", super().smtp_RCPT(arg))

    async def smtp_DATA(self, arg: str) -> None:
        trouble = self.server.trouble
        if trouble is not None and trouble.at is At.BODY:
            await self.push("354 Go on")
            await self._reader.readuntil(b"\r\n")
            await self.meets(At.BODY)
            await self.server._loop.create_future()  # the rest of the letter is no command
        await self._note(At.DATA, "DATA", super().smtp_DATA(arg))


class _Handler:
    """What happens to a whole letter; the names are those of the package."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_DATA(self, line: _Line, session: Session, envelope: Envelope) -> str:
        trouble = self._server.trouble
        if await line.meets(At.LOST_DOT):
            return trouble.words if trouble else ""
        self._server.taken.append(
            Taken(
                sender=envelope.mail_from or "",
                recipients=tuple(envelope.rcpt_tos),
                raw=envelope.original_content or b"",
                signed_in=getattr(session.auth_data, "login", b"").decode(),
            )
        )
        if await line.meets(At.DOT):
            return trouble.words if trouble else ""
        return "250 2.0.0 Taken"
