"""Several likes and avoids at once, the other side, another department, and a conflict settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.preferences import PreferenceKind
from clientele.domain.rules.likes import Held, meet, read_likes
from clientele.domain.tables import Preference
from clientele.services.preferences import AddPreference, add_preference, same_preferences
from clientele.services.rows import the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class AddPreferences:
    """Likes and avoids as they are said quickly: “emerald, silk; avoids: wool”.

    What stands before any such word is ``kind`` (``PreferenceKind``).
    """

    client_id: int
    text: str
    by: int
    kind: str = PreferenceKind.LIKE
    department_id: int | None = None
    household_member_id: int | None = None


@dataclass(frozen=True, slots=True)
class MovePreference:
    """To the other side: a like that is an avoid, or the other way round."""

    preference_id: int


@dataclass(frozen=True, slots=True)
class SetPreferenceDepartment:
    """For one department, or with None for all."""

    preference_id: int
    department_id: int | None


@dataclass(frozen=True, slots=True)
class SettlePreference:
    """Of what is liked and avoided at once, this is how it is."""

    preference_id: int


@verb
def add_preferences(session: Session, what: AddPreferences, /, *, now: datetime) -> int | None:
    """Keep each of them and answer the id of the last."""
    last: int | None = None
    for said in read_likes(what.text, what.kind):
        one = AddPreference(
            what.client_id,
            said.kind,
            said.what,
            what.by,
            what.department_id,
            what.household_member_id,
        )
        last = add_preference(session, one, now=now).subject
    return last


@verb
def move_preference(session: Session, what: MovePreference, /, *, now: datetime) -> int | None:
    """Put it on the other side; where that side says it already, it is not said twice."""
    row = the(session, Preference, what.preference_id)
    like = row.kind == PreferenceKind.LIKE
    other = PreferenceKind.AVOID if like else PreferenceKind.LIKE
    there = same_preferences(session, row.client_id, row.household_member_id, other, row.what)
    if any(one.department_id in (None, row.department_id) for one in there):
        session.delete(row)
        return None
    row.kind = other
    return row.id


@verb
def set_preference_department(
    session: Session, what: SetPreferenceDepartment, /, *, now: datetime
) -> int | None:
    """Let it count in another department, or in all; what says the same there is not said twice."""
    row = the(session, Preference, what.preference_id)
    for other in same_preferences(
        session, row.client_id, row.household_member_id, row.kind, row.what
    ):
        if other.id == row.id:
            continue
        if other.department_id in (None, what.department_id):
            session.delete(row)
            return other.id
        if what.department_id is None:
            session.delete(other)
    row.department_id = what.department_id
    return row.id


@verb
def settle_preference(session: Session, what: SettlePreference, /, *, now: datetime) -> int | None:
    """Keep this side; what says the contrary of it goes."""
    row = the(session, Preference, what.preference_id)
    kept = _held(row)
    for other in session.scalars(
        select(Preference).where(
            col(Preference.client_id) == row.client_id, col(Preference.kind) != row.kind
        )
    ).all():
        if meet(kept, _held(other)):
            session.delete(other)
    return row.id


def _held(row: Preference) -> Held:
    return Held(row.id or 0, row.kind, row.what, row.household_member_id, row.department_id)
