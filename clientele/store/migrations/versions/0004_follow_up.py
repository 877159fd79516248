"""Rules, templates, messages, what was told, policy, mail accounts; consent says about what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from clientele.store.migrations.building import day, flag, instant, ref, table, text, words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words("consent", "purpose", "words")
    words("contact_made", "purpose", "against")
    _no("contact_made", "incoming", "for_promise")
    _rules()
    _follow_up()
    _appointment()
    _messages()
    _worth_a_call()


def _no(table_name: str, *names: str) -> None:
    """Columns of yes or no added in place, no to begin with."""
    for name in names:
        op.add_column(
            table_name,
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )


def _rules() -> None:
    table(
        "touch_rule",
        text("body"),
        ref("version"),
        flag("active"),
        ref("position"),
        text("key"),
        instant("created_at"),
        instant("updated_at"),
        ref("associate_id", null=True),
        instant("retired_at", null=True),
        to={"associate_id": "associate"},
        indexes=(("key",),),
    )


def _follow_up() -> None:
    words("follow_up", "purpose", "template", "repeat")
    with op.batch_alter_table("follow_up") as follow_up:
        follow_up.add_column(day("repeat_from", null=True))
        follow_up.add_column(day("expires_on", null=True))
        follow_up.add_column(ref("rule_id", null=True))
        follow_up.add_column(
            sa.Column("in_hand", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        follow_up.add_column(sa.Column("source", sa.String(), nullable=False, server_default=""))
        follow_up.add_column(ref("source_id", null=True))
        follow_up.add_column(ref("given_by_id", null=True))
        follow_up.create_foreign_key(
            "fk_follow_up_rule_id_touch_rule",
            "touch_rule",
            ["rule_id"],
            ["id"],
            ondelete="SET NULL",
        )
        follow_up.create_foreign_key(
            "fk_follow_up_given_by_id_associate", "associate", ["given_by_id"], ["id"]
        )
        follow_up.create_index("ix_follow_up_rule_id_state", ["rule_id", "state"])
        follow_up.create_index("ix_follow_up_given_by_id_state", ["given_by_id", "state"])
    table(
        "touch_made",
        text("occasion_key"),
        ref("client_id"),
        ref("rule_id"),
        ref("rule_version"),
        ref("follow_up_id", null=True),
        day("aimed_at"),
        instant("made_at"),
        to={"client_id": "client", "follow_up_id": "follow_up"},
        going={"client_id": "CASCADE", "follow_up_id": "SET NULL"},
        unique=(("occasion_key",),),
        indexes=(("client_id",), ("rule_id",), ("follow_up_id",)),
    )


def _appointment() -> None:
    for column in (
        instant("ends_at", null=True),
        sa.Column("outcome", sa.String(), nullable=False, server_default=""),
        sa.Column("remind_minutes", sa.Integer(), nullable=True, server_default="15"),
        sa.Column("day_before", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("uid", sa.String(), nullable=False, server_default=""),
        sa.Column("recurrence", sa.String(), nullable=False, server_default=""),
        sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"),
        instant("changed_at", null=True),
    ):
        op.add_column("appointment", column)
    op.create_index("ix_appointment_starts_at", "appointment", ["starts_at"])
    op.create_index("ix_appointment_uid", "appointment", ["uid"])
    table(
        "appointment_import",
        text("key"),
        text("uid"),
        ref("appointment_id"),
        ref("sequence"),
        instant("stamped_at", null=True),
        instant("starts_at"),
        text("print"),
        flag("cancelled"),
        instant("taken_at"),
        to={"appointment_id": "appointment"},
        going={"appointment_id": "CASCADE"},
        unique=(("key",),),
        indexes=(("uid",), ("appointment_id",)),
    )


def _messages() -> None:
    table(
        "message_template",
        text("key"),
        text("name"),
        text("purpose"),
        text("channels"),
        text("variants"),
        ref("position"),
        instant("updated_at"),
        ref("associate_id", null=True),
        instant("retired_at", null=True),
        to={"associate_id": "associate"},
        unique=(("key",),),
    )
    table(
        "message",
        ref("client_id"),
        ref("associate_id"),
        ref("follow_up_id", null=True),
        ref("promise_id", null=True),
        ref("contact_id", null=True),
        text("channel"),
        text("purpose"),
        text("way"),
        text("address"),
        text("subject"),
        text("body"),
        text("language"),
        text("template"),
        text("message_key"),
        text("state"),
        text("why"),
        ref("tries"),
        instant("queued_at"),
        instant("not_before", null=True),
        instant("next_try_at", null=True),
        text("answer"),
        instant("ended_at", null=True),
        to={
            "client_id": "client",
            "associate_id": "associate",
            "follow_up_id": "follow_up",
            "promise_id": "promise",
            "contact_id": "contact_made",
        },
        going={
            "client_id": "CASCADE",
            "follow_up_id": "SET NULL",
            "promise_id": "SET NULL",
            "contact_id": "SET NULL",
        },
        unique=(("message_key",),),
        indexes=(
            ("client_id", "queued_at"),
            ("state", "next_try_at"),
            ("follow_up_id",),
            ("promise_id",),
            ("contact_id",),
        ),
    )
    table(
        "told_reminder",
        text("key"),
        instant("told_at"),
        to={},
        unique=(("key",),),
    )
    table(
        "reach_policy",
        text("body"),
        instant("updated_at"),
        ref("associate_id", null=True),
        to={"associate_id": "associate"},
    )
    table(
        "mail_account",
        text("whose"),
        ref("associate_id", null=True),
        text("host"),
        ref("port"),
        text("security"),
        text("user"),
        text("sender_name"),
        text("sender_address"),
        text("reply_to"),
        text("secret"),
        instant("updated_at"),
        ref("tries"),
        instant("next_try_at", null=True),
        flag("asks"),
        text("ending"),
        text("step"),
        text("why"),
        ref("code"),
        text("answer"),
        to={"associate_id": "associate"},
        unique=(("whose",),),
    )


def _worth_a_call() -> None:
    table(
        "worth_call",
        ref("client_id"),
        ref("associate_id", null=True),
        ref("value"),
        text("reasons"),
        instant("worked_at"),
        to={"client_id": "client", "associate_id": "associate"},
        going={"client_id": "CASCADE"},
        indexes=(("associate_id", "value"),),
        key="client_id",
    )
    table(
        "worth_aside",
        ref("client_id"),
        ref("associate_id"),
        text("reason"),
        day("until_on", null=True),
        instant("said_at"),
        to={"client_id": "client", "associate_id": "associate"},
        going={"client_id": "CASCADE"},
        indexes=(("client_id",),),
    )
    table(
        "worth_day",
        ref("associate_id"),
        ref("most"),
        to={"associate_id": "associate"},
        unique=(("associate_id",),),
    )
    table(
        "worth_run",
        day("worked_on"),
        instant("worked_at"),
        text("learnt"),
        ref("clients"),
        to={},
    )
