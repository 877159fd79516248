"""What does a client own, and what are their habits? Each habit names the rows behind it.

Nothing is estimated: a habit is a count, a median or a quartile of rows that stand in the book, and
where there are too few of them (``LEAST``) it says how many more are needed instead. Days are days
of the store, amounts minor units of the store's currency; others are counted and left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from statistics import quantiles
from typing import Final, NamedTuple

from clientele.domain.rules.brought_back import settled
from clientele.domain.rules.colours import colour_in
from clientele.domain.rules.names import folded
from clientele.domain.rules.size_evidence import worn_in


class Of(StrEnum):
    """Of what a habit speaks, in the order in which they are told."""

    RHYTHM = "rhythm"
    BASKET = "basket"
    DEPARTMENT = "department"
    BRAND = "brand"
    SIZE = "size"
    COLOUR = "colour"
    WEEKDAY = "weekday"
    SEASON = "season"
    BACK = "brought back"


LEAST: Final = {
    Of.RHYTHM: 4,
    Of.BASKET: 3,
    Of.DEPARTMENT: 3,
    Of.BRAND: 3,
    Of.SIZE: 3,
    Of.COLOUR: 3,
    Of.WEEKDAY: 6,
    Of.SEASON: 8,
    Of.BACK: 5,
}
"""Under so many there is no habit: buying days of rhythm, weekday and season, tickets of the
basket, articles that say it of all else."""

OF_TICKETS: Final = frozenset({Of.RHYTHM, Of.BASKET, Of.WEEKDAY, Of.SEASON})
"""The rows behind these are tickets; behind the others, lines."""

OF_DAYS: Final = frozenset({Of.RHYTHM, Of.WEEKDAY, Of.SEASON})

MOST: Final = {Of.DEPARTMENT: 4, Of.BRAND: 3, Of.SIZE: 4, Of.COLOUR: 3}
"""How many of each are told, the most frequent."""

STANDS_OUT: Final = {Of.WEEKDAY: 1 / 3, Of.SEASON: 2 / 5}
"""The part of all buying days from which on a weekday or a quarter is a habit."""


class Line(NamedTuple):
    """A line of a ticket as it stands in the book; quantity in thousandths."""

    id: int
    purchase_id: int
    on: date
    """The day in the store's zone."""
    department_id: int
    department: str
    item: str
    sku: str
    brand: str
    size: str
    quantity: int
    amount: int
    currency: str
    sold_line_id: int | None = None
    why: str | None = None


class Bought(NamedTuple):
    """A line that was sold, what of it they still have, and the returns that took the rest."""

    line: Line
    left: int
    left_amount: int
    back: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was sold, the newest first, and returns of which no purchase is known."""

    bought: tuple[Bought, ...]
    unknown: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle, and between what half of all lie."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Habit:
    """One number and the ids of the rows behind it, the newest first.

    ``count`` of ``total`` rows are ``name``; ``number`` is the weekday (0 is Monday) or the first
    month of the quarter; ``spread`` is minor units of a basket or days of a rhythm; ``lacking``
    says how many more are needed before anything can be said; ``left_out`` are tickets or lines in
    another currency.
    """

    of: Of
    rows: tuple[int, ...]
    name: str = ""
    count: int = 0
    total: int = 0
    amount: int = 0
    number: int | None = None
    spread: Spread | None = None
    last_on: date | None = None
    lacking: int = 0
    left_out: int = 0


def ledger(lines: Iterable[Line]) -> Ledger:
    """What was sold and what came back of it; ``lines`` in the order in which they took place."""
    ordered = list(lines)
    known = settled(
        [
            (line.id, line.sku or line.item, line.quantity, line.amount, line.sold_line_id)
            for line in ordered
        ]
    )
    back: dict[int, list[Line]] = defaultdict(list)
    bought, unknown = [], []
    left, left_amount = known.left, known.left_amount
    for line in ordered:
        key = line.id
        if key in known.back:
            back[known.back[key]].append(line)
        elif key not in left:
            unknown.append(line)
    for line in reversed(ordered):
        key = line.id
        if key in left:
            bought.append(Bought(line, left[key], left_amount[key], tuple(back.get(key, ()))))
    return Ledger(tuple(bought), tuple(reversed(unknown)))


def habits(
    book: Ledger,
    currency: str,
    *,
    given: frozenset[int] = frozenset(),
    brands: Iterable[str] = (),
) -> tuple[Habit, ...]:
    """The habits that these purchases show; none where nothing was bought.

    ``given`` are lines that were gifts: they say nothing of the client's own sizes, brands and
    colours. ``brands`` are names of makers that may stand in an article's words.
    """
    if not book.bought:
        return ()
    kept = [one for one in book.bought if one.left > 0]
    own = [one.line for one in kept if one.line.id not in given]
    tickets = _by_ticket(book.bought)
    days = sorted({lines[0].on for lines in tickets.values()})
    named = _brand_of({*brands, *(one.line.brand for one in book.bought)})
    return (
        _rhythm(tickets, days),
        _basket(tickets, currency),
        *_departments(kept, currency),
        *_named(Of.BRAND, own, named),
        *_named(Of.SIZE, own, _size_of),
        *_named(Of.COLOUR, own, _colour_of),
        _most_on(Of.WEEKDAY, tickets, days, date.weekday),
        _most_on(Of.SEASON, tickets, days, quarter),
        _brought_back(book.bought),
    )


_Tickets = dict[int, list[Line]]
"""The sold lines of each purchase, the newest purchase first."""


def _by_ticket(bought: Sequence[Bought]) -> _Tickets:
    tickets: _Tickets = {}
    for one in bought:
        tickets.setdefault(one.line.purchase_id, []).append(one.line)
    return tickets


def _rhythm(tickets: _Tickets, days: Sequence[date]) -> Habit:
    rows = tuple(tickets)
    lacking = max(LEAST[Of.RHYTHM] - len(days), 0)
    spread = None
    if not lacking:
        spread = _spread([(b - a).days for a, b in pairwise(days)])
    return Habit(Of.RHYTHM, rows, total=len(days), spread=spread, last_on=days[-1], lacking=lacking)


def _basket(tickets: _Tickets, currency: str) -> Habit:
    """What is sold on a ticket; what is brought back on it is another matter."""
    ours = {
        key: sum(line.amount for line in lines)
        for key, lines in tickets.items()
        if lines[0].currency == currency
    }
    lacking = max(LEAST[Of.BASKET] - len(ours), 0)
    spread = None if lacking else _spread(list(ours.values()))
    left_out = len(tickets) - len(ours)
    rows = tuple(ours)
    return Habit(
        Of.BASKET, rows, total=len(ours), spread=spread, lacking=lacking, left_out=left_out
    )


def _departments(kept: Sequence[Bought], currency: str) -> list[Habit]:
    by_name: dict[int, list[Bought]] = defaultdict(list)
    for one in kept:
        by_name[one.line.department_id].append(one)
    if len(kept) < LEAST[Of.DEPARTMENT]:
        rows = tuple(one.line.id for one in kept)
        lacking = LEAST[Of.DEPARTMENT] - len(kept)
        return [Habit(Of.DEPARTMENT, rows, total=len(kept), lacking=lacking)]
    found = []
    for group in by_name.values():
        ours = [one.left_amount for one in group if one.line.currency == currency]
        found.append(
            Habit(
                Of.DEPARTMENT,
                tuple(one.line.id for one in group),
                name=group[0].line.department,
                count=len(group),
                total=len(kept),
                amount=sum(ours),
                left_out=len(group) - len(ours),
            )
        )
    found.sort(key=lambda habit: (-habit.count, -habit.amount, habit.name))
    return found[: MOST[Of.DEPARTMENT]]


def _named(of: Of, lines: Sequence[Line], name_of: Callable[[Line], str]) -> list[Habit]:
    """The names said most often; one that was said once is no habit."""
    by_name: dict[str, list[int]] = {}
    spelt: dict[str, str] = {}
    rows = []
    for line in lines:
        name = name_of(line)
        if name:
            key = name.casefold()
            spelt.setdefault(key, name)
            by_name.setdefault(key, []).append(line.id)
            rows.append(line.id)
    total = len(rows)
    if total < LEAST[of]:
        return [Habit(of, tuple(rows), total=total, lacking=LEAST[of] - total)]
    often = [(key, keys) for key, keys in by_name.items() if len(keys) > 1]
    often.sort(key=lambda one: (-len(one[1]), one[0]))
    if not often:
        return [Habit(of, tuple(rows), total=total)]
    return [
        Habit(of, tuple(keys), name=spelt[key], count=len(keys), total=total)
        for key, keys in often[: MOST[of]]
    ]


def _brand_of(brands: set[str]) -> Callable[[Line], str]:
    """The maker as the till names it, or a known one that the words name."""
    known = {folded(brand): brand for brand in sorted(brands)}
    known.pop("", None)
    if not known:
        return lambda line: line.brand
    longest = sorted(known, key=len, reverse=True)
    there = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b")
    said: dict[tuple[str, str], str] = {}

    def name(line: Line) -> str:
        asked = line.brand, line.item if not line.brand else ""
        if asked not in said:
            match = None if line.brand else there.search(folded(line.item))
            at = folded(line.brand) if line.brand else match[0] if match else ""
            said[asked] = known.get(at, line.brand)
        return said[asked]

    return name


def _size_of(line: Line) -> str:
    read = worn_in(line.item, line.size)
    return "" if read is None else f"{read[0].category} {read[1]}"


def _colour_of(line: Line) -> str:
    return colour_in(line.item) or ""


def quarter(day: date) -> int:
    """The first month of a quarter of the year, as shops know them: 12, 3, 6 or 9."""
    return (day.month // 3 * 3) or 12


def _most_on(of: Of, tickets: _Tickets, days: Sequence[date], part: Callable[[date], int]) -> Habit:
    every = tuple(tickets)
    if len(days) < LEAST[of]:
        return Habit(of, every, total=len(days), lacking=LEAST[of] - len(days))
    counted = Counter(map(part, days)).most_common(2)
    number, count = counted[0]
    tied = len(counted) > 1 and counted[1][1] == count
    if tied or count < STANDS_OUT[of] * len(days):
        return Habit(of, every, total=len(days))
    rows = tuple(key for key, lines in tickets.items() if part(lines[0].on) == number)
    return Habit(of, rows, count=count, total=len(days), number=number)


def _brought_back(bought: Sequence[Bought]) -> Habit:
    rows = tuple(one.line.id for one in bought if one.back)
    total = len(bought)
    lacking = max(LEAST[Of.BACK] - total, 0)
    return Habit(Of.BACK, rows, count=len(rows), total=total, lacking=lacking)


def _spread(values: Sequence[int]) -> Spread:
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return Spread(round(low), round(middle), round(high))
