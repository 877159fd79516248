"""What took place in a visit: where, with whom, what was shown and what became of it?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import (
    Associate,
    Department,
    HouseholdMember,
    ShownItem,
    Visit,
    VisitCompanion,
    VisitStop,
)
from clientele.store.prepared import Prepared, among
from clientele.store.queries.columns import ident
from clientele.store.queries.story_entry import StoryEntry, StoryItem, Told


@dataclass(slots=True)
class Course:
    """A visit as far as it came, its stops in their order."""

    departments: dict[str, None] = field(default_factory=dict)
    shown: list[StoryItem] = field(default_factory=list)
    colleagues: dict[str, None] = field(default_factory=dict)
    companions: list[str] = field(default_factory=list)


def visits(session: Session, keys: list[int]) -> list[StoryEntry]:
    """Visits without a ticket; ``state`` is “open” for one that goes on."""
    told = courses(session, keys)
    rows = _VISITS.rows(session, keys=keys)
    return [
        StoryEntry(
            kind=Told.VISIT,
            id=key,
            at=at,
            associate_id=by,
            associate=name,
            words=here_for,
            departments=tuple(told[key].departments),
            items=tuple(item.item for item in told[key].shown),
            colleagues=tuple(other for other in told[key].colleagues if other != name),
            companions=tuple(told[key].companions),
            shown=tuple(told[key].shown),
            state="open" if left is None else "",
            of=key,
        )
        for key, at, by, name, here_for, left in rows
    ]


def courses(session: Session, visit_ids: list[int]) -> dict[int, Course]:
    """What took place in these visits; empty for one without stops."""
    told: dict[int, Course] = defaultdict(Course)
    if not visit_ids:
        return told
    _stops(session, visit_ids, told)
    _companions(session, visit_ids, told)
    return told


def _stops(session: Session, visit_ids: list[int], told: dict[int, Course]) -> None:
    rows = _OF_STOPS.rows(session, keys=visit_ids)
    for key, place, colleague, joined, item, detail, outcome, why in rows:
        course = told[key]
        course.departments[place] = None
        if colleague and joined is not None:
            course.colleagues[colleague] = None
        if item:
            course.shown.append(StoryItem(item, detail, place, outcome, why))


def _companions(session: Session, visit_ids: list[int], told: dict[int, Course]) -> None:
    rows = _OF_COMPANIONS.rows(session, keys=visit_ids)
    for key, name, member in rows:
        told[key].companions.append(member or name)


_VISITS = Prepared(
    select(
        ident(Visit.id),
        col(Visit.arrived_at),
        col(Visit.associate_id),
        col(Associate.name),
        col(Visit.here_for),
        col(Visit.left_at),
    )
    .join(Associate, ident(Associate.id) == col(Visit.associate_id))
    .where(ident(Visit.id).in_(among("keys")))
)
_OF_STOPS = Prepared(
    select(
        col(VisitStop.visit_id),
        col(Department.name),
        col(Associate.name),
        col(VisitStop.joined_at),
        col(ShownItem.item),
        col(ShownItem.detail),
        col(ShownItem.outcome),
        col(ShownItem.why),
    )
    .join(Department, ident(Department.id) == col(VisitStop.department_id))
    .outerjoin(Associate, ident(Associate.id) == col(VisitStop.colleague_id))
    .outerjoin(ShownItem, col(ShownItem.stop_id) == ident(VisitStop.id))
    .where(col(VisitStop.visit_id).in_(among("keys")), col(VisitStop.started_at).is_not(None))
    .order_by(col(VisitStop.position), ident(VisitStop.id), col(ShownItem.position))
)
_OF_COMPANIONS = Prepared(
    select(col(VisitCompanion.visit_id), col(VisitCompanion.name), col(HouseholdMember.name))
    .outerjoin(
        HouseholdMember,
        ident(HouseholdMember.id) == col(VisitCompanion.household_member_id),
    )
    .where(col(VisitCompanion.visit_id).in_(among("keys")))
    .order_by(ident(VisitCompanion.id))
)
