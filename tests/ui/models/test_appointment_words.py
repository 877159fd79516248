"""Is an appointment said as people would say it, with whatever stands against its time?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint

from clientele.domain.rules.appointments import ConflictKind, Outcome
from clientele.domain.rules.day_grid import DAY, Shown, grid, instant_at, odd_hours
from clientele.store.queries.appointments import AppointmentRow, Told
from clientele.store.queries.reading import Named
from clientele.store.queries.story_entry import StoryEntry
from clientele.store.queries.story_entry import Told as Kind
from clientele.system.formats import Formats
from clientele.ui.models.appointment_words import (
    all_conflicts,
    conflict_words,
    length_words,
    spoken,
)
from clientele.ui.models.grid_places import Places
from clientele.ui.models.story_words import title_words

FORMATS = Formats("en", "Europe/Amsterdam")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
ROW = AppointmentRow(
    1, Named(7, "Ada", "Berg"), 2, "L. Sato", None, "", None, AT, AT + timedelta(minutes=45),
    "a coat", None, called_off=False, remind_minutes=15, day_before=False, from_calendar=False,
)  # fmt: skip
TIMES = "14:30 – 15:15"


@pytest.mark.parametrize(
    ("told", "mine", "others"),
    [
        (
            Told(ConflictKind.ASSOCIATE_BUSY, "L. Sato", ROW),
            f"You expect Ada Berg then, {TIMES}",
            f"L. Sato expects Ada Berg then, {TIMES}",
        ),
        (
            Told(ConflictKind.CLIENT_ELSEWHERE, "R. Okafor", ROW),
            f"Ada Berg is expected by L. Sato then, {TIMES}",
            f"Ada Berg is expected by L. Sato then, {TIMES}",
        ),
        (
            Told(ConflictKind.STORE_CLOSED, "L. Sato"),
            "The store is closed then",
            "The store is closed then",
        ),
        (
            Told(ConflictKind.ASSOCIATE_AWAY, "L. Sato", None, date(2026, 11, 24), "R. Okafor"),
            "You are away on Tue 24 Nov; R. Okafor covers",
            "L. Sato is away on Tue 24 Nov; R. Okafor covers",
        ),
        (
            Told(ConflictKind.ASSOCIATE_AWAY, "L. Sato", None, date(2026, 11, 24)),
            "You are away on Tue 24 Nov, and nobody covers",
            "L. Sato is away on Tue 24 Nov, and nobody covers",
        ),
    ],
)
def test_each_conflict_is_a_sentence(told: Told, mine: str, others: str) -> None:
    assert conflict_words(told, FORMATS, mine=True) == mine
    assert conflict_words(told, FORMATS, mine=False) == others
    assert all_conflicts([told, told], FORMATS, mine=True) == f"{mine}. {mine}"


def test_lengths_and_whose() -> None:
    lengths = [length_words(timedelta(minutes=minutes)) for minutes in (15, 45, 60, 75, 90, 120)]
    assert lengths == ["15 min", "45 min", "1 h", "75 min", "1½ h", "2 h"]
    assert spoken(ROW, FORMATS, whose=True) == f"Ada Berg, Tue 24 Nov, {TIMES}, a coat, L. Sato"
    assert spoken(ROW, FORMATS, whose=False) == f"Ada Berg, Tue 24 Nov, {TIMES}, a coat"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Outcome.MOVED, "Appointment moved"),
        (Outcome.CALLED_OFF, "Appointment cancelled"),
        ("", "Appointment cancelled"),
    ],
)
def test_the_story_says_moved_where_it_was(state: str, words: str) -> None:
    entry = StoryEntry(Kind.APPOINTMENT, 1, AT, 1, "R. Okafor", state=state)
    assert title_words(entry, 1) == words


DAYS = tuple(date(2026, 10, 19) + timedelta(days=number) for number in range(7))


@given(st.integers(0, 6), st.integers(0, 95), st.integers(2, 12), st.integers(700, 1400))
def test_where_one_points_is_where_it_stands(
    at: int, quarter: int, length: int, width: int
) -> None:
    """The block made at a point of the grid holds that point, on days of 23 and 25 hours too."""
    places = Places(DAYS, AMSTERDAM, width, 52, 56)
    minute = quarter * 15
    starts_at = instant_at(DAYS[at], minute, AMSTERDAM)
    (placed, *_) = grid(
        [Shown(1, starts_at, starts_at + length * timedelta(minutes=15))], DAYS, AMSTERDAM
    )
    point = QPoint(places.day_area(at).center().x(), places.y(minute) + 3)
    assert places.area(placed).contains(point)
    assert places.day_at(point) == DAYS[at]
    assert places.minute_at(point.y(), down=True) == minute
    assert 0 <= places.minute_at(point.y() + 10_000) <= DAY


@pytest.mark.parametrize(
    ("zone", "day", "odd"),
    [
        ("Europe/Amsterdam", date(2027, 3, 28), [(120, 180, False)]),
        ("Europe/Amsterdam", date(2026, 10, 25), [(120, 180, True)]),
        ("Australia/Lord_Howe", date(2026, 10, 4), [(120, 150, False)]),
        ("America/Santiago", date(2026, 9, 6), [(0, 60, False)]),
        ("Europe/Amsterdam", date(2026, 11, 21), []),
        ("UTC", date(2026, 11, 21), []),
    ],
)
def test_what_the_clock_skips_or_repeats(
    zone: str, day: date, odd: list[tuple[int, int, bool]]
) -> None:
    found = [(one.top, one.bottom, one.twice) for one in odd_hours(day, ZoneInfo(zone))]
    assert found == odd
