"""Photos, own fields, wishes, gifts, offers of notes, lists, pairs, merges, sums, cards.

What was put on a wish list in a visit becomes a wish. The sums and cards are filled with the
search, after the revisions (``store.known``).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from clientele.store.migrations.building import big, day, flag, instant, ref, table, text, words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words("household_member", "back_relation")
    words("preference", "evidence", default="told us")
    words("size", "system")
    words("purchase_line", "brand", "size")
    _for_whom()
    _covering()
    _evidence()
    _client()
    _note_offer()
    _wishes()
    _lists()
    _merging()


def _for_whom() -> None:
    with op.batch_alter_table("shown_item") as item:
        item.add_column(ref("household_member_id", null=True))
        item.create_foreign_key(
            "fk_shown_item_household_member_id_household_member",
            "household_member",
            ["household_member_id"],
            ["id"],
            ondelete="SET NULL",
        )
        item.create_index("ix_shown_item_household_member_id", ["household_member_id"])


def _covering() -> None:
    """What a client bought in all is added up from indexes alone.

    The lines of one client lie all over the file, and each page of it must be decrypted.
    """
    op.drop_index("ix_purchase_client_id_sold_at", "purchase")
    op.create_index(
        "ix_purchase_client_id_sold_at_currency", "purchase", ["client_id", "sold_at", "currency"]
    )
    op.drop_index("ix_purchase_line_purchase_id", "purchase_line")
    op.create_index(
        "ix_purchase_line_purchase_id_department_id_amount_quantity",
        "purchase_line",
        ["purchase_id", "department_id", "amount", "quantity"],
    )


def _evidence() -> None:
    table(
        "evidence_aside",
        ref("client_id"),
        ref("purchase_line_id", null=True),
        ref("shown_item_id", null=True),
        text("why"),
        ref("associate_id", null=True),
        instant("created_at"),
        to={
            "client_id": "client",
            "purchase_line_id": "purchase_line",
            "shown_item_id": "shown_item",
            "associate_id": "associate",
        },
        going={
            "client_id": "CASCADE",
            "purchase_line_id": "CASCADE",
            "shown_item_id": "CASCADE",
        },
        indexes=(("client_id",), ("purchase_line_id",), ("shown_item_id",)),
    )


def _client() -> None:
    table(
        "client_photo",
        ref("client_id"),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        instant("taken_at"),
        ref("associate_id", null=True),
        to={"client_id": "client", "associate_id": "associate"},
        going={"client_id": "CASCADE"},
        unique=(("client_id",),),
    )
    table(
        "custom_field",
        text("name"),
        text("kind"),
        text("choices"),
        ref("position"),
        instant("created_at"),
        instant("retired_at", null=True),
        to={},
        unique=(("name",),),
    )
    table(
        "custom_value",
        ref("client_id"),
        ref("field_id"),
        text("value"),
        big("number", null=True),
        to={"client_id": "client", "field_id": "custom_field"},
        going={"client_id": "CASCADE", "field_id": "CASCADE"},
        unique=(("client_id", "field_id"),),
        indexes=(("field_id", "value"), ("field_id", "number")),
    )
    table(
        "client_sum",
        ref("client_id"),
        big("spent"),
        ref("tickets"),
        ref("lines"),
        day("first_on"),
        day("last_on"),
        to={"client_id": "client"},
        going={"client_id": "CASCADE"},
        indexes=(("last_on",), ("spent",), ("tickets",)),
        key="client_id",
    )
    table(
        "client_card",
        ref("client_id"),
        text("given_name"),
        text("family_name"),
        text("preferred_name"),
        text("reference"),
        text("points"),
        text("members"),
        instant("last_in", null=True),
        big("spent"),
        text("often"),
        ref("has"),
        to={"client_id": "client"},
        going={"client_id": "CASCADE"},
        key="client_id",
    )


def _note_offer() -> None:
    table(
        "note_offer",
        ref("note_id"),
        ref("client_id"),
        ref("position"),
        text("kind"),
        text("said"),
        text("fields"),
        text("state"),
        text("made_table"),
        ref("made_id", null=True),
        instant("decided_at", null=True),
        ref("associate_id", null=True),
        to={"note_id": "note", "client_id": "client", "associate_id": "associate"},
        going={"note_id": "CASCADE", "client_id": "CASCADE"},
        indexes=(("note_id",), ("client_id", "state")),
    )


def _wishes() -> None:
    table(
        "wish",
        ref("client_id"),
        ref("household_member_id", null=True),
        ref("department_id", null=True),
        ref("shown_item_id", null=True),
        ref("promise_id", null=True),
        ref("purchase_line_id", null=True),
        text("item"),
        text("detail"),
        text("brand"),
        text("sku"),
        big("price", null=True),
        text("note"),
        text("state"),
        instant("wished_at"),
        instant("arrived_at", null=True),
        instant("ended_at", null=True),
        text("ending"),
        ref("associate_id", null=True),
        to={
            "client_id": "client",
            "household_member_id": "household_member",
            "department_id": "department",
            "shown_item_id": "shown_item",
            "promise_id": "promise",
            "purchase_line_id": "purchase_line",
            "associate_id": "associate",
        },
        going={
            "client_id": "CASCADE",
            "household_member_id": "SET NULL",
            "shown_item_id": "SET NULL",
            "promise_id": "SET NULL",
            "purchase_line_id": "SET NULL",
        },
        indexes=(
            ("client_id", "state"),
            ("state", "sku"),
            ("household_member_id",),
            ("shown_item_id",),
            ("promise_id",),
            ("purchase_line_id",),
        ),
    )
    op.execute(
        "INSERT INTO wish (client_id, department_id, shown_item_id, item, detail, brand, sku, "
        "price, note, state, wished_at, ending, associate_id) "
        "SELECT visit.client_id, visit_stop.department_id, shown_item.id, shown_item.item, "
        "shown_item.detail, '', shown_item.sku, shown_item.price, shown_item.why, 'open', "
        "visit.arrived_at, '', shown_item.associate_id FROM shown_item "
        "JOIN visit_stop ON visit_stop.id = shown_item.stop_id "
        "JOIN visit ON visit.id = visit_stop.visit_id "
        "WHERE shown_item.outcome = 'wish list' ORDER BY shown_item.id"
    )
    table(
        "gift",
        ref("client_id"),
        ref("household_member_id", null=True),
        ref("occasion_id", null=True),
        ref("purchase_line_id", null=True),
        text("what"),
        day("given_on", null=True),
        text("liked"),
        ref("associate_id", null=True),
        instant("created_at"),
        to={
            "client_id": "client",
            "household_member_id": "household_member",
            "occasion_id": "occasion",
            "purchase_line_id": "purchase_line",
            "associate_id": "associate",
        },
        going={
            "client_id": "CASCADE",
            "household_member_id": "CASCADE",
            "occasion_id": "SET NULL",
            "purchase_line_id": "CASCADE",
        },
        indexes=(
            ("client_id",),
            ("household_member_id",),
            ("occasion_id",),
            ("purchase_line_id",),
        ),
    )


def _lists() -> None:
    table(
        "saved_list",
        ref("associate_id"),
        text("name"),
        text("question"),
        flag("shared"),
        instant("created_at"),
        instant("updated_at"),
        to={"associate_id": "associate"},
        indexes=(("associate_id",),),
    )
    table(
        "saved_list_mark",
        ref("saved_list_id"),
        ref("client_id"),
        ref("associate_id"),
        instant("done_at"),
        to={"saved_list_id": "saved_list", "client_id": "client", "associate_id": "associate"},
        going={"saved_list_id": "CASCADE", "client_id": "CASCADE"},
        unique=(("saved_list_id", "client_id", "associate_id"),),
        indexes=(("client_id",),),
    )


def _merging() -> None:
    table(
        "duplicate_pair",
        ref("first_id"),
        ref("second_id"),
        ref("score"),
        text("reasons"),
        text("state"),
        instant("found_at"),
        instant("decided_at", null=True),
        ref("associate_id", null=True),
        to={"first_id": "client", "second_id": "client", "associate_id": "associate"},
        going={"first_id": "CASCADE", "second_id": "CASCADE"},
        unique=(("first_id", "second_id"),),
        indexes=(("second_id",), ("state", "score")),
    )
    table(
        "duplicate_look",
        instant("begun_at"),
        text("stage"),
        text("position"),
        ref("compared"),
        ref("found"),
        instant("ended_at", null=True),
        to={},
    )
    table(
        "client_merge",
        ref("kept_id"),
        ref("gone_id"),
        text("moved"),
        instant("merged_at"),
        ref("associate_id", null=True),
        to={"kept_id": "client", "associate_id": "associate"},
        going={"kept_id": "CASCADE"},
        unique=(("gone_id",),),
        indexes=(("kept_id",),),
    )
