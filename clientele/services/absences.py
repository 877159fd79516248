"""Who is away, and who covers: said, changed, ended early.

Nothing of the book moves for it (``domain.rules.cover``): it is the cover's on those days and the
owner's again by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.cover import Away, acting
from clientele.domain.rules.rights import Right, has_over
from clientele.domain.tables import Absence, Associate
from clientele.services.drafts import forget_draft
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.queries.acting import away_between
from clientele.store.queries.reading import store_facts


class AbsenceRefused(Refusal):
    """An absence that cannot be."""


class CoversThemselves(AbsenceRefused):
    """Who is away cannot cover."""

    template = "{name} cannot cover for themselves. Nothing was changed; choose a colleague."


class BackBeforeAway(AbsenceRefused):
    """The first day back is not after the first day away."""

    template = (
        "The day back has to come after the first day away. "
        "What you chose is still there; choose a later day."
    )


class DayIsOver(AbsenceRefused):
    """It would be over before it was said."""

    template = "That day back is over. What you chose is still there; choose a later day."


class AwayAlready(AbsenceRefused):
    """Another absence of the same associate lies on some of these days."""

    template = (
        "{name} is away already on some of these days. "
        "Nothing was changed; change the absence that is there."
    )


class NobodyThere(AbsenceRefused):
    """The cover is away as well, and who covers for them leads back."""

    template = (
        "{cover} is away on some of these days as well, and is covered by {name}: nobody would "
        "be there. Nothing was changed; choose another colleague."
    )


class CoverLeft(AbsenceRefused):
    """The cover no longer works here."""

    template = "{name} no longer works here. Nothing was changed; choose another colleague."


class NotYoursToSay(AbsenceRefused):
    """Somebody else's absence."""

    template = "Only {name} or a manager can say this. Nothing was changed."


class BackAlready(AbsenceRefused):
    """The absence is over."""

    template = "{name} is back already. Nothing was changed."


@dataclass(frozen=True, slots=True)
class SayAway:
    """``associate_id`` is away from a day up to and without ``back_on``, days of the store."""

    associate_id: int
    cover_id: int
    away_from: date
    back_on: date
    by: int
    why: str = ""
    draft: str = ""
    """The place of the draft that it was typed in, of ``by``; it is cleared."""


@dataclass(frozen=True, slots=True)
class ChangeAbsence:
    """Another cover, other days or another word."""

    absence_id: int
    cover_id: int
    away_from: date
    back_on: date
    by: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class EndAbsence:
    """Back early: from today on, or not away at all where it has not begun."""

    absence_id: int
    by: int


@verb
def say_away(session: Session, what: SayAway, /, *, now: datetime) -> int | None:
    """Write down who is away and who covers; answer its id.

    Raises:
        AbsenceRefused: covering oneself, by who left, in a circle, twice at once, back before
            away or before today, another's without being a manager.
    """
    row = Absence(
        associate_id=what.associate_id,
        cover_id=what.cover_id,
        away_from=what.away_from,
        back_on=what.back_on,
        why=what.why.strip(),
        created_at=now,
    )
    _check(session, row, what.by, now)
    forget_draft(session, what.by, what.draft)
    return new_id(session, row)


@verb
def change_absence(session: Session, what: ChangeAbsence, /, *, now: datetime) -> int | None:
    """Change who covers, the days or the word.

    Raises:
        AbsenceRefused: as for ``say_away``, or it is over already.
    """
    row = the(session, Absence, what.absence_id)
    _refuse_if_over(session, row, now)
    _check(
        session,
        Absence(
            id=row.id,
            associate_id=row.associate_id,
            cover_id=what.cover_id,
            away_from=what.away_from,
            back_on=what.back_on,
            created_at=row.created_at,
        ),
        what.by,
        now,
    )
    row.cover_id, row.away_from, row.back_on = what.cover_id, what.away_from, what.back_on
    row.why = what.why.strip()
    return row.id


@verb
def end_absence(session: Session, what: EndAbsence, /, *, now: datetime) -> int | None:
    """Back from today on; one that has not begun before today goes altogether.

    Raises:
        AbsenceRefused: it is over already, or another's.
    """
    row = the(session, Absence, what.absence_id)
    _refuse_if_over(session, row, now)
    _refuse_if_not_theirs(session, row, what.by)
    today = store_facts(session).day_of(now)
    if row.away_from < today:
        row.back_on = today
    else:
        session.delete(row)
    return what.absence_id


def _check(session: Session, row: Absence, by: int, now: datetime) -> None:
    who = the(session, Associate, row.associate_id)
    cover = the(session, Associate, row.cover_id)
    _refuse_if_not_theirs(session, row, by)
    if who.id == cover.id:
        raise CoversThemselves(name=who.name)
    if not cover.active:
        raise CoverLeft(name=cover.name)
    if row.back_on <= row.away_from:
        raise BackBeforeAway
    if row.back_on <= store_facts(session).day_of(now):
        raise DayIsOver
    same = select(col(Absence.id)).where(
        col(Absence.associate_id) == row.associate_id,
        col(Absence.away_from) < row.back_on,
        col(Absence.back_on) > row.away_from,
    )
    if set(session.scalars(same)) - {row.id}:
        raise AwayAlready(name=who.name)
    others = [
        one
        for one in away_between(session, row.away_from, row.back_on)
        if one.associate_id != row.associate_id
    ]
    ours = Away(row.associate_id, row.cover_id, row.away_from, row.back_on)
    day = row.away_from
    while day < row.back_on:
        if acting(row.associate_id, day, [*others, ours]) == row.associate_id:
            raise NobodyThere(cover=cover.name, name=who.name)
        day += timedelta(days=1)


def _refuse_if_over(session: Session, row: Absence, now: datetime) -> None:
    if row.back_on <= store_facts(session).day_of(now):
        raise BackAlready(name=the(session, Associate, row.associate_id).name)


def _refuse_if_not_theirs(session: Session, row: Absence, by: int) -> None:
    """Oneself may, the manager of the store, and that of the department."""
    if by == row.associate_id:
        return
    asks, who = the(session, Associate, by), the(session, Associate, row.associate_id)
    if not has_over(asks.role, Right.REASSIGN, asks.department_id, who.department_id):
        raise NotYoursToSay(name=who.name)
