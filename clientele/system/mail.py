"""Sending one e-mail by SMTP with TLS, and saying for certain what became of it.

A letter may be repeated as long as its final dot was not begun, for no server takes a letter
without it. From the first byte of the line with that dot on only the server's answer tells; where
none comes the letter is UNSURE, and it is a person who decides. ``before_dot`` is called right
before that byte, so that a program that is killed also knows, when it starts again, on which side
it was. Nothing is ever sent in plain: not the password, not a name.

To be called off the GUI thread. Nothing here is logged.
"""

from __future__ import annotations

import re
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from clientele.system.letter import (
    Mailbox,
    Part,
    Unfit,
    address_on_the_wire,
    domain_in_ascii,
    is_plain,
)
from clientele.system.mail_answers import Ending, Outcome, Step, Why
from clientele.system.mail_line import Connect, Ended, Line, connected
from clientele.system.mail_tls import system_trust


class Security(StrEnum):
    """How TLS begins. There is no third way."""

    TLS = "tls"  # at once, usually at port 465 (RFC 8314)
    STARTTLS = "starttls"  # after a word in plain, usually at port 587 (RFC 3207)


USUAL_PORT = {Security.TLS: 465, Security.STARTTLS: 587}


@dataclass(frozen=True, slots=True)
class Account:
    """Where letters are handed in and in whose name. Its password is in the system's keyring.

    An empty ``user`` means that the server asks for no sign-in. ``timeout``: seconds for each step.
    ``patience``: seconds for the answer to a whole letter; RFC 5321 (4.5.3.2.6) asks for ten
    minutes, since who waits shorter sends many a letter twice. Raises ``Unfit``.
    """

    host: str
    port: int
    security: Security
    user: str
    sender: Mailbox
    timeout: float = 30.0
    patience: float = 600.0

    def __post_init__(self) -> None:
        _dialled(self.host)
        if not 0 < self.port < 65_536:
            raise Unfit(Part.PORT)
        if not is_plain(self.user):
            raise Unfit(Part.USER)
        address_on_the_wire(self.sender.address, Part.SENDER)


def send(
    account: Account,
    password: str,
    message: bytes,
    *,
    to: str,
    before_dot: Callable[[], None],
    trust: ssl.SSLContext | None = None,
    connect: Connect = connected,
) -> Outcome:
    """Hand in one letter (``compose``) for one address, and say what became of it.

    ``before_dot`` keeps, for good, that the dot is about to be sent; what it raises ends the
    sending before the dot and is raised on. ``connect`` may keep a ``dup()`` of the socket it
    makes: shut down from another thread it ends the waiting, with LATER or UNSURE as the case is.

    Raises ``Unfit`` where ``to`` is no address, ``ValueError`` where the letter is not composed by
    ``compose`` and not ASCII; all else is an outcome.
    """
    sender = address_on_the_wire(account.sender.address, Part.SENDER)
    recipient = address_on_the_wire(to, Part.RECIPIENT)
    whole = _as_sent(message)
    try:
        with _signed_in(account, password, trust, connect) as line:
            size = f" SIZE={len(whole) + 2}" if "SIZE" in line.features else ""
            line.ask(Step.SENDER, f"MAIL FROM:<{sender}>{size}".encode("ascii"))
            line.ask(Step.RECIPIENT, f"RCPT TO:<{recipient}>".encode("ascii"))
            line.ask(Step.DATA, b"DATA")
            line.put(Step.BODY, whole)
            line.nothing_said(Step.BODY)
            before_dot()
            line.nothing_said(Step.BODY)
            line.put(Step.DOT, b"\r\n.\r\n")
            line.hear(Step.DOT, account.patience)
    except Ended as ended:
        return ended.outcome
    raise AssertionError("every answer to the dot ends it")


def check(
    account: Account,
    password: str,
    *,
    trust: ssl.SSLContext | None = None,
    connect: Connect = connected,
) -> Outcome:
    """Sign in and leave again: SIGNED_IN, or why sending would not work. Sends no letter."""
    try:
        with _signed_in(account, password, trust, connect) as line:
            line.quit()
    except Ended as ended:
        return ended.outcome
    return Outcome(Ending.SIGNED_IN, Step.SIGN_IN)


@contextmanager
def _signed_in(
    account: Account, password: str, trust: ssl.SSLContext | None, connect: Connect
) -> Iterator[Line]:
    """A line in TLS with a server that knows who we are; it is hung up at the end."""
    trust = trust or system_trust()
    host = _dialled(account.host)
    line = Line(host, account.port, account.timeout, password, connect)
    try:
        if account.security is Security.TLS:
            line.secure(trust, Step.TLS)
        line.hear(Step.GREETING)
        line.hello()
        if account.security is Security.STARTTLS:
            if "STARTTLS" not in line.features:
                raise Ended(Outcome(Ending.NO_TLS, Step.STARTTLS, Why.NOT_OFFERED))
            line.ask(Step.STARTTLS, b"STARTTLS")
            line.secure(trust, Step.STARTTLS)
            line.hello()
        if account.user:
            _sign_in(line, account.user, password)
        yield line
    except Ended as ended:
        if ended.outcome.ending is Ending.SENT:
            line.quit()
        raise
    finally:
        line.close()


def _sign_in(line: Line, user: str, password: str) -> None:
    """Once and in one way: a second try of a wrong password may lock the account."""
    offered = line.features.get("AUTH", "").upper().split()
    name, secret = user.encode("utf-8"), password.encode("utf-8", "surrogatepass")
    if "PLAIN" in offered:
        steps = [b"AUTH PLAIN " + b64encode(b"\0" + name + b"\0" + secret)]
    elif "LOGIN" in offered:
        steps = [b"AUTH LOGIN", b64encode(name), b64encode(secret)]
    else:
        raise Ended(Outcome(Ending.TURNED_AWAY, Step.SIGN_IN, Why.NO_SIGN_IN))
    for step in steps:
        if not line.challenge(step):
            return
    raise Ended(Outcome(Ending.LATER, Step.SIGN_IN, Why.ODD))


def _as_sent(message: bytes) -> bytes:
    """The letter as DATA wants it, without its last line break, which belongs to the dot.

    Lines end with CR LF alone, and a dot that begins one is doubled (RFC 5321, 4.5.2), so that
    nothing in a letter can pass for its end. Raises ``ValueError``: not ASCII.
    """
    if not message.isascii():
        raise ValueError("a letter that is not ASCII")
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    return re.sub(rb"(?m)^\.", b"..", lines).removesuffix(b"\r\n")


def _dialled(host: str) -> str:
    """The server's name in ASCII; an address in figures as it is."""
    if re.fullmatch(r"[0-9A-Fa-f:.]+", host) and ":" in host:
        return host
    return domain_in_ascii(host, Part.SERVER)
