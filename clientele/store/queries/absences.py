"""Who is away, now and soon, who covers, and how much there is to do for them meanwhile?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseState
from clientele.domain.rules.cover import Away, acting
from clientele.domain.tables import Absence, Associate, FollowUp, Promise
from clientele.store.queries.acting import away_between, away_on
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import associate_names


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence as one line; days of the store, ``back_on`` the first day back."""

    id: int
    associate_id: int
    associate: str
    department_id: int | None
    cover_id: int
    cover: str
    away_from: date
    back_on: date
    why: str

    @property
    def last_day(self) -> date:
        """The last day away."""
        return self.back_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Covered:
    """A colleague for whom one answers today, until when, and what is to be done for them."""

    associate_id: int
    associate: str
    last_day: date
    follow_ups: int
    """Overdue and due today."""
    promises: int
    """Open."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What absences mean for an associate today."""

    covered: tuple[Covered, ...]
    away: AbsenceRow | None
    """Their own absence, while it holds."""
    answers: str
    """Who answers for them meanwhile: the cover, or who covers for the cover."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Part of an absence in which the cover is away too, and who answers then ("" nobody)."""

    first: date
    last: date
    answers: str


def absences_from(session: Session, today: date) -> tuple[AbsenceRow, ...]:
    """Everybody who is away on ``today`` or will be, in the order of days."""
    return _rows(session, today)


def standing_in(session: Session, associate_id: int, today: date) -> Standing:
    """For whom an associate answers on ``today``, and whether they are away themselves."""
    names = associate_names(session)
    there = away_on(session, today)
    covered = sorted(
        (one for one in there if one.associate_id != associate_id
         and acting(one.associate_id, today, there) == associate_id),
        key=lambda one: (one.back_on, names[one.associate_id]),
    )  # fmt: skip
    own = next((row for row in _rows(session, today, associate_id) if row.away_from <= today), None)
    who = acting(associate_id, today, there)
    return Standing(
        covered=tuple(
            Covered(
                one.associate_id,
                names[one.associate_id],
                _until(session, one, associate_id, today),
                *_to_do(session, one.associate_id, today),
            )
            for one in covered
        ),
        away=own,
        answers="" if own is None or who == associate_id else names[who],
    )


def meanwhile(
    session: Session, associate_id: int, cover_id: int, away_from: date, back_on: date
) -> tuple[Meanwhile, ...]:
    """The days on which the chosen cover would be away as well, and who would answer then."""
    there = [
        one for one in away_between(session, away_from, back_on) if one.associate_id != associate_id
    ]
    there.append(Away(associate_id, cover_id, away_from, back_on))
    names = associate_names(session)
    spans: list[Meanwhile] = []
    day = away_from
    while day < back_on:
        who = acting(associate_id, day, there)
        if who != cover_id:
            answers = "" if who == associate_id else names[who]
            last = spans[-1] if spans else None
            if last and last.answers == answers and last.last == day - timedelta(days=1):
                spans[-1] = Meanwhile(last.first, day, answers)
            else:
                spans.append(Meanwhile(day, day, answers))
        day += timedelta(days=1)
    return tuple(spans)


def _rows(session: Session, today: date, associate_id: int | None = None) -> tuple[AbsenceRow, ...]:
    cover = aliased(Associate)
    asked = (
        select(
            ident(Absence.id),
            ident(Associate.id),
            col(Associate.name),
            col(Associate.department_id),
            ident(cover.id),
            col(cover.name),
            col(Absence.away_from),
            col(Absence.back_on),
            col(Absence.why),
        )
        .join(Associate, ident(Associate.id) == col(Absence.associate_id))
        .join(cover, ident(cover.id) == col(Absence.cover_id))
        .where(col(Absence.back_on) > today)
        .order_by(col(Absence.away_from), col(Associate.name), ident(Absence.id))
    )
    if associate_id is not None:
        asked = asked.where(col(Absence.associate_id) == associate_id)
    return tuple(AbsenceRow(*row) for row in session.execute(asked))


def _until(session: Session, one: Away, associate_id: int, today: date) -> date:
    """The last day in a row, from ``today`` on, on which an associate answers for one away."""
    there = away_between(session, today, one.back_on)
    last = today
    while last + timedelta(days=1) < one.back_on:
        if acting(one.associate_id, last + timedelta(days=1), there) != associate_id:
            break
        last += timedelta(days=1)
    return last


def _to_do(session: Session, associate_id: int, today: date) -> tuple[int, int]:
    due = select(func.count()).where(
        col(FollowUp.associate_id) == associate_id,
        col(FollowUp.state) == FollowUpState.OPEN,
        col(FollowUp.due_on) <= today,
    )
    promised = select(func.count()).where(
        col(Promise.associate_id) == associate_id,
        col(Promise.state).in_((PromiseState.OPEN, PromiseState.READY)),
    )
    return session.scalar(due) or 0, session.scalar(promised) or 0
