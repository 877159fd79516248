"""Whom it is worth calling: the page, the card on Today, and setting somebody aside."""

from __future__ import annotations

from pathlib import Path

from clientele.services.worth_a_call import work_out
from clientele.ui.dialogs.day_holds import DayHoldsSheet
from clientele.ui.dialogs.set_aside import SetAsideSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""

    def page() -> None:
        work_out(place.store, now=place.desk.now())
        place.show_worth()
        place.worth_page.refresh()
        settle(place)

    def today() -> None:
        place.window.show_page(place.today)
        place.today.refresh()
        settle(place)
        area = place.today.worth
        place.today.ensureWidgetVisible(area)

    def aside() -> SetAsideSheet:
        row = place.worth_page.current()
        assert row is not None
        reasons = [one.because.value for one in row.reasons]
        return SetAsideSheet(place.desk, place.window.content, row.named, reasons)

    return [
        Scene("worth-a-call", page),
        Scene("worth-a-call-today", today),
        Scene("worth-a-call-aside", over(place, place.worth_page, aside)),
        Scene(
            "worth-a-call-day",
            over(
                place, place.worth_page, lambda: DayHoldsSheet(place.desk, place.window.content, 12)
            ),
        ),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("worth-a-call", place.show_worth)]
