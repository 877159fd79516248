"""How is a row brought to the form in which its fields are read? Common to both kinds of file."""

from __future__ import annotations

from collections.abc import Callable

from clientele.exchange.fields import SEVERAL
from clientele.exchange.mapping import Mapping
from clientele.exchange.reading import BROKEN_QUOTE, BrokenRow
from clientele.exchange.unreadable import Unreadable

Bad = tuple[list[str], str]
"""A row as it stands in the file, and why it cannot be read."""


def layout(mapping: Mapping) -> tuple[dict[str, int], Callable[[list[str]], list[str]]]:
    """Where each field stands in a fitted row, and the function that fits a row.

    A fitted row has a cell for each column, then an empty one for fields without a column, then
    one for each field that several columns fill.
    """
    width = len(mapping.header)
    joins = [(field, places) for field, places in mapping.columns.items() if len(places) > 1]
    where = {field: places[0] for field, places in mapping.columns.items() if len(places) == 1}
    for number, (field, _) in enumerate(joins):
        where[field] = width + 1 + number

    def fitted(row: list[str]) -> list[str]:
        if type(row) is BrokenRow:
            raise Unreadable(BROKEN_QUOTE)
        cells = row + [""] * (width + 1 - len(row))
        if len(row) > width:
            if any(cell.strip() for cell in row[width:]):
                raise Unreadable(f"the row has {len(row)} cells where the header has {width}")
            cells = [*row[:width], ""]
        for field, places in joins:
            cells.append(_joined(field, [cells[place].strip() for place in places]))
        return cells

    return where, fitted


def _joined(field: str, values: list[str]) -> str:
    filled = list(dict.fromkeys(filter(None, values)))
    if field not in SEVERAL:
        return filled[0] if filled else ""
    if field != "street":
        return SEVERAL[field].join(filled)
    street = ""
    for value in filled:
        near = value[0].isdigit() and len(value) <= 6
        street += (" " if near else ", ") * bool(street) + value
    return street
