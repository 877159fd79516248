"""A program that does one kind of write on a disk that fails, and says what came of each act.

``python -m tests.faults.disk_victim`` warms up and takes one order a line, as JSON; a child does
each. It says ``kept`` after an act that the program would tell as done, ``refused`` with the
sentence a person would read, ``broke`` with the traceback they must never see.
"""

from __future__ import annotations

import os
import traceback
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from clientele.domain.errors import Refusal
from clientele.store.session import Store
from tests.faults import failing
from tests.faults.all_kinds import KINDS
from tests.faults.kinds import Act, Work
from tests.faults.victim import say, serve


class GivenUp(Exception):
    """An act was refused, and nobody tries again."""


class Doing:
    """Does acts one after another and tells of each."""

    def __init__(self, *, again: bool) -> None:
        self._again = again
        self._done = 0

    def __call__(self, act: Act) -> None:
        """Do an act; after a refusal once more, if that is wanted."""
        try:
            act()
        except Refusal as refusal:
            self._tell(refusal)
            if not self._again:
                raise GivenUp from None
            failing.disarm()
            act()
        self._done += 1
        say("kept", act=self._done)

    def _tell(self, refusal: Refusal) -> None:
        say("refused", act=self._done, kind=type(refusal).__name__, sentence=refusal.sentence)


def golden(work: Work, folder: Path) -> None:
    """Do all of it on a good disk, telling each state that the program itself leaves behind."""

    def look() -> None:
        # The read is a connection of its own: it sees what is committed, and nothing else.
        say("state", state=work.state(folder))

    real = Store.write

    def write(store: Store, **how: Any) -> Any:
        @contextmanager
        def wrapped() -> Any:
            with real(store, **how) as session:
                yield session
            look()

        return wrapped()

    def do(act: Act) -> None:
        act()
        look()
        say("kept")

    look()
    Store.write = write  # type: ignore[assignment, method-assign]
    work.run(folder, do)
    look()


def attempt(order: dict[str, Any]) -> None:
    """One order."""
    work, folder = KINDS[order["kind"]], Path(order["folder"])
    try:
        if order.get("golden"):
            golden(work, folder)
            return
        failing.arm(folder, order["fault"])
        with suppress(GivenUp):
            work.run(folder, Doing(again=order["again"]))
        say("done", count=failing.counted())
    except BaseException:
        say("broke", trace=traceback.format_exc()[-1500:])
        os._exit(0)


if __name__ == "__main__":
    serve(attempt)
