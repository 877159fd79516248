"""Which fields of its own a store has, and what they say of a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.custom_values import choices_of
from clientele.domain.tables import CustomField, CustomValue
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the store's own, and of how many clients it says something."""

    id: int
    name: str
    kind: str
    choices: tuple[str, ...]
    retired: bool
    said: int


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field with what it says of one client, in the form in which it is kept; empty: nothing."""

    field_id: int
    name: str
    kind: str
    choices: tuple[str, ...]
    retired: bool
    value: str


_FIELD: Final = (
    ident(CustomField.id),
    col(CustomField.name),
    col(CustomField.kind),
    col(CustomField.choices),
    col(CustomField.retired_at).is_not(None),
)
_IN_ORDER: Final = (
    col(CustomField.retired_at).is_not(None),
    col(CustomField.position),
    ident(CustomField.id),
)


def custom_fields(session: Session) -> tuple[FieldRow, ...]:
    """All fields in their order, those that are no longer asked for last."""
    said = (
        select(func.count())
        .select_from(CustomValue)
        .where(col(CustomValue.field_id) == ident(CustomField.id))
        .scalar_subquery()
    )
    rows = session.execute(select(*_FIELD, said).order_by(*_IN_ORDER))
    return tuple(
        FieldRow(key, name, kind, choices_of(lines), bool(retired), count)
        for key, name, kind, lines, retired, count in rows
    )


def values_of(session: Session, client_id: int) -> tuple[FieldValue, ...]:
    """All that is asked of a client with the answers; and answers to what is asked no more."""
    rows = session.execute(
        select(*_FIELD, func.coalesce(col(CustomValue.value), ""))
        .outerjoin(
            CustomValue,
            and_(
                col(CustomValue.field_id) == ident(CustomField.id),
                col(CustomValue.client_id) == client_id,
            ),
        )
        .where(or_(col(CustomField.retired_at).is_(None), col(CustomValue.id).is_not(None)))
        .order_by(*_IN_ORDER)
    )
    return tuple(
        FieldValue(key, name, kind, choices_of(lines), bool(retired), value)
        for key, name, kind, lines, retired, value in rows
    )
