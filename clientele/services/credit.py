"""Who is credited for what the client keeps? By parts, which become amounts when it is rung."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.credit import shares
from clientele.domain.rules.ticket import mirrored
from clientele.domain.tables import (
    Associate,
    CreditShare,
    ItemCredit,
    LineReturn,
    PurchaseLine,
    ShownItem,
    Visit,
    VisitStop,
)
from clientele.domain.visits import Outcome
from clientele.services.rows import the
from clientele.services.verb import verb

PARTS_AT_MOST = 100


class CreditOfReturnStays(Refusal):
    """The credit for a return is that of what was sold."""

    template = (
        "“{item}” comes back, so its credit is that of the sale. Nothing was changed; "
        "share the credit for what the client keeps."
    )


class CreditOfRungStays(Refusal):
    """The credit for a line that was rung."""

    template = "“{item}” was rung. Its credit was not changed; undo the ticket first."


class NobodyCredited(Refusal):
    """A share without anyone, or with parts that are none."""

    template = "Somebody has to be credited. Nothing was changed; name at least one associate."


@dataclass(frozen=True, slots=True)
class ShareCredit:
    """Who is credited for a shown item: (associate id, parts), one of them or several."""

    shown_item_id: int
    parts: tuple[tuple[int, int], ...]


@verb
def share_credit(session: Session, what: ShareCredit, /, *, now: datetime) -> int | None:
    """Share the credit for an item among associates by parts: 1 and 1 are halves.

    Raises:
        NobodyCredited: nobody is named, one twice, or a part is not from 1 to 100.
        CreditOfReturnStays: the client brings the item back.
        CreditOfRungStays: the item is on a ticket that was rung.
        NotThere: an associate or the item is gone.
    """
    row = the(session, ShownItem, what.shown_item_id)
    if row.purchase_line_id is not None:
        raise CreditOfRungStays(item=row.item)
    if row.outcome == Outcome.RETURN:
        raise CreditOfReturnStays(item=row.item)
    parts = dict(what.parts)
    if len(parts) != len(what.parts) or not parts:
        raise NobodyCredited
    if not all(1 <= weight <= PARTS_AT_MOST for weight in parts.values()):
        raise NobodyCredited
    for associate_id in parts:
        the(session, Associate, associate_id)
    _set_parts(session, row, parts)
    return row.id


def credit_by_default(
    session: Session, row: ShownItem, stop: VisitStop, visit: Visit, *, by: int
) -> None:
    """Credit a new item: equal parts with the colleague who has joined the stop, else ``by``."""
    colleague = stop.colleague_id if stop.joined_at is not None else None
    if colleague is None or colleague == visit.associate_id:
        row.associate_id = by
        return
    _set_parts(session, row, {visit.associate_id: 1, colleague: 1})


def parts_of(session: Session, row: ShownItem) -> dict[int, int]:
    """Who is credited for an item and in how many parts; empty where nobody is."""
    found = session.execute(
        select(col(ItemCredit.associate_id), col(ItemCredit.parts))
        .where(col(ItemCredit.shown_item_id) == row.id)
        .order_by(col(ItemCredit.id))
    )
    parts = {associate: int(weight) for associate, weight in found}
    if parts or row.associate_id is None:
        return parts
    return {row.associate_id: 1}


def credit_line(session: Session, line: PurchaseLine, credited: Mapping[int, int]) -> None:
    """Write who is credited for a rung line; ``credited`` are amounts that add up to the line's.

    Where it is one person, the line names them and no shares are written.
    """
    line.associate_id = _first(credited)
    if len(credited) < 2:
        return
    for associate, amount in credited.items():
        session.add(
            CreditShare(purchase_line_id=line.id or 0, associate_id=associate, amount=amount)
        )


def shared_out(amount: int, parts: Mapping[int, int]) -> dict[int, int]:
    """What each is credited with for a line of ``amount`` (minor units)."""
    return shares(amount, parts) if parts else {}


def taken_back(session: Session, sold_line_id: int, amount: int) -> dict[int, int]:
    """Who gives up how much credit when ``amount`` (above zero) is given back for a sold line.

    Each in the measure of what they are still credited with for it: whoever takes it back loses
    nothing.
    """
    sold = the(session, PurchaseLine, sold_line_id)
    left = credited_with(session, sold)
    for line in session.scalars(
        select(PurchaseLine)
        .join(LineReturn, col(LineReturn.return_line_id) == col(PurchaseLine.id))
        .where(col(LineReturn.sold_line_id) == sold_line_id)
    ):
        for one, given_up in credited_with(session, line).items():
            left[one] = left.get(one, 0) + given_up
    gives_up = mirrored(amount, left)
    if not gives_up and sold.associate_id is not None:
        return {sold.associate_id: -amount}
    return gives_up


def credited_with(session: Session, line: PurchaseLine) -> dict[int, int]:
    """What each is credited with for a line, in its minor units."""
    found = session.execute(
        select(col(CreditShare.associate_id), col(CreditShare.amount))
        .where(col(CreditShare.purchase_line_id) == line.id)
        .order_by(col(CreditShare.id))
    )
    shared = {associate: int(amount) for associate, amount in found}
    if shared or line.associate_id is None:
        return shared
    return {line.associate_id: line.amount}


def _set_parts(session: Session, row: ShownItem, parts: Mapping[int, int]) -> None:
    there = {
        part.associate_id: part
        for part in session.scalars(
            select(ItemCredit).where(col(ItemCredit.shown_item_id) == row.id)
        )
    }
    row.associate_id = _first(parts)
    wanted = parts if len(parts) > 1 else {}
    for associate, part in there.items():
        if associate not in wanted:
            session.delete(part)
    for associate, weight in wanted.items():
        if associate in there:
            there[associate].parts = weight
        else:
            session.add(ItemCredit(shown_item_id=row.id or 0, associate_id=associate, parts=weight))
    session.flush()


def _first(weights: Mapping[int, int]) -> int | None:
    """Who has most, of equals the first."""
    return max(weights, key=lambda one: abs(weights[one]), default=None)
