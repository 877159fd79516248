"""A program that sends the e-mails of a book, standing still where it is told, to be killed there.

``python -m tests.faults.mail_victim`` warms up and takes one order a line, as JSON. For each it
forks a child that opens the book and sends what is due, as the program does at every start.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import clientele.services.mail_sender as sending
from clientele.services.changes import Changes
from clientele.services.mail_accounts import Passwords
from clientele.services.mail_sender import Sender
from clientele.store.session import open_store
from clientele.system.clock import FixedClock
from clientele.system.mail_tls import system_trust
from clientele.system.secrets import Vault
from tests.faults.victim import NOW, say


class Kept:
    """A keyring that holds what the order says."""

    def __init__(self, kept: dict[str, str]) -> None:
        self._kept = kept

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("nothing is kept while sending")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("nothing is forgotten while sending")


def work(order: dict[str, Any]) -> None:
    """One start of the program: to its end, or until it stands still."""

    def stand_still(where: str) -> None:
        if order["stop"] == where:
            say("stands", where=where)
            signal.pause()

    def wrapped(verb: Any, name: str) -> Any:
        """Stands still inside the write: before the verb, and after it before the commit."""

        def run(session: Any, what: Any, /, *, now: Any) -> Changes:
            stand_still(f"before {name}")
            changes: Changes = verb(session, what, now=now)
            stand_still(f"before {name} is kept")
            return changes

        return run

    steps = iter(("begin is kept", "the mark is kept", "the outcome is kept"))

    def told(changes: Changes) -> None:
        if "message" in changes.kinds and changes.subject is not None:
            stand_still(next(steps))

    verbs: Any = sending
    verbs.begin = wrapped(verbs.begin, "begin")
    verbs.mark_dot = wrapped(verbs.mark_dot, "the mark")
    verbs.ended = wrapped(verbs.ended, "the outcome")
    trust = system_trust()
    trust.load_verify_locations(cadata=order["ca"])
    passwords = Passwords(as_it_is=lambda: Vault(Kept(order["kept"])))
    store = open_store(Path(order["book"]), bytes.fromhex(order["key"]))
    sender = Sender(store, FixedClock(NOW), passwords, told, trust=trust)
    stand_still("before all")
    sender.round()
    sender.leave()
    store.close()


def main() -> None:
    """Take orders until there are no more."""
    child = 0
    for line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        child = os.fork()
        if child == 0:
            work(json.loads(line))
            os._exit(0)
        say("pid", pid=child)
        end = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert end is not None
        say("ended", code=-end.si_status if end.si_code == os.CLD_KILLED else end.si_status)


if __name__ == "__main__":
    main()
