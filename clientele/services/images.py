"""Before and after of each row that a verb writes: the ground on which Undo and Changes stand.

One mechanism serves every verb: the session's own unit of work is watched, so that no verb has
to say how it is undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import InstanceState, Session, UOWTransaction

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowImage:
    """One row before and after: ``before`` None for a new row, ``after`` None for a removed one.

    For a changed row both hold the changed columns only.
    """

    table: str
    key: tuple[Any, ...]
    before: Values | None
    after: Values | None

    def following(self, first: RowImage) -> RowImage:
        """This image as it looks from where ``first``, an earlier one of the same row, began."""
        if first.before is None:
            whole = None if self.after is None else {**(first.after or {}), **self.after}
            return replace(self, before=None, after=whole)
        if self.after is None:
            return replace(self, before={**(self.before or {}), **first.before})
        if first.after is None:
            return replace(self, before=first.before)
        return replace(
            self,
            before={**(self.before or {}), **first.before},
            after={**first.after, **self.after},
        )


@contextmanager
def watching(session: Session) -> Iterator[list[RowImage]]:
    """Collect an image of each row that ``session`` writes while the block runs."""
    images: list[RowImage] = []

    def after_flush(flushed: Session, context: UOWTransaction) -> None:
        for row in flushed.new:
            images.append(_image(inspect(row), new=True))
        for row in flushed.dirty:
            if flushed.is_modified(row):
                images.append(_image(inspect(row)))
        for row in flushed.deleted:
            images.append(_removed(inspect(row)))

    event.listen(session, "after_flush", after_flush)
    try:
        yield images
        session.flush()
    finally:
        event.remove(session, "after_flush", after_flush)


def _table(state: InstanceState[Any]) -> str:
    return str(state.mapper.local_table.description)


def _key(state: InstanceState[Any]) -> tuple[Any, ...]:
    return tuple(state.mapper.primary_key_from_instance(state.obj()))


def _image(state: InstanceState[Any], *, new: bool = False) -> RowImage:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if new:
            after[column.key] = state.attrs[column.key].value
        elif history.has_changes():
            before[column.key] = history.deleted[0] if history.deleted else None
            after[column.key] = history.added[0] if history.added else None
    return RowImage(_table(state), _key(state), None if new else before, after)


def _removed(state: InstanceState[Any]) -> RowImage:
    values = {column.key: state.attrs[column.key].value for column in state.mapper.column_attrs}
    return RowImage(_table(state), _key(state), values, None)
