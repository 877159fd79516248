"""Killing a program at a random moment, and looking what its book still says."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO, Any

from clientele.store.doctor import examine, is_sound
from clientele.store.session import Store

ROOT = Path(__file__).parents[2]

Told = dict[str, Any]


@dataclass(slots=True)
class Heard:
    """What the victim said before it ended."""

    kept: list[Told] = field(default_factory=list)
    gone: list[Told] = field(default_factory=list)
    """Notes that were taken back."""
    done: Told | None = None
    """The result, if it came to its end."""
    refused: list[Told] = field(default_factory=list)
    """The sentences a person would have read."""
    broke: str = ""
    """The traceback, if it failed by itself."""
    states: list[tuple[int, str]] = field(default_factory=list)
    """How many acts were kept before, and what the folder held then."""
    killed: bool = False


class Victims:
    """A warmed-up program that forks one worker after another."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._orders: IO[bytes] = process.stdin
        self._answers = process.stdout.fileno()
        self._rest = b""

    def work(self, **order: object) -> Heard:
        """Let a worker come to its end."""
        return self._follow(order, after=None, wait=0.0)

    def kill(self, rng: Random, *, most: int, longest: float, **order: object) -> Heard:
        """Kill a worker at a random moment.

        That is after up to ``most`` acknowledged steps, and then up to ``longest`` seconds into
        the next ones.
        """
        return self._follow(order, after=rng.randrange(most + 1), wait=rng.random() * longest)

    def strike(self, after: int, wait: float, **order: object) -> Heard:
        """Kill a worker ``wait`` seconds after it said that ``after`` steps are done."""
        return self._follow(order, after=after, wait=wait)

    def _follow(self, order: dict[str, object], after: int | None, wait: float) -> Heard:
        self._orders.write(json.dumps(order).encode() + b"\n")
        self._orders.flush()
        heard, pid, steps = Heard(), 0, 0
        while True:
            if pid and after is not None and steps >= after:
                after = None
                self._strike(pid, wait)
            word, _, rest = self._line().partition(b" ")
            said = json.loads(rest)
            if word == b"pid":
                pid = said["pid"]
            elif word == b"kept":
                heard.kept.append(said)
                steps += 1
            elif word == b"gone":
                heard.gone.append(said)
            elif word == b"done":
                heard.done = said
            elif word == b"refused":
                heard.refused.append(said)
            elif word == b"broke":
                heard.broke = said["trace"]
            elif word == b"state":
                heard.states.append((len(heard.kept), said["state"]))
            else:
                assert said["code"] in (0, -signal.SIGKILL), "the victim failed by itself"
                heard.killed = said["code"] != 0
                return heard

    def _strike(self, pid: int, wait: float) -> None:
        """Kill the worker once it has worked on for a while; what it says until then counts."""
        end = time.monotonic() + wait
        while (left := end - time.monotonic()) > 0:
            if select.select([self._answers], [], [], left)[0]:
                self._rest += self._more()
        os.kill(pid, signal.SIGKILL)

    def _line(self) -> bytes:
        while b"\n" not in self._rest:
            self._rest += self._more()
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def _more(self) -> bytes:
        more = os.read(self._answers, 65_536)
        assert more, "the victims' parent ended"
        return more


@contextmanager
def victims(program: str = "victim", preload: Path | None = None) -> Iterator[Victims]:
    """Start the program that the workers come from, with a library of ours in it if wanted."""
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.faults.{program}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | ({} if preload is None else {"LD_PRELOAD": str(preload)}),
    ) as process:
        try:
            yield Victims(process)
        finally:
            process.kill()


def lost(store: Store, heard: Heard) -> list[Told]:
    """What was acknowledged and is not in the book as it was said last."""
    newest: dict[tuple[str, int], Told] = {}
    for said in heard.kept:
        place = (said["table"], said["id"])
        newest[place] = {**newest.get(place, {}), **said}
    missing = []
    with store.read() as session:
        run = session.connection().exec_driver_sql
        for (table, key), said in newest.items():
            row = run(f"SELECT * FROM {table} WHERE id = ?", (key,)).mappings().first()
            expected = {name: said[name] for name in said.keys() - {"table", "id", "left"}}
            # Words are typed on: a letter more may be in the book, and its acknowledgement not out.
            there = row is not None and all(
                str(row[name]).startswith(str(value)) for name, value in expected.items()
            )
            if not there or (said.get("left") and row is not None and row["left_at"] is None):
                missing.append(said)
        for said in heard.gone:
            if run("SELECT 1 FROM note WHERE body = ?", (said["body"],)).first():
                missing.append({"came back": True, **said})
    return missing


HALF_WRITTEN = {
    "clients without owner": "SELECT count(*) FROM client WHERE id NOT IN "
    "(SELECT client_id FROM book_membership WHERE role = 'owner')",
    "edited clients without phone and e-mail": "SELECT count(*) FROM client WHERE given_name LIKE "
    "'Given %' AND 2 <> (SELECT count(*) FROM contact_point WHERE client_id = client.id)",
    "visits without a stop": "SELECT count(*) FROM visit WHERE id NOT IN "
    "(SELECT visit_id FROM visit_stop)",
    "tickets without a line": "SELECT count(*) FROM purchase WHERE id NOT IN "
    "(SELECT purchase_id FROM purchase_line)",
    "rung tickets whose items do not name their line": "SELECT count(*) FROM purchase_line "
    "JOIN purchase ON purchase.id = purchase_id WHERE visit_id IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM shown_item WHERE purchase_line_id = purchase_line.id)",
    "clients without exactly one owner now": "SELECT count(*) FROM client WHERE 1 <> "
    "(SELECT count(*) FROM book_membership WHERE client_id = client.id AND role = 'owner' "
    "AND until IS NULL)",
    "memberships that ended, and nobody came after": "SELECT count(*) FROM book_membership AS old "
    "WHERE until IS NOT NULL AND NOT EXISTS (SELECT 1 FROM book_membership AS new WHERE "
    "new.client_id = old.client_id AND new.since = old.until AND new.id > old.id)",
    "accepted hand-offs whose client never was the taker's": "SELECT count(*) FROM hand_off "
    "WHERE state = 'accepted' AND until_on IS NULL AND NOT EXISTS (SELECT 1 FROM book_membership "
    "AS one WHERE one.client_id = hand_off.client_id AND one.associate_id = hand_off.to_id)",
    "promises whose step is not in their history": "SELECT count(*) FROM promise WHERE step <> '' "
    "AND NOT EXISTS (SELECT 1 FROM promise_step AS one WHERE one.promise_id = promise.id "
    "AND one.what = promise.step)",
    "problems decided or solved without a step that says so": "SELECT count(*) FROM made_right "
    "WHERE state <> 'open' AND NOT EXISTS (SELECT 1 FROM made_right_step AS one "
    "WHERE one.made_right_id = made_right.id)",
    "goods that came back and are not tied to what was sold": "SELECT count(*) FROM shown_item "
    "WHERE outcome = 'return' AND purchase_line_id IS NOT NULL AND NOT EXISTS (SELECT 1 "
    "FROM line_return AS one WHERE one.return_line_id = shown_item.purchase_line_id "
    "AND one.sold_line_id = shown_item.returns_line_id)",
    "batches that count what is not there": "SELECT count(*) FROM import_batch "
    "WHERE kind = 'purchases' AND rows_added <> (SELECT count(*) FROM purchase_line "
    "WHERE import_batch_id = import_batch.id)",
}
"""What must never be seen, each as a count that is 0."""


def troubles(store: Store) -> list[str]:
    """Everything that is wrong with the book."""
    findings = examine(store)
    found = [one.sentence for one in findings if one.content and not one.ok]
    assert is_sound(findings) is not bool(found)
    with store.read() as session:
        for name, count in HALF_WRITTEN.items():
            number = session.connection().exec_driver_sql(count).scalar_one()
            if number:
                found.append(f"{number} {name}")
    return found
