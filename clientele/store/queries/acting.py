"""Who answers for whom today: absences and their covers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.cover import Away, answers_for
from clientele.domain.tables import Absence


def away_on(session: Session, day: date) -> tuple[Away, ...]:
    """The absences that hold on a day of the store."""
    rows = session.execute(
        select(
            col(Absence.associate_id),
            col(Absence.cover_id),
            col(Absence.away_from),
            col(Absence.back_on),
        ).where(col(Absence.away_from) <= day, col(Absence.back_on) > day)
    )
    return tuple(Away(*row) for row in rows)


def acting_for(session: Session, associate_id: int, day: date) -> tuple[int, ...]:
    """The associates whose work is this one's on ``day``: their own first, then those covered."""
    others = answers_for(associate_id, day, away_on(session, day)) - {associate_id}
    return (associate_id, *sorted(others))
