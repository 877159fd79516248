"""Which clients does the index of what is known name? As a set of ids within a longer statement.

``store.search`` answers what is typed into the box, in order and with reasons; here a list asks
for everybody, whoever they are and however many. Words are folded, quoted and bound: nothing typed
is ever read as a question of the index's own language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    column,
    literal,
    select,
    table,
)

from clientele.store import folding
from clientele.store.asked import MOST_WORDS
from clientele.store.known import COLUMNS, KNOWN
from clientele.store.known_words import NAMES


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` as the index holds them, as many as the box looks at."""
    return tuple(dict.fromkeys(folding.words_of(text)))[:MOST_WORDS]


def named_so(words: Sequence[str]) -> Select[Any]:
    """Clients of whose names words begin with all of these."""
    return _matching(NAMES.name, literal(_all(words)))


def said_in(part: str, words: Sequence[str]) -> Select[Any]:
    """Clients of whom ``part`` (a column of the index) has words that begin with all of these."""
    if part not in COLUMNS:
        raise ValueError(part)
    return _matching(KNOWN, literal(f"{{{part}}} : ({_all(words)})"))


def bought_in(department_id: int) -> Select[Any]:
    """Clients who bought anything in a department."""
    return _matching(KNOWN, literal(f'{{facts}} : "d{department_id:d}"'))


def tagged(tag_id: int) -> Select[Any]:
    """Clients with a tag."""
    return _matching(KNOWN, literal(f'{{facts}} : "t{tag_id:d}"'))


def _all(words: Sequence[str]) -> str:
    return " AND ".join(f'"{word}"*' for word in words)


def _matching(index: str, asked: ColumnElement[str]) -> Select[Any]:
    clients = table(index, column("rowid", Integer), column(index))
    return select(clients.c.rowid).where(clients.c[index].op("MATCH")(asked))
