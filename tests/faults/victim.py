"""A program that works on a book and says of each step that it is kept, until it is killed.

``python -m tests.faults.victim`` warms up and then takes one order a line, as JSON. For each it
forks a child that does the work and says ``kept <JSON>`` after each commit; the order is over with
``ended``, also when the child was killed. The child's id comes first, as ``pid <number>``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from clientele.exchange.plan import plan
from clientele.services.clients import EditClient, NewClient, edit_client, new_client
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.imports import Progress, import_file, store_ways
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.services.shown_items import SetOutcome, ShowItem, set_outcome, show_item
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.undo import undo
from clientele.services.visits import Leave, PlanStop, StartVisit, leave, plan_stop, start_visit
from clientele.store.session import Store, open_store

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DUE = date(2026, 11, 28)


def say(word: str, **what: object) -> None:
    """Tell whoever listens; a line is written whole or not at all."""
    os.write(1, f"{word} {json.dumps(what)}\n".encode())


class Editing:
    """An associate's work, one acknowledged change after another, without end."""

    def __init__(
        self,
        store: Store,
        by: int,
        departments: list[int],
        seed: int,
        tell: Callable[..., None] = say,
    ) -> None:
        self._store = store
        self._by = by
        self._departments = departments
        self._rng = Random(seed)
        self._run = seed
        self._count = 0
        self._tell = tell

    def work(self) -> None:
        """Serve clients until somebody ends it."""
        while True:
            self.serve()

    def _do(self, verb: Any, what: Any) -> int:
        with self._store.write() as session:
            changes = verb(session, what, now=NOW)
        return int(changes.subject or 0)

    def serve(self) -> None:
        """One client who is new: noted, visited, rung up, and to be called next week."""
        self._count += 1
        name = f"{self._run}-{self._count}"
        client = self._do(
            new_client,
            NewClient(self._by, f"Given {name}", f"Family {name}", phone=_phone(self._rng),
                      email=f"c{name}@example.com"),
        )  # fmt: skip
        self._tell("kept", table="client", id=client, given_name=f"Given {name}")
        note = self._do(keep_note, KeepNote(client, f"first {name}", self._by))
        self._tell("kept", table="note", id=note, body=f"first {name}")
        for letters in range(1, 4):
            body = f"first {name}" + "!" * letters
            self._do(edit_note, EditNote(note, body))
            self._tell("kept", table="note", id=note, body=body)
        self._do(edit_client, EditClient(client, "preferred_name", f"P {name}"))
        self._tell("kept", table="client", id=client, preferred_name=f"P {name}")
        self._visit(client, name)
        self._take_back(client, name)
        follow_up = self._do(
            new_follow_up, NewFollowUp(client, self._by, "call", f"why {name}", DUE)
        )
        self._tell("kept", table="follow_up", id=follow_up, reason=f"why {name}")

    def _visit(self, client: int, name: str) -> None:
        first, second = self._departments[:2]
        visit = self._do(start_visit, StartVisit(client, self._by, first))
        self._do(plan_stop, PlanStop(visit, second))
        self._tell("kept", table="visit", id=visit, client_id=client)
        with self._store.read() as session:
            stops = [row[0] for row in _stops(session, visit)]
        for stop in stops:
            price = self._rng.randrange(10, 900)
            item = self._do(show_item, ShowItem(stop, f"Coat {name}, €{price}", self._by))
            self._do(set_outcome, SetOutcome(item, "keeping"))
            self._tell("kept", table="shown_item", id=item, outcome="keeping")
        receipt = f"K{name}"
        purchase = self._do(ring_once, RingOnce(visit, receipt, self._by))
        self._tell("kept", table="purchase", id=purchase, receipt=receipt)
        self._do(leave, Leave(visit, self._by))
        self._tell("kept", table="visit", id=visit, left=True)

    def _take_back(self, client: int, name: str) -> None:
        with self._store.write() as session:
            done = keep_note(session, KeepNote(client, f"mistaken {name}", self._by), now=NOW)
        assert done.undo is not None
        with self._store.write() as session:
            undo(session, done.undo, now=NOW)
        self._tell("gone", body=f"mistaken {name}")


def _phone(rng: Random) -> str:
    return f"06 {rng.randrange(10_000_000, 99_999_999)}"


def _stops(session: Session, visit: int) -> Any:
    return session.connection().exec_driver_sql(
        "SELECT id FROM visit_stop WHERE visit_id = ? ORDER BY position", (visit,)
    )


def edit(store: Store, order: dict[str, Any]) -> None:
    """Work as an associate."""
    Editing(store, order["by"], order["departments"], order["seed"]).work()


def bring_in(store: Store, order: dict[str, Any]) -> None:
    """Import a file, telling how far it is after each chunk that was kept."""

    def told(progress: Progress) -> None:
        say("kept", added=progress.added, known=progress.known, rejected=progress.rejected)

    path = Path(order["file"])
    result = import_file(
        store, plan(path, store_ways(store)), now=NOW, progress=told, by=order["by"], own=True
    )
    say("done", added=result.added, known=result.known, rejected=result.rejected)


WORK = {"edit": edit, "import": bring_in}


def main() -> None:
    """Take orders until there are no more."""
    child = 0
    for line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            store = open_store(Path(order["book"]), bytes.fromhex(order["key"]))
            WORK[order["work"]](store, order)
            store.close()
            os._exit(0)
        say("pid", pid=child)
        # It stays unburied until the next order, so that nobody else gets its number meanwhile.
        end = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert end is not None
        say("ended", code=-end.si_status if end.si_code == os.CLD_KILLED else end.si_status)


if __name__ == "__main__":
    main()
