"""What fell due while nobody was there, as a list on Today; how a terminal reminds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from clientele.store.queries.reminders import Wanted, look
from clientele.system.settings import Settings
from clientele.ui.dialogs.reminders import RemindersSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, over


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    return bare(place)


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    settings = Settings()

    def waited() -> None:
        me, now = place.desk.me.id, place.desk.now()
        with place.store.read() as session:
            found = look(session, Wanted(me, since_start=True), now=now)
        place.today.since.tell(me, found.of((*found.telling.each, *found.telling.together)))
        place.window.show_page(place.today)

    def choices() -> RemindersSheet:
        return RemindersSheet(
            place.desk,
            place.window.content,
            replace(settings, appointment_lead=30),
            lambda _: None,
            has_tray=True,
        )

    return [
        Scene("today-waited", waited, leave=place.today.since.put_away),
        Scene("reminders", over(place, place.today, choices)),
    ]
