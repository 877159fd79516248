"""What lies behind appointments: hours, days, closed ones, the clock's own changes, and now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clientele.domain.rules.day_grid import Odd, odd_hours
from clientele.system.formats import Formats
from clientele.ui.models.grid_places import Places
from clientele.ui.theme import Role, Theme, Tone

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Spans = tuple[tuple[int, int], ...]
"""Stretches of a day, in minutes of the wall clock."""

CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_ground(
    painter: QPainter,
    places: Places,
    theme: Theme,
    formats: Formats,
    *,
    shut: Mapping[date, Spans],
    now: datetime | None,
) -> None:
    """Paint it: ``shut`` is when the store is closed; ``now`` an instant, drawn if it is shown."""
    colours = theme.colours
    painter.fillRect(QRect(0, 0, places.width, places.height + 1), colours.card)
    for at, day in enumerate(places.days):
        area = places.day_area(at)
        for top, bottom in shut.get(day, ()):
            y = places.y(top)
            place = QRect(area.left(), y, area.width(), places.y(bottom) - y + 1)
            painter.fillRect(place, colours.background)
        for odd in odd_hours(day, places.zone):
            _odd(painter, places, theme, area, odd)
    half = QPen(colours.line, 1, Qt.PenStyle.DotLine)
    whole = QPen(colours.line, 1)
    painter.setFont(theme.font(Role.SMALL))
    for hour in range(25):
        y = places.y(hour * 60)
        painter.setPen(whole)
        painter.drawLine(places.axis, y, places.width, y)
        if hour < 24:
            painter.setPen(half)
            middle = places.y(hour * 60 + 30)
            painter.drawLine(places.axis, middle, places.width, middle)
        if 0 < hour < 24:
            painter.setPen(colours.ink2)
            words = formats.clock_time(places.instant(_plain_day(places), hour * 60))
            painter.drawText(QRect(0, y - 9, places.axis - 8, 18), RIGHT, words)
    painter.setPen(whole)
    for at in range(len(places.days) + 1):
        x = min(places.left(at), places.width - 1)
        painter.drawLine(x, 0, x, places.height)
    _now(painter, places, theme, now)


def _plain_day(places: Places) -> date:
    """A day of those shown on which every hour is there once, so that each can be written."""
    return next((day for day in places.days if not odd_hours(day, places.zone)), date(2026, 1, 15))


def _odd(painter: QPainter, places: Places, theme: Theme, area: QRect, odd: Odd) -> None:
    ink, ground = theme.tone(Tone.AMBER)
    top, bottom = places.y(odd.top), places.y(odd.bottom)
    place = QRect(area.left() + 1, top, area.width() - 1, bottom - top)
    painter.fillRect(place, ground)
    if not odd.twice:
        painter.fillRect(place, QBrush(ink, Qt.BrushStyle.BDiagPattern))
        painter.fillRect(place.adjusted(0, 14, 0, -14), ground)
    painter.setFont(theme.font(Role.SMALL))
    painter.setPen(ink)
    words = (
        QCoreApplication.translate("Appointments", "comes twice")
        if odd.twice
        else QCoreApplication.translate("Appointments", "not there")
    )
    painter.drawText(place, CENTRE, words)


def _now(painter: QPainter, places: Places, theme: Theme, now: datetime | None) -> None:
    local = None if now is None else now.astimezone(places.zone)
    if local is None or local.date() not in places.days:
        return
    area = places.day_area(places.days.index(local.date()))
    y = places.y(local.hour * 60 + local.minute)
    accent = theme.colours.accent
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(accent, 2))
    painter.drawLine(area.left(), y, area.right(), y)
    painter.setBrush(accent)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QRectF(area.left() - 4, y - 4, 8, 8))


class DayHeads(QWidget):
    """The names of the days above the grid; those it is aligned with are told by ``set_days``."""

    def __init__(self, theme: Theme, formats: Formats, axis: int) -> None:
        super().__init__()
        self._theme, self._formats, self._axis = theme, formats, axis
        self._days: tuple[date, ...] = ()
        self._notes: dict[date, str] = {}
        self._today: date | None = None
        self._right = 0
        theme.changed.connect(self._rescale)
        self._rescale()

    def set_days(self, days: Collection[date], today: date, notes: dict[date, str]) -> None:
        """Show these; ``notes`` are words below a day, such as that the store is closed."""
        self._days, self._today, self._notes = tuple(days), today, notes
        self._rescale()
        said = [f"{self._formats.long_day(day)} {notes.get(day, '')}".strip() for day in days]
        self.setAccessibleName(", ".join(said))
        self.update()

    def set_right(self, width: int) -> None:
        """So much is taken by the scroll bar below."""
        self._right = width
        self.update()

    def _rescale(self) -> None:
        lines = 2 if self._notes else 1
        self.setFixedHeight(lines * self._theme.line_height(Role.SMALL) + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekday and day, today as a chip, and what is to be known of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, colours = self._theme, self._theme.colours
        line = theme.line_height(Role.SMALL)
        axis = theme.px(self._axis)
        width = self.width() - self._right - axis
        metrics = theme.metrics(Role.SMALL_STRONG)
        written = self._written(width // max(1, len(self._days)) - 8)
        for at, day in enumerate(self._days):
            left = axis + width * at // len(self._days)
            place = QRect(left + 6, 2, width // len(self._days) - 8, line)
            words = written[at]
            if day == self._today:
                chip = QRectF(place.left() - 4, 1, metrics.horizontalAdvance(words) + 12, line + 2)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.accent)
                painter.drawRoundedRect(chip, 6, 6)
                painter.setPen(colours.on_accent)
                place.translate(2, 0)
            else:
                painter.setPen(colours.ink)
            painter.setFont(theme.font(Role.SMALL_STRONG))
            painter.drawText(place, LEFT, words)
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(colours.ink2)
            below = QRect(left + 6, line + 4, width // len(self._days) - 8, line)
            note = theme.metrics(Role.SMALL).elidedText(
                self._notes.get(day, ""), Qt.TextElideMode.ElideRight, below.width()
            )
            painter.drawText(below, LEFT, note)
        painter.end()

    def _written(self, width: int) -> list[str]:
        """All of them in the longest way in which each has room."""
        metrics, formats = self._theme.metrics(Role.SMALL_STRONG), self._formats
        for way in (formats.long_day, formats.weekday_day):
            words = [way(day) for day in self._days]
            if all(metrics.horizontalAdvance(one) <= width - 12 for one in words):
                return words
        return [f"{formats.weekday(day)} {day.day}" for day in self._days]
