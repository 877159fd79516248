"""The audit trail and its seal, copies of the book, locked PINs, who left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from clientele.store.migrations.building import flag, instant, ref, table, text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("associate", instant("pin_locked_at", null=True))
    op.add_column(
        "associate",
        sa.Column("pin_given", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("associate", instant("pin_at", null=True))
    op.add_column(
        "associate",
        sa.Column("pin_trying", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("associate", instant("left_at", null=True))
    table(
        "audit_entry",
        instant("at"),
        text("who"),
        ref("associate_id", null=True),
        text("act"),
        text("subject"),
        ref("subject_id", null=True),
        ref("client_id", null=True),
        ref("clients"),
        text("detail"),
        text("seal"),
        to={"associate_id": "associate"},
        indexes=(("client_id", "id"), ("associate_id", "id"), ("at",)),
    )
    table("audit_seal", ref("first_id"), text("before"), ref("last_id"), text("last_seal"), to={})
    table(
        "backup_made",
        instant("at"),
        text("why"),
        text("place"),
        text("file"),
        ref("size"),
        flag("ok"),
        text("said"),
        ref("associate_id", null=True),
        to={"associate_id": "associate"},
        indexes=(("at",),),
    )
