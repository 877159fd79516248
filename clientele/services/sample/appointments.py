"""Who is expected, and whose visits had been arranged?"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from string import ascii_lowercase

from clientele.domain.rules.appointments import Outcome
from clientele.domain.tables import Appointment
from clientele.services.sample.days import CLOSES, OPENS, Days
from clientele.services.sample.floor import Floor
from clientele.services.sample.life import Past
from clientele.services.sample.people import Person
from clientele.services.sample.team import Seller
from clientele.services.sample.words import words

AHEAD = (1, 2, 2, 3, 4, 5, 5, 6, 8, 9)
"""In how many days clients of who signed in are expected."""
MISSED = (4, 11)
"""How many days ago a client did not come."""
LATELY = 7
LENGTHS = (30, 45, 45, 60, 60, 90)
AS_PLANNED = 10 * 60 + 40
"""Until then today's appointments stand at the hours of cast.toml; later they move on."""


def todays_hours(days: Days, wanted: list[int]) -> list[int]:
    """The minutes of the day for today's appointments, so that the page always has some ahead.

    In the morning, and when the store is closed, they are as wanted; through the day they move
    to half hours that are still to come, closer together as the evening nears.
    """
    soonest = (days.minute + 20 + 29) // 30 * 30
    latest = CLOSES - 30
    if days.minute <= AS_PLANNED or soonest > latest:
        return wanted
    span = latest - soonest
    steps = max(1, len(wanted) - 1)
    return [soonest + place * span // steps // 30 * 30 for place in range(len(wanted))]


def write_appointments(floor: Floor, pasts: list[tuple[Person, Past]], last_hour: int) -> None:
    """Write past appointments that became visits, one more today, and some in the days ahead."""
    rng = Random(f"{floor.seed} appointments")
    casual = {"", *words().phrases["here_for"]["other"]}
    for person, past in pasts:
        for written in past.visits:
            if written.plan.here_for in casual or written.plan.here_for.startswith("brings back"):
                continue
            own = written.plan.seller == floor.team.me
            recent = own and (floor.days.today - written.plan.day).days <= LATELY
            if rng.random() < (0.7 if recent else 0.18) and written.plan.minute > OPENS + 20:
                begins = floor.days.at(written.plan.day, written.plan.minute // 15 * 15)
                _write(floor, person, written.plan.seller, begins, written.plan.here_for,
                       written.plan.stops[0].department, written.visit_id)  # fmt: skip
    mine = _likely(floor, pasts, floor.team.me)
    rng.shuffle(mine)
    at = floor.days.at(floor.days.today, last_hour)
    for person in mine[:1]:
        _write(floor, person, floor.team.me, at, _about(person, rng), _where(person))
    hours = (660, 750, 840, 930, 1050)
    for place, (ahead, person) in enumerate(zip(AHEAD, mine[1:], strict=False)):
        day = floor.days.settle(floor.days.ago(-ahead), floor.team.me.off, step=1)
        hour = hours[(2 * place + rng.randint(0, 1)) % len(hours)]
        begins = floor.days.at(day, hour + 15 * rng.randint(0, 2))
        _write(floor, person, floor.team.me, begins, _about(person, rng), _where(person))
    for ago, person in zip(MISSED, mine[len(AHEAD) + 1 :], strict=False):
        day = floor.days.settle(floor.days.ago(ago), floor.team.me.off)
        begins = floor.days.at(day, rng.choice(hours))
        _write(floor, person, floor.team.me, begins, _about(person, rng), _where(person),
               outcome=Outcome.DID_NOT_COME)  # fmt: skip
    for seller in floor.team.colleagues:
        theirs = _likely(floor, pasts, seller)
        rng.shuffle(theirs)
        for person in theirs[: rng.choice((1, 2, 3))]:
            day = floor.days.settle(floor.days.ago(-rng.randint(1, 6)), seller.off, step=1)
            begins = floor.days.at(day, 15 * rng.randint(42, 73))
            _write(floor, person, seller, begins, _about(person, rng), _where(person))


def _likely(floor: Floor, pasts: list[tuple[Person, Past]], seller: Seller) -> list[Person]:
    """Clients of a book who come often enough to make an appointment."""
    return [
        person
        for person, past in pasts
        if person.owner == seller
        and not person.cast
        and person.rhythm in ("loyal", "regular")
        and past.visits
        and (floor.days.today - past.visits[-1].plan.day).days > 12
    ]


def _about(person: Person, rng: Random) -> str:
    return str(rng.choice(words().phrases["appointment"]["woman" if person.woman else "man"]))


def _where(person: Person) -> str:
    return max(person.walks, key=person.walks.__getitem__)


def _write(
    floor: Floor,
    person: Person,
    seller: Seller,
    begins: datetime,
    about: str,
    department: str,
    visit_id: int | None = None,
    outcome: str = "",
) -> None:
    rng = Random(f"{floor.seed} {person.id} {about} {visit_id}")
    floor.sheet.add(
        Appointment,
        client_id=person.id,
        associate_id=seller.id,
        department_id=floor.team.departments[department],
        visit_id=visit_id,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=rng.choice(LENGTHS)),
        about=about,
        outcome=Outcome.CAME if visit_id is not None else outcome,
        uid=f"clientele-{''.join(rng.choices(ascii_lowercase, k=24))}@clientele",
    )
