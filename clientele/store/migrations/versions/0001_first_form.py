"""The first form of the book: every table that this version uses.

The short names below stand for columns as this form has them; they are of this revision alone,
so that no later change of the program changes what an old book looked like.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


class Ref(NamedTuple):
    """A column that refers to the ``id`` of another table."""

    name: str
    to: str
    null: bool = False
    ondelete: str | None = None


def whole(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=null)


def big(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=null)


def flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def day(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=null)


def hour(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Time(), nullable=null)


def table(
    name: str,
    *parts: sa.Column[Any] | Ref,
    key: tuple[str, ...] = ("id",),
    unique: tuple[str, ...] = (),
    indexes: tuple[tuple[str, ...], ...] = (),
) -> None:
    columns: list[sa.Column[Any]] = []
    constraints: list[sa.Constraint] = [sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")]
    for part in parts:
        if isinstance(part, Ref):
            columns.append(sa.Column(part.name, sa.Integer(), nullable=part.null))
            foreign = f"fk_{name}_{part.name}_{part.to}"
            constraints.append(
                sa.ForeignKeyConstraint(
                    [part.name], [f"{part.to}.id"], name=foreign, ondelete=part.ondelete
                )
            )
        else:
            columns.append(part)
    if unique:
        constraints.append(sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}"))
    op.create_table(name, *columns, *constraints)
    for on in indexes:
        op.create_index(f"ix_{name}_{'_'.join(on)}", name, list(on))


def unique_where(name: str, on: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name, on, columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )


# fmt: off
def upgrade() -> None:
    table(
        "department",
        whole("id"), text("name"), whole("position"), unique=("name",),
    )
    table(
        "store_profile",
        whole("id"), text("name"), text("currency"), text("country"), text("time_zone"),
        instant("created_at"),
    )
    table(
        "tag",
        whole("id"), text("name"), unique=("name",),
    )
    table(
        "associate",
        whole("id"), text("name"), Ref("department_id", "department", null=True), text("role"),
        text("pin_hash", null=True), whole("wrong_pins"), instant("pin_again_at", null=True),
        flag("active"), instant("created_at"), indexes=(("department_id",), ("name",)),
    )
    table(
        "draft",
        Ref("associate_id", "associate"), text("place"), text("body"), instant("typed_at"),
        key=("associate_id", "place"),
    )
    table(
        "import_batch",
        whole("id"), text("kind"), text("file_name"), instant("started_at"),
        instant("ended_at", null=True), text("state"), whole("rows_read"), whole("rows_added"),
        whole("rows_known"), whole("rows_rejected"), Ref("associate_id", "associate", null=True),
    )
    table(
        "client",
        whole("id"), text("given_name"), text("family_name"), text("preferred_name"),
        text("say_it"), text("language"), text("time_zone"), whole("birth_month", null=True),
        whole("birth_day", null=True), whole("birth_year", null=True), text("sort_name"),
        Ref("referred_by_id", "client", null=True),
        Ref("import_batch_id", "import_batch", null=True), instant("created_at"),
        instant("updated_at"),
        indexes=(
            ("birth_month", "birth_day"), ("import_batch_id",), ("referred_by_id",),
            ("sort_name", "id"),
        ),
    )
    table(
        "import_seen",
        Ref("batch_id", "import_batch", ondelete="CASCADE"), whole("purchase_id"),
        text("matched"), key=("batch_id", "purchase_id"),
    )
    table(
        "address",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"), text("street"), text("city"),
        text("postcode"), text("country"), text("label"), whole("position"),
        indexes=(("client_id",),),
    )
    table(
        "book_membership",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("associate_id", "associate"), Ref("department_id", "department", null=True),
        text("role"), instant("since"), instant("until", null=True), text("why"),
        indexes=(
            ("associate_id", "until", "client_id"), ("client_id",),
            ("department_id", "until", "client_id"),
        ),
    )
    unique_where(
        "uq_book_membership_owner", "book_membership", ["client_id"],
        "role = 'owner' AND until IS NULL",
    )
    table(
        "client_reference",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"), text("reference"),
        unique=("reference",), indexes=(("client_id",),),
    )
    table(
        "client_tag",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("tag_id", "tag", ondelete="CASCADE"), unique=("client_id", "tag_id"),
        indexes=(("tag_id",),),
    )
    table(
        "consent",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"), text("channel"),
        flag("allowed"), instant("said_at"), text("how"),
        Ref("associate_id", "associate", null=True),
        indexes=(("client_id", "channel", "said_at"),),
    )
    table(
        "contact_point",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"), text("kind"), text("value"),
        text("normalised"), text("label"), whole("position"),
        indexes=(("client_id",), ("normalised",)),
    )
    table(
        "household_member",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("linked_client_id", "client", null=True, ondelete="SET NULL"), text("name"),
        text("relation"), text("about"), indexes=(("client_id",), ("linked_client_id",)),
    )
    table(
        "visit",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("associate_id", "associate"), text("here_for"), instant("arrived_at"),
        instant("greeted_at", null=True), instant("left_at", null=True),
        indexes=(("associate_id",), ("client_id", "arrived_at")),
    )
    unique_where(
        "uq_visit_open", "visit", ["client_id"],
        "left_at IS NULL",
    )
    table(
        "appointment",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("associate_id", "associate"), Ref("department_id", "department", null=True),
        Ref("visit_id", "visit", null=True), instant("starts_at"), text("about"),
        instant("cancelled_at", null=True),
        indexes=(("associate_id", "starts_at"), ("client_id",)),
    )
    table(
        "note",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("visit_id", "visit", null=True), Ref("department_id", "department", null=True),
        Ref("associate_id", "associate", null=True), text("body"), flag("say_first"),
        instant("written_at"), Ref("import_batch_id", "import_batch", null=True),
        indexes=(("client_id", "written_at"), ("visit_id",)),
    )
    table(
        "occasion",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("household_member_id", "household_member", null=True, ondelete="CASCADE"),
        text("kind"), text("title"), whole("month"), whole("day", null=True),
        whole("year", null=True), flag("every_year"), indexes=(("client_id",), ("month", "day")),
    )
    table(
        "preference",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("household_member_id", "household_member", null=True, ondelete="CASCADE"),
        Ref("department_id", "department", null=True), text("kind"), text("what"),
        Ref("associate_id", "associate", null=True), instant("created_at"),
        indexes=(("client_id",),),
    )
    table(
        "promise",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("associate_id", "associate"), Ref("department_id", "department", null=True),
        Ref("visit_id", "visit", null=True), text("kind"), text("what"), day("due_on"),
        hour("due_time", null=True), text("state"), instant("promised_at"),
        instant("last_word_at"), instant("ended_at", null=True), text("ending"),
        indexes=(("associate_id", "state", "due_on"), ("client_id",)),
    )
    table(
        "purchase",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("visit_id", "visit", null=True), text("receipt"), instant("sold_at"), day("sold_on"),
        Ref("associate_id", "associate", null=True), text("currency"), big("total"),
        Ref("import_batch_id", "import_batch", null=True),
        indexes=(("client_id", "sold_at"), ("import_batch_id",), ("sold_on",), ("visit_id",)),
    )
    unique_where(
        "uq_purchase_receipt", "purchase", ["client_id", "receipt", "sold_on"],
        "receipt <> ''",
    )
    table(
        "size",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("household_member_id", "household_member", null=True, ondelete="CASCADE"),
        Ref("department_id", "department", null=True), text("category"), text("brand"),
        text("value"), text("fit"), text("evidence"), instant("evidence_at"),
        Ref("associate_id", "associate", null=True), indexes=(("client_id", "category"),),
    )
    table(
        "visit_stop",
        whole("id"), Ref("visit_id", "visit", ondelete="CASCADE"),
        Ref("department_id", "department"), Ref("colleague_id", "associate", null=True),
        whole("position"), instant("started_at", null=True), instant("ended_at", null=True),
        indexes=(("visit_id", "position"),),
    )
    table(
        "follow_up",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("associate_id", "associate"), Ref("visit_id", "visit", null=True),
        Ref("purchase_id", "purchase", null=True, ondelete="SET NULL"), text("channel"),
        text("reason"), day("due_on"), text("state"), text("outcome"),
        instant("done_at", null=True), instant("created_at"),
        indexes=(("associate_id", "state", "due_on"), ("client_id",), ("state", "due_on")),
    )
    table(
        "purchase_line",
        whole("id"), Ref("purchase_id", "purchase", ondelete="CASCADE"),
        Ref("department_id", "department"), text("item"), text("sku"), big("quantity"),
        big("amount"), Ref("associate_id", "associate", null=True),
        Ref("import_batch_id", "import_batch", null=True), indexes=(("purchase_id",),),
    )
    table(
        "contact_made",
        whole("id"), Ref("client_id", "client", ondelete="CASCADE"),
        Ref("associate_id", "associate", null=True), Ref("follow_up_id", "follow_up", null=True),
        text("channel"), text("summary"), instant("took_place_at"),
        indexes=(("client_id", "took_place_at"), ("follow_up_id",)),
    )
    table(
        "credit_share",
        whole("id"), Ref("purchase_line_id", "purchase_line", ondelete="CASCADE"),
        Ref("associate_id", "associate"), big("amount"),
        unique=("purchase_line_id", "associate_id"),
    )
    table(
        "shown_item",
        whole("id"), Ref("stop_id", "visit_stop", ondelete="CASCADE"), text("item"),
        text("detail"), text("sku"), big("price", null=True), text("outcome"), text("why"),
        day("hold_until", null=True), Ref("associate_id", "associate", null=True),
        Ref("purchase_line_id", "purchase_line", null=True, ondelete="SET NULL"),
        whole("position"), indexes=(("purchase_line_id",), ("stop_id", "position")),
    )
# fmt: on
