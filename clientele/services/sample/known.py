"""What does the sample store ask of its clients beside what all do, and who lives away?"""

from __future__ import annotations

from random import Random
from typing import Any

from clientele.domain.known import CustomKind
from clientele.domain.rules.custom_values import read_value
from clientele.domain.tables import Client, ClientTag, CustomField, CustomValue, Tag
from clientele.services.sample.floor import Floor
from clientele.services.sample.people import Person

DRINKS = ("tea", "coffee", "water", "nothing, thank you")
ABROAD = ("America/New_York", "Asia/Singapore", "Europe/London", "Asia/Tokyo", "Europe/Zurich")
"""Where those who are tagged as living abroad do."""

ASKED = (
    ("Drink", CustomKind.CHOICE),
    ("Monogram", CustomKind.TEXT),
    ("Collar, cm", CustomKind.NUMBER),
    ("Comes by car", CustomKind.YES_NO),
    ("Member since", CustomKind.DATE),
)
"""What the store asks, and what each answer is."""

SAID = 0.34
"""What part of the clients answered a question."""


def write_known(floor: Floor, people: list[Person]) -> None:
    """Put down five questions with the answers of some, and the zones of those who live abroad."""
    rng = Random(f"{floor.seed} known")
    sheet, begun = floor.sheet, floor.days.at(floor.days.ago(400), 9 * 60)

    drink, monogram, collar, car, member = (
        sheet.add(
            CustomField,
            name=name,
            kind=kind.value,
            choices="\n".join(DRINKS) if kind is CustomKind.CHOICE else "",
            position=position,
            created_at=begun,
        )
        for position, (name, kind) in enumerate(ASKED)
    )
    for person in people:
        answers = (
            (drink, CustomKind.CHOICE, rng.choice(DRINKS)),
            (monogram, CustomKind.TEXT, f"{person.given[:1]}{person.family[:1]}".upper()),
            (collar, CustomKind.NUMBER, str(rng.randrange(74, 90) / 2)),
            (car, CustomKind.YES_NO, rng.choice(("yes", "no"))),
            (member, CustomKind.DATE, person.first.isoformat()),
        )
        for field, kind, text in answers:
            if rng.random() < SAID:
                kept = read_value(kind, text, DRINKS)
                if kept is not None:
                    sheet.add(
                        CustomValue,
                        client_id=person.id,
                        field_id=field,
                        value=kept.value,
                        number=kept.number,
                    )
    for client in _abroad(floor):
        sheet.change(Client, client, time_zone=rng.choice(ABROAD))


def _abroad(floor: Floor) -> list[int]:
    """Who is tagged as living abroad."""
    tag = floor.sheet.find(Tag, _lives_abroad)
    found: list[int] = []

    def look(row: dict[str, Any]) -> bool:
        if row["tag_id"] == tag:
            found.append(row["client_id"])
        return False

    floor.sheet.find(ClientTag, look)
    return found


def _lives_abroad(row: dict[str, Any]) -> bool:
    return bool(row["name"] == "lives abroad")
