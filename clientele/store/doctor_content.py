"""Does what the book holds fit together: money, instants, kept settings, kinds, owners, visits?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection

from clientele.domain.client import BookRole, Channel, ContactKind, HandOffState
from clientele.domain.history import ImportKind, ImportState
from clientele.domain.plans import FollowUpState
from clientele.domain.preferences import PreferenceKind
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.draft_places import client_of
from clientele.domain.tables import metadata
from clientele.domain.team import Role
from clientele.domain.wishes import WishState
from clientele.store.finding import Finding

_TOTALS = """
    SELECT count(*) FROM (
        SELECT 1 FROM purchase LEFT JOIN purchase_line ON purchase_line.purchase_id = purchase.id
        GROUP BY purchase.id HAVING purchase.total <> coalesce(sum(purchase_line.amount), 0)
    ) AS off
"""
_SHARES = """
    SELECT count(*) FROM (
        SELECT 1 FROM credit_share JOIN purchase_line
            ON purchase_line.id = credit_share.purchase_line_id
        GROUP BY purchase_line.id HAVING purchase_line.amount <> sum(credit_share.amount)
    ) AS off
"""
_RETURNS = """
    SELECT count(*) FROM (
        SELECT 1 FROM line_return
        JOIN purchase_line AS sold ON sold.id = line_return.sold_line_id
        JOIN purchase AS bought ON bought.id = sold.purchase_id
        JOIN purchase_line AS back ON back.id = line_return.return_line_id
        JOIN purchase AS returned ON returned.id = back.purchase_id
        GROUP BY sold.id
        HAVING sum(abs(back.quantity)) > max(sold.quantity)
            OR min(returned.client_id) <> max(bought.client_id)
            OR max(returned.client_id) <> max(bought.client_id)
    ) AS off
"""
_PAID_AHEAD = """
    SELECT count(*) FROM part_payment LEFT JOIN purchase
        ON purchase.id = part_payment.purchase_id
    WHERE part_payment.amount <= 0 OR purchase.currency <> part_payment.currency
        OR purchase.client_id <> part_payment.client_id
"""
_CURRENCY = "length(currency) <> 3 OR currency GLOB '*[^A-Z]*'"
_OWNERS = f"""
    SELECT count(DISTINCT one.client_id) FROM book_membership AS one
    JOIN book_membership AS other ON other.client_id = one.client_id AND other.id > one.id
    WHERE one.role = '{BookRole.OWNER}' AND other.role = '{BookRole.OWNER}'
        AND one.since < coalesce(other.until, '9999') AND other.since < coalesce(one.until, '9999')
        AND one.since <> coalesce(one.until, '') AND other.since <> coalesce(other.until, '')
"""
_TWO_PLACES = """
    SELECT count(*) FROM (
        SELECT visit.client_id FROM visit
        JOIN visit_stop ON visit_stop.visit_id = visit.id
        WHERE visit.left_at IS NULL AND visit_stop.ended_at IS NULL
            AND visit_stop.started_at IS NOT NULL
        GROUP BY visit.client_id HAVING count(*) > 1
    ) AS both
"""
_INSTANT: Final = {
    "DATETIME": "????-??-?? ??:??:??*",
    "DATE": "????-??-??",
    "TIME": "??:??:??*",
}
"""How they are written; what is not cannot be read back."""

_BODIES: Final = (
    ("reach_policy", "body"),
    ("touch_rule", "body"),
    ("saved_list", "question"),
    ("worth_run", "learnt"),
    ("client_merge", "moved"),
    ("note_offer", "fields"),
    ("message_template", "variants"),
)
"""What is kept as JSON and read back whole."""

_KINDS: Final[tuple[tuple[str, str, type[StrEnum]], ...]] = (
    ("associate", "role", Role),
    ("book_membership", "role", BookRole),
    ("consent", "channel", Channel),
    ("contact_point", "kind", ContactKind),
    ("follow_up", "state", FollowUpState),
    ("hand_off", "state", HandOffState),
    ("import_batch", "kind", ImportKind),
    ("import_batch", "state", ImportState),
    ("preference", "kind", PreferenceKind),
    ("promise", "kind", PromiseKind),
    ("promise", "state", PromiseState),
    ("wish", "state", WishState),
)
"""Columns with a fixed set of words; an empty one says that nothing was chosen."""


def _count(connection: Connection, sql: str) -> int:
    return int(connection.exec_driver_sql(sql).scalar_one())


def totals(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether purchases add up, shared lines too, and each has a currency."""
    count = _count(connection, "SELECT count(*) FROM purchase")
    bad = _count(connection, _TOTALS)
    yield Finding(
        "totals",
        bad == 0,
        "{bad} of {count} purchases do not add up to their total. Both are kept as they came: "
        "which of them is wrong only the till's receipt says. If the book was recovered, lines of "
        "them were lost; a backup from before has them."
        if bad
        else "All {count} purchases add up.",
        {"count": count, "bad": bad},
    )
    bad = _count(connection, _SHARES)
    yield Finding(
        "shares",
        bad == 0,
        "The shares of {bad} shared lines do not add up to the line, so that what colleagues are "
        "credited with is wrong for them. Nothing was changed; share them out anew on the visit."
        if bad
        else "All shared lines are shared out exactly.",
        {"bad": bad},
    )
    bad = sum(
        _count(connection, f"SELECT count(*) FROM {table} WHERE {_CURRENCY}")
        for table in ("purchase", "part_payment", "store_profile")
    )
    yield Finding(
        "currencies",
        bad == 0,
        "{bad} sums of money have no currency that can be read, so that they are left out of what "
        "clients spent. Nothing was changed; restore a backup, or report this."
        if bad
        else "Every sum of money has its currency.",
        {"bad": bad},
    )


def returns(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether nothing came back that was not sold, and payments ahead fit their tickets."""
    bad = _count(connection, _RETURNS)
    yield Finding(
        "returns",
        bad == 0,
        "Of {bad} sold lines more came back than was sold, or another client brought it. All of "
        "it is kept; look at the returns of the last days on the clients' pages, or report this."
        if bad
        else "Nothing came back that was not sold.",
        {"bad": bad},
    )
    bad = _count(connection, _PAID_AHEAD)
    yield Finding(
        "paid ahead",
        bad == 0,
        "{bad} payments ahead do not fit the ticket they were taken off: another client's, or "
        "another currency. All of it is kept; compare with the till, or report this."
        if bad
        else "Every payment ahead fits its ticket.",
        {"bad": bad},
    )


def instants(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether every moment, day and time of day can be read."""
    bad = 0
    for table in metadata.sorted_tables:
        looked_at = [
            (column.name, shape)
            for column in table.columns
            for kind, shape in _INSTANT.items()
            if str(column.type) == kind
        ]
        if looked_at:
            wrong = " OR ".join(
                f"({name} IS NOT NULL AND {name} NOT GLOB '{shape}')" for name, shape in looked_at
            )
            bad += _count(connection, f"SELECT count(*) FROM {table.name} WHERE {wrong}")
    yield Finding(
        "instants",
        bad == 0,
        "{bad} rows have a moment or a day that cannot be read, so that pages on which they stand "
        "may not open. Nothing was changed. Restore a backup, or report this."
        if bad
        else "Every moment and day can be read.",
        {"bad": bad},
    )


def bodies(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether rules, lists, the policy and what merges remember can be read."""
    bad = 0
    for table, column in _BODIES:
        asked = f"SELECT {column} FROM {table} WHERE {column} <> ''"
        for (text,) in connection.exec_driver_sql(asked):
            try:
                json.loads(text)
            except (TypeError, ValueError, RecursionError):
                bad += 1
    yield Finding(
        "settings",
        bad == 0,
        "{bad} rules, lists or other things that the book remembers cannot be read, and are passed "
        "by. Nothing was removed; make them anew, or restore a backup."
        if bad
        else "Rules, lists and all else that the book remembers can be read.",
        {"bad": bad},
    )


def kinds(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether every kind and state is one that this program knows."""
    bad = 0
    for table, column, known in _KINDS:
        words = ", ".join("'" + word.value.replace("'", "''") + "'" for word in known)
        asked = f"SELECT count(*) FROM {table} WHERE {column} NOT IN ({words}, '')"
        bad += _count(connection, asked)
    yield Finding(
        "kinds",
        bad == 0,
        "{bad} rows are of a kind or state that this version does not know, and may be left out of "
        "lists. Nothing was changed; update Clientele, or report this."
        if bad
        else "Every kind and state is a known one.",
        {"bad": bad},
    )


def owners(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether no client was in two books at one time."""
    bad = _count(connection, _OWNERS)
    yield Finding(
        "owners",
        bad == 0,
        "{bad} clients were in two books at one time, so that two associates may think them "
        "theirs. Both are kept; give such a client to the right one on the client's page."
        if bad
        else "No client is in two books at one time.",
        {"bad": bad},
    )


def visits(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether no client is in two departments at once."""
    bad = _count(connection, _TWO_PLACES)
    yield Finding(
        "visits",
        bad == 0,
        "{bad} clients are in two departments at once by what is open. Nothing is lost; end the "
        "visits of those who left, on the page of the visit."
        if bad
        else "No client is in two departments at once.",
        {"bad": bad},
    )


def drafts(connection: Connection, quick: bool) -> Iterator[Finding]:
    """Whether what was typed and not kept yet belongs to clients who are there."""
    places = connection.exec_driver_sql("SELECT place FROM draft").scalars().all()
    named = {found for place in places if (found := client_of(str(place))) is not None}
    there = {
        client
        for client in named
        if connection.exec_driver_sql("SELECT 1 FROM client WHERE id = ?", (client,)).first()
    }
    bad = len(named - there)
    # What somebody typed is theirs: it is told of, and never cleared away.
    yield Finding(
        "drafts",
        bad == 0,
        "Something was typed for {bad} clients who are not in the book any more. It is kept, but "
        "no page shows it; a backup from before has these clients."
        if bad
        else "Whatever was typed and not kept yet has its client.",
        {"bad": bad},
        content=False,
    )
