"""Leave children without their parent, which nobody notices while foreign keys are off."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM parent WHERE id = 2")
