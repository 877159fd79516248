"""How are things placed? In a flow that wraps, and in columns that fold in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from clientele.ui.theme import Space, px
from clientele.ui.widgets.growing import Growing, Rows
from clientele.ui.widgets.own_scroll import OwnScroll

QWIDGETSIZE_MAX = (1 << 24) - 1
MAIN_AT_LEAST = 560
"""Below this width the main column takes its side columns underneath it, in pixels at scale one."""

GROUND = "content"
"""The name of the widget that everything in the window floats over, beside the lock."""

UNSEEN_GROUND = "qt_rubberband"
"""Its name beneath the lock: one that Qt keeps from screen readers (``ui.unseen``)."""


class Placed(QWidget):
    """A widget that places its children itself: simpler than a ``QLayout`` in Python."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def place(self) -> None:
        """Give every child its place at the present size."""
        raise NotImplementedError

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def sizeHint(self) -> QSize:
        """As high as the present width makes it."""
        width = self.width() if self.isVisible() else px(640)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, other places."""
        super().resizeEvent(event)
        self.place()

    def event(self, event: QEvent) -> bool:
        """A child became larger or smaller, came or went."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.updateGeometry()
            self.place()
        return super().event(event)


CHANGES_HEIGHTS = frozenset(
    {
        QEvent.Type.LayoutRequest,
        QEvent.Type.Show,
        QEvent.Type.StyleChange,
        QEvent.Type.FontChange,
        QEvent.Type.Polish,
    }
)
"""After these the children of a flow may be of other sizes."""


class Flow(Placed):
    """Left to right, then on the next line; each line is centred on its highest.

    With ``at_end`` each line ends at the right edge.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        across: int = 4,
        down: int = 4,
        *,
        at_end: bool = False,
    ) -> None:
        super().__init__(parent)
        self._at_end = at_end
        self._widgets: list[QWidget] = []
        self._across, self._down = across, down
        self._worked_out: dict[int, list[QRect]] = {}

    def event(self, event: QEvent) -> bool:
        """Places that were worked out hold until a child or the look changes."""
        if event.type() in CHANGES_HEIGHTS:
            self._worked_out.clear()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: as was worked out when its height was asked for."""
        QWidget.resizeEvent(self, event)
        self._put()

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        widget.setParent(self)
        self._widgets.append(widget)
        widget.show()
        self._look_again()

    def keep(self, *kept: QWidget) -> None:
        """Take all other widgets out and delete them."""
        for widget in self._widgets:
            if widget not in kept:
                widget.hide()
                widget.deleteLater()
        self._widgets = [widget for widget in self._widgets if widget in kept]
        self._worked_out.clear()
        self.updateGeometry()

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these instead of what was there."""
        self.arrange(widgets)

    def arrange(self, widgets: Sequence[QWidget]) -> None:
        """Show exactly these in this order; those that stay keep the keyboard and the caret."""
        for widget in self._widgets:
            if widget not in widgets:
                widget.hide()
                widget.deleteLater()
        for widget in widgets:
            if widget not in self._widgets:
                widget.setParent(self)
                widget.show()
        self._widgets = list(widgets)
        self._look_again()

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = [_wanted(widget) for widget in self._widgets if not widget.isHidden()]
        width = sum(size.width() + self._across for size in shown) - self._across
        return QSize(max(width, 0), max((size.height() for size in shown), default=0))

    def minimumSizeHint(self) -> QSize:
        """The widest widget may be cut, but not below some letters."""
        return QSize(px(60), 0)

    def _look_again(self) -> None:
        self._worked_out.clear()
        self.updateGeometry()
        if self.isVisible():  # otherwise when it is shown
            self.place()

    def place(self) -> None:
        """Move every widget to its place in the flow, as large as each of them is now."""
        self._worked_out.clear()
        self._put()

    def _put(self) -> None:
        shown = [widget for widget in self._widgets if not widget.isHidden()]
        places = self._places(self.width())
        if len(places) != len(shown):  # one came or went, and its event is still on the way
            self._worked_out.clear()
            places = self._places(self.width())
        for widget, place in zip(shown, places, strict=True):
            widget.setGeometry(place)

    def _places(self, width: int) -> list[QRect]:
        if width not in self._worked_out:
            self._worked_out[width] = self._work_out(width)
        return self._worked_out[width]

    def _work_out(self, width: int) -> list[QRect]:
        places: list[QRect] = []
        line: list[QRect] = []
        x = y = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            hint = _wanted(widget)
            size = QSize(min(hint.width(), max(width, 1)), hint.height())
            if widget.hasHeightForWidth():
                size.setHeight(widget.heightForWidth(size.width()))
            size = size.expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
            if line and x + size.width() > width:
                y += _settle(line, places, self._shift(line, width)) + self._down
                x = 0
            line.append(QRect(x, y, size.width(), size.height()))
            x += size.width() + self._across
        _settle(line, places, self._shift(line, width))
        return places

    def _shift(self, line: list[QRect], width: int) -> int:
        return max(width - line[-1].right() - 1, 0) if line and self._at_end else 0


def _wanted(widget: QWidget) -> QSize:
    """How large a widget would be, within what it was told to be."""
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())


def _settle(line: list[QRect], places: list[QRect], shift: int = 0) -> int:
    """Centre a finished line on its highest, and answer how high that is."""
    high = max((place.height() for place in line), default=0)
    places += [place.translated(shift, (high - place.height()) // 2) for place in line]
    line.clear()
    return high


def ground_of(widget: QWidget) -> QWidget:
    """What things that float over the page are children of: they go where it goes, as in a lock."""
    at: QWidget | None = widget
    while at is not None and at.objectName() not in (GROUND, UNSEEN_GROUND):
        at = at.parentWidget()
    return at or widget.window()


class Stack(QVBoxLayout):
    """One thing under the other, each as high as it needs; what is left over goes to what fills.

    What fills is whatever has an expanding vertical size policy, such as ``Card(fill=True)``, or
    is added with a stretch. With none, the rest stays empty at the bottom; ``spare=False`` is for
    what is itself never higher than it needs.
    """

    def __init__(
        self, parent: QWidget | None = None, gap: int = Space.GAP, *, spare: bool = True
    ) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)
        self._last = 1 if spare else 0
        if spare:
            self.addStretch(0)

    def addWidget(self, widget: QWidget, stretch: int = 0, *_: object) -> None:  # type: ignore[override]
        """Put a widget below the others."""
        fills = bool(widget.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)
        self.insertWidget(self.count() - self._last, widget, stretch or (1 if fills else 0))

    def addLayout(self, layout: QLayout, /, stretch: int | None = 0) -> None:
        """Put a layout below the others."""
        self.insertLayout(self.count() - self._last, layout, stretch or 0)


@dataclass(slots=True)
class _Column:
    widget: QWidget
    width: int
    above: bool
    inside: QWidget | None = None
    """What is scrolled, where the column scrolls by itself."""


class Columns(Placed):
    """Columns side by side, of which those at the sides fold under the main one when narrow.

    Give each column its width, and the main one ``None``. From the right end on, a side column
    that leaves the main one too little room goes underneath it, or with ``above=True`` over it.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = Space.GAP) -> None:
        super().__init__(parent)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self._columns: list[_Column] = []
        self._gap = gap
        self._least = MAIN_AT_LEAST
        self._growing: Growing | None = None

    def set_main_at_least(self, width: int) -> None:
        """How narrow the main column may become before others fold under it."""
        self._least = width
        self.updateGeometry()

    def let_grow(self, rows: Rows) -> None:
        """Give this list of the main column up to a whole page where columns fold under it."""
        self._growing = Growing(self, rows)

    def column(
        self, width: int | None = None, *, above: bool = False, scrolls: bool = False
    ) -> Stack:
        """A new column at the right of the others; add cards to the layout that is answered.

        With ``scrolls`` a side column is never higher than the others: it scrolls by itself.
        """
        widget = QWidget(self)
        inside = Stack(widget)
        shown = OwnScroll(widget, self) if scrolls else widget
        self._columns.append(_Column(shown, width or 0, above, widget if scrolls else None))
        return inside

    def heightForWidth(self, width: int) -> int:
        """The height of the highest column, or of all that are folded onto one another."""
        return max((place.bottom() + 1 for place in self.places(width, 0)), default=0)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest column must be."""
        widths = (column.widget.minimumSizeHint().width() for column in self._columns)
        return QSize(max(widths, default=0), 0)

    def place(self) -> None:
        """Move every column to its place."""
        places = self.places(self.width(), self.height())
        for column, place in zip(self._columns, places, strict=True):
            if column.inside is not None:
                beside = place.width() <= px(column.width) + self._gap
                column.inside.setMaximumWidth(px(column.width) if beside else QWIDGETSIZE_MAX)
                if isinstance(column.widget, OwnScroll):
                    column.widget.let_scroll(beside)
            column.widget.setGeometry(place)

    def fold(self, width: int) -> list[bool]:
        """Which columns fold at a width: from the last side column to the first."""
        folded = [False] * len(self._columns)
        sides = [at for at, column in enumerate(self._columns) if column.width]
        for at in reversed(sides):
            taken = sum(
                px(column.width) + self._gap
                for column, is_folded in zip(self._columns, folded, strict=True)
                if column.width and not is_folded
            )
            if width - taken >= px(self._least):
                break
            folded[at] = True
        return folded

    def places(self, width: int, height: int) -> list[QRect]:
        """Where each column goes; its bottom is at ``height`` unless it needs more."""
        folded = self.fold(width)
        beside = [
            not is_folded and bool(c.width)
            for c, is_folded in zip(self._columns, folded, strict=True)
        ]
        taken = sum(
            px(c.width) + self._gap for c, side in zip(self._columns, beside, strict=True) if side
        )
        main = max(width - taken, 1)
        places = [QRect() for _ in self._columns]
        x = 0
        for at, column in enumerate(self._columns):
            if beside[at]:
                size = px(column.width)
                if column.inside is not None:  # its bar stands in the gap
                    places[at] = QRect(x, 0, min(size + self._gap, width - x), height)
                else:
                    places[at] = QRect(x, 0, size, max(height, self._high(column, size)))
                x += size + self._gap
            elif not column.width:
                self._stack(places, folded, at, QRect(x, 0, main, height))
                x += main + self._gap
        return places

    def _stack(self, places: list[QRect], folded: list[bool], main: int, area: QRect) -> None:
        down = [at for at, is_folded in enumerate(folded) if is_folded]
        over = [at for at in down if self._columns[at].above]
        order = [*over, main, *(at for at in down if at not in over)]
        heights = {at: self._high(self._columns[at], area.width()) for at in order}
        if down and self._growing is not None:
            heights[main] = self._growing.grown(heights[main], area.width())
        spare = area.height() - sum(heights.values()) - self._gap * (len(order) - 1)
        heights[main] += max(spare, 0)
        y = 0
        for at in order:
            places[at] = QRect(area.x(), y, area.width(), heights[at])
            y += heights[at] + self._gap

    def _high(self, column: _Column, width: int) -> int:
        widget = column.widget
        if widget.hasHeightForWidth():
            return max(widget.heightForWidth(width), 0)
        return max(widget.sizeHint().height(), widget.minimumSizeHint().height())
