"""What of a client's may a message be about? A few of each kind, or one by its id."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import OccasionKind
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.field_values import Matter
from clientele.domain.tables import (
    Appointment,
    Department,
    MadeRight,
    Promise,
    Purchase,
    PurchaseLine,
    Visit,
    Wish,
)
from clientele.domain.wishes import WishState
from clientele.store.queries.columns import ident
from clientele.store.queries.occasions import of_clients
from clientele.store.queries.reading import StoreFacts

Found = tuple[int, str, Matter, str]
"""Its id, its words, what it says in a message, and the key of the template that fits it."""

FEW = 3
"""How many of a kind are offered."""

AHEAD = timedelta(days=31)
"""How far ahead an occasion is offered."""

SOON = timedelta(days=2)
"""An appointment that is nearer is reminded of, one that is farther is confirmed."""

OF_PROMISES = {
    PromiseKind.ALTERATION.value: "alteration_ready",
    PromiseKind.REPAIR.value: "alteration_ready",
    PromiseKind.SPECIAL_ORDER.value: "order_arrived",
    PromiseKind.TRANSFER.value: "order_arrived",
    PromiseKind.HOLD.value: "hold_ends",
}
"""The template that tells of a promise, by its kind."""


def promises(session: Session, client_id: int, only: int | None = None) -> list[Found]:
    """Promises that are open or ready, the one due next first."""
    asked = (
        select(
            ident(Promise.id),
            col(Promise.kind),
            col(Promise.what),
            col(Promise.garment),
            col(Promise.due_on),
            col(Department.name),
        )
        .outerjoin(Department, ident(Department.id) == col(Promise.department_id))
        .where(col(Promise.client_id) == client_id)
        .order_by(col(Promise.due_on), ident(Promise.id))
    )
    if only is None:
        waits = (PromiseState.OPEN, PromiseState.READY)
        asked = asked.where(col(Promise.state).in_(waits)).limit(FEW)
    else:
        asked = asked.where(ident(Promise.id) == only)
    return [
        (
            key,
            garment or what,
            Matter(item=garment or what, promise=what, department=place or "", day=due),
            OF_PROMISES.get(kind, ""),
        )
        for key, kind, what, garment, due, place in session.execute(asked)
    ]


def appointments(
    session: Session,
    client_id: int,
    facts: StoreFacts,
    now: datetime,
    only: int | None = None,
) -> list[Found]:
    """Appointments that are ahead, the next first."""
    asked = (
        select(
            ident(Appointment.id),
            col(Appointment.starts_at),
            col(Appointment.about),
            col(Department.name),
        )
        .outerjoin(Department, ident(Department.id) == col(Appointment.department_id))
        .where(col(Appointment.client_id) == client_id)
        .order_by(col(Appointment.starts_at))
    )
    if only is None:
        ahead = (col(Appointment.starts_at) > now, col(Appointment.cancelled_at).is_(None))
        asked = asked.where(*ahead).limit(FEW)
    else:
        asked = asked.where(ident(Appointment.id) == only)
    return [
        (
            key,
            about,
            Matter(department=place or "", day=facts.day_of(at), at=at),
            "appointment_reminder" if at - now < SOON else "appointment_confirmed",
        )
        for key, at, about, place in session.execute(asked)
    ]


def wishes(session: Session, client_id: int, only: int | None = None) -> list[Found]:
    """Wishes that are open and have come in, the latest first."""
    asked = (
        select(
            ident(Wish.id),
            col(Wish.item),
            col(Wish.detail),
            col(Department.name),
        )
        .outerjoin(Department, ident(Department.id) == col(Wish.department_id))
        .where(col(Wish.client_id) == client_id)
        .order_by(col(Wish.arrived_at).desc(), ident(Wish.id).desc())
    )
    if only is None:
        here = (col(Wish.state) == WishState.OPEN, col(Wish.arrived_at).is_not(None))
        asked = asked.where(*here).limit(FEW)
    else:
        asked = asked.where(ident(Wish.id) == only)
    found: list[Found] = []
    for key, item, detail, place in session.execute(asked):
        words = ", ".join(part for part in (item, detail) if part)
        found.append((key, words, Matter(item=words, department=place or ""), "wish_arrived"))
    return found


def occasions(session: Session, client_id: int, facts: StoreFacts, now: datetime) -> list[Found]:
    """Occasions of the client and the household within a month.

    Their id is how many days ahead they are: a birthday stands with the client and has none.
    """
    today = facts.day_of(now)
    ahead = of_clients(session, [client_id], today=today, ahead=AHEAD).get(client_id, [])
    found: list[Found] = []
    for one in ahead[:FEW]:
        own = not one.member and one.kind == OccasionKind.BIRTHDAY
        matter = Matter(occasion=(one.kind, one.member, one.title), day=one.on)
        template = "birthday" if own else "before_occasion"
        found.append(((one.on - today).days, one.title or one.member, matter, template))
    return found


def made_rights(
    session: Session, client_id: int, facts: StoreFacts, only: int | None = None
) -> list[Found]:
    """The last problem that was made right, or is being."""
    asked = (
        select(
            ident(MadeRight.id),
            col(MadeRight.goods),
            col(MadeRight.problem),
            col(MadeRight.opened_at),
            col(Department.name),
        )
        .outerjoin(Department, ident(Department.id) == col(MadeRight.department_id))
        .where(col(MadeRight.client_id) == client_id)
        .order_by(col(MadeRight.opened_at).desc(), ident(MadeRight.id).desc())
        .limit(1)
    )
    if only is not None:
        asked = asked.where(ident(MadeRight.id) == only)
    return [
        (
            key,
            goods or problem,
            Matter(
                item=goods,
                problem=": ".join(part for part in (goods, problem) if part),
                department=place or "",
                day=facts.day_of(at),
            ),
            "made_right",
        )
        for key, goods, problem, at, place in session.execute(asked)
    ]


def purchases(session: Session, client_id: int, only: int | None = None) -> list[Found]:
    """The last purchase; it is named after what cost most on it."""
    asked = (
        select(
            ident(Purchase.id),
            col(Purchase.sold_on),
            col(Purchase.total),
            col(Purchase.currency),
        )
        .where(col(Purchase.client_id) == client_id, col(Purchase.total) > 0)
        .order_by(col(Purchase.sold_at).desc(), ident(Purchase.id).desc())
        .limit(1)
    )
    if only is not None:
        asked = asked.where(ident(Purchase.id) == only)
    found: list[Found] = []
    for key, sold_on, total, currency in session.execute(asked):
        line = session.execute(
            select(col(PurchaseLine.item), col(Department.name))
            .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
            .where(col(PurchaseLine.purchase_id) == key, col(PurchaseLine.amount) > 0)
            .order_by(col(PurchaseLine.amount).desc(), ident(PurchaseLine.id))
            .limit(1)
        ).one_or_none()
        item, place = ("", "") if line is None else line
        matter = Matter(
            item=item,
            department=place,
            day=sold_on,
            bought_on=sold_on,
            amount=(total, currency),
        )
        found.append((key, item, matter, "thank_you"))
    return found


def purchase_of(session: Session, visit_id: int) -> int | None:
    """What was bought on a visit, where something was."""
    return session.scalar(
        select(ident(Purchase.id))
        .where(col(Purchase.visit_id) == visit_id, col(Purchase.total) > 0)
        .order_by(ident(Purchase.id).desc())
        .limit(1)
    )


def visits(
    session: Session, client_id: int, facts: StoreFacts, only: int | None = None
) -> list[Found]:
    """The last visit, for who was in and bought nothing; the first one asks for other words."""
    many = session.scalar(
        select(func.count()).select_from(Visit).where(col(Visit.client_id) == client_id)
    )
    template = "first_visit" if many == 1 else "hello"
    asked = (
        select(ident(Visit.id), col(Visit.here_for), col(Visit.arrived_at))
        .where(col(Visit.client_id) == client_id)
        .order_by(col(Visit.arrived_at).desc(), ident(Visit.id).desc())
        .limit(1)
    )
    if only is not None:
        asked = asked.where(ident(Visit.id) == only)
    return [
        (key, here_for, Matter(day=facts.day_of(at)), template)
        for key, here_for, at in session.execute(asked)
    ]
