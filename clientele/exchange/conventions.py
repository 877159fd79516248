"""How does one file write its amounts and dates? Decided for each column, and said where in doubt.

The first rows decide. Only where they leave it open is the file read on, to its end if need be,
so that a value far down can still tell that ``03/04`` is the third of April.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from clientele.domain.history import ImportKind
from clientele.exchange.mapping import Mapping
from clientele.exchange.moments import OrderSearch
from clientele.exchange.numbers import MarkSearch

ENOUGH: Final = 2_000
"""Rows that are looked at before a decision."""

NUMBER_FIELDS: Final = ("amount", "quantity", "unit_price", "discount")

_DOUBT_MARK: Final = (
    "In “{column}” nothing tells whether “1{other}234” is a thousand or one and a bit; "
    "it is read with “{mark}” before the decimals."
)
_DOUBT_ORDER: Final = (
    "In “{column}” nothing tells whether the day or the month stands first; {order} is read first."
)


@dataclass(frozen=True, slots=True)
class StoreWays:
    """What holds where a file says nothing: zone, currency (ISO 4217), country (ISO 3166)."""

    zone: ZoneInfo
    currency: str
    country: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that the file leaves open, as a template for the window and its values."""

    template: str
    values: dict[str, str]

    @property
    def sentence(self) -> str:
        """The template, filled in."""
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Conventions:
    """The decimal mark of each number field, whether days stand first in dates, and the doubts."""

    store: StoreWays
    marks: dict[str, str] = field(default_factory=dict)
    day_first: dict[str, bool] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


class _Search(Protocol):
    @property
    def settled(self) -> bool: ...

    def look(self, values: Iterable[str]) -> None: ...


def conventions(mapping: Mapping, rows: Iterator[list[str]], store: StoreWays) -> Conventions:
    """What the rows of a file tell; reads no further than it must."""
    marks = {
        name: MarkSearch()
        for name in NUMBER_FIELDS
        if mapping.kind is ImportKind.PURCHASES and name in mapping.columns
    }
    date_field = "birthday" if mapping.kind is ImportKind.CUSTOMERS else "sold_at"
    orders = {date_field: OrderSearch(store.country)} if date_field in mapping.columns else {}
    searches: dict[str, _Search] = {**marks, **orders}
    places = {name: mapping.columns[name][0] for name in searches}
    looked = 0
    while searches and (batch := list(islice(rows, ENOUGH))):
        looked += len(batch)
        for name, search in searches.items():
            place = places[name]
            search.look(row[place] for row in batch if len(row) > place)
        if looked >= ENOUGH and all(search.settled for search in searches.values()):
            break
    doubts: list[Doubt] = []
    found_marks: dict[str, str] = {}
    for name, mark_search in marks.items():
        mark = mark_search.found()
        found_marks[name] = mark.mark
        if mark.doubtful:
            other = "," if mark.mark == "." else "."
            column = mapping.names(name)[0]
            doubts.append(Doubt(_DOUBT_MARK, {"column": column, "other": other, "mark": mark.mark}))
    day_first: dict[str, bool] = {}
    for name, order_search in orders.items():
        order = order_search.found()
        day_first[name] = order.day_first
        if order.doubtful:
            first = "the day" if order.day_first else "the month"
            doubts.append(Doubt(_DOUBT_ORDER, {"column": mapping.names(name)[0], "order": first}))
    return Conventions(store, found_marks, day_first, tuple(doubts))
