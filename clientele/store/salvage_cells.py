"""What do the bytes of a page say: which rows, which children, which entries of an index?

The form is SQLite's: https://www.sqlite.org/fileformat.html, sections 1.5 to 2.1. Pages are handed
in as ``salvage_pages`` answers them, so they are as SQLite wrote them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import TypeAlias

from clientele.store.salvage_pages import USABLE

INDEX_INNER, TABLE_INNER, INDEX_LEAF, TABLE_LEAF = 0x02, 0x05, 0x0A, 0x0D

Value: TypeAlias = "int | float | str | bytes | None"
Page = Callable[[int], bytes | None]
"""Answers what stands on a page, or None where it is damaged."""

_LEAST = (USABLE - 12) * 32 // 255 - 23
_MOST_OF_ROW = USABLE - 35
_MOST_OF_ENTRY = (USABLE - 12) * 64 // 255 - 23
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Torn(Exception):
    """Bytes that are no page of a table, or a row whose rest stands on a damaged page."""


def inner(page: bytes, number: int) -> Iterator[tuple[int, int | None]]:
    """The children of an inner page of a table, each with its highest row id; None: no end."""
    for at in _cells(page, number, 12):
        child = int.from_bytes(page[at : at + 4], "big")
        yield child, _signed(_varint(page, at + 4)[0])
    yield _rightmost(page, number), None


def rows(page: bytes, number: int, find: Page) -> Iterator[tuple[int, list[Value] | None]]:
    """The rows of a leaf: their ids and values; None for one whose rest is damaged."""
    for cell in _cells(page, number, 8):
        size, at = _varint(page, cell)
        row, at = _varint(page, at)
        try:
            yield _signed(row), record(_payload(page, at, size, _MOST_OF_ROW, find))
        except Torn:
            yield _signed(row), None


def entries(page: bytes, number: int, find: Page) -> Iterator[list[Value] | None]:
    """The entries of a page of an index: its columns, then the row id; None: damaged."""
    leaf = page[_start(number)] == INDEX_LEAF
    for at in _cells(page, number, 8 if leaf else 12):
        size, start = _varint(page, at if leaf else at + 4)
        try:
            yield record(_payload(page, start, size, _MOST_OF_ENTRY, find))
        except Torn:
            yield None


def index_children(page: bytes, number: int) -> list[int]:
    """The children of an inner page of an index."""
    found = [int.from_bytes(page[at : at + 4], "big") for at in _cells(page, number, 12)]
    return [*found, _rightmost(page, number)]


def record(payload: bytes) -> list[Value]:
    """The values of a row. Raises ``Torn`` where the bytes are none."""
    try:
        end, at = _varint(payload, 0)
        place, values = end, []
        while at < end:
            kind, at = _varint(payload, at)
            value, place = _value(payload, place, kind)
            values.append(value)
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise Torn from error
    if place > len(payload):
        raise Torn
    return values


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack(">d", payload[at : at + 8])[0], at + 8
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise Torn
    end = at + (kind - 12) // 2
    part = payload[at:end]
    return (part.decode() if kind % 2 else part), end


def _payload(page: bytes, at: int, size: int, most: int, find: Page) -> bytes:
    """All bytes of a row, also those that stand on further pages."""
    if size <= most:
        return page[at : at + size]
    fitting = _LEAST + (size - _LEAST) % (USABLE - 4)
    local = fitting if fitting <= most else _LEAST
    parts, left = [page[at : at + local]], size - local
    further = int.from_bytes(page[at + local : at + local + 4], "big")
    while left > 0:
        rest = find(further)
        # A page of nothing but zeros is signed by nobody, and SQLCipher lets it pass.
        if rest is None:
            raise Torn
        parts.append(rest[4 : 4 + min(left, USABLE - 4)])
        left -= USABLE - 4
        further = int.from_bytes(rest[:4], "big")
    return b"".join(parts)


def _start(number: int) -> int:
    return 100 if number == 1 else 0


def _cells(page: bytes, number: int, header: int) -> tuple[int, ...]:
    start = _start(number)
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    at = start + header
    if at + 2 * count > USABLE:
        raise Torn
    places = struct.unpack(f">{count}H", page[at : at + 2 * count])
    if any(place >= USABLE for place in places):
        raise Torn
    return places


def _rightmost(page: bytes, number: int) -> int:
    start = _start(number)
    return int.from_bytes(page[start + 8 : start + 12], "big")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value
