"""The one search box: results below it as the key goes down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QStyle, QStyleOptionFrame, QVBoxLayout, QWidget

from clientele.ui.delegates.row_layout import Style
from clientele.ui.models.rows import Row
from clientele.ui.theme import Space, Theme, px
from clientele.ui.widgets.basics import KeyCap, label
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.layouts import ground_of
from clientele.ui.widgets.row_list import RowList

STEADY = 300
"""Milliseconds after the last key that the results keep their height, were they to need less.

Less than that would jump about beneath the eye, and paint the page that comes to light each time.
"""

OWN_AIR = 2
"""What a line edit leaves free at both sides of its words, whatever the style sheet says."""


class SearchBox(Field):
    """Emits ``asked(text)`` on each change, ``chosen(key)`` for a result.

    Hand the answer to ``set_results``; handed in again for the same text, what was chosen stays
    chosen. Arrows choose while the caret stays, Return opens, Esc
    first closes the results and then empties the box. The results are a child of the window, not
    a popup: they never take the keyboard, and a lock covers them.
    """

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        hint: str,
        key: str = "",
        parent: QWidget | None = None,
        *,
        short_hint: str = "",
    ) -> None:
        """``short_hint`` stands there instead where the whole one would be cut."""
        super().__init__(name, hint=hint, parent=parent)
        self._hints = (hint, short_hint or hint)
        self.setObjectName("search")
        self._theme = theme
        self._panel: QFrame | None = None
        self._answered = ""
        self._steady = QTimer(self, singleShot=True, interval=STEADY)
        self._steady.timeout.connect(self._place)
        self._cap = KeyCap(key, self)
        self._cap.setVisible(bool(key))
        self.textChanged.connect(self._ask)

    def set_results(self, rows: Sequence[Row], nothing: str = "") -> None:
        """Show these below the box; with no rows the sentence ``nothing`` instead."""
        if not self.hasFocus() or not self.text().strip():
            return
        panel = self._made()
        self._nothing.setText(nothing)
        self._nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.list.set_rows(rows)
        if rows and self._answered != self.text():
            self.list.set_current(rows[0].key)
            self.list.scrollToTop()  # the heading above it too
        self._answered = self.text()
        shown = panel.isVisible()
        self._steady.start()
        self._place(at_least=panel.height() if shown else 0)
        panel.show()
        panel.raise_()

    def results_shown(self) -> bool:
        """Whether the list below is open."""
        return self._panel is not None and self._panel.isVisible()

    def close_results(self) -> None:
        """Put the list away."""
        self._steady.stop()
        if self._panel is not None:
            self._panel.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Return are for the results, everything else for the text."""
        key = event.key()
        shown = self.results_shown()
        if shown and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.keyPressEvent(event)
            event.accept()
        elif shown and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.rows():
            self._choose(self.list.current_key())
        elif key == Qt.Key.Key_Escape:
            if shown:
                self.close_results()
            elif self.text():
                self.clear()
            else:
                event.ignore()
        elif not shown and key == Qt.Key.Key_Down and self.text():
            self._ask(self.text())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The results go when the keyboard does."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.close_results()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key cap stays at the right, and the words end before it."""
        super().resizeEvent(event)
        cap = self._cap.sizeHint()
        self.setTextMargins(0, 0, 0 if self._cap.isHidden() else cap.width() + Space.TIGHT, 0)
        x = self.width() - cap.width() - 12
        self._cap.setGeometry(x, (self.height() - cap.height()) // 2, cap.width(), cap.height())
        self._hint_that_fits()
        if self.results_shown():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window."""
        if event.type() is QEvent.Type.Resize and self.results_shown():
            self._place()
        return False

    def _hint_that_fits(self) -> None:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = (
            self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).width()
        )
        margins = self.textMargins()
        room = inside - margins.left() - margins.right() - 2 * OWN_AIR
        whole, short = self._hints
        fits = self.fontMetrics().horizontalAdvance(whole) <= room
        self.setPlaceholderText(whole if fits else short)

    def _ask(self, text: str) -> None:
        if text.strip():
            self.asked.emit(text)
        else:
            self.close_results()

    def _choose(self, key: object) -> None:
        self.close_results()
        self.clear()
        self.chosen.emit(key)

    def _made(self) -> QFrame:
        if self._panel is None:
            self._panel = QFrame(ground_of(self))
            self._panel.setObjectName("results")
            column = QVBoxLayout(self._panel)
            column.setContentsMargins(0, Space.TIGHT, 0, Space.TIGHT)
            self._nothing = label("", "label")
            self._nothing.setContentsMargins(Space.CARD_X, Space.SMALL, Space.CARD_X, Space.SMALL)
            column.addWidget(self._nothing)
            self.list = _Results(
                self._theme,
                self.tr("Results"),
                hug=False,
                style=Style(max_lines=1, small_headings=True),
                keeps_current=True,
                parent=self._panel,
            )
            self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.list.opened.connect(self._choose)
            column.addWidget(self.list)
            ground_of(self).installEventFilter(self)
        return self._panel

    def _place(self, at_least: int = 0) -> None:
        assert self._panel is not None
        window = ground_of(self)
        below = self.mapTo(window, QPoint(0, self.height() + Space.TIGHT))
        width = max(self.width(), min(px(420), window.width() - below.x() - Space.PAGE_X))
        if self.list.isHidden():
            height = self._nothing.heightForWidth(width) + 2 * Space.TIGHT + 2
        else:
            height = self.list.height_for_rows(width - 2) + 2 * Space.TIGHT + 4
        height = min(max(height, at_least), window.height() - below.y() - Space.SMALL)
        self._panel.setGeometry(below.x(), below.y(), width, height)


class _Results(RowList):
    """Rows on a ground of their own: painting them anew paints nothing of the page beneath."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the rows."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._painter.ground())
        painter.end()
        super().paintEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell Qt that nothing shows through."""
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        super().showEvent(event)
