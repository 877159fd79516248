"""What a client likes and avoids, as it is said and seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.preferences import Evidence
from clientele.domain.rules.likes import same_thing
from clientele.domain.tables import Client, Preference
from clientele.services.rows import new_id, the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class AddPreference:
    """A like or avoid (``PreferenceKind``), for one department or, with None, for all."""

    client_id: int
    kind: str
    what: str
    by: int
    department_id: int | None = None
    household_member_id: int | None = None
    evidence: str = Evidence.TOLD_US


@dataclass(frozen=True, slots=True)
class EditPreference:
    """A like or avoid as it stands in the field now; empty removes it."""

    preference_id: int
    what: str


@verb
def add_preference(session: Session, what: AddPreference, /, *, now: datetime) -> int | None:
    """Keep a like or avoid and answer its id; empty words are nothing, and twice is once.

    What is known for one department and is said of all now counts for all.
    """
    words = " ".join(what.what.split())
    if not words:
        return None
    the(session, Client, what.client_id)
    for row in same_preferences(
        session, what.client_id, what.household_member_id, what.kind, words
    ):
        if row.department_id in (None, what.department_id):
            return row.id
        if what.department_id is None:
            row.department_id = None
            return row.id
    return new_id(
        session,
        Preference(
            client_id=what.client_id,
            household_member_id=what.household_member_id,
            department_id=what.department_id,
            kind=what.kind,
            what=words,
            associate_id=what.by,
            created_at=now,
            evidence=what.evidence,
        ),
    )


@verb
def edit_preference(session: Session, what: EditPreference, /, *, now: datetime) -> int | None:
    """Keep other words for a like or avoid, or take it away."""
    row = the(session, Preference, what.preference_id)
    if not what.what.strip():
        session.delete(row)
        return None
    row.what = what.what
    return row.id


def same_preferences(
    session: Session, client_id: int, member_id: int | None, kind: str, words: str
) -> list[Preference]:
    """What says the same of the same person on the same side, in whatever form and department."""
    rows = session.scalars(
        select(Preference)
        .where(
            col(Preference.client_id) == client_id,
            col(Preference.household_member_id).is_(None)
            if member_id is None
            else col(Preference.household_member_id) == member_id,
            col(Preference.kind) == kind,
        )
        .order_by(col(Preference.department_id).is_not(None), col(Preference.id))
    )
    return [row for row in rows if same_thing(row.what, words)]
