"""Is each e-mail of a real book there once, or asked about, wherever the program is killed?

What ``test_kills_while_sending`` says of the smallest queue is said here of the book's own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import trustme

from clientele.domain.rules.sending import MailMove, MailState
from clientele.services.sending import DecideMail, decide_mail
from clientele.system.clock import FixedClock
from clientele.system.mail_tls import system_trust
from tests.conftest import DATA_KEY
from tests.faults.killing import ROOT
from tests.faults.victim import NOW
from tests.mail_server import PATIENCE, At, Does, MailServer, Trouble
from tests.services.floor import a_floor
from tests.services.posting import Office


class Programs:
    """A warmed-up program of which each start is a child of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._answers = process.stdin, process.stdout

    def start(self, server: MailServer, **order: object) -> int:
        """To its end, or killed where it or the server stands still; answers how it ended."""
        self._orders.write(json.dumps(order).encode() + b"\n")
        self._orders.flush()
        pid = int(self._heard("pid")["pid"])
        if order["stop"]:
            assert self._heard("stands")["where"] == order["stop"]
            os.kill(pid, signal.SIGKILL)
        elif server.trouble is not None:
            assert server.reached.wait(PATIENCE)
            os.kill(pid, signal.SIGKILL)
        return int(self._heard("ended")["code"])

    def _heard(self, word: str) -> dict[str, Any]:
        said, _, rest = self._answers.readline().decode().partition(" ")
        assert said == word, said
        heard: dict[str, Any] = json.loads(rest)
        return heard


@pytest.fixture(scope="module")
def programs() -> Iterator[Programs]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.mail_victim"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        try:
            yield Programs(process)
        finally:
            process.kill()


ONCE, ASKED_THERE, ASKED_LOST = (MailState.SENT, 1), (MailState.UNSURE, 1), (MailState.UNSURE, 0)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("before all", ONCE),
        ("before begin", ONCE),
        ("before begin is kept", ONCE),
        ("begin is kept", ONCE),
        (At.GREETING, ONCE),
        (At.EHLO, ONCE),
        (At.STARTTLS, ONCE),
        (At.AUTH, ONCE),
        (At.MAIL, ONCE),
        (At.RCPT, ONCE),
        (At.DATA, ONCE),
        ("before the mark", ONCE),
        ("before the mark is kept", ONCE),
        ("the mark is kept", ASKED_LOST),
        (At.LOST_DOT, ASKED_LOST),
        (At.DOT, ASKED_THERE),
        ("before the outcome", ASKED_THERE),
        ("before the outcome is kept", ASKED_THERE),
        ("the outcome is kept", ONCE),
    ],
)
def test_killed_anywhere_it_is_there_once_or_asked_about(
    store: Any, ca: trustme.CA, programs: Programs, where: str, found: tuple[MailState, int]
) -> None:
    with MailServer(ca) as server:
        office = Office(a_floor(store, FixedClock(NOW)), server, system_trust())
        office.set_account()
        key = office.queue()
        order = {
            "book": str(store.path),
            "key": DATA_KEY.hex(),
            "ca": ca.cert_pem.bytes().decode(),
            "kept": {name: value for (_, name), value in office.shelf.kept.items()},
        }
        if isinstance(where, At):
            server.trouble = Trouble(where, Does.STAND_STILL)
        stop = "" if isinstance(where, At) else where
        assert programs.start(server, **order, stop=stop) == -signal.SIGKILL
        server.trouble = None
        assert programs.start(server, **order, stop="") == 0
        assert (office.message(key).state, office.times(key)) == found
        assert len(office.contacts()) == (found == ONCE), "told once, when it is known"
        if found != ONCE:
            assert programs.start(server, **order, stop="") == 0
            assert office.message(key).state == MailState.UNSURE, "started again it still asks"
            office.floor.do(decide_mail, DecideMail(key, office.floor.okafor, MailMove.AGAIN))
            assert programs.start(server, **order, stop="") == 0
            assert office.message(key).state == MailState.SENT
            assert office.times(key) == found[1] + 1, "as the person said"
            assert len(office.contacts()) == 1
