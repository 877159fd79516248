"""From which end does the database look for the clients of a list? From the smallest set, or all.

Led by a small set it looks up those clients alone and sorts them; with large sets only it walks
through everybody in the order of names and asks each set in memory. It cannot know which is which
(an index of words tells it nothing of its sizes), so that is found out before, a set at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    BooleanClauseList,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql import operators

from clientele.domain.tables import Client
from clientele.store.queries.columns import ident

Ids = Select[Any] | CompoundSelect[Any]

SMALL = 30_000
"""Clients that are quicker looked up one by one than met among a million."""


def in_set(ids: Ids) -> ColumnElement[bool]:
    """Whether a client is one of ``ids``; the sum keeps the set from leading."""
    return (ident(Client.id) + 0).in_(ids)


def led(session: Session, parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """All of ``parts``, led by the smallest set among them if there is a small one."""
    flat = [one for part in parts for one in _flat(part)]
    sizes = {at: _size(session, ids) for at, ids in enumerate(map(_ids, flat)) if ids is not None}
    small = [(size, at) for at, size in sizes.items() if size <= SMALL]
    if small:
        at = min(small)[1]
        flat[at] = ident(Client.id).in_(_ids(flat[at]))
    return and_(*flat)


def _flat(part: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    if isinstance(part, BooleanClauseList) and part.operator is operators.and_:
        return [one for inner in part.clauses for one in _flat(inner)]
    return [part]


def _ids(part: ColumnElement[bool]) -> Any:
    """The set of a part that says no more than that a client is in it."""
    if isinstance(part, BinaryExpression) and part.operator is operators.in_op:
        inner = getattr(part.right, "element", part.right)
        return inner if isinstance(inner, Select | CompoundSelect) else None
    return None


def _size(session: Session, ids: Ids) -> int:
    """How many there are, at most one more than ``SMALL``."""
    some = ids.limit(SMALL + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
