"""Is a letter there once, or asked about, wherever the program is killed while sending it?

The smallest queue that keeps to decision 35: one row, each move committed before what follows it.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from clientele.domain.rules.sending import MailMove, MailState, Posting, moved
from tests.mail_server import PATIENCE, At, Does, MailServer, Trouble
from tests.system.sending import MESSAGE_ID, NOW

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sqlite3, sys
from clientele.domain.rules.sending import *
from clientele.system.mail import send
from clientele.system.mail_tls import system_trust
from tests.mail_server import MailServer
from tests.system.sending import NOW, TO, account, letter

book, port, ca, stop = sys.argv[1:]
kept = sqlite3.connect(book, isolation_level=None)
kept.execute("PRAGMA synchronous = FULL")

def stand_still(where):
    if stop == where:
        print(where, flush=True)
        sys.stdin.read()

def posting():
    return Posting(NOW, MailState(kept.execute("SELECT state FROM letter").fetchone()[0]))

def commit(one):
    kept.execute("UPDATE letter SET state = ?", (str(one.state),))

def mark():
    stand_still("before the mark")
    commit(moved(posting(), MailMove.DOT, now=NOW))
    stand_still("after the mark")

commit(on_start(posting(), now=NOW))
stand_still("before all")
if is_due(posting(), now=NOW):
    commit(moved(posting(), MailMove.BEGIN, now=NOW))
    stand_still("begun")
    trust = system_trust()
    trust.load_verify_locations(cadata=ca)
    server = MailServer(None, port=int(port))
    outcome = send(
        account(server), server.password, letter(), to=TO, before_dot=mark, trust=trust
    )
    stand_still("answered")
    commit(moved(posting(), move_of(outcome), now=NOW))
"""


class Queue:
    """A book with one letter, and the program that sends it."""

    def __init__(self, book: Path, server: MailServer, ca: trustme.CA) -> None:
        self._kept = sqlite3.connect(book, isolation_level=None)
        self._kept.execute("CREATE TABLE letter (state TEXT)")
        self._kept.execute("INSERT INTO letter VALUES ('queued')")
        self._arguments = [str(book), str(server.port), ca.cert_pem.bytes().decode()]
        self._server = server

    def close(self) -> None:
        self._kept.close()

    def state(self) -> MailState:
        return MailState(self._kept.execute("SELECT state FROM letter").fetchone()[0])

    def person(self, move: MailMove) -> None:
        one = moved(Posting(NOW, self.state()), move, now=NOW)
        assert one is not None
        self._kept.execute("UPDATE letter SET state = ?", (str(one.state),))

    def run(self, stop: str = "") -> None:
        """The program: to its end, or killed where it or the server stands still."""
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *self._arguments, stop],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as program:
            assert program.stdout is not None
            if stop:
                assert program.stdout.readline().decode().strip() == stop
                program.kill()
            elif self._server.trouble is not None:
                assert self._server.reached.wait(PATIENCE)
                program.kill()
            else:
                assert program.wait(PATIENCE) == 0


ONCE, ASKED_THERE, ASKED_LOST = (MailState.SENT, 1), (MailState.UNSURE, 1), (MailState.UNSURE, 0)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("before all", ONCE),
        ("begun", ONCE),
        (At.GREETING, ONCE),
        (At.EHLO, ONCE),
        (At.STARTTLS, ONCE),
        (At.AUTH, ONCE),
        (At.MAIL, ONCE),
        (At.RCPT, ONCE),
        (At.DATA, ONCE),
        ("before the mark", ONCE),
        ("after the mark", ASKED_LOST),
        (At.LOST_DOT, ASKED_LOST),
        (At.DOT, ASKED_THERE),
        ("answered", ASKED_THERE),
    ],
)
def test_killed_anywhere_it_is_there_once_or_asked_about(
    ca: trustme.CA, tmp_path: Path, where: str, found: tuple[MailState, int]
) -> None:
    with MailServer(ca) as server:
        if isinstance(where, At):
            server.trouble = Trouble(where, Does.STAND_STILL)
        queue = Queue(tmp_path / "book", server, ca)
        queue.run("" if isinstance(where, At) else where)
        server.trouble = None
        queue.run()
        assert (queue.state(), server.times_taken(MESSAGE_ID)) == found
        if found != ONCE:
            queue.run()
            assert queue.state() is MailState.UNSURE, "started again it still asks"
            queue.person(MailMove.AGAIN)
            queue.run()
            assert queue.state() is MailState.SENT
            assert server.times_taken(MESSAGE_ID) == found[1] + 1, "as the person said"
        queue.close()
