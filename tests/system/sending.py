"""One letter, one account and one way to hand the letter in, for the tests of sending."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from clientele.system.letter import Mailbox, compose
from clientele.system.mail import Account, Security, send
from clientele.system.mail_answers import Outcome
from tests.mail_server import PATIENCE, MailServer

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
MESSAGE_ID = "<0123456789abcdef@herengracht.example>"
SENDER = Mailbox("maud@herengracht.example", "Maud")
TO = "daniel@tran.example"
SECURITIES = pytest.mark.parametrize("security", ["starttls", "tls"])


def letter(text: str = "Dear Daniel,\n\nyour suit is ready.\n") -> bytes:
    return compose(
        SENDER, Mailbox(TO), subject="Your suit", text=text, message_id=MESSAGE_ID, now=NOW
    )


LONG = letter() + (b"long " * 180 + b"\r\n") * 20_000
"""More than lies on the way between two sockets."""


def account(server: MailServer, **other: object) -> Account:
    known: dict[str, object] = {
        "host": "localhost",
        "port": server.port,
        "security": Security.TLS if server.security == "tls" else Security.STARTTLS,
        "user": server.user,
        "sender": SENDER,
        "timeout": PATIENCE,
        "patience": PATIENCE,
    }
    return Account(**{**known, **other})  # type: ignore[arg-type]


class Sending:
    """One letter handed to a server, and how often the dot was announced."""

    def __init__(self, server: MailServer, trust: ssl.SSLContext) -> None:
        self.server, self.trust, self.dots = server, trust, 0

    def __call__(
        self,
        message: bytes | None = None,
        before_dot: Callable[[], object] = lambda: None,
        password: str | None = None,
        **other: object,
    ) -> Outcome:
        def counted() -> None:
            self.dots += 1
            before_dot()

        return send(
            account(self.server, **other),
            self.server.password if password is None else password,
            message or letter(),
            to=TO,
            before_dot=counted,
            trust=self.trust,
        )
