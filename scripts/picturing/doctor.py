"""The doctor: before it looked, what it says of a sound book and of one with something wrong."""

from __future__ import annotations

from pathlib import Path

from clientele.store.finding import Repair
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""

    def sound() -> None:
        _shown(place)
        _looked(place)

    def wrong() -> None:
        with place.store.writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("UPDATE client_sum SET spent = spent + 1 WHERE client_id < 9")
        sound()

    def asking() -> None:
        wrong()
        place.trust.doctor.ask("search")
        settle(place)

    def mended() -> None:
        page = place.trust.doctor
        if page.sheet is not None:
            page.sheet.close_sheet()
        page.repair(Repair.SEARCH)
        _settled(place)

    return [
        Scene("doctor", sound),
        Scene("doctor-wrong", wrong),
        Scene("doctor-repair", asking, leave=mended),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("doctor", lambda: _shown(place))]


def _shown(place: Workplace) -> None:
    place.trust.show_doctor()
    settle(place)


def _looked(place: Workplace) -> None:
    place.trust.doctor.look()
    _settled(place)


def _settled(place: Workplace) -> None:
    while not place.trust.doctor.idle():
        settle(place)
    settle(place)
