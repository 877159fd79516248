"""How long does a look for duplicates through a whole book take, and does it find those put in?

Measured on a copy, into which as many clients as ``PUT_IN`` per cent of the book are written a
second time: misspelt, shortened, the other way round, with another number or address.
"""

from __future__ import annotations

import resource
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from clientele.domain.rules.names import sort_name
from clientele.domain.rules.nicknames import forms_of
from clientele.services.clients import NewClient
from clientele.services.duplicates import Course, find_pairs
from clientele.services.imports.people import stored
from clientele.store.bulk import CLIENT, CONTACT_POINT, Bulk
from clientele.store.queries.duplicates import alike
from clientele.store.session import Store, open_store
from scripts.measuring.books import DATA_KEY, NOW

PUT_IN: Final = 1
_SEED: Final = 18


@dataclass(frozen=True, slots=True)
class Measured:
    """What one look came to."""

    clients: int
    seconds: float
    compared: int
    found: int
    put_in: int
    put_in_found: int
    peak_mib: float
    again_seconds: float
    """A second look, of what was written since."""
    entry_ms: tuple[float, float, float]
    """Median, p95 and worst of the question at entry, a name and a number typed."""


def measure(book: Path, folder: Path, *, progress: bool = False) -> Measured:
    """Copy ``book`` into ``folder``, put duplicates in and look for them."""
    copy = folder / "duplicates.clientele"
    shutil.copyfile(book, copy)
    store = open_store(copy, DATA_KEY)
    try:
        pairs = _put_in(store)

        def tell(course: Course) -> None:
            if progress:
                print(f"  {course.share:.0%} · {course.compared:,} compared · {course.found:,}")

        begun = time.perf_counter()
        looked = find_pairs(store, now=NOW, progress=tell)
        seconds = time.perf_counter() - begun
        with store.read() as session:
            raw = Bulk(session)
            (clients,) = raw.one("SELECT count(*) FROM client")
            there = set(raw.all("SELECT first_id, second_id FROM duplicate_pair"))
        begun = time.perf_counter()
        find_pairs(store, now=NOW)
        again = time.perf_counter() - begun
        return Measured(
            clients,
            seconds,
            looked.compared,
            looked.found,
            len(pairs),
            len(there & pairs),
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            again,
            _entry(store),
        )
    finally:
        store.close()
        copy.unlink()


def _put_in(store: Store) -> set[tuple[int, int]]:
    """Write clients a second time, and answer the pairs of old and new."""
    chance = Random(_SEED)
    with store.write() as session:
        bulk = Bulk(session)
        first = bulk.next_id("client")
        pairs: set[tuple[int, int]] = set()
        clients: list[tuple[object, ...]] = []
        points: list[tuple[object, ...]] = []
        # Before the book was left, so that the second look has nothing to do.
        moment = "2026-01-01 08:00:00.000000"
        assert moment < stored(NOW)
        for new in range(first, first + max(10, first * PUT_IN // 100)):
            old = chance.randrange(1, first)
            row = bulk.one("SELECT given_name, family_name FROM client WHERE id = ?", (old,))
            own = bulk.all(
                "SELECT kind, value, normalised FROM contact_point WHERE client_id = ?", (old,)
            )
            if row is None or not own or not all(row):
                continue
            given, family = _written_otherwise(chance, *row)
            clients.append((new, given, family, "", "", "", "", None, None, None,
                            sort_name(given, family), None, moment, moment))  # fmt: skip
            kind, value, normal = chance.choice(own)
            points.append((new, kind, value, normal, "", 0))
            pairs.add((old, new))
        bulk.insert(CLIENT, clients)
        bulk.insert(CONTACT_POINT, points)
    return pairs


def _written_otherwise(chance: Random, given: str, family: str) -> tuple[str, str]:
    how = chance.randrange(5)
    if how == 0:
        at = chance.randrange(1, len(family)) if len(family) > 4 else 0
        return given, family[:at] + family[at + 1 :] if at else family
    if how == 1:
        forms = forms_of(given.lower())
        return (chance.choice(forms).title() if forms else given[0] + "."), family
    if how == 2:
        return family, given
    if how == 3:
        return given[0] + ".", family
    return given, family


def _entry(store: Store) -> tuple[float, float, float]:
    chance = Random(_SEED)
    spent: list[float] = []
    for _ in range(200):
        with store.read() as session:
            bulk = Bulk(session)
            (last,) = bulk.one("SELECT max(id) FROM client")
            row = None
            while row is None:
                row = bulk.one(
                    "SELECT given_name, family_name FROM client WHERE id = ?",
                    (chance.randrange(1, last),),
                )
            given, family = _written_otherwise(chance, *row) if all(row) else row
            what = NewClient(1, given, family, phone=f"06{chance.randrange(10**8):08}")
        begun = time.perf_counter()
        with store.read() as session:
            alike(session, given_name=what.given_name, family_name=what.family_name,
                  phone=what.phone)  # fmt: skip
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    return spent[100], spent[190], spent[-1]
