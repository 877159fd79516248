"""The columns that name a client, ready to be selected beside others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, Client, ClientReference
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import Named


def reference_of(client_id: Any) -> ColumnElement[str]:
    """The first reference of a client, as a column; NULL where there is none."""
    return (
        select(func.min(col(ClientReference.reference)))
        .where(col(ClientReference.client_id) == client_id)
        .scalar_subquery()
    )


def name_columns() -> tuple[Any, ...]:
    """What ``Named`` is made of, in its order, from the client table."""
    return (
        ident(Client.id),
        col(Client.given_name),
        col(Client.family_name),
        col(Client.preferred_name),
        func.coalesce(reference_of(ident(Client.id)), ""),
    )


NAME_WIDTH = 5
"""How many columns ``name_columns`` has."""


def names_of(session: Session, ids: list[int]) -> dict[int, Named]:
    """The names of these clients by id."""
    return {row[0]: Named(*row) for row in _NAMES.rows(session, ids=ids)}


def associate_names(session: Session) -> dict[int, str]:
    """Everybody who sells or sold, by id: a store has few enough to read them all."""
    return dict(_ASSOCIATES.rows(session))


_NAMES = Prepared(select(*name_columns()).where(ident(Client.id).in_(among("ids"))))
_ASSOCIATES = Prepared(select(ident(Associate.id), col(Associate.name)))
