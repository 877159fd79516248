"""Who was handed to whom in the sample: taken over, offered today, lent, a hem with a colleague."""

from __future__ import annotations

from typing import Any

from clientele.domain.client import HandOffState
from clientele.domain.tables import HandOff, Promise
from clientele.services.sample.cast import in_words
from clientele.services.sample.floor import Floor
from clientele.services.sample.life import Past
from clientele.services.sample.people import Person
from clientele.services.sample.team import Seller
from clientele.services.sample.words import words


def write_hand_offs(floor: Floor, pasts: list[tuple[Person, Past]]) -> None:
    """Put down what ``hand_offs.toml`` tells; the memberships that go with it are there already."""
    days, team = floor.days, floor.team
    taken: set[int] = set()
    for entry in words().hand_offs:
        giver, taker = (
            team.named(name) if name else team.me for name in (entry["from"], entry["to"])
        )
        person = _client(entry, giver, pasts, taken)
        if person is None:
            continue
        taken.add(person.id)
        answered = entry.get("answered")
        department = entry.get("department")
        floor.sheet.add(
            HandOff,
            client_id=person.id,
            from_id=giver.id,
            to_id=taker.id,
            department_id=team.departments[department] if department else None,
            promise_id=_promise(floor, person, entry.get("promise", "")),
            note=in_words(entry["note"], days),
            until_on=days.ago(-entry["until"]) if "until" in entry else None,
            client_told=entry["told"],
            state=str(HandOffState.ACCEPTED if answered else HandOffState.OFFERED),
            offered_at=_moment(floor, entry["offered"]),
            answered_at=_moment(floor, answered) if answered else None,
            answer=entry.get("answer", ""),
        )


def _moment(floor: Floor, told: list[float]) -> Any:
    """A day so many before today, at an hour; never after now."""
    days, hour = floor.days, told[1]
    return min(days.at(days.ago(int(told[0])), round(hour * 60)), days.now)


def _client(
    entry: dict[str, Any], giver: Seller, pasts: list[tuple[Person, Past]], taken: set[int]
) -> Person | None:
    """The one named, else one of the giver's who comes often."""
    if "client" in entry:
        return next((person for person, _ in pasts if person.name == entry["client"]), None)
    theirs = [
        (len(past.visits), -person.id, person)
        for person, past in pasts
        if person.owner == giver
        and not person.cast
        and person.id not in taken
        and person.woman == (entry["wearer"] == "woman")
    ]
    return max(theirs, default=(0, 0, None))[2]


def _promise(floor: Floor, person: Person, what: str) -> int | None:
    """The promise to this client that begins with these words."""
    if not what:
        return None
    return floor.sheet.find(
        Promise, lambda row: row["client_id"] == person.id and row["what"].startswith(what)
    )
