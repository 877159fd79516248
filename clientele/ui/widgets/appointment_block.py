"""One appointment on the grid of days: what it says, and how it is taken hold of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from clientele.domain.rules.appointments import Outcome
from clientele.domain.rules.day_grid import Placed
from clientele.store.queries.appointments import AppointmentRow
from clientele.system.formats import Formats
from clientele.ui.models.appointment_words import outcome_words, spoken, times
from clientele.ui.models.client_names import shown_name
from clientele.ui.theme import Role, Theme, Tone

EDGE = 8
"""So near its end an appointment is made longer and not moved, in pixels."""
BAR = 3
AIR = 6
NARROWEST = 150
"""Of what is said while something is dragged, in pixels at a text scale of one."""
FLAGS = int(
    Qt.AlignmentFlag.AlignLeft.value
    | Qt.AlignmentFlag.AlignTop.value
    | Qt.TextFlag.TextWordWrap.value
)


def is_ours(event: QEvent) -> bool:
    """Whether this is Alt with an arrow, which moves an appointment and does not go back."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
    return event.key() in arrows and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


class Block(QAbstractButton):
    """Signals while it is dragged: ``pulled(block, point, grip)``, and ``let_go(block)``.

    ``grip`` is ``move`` or ``end``; points are those of the parent: across where the pointer is,
    down where the top (or the end) would be.
    """

    pulled = Signal(object, QPoint, str)
    let_go = Signal(object)
    opened = Signal(int)

    def __init__(
        self,
        row: AppointmentRow,
        placed: Placed,
        theme: Theme,
        formats: Formats,
        *,
        mine: bool,
        whose: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.row, self.placed = row, placed
        self._theme, self._formats, self._mine, self._whose = theme, formats, mine, whose
        self._pressed: QPoint | None = None
        self._grip = ""
        name = spoken(row, formats, whose=whose)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def can_move(self) -> bool:
        """Whether its time may still be another one."""
        return self.row.visit_id is None and self.row.outcome is not Outcome.CAME

    def set_current(self, *, current: bool) -> None:
        """Tab comes to the current one and to no other."""
        policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)

    # taking hold of it

    def event(self, event: QEvent) -> bool:
        """Alt with an arrow is not the window's Back here."""
        if is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The grid knows what keys do."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it, at its end or else where it is."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._grip = "end" if self._at_end(self._pressed) else "move"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it, once it is clear that this is no click."""
        here = event.position().toPoint()
        if self._pressed is None:
            shape = Qt.CursorShape.SizeVerCursor if self._at_end(here) else None
            self.setCursor(shape or Qt.CursorShape.PointingHandCursor)
            return
        far = (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self.can_move and (far or self.isDown()):
            self.setDown(True)
            point = self.mapToParent(here)
            if self._grip == "move":
                point.setY(self.mapToParent(here - self._pressed).y())
            self.pulled.emit(self, point, self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens it; what was dragged is let go."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        if self.isDown():
            self.setDown(False)
            self.let_go.emit(self)
        elif self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.row.id)

    def drop(self) -> None:
        """Nothing is dragged any more, as after Esc."""
        self._pressed = None
        self.setDown(False)

    def _at_end(self, point: QPoint) -> bool:
        room = self.can_move and not self.placed.goes_on
        return room and point.y() >= self.height() - min(EDGE, self.height() // 3)

    # how it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """The client first, then when, what about, and whose."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = self._theme.tone(self._tone())
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._outline(ink), 2 if self.hasFocus() else 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(area, 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(1, 2, BAR, self.height() - 4), 1.5, 1.5)
        self._write(painter)
        painter.end()

    def _tone(self) -> Tone:
        if self.row.outcome is Outcome.DID_NOT_COME:
            return Tone.PLAIN
        return Tone.GREEN if self._mine else Tone.BLUE

    def _outline(self, ink: QColor) -> QColor:
        return self._theme.colours.accent if self.hasFocus() else self._theme.colours.edge

    def _write(self, painter: QPainter) -> None:
        left, width = BAR + AIR, self.width() - BAR - AIR - 4
        line = self._theme.line_height(Role.SMALL)
        lines = max(1, (self.height() - 4) // line)
        top = 2 if lines > 1 else max(0, (self.height() - line) // 2)
        for number, (words, role) in enumerate(self._lines(lines)):
            font = self._theme.font(role)
            painter.setFont(font)
            colours = self._theme.colours
            strong = role is Role.SMALL_STRONG
            painter.setPen(colours.ink if strong or lines == 1 else colours.ink2)
            elided = self._theme.metrics(role).elidedText(words, Qt.TextElideMode.ElideRight, width)
            place = QRectF(left, top + number * line, width, line)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided
            )

    def _lines(self, most: int) -> list[tuple[str, Role]]:
        row = self.row
        name, mark = shown_name(row.named), outcome_words(row.outcome)
        span = times(row.starts_at, row.ends_at, self._formats)
        if most == 1:
            begins = self._formats.clock_time(row.starts_at)
            who = row.associate if self._whose else ""
            return [(" · ".join(filter(None, (name, begins, mark, who))), Role.SMALL_STRONG)]
        rest = [" · ".join(filter(None, (span, mark)))]
        rest += [part for part in (row.associate if self._whose else "", row.about) if part]
        lines = [(name, Role.SMALL_STRONG), *((words, Role.SMALL) for words in rest)]
        if len(lines) > most:
            kept = lines[: most - 1]
            more = " · ".join(words for words, _ in lines[most - 1 :])
            lines = [*kept, (more, Role.SMALL)]
        return lines


class Ghost(QWidget):
    """Where what is dragged would be, its new time, and what stands against it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._area = QRect()
        self.words = ""
        self.conflict = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, area: QRect, words: str) -> None:
        """Stand there, with its time; what is to be said may reach below it."""
        self._area = area
        self.say(words, "")
        self.raise_()
        self.show()

    def say(self, words: str, conflict: str) -> None:
        """Its time, and a reason against it or nothing."""
        self.words, self.conflict = words, conflict
        self.setAccessibleName(", ".join(filter(None, (words, conflict))))
        width = max(self._area.width(), self._theme.px(NARROWEST))
        metrics = self._theme.metrics(Role.SMALL_STRONG)
        room = QRectF(0, 0, width - BAR - AIR - 4, 1000)
        needed = metrics.boundingRect(room, FLAGS, self._said()).height() + 8
        left = self._area.left()
        if (ground := self.parentWidget()) is not None:
            left = max(0, min(left, ground.width() - width))
        high = max(self._area.height(), round(needed))
        self.setGeometry(left, self._area.top(), width, high)
        self.update()

    def _said(self) -> str:
        return "\n".join(filter(None, (self.words, self.conflict)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed outline, amber where something stands against it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = self._theme.tone(Tone.AMBER if self.conflict else Tone.GREEN)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # As high as it lasts, and as wide as its words: no line goes through them.
        there = QRectF(0, self._area.top() - self.y(), self.width(), self._area.height())
        painter.drawRoundedRect(there.adjusted(1, 1, -1, -1), 5, 5)
        painter.setFont(self._theme.font(Role.SMALL_STRONG))
        painter.drawText(self.rect().adjusted(BAR + AIR, 3, -4, -2), FLAGS, self._said())
        painter.end()
