"""Which column of a file fills which field? Guessed from the columns' names, corrected by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace

from clientele.domain.history import ImportKind
from clientele.exchange.fields import REASON, SEVERAL, fields_of, missing
from clientele.exchange.refusals import FieldMissing, UnknownColumn, UnknownField
from clientele.exchange.synonyms import (
    ADDRESS,
    ADDRESS_PREFIXES,
    SYNONYMS,
    TIME_COLUMNS,
    WEAK_AMOUNTS,
    numbered,
    plain_name,
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each field is read from: the places of its columns in the header, the first from 0."""

    kind: ImportKind
    header: tuple[str, ...]
    columns: Map[str, tuple[int, ...]]

    def names(self, field: str) -> tuple[str, ...]:
        """The names of the columns that fill ``field``; empty where none does."""
        return tuple(self.header[place] for place in self.columns.get(field, ()))

    def with_columns(self, field: str, names: Iterable[str]) -> Mapping:
        """The same with ``field`` read from the columns of these names, or from none.

        Raises:
            UnknownField: this kind of file has no such field.
            UnknownColumn: the file has no such column.
        """
        if field not in fields_of(self.kind):
            raise UnknownField(
                field=field, kind=self.kind.value, fields=", ".join(fields_of(self.kind))
            )
        places = tuple(self._place(name) for name in names)
        columns = {key: value for key, value in self.columns.items() if key != field}
        if places:
            columns[field] = places
        if field == "amount" and places:
            columns.pop("unit_price", None)
            columns.pop("discount", None)
        if field == "name" and places:
            columns.pop("given_name", None)
            columns.pop("family_name", None)
        return replace(self, columns=columns)

    def check(self) -> None:
        """Make sure that what is needed is there.

        Raises:
            FieldMissing: a needed field has no column; the sentence names both.
        """
        if lacking := missing(self.kind, frozenset(self.columns)):
            raise FieldMissing(
                missing=" and ".join(lacking), columns=", ".join(filter(None, self.header))
            )

    def _place(self, name: str) -> int:
        if name in self.header:
            return self.header.index(name)
        plain = [plain_name(column) for column in self.header]
        if plain_name(name) in plain:
            return plain.index(plain_name(name))
        raise UnknownColumn(column=name, columns=", ".join(filter(None, self.header)))


def guess(header: tuple[str, ...], kind: ImportKind | None = None) -> Mapping:
    """The mapping that the columns' names suggest; without ``kind``, of the kind they suggest."""
    places = _places(header)
    kind = kind or _kind(places)
    found = _customer_columns(places) if kind is ImportKind.CUSTOMERS else _purchase_columns(places)
    return Mapping(kind, header, found)


def changed(mapping: Mapping, pairs: Iterable[tuple[str, str]]) -> Mapping:
    """``mapping`` with each field of ``pairs`` read from the named columns, in their order.

    A field given several times is read from several columns, one given an empty column from none.
    """
    wanted: dict[str, list[str]] = {}
    for field, column in pairs:
        wanted.setdefault(field, []).extend([column] if column.strip() else [])
    for field, columns in wanted.items():
        mapping = mapping.with_columns(field, columns)
    return mapping


def recognised(header: Iterable[str]) -> int:
    """How many of these names are known columns of either kind of file."""
    names = (plain_name(column) for column in header if re.search(r"[^\W\d_]", column))
    return sum(name in _ALL_NAMES or numbered(name) in _ALL_NAMES for name in names)


_ALL_NAMES = frozenset(
    name for table in SYNONYMS.values() for names in table.values() for name in names
) | frozenset(
    f"{prefix} {name}".strip()
    for names in ADDRESS.values()
    for name in names
    for prefix in ADDRESS_PREFIXES
)


def _places(header: tuple[str, ...]) -> dict[str, list[int]]:
    """Where each plain name stands, also under its name with numbers spelled out."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(header):
        name = plain_name(column)
        if not name or (name == REASON and place == len(header) - 1):
            continue
        places.setdefault(name, []).append(place)
        if numbered(name) != name:
            places.setdefault(numbered(name), []).append(place)
    return places


def _kind(places: dict[str, list[int]]) -> ImportKind:
    purchases, customers = _purchase_columns(places), _customer_columns(places)
    prices = {"amount", "unit_price"}
    if not ({"sold_at", "reference"} <= purchases.keys() and purchases.keys() & prices):
        lines = len(purchases.keys() & ({"receipt", "sold_at", "sku", "item"} | prices))
        people = customers.keys() & {"given_name", "family_name", "email", "phone", "name"}
        return ImportKind.PURCHASES if lines >= 2 and not people else ImportKind.CUSTOMERS
    named = {"given_name", "family_name"} <= customers.keys()
    goods = purchases.keys() & {"item", "sku", "quantity", "receipt", "department"}
    return ImportKind.CUSTOMERS if named and not goods else ImportKind.PURCHASES


def _found(field: str, names: Iterable[str], places: dict[str, list[int]]) -> tuple[int, ...]:
    """The columns of a field: all that bear one of its names where several may, else the first."""
    found = list(dict.fromkeys(place for name in names for place in places.get(name, ())))
    return tuple(found if field in SEVERAL else found[:1])


def _customer_columns(places: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    columns = {
        field: found
        for field, names in SYNONYMS[ImportKind.CUSTOMERS].items()
        if (found := _found(field, names, places))
    }
    if columns.keys() & {"given_name", "family_name"}:
        columns.pop("name", None)
    elif "name" in columns:
        columns["name"] = columns["name"][:1]
    for prefix in ADDRESS_PREFIXES:
        address = {
            field: found
            for field, names in ADDRESS.items()
            if (found := _found(field, (f"{prefix} {name}".strip() for name in names), places))
        }
        if address.keys() & {"street", "city", "postcode"}:
            return columns | address
    return columns


def _purchase_columns(places: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    columns = {
        field: found[:1]
        for field, names in SYNONYMS[ImportKind.PURCHASES].items()
        if (found := _found(field, names, places))
    }
    if "lineitem name" in places and "name" in places:
        # Further lines of a Shopify order carry its name and not its receipt number.
        columns["receipt"] = (places["name"][0],)
    amounts = [name for name in SYNONYMS[ImportKind.PURCHASES]["amount"] if name in places]
    if "unit_price" in columns and amounts and amounts[0] in WEAK_AMOUNTS:
        del columns["amount"]
    elif "amount" in columns:
        columns.pop("unit_price", None)
        columns.pop("discount", None)
    if "sold_at" in columns:
        times = [place for name in TIME_COLUMNS for place in places.get(name, ())]
        columns["sold_at"] += tuple(times[:1])
    return columns
