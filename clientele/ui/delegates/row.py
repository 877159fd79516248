"""How is a row painted? One delegate for every list, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from clientele.ui.delegates.row_layout import Laid, Style, lay_out
from clientele.ui.models.rows import ROW_ROLE, ChipSpec, Dot, Heading, Index, Initials, Row
from clientele.ui.theme import Role, Space, Theme, Tone

REMEMBERED = 1_000
"""How many laid out rows are kept: more than a list that measures each of its rows ever has."""

FEW = 64
"""As many at least: of short lists each row at four widths, not all rows that ever were."""


class RowDelegate(QStyledItemDelegate):
    """Paints ``Row`` and ``Heading`` items of any model that answers ``ROW_ROLE``."""

    def __init__(self, theme: Theme, view: QListView, style: Style | None = None) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.style_of_rows = style or Style()
        self.hovered: tuple[int, str] | None = None
        self.pressed: tuple[int, str] | None = None
        self._laid: dict[tuple[Row | Heading, int, int], Laid] = {}
        self._at_hand: dict[tuple[int, int, int], tuple[Row | Heading, Laid]] = {}
        """The same by the row itself, which is kept: comparing all its words takes longer."""
        self._even_height = 0
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Lay everything out anew, as after a change of the text size."""
        self.forget_layouts()
        self._even_height = 0

    def laid(self, index: Index, width: int) -> Laid | None:
        """The layout of a row at a width, or None where there is no row (yet)."""
        item = index.data(ROW_ROLE)
        if not isinstance(item, Row | Heading):
            return None
        place = (id(item), width, self.right_inset())
        known = self._at_hand.get(place)
        if known is None:
            known = self._at_hand[place] = (item, self._laid_out(item, *place[1:]))
        return known[1]

    def _laid_out(self, item: Row | Heading, width: int, right: int) -> Laid:
        if len(self._at_hand) >= self._most():
            self.forget_layouts()
        place = (item, width, right)
        if place not in self._laid:
            self._laid[place] = lay_out(item, width, self._theme, self.style_of_rows, right)
        return self._laid[place]

    def _most(self) -> int:
        return min(max(4 * self._view.model().rowCount(), FEW), REMEMBERED)

    def forget_layouts(self) -> None:
        """Lay rows out anew when they are next seen."""
        self._at_hand.clear()
        self._laid.clear()

    def ground(self) -> QColor:
        """What a list that lets nothing shine through stands on."""
        return self._theme.colours.card

    def right_inset(self) -> int:
        """The air at the right: less beside a scroll bar, so that amounts stand where others do."""
        inset, bar = self.style_of_rows.inset, self._view.verticalScrollBar()
        return max(inset - bar.width(), min(inset, 4)) if bar.isVisible() else inset

    def even_height(self) -> int:
        """The height of any row of a list whose rows are equally high."""
        if not self._even_height:
            row = Row(0, "X", sub="X", lead=Initials("X"))
            self._even_height = lay_out(row, 400, self._theme, self.style_of_rows).height
        return self._even_height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Full width, and as high as its words need."""
        width = self._view.viewport().width()
        if self.style_of_rows.even:
            return QSize(width, self.even_height())
        laid = self.laid(index, width)
        return QSize(width, laid.height if laid else Space.TARGET)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row, its buttons as they are hovered or pressed."""
        area = QRectF(option.rect)
        item = index.data(ROW_ROLE)
        laid = self.laid(index, int(area.width()))
        if laid is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(area.topLeft())
        area = QRectF(0, 0, area.width(), area.height())
        row = item if isinstance(item, Row) else None
        self._ground(painter, area, row, index, option)
        ink = self._theme.colours.ink
        for text in laid.texts:
            dim = text.second or (row is not None and row.strike)
            painter.setPen(self._theme.colours.ink2 if dim else ink)
            text.set.draw(painter, text.at)
        for chip, place in laid.chips:
            self._chip(painter, chip, place, row)
        if row is not None:
            self._lead(painter, laid, row)
            if laid.trailing is not None:
                role = Role.STRONG_NUMBER if row.total else Role.NUMBER
                painter.setFont(self._theme.font(role))
                painter.setPen(ink)
                painter.drawText(laid.trailing, Qt.AlignmentFlag.AlignRight | MIDDLE, row.trailing)
            self._buttons(painter, laid, index.row())
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Why a closed button is closed, where the mouse rests on it."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), self.why_closed(index, option.rect, event.pos()), view)
        return True

    def why_closed(self, index: Index, area: QRect, at: QPoint) -> str:
        """Why the button at a place of the list is closed; empty where none is."""
        laid = self.laid(index, area.width())
        inside = QPointF(at - area.topLeft())
        buttons = laid.buttons if laid else []
        return next((act.closed for act, place in buttons if place.contains(inside)), "")

    def _ground(
        self,
        painter: QPainter,
        area: QRectF,
        row: Row | None,
        index: Index,
        option: QStyleOptionViewItem,
    ) -> None:
        colours = self._theme.colours
        inset, right = self.style_of_rows.inset, self.right_inset()
        if row is not None:
            state = option.state
            current = bool(state & QStyle.StateFlag.State_Selected)
            focused = current and self._view.hasFocus() and self._view.property("byKeyboard")
            hovered = self.hovered is not None and self.hovered[0] == index.row()
            ground: QColor | None = None
            if row.tone is not None:
                ground = self._theme.tone(row.tone)[1]
            elif focused or hovered or (current and self._view.property("keepsCurrent")):
                ground = colours.hover
            if ground is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ground)
                left, end = max(inset - 8.0, 0.0), max(right - 8.0, 0.0)
                if row.tone is not None:
                    left = end = 0.0
                painter.drawRoundedRect(area.adjusted(left, 1, -end, 0), *RADII)
            if focused:
                painter.setPen(QPen(colours.accent, 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                left, end = max(inset - 8.0, 1.0), max(right - 8.0, 1.0)
                painter.drawRoundedRect(area.adjusted(left, 1.5, -end, -1), *RADII)
        if index.row() == 0 or self._toned(index.model(), index.row() - 1, row):
            return
        if row is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line)
        painter.drawRect(QRectF(inset, 0, area.width() - inset - right, 2 if row.total else 1))

    def _toned(self, model: QAbstractItemModel, above: int, row: Row | None) -> bool:
        """Whether this row or the one above fills its ground, where a line would disturb."""
        other = model.index(above, 0, QModelIndex()).data(ROW_ROLE)
        return bool((row and row.tone) or (isinstance(other, Row) and other.tone))

    def _chip(self, painter: QPainter, chip: ChipSpec, place: QRectF, row: Row | None) -> None:
        ink, ground = self._theme.tone(chip.tone)
        if row is not None and row.tone is chip.tone:
            ground = self._theme.colours.card
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.setFont(self._theme.font(Role.CHIP))
        painter.setPen(ink)
        room = place.width() - 8
        words = self._theme.metrics(Role.CHIP).elidedText(
            chip.text, Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | MIDDLE, words)

    def _lead(self, painter: QPainter, laid: Laid, row: Row) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if laid.avatar is not None and isinstance(row.lead, Initials):
            ink, ground = self._theme.tone(Tone.GREEN)
            if row.lead.filled:
                ink, ground = self._theme.colours.on_accent, self._theme.colours.accent
            painter.setBrush(ground)
            painter.drawEllipse(laid.avatar)
            painter.setFont(self._theme.font(Role.SMALL_STRONG))
            painter.setPen(ink)
            painter.drawText(laid.avatar, Qt.AlignmentFlag.AlignCenter, row.lead.text)
        if laid.dot is not None and isinstance(row.lead, Dot):
            painter.setBrush(self._theme.tone(row.lead.tone)[0])
            painter.drawEllipse(laid.dot)

    def _buttons(self, painter: QPainter, laid: Laid, at: int) -> None:
        colours = self._theme.colours
        for act, place in laid.buttons:
            here = (at, act.name)
            if act.primary:
                ground = colours.accent_hover if here == self.hovered else colours.accent
            elif here == self.pressed:
                ground = colours.pressed
            else:
                ground = colours.hover if here == self.hovered else colours.card
            line = Qt.PenStyle.DashLine if act.closed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colours.accent if act.primary else colours.line, 1, line))
            painter.setBrush(ground)
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), *RADII)
            painter.setFont(self._theme.font(Role.MEDIUM))
            plain = colours.ink2 if act.closed else colours.ink
            painter.setPen(colours.on_accent if act.primary else plain)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, act.label)


MIDDLE = Qt.AlignmentFlag.AlignVCenter
RADII = (float(Space.RADIUS), float(Space.RADIUS))
