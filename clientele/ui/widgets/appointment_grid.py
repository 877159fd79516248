"""Days side by side, with who is expected when: looked at, dragged, moved by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from clientele.domain.rules.appointments import LONGEST, STEP, Booked, moved, snapped
from clientele.domain.rules.day_grid import Shown, grid
from clientele.store.queries.appointments import AppointmentRow
from clientele.system.formats import Formats
from clientele.ui.models.appointment_words import when
from clientele.ui.models.grid_places import Places
from clientele.ui.theme import Theme
from clientele.ui.widgets.appointment_block import Block, Ghost, is_ours
from clientele.ui.widgets.grid_ground import Spans, paint_ground

HOUR, AXIS = 56, 52
"""How high an hour is, and how wide the hours at the left, in pixels at a text scale of one."""

PLAIN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
KEYS: Final = {
    Qt.Key.Key_N: "new",
    Qt.Key.Key_T: "today",
    Qt.Key.Key_D: "day",
    Qt.Key.Key_W: "week",
    Qt.Key.Key_PageUp: "before",
    Qt.Key.Key_PageDown: "after",
}


class AppointmentGrid(QWidget):
    """Lies in a scroll area. ``set_span`` shows days; all else is told by signals.

    ``opened(id)``; ``moved(Booked)`` to a new time or length, which is not kept here;
    ``trying(Booked or None)`` while something is dragged, to be answered with ``say_conflict``;
    ``wanted(start, end or None)`` for a new one; ``called_off(id)``; ``asked(word)`` for keys that
    are the page's: ``new``, ``today``, ``day``, ``week``, ``before``, ``after``.
    """

    opened = Signal(int)
    moved = Signal(object)
    trying = Signal(object)
    wanted = Signal(object, object)
    called_off = Signal(int)
    asked = Signal(str)
    came_into_sight = Signal(QRect)

    def __init__(self, theme: Theme, formats: Formats, zone: ZoneInfo) -> None:
        super().__init__()
        self._theme, self._formats, self._zone = theme, formats, zone
        self._rows: dict[int, AppointmentRow] = {}
        self._days: tuple[date, ...] = ()
        self._shut: Mapping[date, Spans] = {}
        self._now: datetime | None = None
        self._me, self._whose = 0, False
        self._current: int | None = None
        self._tried: Booked | None = None
        self._drawn: tuple[date, int, int] | None = None
        self.blocks: list[Block] = []
        self.ghosts: list[Ghost] = []
        self._grip: Block | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("surface", "clear")
        theme.changed.connect(self._rescale)

    # what is shown

    def set_span(
        self,
        days: Sequence[date],
        rows: Sequence[AppointmentRow],
        *,
        now: datetime,
        shut: Mapping[date, Spans],
        me: int,
        whose: bool,
    ) -> None:
        """Show these days; ``whose`` says by whom a client is expected, where not all are mine."""
        had = self.hasFocus() or any(block.hasFocus() for block in self.blocks)
        self._days, self._rows = tuple(days), {row.id: row for row in rows}
        self._now, self._shut = now, shut
        self._me, self._whose = me, whose
        self.let_go()
        if self._current not in self._rows:
            self._current = self._first_ahead()
        self._rescale()
        if had:
            self.take_keyboard()

    @property
    def places(self) -> Places:
        """Where what is."""
        theme = self._theme
        return Places(self._days, self._zone, self.width(), theme.px(AXIS), theme.px(HOUR))

    @property
    def is_held(self) -> bool:
        """Whether something is being dragged, which nothing is to tear off."""
        return self._grip is not None or self._drawn is not None

    @property
    def current(self) -> AppointmentRow | None:
        """The appointment at hand."""
        return None if self._current is None else self._rows.get(self._current)

    def set_current(self, key: int) -> None:
        """Bring one to hand, with the keyboard if it is here."""
        self._current = key
        self._mark()
        self.take_keyboard()

    def expect_current(self, key: int) -> None:
        """Bring one to hand that is shown next, as one made instead of one that was missed."""
        self._current = key

    def block(self, key: int) -> Block:
        """The block of an appointment, the first where it goes over midnight."""
        return next(block for block in self.blocks if block.row.id == key)

    def _in_sight(self, key: int | None) -> Block | None:
        return next((block for block in self.blocks if block.row.id == key), None)

    def take_keyboard(self) -> None:
        """Onto the appointment at hand, or onto the grid where there is none."""
        target: QWidget = self._in_sight(self._current) or self
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, Block):
            self.came_into_sight.emit(target.geometry())

    def start_at(self) -> int:
        """The height at which a day begins to be of interest."""
        places = self.places
        tops = [block.placed.top for block in self.blocks if not block.placed.from_before]
        return places.y(max(0, min([8 * 60, *tops]) - 15))

    def say_conflict(self, words: str) -> None:
        """What stands against where it is dragged."""
        for ghost in self.ghosts:
            ghost.say(ghost.words, words)

    def _first_ahead(self) -> int | None:
        now = self._now
        ahead = [key for key, row in self._rows.items() if now is None or row.ends_at > now]
        return next(iter(ahead or self._rows), None)

    def _rescale(self) -> None:
        self.setMinimumHeight(self.places.height + 1)
        self._lay_out()

    def _lay_out(self) -> None:
        focused = next((block.row.id for block in self.blocks if block.hasFocus()), None)
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self.blocks = []
        places = self.places
        shown = [Shown(row.id, row.starts_at, row.ends_at) for row in self._rows.values()]
        for placed in grid(shown, self._days, self._zone):
            row = self._rows[placed.id]
            mine = row.associate_id == self._me
            whose = self._whose or not mine
            block = Block(
                row, placed, self._theme, self._formats, mine=mine, whose=whose, parent=self
            )
            block.setGeometry(places.area(placed))
            block.pulled.connect(self.drag)
            block.let_go.connect(lambda _: self._drop())
            block.opened.connect(self._open)
            block.show()
            self.blocks.append(block)
        self._mark()
        if focused is not None:
            (self._in_sight(focused) or self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def _mark(self) -> None:
        at = self._current
        first = self._in_sight(at)
        for block in self.blocks:
            block.set_current(current=block is first)
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if first is None else Qt.FocusPolicy.ClickFocus
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider days, wider blocks."""
        super().resizeEvent(event)
        places = self.places
        for block in self.blocks:
            block.setGeometry(places.area(block.placed))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hours, closed days, hours that the clock skips or repeats, and where it is now."""
        if not self._days:
            return
        painter = QPainter(self)
        paint_ground(
            painter, self.places, self._theme, self._formats, shut=self._shut, now=self._now
        )
        painter.end()

    # dragging

    def drag(self, block: Block, point: QPoint, grip: str) -> None:
        """Try how it would be there; nothing is kept before it is let go."""
        self._grip = block
        places, booked = self.places, block.row.booked
        if grip == "end":
            end = places.instant(block.placed.day, places.minute_at(point.y()))
            shortest, longest = booked.starts_at + STEP, booked.starts_at + LONGEST
            self._try(replace(booked, ends_at=min(max(end, shortest), longest)))
            return
        day, minute = places.day_at(point), places.minute_at(point.y())
        top = places.minute_at(places.y(block.placed.top))
        if (day, minute) == (block.placed.day, top):
            self._try(booked)
        elif block.placed.from_before:
            quarters = (minute - top) // 15 + (day - block.placed.day).days * 96
            self._try(moved(booked, snapped(booked.starts_at + quarters * STEP, self._zone)))
        else:
            self._try(moved(booked, places.instant(day, minute)))

    def _try(self, booked: Booked) -> None:
        if booked == self._tried:
            return
        self._tried = booked
        self._show_ghosts(booked.starts_at, booked.ends_at)
        self.trying.emit(booked)

    def _show_ghosts(self, starts_at: datetime, ends_at: datetime) -> None:
        places = self.places
        pieces = grid([Shown(0, starts_at, ends_at)], self._days, self._zone)
        while len(self.ghosts) < len(pieces):
            self.ghosts.append(Ghost(self._theme, self))
        for ghost in self.ghosts[len(pieces) :]:
            ghost.hide()
        for ghost, placed in zip(self.ghosts, pieces, strict=False):
            ghost.show_at(places.area(placed), when(starts_at, ends_at, self._formats))
            self.came_into_sight.emit(places.area(placed))

    def _drop(self) -> None:
        tried, block = self._tried, self._grip
        self.let_go()
        if tried is not None and block is not None and tried != block.row.booked:
            self._move(block.row, tried)

    def let_go(self) -> None:
        """Nothing is dragged any more."""
        if self._grip is not None:
            self._grip.drop()
        if self._tried is not None or self._drawn is not None:
            self.trying.emit(None)
        self._grip = self._tried = self._drawn = None
        for ghost in self.ghosts:
            ghost.hide()

    # a new one

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where nothing is, a new one begins."""
        point, places = event.position().toPoint(), self.places
        if event.button() is Qt.MouseButton.LeftButton and point.x() >= places.axis:
            minute = places.minute_at(point.y(), down=True)
            self._drawn = (places.day_at(point), minute, minute)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw how long it is to be."""
        if self._drawn is None:
            return
        day, begins, _ = self._drawn
        point, places = event.position().toPoint(), self.places
        ends = places.minute_at(point.y())
        self._drawn = (day, begins, ends)
        if ends > begins:
            self._show_ghosts(places.instant(day, begins), places.instant(day, ends))
        else:
            for ghost in self.ghosts:
                ghost.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for it."""
        drawn = self._drawn
        if drawn is None:
            return
        self.let_go()
        day, begins, ends = drawn
        places = self.places
        start, end = places.instant(day, begins), places.instant(day, ends)
        self.wanted.emit(start, end if ends > begins and end > start else None)

    # keys

    def event(self, event: QEvent) -> bool:
        """Alt with an arrow is not the window's Back here."""
        if is_ours(event) and self.current is not None:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With an appointment at hand the keyboard is on it."""
        super().focusInEvent(event)
        there = self._in_sight(self._current)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and there is not None:
            self.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from one to the next, with Alt they move it, with Alt and Shift its end."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        focus = QApplication.focusWidget()
        if isinstance(focus, Block):
            self._current = focus.row.id
        row = self.current
        if key == Qt.Key.Key_Escape and (self._grip is not None or self._drawn is not None):
            self.let_go()
        elif held & ALT and row is not None and self._shift(row, key, held):
            pass
        elif held == PLAIN and key in KEYS:
            self.asked.emit(KEYS[key])
        elif held == PLAIN and row is not None and self._on_row(row, key):
            pass
        else:
            super().keyPressEvent(event)

    def _on_row(self, row: AppointmentRow, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(row.id)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.called_off.emit(row.id)
        else:
            steps = {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
                     Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}  # fmt: skip
            if key not in steps:
                return False
            if (target := self._beside(row, *steps[key])) is not None:
                self.set_current(target)
        return True

    def _beside(self, row: AppointmentRow, across: int, down: int) -> int | None:
        """The next one by time, or the one nearest in time on the next day that has any."""
        order = list(self._rows)
        if down:
            at = order.index(row.id) + down
            return order[at] if 0 <= at < len(order) else None
        day = self._formats.local_day(row.starts_at)
        there: dict[date, list[AppointmentRow]] = {}
        for one in self._rows.values():
            there.setdefault(self._formats.local_day(one.starts_at), []).append(one)
        beside = [one for one in there if (one - day).days * across > 0]
        if not beside:
            return None
        nearest = min(beside, key=lambda one: abs((one - day).days))
        wanted = row.starts_at + (nearest - day)
        return min(there[nearest], key=lambda one: abs(one.starts_at - wanted)).id

    def _shift(self, row: AppointmentRow, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        quarters = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if not (quarters or days):
            return False
        booked = row.booked
        if held & Qt.KeyboardModifier.ShiftModifier:
            end = snapped(booked.ends_at + quarters * STEP, self._zone)
            if quarters and STEP <= end - booked.starts_at <= LONGEST:
                self._move(row, replace(booked, ends_at=end))
            return True
        if quarters:
            at = snapped(booked.starts_at + quarters * STEP, self._zone)
            self._move(row, moved(booked, at))
            return True
        wall = booked.starts_at.astimezone(self._zone).replace(tzinfo=None) + timedelta(days=days)
        self._move(row, moved(booked, wall.replace(tzinfo=self._zone).astimezone(UTC)))
        return True

    def _move(self, row: AppointmentRow, booked: Booked) -> None:
        """Show it there at once, so that the next key goes on from there, and tell it."""
        if not self.block(row.id).can_move:
            self.asked.emit("stays")
            return
        self._current = row.id
        there = replace(row, starts_at=booked.starts_at, ends_at=booked.ends_at)
        rows = {**self._rows, row.id: there}.values()
        self._rows = {one.id: one for one in sorted(rows, key=lambda one: (one.starts_at, one.id))}
        self._lay_out()
        self.take_keyboard()
        self.moved.emit(booked)

    def _open(self, key: int) -> None:
        self._current = key
        self._mark()
        self.opened.emit(key)
