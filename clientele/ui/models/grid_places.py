"""Where on the grid is a minute of a day, and which minute is where somebody points?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QRect

from clientele.domain.rules.day_grid import DAY, Placed, instant_at

QUARTER = 15


@dataclass(frozen=True, slots=True)
class Places:
    """Days side by side at the right of the hours; all lengths in pixels."""

    days: tuple[date, ...]
    zone: ZoneInfo
    width: int
    axis: int
    """How wide the hours are, at the left."""
    hour: int
    """How high an hour is."""
    gap: int = 2

    @property
    def height(self) -> int:
        """Of a whole day."""
        return self.hour * 24

    def left(self, at: int) -> int:
        """Where the day of that number begins; one past the last is where it ends."""
        return self.axis + (self.width - self.axis) * at // max(1, len(self.days))

    def y(self, minute: int) -> int:
        """Where a minute since midnight is."""
        return round(minute * self.hour / 60)

    def day_area(self, at: int) -> QRect:
        """All of a day."""
        return QRect(self.left(at), 0, self.left(at + 1) - self.left(at), self.height)

    def area(self, placed: Placed) -> QRect:
        """Where an appointment stands."""
        at = self.days.index(placed.day)
        inside = self.left(at + 1) - self.left(at) - 3 * self.gap
        left = self.left(at) + self.gap + inside * placed.column // placed.columns
        right = self.left(at) + self.gap + inside * (placed.column + placed.wide) // placed.columns
        top, bottom = self.y(placed.top), self.y(placed.bottom)
        return QRect(left, top + 1, right - left - self.gap, bottom - top - 2)

    def day_at(self, point: QPoint) -> date:
        """The day under a point, the nearest one beside the grid."""
        at = (point.x() - self.axis) * len(self.days) // max(1, self.width - self.axis)
        return self.days[min(max(at, 0), len(self.days) - 1)]

    def minute_at(self, y: int, *, down: bool = False) -> int:
        """The nearest quarter to a height; ``down`` the one that begins at or above it."""
        quarters = y * 60 / self.hour / QUARTER
        minute = (int(quarters) if down else round(quarters)) * QUARTER
        return min(max(minute, 0), DAY)

    def instant(self, day: date, minute: int) -> datetime:
        """The instant of a minute of a day (UTC)."""
        return instant_at(day, minute, self.zone)
