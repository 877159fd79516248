"""Two clients become one, field by field, and everything that belongs to either goes along.

The one who stays has the higher id (see ``ClientMerge``). What was written is kept in the merge
itself, row by row, so that it can be undone by ``services.unmerging`` at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.errors import NotThere, Refusal
from clientele.domain.rules.better import better_birthday, better_text
from clientele.domain.rules.names import sort_name
from clientele.domain.rules.rights import Right
from clientele.domain.tables import Purchase, Visit
from clientele.services import audit
from clientele.services.acting import require
from clientele.services.changes import Changes
from clientele.services.merge_places import (
    settle_book,
    settle_consents,
    settle_drafts,
    settle_household,
    settle_order,
    settle_pairs,
    settle_receipts,
    settle_visits,
)
from clientele.services.merge_record import ids_of, record
from clientele.services.merge_rows import CLIENT, Row, Rows, columns_to, unite
from clientele.services.verb import changes_of

TEXTS = ("given_name", "family_name", "preferred_name", "say_it", "language", "time_zone")
BIRTHDAY = ("birth_month", "birth_day", "birth_year")
FIELDS = (*TEXTS, "birthday", "owner", "photo")
"""What is chosen field by field; a field of the store's own is “field 3”."""
FIELD = "field "
REFUSED = "refused before two entries became one"


class SameClient(Refusal):
    """A client cannot be merged with themselves."""

    template = "This is one and the same client. Nothing was changed; choose another."


@dataclass(frozen=True, slots=True)
class Merge:
    """Two clients who are one, and for each field the id of the one whose words are kept.

    A field that is not named is chosen by ``better``.
    """

    one_id: int
    other_id: int
    by: int | None = None
    chosen: Mapping[str, int] = field(default_factory=dict)


def merge_clients(session: Session, what: Merge, /, *, now: datetime) -> Changes:
    """Make one client of two and answer the id of the one who stays.

    Raises:
        SameClient: both are one already.
        NotThere: one of them is gone, perhaps merged at another terminal.
        NotAllowed: nobody is signed in, or another is named.
    """
    require(session, Right.SERVE, by=what.by)
    session.flush()
    if what.one_id == what.other_id:
        raise SameClient
    kept_id, gone_id = max(what.one_id, what.other_id), min(what.one_id, what.other_id)
    rows = Rows(session)
    found = [*rows.of("client", id=kept_id), *rows.of("client", id=gone_id)]
    if len(found) < 2:
        raise NotThere
    kept, gone = found
    chosen = {**better(session, kept_id, gone_id), **what.chosen}
    own = ids_of(session, kept_id)
    _settle(rows, kept, gone, chosen, what.by, now)
    for column in columns_to(CLIENT):
        rows.move(column, gone_id, kept_id)
    rows.remove("client", rows.of("client", id=gone_id)[0])
    images = rows.images
    merge_id = rows.add(
        "client_merge",
        kept_id=kept_id,
        gone_id=gone_id,
        moved=record(session, images, own),
        merged_at=now,
        associate_id=what.by,
    )
    assert merge_id is not None
    session.expire_all()
    changes = changes_of(session, rows.images, kept_id)
    audit.record(
        session,
        "merge_clients",
        subject="client_merge",
        subject_id=merge_id,
        clients=(kept_id, gone_id),
        detail={"tables": audit.tables_of(audit.news(rows.images))},
        now=now,
    )
    return changes


def _settle(
    rows: Rows,
    kept: Row,
    gone: Row,
    chosen: Mapping[str, int],
    by: int | None,
    now: datetime,
) -> None:
    """All that must be so before the rows of the one can stand under the id of the other."""
    kept_id, gone_id = kept["id"], gone["id"]
    values = _facts(rows, kept, gone, chosen)
    rows.change("client", kept, **values, updated_at=now)
    for name, side in chosen.items():
        if side == gone_id and (name == "photo" or name.startswith(FIELD)):
            _give_way(rows, name, kept_id, gone_id)
    settle_household(rows, kept_id, gone_id)
    settle_order(rows, kept_id, gone_id)
    unite(rows, gone_id, kept_id)
    settle_book(rows, kept_id, gone_id, owner_of=chosen["owner"], now=now)
    settle_visits(rows, kept_id, gone_id, now=now)
    settle_receipts(rows, kept_id, gone_id)
    settle_consents(rows, kept_id, gone_id, now=now, by=by, how=REFUSED)
    settle_pairs(rows, kept_id, gone_id)
    settle_drafts(rows, kept_id, gone_id)


def _facts(rows: Rows, kept: Row, gone: Row, chosen: Mapping[str, int]) -> dict[str, Any]:
    """The columns of the one who stays, as they are chosen."""
    sides = {kept["id"]: kept, gone["id"]: gone}
    values: dict[str, Any] = {name: sides[chosen[name]][name] for name in TEXTS}
    values |= {name: sides[chosen["birthday"]][name] for name in BIRTHDAY}
    sent_by = [row["referred_by_id"] for row in (kept, gone)]
    values["referred_by_id"] = next((key for key in sent_by if key and key not in sides), None)
    references = rows.of("client_reference", client_id=kept["id"]) or rows.of(
        "client_reference", client_id=gone["id"]
    )
    reference = references[0]["reference"] if references else ""
    values["sort_name"] = sort_name(values["given_name"], values["family_name"], reference)
    return values


def _give_way(rows: Rows, name: str, kept_id: int, gone_id: int) -> None:
    """Take away the photo or value of the one who stays, where that of the other was chosen."""
    table, where = ("client_photo", {}) if name == "photo" else (
        "custom_value", {"field_id": int(name.removeprefix(FIELD))}
    )  # fmt: skip
    if rows.of(table, client_id=gone_id, **where):
        for row in rows.of(table, client_id=kept_id, **where):
            rows.remove(table, row)


def better(session: Session, one_id: int, other_id: int) -> dict[str, int]:
    """For each field the client whose words are the better ones to keep.

    What says more; of equals what was written later. The owner is who saw the client last.
    """
    rows = Rows(session)
    (one,), (other,) = rows.of("client", id=one_id), rows.of("client", id=other_id)
    newer = other["updated_at"] > one["updated_at"]
    ids = (one_id, other_id)
    chosen = {name: ids[better_text(one[name], other[name], other_newer=newer)] for name in TEXTS}
    days = [tuple(row[name] for name in BIRTHDAY) for row in (one, other)]
    chosen["birthday"] = ids[better_birthday(days[0], days[1], other_newer=newer)]
    chosen["owner"] = max(ids, key=lambda key: _last_seen(session, key))
    photos = {key: rows.of("client_photo", client_id=key) for key in ids}
    chosen["photo"] = max(
        ids, key=lambda key: str(photos[key][0]["taken_at"]) if photos[key] else ""
    )
    values = {
        key: {row["field_id"]: row["value"] for row in rows.of("custom_value", client_id=key)}
        for key in ids
    }
    for field_id in sorted(values[one_id].keys() | values[other_id].keys()):
        texts = [values[key].get(field_id, "") for key in ids]
        chosen[f"{FIELD}{field_id}"] = ids[better_text(*texts, other_newer=newer)]
    return chosen


def _last_seen(session: Session, client_id: int) -> tuple[bool, datetime, datetime]:
    """When somebody served a client last; without an owner there is nobody to stay the owner."""
    rows = Rows(session)
    owners = [
        row["since"]
        for row in rows.of("book_membership", client_id=client_id, until=None)
        if row["role"] == BookRole.OWNER
    ]
    bought = session.scalar(
        select(func.max(col(Purchase.sold_at))).where(col(Purchase.client_id) == client_id)
    )
    came = session.scalar(
        select(func.max(col(Visit.arrived_at))).where(col(Visit.client_id) == client_id)
    )
    never = datetime.min.replace(tzinfo=UTC)
    return (
        bool(owners),
        max(filter(None, (bought, came)), default=never),
        max(owners, default=never),
    )
