"""What cannot simply move when two clients become one: owner, open visit, receipt, refusal, draft.

Each is settled so that nothing is lost, and so that it can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clientele.domain.client import BookRole, Channel, Purpose
from clientele.domain.rules.consent import NEXT, Said, kept_word, refusals
from clientele.domain.rules.draft_forms import of_both
from clientele.domain.rules.draft_places import client_of, place_of
from clientele.domain.rules.names import folded
from clientele.services.merge_rows import Row, Rows

WHY = "merged"


def settle_book(rows: Rows, kept: int, gone: int, *, owner_of: int, now: datetime) -> None:
    """One owner: that of ``owner_of``. The other goes on knowing the client in their department."""
    mine, theirs = (_open_book(rows, key) for key in (kept, gone))
    owners = [row for row in (*mine, *theirs) if row["role"] == BookRole.OWNER]
    known = {
        (row["associate_id"], row["department_id"]): row
        for row in mine
        if row["role"] == BookRole.DEPARTMENT
    }
    for row in theirs:
        place = (row["associate_id"], row["department_id"])
        if row["role"] == BookRole.DEPARTMENT and place in known:
            rows.change("book_membership", row, until=now, why=WHY)
        elif row["role"] == BookRole.DEPARTMENT:
            known[place] = row
    if len(owners) < 2:
        return
    owners.sort(key=lambda row: row["client_id"] != owner_of)
    owner, other = owners
    rows.change("book_membership", other, until=now, why=WHY)
    if other["associate_id"] == owner["associate_id"]:
        return
    (associate,) = rows.of("associate", id=other["associate_id"])
    department = associate["department_id"]
    if department is not None and (associate["id"], department) not in known:
        rows.add(
            "book_membership",
            client_id=kept,
            associate_id=associate["id"],
            department_id=department,
            role=BookRole.DEPARTMENT.value,
            since=now,
            why=WHY,
        )


def _open_book(rows: Rows, client_id: int) -> list[Row]:
    return rows.of("book_membership", client_id=client_id, until=None)


def settle_visits(rows: Rows, kept: int, gone: int, *, now: datetime) -> None:
    """Two open visits become one: that which began first, with the stops of the other after its.

    Where the client is now is where the later one says; the other visit stays in the story.
    """
    open_ = [*rows.of("visit", client_id=kept, left_at=None),
             *rows.of("visit", client_id=gone, left_at=None)]  # fmt: skip
    if len(open_) < 2:
        return
    first, second = sorted(open_, key=lambda row: (row["arrived_at"], row["id"]))
    rows.change("visit", second, left_at=now)
    for stop in rows.of("visit_stop", visit_id=first["id"], ended_at=None):
        if stop["started_at"] is not None and any(
            other["started_at"] is not None
            for other in rows.of("visit_stop", visit_id=second["id"], ended_at=None)
        ):
            rows.change("visit_stop", stop, ended_at=now)
    after = 1 + max((stop["position"] for stop in rows.of("visit_stop", visit_id=first["id"])),
                    default=-1)  # fmt: skip
    for stop in rows.of("visit_stop", visit_id=second["id"]):
        place = after + stop["position"]
        rows.change("visit_stop", stop, visit_id=first["id"], position=place)
    for companion in rows.of("visit_companion", visit_id=second["id"]):
        rows.change("visit_companion", companion, visit_id=first["id"])


def settle_receipts(rows: Rows, kept: int, gone: int) -> None:
    """Two tickets of one number and day stay two: the second says so in its number."""
    there = {(row["receipt"], row["sold_on"]) for row in rows.of("purchase", client_id=kept)}
    for row in rows.of("purchase", client_id=gone):
        receipt, count = row["receipt"], 1
        while receipt and (receipt, row["sold_on"]) in there:
            count += 1
            receipt = f"{row['receipt']} ({count})"
        there.add((receipt, row["sold_on"]))
        rows.change("purchase", row, receipt=receipt)


def settle_consents(
    rows: Rows, kept: int, gone: int, *, now: datetime, by: int | None, how: str
) -> None:
    """A refusal stays a refusal, whichever of the two said it.

    It is later than every word of both, also where the clock was set back since.
    """
    mine, theirs = (said_by(rows, key) for key in (kept, gone))
    lost = (refused(mine) | refused(theirs)) - refused([*mine, *theirs])
    said_at = max([now, *(one.at + NEXT for one in (*mine, *theirs))])
    for channel in Channel:
        purposes = [one for one in Purpose if (channel, one) in lost]
        for purpose in [""] if len(purposes) == len(Purpose) else purposes:
            rows.add(
                "consent",
                client_id=kept,
                channel=channel.value,
                purpose=str(purpose),
                allowed=False,
                said_at=said_at,
                how=how,
                words="",
                associate_id=by,
            )


def said_by(rows: Rows, client_id: int) -> list[Said]:
    """All that a client allowed and refused."""
    found = [said_in(row) for row in rows.of("consent", client_id=client_id)]
    return [said for said in found if said is not None]


def said_in(row: Row) -> Said | None:
    """A row of consent as the rules weigh it."""
    return kept_word(row["channel"], row["purpose"], row["allowed"], row["said_at"])


def refused(said: Sequence[Said]) -> set[tuple[Channel, Purpose]]:
    """On which channels about what they are not to be reached."""
    places = [(channel, purpose) for channel in Channel for purpose in Purpose]
    return {place for place in places if refusals(said, *place)}


def settle_pairs(rows: Rows, kept: int, gone: int) -> None:
    """What was said of the one who goes and a third is said of the one who stays."""
    known = {
        frozenset((row["first_id"], row["second_id"]))
        for side in ("first_id", "second_id")
        for row in rows.of("duplicate_pair", **{side: kept})
    }
    for side in ("first_id", "second_id"):
        for row in rows.of("duplicate_pair", **{side: gone}):
            other = row["second_id"] if side == "first_id" else row["first_id"]
            pair = frozenset((other, kept))
            if other in (gone, kept) or pair in known:
                rows.remove("duplicate_pair", row)
                continue
            known.add(pair)
            first, second = sorted(pair)
            rows.change("duplicate_pair", row, first_id=first, second_id=second)


def settle_drafts(rows: Rows, kept: int, gone: int) -> None:
    """Words that were begun for the one who goes stand where those for the other do."""
    for row in rows.of("draft"):
        if client_of(row["place"]) != gone:
            continue
        place = place_of(row["place"], kept)
        there = rows.of("draft", associate_id=row["associate_id"], place=place)
        rows.remove("draft", row)
        if there:
            rows.change("draft", there[0], body=of_both(place, there[0]["body"], row["body"]))
        else:
            rows.add("draft", **{**row, "place": place})


def settle_household(rows: Rows, kept: int, gone: int) -> None:
    """Nobody is linked to themselves, and in one household a client stands once."""
    for client in (kept, gone):
        for row in rows.of("household_member", client_id=client):
            if row["linked_client_id"] in (gone, kept):
                rows.change("household_member", row, linked_client_id=None)
    for row in rows.of("household_member", client_id=gone):
        if row["linked_client_id"] is not None:
            _be_one(rows, row, client_id=kept, linked_client_id=row["linked_client_id"])
    for row in rows.of("household_member", linked_client_id=gone):
        _be_one(rows, row, client_id=row["client_id"], linked_client_id=kept)


def _be_one(rows: Rows, away: Row, **same: int) -> None:
    """Let the member who is the same client stand for ``away``, with the words of both.

    What is said otherwise of ``away`` (Jon, husband; John, spouse) stands in what is known of them.
    """
    into = next(iter(rows.of("household_member", **same)), None)
    if into is None:
        return
    words = {name: into[name] for name in ("name", "relation", "back_relation", "about")}
    further = []
    for name, said in words.items():
        other = away[name].strip()
        if other and not said.strip():
            words[name] = away[name]
        elif other and folded(other) != folded(said):
            further.append(other)
    words["about"] = "; ".join(part for part in (words["about"], *further) if part)
    rows.change("household_member", into, **words)
    rows.fold_into("household_member", away, into)


def settle_order(rows: Rows, kept: int, gone: int) -> None:
    """The numbers and addresses of the one who goes come after those of the other."""
    for table in ("contact_point", "address"):
        after = 1 + max((row["position"] for row in rows.of(table, client_id=kept)), default=-1)
        for row in rows.of(table, client_id=gone):
            rows.change(table, row, position=after + row["position"])
