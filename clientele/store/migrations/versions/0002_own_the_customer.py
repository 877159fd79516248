"""Absences, hand-offs, made right, promises with steps, shared credit, returns, part payments.

Columns that refer to nothing are added in place, which costs the same for one line as for ten
million; only the two small tables that gain a reference are rebuilt.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from clientele.store.migrations.building import big, day, flag, instant, ref, table, text, words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _grow()
    _team_and_book()
    _visit()
    _history()
    _promise()
    _made_right()


def _grow() -> None:
    words("visit", "fitting_room")
    op.add_column("visit_stop", instant("joined_at", null=True))
    op.add_column(
        "visit_stop",
        sa.Column("colleague_alone", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_visit_stop_colleague_id", "visit_stop", ["colleague_id"])
    op.add_column(
        "purchase_line", sa.Column("mark_down", sa.BigInteger(), nullable=False, server_default="0")
    )
    words("purchase_line", "mark_down_why")
    op.create_index(
        "ix_purchase_line_sku",
        "purchase_line",
        ["sku"],
        sqlite_where=sa.text("sku <> ''"),
        postgresql_where=sa.text("sku <> ''"),
    )
    op.add_column(
        "note", sa.Column("sensitive", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    words("promise", "garment", "measurements", "tag", "step")
    with op.batch_alter_table("promise") as promise:
        promise.add_column(ref("colleague_id", null=True))
        promise.create_foreign_key(
            "fk_promise_colleague_id_associate", "associate", ["colleague_id"], ["id"]
        )
        promise.create_index("ix_promise_colleague_id", ["colleague_id"])
        promise.create_index("ix_promise_tag", ["tag"])
    op.add_column(
        "shown_item",
        sa.Column("quantity", sa.BigInteger(), nullable=False, server_default="1000"),
    )
    op.add_column(
        "shown_item", sa.Column("mark_down", sa.BigInteger(), nullable=False, server_default="0")
    )
    words("shown_item", "mark_down_why")
    with op.batch_alter_table("shown_item") as item:
        item.add_column(ref("returns_line_id", null=True))
        item.create_foreign_key(
            "fk_shown_item_returns_line_id_purchase_line",
            "purchase_line",
            ["returns_line_id"],
            ["id"],
            ondelete="SET NULL",
        )
        item.create_index("ix_shown_item_returns_line_id", ["returns_line_id"])
        item.add_column(ref("promise_id", null=True))
        item.create_foreign_key(
            "fk_shown_item_promise_id_promise",
            "promise",
            ["promise_id"],
            ["id"],
            ondelete="SET NULL",
        )
        item.create_index("ix_shown_item_promise_id", ["promise_id"])


def _team_and_book() -> None:
    table(
        "absence",
        ref("associate_id"),
        ref("cover_id"),
        day("away_from"),
        day("back_on"),
        text("why"),
        instant("created_at"),
        to={"associate_id": "associate", "cover_id": "associate"},
        indexes=(("associate_id", "back_on"), ("cover_id", "back_on")),
    )
    table(
        "hand_off",
        ref("client_id"),
        ref("from_id"),
        ref("to_id"),
        ref("department_id", null=True),
        ref("visit_id", null=True),
        ref("promise_id", null=True),
        text("note"),
        day("until_on", null=True),
        flag("client_told"),
        text("state"),
        instant("offered_at"),
        instant("answered_at", null=True),
        text("answer"),
        instant("ended_at", null=True),
        text("ending"),
        to={
            "client_id": "client",
            "from_id": "associate",
            "to_id": "associate",
            "department_id": "department",
            "visit_id": "visit",
            "promise_id": "promise",
        },
        going={"client_id": "CASCADE", "promise_id": "SET NULL"},
        indexes=(("client_id",), ("from_id",), ("to_id", "state")),
    )


def _visit() -> None:
    table(
        "visit_companion",
        ref("visit_id"),
        ref("household_member_id", null=True),
        text("name"),
        to={"visit_id": "visit", "household_member_id": "household_member"},
        going={"visit_id": "CASCADE", "household_member_id": "SET NULL"},
        indexes=(("visit_id",),),
    )
    table(
        "item_credit",
        ref("shown_item_id"),
        ref("associate_id"),
        ref("parts"),
        to={"shown_item_id": "shown_item", "associate_id": "associate"},
        going={"shown_item_id": "CASCADE"},
        unique=(("shown_item_id", "associate_id"),),
    )


def _history() -> None:
    table(
        "line_return",
        ref("sold_line_id"),
        ref("return_line_id"),
        text("why"),
        to={"sold_line_id": "purchase_line", "return_line_id": "purchase_line"},
        going={"sold_line_id": "CASCADE", "return_line_id": "CASCADE"},
        unique=(("return_line_id",),),
        indexes=(("sold_line_id",),),
    )
    table(
        "part_payment",
        ref("client_id"),
        ref("visit_id", null=True),
        text("what"),
        text("receipt"),
        big("amount"),
        text("currency"),
        instant("paid_at"),
        ref("associate_id", null=True),
        ref("purchase_id", null=True),
        to={
            "client_id": "client",
            "visit_id": "visit",
            "associate_id": "associate",
            "purchase_id": "purchase",
        },
        going={"client_id": "CASCADE", "purchase_id": "SET NULL"},
        indexes=(("client_id",), ("purchase_id",)),
    )


def _promise() -> None:
    table(
        "promise_step",
        ref("promise_id"),
        text("what"),
        text("word"),
        day("moved_from", null=True),
        ref("associate_id", null=True),
        instant("at"),
        to={"promise_id": "promise", "associate_id": "associate"},
        going={"promise_id": "CASCADE"},
        indexes=(("promise_id",),),
    )


def _made_right() -> None:
    table(
        "made_right",
        ref("client_id"),
        ref("associate_id"),
        ref("visit_id", null=True),
        ref("department_id", null=True),
        ref("purchase_line_id", null=True),
        text("goods"),
        text("problem"),
        flag("sold_here"),
        text("state"),
        instant("opened_at"),
        instant("solved_at", null=True),
        ref("follow_up_id", null=True),
        to={
            "client_id": "client",
            "associate_id": "associate",
            "visit_id": "visit",
            "department_id": "department",
            "purchase_line_id": "purchase_line",
            "follow_up_id": "follow_up",
        },
        going={
            "client_id": "CASCADE",
            "purchase_line_id": "SET NULL",
            "follow_up_id": "SET NULL",
        },
        indexes=(("associate_id", "state"), ("client_id",), ("opened_at",), ("purchase_line_id",)),
    )
    table(
        "made_right_step",
        ref("made_right_id"),
        text("what"),
        text("word"),
        big("cost"),
        ref("associate_id", null=True),
        instant("at"),
        to={"made_right_id": "made_right", "associate_id": "associate"},
        going={"made_right_id": "CASCADE"},
        indexes=(("made_right_id",),),
    )
