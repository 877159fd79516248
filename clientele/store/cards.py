"""What stands on a client's card: one row in place of a dozen that lie far apart in the file.

Every page of the file that is read must be decrypted, and a line of a list needs the client's
name, numbers, owner, last visit and sum, each from another table. ``client_card`` keeps them
together; ``store.known`` writes it in the transaction of what it follows from, and the doctor
makes it anew and compares. Nothing is on the card that the rows do not say.
"""

from __future__ import annotations

from typing import Final

OFTEN: Final = 200
"""Who has more tickets than this has them added up by month: few have, and for these each ticket
lies on a page of its own."""

COLUMNS: Final = (
    "client_id, given_name, family_name, preferred_name, reference, "
    "points, members, last_in, spent, often"
)

_WHOSE: Final = dict.fromkeys(
    (
        "address", "appointment", "client_merge", "client_photo", "client_tag", "consent",
        "contact_made", "evidence_aside", "gift", "hand_off", "household_member", "made_right",
        "note", "occasion", "part_payment", "preference", "promise", "size", "visit", "wish",
    ),
    "client_id",
) | {"client_merge": "kept_id"}  # fmt: skip

BITS: Final = {table: 1 << place for place, table in enumerate(_WHOSE)}
"""The bit of ``client_card.has`` that says that a table may have rows of the client. Triggers set
it with the first row; it stays when the last one goes, until the card is made anew. So a table
without it need not be looked at, and no reader looks in vain into a dozen places."""

_POINTS = """
    SELECT json_group_array(json_array(kind, value, normalised)) FROM (
        SELECT kind, value, normalised FROM contact_point
        WHERE contact_point.client_id = client.id ORDER BY position, id
    )
"""
_MEMBERS = """
    SELECT json_group_array(json_array(role, associate_id, department_id)) FROM (
        SELECT role, associate_id, department_id FROM book_membership
        WHERE book_membership.client_id = client.id AND until IS NULL ORDER BY id
    )
"""
_BOUGHT = "SELECT max(sold_at) FROM purchase WHERE purchase.client_id = client.id"
_VISITED = "SELECT max(arrived_at) FROM visit WHERE visit.client_id = client.id"
_DAYS = """
    SELECT json_group_array(sold_on) FROM (
        SELECT DISTINCT sold_on FROM purchase WHERE purchase.client_id = client.id ORDER BY sold_on
    )
"""
_MONTHS = """
    SELECT json_group_array(json_array(month, department_id, spent, lines, last_at)) FROM (
        SELECT substr(sold_at, 1, 7) AS month, department_id,
            sum(iif(currency = (SELECT currency FROM store_profile), amount, 0)) AS spent,
            sum(iif(amount < 0 OR quantity < 0, -1, 1)) AS lines, max(sold_at) AS last_at
        FROM purchase JOIN purchase_line ON purchase_line.purchase_id = purchase.id
        WHERE purchase.client_id = client.id GROUP BY month, department_id
        ORDER BY month, department_id
    )
"""

_HAS = " | ".join(
    f"iif(EXISTS (SELECT 1 FROM {table} WHERE {whose} = client.id), {BITS[table]}, 0)"
    for table, whose in _WHOSE.items()
)

OF: Final = f"""
    SELECT id, given_name, family_name, preferred_name,
        coalesce(
            (SELECT min(reference) FROM client_reference WHERE client_id = client.id), ''
        ),
        ({_POINTS}), ({_MEMBERS}),
        (SELECT max(at) FROM (SELECT ({_BOUGHT}) AS at UNION ALL SELECT ({_VISITED}))),
        coalesce((SELECT spent FROM client_sum WHERE client_id = client.id), 0),
        iif(
            (SELECT tickets FROM client_sum WHERE client_id = client.id) > {OFTEN},
            json_object(
                'months', json(({_MONTHS})), 'days', json(({_DAYS})),
                'tickets', (SELECT count(*) FROM purchase WHERE client_id = client.id)
            ),
            ''
        )
    FROM client WHERE id {{which}}
"""
"""The cards of the clients ``which`` (an SQL condition on the id); the sums stand by then."""

FILL: Final = (
    f"INSERT INTO client_card ({COLUMNS}, has) "
    f"SELECT *, (SELECT {_HAS} FROM client WHERE id = card.id) FROM ({OF}) AS card"
)
"""Writes these cards; nobody has one by then."""

HIDING: Final = (
    "SELECT client_id FROM client_card JOIN client ON client.id = client_id "
    f"WHERE client_id {{which}} AND ({_HAS}) & ~has"
)
"""Who of ``which`` has rows of which the card knows nothing."""


def triggers() -> dict[str, str]:
    """The triggers that set the bits, by name; the second row of a table costs one look."""
    made = {}
    for table, whose in _WHOSE.items():
        bit = BITS[table]
        mark = (
            f"BEGIN UPDATE client_card SET has = has | {bit} "
            f"WHERE client_id = new.{whose} AND NOT has & {bit}; END"
        )
        made[f"{table}_card_ai"] = f"AFTER INSERT ON {table} {mark}"
        made[f"{table}_card_au"] = f"AFTER UPDATE OF {whose} ON {table} {mark}"
    return made
