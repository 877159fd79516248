"""What did the team do in the last days, as the audit trail would say it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from clientele.domain.rules.rights import associate
from clientele.services.audit import record
from clientele.services.sample.days import Days
from clientele.services.sample.people import Person
from clientele.services.sample.team import Seller, Team

DAYS = 9
"""So many days back; before that the store had no trail."""
MOSTLY, TOLD = 0.6, 24
"""So often it is one of the first, whose stories the sample tells."""
AT_WORK = (10 * 60, 19 * 60 + 30)

USUAL: tuple[tuple[str, str, dict[str, Any], int], ...] = (
    ("see_client", "client", {}, 12),
    ("see_brief", "client", {}, 3),
    ("keep_note", "note", {"note": [1, 0, 0]}, 5),
    ("edit_client", "client", {"client": [0, 1, 0, "say_it"]}, 1),
    ("edit_contact_point", "contact_point", {"contact_point": [0, 1, 0, "value"]}, 2),
    ("add_size", "size", {"size": [1, 0, 0]}, 2),
    ("do_follow_up", "follow_up", {"follow_up": [0, 1, 0, "done_at state"]}, 3),
    ("make_promise", "promise", {"promise": [1, 0, 0]}, 1),
    ("reach_step", "promise", {"promise_step": [1, 0, 0]}, 1),
    ("start_visit", "visit", {"visit": [1, 0, 0], "visit_stop": [1, 0, 0]}, 2),
    ("ring_once", "purchase", {"purchase": [1, 0, 0], "purchase_line": [2, 0, 0]}, 1),
    ("say_consent", "consent", {"consent": [1, 0, 0]}, 1),
    ("undo", "", {"note": [0, 0, 1]}, 1),
)
"""Act, table of its subject, tables, and how often beside the others."""


def write_trail(session: Session, people: Sequence[Person], team: Team, days: Days) -> None:
    """Enter what the team did, in the order of time, up to now."""
    rng = Random("trail")
    todo: list[tuple[datetime, Seller, str, str, dict[str, Any], Sequence[int]]] = []
    weights = [often for *_, often in USUAL]
    for ago in range(DAYS, -1, -1):
        day = days.ago(ago)
        for seller in (team.me, *team.colleagues[:6]):
            if day.weekday() in seller.off:
                continue
            begins = days.at(day, AT_WORK[0] + rng.uniform(-10, 20))
            todo.append((begins, seller, "sign_in", "associate", {}, ()))
            for act, table, tables, _ in rng.choices(USUAL, weights, k=rng.randint(2, 7)):
                at = days.at(day, rng.uniform(AT_WORK[0] + 20, AT_WORK[1]))
                known = rng.random() < MOSTLY
                client = rng.choice(people[:TOLD] if known else people).id
                todo.append((at, seller, act, table, tables, (client,)))
    some = sorted(person.id for person in rng.sample(list(people), 14))
    first, second = team.colleagues[0], team.colleagues[1]
    told: tuple[tuple[int, int, Seller, str, dict[str, Any], Sequence[int]], ...] = (
        (6, 18 * 60 + 5, first, "export_clients", {}, some),
        (4, 12 * 60 + 40, team.me, "give_clients", {"book_membership": [3, 3, 0, "until"]},
         some[:3]),
        (3, 16 * 60 + 15, second, "merge_clients", {"client": [0, 1, 1, "given_name"]}, some[4:6]),
        (1, 9 * 60 + 52, first, "sign_in_wrong", {}, ()),
    )  # fmt: skip
    for ago, minutes, seller, act, tables, concerned in told:
        at = days.at(days.ago(ago), minutes)
        todo.append((at, seller, act, "associate" if "sign" in act else "", tables, concerned))
    for at, seller, act, table, tables, clients in sorted(todo, key=lambda one: one[0]):
        if at <= days.now - timedelta(minutes=3):
            _enter(session, at, seller, act, table, tables, clients)


def _enter(
    session: Session,
    at: datetime,
    seller: Seller,
    act: str,
    table: str,
    tables: dict[str, Any],
    clients: Sequence[int],
) -> None:
    detail: dict[str, Any] = {"tables": tables} if tables else {}
    if act == "export_clients":
        detail = {"place": "folder", "rows": len(clients)}
    subject = {"associate": seller.id, "client": next(iter(clients), None)}.get(table)
    record(
        session,
        act,
        subject=table,
        subject_id=subject,
        clients=clients,
        detail=detail,
        now=at,
        acting=associate(seller.id),
    )
