"""Who works on the floor? The eight departments, the one who signed in, and ten colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import Associate, Department
from clientele.domain.team import Role
from clientele.services.rows import the
from clientele.services.sample.days import Days
from clientele.services.sample.sheet import Sheet
from clientele.services.sample.words import words


@dataclass(frozen=True, slots=True)
class Seller:
    """An associate: id, name, department by name, and the weekdays on which they are off."""

    id: int
    name: str
    department: str
    off: frozenset[int]


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody. ``departments`` by name in the order in which one walks them."""

    me: Seller
    colleagues: tuple[Seller, ...]
    departments: dict[str, int]

    def named(self, name: str) -> Seller:
        """A colleague by name."""
        return next(seller for seller in self.colleagues if seller.name == name)

    def of(self, department: str, day: date, rng: Random) -> Seller:
        """A colleague who works in a department, and on that day if there is one."""
        there = [seller for seller in self.colleagues if seller.department == department]
        there = there or list(self.colleagues)
        on_duty = [seller for seller in there if day.weekday() not in seller.off]
        return rng.choice(on_duty or there)


def make_team(session: Session, sheet: Sheet, days: Days, by: int) -> Team:
    """Add the departments and colleagues that are missing.

    A department that the store has already is used as it is, whatever its case; ``by`` keeps
    their own, which may be a ninth.
    """
    row = the(session, Associate, by)
    there: dict[str, tuple[int, str]] = {
        name.lower(): (int(key or 0), name)
        for key, name in session.execute(select(col(Department.id), col(Department.name)))
    }
    departments: dict[str, int] = {}
    for name in words().team["departments"]:
        if name.lower() in there:
            departments[name] = there[name.lower()][0]
        else:
            place = len(there) + len(departments)
            departments[name] = sheet.add(Department, name=name, position=place)
    by_id = {key: name for name, key in departments.items()}
    own = row.department_id or 0
    elsewhere = dict(there.values())
    me = Seller(by, row.name, by_id.get(own, elsewhere.get(own, "")), days.off_days(0))
    colleagues = []
    for number, entry in enumerate(words().team["colleague"], start=1):
        key = sheet.add(
            Associate,
            name=entry["name"],
            department_id=departments[entry["department"]],
            role=str(entry.get("role", Role.ASSOCIATE)),
            created_at=days.at(days.ago(900 + 40 * number), 9 * 60),
        )
        colleagues.append(Seller(key, entry["name"], entry["department"], days.off_days(number)))
    return Team(me, tuple(colleagues), departments)
