"""What a test of hand-offs asks of the book: whose, what stands open, and what a refusal left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.promises import PromiseKind
from clientele.domain.tables import (
    Absence,
    BookMembership,
    FollowUp,
    HandOff,
    MadeRight,
    Promise,
    PromiseStep,
)
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.hand_offs import (
    Offer,
)
from clientele.services.promises import MakePromise, make_promise
from tests.services.floor import Floor

TODAY = date(2026, 11, 21)
FRIDAY = date(2026, 11, 27)


def owner(floor: Floor) -> int:
    (only,) = members(floor, BookRole.OWNER)
    return only


def members(floor: Floor, role: str) -> list[int]:
    return list(
        floor.ask(
            lambda s: s.scalars(
                select(col(BookMembership.associate_id))
                .where(col(BookMembership.role) == role, col(BookMembership.until).is_(None))
                .order_by(col(BookMembership.id))
            ).all()
        )
    )


def row(floor: Floor, table: Any, key: int) -> Any:
    return floor.ask(lambda s: s.get(table, key))


def state(floor: Floor, key: int) -> str:
    return str(row(floor, HandOff, key).state)


def everything(floor: Floor) -> list[Any]:
    """All that a refused move could have changed."""
    tables: tuple[Any, ...] = (HandOff, BookMembership, Promise, PromiseStep, FollowUp)
    return [
        one.model_dump()
        for table in tables
        for one in floor.ask(lambda s, t=table: s.scalars(select(t)).all())
    ]


def refused(floor: Floor, verb: Any, what: Any, why: type[Exception], match: str = ".") -> None:
    before = everything(floor)
    with pytest.raises(why, match=match):
        floor.do(verb, what)
    assert everything(floor) == before


def to_silva(floor: Floor, **more: Any) -> Offer:
    return Offer(**{"client_id": floor.daniel, "to_id": floor.silva, "by": floor.okafor, **more})


def away(floor: Floor, who: int, cover: int) -> None:
    floor.add(
        Absence(associate_id=who, cover_id=cover, away_from=TODAY, back_on=FRIDAY,
                created_at=floor.clock.now())
    )  # fmt: skip


def open_work(floor: Floor) -> tuple[int, int, int]:
    """A follow-up, a promise and a problem, all R. Okafor's."""
    now = floor.clock.now()
    return (
        floor.add(
            FollowUp(client_id=floor.daniel, associate_id=floor.okafor, channel="call",
                     reason="hem", due_on=FRIDAY, created_at=now)
        ),
        floor.new(
            make_promise,
            MakePromise(floor.daniel, floor.okafor, PromiseKind.ALTERATION, "hem", FRIDAY),
        ),
        floor.add(
            MadeRight(client_id=floor.daniel, associate_id=floor.okafor, opened_at=now)
        ),
    )  # fmt: skip


def whose(floor: Floor, work: tuple[int, int, int]) -> list[int]:
    return [
        row(floor, table, key).associate_id
        for table, key in zip((FollowUp, Promise, MadeRight), work, strict=True)
    ]


def take_over(floor: Floor, by: int) -> None:
    """The client gets another owner in some other way."""
    with floor.store.write() as session:
        for member in session.scalars(
            select(BookMembership).where(col(BookMembership.until).is_(None))
        ):
            member.until = floor.clock.now()
    floor.do(take_into_book, TakeIntoBook(floor.daniel, by))
