"""A damaged book at the start: its key is asked for, what can be done, how far, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from clientele.domain.rules.keeping_copies import Why
from clientele.services.clients import NewClient, new_client
from clientele.services.opening import FirstAssociate, begin_book, key_on_paper
from clientele.services.team import SetUpStore
from clientele.store import copies
from clientele.store.errors import DamagedBook
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.region import Region
from clientele.ui.start.rescuing import DamagedStep
from scripts.picturing.places import NOW, ZONE
from scripts.picturing.scene import pause

PASSPHRASE = "pictures"
PAGE = 4096
REGION = Region("NL", "EUR", ZONE, "en")
DAMAGED = (2, 3, 4, 5, 6, 7, 8)
"""Pages near the beginning, without which no book opens."""


def steps(folder: Path) -> dict[str, Callable[[], QWidget]]:
    """How to come to each picture of a book that is made and damaged in ``folder``."""
    return {
        "rescuing-key": partial(_step, folder, passphrase=""),
        "rescuing": partial(_step, folder),
        "rescuing-no-copy": partial(_step, folder, copied=False),
        "rescuing-running": partial(_running, folder),
        "rescuing-done": partial(_done, folder),
    }


def _step(folder: Path, *, passphrase: str = PASSPHRASE, copied: bool = True) -> DamagedStep:
    book = _damaged(folder / ("copied" if copied else "alone"), copied=copied)
    sentence = DamagedBook(path=book.relative_to(folder)).sentence
    step = DamagedStep(sentence, book, FixedClock(NOW), lambda: REGION, passphrase=passphrase)
    _wait(step)
    return step


def _running(folder: Path) -> DamagedStep:
    step = _step(folder)
    step._run(step._leave.wait, lambda _: None, lambda *_: None)
    step._told(1840, 4096)
    step._show_course()
    return step


def _done(folder: Path) -> DamagedStep:
    step = _step(folder)
    step.recover()
    _wait(step)
    return step


def _wait(step: DamagedStep) -> None:
    while not step.idle():
        pause()


def _damaged(folder: Path, *, copied: bool) -> Path:
    book = folder / "book.clientele"
    if book.exists():
        return book
    begun = begin_book(
        book,
        SetUpStore("Herengracht", "EUR", "NL", ZONE),
        FirstAssociate("R. Okafor", "Men's Suits", "246813", "store manager"),
        vault=None,
        passphrase=PASSPHRASE,
        now=NOW,
    )
    key_on_paper(begun.store)
    _client(begun.store, "Ada")
    if copied:
        copies.make(book, begun.store.data_key, Why.DAILY, now=NOW)
    _client(begun.store, "Bea")
    begun.store.close()
    content = bytearray(book.read_bytes())
    for number in DAMAGED:
        content[(number - 1) * PAGE + 200] ^= 1
    book.write_bytes(content)
    return book


def _client(store: Store, name: str) -> None:
    with store.write() as session:
        new_client(session, NewClient(by=1, given_name=name), now=NOW)
