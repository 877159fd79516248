"""Is the reason of a follow-up gone? The wish bought, the hold ended, the day over, too late."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.dates import PartialDate, next_on
from clientele.domain.rules.expiring import Because, Expiry, Passing, reason_gone
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.tables import Appointment, Client, FollowUp, Occasion, Promise, Wish
from clientele.domain.wishes import WishState
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import StoreFacts, store_facts

OVER = (PromiseState.KEPT, PromiseState.BROKEN)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reason:
    """What a follow-up is for, as far as it can end: days are the store's."""

    id: int
    client_id: int
    due_on: date
    made_on: date
    expires_on: date | None
    source: str
    source_id: int | None


def gone(session: Session, asked: Iterable[Reason], *, today: date) -> dict[int, Expiry]:
    """Of which of these the reason is gone on a day of the store, since when and why."""
    asked = tuple(asked)
    passing = _passings(session, asked)
    found: dict[int, Expiry] = {}
    for one in asked:
        there = passing.get((one.source, one.source_id or 0))
        told = there(one) if there is not None else None
        expiry = reason_gone(
            one.due_on, expires_on=one.expires_on, passings=() if told is None else (told,)
        )
        if expiry is not None and expiry.on <= today:
            found[one.id] = expiry
    return found


def may_expire(
    session: Session, *, today: date, wishes: Collection[int] = (), promises: Collection[int] = ()
) -> tuple[Reason, ...]:
    """Open ones that a rule made and nobody took in hand, of which the reason may be gone.

    With ``wishes`` or ``promises`` only those for these.
    """
    of_rule = (
        col(FollowUp.state) == FollowUpState.OPEN,
        col(FollowUp.rule_id).is_not(None),
        col(FollowUp.in_hand).is_(False),
    )
    if wishes or promises:
        some = [
            and_(
                col(FollowUp.client_id).in_(select(col(table.client_id)).where(keyed.in_(ids))),
                col(FollowUp.source) == source,
                col(FollowUp.source_id).in_(ids),
            )
            for table, keyed, source, ids in (
                (Wish, ident(Wish.id), Source.WISH, wishes),
                (Promise, ident(Promise.id), Source.PROMISE, promises),
            )
            if ids
        ]
        return _read(session, _asked().where(*of_rule, or_(*some)))
    late = and_(
        col(FollowUp.due_on) < today,
        or_(
            col(FollowUp.expires_on) < today,
            col(FollowUp.source).in_((Source.OCCASION, Source.BIRTHDAY, Source.APPOINTMENT)),
        ),
    )
    ended = col(FollowUp.source).in_((Source.WISH, Source.PROMISE))
    return _read(session, _asked().where(*of_rule, or_(late, ended)))


def passed_by(session: Session, *, today: date) -> bool:
    """Whether any of them is to end by itself on ``today``."""
    return bool(gone(session, may_expire(session, today=today), today=today))


def reasons_of(session: Session, ids: Collection[int]) -> tuple[Reason, ...]:
    """What these open follow-ups are for."""
    if not ids:
        return ()
    asked = _asked().where(ident(FollowUp.id).in_(ids), col(FollowUp.state) == FollowUpState.OPEN)
    return _read(session, asked)


def _asked() -> Select[Any]:
    columns: tuple[Any, ...] = (
        ident(FollowUp.id),
        col(FollowUp.client_id),
        col(FollowUp.due_on),
        col(FollowUp.created_at),
        col(FollowUp.expires_on),
        col(FollowUp.source),
        col(FollowUp.source_id),
    )
    return select(*columns)


def _read(session: Session, asked: Select[Any]) -> tuple[Reason, ...]:
    day_of = store_facts(session).day_of
    return tuple(
        Reason(key, client_id, due_on, day_of(made), expires_on, source, source_id)
        for key, client_id, due_on, made, expires_on, source, source_id in session.execute(asked)
    )


Told = Callable[[Reason], Passing | None]


def _passings(session: Session, asked: Iterable[Reason]) -> Mapping[tuple[str, int], Told]:
    """By source and its id: what passes for a follow-up that is for it; a statement per kind."""
    ids: dict[str, list[int]] = {}
    for one in asked:
        if one.source and one.source_id is not None:
            ids.setdefault(one.source, []).append(one.source_id)
    store = store_facts(session)
    found: dict[tuple[str, int], Told] = {}
    for source, reader in _READERS.items():
        wanted = list(dict.fromkeys(ids.get(source, ())))
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            found |= {(source, key): told for key, told in reader(session, some, store)}
    return found


def _at(because: Because, on: date) -> Told:
    return lambda _: Passing(because, on)


def _wishes(session: Session, ids: list[int], store: StoreFacts) -> Iterable[tuple[int, Told]]:
    rows = session.execute(
        select(ident(Wish.id), col(Wish.ended_at)).where(
            ident(Wish.id).in_(ids), col(Wish.state) != WishState.OPEN
        )
    )
    return [(key, _at(Because.WISH_ENDED, _day(store, at))) for key, at in rows]


def _holds(session: Session, ids: list[int], store: StoreFacts) -> Iterable[tuple[int, Told]]:
    rows = session.execute(
        select(ident(Promise.id), col(Promise.ended_at)).where(
            ident(Promise.id).in_(ids),
            col(Promise.kind) == PromiseKind.HOLD,
            col(Promise.state).in_(OVER),
        )
    )
    return [(key, _at(Because.HOLD_ENDED, _day(store, at))) for key, at in rows]


def _appointments(
    session: Session, ids: list[int], store: StoreFacts
) -> Iterable[tuple[int, Told]]:
    rows = session.execute(
        select(ident(Appointment.id), col(Appointment.starts_at)).where(
            ident(Appointment.id).in_(ids)
        )
    )
    return [(key, _at(Because.APPOINTMENT_OVER, store.day_of(at))) for key, at in rows]


def _occasions(session: Session, ids: list[int], _: StoreFacts) -> Iterable[tuple[int, Told]]:
    rows = session.execute(
        select(
            ident(Occasion.id),
            col(Occasion.month),
            col(Occasion.day),
            col(Occasion.year),
            col(Occasion.every_year),
        ).where(ident(Occasion.id).in_(ids))
    )
    return [
        (key, _that_year(PartialDate(month, day, year), every))
        for key, month, day, year, every in rows
    ]


def _birthdays(session: Session, ids: list[int], _: StoreFacts) -> Iterable[tuple[int, Told]]:
    rows = session.execute(
        select(
            ident(Client.id),
            col(Client.birth_month),
            col(Client.birth_day),
            col(Client.birth_year),
        ).where(ident(Client.id).in_(ids), col(Client.birth_month).is_not(None))
    )
    return [
        (key, _that_year(PartialDate(month, day, year), True))
        for key, month, day, year in rows
        if month is not None
    ]


def _that_year(when: PartialDate, every_year: bool) -> Told:
    """The time of an occasion that was next when the follow-up was made; a month, to its end."""

    def told(one: Reason) -> Passing | None:
        day = next_on(when, every_year, one.made_on)
        if day is None:
            return None
        if when.day is None:
            following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            day = following - timedelta(days=1)
        return Passing(Because.OCCASION_OVER, day)

    return told


def _day(store: StoreFacts, at: datetime | None) -> date:
    """When it ended; what ended without saying when, did so long ago."""
    return date.min if at is None else store.day_of(at)


Reader = Callable[[Session, list[int], StoreFacts], Iterable[tuple[int, Told]]]
_READERS: dict[str, Reader] = {
    Source.WISH: _wishes,
    Source.PROMISE: _holds,
    Source.APPOINTMENT: _appointments,
    Source.OCCASION: _occasions,
    Source.BIRTHDAY: _birthdays,
}
