"""Who answers for whom today: absences and their covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.cover import Away, answers_for
from clientele.domain.tables import Absence, Associate
from clientele.store.prepared import Prepared, given
from clientele.store.queries.clients import WhoseBook
from clientele.store.queries.columns import ident


def away_on(session: Session, day: date) -> tuple[Away, ...]:
    """The absences that hold on a day of the store."""
    return away_between(session, day, day + timedelta(days=1))


def away_between(session: Session, first: date, end: date) -> tuple[Away, ...]:
    """The absences that hold on some day from ``first`` up to and without ``end``.

    Without those whose cover no longer works here: there it stays with the owner.
    """
    return tuple(Away(*row) for row in _AWAY.rows(session, first=first, end=end))


_AWAY = Prepared(
    select(
        col(Absence.associate_id),
        col(Absence.cover_id),
        col(Absence.away_from),
        col(Absence.back_on),
    )
    .join(Associate, ident(Associate.id) == col(Absence.cover_id))
    .where(
        col(Absence.away_from) < given("end"),
        col(Absence.back_on) > given("first"),
        col(Associate.active).is_(True),
    )
)


def acting_for(session: Session, associate_id: int, day: date) -> tuple[int, ...]:
    """The associates whose work is this one's on ``day``: their own first, then those covered."""
    others = answers_for(associate_id, day, away_on(session, day)) - {associate_id}
    return (associate_id, *sorted(others))


def covering(session: Session, whose: WhoseBook, day: date) -> WhoseBook:
    """``whose`` on ``day``: one's own book holds those of the colleagues one covers as well.

    And the clients who are lent to any of them on that day.
    """
    return replace(whose, covered=acting_for(session, whose.associate_id, day)[1:], day=day)
