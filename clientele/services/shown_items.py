"""What is shown at a stop, and what becomes of it; every field is kept as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import NotThere, Refusal
from clientele.domain.money import parse_price
from clientele.domain.rules.item_text import parse_item
from clientele.domain.tables import HouseholdMember, ItemCredit, ShownItem, Visit, VisitStop
from clientele.domain.visits import Outcome
from clientele.services.credit import credit_by_default
from clientele.services.drafts import forget_draft
from clientele.services.goods import as_sold_before
from clientele.services.rows import new_id, profile, the
from clientele.services.verb import verb
from clientele.services.visits import open_visit
from clientele.services.wish_lines import follow_outcome, follow_words, let_go_of_item


class RungItemStays(Refusal):
    """An item on a ticket that was rung."""

    template = "“{item}” was rung. It was not changed; undo the ticket first."


class PriceBelowNothing(Refusal):
    """A price with a minus."""

    template = (
        "A price cannot be below nothing. Nothing was changed; what the client brings back "
        "is taken back as a return."
    )


class ComesBack(Refusal):
    """An item that the client brings back has no other outcome."""

    template = "“{item}” comes back. It was not changed; remove it if it stays with the client."


@dataclass(frozen=True, slots=True)
class ShowItem:
    """An article shown at a stop, as typed or scanned: words, a comma and the size, the price."""

    stop_id: int
    text: str
    by: int
    draft: str = ""
    """The place of the draft that it was typed in; it is cleared."""


@dataclass(frozen=True, slots=True)
class EditShownItem:
    """One field (item, detail, why, price) of a shown item as it stands now."""

    shown_item_id: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """What became of a shown item (``Outcome``), why not, and until when it is held."""

    shown_item_id: int
    outcome: str
    why: str = ""
    hold_until: date | None = None


@dataclass(frozen=True, slots=True)
class SetForWhom:
    """For whom of the household a shown item is; None: for the client."""

    shown_item_id: int
    household_member_id: int | None


@dataclass(frozen=True, slots=True)
class RemoveShownItem:
    """An item entered by mistake."""

    shown_item_id: int


def item_draft(visit_id: int) -> str:
    """The place under which an item is kept while it is typed."""
    return f"item of visit {visit_id}"


@verb
def show_item(session: Session, what: ShowItem, /, *, now: datetime) -> int | None:
    """Add a shown item to a stop and answer its id; empty words are nothing.

    With a colleague who has joined the stop, the credit for it is shared in equal parts.
    """
    if not what.text.strip():
        return None
    stop = the(session, VisitStop, what.stop_id)
    visit = open_visit(session, stop.visit_id)
    forget_draft(session, what.by, what.draft)
    currency = profile(session).currency
    typed = as_sold_before(session, parse_item(what.text, currency), currency)
    row = ShownItem(
        stop_id=what.stop_id,
        item=typed.item,
        detail=typed.detail,
        sku=typed.sku,
        price=typed.price,
        position=next_position(session, what.stop_id),
    )
    key = new_id(session, row)
    credit_by_default(session, row, stop, visit, by=what.by)
    return key


@verb
def edit_shown_item(session: Session, what: EditShownItem, /, *, now: datetime) -> int | None:
    """Keep one field of a shown item as it is typed.

    Raises:
        NotAnAmount, PriceBelowNothing: the price is not an amount of money, or is negative.
        RungItemStays: the item is on a ticket that was rung.
    """
    row = changeable(session, what.shown_item_id)
    if what.field == "price":
        price = parse_price(what.value, profile(session).currency)
        if price is not None and price < 0:
            raise PriceBelowNothing
        row.price = price
        if row.outcome == Outcome.RETURN:
            row.mark_down = 0  # it corrected the rounding of the price that stood there
    elif what.field in ("item", "detail", "why"):
        setattr(row, what.field, what.value)
    else:
        raise ValueError(what.field)
    follow_words(session, row)
    return row.id


@verb
def set_for_whom(session: Session, what: SetForWhom, /, *, now: datetime) -> int | None:
    """Say for whom of the household an item is; rung, it is a gift to them.

    Raises:
        NotThere: they are not of this client's household.
        RungItemStays: the item is on a ticket that was rung.
    """
    row = changeable(session, what.shown_item_id)
    if what.household_member_id is not None:
        visit = the(session, Visit, the(session, VisitStop, row.stop_id).visit_id)
        if the(session, HouseholdMember, what.household_member_id).client_id != visit.client_id:
            raise NotThere
    row.household_member_id = what.household_member_id
    follow_words(session, row)
    return row.id


@verb
def set_outcome(session: Session, what: SetOutcome, /, *, now: datetime) -> int | None:
    """Say what became of a shown item; the wish list follows.

    Raises:
        ComesBack: the client brings it back.
        RungItemStays: the item is on a ticket that was rung.
    """
    row = changeable(session, what.shown_item_id)
    if Outcome.RETURN in (row.outcome, what.outcome):
        raise ComesBack(item=row.item)
    row.outcome = what.outcome
    row.why = what.why.strip() if what.outcome == Outcome.NO else ""
    row.hold_until = what.hold_until if what.outcome == Outcome.HOLD else None
    follow_outcome(session, row, now=now)
    return row.id


@verb
def remove_shown_item(session: Session, what: RemoveShownItem, /, *, now: datetime) -> int | None:
    """Take away an item entered by mistake.

    Raises:
        RungItemStays: the item is on a ticket that was rung.
    """
    row = changeable(session, what.shown_item_id)
    for part in session.scalars(select(ItemCredit).where(col(ItemCredit.shown_item_id) == row.id)):
        session.delete(part)
    let_go_of_item(session, row)
    session.delete(row)
    return None


def changeable(session: Session, key: int) -> ShownItem:
    """The shown item, which must not have been rung.

    Raises:
        NotThere: it was removed.
        RungItemStays: it is on a ticket that was rung.
    """
    row = the(session, ShownItem, key)
    if row.purchase_line_id is not None:
        raise RungItemStays(item=row.item)
    return row


def next_position(session: Session, stop_id: int) -> int:
    """The place of a further item at a stop."""
    last = session.scalar(
        select(func.max(col(ShownItem.position))).where(col(ShownItem.stop_id) == stop_id)
    )
    return 0 if last is None else int(last) + 1
