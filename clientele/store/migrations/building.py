"""Short names for columns and tables of revisions; what they build never changes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def ref(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A whole number, such as the id of another row."""
    return sa.Column(name, sa.Integer(), nullable=null)


def text(name: str) -> sa.Column[Any]:
    """Text, never NULL."""
    return sa.Column(name, sa.String(), nullable=False)


def big(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A whole number of minor units or thousandths."""
    return sa.Column(name, sa.BigInteger(), nullable=null)


def flag(name: str) -> sa.Column[Any]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean(), nullable=False)


def day(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A day in the store's zone."""
    return sa.Column(name, sa.Date(), nullable=null)


def instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A moment, in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def table(
    name: str,
    *columns: sa.Column[Any],
    to: dict[str, str],
    going: dict[str, str] | None = None,
    unique: tuple[tuple[str, ...], ...] = (),
    indexes: tuple[tuple[str, ...], ...] = (),
    key: str = "id",
) -> None:
    """A table: ``to`` says what a column refers to, ``going`` what happens when that goes."""
    constraints: list[sa.Constraint] = [sa.PrimaryKeyConstraint(key, name=f"pk_{name}")]
    constraints += [
        sa.ForeignKeyConstraint(
            [column],
            [f"{other}.id"],
            name=f"fk_{name}_{column}_{other}",
            ondelete=(going or {}).get(column),
        )
        for column, other in to.items()
    ]
    constraints += [
        sa.UniqueConstraint(*columns_, name=f"uq_{name}_{'_'.join(columns_)}")
        for columns_ in unique
    ]
    own = (sa.Column("id", sa.Integer(), nullable=False),) if key == "id" else ()
    op.create_table(name, *own, *columns, *constraints)
    for on in indexes:
        op.create_index(f"ix_{name}_{'_'.join(on)}", name, list(on))


def words(table: str, *names: str, default: str = "") -> None:
    """Columns of text added in place, which costs the same for one row as for ten million."""
    for name in names:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=default))
