"""What must never reach the book: payment card numbers, in whatever field they were typed.

PCI DSS 4.0.1 requirement 3.3.1, and the store's own rule.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from clientele.domain.errors import CardNumberFound
from clientele.domain.rules import card_numbers

_WORDS_OF_THE_ROW = frozenset({"body", "what", "value", "name", "title", "summary"})
"""Columns that are the row's own words: the row's name says more than theirs."""

_ARTICLE_NUMBER = frozenset({8, 12, 13, 14})
"""The lengths of a global trade item number (GS1), which some card numbers share."""


def refuse_card_numbers(session: Session, context: object = None, instances: object = None) -> None:
    """Raise ``CardNumberFound`` if any new or changed text of ``session`` holds a card number.

    A listener for ``before_flush``. A column named ``sku`` may hold an article number (GTIN).
    """
    for row in (*session.new, *session.dirty):
        state = inspect(row)
        for column in state.mapper.column_attrs:
            changed = state.attrs[column.key].history.added
            for value in changed or ():
                if isinstance(value, str) and len(value) > 11 and _found(column.key, value):
                    raise CardNumberFound(where=plain_name(row, column.key))


def plain_name(row: Any, column: str) -> str:
    """What a person calls this field: “note”, “given name”, “receipt”."""
    name = row.__tablename__ if column in _WORDS_OF_THE_ROW else column
    return str(name).replace("_", " ")


def _found(column: str, text: str) -> bool:
    if column == "sku" and text.isdigit() and len(text) in _ARTICLE_NUMBER:
        return False
    return card_numbers.found_in(text) or any(map(card_numbers.found_in, _inside(text)))


def _inside(text: str) -> Iterator[str]:
    """The texts in what is kept as JSON, where a tab or a new line between digits is letters."""
    if not text.startswith(("{", "[")):
        return
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
