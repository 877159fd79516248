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

from clientele.domain.promises import PromiseKind
from clientele.domain.recovery import Decision
from clientele.exchange.plan import plan
from clientele.services.books import GiveClients, give_clients
from clientele.services.clients import EditClient, NewClient, edit_client, new_client
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.hand_offs import Answer, Offer, accept, offer
from clientele.services.imports import Progress, import_file, store_ways
from clientele.services.made_right import (
    ClientSays,
    Decide,
    OpenMadeRight,
    client_says,
    decide,
    open_made_right,
)
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.services.part_payments import PayAhead, pay_ahead
from clientele.services.promises import MakePromise, ReachStep, make_promise, reach_step
from clientele.services.returns import BringBack, bring_back
from clientele.services.shown_items import SetOutcome, ShowItem, set_outcome, show_item
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.undo import undo
from clientele.services.visits import Leave, PlanStop, StartVisit, leave, plan_stop, start_visit
from clientele.store.session import Store, open_store

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DUE = date(2026, 11, 28)
SOME = 2
"""Clients that are given at once."""


def say(word: str, **what: object) -> None:
    """Tell whoever listens; a line is written whole or not at all."""
    os.write(1, f"{word} {json.dumps(what)}\n".encode())


class Editing:
    """An associate's work, one acknowledged change after another, without end."""

    def __init__(
        self,
        store: Store,
        by: int,
        colleague: int,
        departments: list[int],
        seed: int,
        tell: Callable[..., None] = say,
    ) -> None:
        self._store = store
        self._by = by
        self._colleague = colleague
        self._handed_over: list[int] = []
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
        self._promise(client, name)
        self._make_right(client, name)
        self._hand_over(client)
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
        paid = self._do(pay_ahead, PayAhead(client, self._by, "5", "coat", f"A{name}"))
        self._tell("kept", table="part_payment", id=paid, receipt=f"A{name}")
        receipt = f"K{name}"
        ring = RingOnce(visit, receipt, self._by, part_payments=(paid,))
        purchase = self._do(ring_once, ring)
        self._tell("kept", table="purchase", id=purchase, receipt=receipt)
        self._tell("kept", table="part_payment", id=paid, purchase_id=purchase)
        with self._store.read() as session:
            (line,) = _first_line(session, purchase)
        back = self._do(bring_back, BringBack(visit, self._by, line_id=line))
        returned = self._do(ring_once, RingOnce(visit, f"B{name}", self._by))
        self._tell("kept", table="purchase", id=returned, receipt=f"B{name}")
        self._tell("kept", table="shown_item", id=back, returns_line_id=line)
        self._do(leave, Leave(visit, self._by))
        self._tell("kept", table="visit", id=visit, left=True)

    def _promise(self, client: int, name: str) -> None:
        what = MakePromise(client, self._by, PromiseKind.ALTERATION, f"hem {name}", DUE)
        promise = self._do(make_promise, what)
        self._tell("kept", table="promise", id=promise, what=f"hem {name}")
        for step in ("sent", "ready", "collected"):
            self._do(reach_step, ReachStep(promise, step, self._by))
        self._tell("kept", table="promise", id=promise, step="collected", state="kept")

    def _make_right(self, client: int, name: str) -> None:
        right = self._do(open_made_right, OpenMadeRight(client, self._by, f"tyres {name}"))
        self._tell("kept", table="made_right", id=right, goods=f"tyres {name}")
        self._do(decide, Decide(right, self._by, Decision.CASH_BACK, cost="127.00"))
        self._do(client_says, ClientSays(right, self._by, solved=True))
        self._tell("kept", table="made_right", id=right, state="solved")

    def _hand_over(self, client: int) -> None:
        """For good; and all that were handed over come back at once, now and then."""
        offered = self._do(offer, Offer(client, self._colleague, self._by))
        self._tell("kept", table="hand_off", id=offered, client_id=client)
        self._do(accept, Answer(offered, self._colleague))
        self._tell("kept", table="hand_off", id=offered, state="accepted")
        self._handed_over.append(client)
        if len(self._handed_over) < SOME:
            return
        many = tuple(self._handed_over)
        self._do(give_clients, GiveClients(many, self._by, self._colleague))
        self._handed_over.clear()
        with self._store.read() as session:
            memberships = [row[0] for row in _owned(session, many)]
        for key in memberships:
            self._tell("kept", table="book_membership", id=key, associate_id=self._by)

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


def _first_line(session: Session, purchase: int) -> Any:
    return session.connection().exec_driver_sql(
        "SELECT min(id) FROM purchase_line WHERE purchase_id = ?", (purchase,)
    ).one()  # fmt: skip


def _owned(session: Session, clients: tuple[int, ...]) -> Any:
    marks = ", ".join("?" * len(clients))
    return session.connection().exec_driver_sql(
        "SELECT id FROM book_membership WHERE role = 'owner' AND until IS NULL "
        f"AND client_id IN ({marks})",
        clients,
    )


def edit(store: Store, order: dict[str, Any]) -> None:
    """Work as an associate."""
    Editing(store, order["by"], order["colleague"], order["departments"], order["seed"]).work()


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


def work(order: dict[str, Any]) -> None:
    """Do what is asked on the book that is named."""
    store = open_store(Path(order["book"]), bytes.fromhex(order["key"]))
    WORK[order["work"]](store, order)
    store.close()


def serve(work: Callable[[dict[str, Any]], None]) -> None:
    """Take orders until there are no more; a child does each."""
    child = 0
    for line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            work(order)
            os._exit(0)
        say("pid", pid=child)
        # It stays unburied until the next order, so that nobody else gets its number meanwhile.
        end = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert end is not None
        say("ended", code=-end.si_status if end.si_code == os.CLD_KILLED else end.si_status)


if __name__ == "__main__":
    serve(work)
