"""What came to a client after a merge: does it go with the one who comes back, or stay?

A row goes along where it hangs on one that goes: the promise made in a visit, the ticket that
takes back goods. All else stays with the client who was kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from clientele.domain.errors import Refusal
from clientele.domain.tables import metadata
from clientele.services.merge_record import Record, born_at
from clientele.services.merge_rows import CLIENT, columns_to
from clientele.services.verb import PARENTS

Node = tuple[str, int]

STRONG = frozenset({"line_return", "part_payment"})
"""What takes goods back or money off a ticket must be of the ticket's own client."""

NOT_SAID = frozenset(
    {
        "duplicate_pair",
        "client_merge",
        "book_membership",
        "consent",
        "note_offer",
        "evidence_aside",
        "saved_list_mark",
    }
)
"""Rows that follow from others, or stand with the client whoever they are."""


class TakesOfBoth(Refusal):
    """A ticket of both cannot be of one."""

    template = (
        "A ticket since then takes goods back, or money paid ahead, of both clients. "
        "Nothing was changed; undo that ticket first."
    )


@dataclass(frozen=True, slots=True)
class Added:
    """Rows added since the merge: those that go, and those that stay."""

    following: tuple[Node, ...]
    staying: tuple[Node, ...]


def added_since(session: Session, kept_id: int, record: Record) -> Added:
    """Look at all rows of the client who was kept.

    Raises:
        TakesOfBoth: a ticket that was added takes up what was of both.
    """
    owned = {
        column.table.name: column
        for column in columns_to(CLIENT)
        if column.name == "client_id" and "id" in column.table.c
    }
    rows = {
        table: _rows(session, metadata.tables[table], column == kept_id)
        for table, column in owned.items()
    }
    going, added = _sorted_out(session, rows, record)
    if not added:
        return Added((), ())
    edges = _edges(session, rows)
    following = _followers(going, added, edges)
    staying = tuple(node for node in sorted(added - following) if node[0] not in NOT_SAID)
    return Added(tuple(sorted(following)), staying)


def _sorted_out(
    session: Session, rows: dict[str, list[dict[str, Any]]], record: Record
) -> tuple[set[Node], set[Node]]:
    """Which rows came from the one who goes, and which were added since."""
    moved = {
        (image.table, image.key[0])
        for image in record.images
        if image.before is not None and image.after is not None and "client_id" in image.before
    }
    written = {(image.table, image.key[0]) for image in record.images if image.before is None}
    going: set[Node] = set()
    added: set[Node] = set()
    for table, found in rows.items():
        for row in found:
            node = (table, row["id"])
            if node in moved and _born(session, record, node):
                going.add(node)
            elif row["id"] not in record.own.get(table, ()) and node not in written:
                added.add(node)
    return going, added


def _born(session: Session, record: Record, node: Node) -> bool:
    born = record.born.get(node)
    return born is None or born == born_at(session, *node)


def _followers(
    going: set[Node], added: set[Node], edges: dict[Node, set[tuple[Node, bool]]]
) -> set[Node]:
    following: set[Node] = set()
    wave = set(going)
    while wave:
        reached: set[Node] = set()
        for node in wave:
            for other, _ in edges.get(node, ()):
                if (
                    other in added
                    and other not in following
                    and _may_go(other, going | following | wave, added, edges)
                ):
                    reached.add(other)
        following |= reached
        wave = reached
    return following


def _may_go(
    node: Node, going: set[Node], added: set[Node], edges: dict[Node, set[tuple[Node, bool]]]
) -> bool:
    """Whether a row hangs on nothing that stays."""
    stays = [strong for other, strong in edges[node] if other not in going and other not in added]
    goes = [strong for other, strong in edges[node] if other in going]
    if any(stays) and any(goes):
        raise TakesOfBoth
    return any(goes) or not stays


def _edges(
    session: Session, rows: dict[str, list[dict[str, Any]]]
) -> dict[Node, set[tuple[Node, bool]]]:
    """Which rows of a client hang together, and whether they must be of one."""
    owner: dict[Node, Node] = {
        (table, row["id"]): (table, row["id"]) for table, found in rows.items() for row in found
    }
    inner = dict(rows)
    for table, (column, parent) in _from_the_top():
        place = metadata.tables[table]
        keys = [key for name, key in owner if name == parent]
        found = _rows(session, place, place.c[column].in_(keys)) if keys else []
        inner[table] = found
        for row in found:
            owner[table, row["id"]] = owner[parent, row[column]]
    edges: dict[Node, set[tuple[Node, bool]]] = defaultdict(set)
    for table, found in inner.items():
        references = [
            (column.name, foreign.column.table.name)
            for column in metadata.tables[table].columns
            for foreign in column.foreign_keys
        ]
        for row in found:
            here = owner[table, row["id"]]
            for name, target in references:
                there = owner.get((target, row[name]))
                if there is not None and there != here:
                    edges[here].add((there, table in STRONG))
                    edges[there].add((here, table in STRONG))
    return edges


def _from_the_top() -> list[tuple[str, tuple[str, str]]]:
    """``PARENTS``, each after its own parent."""
    ordered: list[tuple[str, tuple[str, str]]] = []
    waiting = dict(PARENTS)
    while waiting:
        for table, (column, parent) in list(waiting.items()):
            if parent not in waiting:
                ordered.append((table, (column, parent)))
                del waiting[table]
    return ordered


def _rows(session: Session, table: Any, where: Any) -> list[dict[str, Any]]:
    """Ids and references of rows; not their words."""
    columns = [column for column in table.columns if column.primary_key or column.foreign_keys]
    return [dict(row) for row in session.execute(select(*columns).where(where)).mappings()]
