"""What a client wishes for: put on the list, changed, promised, come in, dropped, taken up again.

What is bought leaves the list by itself: ``services.wish_lines``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from clientele.domain.errors import NotThere, Refusal
from clientele.domain.money import parse_price
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.follow_up_purpose import usual_purpose
from clientele.domain.rules.item_text import TypedItem, item_words
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.rules.wishing import TypedWish, parse_wish
from clientele.domain.tables import (
    Client,
    FollowUp,
    HouseholdMember,
    Promise,
    ShownItem,
    VisitStop,
    Wish,
)
from clientele.domain.wishes import WishState
from clientele.services.drafts import forget_draft
from clientele.services.goods import as_sold_before
from clientele.services.passing_on import owners_of
from clientele.services.promises import MakePromise, make_promise
from clientele.services.rows import new_id, profile, the
from clientele.services.shown_items import ShowItem, show_item
from clientele.services.verb import verb
from clientele.store.queries.household import people_of

PROMISED = (PromiseKind.HOLD, PromiseKind.TRANSFER, PromiseKind.SPECIAL_ORDER)
"""What can be promised for a wish: to hold it, to have it sent from another store, to order it."""


class WishWithoutWords(Refusal):
    """Nothing says what is wished for."""

    template = "What do they wish for? Nothing was added; write a few words or scan its number."


class WishEnded(Refusal):
    """It was bought or dropped, perhaps at another terminal."""

    template = "“{item}” is not on the wish list any more. Nothing was changed."


class PromisedAlready(Refusal):
    """A promise for it is open."""

    template = (
        "Something is promised for “{item}” already. Nothing was changed; "
        "the promise stands among what is open."
    )


class DroppedWithoutReason(Refusal):
    """Why it was dropped tells the next associate what to offer."""

    template = "Why is “{item}” dropped? It stays on the list; say why in a word."


@dataclass(frozen=True, slots=True)
class AddWish:
    """A wish in words, as typed or scanned (``rules.wishing.parse_wish``), of a client.

    ``household_member_id`` says for whom it is where the words do not; ``price`` is text.
    """

    client_id: int
    by: int
    text: str
    household_member_id: int | None = None
    department_id: int | None = None
    price: str = ""
    note: str = ""
    draft: str = ""
    """The place of the draft that it was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """A wish as it stands in its form now; ``price`` is text, empty where nobody knows."""

    wish_id: int
    by: int
    item: str
    detail: str = ""
    household_member_id: int | None = None
    department_id: int | None = None
    price: str = ""
    note: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class PromiseWish:
    """Hold it, send for it or order it, until a day of the store, that day included."""

    wish_id: int
    by: int
    kind: str
    until: date


@dataclass(frozen=True, slots=True)
class WishesArrived:
    """What these wishes are for came in. With ``reach_on`` each client gets a follow-up that day.

    The follow-up is the owner's, or ``by``'s where nobody owns the client. ``channels`` says
    how each client is reached, by client id; a client who is not named there is called.
    """

    wish_ids: tuple[int, ...]
    by: int
    reach_on: date | None = None
    channels: tuple[tuple[int, str], ...] = ()
    reason: str = ""
    """With ``{what}`` in it: what stands in the follow-up, in the associate's language."""


@dataclass(frozen=True, slots=True)
class NotHereYet:
    """It did not come in after all."""

    wish_id: int


@dataclass(frozen=True, slots=True)
class DropWish:
    """Nobody wants it any more, and why."""

    wish_id: int
    by: int
    why: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class WishAgain:
    """A wish that was dropped is one again."""

    wish_id: int


@dataclass(frozen=True, slots=True)
class ShowWish:
    """Show what is wished for at a stop of a visit."""

    wish_id: int
    stop_id: int
    by: int


@verb
def add_wish(session: Session, what: AddWish, /, *, now: datetime) -> int | None:
    """Put a wish on the client's list and answer its id.

    Raises:
        WishWithoutWords: nothing says what it is.
        NotThere: it is for somebody who is not of this client's household.
        NotAnAmount: the price is none.
    """
    the(session, Client, what.client_id)
    currency = profile(session).currency
    read = read_wish(session, what.client_id, what.text)
    if not read.item:
        raise WishWithoutWords
    member = what.household_member_id or read.member
    _of_household(session, what.client_id, member)
    forget_draft(session, what.by, what.draft)
    return new_id(
        session,
        Wish(
            client_id=what.client_id,
            household_member_id=member,
            department_id=what.department_id,
            item=read.item,
            detail=read.detail,
            sku=read.sku,
            price=parse_price(what.price, currency) if what.price.strip() else read.price,
            note=what.note.strip(),
            wished_at=now,
            associate_id=what.by,
        ),
    )


@verb
def change_wish(session: Session, what: ChangeWish, /, *, now: datetime) -> int | None:
    """Keep a wish as it is said now.

    Raises:
        WishEnded: it is no longer on the list.
        WishWithoutWords: nothing says what it is.
        NotThere: it is for somebody who is not of this client's household.
        NotAnAmount: the price is none.
    """
    row = open_wish(session, what.wish_id)
    if not what.item.strip():
        raise WishWithoutWords
    _of_household(session, row.client_id, what.household_member_id)
    row.item, row.detail, row.note = what.item.strip(), what.detail.strip(), what.note.strip()
    row.household_member_id, row.department_id = what.household_member_id, what.department_id
    row.price = parse_price(what.price, profile(session).currency)
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def promise_wish(session: Session, what: PromiseWish, /, *, now: datetime) -> int | None:
    """Promise to hold it, to send for it or to order it, and answer the promise's id.

    Raises:
        WishEnded: it is no longer on the list.
        PromisedAlready: something is promised for it.
    """
    row = open_wish(session, what.wish_id)
    if what.kind not in PROMISED:
        raise ValueError(what.kind)
    there = None if row.promise_id is None else session.get(Promise, row.promise_id)
    if there is not None and there.state in (PromiseState.OPEN, PromiseState.READY):
        raise PromisedAlready(item=row.item)
    # Written before the wish that names it, so that Undo takes it away after.
    row.promise_id = make_promise(
        session,
        MakePromise(
            row.client_id,
            what.by,
            what.kind,
            item_words(row.item, row.detail, row.sku),
            what.until,
            department_id=row.department_id,
        ),
        now=now,
    ).subject
    return row.promise_id


@verb
def wishes_arrived(session: Session, what: WishesArrived, /, *, now: datetime) -> int | None:
    """Say that it came in, for one client or many; each client gets one follow-up at most.

    Raises:
        WishEnded: one of them is no longer on the list.
    """
    came: dict[int, list[Wish]] = {}
    for key in dict.fromkeys(what.wish_ids):
        row = open_wish(session, key)
        row.arrived_at = now
        came.setdefault(row.client_id, []).append(row)
    if what.reach_on is not None:
        channels = dict(what.channels)
        owners = {row.client_id: row.associate_id for row in session.scalars(owners_of(list(came)))}
        reason = what.reason or "{what}"
        for client_id, rows in came.items():
            items = "; ".join(item_words(row.item, row.detail, row.sku) for row in rows)
            session.add(
                FollowUp(
                    client_id=client_id,
                    associate_id=owners.get(client_id, what.by),
                    channel=channels.get(client_id, "call"),
                    reason=reason.replace("{what}", items),
                    due_on=what.reach_on,
                    created_at=now,
                    purpose=usual_purpose(Source.WISH),
                    source=Source.WISH,
                    source_id=rows[0].id,
                )
            )
    return what.wish_ids[0] if what.wish_ids else None


@verb
def not_here_yet(session: Session, what: NotHereYet, /, *, now: datetime) -> int | None:
    """Take back that it came in.

    Raises:
        WishEnded: it is no longer on the list.
    """
    row = open_wish(session, what.wish_id)
    row.arrived_at = None
    return row.id


@verb
def drop_wish(session: Session, what: DropWish, /, *, now: datetime) -> int | None:
    """Take a wish off the list; it stays on record with the reason.

    A promise for it stays: what was promised ends with a word of its own.

    Raises:
        WishEnded: it is no longer on the list.
        DroppedWithoutReason: nobody said why.
    """
    row = open_wish(session, what.wish_id)
    if not what.why.strip():
        raise DroppedWithoutReason(item=row.item)
    row.state, row.ended_at, row.ending = WishState.DROPPED, now, what.why.strip()
    forget_draft(session, what.by, what.draft)
    return row.id


@verb
def wish_again(session: Session, what: WishAgain, /, *, now: datetime) -> int | None:
    """Put a wish that was dropped back on the list."""
    row = the(session, Wish, what.wish_id)
    if row.state == WishState.DROPPED:
        row.state, row.ended_at, row.ending = WishState.OPEN, None, ""
    return row.id


@verb
def show_wish(session: Session, what: ShowWish, /, *, now: datetime) -> int | None:
    """Put what is wished for among the items shown at a stop, and answer the item's id.

    It stays on the list until it is bought: rung, it leaves by itself.

    Raises:
        WishEnded: it is no longer on the list.
        VisitEnded: the client has left.
    """
    row = open_wish(session, what.wish_id)
    the(session, VisitStop, what.stop_id)
    words = item_words(row.item, row.detail)
    key = show_item(session, ShowItem(what.stop_id, words, what.by), now=now).subject
    shown = the(session, ShownItem, key or 0)
    shown.item, shown.detail, shown.sku = row.item, row.detail, row.sku
    shown.price, shown.household_member_id = row.price, row.household_member_id
    return key


def read_wish(session: Session, client_id: int, text: str) -> TypedWish:
    """What ``text`` says: a number that was sold before has its words and price from there."""
    currency = profile(session).currency
    read = parse_wish(text, currency, people_of(session, client_id))
    known = as_sold_before(
        session, TypedItem(read.item, read.detail, read.sku, read.price), currency
    )
    return TypedWish(known.item, known.detail, known.sku, known.price, read.member)


def open_wish(session: Session, key: int) -> Wish:
    """The wish, which must be on the list still.

    Raises:
        NotThere: it was removed.
        WishEnded: it was bought or dropped.
    """
    row = the(session, Wish, key)
    gone = row.state == WishState.BOUGHT and row.purchase_line_id is None
    if row.state != WishState.OPEN and not gone:
        raise WishEnded(item=row.item)
    if gone:  # the line on which it was bought is there no more, such as with its import
        row.state, row.ended_at = WishState.OPEN, None
    return row


def _of_household(session: Session, client_id: int, member: int | None) -> None:
    if member is not None and the(session, HouseholdMember, member).client_id != client_id:
        raise NotThere
