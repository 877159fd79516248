"""Rebuild the parent by a batch, as SQLite must, and give it a column."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("parent", recreate="always") as batch:
        batch.add_column(sa.Column("say_it", sa.String(), nullable=False, server_default=""))
        batch.alter_column("name", new_column_name="full_name")
