"""How fast is a list there? Each condition and common pairs of them: first screen, count, all ids.

``python -m scripts.measuring.lists BOOK ROUNDS``; see ``results.run``. The yardstick is the same
SQL through the driver alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from clientele.domain.rules.filters import Condition, Filter, What
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.filtered import (
    Asker,
    By,
    Listed,
    count_filtered,
    filtered_beginning,
    filtered_ids,
)
from scripts.measuring import bare
from scripts.measuring.books import ME, NOW, open_book
from scripts.measuring.results import Samples, hand_over

FIRST = 120
SCREEN = 16

QUIET = Condition(What.LAST_BOUGHT, least=90)
NAVY = Condition(What.BOUGHT, words="navy 42")
IN_ONE = Condition(What.BOUGHT_IN, about=1)
IN_TWO = Condition(What.BOUGHT_IN, about=2)
NOT_IN_ONE = Condition(What.BOUGHT_IN, about=1, turned=True)
MINE = Condition(What.MINE)

LISTS: dict[str, tuple[Condition, ...]] = {
    "mine": (MINE,),
    "nobody's": (Condition(What.NOBODYS),),
    "tag": (Condition(What.TAG, about=1),),
    "bought in a department": (IN_TWO,),
    "bought “navy 42”": (NAVY,),
    "wears 42": (Condition(What.WEARS, words="42"),),
    "spent": (Condition(What.SPENT, least=500_000),),
    "quiet": (QUIET,),
    "birthday in 30 days": (Condition(What.BIRTHDAY_WITHIN, most=30),),
    "has e-mail": (Condition(What.EMAIL),),
    "open follow-up": (Condition(What.FOLLOW_UP),),
    "mine, quiet": (MINE, QUIET),
    "tag, quiet": (Condition(What.TAG, about=1), QUIET),
    "in one and never in the other": (IN_TWO, NOT_IN_ONE),
    "in one, never in the other, quiet": (IN_TWO, NOT_IN_ONE, QUIET),
    "navy 42, no follow-up": (NAVY, Condition(What.FOLLOW_UP, turned=True)),
}


def listed(parts: tuple[Condition, ...], by: By = By.NAME) -> Listed:
    """A list of the whole store."""
    asker = Asker(ME, 1, NOW.date())
    return Listed(Filter(parts=parts), WhoseBook(Book.STORE, ME, 1), by, asker)


def main() -> None:
    """Measure the book that is named, so many rounds."""
    path, rounds = Path(sys.argv[1]), int(sys.argv[2])
    store, yardstick = open_book(path), bare.Bare(path)
    samples = []

    def measure(name: str, query: Callable[[Session], object]) -> None:
        said = bare.said_by(store, query)
        ours, theirs = [], []
        for _ in range(rounds):
            begun = time.perf_counter()
            with store.read() as session:
                query(session)
            ours.append((time.perf_counter() - begun) * 1000)
            theirs.append(yardstick.milliseconds(said))
        samples.append(Samples(f"list: {name}", "ms", ours, bare.NAME, theirs))

    for name, parts in LISTS.items():
        asked = listed(parts)
        first = partial(filtered_beginning, listed=asked, ids=FIRST, rows=SCREEN)
        measure(f"{name}, first screen", first)
        measure(f"{name}, count", partial(count_filtered, listed=asked))
        measure(f"{name}, all", partial(filtered_ids, listed=asked))
    for by in By:
        measure(f"everybody {by.value}, all", partial(filtered_ids, listed=listed((), by)))
    yardstick.close()
    store.close()
    hand_over(samples)


if __name__ == "__main__":
    main()
