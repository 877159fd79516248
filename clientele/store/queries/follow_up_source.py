"""What is a follow-up for? The purchase, promise, occasion, appointment or wish behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.dates import PartialDate, next_on
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.tables import (
    Appointment,
    Client,
    FollowUp,
    HouseholdMember,
    MadeRight,
    Occasion,
    Promise,
    Purchase,
    PurchaseLine,
    Visit,
    Wish,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import StoreFacts, store_facts


@dataclass(frozen=True, slots=True)
class Behind:
    """The fact behind a follow-up: what, and on which day of the store.

    ``what`` are the words of the fact: articles, what was promised, what a day is about. ``kind``
    is that of a promise or occasion. ``visit_id``: the visit it took place on.
    """

    source: Source
    id: int
    client_id: int
    what: str = ""
    on: date | None = None
    kind: str = ""
    who: str = ""
    """Whose occasion it is; empty for the client's own."""
    visit_id: int | None = None


def behind(session: Session, follow_up_id: int) -> Behind | None:
    """What a follow-up is for; None where it stands for itself, or that is gone."""
    row = session.execute(
        select(
            col(FollowUp.client_id),
            col(FollowUp.source),
            col(FollowUp.source_id),
            col(FollowUp.purchase_id),
            col(FollowUp.visit_id),
            col(FollowUp.created_at),
        ).where(ident(FollowUp.id) == follow_up_id)
    ).first()
    if row is None:
        return None
    client_id, source, source_id, purchase_id, visit_id, made = row
    if source in list(Source) and source_id is not None:
        asked = (Source(source), source_id)
    elif purchase_id is not None:
        asked = (Source.PURCHASE, purchase_id)
    elif visit_id is not None:
        asked = (Source.VISIT, visit_id)
    else:
        return None
    store = store_facts(session)
    return _READERS[asked[0]](session, asked[1], client_id, store, store.day_of(made))


def _purchase(session: Session, key: int, client_id: int, _: StoreFacts, __: date) -> Behind | None:
    head = session.execute(
        select(col(Purchase.sold_on), col(Purchase.visit_id)).where(ident(Purchase.id) == key)
    ).first()
    if head is None:
        return None
    items = session.scalars(
        select(col(PurchaseLine.item))
        .where(col(PurchaseLine.purchase_id) == key)
        .order_by(col(PurchaseLine.amount).desc(), ident(PurchaseLine.id))
        .limit(2)
    )
    return Behind(Source.PURCHASE, key, client_id, ", ".join(items), head[0], visit_id=head[1])


def _visit(session: Session, key: int, client_id: int, store: StoreFacts, _: date) -> Behind | None:
    at = session.scalar(select(col(Visit.arrived_at)).where(ident(Visit.id) == key))
    if at is None:
        return None
    return Behind(Source.VISIT, key, client_id, on=store.day_of(at), visit_id=key)


def _promise(session: Session, key: int, client_id: int, _: StoreFacts, __: date) -> Behind | None:
    row = session.execute(
        select(col(Promise.what), col(Promise.due_on), col(Promise.kind)).where(
            ident(Promise.id) == key
        )
    ).first()
    return None if row is None else Behind(Source.PROMISE, key, client_id, *row)


def _made_right(
    session: Session, key: int, client_id: int, store: StoreFacts, _: date
) -> Behind | None:
    row = session.execute(
        select(col(MadeRight.problem), col(MadeRight.opened_at)).where(ident(MadeRight.id) == key)
    ).first()
    if row is None:
        return None
    return Behind(Source.MADE_RIGHT, key, client_id, row[0], store.day_of(row[1]))


def _occasion(
    session: Session, key: int, client_id: int, _: StoreFacts, made_on: date
) -> Behind | None:
    row = session.execute(
        select(
            col(Occasion.kind),
            col(Occasion.title),
            col(Occasion.month),
            col(Occasion.day),
            col(Occasion.year),
            col(Occasion.every_year),
            col(HouseholdMember.name),
        )
        .outerjoin(HouseholdMember, ident(HouseholdMember.id) == col(Occasion.household_member_id))
        .where(ident(Occasion.id) == key)
    ).first()
    if row is None:
        return None
    kind, title, month, day, year, every_year, who = row
    on = next_on(PartialDate(month, day, year), every_year, made_on)
    return Behind(Source.OCCASION, key, client_id, title, on, kind, who or "")


def _birthday(
    session: Session, key: int, client_id: int, _: StoreFacts, made_on: date
) -> Behind | None:
    row = session.execute(
        select(col(Client.birth_month), col(Client.birth_day), col(Client.birth_year)).where(
            ident(Client.id) == client_id
        )
    ).first()
    if row is None or row[0] is None:
        return None
    on = next_on(PartialDate(row[0], row[1], row[2]), True, made_on)
    return Behind(Source.BIRTHDAY, key, client_id, on=on)


def _appointment(
    session: Session, key: int, client_id: int, store: StoreFacts, _: date
) -> Behind | None:
    row = session.execute(
        select(col(Appointment.about), col(Appointment.starts_at)).where(
            ident(Appointment.id) == key
        )
    ).first()
    if row is None:
        return None
    return Behind(Source.APPOINTMENT, key, client_id, row[0], store.day_of(row[1]))


def _wish(session: Session, key: int, client_id: int, store: StoreFacts, _: date) -> Behind | None:
    row = session.execute(
        select(col(Wish.item), col(Wish.wished_at)).where(ident(Wish.id) == key)
    ).first()
    return (
        None if row is None else Behind(Source.WISH, key, client_id, row[0], store.day_of(row[1]))
    )


def _rhythm(_: Session, key: int, client_id: int, __: StoreFacts, ___: date) -> Behind | None:
    return Behind(Source.RHYTHM, key, client_id)


Reader = Callable[[Session, int, int, StoreFacts, date], Behind | None]
_READERS: dict[Source, Reader] = {
    Source.PURCHASE: _purchase,
    Source.VISIT: _visit,
    Source.PROMISE: _promise,
    Source.MADE_RIGHT: _made_right,
    Source.OCCASION: _occasion,
    Source.BIRTHDAY: _birthday,
    Source.APPOINTMENT: _appointment,
    Source.WISH: _wish,
    Source.RHYTHM: _rhythm,
}
