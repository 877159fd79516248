"""Which lists are kept in the sample? Three of one's own, one of them begun, and a colleague's."""

from __future__ import annotations

from functools import partial
from typing import Any

from clientele.domain.rules.filter_texts import filter_json
from clientele.domain.rules.filters import Condition, Filter, Group, Match, What
from clientele.domain.tables import Client, SavedList, SavedListMark, Tag
from clientele.services.sample.floor import Floor
from clientele.services.sample.people import Person

BEGUN = 3
"""With how many clients of the first list one is done."""


def write_lists(floor: Floor, people: list[Person]) -> None:
    """Put down the lists; ``people`` are all clients with their ids."""
    team, days, sheet = floor.team, floor.days, floor.sheet
    mine = Condition(What.MINE)
    suits, shoes = (team.departments[name] for name in ("Men's Suits", "Men's Shoes"))
    events = tuple(
        Condition(What.TAG, about=key)
        for key in (
            sheet.find(Tag, partial(_is_called, name)) for name in ("events", "theatre season")
        )
        if key is not None
    )
    birthdays = Filter(parts=(mine, Condition(What.BIRTHDAY_WITHIN, most=30)))
    never = Condition(What.BOUGHT_IN, about=shoes, turned=True)
    kept = [
        (team.me.id, "Birthdays this month", birthdays, False),
        (
            team.me.id,
            "Suits, never our shoes",
            Filter(parts=(mine, Condition(What.BOUGHT_IN, about=suits), never)),
            False,
        ),
        (
            team.me.id,
            "Quiet since summer",
            Filter(
                parts=(
                    mine,
                    Condition(What.LAST_BOUGHT, least=120),
                    Condition(What.FOLLOW_UP, turned=True),
                )
            ),
            True,
        ),
    ]
    if events:
        no_refusal = Condition(What.REFUSED, "email", turned=True)
        asked = Filter(parts=(Group(Match.ANY, events), no_refusal))
        colleague = team.named("Grainne Moloney")
        kept.append((colleague.id, "Winter evening, whom to invite", asked, True))
    ids = []
    for at, (owner, name, asked, shared) in enumerate(kept):
        made = days.at(days.ago(20 - 4 * at), 11 * 60)
        ids.append(
            sheet.add(
                SavedList,
                associate_id=owner,
                name=name,
                question=filter_json(asked),
                shared=shared,
                created_at=made,
                updated_at=made,
            )
        )
    for client in _birthdays(floor, people)[:BEGUN]:
        sheet.add(
            SavedListMark,
            saved_list_id=ids[0],
            client_id=client,
            associate_id=team.me.id,
            done_at=days.at(days.ago(1), 15 * 60),
        )


def _is_called(name: str, row: dict[str, Any]) -> bool:
    return bool(row["name"] == name)


def _birthdays(floor: Floor, people: list[Person]) -> list[int]:
    """My clients whose birthday comes within the month, as far as it is known."""
    ahead = [floor.days.ago(-days) for days in range(31)]
    coming = {(day.month, day.day) for day in ahead}
    mine = {person.id for person in people if person.owner is floor.team.me}
    found: list[int] = []

    def comes(row: dict[str, Any]) -> bool:
        if row["id"] in mine and (row["birth_month"], row["birth_day"]) in coming:
            found.append(row["id"])
        return False

    floor.sheet.find(Client, comes)
    return found
