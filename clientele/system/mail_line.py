"""The connection to a mail server: commands out, answers in, TLS over it, and a limit on waiting.

Not ``smtplib``: it sends the final dot in one piece with the letter, so that nobody can tell on
which side of it a connection broke; it takes an answer that is too long for a refusal; it cannot
sign in with an umlaut, and quotes the password in the error; and it waits anew for each byte.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from clientele.system.mail_answers import Outcome, Step, Why, cleaned, judged, lost
from clientele.system.mail_tls import not_secured

LONGEST_ANSWER = 65_536
"""Bytes; RFC 5321 allows 512 a line, and nobody answers in more than a few dozen lines."""

_ANSWER = re.compile(rb"(\d{3})([ -]?)(.*)", re.DOTALL)


class Ended(Exception):
    """Sending came to an end at some step. It is never seen outside of these modules."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(outcome.ending.value)


Connect = Callable[[str, int, float], socket.socket]


def connected(host: str, port: int, timeout: float) -> socket.socket:
    """A socket to the server. Raises ``OSError``."""
    return socket.create_connection((host, port), timeout)


class Line:
    """A line to one server. Every method raises ``Ended``; close it whatever happens."""

    def __init__(
        self, host: str, port: int, timeout: float, password: str, connect: Connect = connected
    ) -> None:
        """``timeout``: seconds for each single step. ``password`` is only kept out of answers."""
        self.features: dict[str, str] = {}
        self._host, self._timeout, self._password = host, timeout, password
        self._heard = b""
        try:
            self._socket = connect(host, port, timeout)
        except TimeoutError:
            raise Ended(lost(Step.CONNECT, Why.SILENT)) from None
        except (socket.gaierror, UnicodeError):
            raise Ended(lost(Step.CONNECT, Why.NOT_FOUND)) from None
        except OSError:
            raise Ended(lost(Step.CONNECT, Why.UNREACHABLE)) from None

    def close(self) -> None:
        """Hang up, without a word: in the middle of a letter any word would become part of it."""
        with suppress(OSError):
            self._socket.close()

    def secure(self, trust: ssl.SSLContext, step: Step) -> None:
        """Go on in TLS with the server whose name was dialled. Forgets what was said before."""
        self._heard, self.features = b"", {}
        try:
            self._socket.settimeout(self._timeout)
            secured = trust.wrap_socket(self._socket, server_hostname=self._host)
        except OSError as error:
            raise Ended(not_secured(step, error)) from None
        self._socket = secured
        if secured.version() is None:  # hung up meanwhile: nothing was agreed upon
            raise Ended(lost(step, Why.CUT_OFF))

    def hello(self) -> None:
        """Say hello, and learn what the server offers: ``features``, by their names in capitals.

        No name and no address of this terminal is told: it would stand in every letter.
        """
        lines = self.ask(Step.HELLO, b"EHLO [127.0.0.1]")
        for line in lines.split("\n")[1:]:
            name, _, rest = line.replace("=", " ", 1).partition(" ")
            self.features[name.upper()] = f"{self.features.get(name.upper(), '')} {rest}".strip()

    def ask(self, step: Step, command: bytes) -> str:
        """Give a command; the words of an answer that leads on, one line each."""
        self.put(step, command + b"\r\n")
        return self.hear(step)

    def challenge(self, command: bytes) -> bool:
        """Give a command of signing in: whether the server wants more (334) or is content."""
        self.put(Step.SIGN_IN, command + b"\r\n")
        code, words = self._answer(Step.SIGN_IN, self._timeout)
        if code == 334:
            return True
        self._judge(Step.SIGN_IN, code, words)
        return False

    def hear(self, step: Step, patience: float | None = None) -> str:
        """Wait for the answer to ``step``; its words if it leads on. ``patience`` is in seconds."""
        code, words = self._answer(step, self._timeout if patience is None else patience)
        self._judge(step, code, words)
        return words

    def put(self, step: Step, data: bytes) -> None:
        """Send ``data``, all of it."""
        try:
            self._socket.settimeout(self._timeout)
            self._socket.sendall(data)
        except TimeoutError:
            raise Ended(lost(step, Why.SILENT)) from None
        except OSError:
            raise Ended(lost(step, Why.CUT_OFF)) from None

    def nothing_said(self, step: Step) -> None:
        """Make sure that the server is still there and has said nothing, as it should not have.

        An answer that is already there is to no question of ours: taken for the answer to the dot
        it would be believed. One that refuses (too big, closing down) counts as what it says.
        """
        try:
            self._socket.settimeout(0)
            early = self._socket.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError):
            early = None
        except OSError:
            early = b""
        if early == b"":
            raise Ended(lost(step, Why.CUT_OFF))
        self._heard += early or b""
        if self._heard:
            self.hear(step)  # at BODY no answer leads on

    def quit(self) -> None:
        """Say good-bye, and wait for no answer: what counts was said before."""
        with suppress(Ended):
            self.put(Step.DOT, b"QUIT\r\n")

    def _judge(self, step: Step, code: int, words: str) -> None:
        outcome = judged(step, code, cleaned(words, self._password))
        if outcome is not None:
            raise Ended(outcome)

    def _answer(self, step: Step, patience: float) -> tuple[int, str]:
        """The code of an answer and its lines, or 0 for what is no answer."""
        until = monotonic() + patience
        lines: list[str] = []
        size = 0
        while True:
            line = self._heard_line(step, until)
            size += len(line)
            found = _ANSWER.fullmatch(line)
            if found is None or size > LONGEST_ANSWER:
                return 0, ""
            lines.append(found[3].decode("utf-8", "replace").strip())
            if found[2] != b"-":
                return int(found[1]), "\n".join(lines)

    def _heard_line(self, step: Step, until: float) -> bytes:
        while b"\n" not in self._heard:
            left = until - monotonic()
            if left <= 0:
                raise Ended(lost(step, Why.SILENT))
            try:
                self._socket.settimeout(left)
                more = self._socket.recv(4096)
            except TimeoutError:
                raise Ended(lost(step, Why.SILENT)) from None
            except OSError:
                raise Ended(lost(step, Why.CUT_OFF)) from None
            if not more:
                raise Ended(lost(step, Why.CUT_OFF))
            self._heard += more
            if len(self._heard) > LONGEST_ANSWER:
                raise Ended(lost(step, Why.ODD))
        line, _, self._heard = self._heard.partition(b"\n")
        return line.rstrip(b"\r")
