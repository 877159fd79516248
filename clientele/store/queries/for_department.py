"""What of a client matters in this department, and what was said elsewhere that touches it?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.preferences import PreferenceKind
from clientele.domain.rules.touches import (
    HOLDS,
    OCCASIONS,
    Touch,
    is_of_goods,
    occasion_touches,
    sells,
    sentences,
    speaks_of,
    touches,
)
from clientele.domain.tables import Department, Visit
from clientele.store.queries.columns import ident
from clientele.store.queries.gifts import GiftRow, gifts_of
from clientele.store.queries.household import MemberRow, household_of
from clientele.store.queries.notes import NoteRow, spoken_notes
from clientele.store.queries.occasions import OccasionAhead, of_clients
from clientele.store.queries.owned import Owned, owns
from clientele.store.queries.reading import store_facts
from clientele.store.queries.wearing import (
    PreferenceRow,
    SizeRow,
    newest,
    preferences_of,
    sizes_of,
)

NOTES_READ = 100
"""The newest: reading them word by word takes a tenth of a second at most."""

GIVEN_AT_MOST = 2
"""Gifts that are told of somebody: the latest."""

HEARD_AT_MOST = 3
"""More nobody reads with the client beside them; the story has the rest."""

SPOKEN_OF = timedelta(days=60)
"""For so long after a note somebody of the household is who they are buying for."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence that was noted elsewhere, and where, by whom, when; places may be empty."""

    words: str
    department: str
    associate_id: int | None
    associate: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BuyingFor:
    """Someone of the household, with what fits and pleases them here."""

    name: str
    relation: str
    sizes: tuple[SizeRow, ...]
    likes: tuple[str, ...]
    avoids: tuple[str, ...]
    about: str
    """What of the words about them touches this department."""
    given: tuple[str, ...] = ()
    """What they were given, the latest first, with how it was received."""


@dataclass(frozen=True, slots=True)
class ForDepartment:
    """Only what matters in one department: sizes, likes, avoids, what they own, what was heard."""

    department_id: int
    department: str
    sizes: tuple[SizeRow, ...]
    likes: tuple[str, ...]
    avoids: tuple[str, ...]
    owns: tuple[Owned, ...]
    buying_for: tuple[BuyingFor, ...] = ()
    heard: tuple[Heard, ...] = ()
    days: tuple[OccasionAhead, ...] = ()
    """Occasions ahead that touch this department and stand in no sentence of ``heard``."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known for here."""
        return not any(
            (
                self.sizes,
                self.likes,
                self.avoids,
                self.owns,
                self.buying_for,
                self.heard,
                self.days,
            )
        )


def for_department(
    session: Session,
    client_id: int,
    department_id: int,
    *,
    now: datetime,
    visit_id: int | None = None,
) -> ForDepartment:
    """What matters of a client in a department at ``now`` (aware); ``visit_id`` is where from.

    What is tied to no department matters in all, unless it is of goods that are sold elsewhere.
    Sensitive notes are not among what was heard.
    """
    asked = select(col(Department.name)).where(ident(Department.id) == department_id)
    place = session.scalar(asked) or ""
    sizes = tuple(
        size for size in sizes_of(session, client_id) if _is_here(size, department_id, place)
    )
    wanted = _tastes(preferences_of(session, client_id), department_id)
    today = store_facts(session).day_of(now)
    notes = spoken_notes(session, client_id, limit=NOTES_READ)
    touched = _touched(notes, department_id, place, now)
    ahead = of_clients(session, [client_id], today=today, ahead=OCCASIONS).get(client_id, [])
    days = [one for one in ahead if occasion_touches(one.kind, place, relation=one.relation)]
    household = household_of(
        session,
        client_id,
        sizes,
        wanted,
        (),
        is_here=lambda size: _is_here(size, department_id, place),
        tastes=lambda rows: _tastes(rows, department_id),
    )
    gifts = gifts_of(session, client_id) if household else ()
    spoken_of = _spoken_of(session, visit_id, notes, now)
    own = [row for row in wanted if row.member_id is None]
    return ForDepartment(
        department_id,
        place,
        newest(tuple(size for size in sizes if size.member_id is None)),
        tuple(row.what for row in own if row.kind == PreferenceKind.LIKE),
        tuple(row.what for row in own if row.kind == PreferenceKind.AVOID),
        owns(session, client_id, department_id),
        tuple(_buying_for(household, days, spoken_of, place, gifts)),
        tuple(_heard(note, touch) for note, touch in touched),
        tuple(day for day in days if not _is_told(day, [touch for _, touch in touched])),
    )


def _is_here(size: SizeRow, department_id: int, place: str) -> bool:
    """Of this department, of its goods, or of none that is known to be sold elsewhere."""
    if size.department_id == department_id or sells(size.category, place):
        return True
    return size.department_id is None and not is_of_goods(size.category)


def _tastes(rows: Iterable[PreferenceRow], department_id: int) -> tuple[PreferenceRow, ...]:
    """Those of this department first, then the general ones."""
    here = [row for row in rows if row.department_id in (None, department_id)]
    return tuple(sorted(here, key=lambda row: row.department_id is None))


def _touched(
    notes: tuple[NoteRow, ...], department_id: int, place: str, now: datetime
) -> list[tuple[NoteRow, Touch]]:
    """What lasts first, such as an allergy, then the newest; no sentence twice.

    Of one note it is what lasts and the first sentence that touches beside: mostly one.
    """
    found: dict[str, tuple[NoteRow, Touch]] = {}
    for note in notes:
        if note.department_id == department_id:
            continue
        told = touches(note.words, place, age=now - note.at)
        passing = [touch for touch in told if not _lasts(touch)]
        for touch in [touch for touch in told if _lasts(touch)] + passing[:1]:
            found.setdefault(touch.sentence.casefold(), (note, touch))
    ranked = sorted(found.values(), key=lambda one: not _lasts(one[1]))
    return ranked[:HEARD_AT_MOST]


def _lasts(touch: Touch) -> bool:
    return touch.subject is not None and HOLDS[touch.subject] is None


def _heard(note: NoteRow, touch: Touch) -> Heard:
    return Heard(touch.sentence, note.department, note.associate_id, note.associate, note.at)


def _is_told(day: OccasionAhead, heard: list[Touch]) -> bool:
    """Whether a sentence that was heard speaks of this day already."""
    return any(
        speaks_of(day.kind, touch.sentence)
        and (not day.member or day.member.casefold() in touch.sentence.casefold())
        for touch in heard
    )


def _spoken_of(
    session: Session, visit_id: int | None, notes: tuple[NoteRow, ...], now: datetime
) -> str:
    """What they are here for, and what was noted lately."""
    here_for = ""
    if visit_id is not None:
        asked = select(col(Visit.here_for)).where(ident(Visit.id) == visit_id)
        here_for = session.scalar(asked) or ""
    lately = [note.words for note in notes if now - note.at <= SPOKEN_OF]
    return "\n".join((here_for, *lately))


def _buying_for(
    household: tuple[MemberRow, ...],
    days: list[OccasionAhead],
    spoken_of: str,
    place: str,
    gifts: tuple[GiftRow, ...],
) -> Iterable[BuyingFor]:
    """Whoever is spoken of, or has a day coming, and of whom anything is known that counts here."""
    for member in household:
        named = any(
            word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", spoken_of, re.IGNORECASE)
            for word in (member.name, member.relation)
        )
        if not named and not any(day.member == member.name for day in days):
            continue
        about = [
            part
            for one in sentences(member.about)
            for part in (piece.strip() for piece in one.split(","))
            if sells(part, place) or touches(part, place)
        ]
        likes = tuple(row.what for row in member.preferences if row.kind == PreferenceKind.LIKE)
        avoids = tuple(row.what for row in member.preferences if row.kind == PreferenceKind.AVOID)
        given = tuple(
            f"{gift.what} ({gift.liked})" if gift.liked else gift.what
            for gift in gifts
            if gift.member_id == member.id
        )[:GIVEN_AT_MOST]
        if member.sizes or likes or avoids or about or given:
            yield BuyingFor(
                member.name, member.relation, member.sizes, likes, avoids, ", ".join(about), given
            )
