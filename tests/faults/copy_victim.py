"""A program that copies or restores a book, and kills itself at a given moment.

``python -m tests.faults.copy_victim backup|restore BOOK COPY WHERE``: WHERE is a step of
``services.restoring.restore``, or how many times the copying tells how far it is.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import SET_UP
from clientele.services.restoring import preview, restore
from clientele.store import copies, copying

KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def main(what: str, book: Path, copy: Path, where: str) -> None:
    """Do it, and die on the way."""
    copying.PAGES = 16
    told = 0

    def die_at(step: str) -> None:
        if step == where:
            os.kill(os.getpid(), signal.SIGKILL)

    def count(_done: int, _total: int) -> None:
        nonlocal told
        told += 1
        die_at(str(told))

    if what == "backup":
        copies.make(book, KEY, Why.DAILY, now=NOW, told=count)
    else:
        looked = preview(book, KEY, copy).looked
        restore(book, KEY, looked, now=NOW, acting=SET_UP, told=count, step=die_at)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
