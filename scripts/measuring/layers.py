"""How fast does the data layer answer, with no window around it?

Run with a book and a number of rounds, in a process of its own; see ``results.run``. Every
question is asked once before it counts, so that the file is in the system's memory; its pages are
decrypted anew wherever a reader's own cache does not hold them, as in a long day.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from clientele.store.queries.client import client_page
from clientele.store.queries.follow_ups import due_soon
from clientele.store.queries.found import answer
from clientele.store.queries.story import story
from clientele.store.search import search
from clientele.store.session import Store
from clientele.ui.find import SHOWN
from scripts.measuring import bare
from scripts.measuring.books import ME, NOW, open_book
from scripts.measuring.results import Samples, hand_over
from scripts.measuring.words import KINDS, Words

Query = Callable[[Session], object]


def asking(
    name: str, store: Store, yardstick: bare.Bare, queries: Sequence[Query], target: float
) -> Samples:
    """Each question through the program and, in turns, its bare statements."""
    said = [bare.said_by(store, query) for query in queries]
    ours: list[float] = []
    theirs: list[float] = []
    for query, statements in zip(queries, said, strict=True):
        begun = time.perf_counter()
        with store.read() as session:
            query(session)
        ours.append((time.perf_counter() - begun) * 1000)
        theirs.append(yardstick.milliseconds(statements))
    return Samples(f"data: {name}", "ms", ours, bare.NAME, theirs, target)


def finding(store: Store, yardstick: bare.Bare, rounds: int) -> list[Samples]:
    """What is typed into the box, by kinds of words."""
    words = Words(yardstick, rounds * 4)
    samples = []
    for kind in KINDS:
        asked = kind.of(words)
        shown = [partial(answer, typed=typed, associate_id=ME, limit=SHOWN) for typed in asked]
        alone = [partial(search, typed=typed, associate_id=ME, limit=SHOWN) for typed in asked]
        samples.append(asking(kind.name, store, yardstick, shown, kind.target))
        samples.append(asking(f"{kind.name}, who it is alone", store, yardstick, alone, 0.0))
    return samples


def reading(store: Store, yardstick: bare.Bare, rounds: int) -> list[Samples]:
    """A client with history and totals; what is due."""
    highest = yardstick.one("SELECT max(id) FROM client")[0]
    rng = Random(9)
    keys = [rng.randrange(1, highest + 1) for _ in range(rounds * 6)]
    today = NOW.date()
    return [
        asking(
            "client with history and totals", store, yardstick,
            [partial(_client, key=key) for key in keys], 3.0,
        ),
        asking(
            "first 100 due", store, yardstick,
            [partial(due_soon, associate_id=ME, today=today, limit=100)] * (rounds * 3), 3.0,
        ),
    ]  # fmt: skip


def _client(session: Session, key: int) -> Any:
    return client_page(session, key, now=NOW), story(session, key)


def main() -> None:
    """Measure the book that is named, so many rounds."""
    path, rounds = Path(sys.argv[1]), int(sys.argv[2])
    store, yardstick = open_book(path), bare.Bare(path)
    samples = [*finding(store, yardstick, rounds), *reading(store, yardstick, rounds)]
    yardstick.close()
    store.close()
    hand_over(samples)


if __name__ == "__main__":
    main()
