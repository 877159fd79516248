"""Who is away in the sample, and who covers: one colleague now, another soon."""

from __future__ import annotations

from clientele.domain.tables import Absence
from clientele.services.sample.floor import Floor
from clientele.services.sample.words import words


def write_absences(floor: Floor) -> None:
    """Put down the absences of ``team.toml``, around today."""
    team, days = floor.team, floor.days
    for entry in words().team["absence"]:
        cover = team.named(entry["cover"]) if entry["cover"] else team.me
        floor.sheet.add(
            Absence,
            associate_id=team.named(entry["name"]).id,
            cover_id=cover.id,
            away_from=days.ago(-entry["from"]),
            back_on=days.ago(-entry["back"]),
            why=entry["why"],
            created_at=days.at(days.ago(10), 17 * 60),
        )
